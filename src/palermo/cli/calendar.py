"""`palermo calendar`: what is to come for a State."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_state, on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("state", shell_complete=complete_state)
@on_option
@format_options("ics")
@click.pass_context
def calendar(context: click.Context, state: str, on: date | None, form: str, out: Path | None) -> None:
    """Entries into force, departures and provisions that begin to apply to STATE after a day."""
    from palermo.ledger.parties import find_party
    from palermo.reports.chronicle import dated, events_report
    from palermo.reports.words import day

    law = the_law(context)
    start = on or date.today()
    events = answer(lambda: law.ledger.calendar(state, start))
    title = f"{find_party(law.corpus, state).name}: what is to come after {day(start)}"

    def as_calendar() -> str:
        from palermo.documents.calendar_file import calendar_file

        return calendar_file(title, dated(law.corpus, events), start)

    empty = "Nothing is known to come; acts after the horizon of the sources are not known."
    deliver(form, out, "events-1", events, lambda: events_report(law.corpus, title, events, empty), as_calendar)
