"""`palermo timeline`: everything that happened to an instrument."""

from __future__ import annotations

from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_instrument, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("instrument", shell_complete=complete_instrument)
@format_options()
@click.pass_context
def timeline(context: click.Context, instrument: str, form: str, out: Path | None) -> None:
    """Acts, entries into force, departures and statements on INSTRUMENT, in order of time."""
    from palermo.ledger.parties import find_instrument
    from palermo.reports.chronicle import events_report

    law = the_law(context)
    events = answer(lambda: law.ledger.timeline(instrument))
    title = f"{find_instrument(law.corpus, instrument).short}: timeline"
    empty = "No acts on it are encoded."
    deliver(form, out, "events-1", events, lambda: events_report(law.corpus, title, events, empty))
