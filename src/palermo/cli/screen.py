"""`palermo screen`: a table of cases against laws."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, on_option, the_law
from palermo.cli.output import say
from palermo.cli.progress import progress

ENGINES = ("planes", "duckdb", "spark")


@click.command()
@click.argument("cases", type=click.Path(path_type=Path))
@click.option("--under", required=True, metavar="NAMES", help="Laws and instruments, parted by commas.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The table of answers.")
@click.option(
    "--map",
    "mapping",
    metavar="MAPPING",
    help="A mapping file, or a shipped one: htcds-2.0, ctdc-global-2024.  [default: columns named after facts]",
)
@click.option("--keep", default="", metavar="COLUMNS", help="Columns to carry over, parted by commas.")
@click.option("--engine", type=click.Choice(ENGINES), default="planes", show_default=True)
@click.option("--words", is_flag=True, help="Take each law on its words alone, without readings.")
@on_option
@click.pass_context
def screen(
    context: click.Context,
    cases: Path,
    under: str,
    out: Path,
    mapping: str | None,
    keep: str,
    engine: str,
    words: bool,
    on: date | None,
) -> None:
    """Hold every case of the table CASES (parquet, arrow or csv) against laws and instruments.

    The answer has a column for each law: true within, false outside, empty where the facts do not settle it. Rows keep
    their order and none is dropped; cells that cannot be read are listed in a file beside the answer.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise click.UsageError("screening needs more libraries: pip install 'palermo[bulk]'") from None
    from palermo.casework.under import conducts, theory_of
    from palermo.screening.mapping import Mapping, of_concepts, read_mapping, shipped
    from palermo.screening.tables import Table, UnreadableTable

    law = the_law(context)
    names = [name.strip() for name in under.split(",") if name.strip()]
    laws = answer(lambda: conducts(law.corpus, names, on or date.today(), not words))
    concepts = law.corpus.concepts
    try:
        table = Table(cases)
        if mapping is None:
            chosen: Mapping = of_concepts(table.columns, concepts)
        else:
            chosen = read_mapping(shipped().get(mapping, Path(mapping)), concepts)
        kept = [name.strip() for name in keep.split(",") if name.strip()]
        if engine == "planes":
            from palermo.screening.screen import screen as run

            with progress("cases", table.rows or 0) as tell:
                found = run(table, laws, theory_of(law.corpus), chosen, out, kept, tell)
        else:
            from palermo.screening.engines import screen_in

            found = screen_in(engine, table, laws, theory_of(law.corpus), chosen, out, kept)
    except UnreadableTable as error:
        raise click.UsageError(str(error)) from None
    lines = [f"{found.rows} cases"]
    width = max(len(counts.name) for counts in found.laws)
    lines += [f"{'':{width}}  {'within':>12} {'outside':>12} {'open':>12}"]
    lines += [f"{c.name:{width}}  {c.within:12} {c.outside:12} {c.open:12}" for c in found.laws]
    if found.missing:
        lines.append(f"Not in the table, so unknown for every case: {', '.join(found.missing)}")
    if found.bad_file:
        unread = f"{found.bad} cells could not be read and {found.contradictory} rows contradict themselves"
        lines.append(f"{unread}: {found.bad_file}")
    say("\n".join(lines))
