"""`palermo history`: everything known of a State."""

from __future__ import annotations

from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_state, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("state", shell_complete=complete_state)
@format_options("ics")
@click.pass_context
def history(context: click.Context, state: str, form: str, out: Path | None) -> None:
    """Acts, entries into force, departures, statements and agreements of STATE, in order of time."""
    from datetime import date

    from palermo.ledger.parties import find_party
    from palermo.reports.chronicle import dated, events_report

    law = the_law(context)
    events = answer(lambda: law.ledger.history(state))
    title = f"{find_party(law.corpus, state).name}: treaty history"

    def as_calendar() -> str:
        from palermo.documents.calendar_file import calendar_file

        return calendar_file(title, dated(law.corpus, events), date.today())

    empty = "The corpus knows no act of it."
    deliver(form, out, "events-1", events, lambda: events_report(law.corpus, title, events, empty), as_calendar)
