"""`palermo compare`: two laws side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_state, on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("first", shell_complete=complete_state)
@click.argument("second", shell_complete=complete_state)
@click.option(
    "--within",
    default="palermo-protocol 3",
    show_default=True,
    metavar="PROVISION",
    help="The definition within which they are compared: an instrument's id and a provision of it with conduct.",
)
@click.option("--words", is_flag=True, help="Take each law on its words alone, without readings.")
@on_option
@format_options()
@click.pass_context
def compare(
    context: click.Context,
    first: str,
    second: str,
    within: str,
    words: bool,
    on: date | None,
    form: str,
    out: Path | None,
) -> None:
    """What FIRST punishes and SECOND does not, and the reverse; and their measures.

    FIRST and SECOND are codes or names of States, or ids of legal systems (GBR-SCT).
    """
    from palermo.reports.comparison import comparison_report

    law = the_law(context)
    found = answer(lambda: law.compare(first, second, on, within, not words))
    deliver(form, out, "comparison-1", found, lambda: comparison_report(law.corpus, found))
