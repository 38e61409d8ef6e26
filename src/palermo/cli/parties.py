"""`palermo parties`: who is bound by an instrument."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_instrument, on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("instrument", shell_complete=complete_instrument)
@on_option
@format_options()
@click.pass_context
def parties(context: click.Context, instrument: str, on: date | None, form: str, out: Path | None) -> None:
    """Who is bound by INSTRUMENT on a day: every party that its table of acts names."""
    from palermo.ledger.parties import find_instrument
    from palermo.reports.ledger import parties_report

    law = the_law(context)
    day = on or date.today()
    found = answer(lambda: law.ledger.parties(instrument, day))
    id = find_instrument(law.corpus, instrument).id
    deliver(form, out, "standings-1", found, lambda: parties_report(law.ledger, id, day, found))
