"""`palermo search`: words, phrases and citations in provisions and laws."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_args

import click

from palermo.cli.inputs import Day, answer, complete_instrument, complete_state, the_law
from palermo.cli.output import deliver, format_options


class Kinds(click.ParamType[tuple[str, ...]]):
    """Kinds of entries, parted by commas."""

    name = "kinds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        from palermo.logic.formula import nearest
        from palermo.search.entries import Kind

        if isinstance(value, tuple):
            return value
        known, named = get_args(Kind), tuple(filter(None, map(str.strip, value.split(","))))
        for kind in named:
            if kind not in known:
                self.fail(f"there is no kind {kind!r}{nearest(kind, known)}; there are {', '.join(known)}", param, ctx)
        return named


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--kind", "kinds", type=Kinds(), default="", metavar="KINDS", help="Only these kinds, such as provision,offence."
)
@click.option("--state", shell_complete=complete_state, metavar="STATE", help="Only of this State or legal system.")
@click.option("--instrument", shell_complete=complete_instrument, metavar="ID", help="Only of this instrument.")
@click.option(
    "--language",
    type=click.Choice(("en", "fr", "es", "ru", "ar", "zh")),
    help="Take the words for words of this language alone.  [default: of any of the six]",
)
@click.option("--on", type=Day(), metavar="DATE", help="Leave out what was not in force that day, such as 2012-01-01.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="At most so many."
)
@format_options()
@click.pass_context
def search(
    context: click.Context,
    words: tuple[str, ...],
    kinds: tuple[Any, ...],
    state: str | None,
    instrument: str | None,
    language: Any,
    on: date | None,
    limit: int,
    form: str,
    out: Path | None,
) -> None:
    """Find WORDS in provisions, national law, statements, agreements, concepts and parties, in six languages.

    All words must be there; where nothing has them all, any will do. A phrase stands in quotation marks of its own
    ('"forced labour"'), a star ends the beginning of a word (traffick*), and a citation is found as such (18 USC
    1591, s 45, XVIII-12-a).

    Law of any time is found; with --on DATE what is known not to have been in force that day is left out.
    """
    from palermo.reports.search import search_report, search_table

    law = the_law(context)
    found = answer(lambda: law.search(" ".join(words), kinds, state, instrument, language, on, limit))
    report = search_table if form in ("csv", "xlsx") else search_report
    deliver(form, out, "search-1", found, lambda: report(found))
