"""`palermo status`: what binds a State."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_state, on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("state", shell_complete=complete_state)
@on_option
@format_options()
@click.pass_context
def status(context: click.Context, state: str, on: date | None, form: str, out: Path | None) -> None:
    """What binds STATE on a day: every instrument of the corpus, with the acts it rests on."""
    from palermo.ledger.parties import find_party
    from palermo.reports.ledger import status_report

    law = the_law(context)
    day = on or date.today()
    found = answer(lambda: law.ledger.bonds(state, day))
    code = find_party(law.corpus, state).code
    deliver(form, out, "standings-1", found, lambda: status_report(law.ledger, code, day, found))
