"""`palermo disclose`: counts that can be published."""

from __future__ import annotations

from pathlib import Path

import click

from palermo.cli.output import say, write_whole


@click.command()
@click.argument("counts", type=click.Path(path_type=Path))
@click.option(
    "--by",
    "tables",
    multiple=True,
    required=True,
    metavar="COLUMNS",
    help="The columns of a table, parted by commas; once for each table of the release.",
)
@click.option("--count", default="n", show_default=True, metavar="COLUMN", help="The column with the counts.")
@click.option("--threshold", type=click.IntRange(1), default=5, show_default=True, help="Counts below are suppressed.")
@click.option(
    "--protection",
    type=click.IntRange(1),
    help="How wide what can be worked out of a suppressed count must be.  [default: the threshold]",
)
@click.option("--zeros", type=click.Choice(["publish", "suppress"]), default="publish", show_default=True)
@click.option(
    "--absent",
    type=click.Choice(["refuse", "zero"]),
    default="refuse",
    show_default=True,
    help="What a combination without a row means.",
)
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
def disclose(
    counts: Path,
    tables: tuple[str, ...],
    count: str,
    threshold: int,
    protection: int | None,
    zeros: str,
    absent: str,
    out: Path,
) -> None:
    """Publish the tables of COUNTS with their margins so that no small count is shown or can be worked out.

    COUNTS is CSV: a row for each combination with its count, `unknown`, or `not applicable`. All tables that are
    published from the same cases must be protected in one go. What was published is held against an attacker who has
    all of it before it is written.
    """
    try:
        from palermo.evidence.disclosure import protect
    except ImportError:
        raise click.UsageError("this needs one more library: pip install 'palermo[impact]'") from None
    from palermo.evidence.release import BadCounts, read_counts, release_of, written

    named = [[name.strip() for name in table.split(",") if name.strip()] for table in tables]
    dimensions = list(dict.fromkeys(name for table in named for name in table))
    try:
        given = read_counts(counts.read_text(encoding="utf-8-sig"), dimensions, count)
        release = release_of(dimensions, given, named, "zero" if absent == "zero" else "refuse")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {counts}: {error}") from None
    except BadCounts as error:
        raise click.UsageError(f"{counts}: {error}") from None
    safe = protect(release, threshold, protection, zeros)
    write_whole(out, written(safe.release, count))
    narrow = min((reach.width for reach in safe.ranges.values()), default=None)
    lines = [
        f"{len(safe.release.values)} cells, margins among them; {len(safe.primary)} suppressed because small, "
        f"{len(safe.secondary)} more so that those cannot be worked out.",
    ]
    if narrow is not None:
        wide = "nothing limits it from above" if narrow == float("inf") else f"its ends are {int(narrow)} apart"
        lines.append(f"Of the suppressed cell that can be narrowed most from all that is published, {wide}.")
    say("\n".join(lines))
