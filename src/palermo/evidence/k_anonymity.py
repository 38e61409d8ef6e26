"""Rows about persons: whom too few others are like, and which values to suppress so that nobody stands out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from palermo.evidence.release import Mark


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to suppress so that every row left is like at least k - 1 others in the columns looked at.

    `cells` are values to suppress, by row (from 0) and column; `rows` those to leave out altogether, because even
    with all of these columns suppressed too few are like them. `alone` are the rows that stood out before.
    """

    k: int
    alone: tuple[int, ...]
    cells: tuple[tuple[int, str], ...]
    rows: tuple[int, ...]


def standing_out(rows: Sequence[Mapping[str, str]], columns: Sequence[str], k: int) -> tuple[int, ...]:
    """The rows that share their values in these columns with fewer than k - 1 others.

    A value not known or suppressed is a value of its own: it matches none but itself. Raises ValueError for k < 1.
    """
    if k < 1:
        raise ValueError("k must be at least 1")
    kinds = [tuple(row[column] for column in columns) for row in rows]
    sizes = Counter(kinds)
    return tuple(i for i, kind in enumerate(kinds) if sizes[kind] < k)


def suggest(rows: Sequence[Mapping[str, str]], columns: Sequence[str], k: int) -> Suggestion:
    """Values to suppress until no row stands out.

    Column by column, the one next whose suppression in the rows that stand out leaves the fewest of them; where too
    few are left in the end, they are to be left out.
    """
    alone = standing_out(rows, columns, k)
    kept = [dict(row) for row in rows]
    cells: list[tuple[int, str]] = []
    left = list(columns)
    out = alone
    while out and left:
        tried = {column: standing_out(_without(kept, out, column), columns, k) for column in left}
        column = min(left, key=lambda name: len(tried[name]))
        cells += [(i, column) for i in out if kept[i][column] != Mark.SUPPRESSED]
        kept = _without(kept, out, column)
        left.remove(column)
        out = tried[column]
    dropped = set(out)
    return Suggestion(k, alone, tuple(sorted(cell for cell in cells if cell[0] not in dropped)), out)


def suppressed(rows: Sequence[Mapping[str, str]], suggestion: Suggestion) -> list[dict[str, str]]:
    """The rows with a suggestion carried out."""
    cells = set(suggestion.cells)
    return [
        {column: str(Mark.SUPPRESSED) if (i, column) in cells else value for column, value in row.items()}
        for i, row in enumerate(rows)
        if i not in suggestion.rows
    ]


def _without(rows: Sequence[Mapping[str, str]], out: Sequence[int], column: str) -> list[dict[str, str]]:
    chosen = set(out)
    return [{**row, column: str(Mark.SUPPRESSED)} if i in chosen else dict(row) for i, row in enumerate(rows)]
