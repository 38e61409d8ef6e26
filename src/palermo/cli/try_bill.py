"""`palermo try`: what a bill would change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_instrument, complete_state, on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command("try")
@click.argument("state", shell_complete=complete_state)
@click.argument("bill", type=click.Path(path_type=Path))
@click.option(
    "--against", "instrument", default="palermo-protocol", show_default=True, shell_complete=complete_instrument
)
@on_option
@format_options()
@click.pass_context
def try_bill(
    context: click.Context, state: str, bill: Path, instrument: str, on: date | None, form: str, out: Path | None
) -> None:
    """Findings on STATE before and after BILL: a file of one legal system, or a corpus folder, laid over the law.

    Entries of the bill replace those with the same id and add to the others.
    """
    from palermo.reports.bills import bill_report

    law = the_law(context)
    found = answer(lambda: law.try_bill(state, bill, instrument, on))
    deliver(form, out, "bill-1", found, lambda: bill_report(law.corpus, found))
