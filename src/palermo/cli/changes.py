"""`palermo changes`: what changed from one day to another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import Day, the_law
from palermo.cli.output import deliver, format_options
from palermo.reports.words import day


@click.command()
@click.argument("since", type=Day(), metavar="SINCE")
@click.option("--until", type=Day(), default=None, metavar="DATE", help="The last day.  [default: today]")
@format_options()
@click.pass_context
def changes(context: click.Context, since: date, until: date | None, form: str, out: Path | None) -> None:
    """What happened to all parties and instruments from the day SINCE on, as far as the sources know."""
    from palermo.reports.chronicle import events_report

    law = the_law(context)
    last = until or date.today()
    if last < since:
        raise click.UsageError(f"--until {last} is before {since}")
    events = law.ledger.changes(since, last)
    title = f"Changes from {day(since)} to {day(last)}"
    empty = "No source knows of any."
    deliver(form, out, "events-1", events, lambda: events_report(law.corpus, title, events, empty))
