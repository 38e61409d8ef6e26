"""`palermo route`: on what basis one State can ask another, and whether it would refuse."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from palermo.cli.inputs import answer, complete_state, completed, on_option, the_law
from palermo.cli.output import deliver, format_options
from palermo.law import Law, load

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from palermo.cooperation.facts import CaseFacts


def complete_form(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of the forms of cooperation."""
    return completed([(id, form.meaning) for id, form in load().corpus.forms.items()], incomplete)


@click.command()
@click.argument("requesting", shell_complete=complete_state)
@click.argument("requested", shell_complete=complete_state)
@click.option(
    "--for",
    "measure",
    metavar="FORM",
    shell_complete=complete_form,
    help="What is asked for: extradition, hearing, documents, search, victim-return, ... (a wrong one lists them all).",
)
@click.option(
    "--facts", "file", type=click.Path(path_type=Path), metavar="FILE", help="What is known of the case, as YAML."
)
@click.option(
    "--what-if",
    "what_if",
    is_flag=True,
    help="All forms today, and which single changes would open more.",
)
@on_option
@format_options()
@click.pass_context
def route(
    context: click.Context,
    requesting: str,
    requested: str,
    measure: str | None,
    file: Path | None,
    what_if: bool,
    on: date | None,
    form: str,
    out: Path | None,
) -> None:
    """Every basis on which REQUESTING can ask REQUESTED for a form of cooperation, and what each turns on.

    Facts that are not given stay open: the answer says which would settle more.
    """
    from palermo.reports.routes import routes_report
    from palermo.reports.what_if import what_if_report

    law = the_law(context)
    facts = facts_in(law, file)
    if what_if:
        changes = answer(lambda: law.what_if(requesting, requested, facts, on))
        deliver(form, out, "what-if-1", changes, lambda: what_if_report(law.corpus, changes))
        return
    if measure is None:
        raise click.UsageError(f"say what is asked: --for one of {', '.join(law.corpus.forms)}; or --what-if for all")
    found = answer(lambda: law.routes(requesting, requested, measure, facts, on))
    deliver(form, out, "routes-1", found, lambda: routes_report(law.corpus, found))


def facts_in(law: Law, file: Path | None) -> CaseFacts:
    """The facts of a case from a file; none known where there is no file."""
    from palermo.cooperation.facts import NO_FACTS, read_facts

    if file is None:
        return NO_FACTS
    try:
        return read_facts(file, law.corpus)
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {file}: {error}") from None
