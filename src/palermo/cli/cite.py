"""`palermo cite`: a citation to copy."""

from __future__ import annotations

from datetime import date

import click

from palermo.cli.inputs import Day, answer, the_law
from palermo.cli.output import say


@click.command()
@click.argument("name", nargs=-1, required=True)
@click.option(
    "--style",
    type=click.Choice(("oscola", "bluebook", "un")),
    default="oscola",
    show_default=True,
    help="OSCOLA (4th edition), The Bluebook, or as United Nations documents cite.",
)
@click.option("--on", type=Day(), metavar="DATE", help="As known that day: its sections, no later entry into force.")
@click.pass_context
def cite(context: click.Context, name: tuple[str, ...], style: str, on: date | None) -> None:
    """The citation of NAME: an instrument, a provision of it, an act or a section of national law.

    NAME is an instrument's id with a provision's number ("palermo-protocol 3(a)"), or a legal system's id with a
    section ("GBR-EAW Modern Slavery Act 2015 s 2") or an act's id. What the corpus does not hold, such as the page of a
    treaty series, is left out.
    """
    law = the_law(context)
    say(answer(lambda: law.cite(" ".join(name), style, on)))
