"""`palermo read`: a statute's text in, its structure suggested."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_state, the_law
from palermo.cli.output import deliver, format_options, say, write_whole


@click.command()
@click.argument("statute", type=click.Path(path_type=Path))
@click.option("--language", metavar="CODE", help="The statute's language, such as en.  [default: told from the text]")
@click.option(
    "--for",
    "system",
    metavar="ID",
    shell_complete=complete_state,
    help="The legal system a draft is for, such as KEN or USA-CA.",
)
@click.option("--act", "slug", metavar="NAME", help="A short name for the act in a draft.  [default: ID-act]")
@format_options()
@click.pass_context
def read(
    context: click.Context,
    statute: Path,
    language: str | None,
    system: str | None,
    slug: str | None,
    form: str,
    out: Path | None,
) -> None:
    """Find what STATUTE (.xml .html .pdf .docx .txt .md) says of trafficking, and propose how to encode it.

    With --for ID --out FILE.yaml it writes a draft of a corpus file, each proposal with its sentence, nothing
    verified. Nothing leaves this machine and no model is asked: phrases of the corpus are matched.
    """
    from palermo.reports.statute import statute_report
    from palermo.reports.statute_draft import statute_draft
    from palermo.statutes.source import UnreadableStatute

    drafting = form == "text" and out is not None and out.suffix in (".yaml", ".yml")
    if drafting and system is None:
        raise click.UsageError("say by --for which legal system the draft is for, such as --for KEN")
    if drafting and out is not None and out.exists():
        raise click.UsageError(f"{out} is there already; nothing was written over it")
    law = the_law(context)
    try:
        found = law.read(statute, language)
    except UnreadableStatute as error:
        raise click.UsageError(str(error)) from None
    if drafting and system is not None and out is not None:
        id = system.upper()
        draft = answer(lambda: statute_draft(law.corpus, found, id, slug or f"{id.lower()}-act", date.today()))
        write_whole(out, draft)
        say(f"{out}: {len(found.sections)} sections on the matter, {len(found.measures)} measures, none verified")
        return
    deliver(form, out, "reading-1", found, lambda: statute_report(law.corpus, found))
