"""`palermo concordance`: duties beside the sections that answer them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_instrument, complete_state, on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("state", shell_complete=complete_state)
@click.option(
    "--against", "instrument", default="palermo-protocol", show_default=True, shell_complete=complete_instrument
)
@on_option
@format_options()
@click.pass_context
def concordance(
    context: click.Context, state: str, instrument: str, on: date | None, form: str, out: Path | None
) -> None:
    """The table of concordance of STATE: each duty of an instrument, its verb, the answer, the sections."""
    from palermo.reports.concordance import concordance_report

    law = the_law(context)
    found = answer(lambda: law.assess(state, instrument, on))
    deliver(form, out, "assessment-1", found, lambda: concordance_report(law.corpus, found))
