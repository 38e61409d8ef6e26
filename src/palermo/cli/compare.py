"""`palermo compare`: two laws side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_state, on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("first", required=False, shell_complete=complete_state)
@click.argument("second", required=False, shell_complete=complete_state)
@click.option("--all", "every", is_flag=True, help="Every two laws of the corpus instead: counts and distances.")
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
    first: str | None,
    second: str | None,
    every: bool,
    within: str,
    words: bool,
    on: date | None,
    form: str,
    out: Path | None,
) -> None:
    """What FIRST punishes and SECOND does not, and the reverse; and their measures.

    FIRST and SECOND are codes or names of States, or ids of legal systems (GBR-SCT). With --all, without names, every
    two laws of the corpus: how many scenarios of the definition just the one reaches, and the distance; as CSV one row
    for each pair, in a spreadsheet (--format xlsx) and on a web page (html) also as matrices, as JSON with all
    scenarios.
    """
    law = the_law(context)
    if every:
        if first:
            raise click.UsageError("--all compares every two laws of the corpus; name none")
        from palermo.reports.comparison import all_compared_report

        whole = answer(lambda: law.compare_all(on, within, not words))
        deliver(form, out, "pairs-1", whole, lambda: all_compared_report(whole, matrices=form in ("xlsx", "html")))
        return
    if not first or not second:
        raise click.UsageError("name two States or legal systems, or take --all")
    from palermo.reports.comparison import comparison_report

    found = answer(lambda: law.compare(first, second, on, within, not words))
    deliver(form, out, "comparison-1", found, lambda: comparison_report(law.corpus, found))
