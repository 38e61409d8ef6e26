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
    """What is to come for STATE after a day.

    Entries into force, departures, provisions that begin to apply, and what is due under monitoring mechanisms: by
    when, on which duty, and where to look for a day that a body has named.
    """
    from palermo.reports.monitoring import calendar_report, due_days
    from palermo.reports.words import day

    law = the_law(context)
    start = on or date.today()
    found = answer(lambda: law.calendar(state, start))
    title = f"{found.state_name}: what is to come after {day(start)}"

    def as_calendar() -> str:
        from palermo.documents.calendar_file import calendar_file

        return calendar_file(title, due_days(law.corpus, found), start)

    deliver(form, out, "calendar-1", found, lambda: calendar_report(law.corpus, title, found), as_calendar)
