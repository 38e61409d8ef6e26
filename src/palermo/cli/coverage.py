"""`palermo coverage`: what is encoded, verified and missing, and what is to be looked at again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import on_option, the_law
from palermo.cli.output import deliver, format_options, say, write_whole


@click.command()
@click.option("--stale", "only_stale", is_flag=True, help="The files whose review is overdue or not scheduled.")
@on_option
@format_options("svg")
@click.pass_context
def coverage(context: click.Context, only_stale: bool, on: date | None, form: str, out: Path | None) -> None:
    """What of each legal system is encoded, how much was read in a text, what is known to be missing.

    The forms html, pdf and svg draw it on a map of the world, if palermo[charts] is installed. With --stale: which
    files should be looked at again on that day, the longest overdue first, and where to look.
    """
    from palermo.documents.world_map import NotDrawn
    from palermo.reports.encoded import encoded, encoded_map, encoded_report
    from palermo.reports.stale import stale, stale_report

    corpus = the_law(context).corpus
    if only_stale:
        if form == "svg":
            raise click.UsageError("--stale is a list, which cannot be drawn; take text, html, pdf, csv, xlsx or json")
        day = on or date.today()
        due = stale(corpus, day)
        deliver(form, out, "stale-1", due, lambda: stale_report(due, day))
        return
    if on is not None:
        raise click.UsageError("--on says on which day to ask for --stale")
    found = encoded(corpus)
    svg = ""
    if form in ("svg", "html", "pdf"):
        try:
            svg = encoded_map(found)
        except NotDrawn as error:
            if form == "svg":
                raise click.UsageError(str(error)) from None
            click.echo(f"palermo: {error}", err=True)
    if form == "svg":
        write_whole(out, svg) if out else say(svg)
        return
    names = {code: party.name for code, party in corpus.parties.items()}
    deliver(form, out, "coverage-1", found, lambda: encoded_report(found, names, svg))
