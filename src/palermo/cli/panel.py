"""`palermo panel`: country-year figures and what the law derives, as one table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from palermo.cli.inputs import answer, completed, the_law
from palermo.cli.output import FORMATS, deliver, say, write_whole
from palermo.law import load

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from palermo.corpus.models import Corpus
    from palermo.evidence.cells import Panel
    from palermo.law import Law

_TABLES = ("csv", "json", "parquet", "xlsx")
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")


class Years(click.ParamType[tuple[int, ...]]):
    """Years such as `2010-2024` or `2005,2010,2015-2020`."""

    name = "years"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        if isinstance(value, tuple):
            return value
        years: set[int] = set()
        for part in str(value).split(","):
            found = _YEARS.fullmatch(part.strip())
            if not found or int(found[2] or found[1]) < int(found[1]) or int(found[2] or found[1]) > date.max.year:
                self.fail(f"expected years such as 2010-2024 or 2005,2010, not {value!r}", param, ctx)
            years.update(range(int(found[1]), int(found[2] or found[1]) + 1))
        return tuple(sorted(years))


def _complete(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return completed([(id, entry.label) for id, entry in load().corpus.indicators.items()], incomplete)


@click.command()
@click.option(
    "--indicator",
    "indicators",
    metavar="NAMES",
    default="",
    shell_complete=_complete,
    help="Parted by commas; see --codebook.",
)
@click.option("--states", metavar="NAMES", default=None, help="Codes or names, parted by commas.  [default: all]")
@click.option("--years", type=Years(), default="2000-2024", show_default=True, metavar="YEARS")
@click.option("--treatment", metavar="INSTRUMENTS", default="", help="Whether and since when each State is bound.")
@click.option(
    "--with",
    "own_files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Figures of your own, or a source's file that may not be passed on; may be given several times.",
)
@click.option("--wide", is_flag=True, help="One row for each State and year.")
@click.option("--tables", is_flag=True, help="Statistical tables of each State in place of cells.")
@click.option("--codebook", is_flag=True, help="What the indicators mean.")
@click.option("--metadata", is_flag=True, help="Reference metadata of the panel, by the headings of ESMS.")
@click.option("--format", "form", type=click.Choice((*FORMATS, "parquet", "md")), default="text", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to this file.")
@click.pass_context
def panel(
    context: click.Context,
    indicators: str,
    states: str | None,
    years: tuple[int, ...],
    treatment: str,
    own_files: tuple[Path, ...],
    wide: bool,
    tables: bool,
    codebook: bool,
    metadata: bool,
    form: str,
    out: Path | None,
) -> None:
    """One cell for each State, year and indicator: its value, or which of four ways it is missing in.

    Figures come from the corpus, from files handed over with --with, and from the acts of States and their laws.
    """
    law = the_law(context)
    if codebook or metadata:
        _describe(law.corpus, metadata, form, out)
        return
    asked, treated = _names(indicators), _names(treatment)
    if tables:
        _tables(law, states, years, own_files, form, out)
        return
    if not asked and not treated:
        raise click.UsageError("name an --indicator or a --treatment; --codebook lists the indicators")
    if form == "md":
        raise click.UsageError("--format md is for --codebook and --metadata")
    if form == "parquet":
        try:
            import pyarrow  # noqa: F401
        except ImportError:
            raise click.UsageError("Parquet needs more libraries: pip install 'palermo[bulk]'") from None
    if form in ("parquet", "xlsx") and out is None:
        raise click.UsageError(f"--format {form} needs --out FILE")
    made = _made(law, asked, years, states, treated, own_files)
    if form not in _TABLES:
        from palermo.reports.panel import panel_report

        deliver(form, out, "panel-1", made, lambda: panel_report(made))
        return
    from palermo.evidence.panel_files import PAINTERS

    content = PAINTERS[form](made, wide)
    if out is not None:
        write_whole(out, content)
    else:
        assert isinstance(content, str)
        say(content)
    for problem in made.left_out[:20]:
        click.echo(f"{problem.file}:{problem.line}:{problem.column}: {problem.message} [{problem.rule}]", err=True)
    if len(made.left_out) > 20:
        click.echo(f"and {len(made.left_out) - 20} more; --format text or json has them counted or whole", err=True)


def _made(
    law: Law,
    indicators: Sequence[str],
    years: Sequence[int],
    states: str | None,
    treated: Sequence[str],
    own_files: Sequence[Path],
) -> Panel:
    try:
        return answer(
            lambda: law.panel(indicators, years, None if states is None else _names(states), treated, own_files)
        )
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read a file handed over: {error}") from None


def _tables(
    law: Law, states: str | None, years: Sequence[int], own_files: Sequence[Path], form: str, out: Path | None
) -> None:
    from palermo.reports.statistical_tables import INDICATORS, statistical_report, statistical_tables

    if form in ("md", "parquet"):
        raise click.UsageError(f"--format {form} has no tables; take text, json, html, csv, xlsx, docx or pdf")
    if states is None:
        raise click.UsageError("name the --states whose tables are wanted")
    found = statistical_tables(_made(law, INDICATORS, years, states, (), own_files))
    names = {code: party.name for code, party in law.corpus.parties.items()}
    deliver(form, out, "statistical-tables-1", found, lambda: statistical_report(found, names))


def _describe(corpus: Corpus, metadata: bool, form: str, out: Path | None) -> None:
    from palermo.reports.codebook import codebook_markdown, codebook_report
    from palermo.reports.panel_metadata import metadata_markdown, metadata_of, metadata_report

    if form == "parquet":
        raise click.UsageError("a codebook is no table of cells; take text, md, json, html, csv or xlsx")
    if form == "md":
        text = metadata_markdown(corpus) if metadata else codebook_markdown(corpus)
        if out is None:
            say(text)
        else:
            write_whole(out, text)
    elif metadata:
        deliver(form, out, "panel-metadata-1", metadata_of(corpus), lambda: metadata_report(corpus))
    else:
        deliver(form, out, "codebook-1", corpus.indicators, lambda: codebook_report(corpus))


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
