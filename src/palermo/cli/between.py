"""`palermo between`: what is in force between two parties."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_state, on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("first", shell_complete=complete_state)
@click.argument("second", shell_complete=complete_state)
@on_option
@format_options()
@click.pass_context
def between(context: click.Context, first: str, second: str, on: date | None, form: str, out: Path | None) -> None:
    """What is in force between FIRST and SECOND on a day, how statements change it, and their own agreements."""
    from palermo.reports.between import between_report

    law = the_law(context)
    found = answer(lambda: law.ledger.between(first, second, on or date.today()))
    deliver(form, out, "between-1", found, lambda: between_report(law.corpus, found))
