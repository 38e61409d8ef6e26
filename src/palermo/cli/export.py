"""`palermo export`: everything in tables, as a Data Package."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import on_option, the_law
from palermo.cli.output import write_whole


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("palermo-data.zip"),
    show_default=True,
    metavar="FILE",
    help="Write to this file.",
)
@on_option
@click.pass_context
def export(context: click.Context, out: Path, on: date | None) -> None:
    """Write all of the corpus as tables in one zip: a Data Package (datapackage.org) with a description for catalogues.

    Each CSV has its columns described, typed and tied to the others. --on says for which day the table standings tells
    who is bound by what.
    """
    from palermo.reports.data_package import data_package, data_tables

    law = the_law(context)
    day = on or date.today()
    tables = data_tables(law.ledger, day)
    write_whole(out, data_package(tables, day, law.version))
    click.echo(f"{out}: {len(tables)} tables, {sum(len(table.rows) for table in tables)} rows")
