"""`palermo request`: draft a request, see what it still lacks, write it as a letter."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from palermo.cli.inputs import answer, complete_state, on_option, the_law
from palermo.cli.output import say, write_whole
from palermo.cli.route import complete_form, facts_in

if TYPE_CHECKING:
    from palermo.cooperation.answers import Route
    from palermo.cooperation.requests import RequestDraft
    from palermo.law import Law


@click.group()
def request() -> None:
    """Draft a request to another State: begin it, fill it in, see what it lacks, write it as a letter.

    Palermo sends nothing. Fixed parts are in the language of the recipient; what you write stays as you write it.
    """


@request.command()
@click.argument("requesting", shell_complete=complete_state)
@click.argument("requested", shell_complete=complete_state)
@click.option(
    "--for", "measure", required=True, metavar="FORM", shell_complete=complete_form, help="What is asked for."
)
@click.option("--basis", metavar="ID", help="The instrument or agreement to rest on.  [default: the first route]")
@click.option("--language", default="en", show_default=True, metavar="CODE", help="en, fr, es, ar, zh or ru.")
@click.option("--facts", "file", type=click.Path(path_type=Path), metavar="FILE", help="What is known of the case.")
@on_option
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE", help="The draft."
)
@click.pass_context
def new(
    context: click.Context,
    requesting: str,
    requested: str,
    measure: str,
    basis: str | None,
    language: str,
    file: Path | None,
    on: date | None,
    out: Path,
) -> None:
    """Begin a draft from REQUESTING to REQUESTED: a YAML file with every element that the basis asks for."""
    from palermo.cooperation.requests import draft_text, new_draft, route_of

    law = the_law(context)
    if out.exists():
        raise click.UsageError(f"{out} is there already; name a new file")
    facts = facts_in(law, file)
    found = answer(lambda: law.routes(requesting, requested, measure, facts, on))
    draft = answer(lambda: new_draft(law.corpus, found, basis, language))
    write_whole(out, draft_text(law.corpus, draft, route_of(found, draft.basis)))
    say(f"{out}: fill it in, then palermo request check {out}")


@request.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def check(context: click.Context, file: Path) -> int:
    """Name every element that the basis requires and the draft in FILE lacks, with the provision that requires it.

    Exit code 1 where something is missing.
    """
    from palermo.cooperation.requests import missing

    law, draft, route = _read(context, file)
    lacking = missing(law.corpus, draft, route)
    for element in lacking:
        say(f"{element.id}: missing, required by {', '.join(element.required_by)}: {element.asks}")
    if not lacking:
        say(f"{file}: holds everything that {route.title} requires")
    return 1 if lacking else 0


@request.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def fill(context: click.Context, file: Path) -> None:
    """Ask for the missing elements one by one and save each answer in FILE. An empty answer leaves one open."""
    from palermo.cooperation.requests import draft_text, elements_of, with_element

    law, draft, route = _read(context, file)
    for element in elements_of(law.corpus, draft, route):
        if element.text.strip():
            continue
        mark = f"required by {', '.join(element.required_by)}" if element.required_by else "if it matters"
        click.echo(f"\n{law.corpus.request_elements[element.id].label['en']} ({mark})\n{element.asks}", err=True)
        said = click.prompt("", default="", show_default=False, prompt_suffix="> ", err=True).strip()
        if said:
            draft = with_element(draft, element.id, said)
            write_whole(file, draft_text(law.corpus, draft, route))


@request.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(("docx", "pdf")), default="docx", show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE", help="The letter."
)
@click.pass_context
def write(context: click.Context, file: Path, form: str, out: Path) -> None:
    """Write the draft in FILE as a letter. What is missing stands in it as missing, and is named here."""
    from palermo.cooperation.requests import missing
    from palermo.reports.request_letter import request_letter

    law, draft, route = _read(context, file)
    letter = answer(lambda: request_letter(law.corpus, draft, route))
    if form == "docx":
        from palermo.documents.letter_word import letter_word

        write_whole(out, letter_word(letter))
    else:
        from palermo.documents.letter_pdf import letter_pdf

        write_whole(out, letter_pdf(letter))
    for element in missing(law.corpus, draft, route):
        click.echo(f"missing: {element.id}, required by {', '.join(element.required_by)}", err=True)


def _read(context: click.Context, file: Path) -> tuple[Law, RequestDraft, Route]:
    """The draft in a file with the route it rests on, as the record stands on the draft's day."""
    from palermo.cooperation.requests import read_draft, route_of

    law = the_law(context)
    try:
        draft = read_draft(file, law.corpus)
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {file}: {error}") from None
    found = answer(lambda: law.routes(draft.requesting, draft.requested, draft.form, on=draft.on))
    return law, draft, answer(lambda: route_of(found, draft.basis))
