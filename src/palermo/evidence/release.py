"""A release of counts: tables over the same persons or cases, with their margins, every cell once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product
from typing import Literal

TOTAL = "total"
"""What stands in the place of a dimension that a cell does not tell apart."""

Cell = tuple[str, ...]
"""A category for each dimension, or TOTAL."""


class Mark(StrEnum):
    """What may stand in a cell where no number does. Zero is a number."""

    SUPPRESSED = "suppressed"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"


Value = int | Mark


class BadCounts(ValueError):
    """A table of counts that cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Release:
    """Published cells of one or more tables over the same dimensions; margins that tables share are one cell.

    `categories` are the categories of each dimension, in order. A cell of `values` without a category for a dimension
    holds the sum over that dimension.
    """

    dimensions: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    values: Mapping[Cell, Value]

    def finest(self) -> list[Cell]:
        """The cells that tell every dimension apart, published or not."""
        return list(product(*self.categories))

    def parts(self, cell: Cell) -> list[Cell]:
        """The finest cells that a cell sums up."""
        sides = (own if category == TOTAL else (category,) for category, own in zip(cell, self.categories, strict=True))
        return list(product(*sides))


def release_of(
    dimensions: Sequence[str],
    counts: Mapping[Cell, Value],
    tables: Iterable[Sequence[str]],
    absent: Literal["refuse", "zero"] = "refuse",
) -> Release:
    """The tables of a release with all their margins, each a set of dimensions, from counts by all dimensions.

    A sum that takes in an unknown count is unknown; one over cells that cannot be is not applicable. A combination
    without a count is refused, or taken as zero. Raises BadCounts.
    """
    categories = tuple(tuple(dict.fromkeys(cell[i] for cell in counts)) for i in range(len(dimensions)))
    for name, own in zip(dimensions, categories, strict=True):
        if TOTAL in own:
            raise BadCounts(f"{name}: {TOTAL!r} is no category; leave margins out, they are computed")
    whole: dict[Cell, Value] = dict(counts)
    for cell in product(*categories):
        if cell not in whole:
            if absent == "refuse":
                raise BadCounts(f"no count for {', '.join(cell)}; give it, as unknown or 0, or say that absent is zero")
            whole[cell] = 0
    bare = Release(tuple(dimensions), categories, {})
    values: dict[Cell, Value] = {}
    for table in tables:
        if strange := set(table) - set(dimensions):
            raise BadCounts(f"no dimension {', '.join(sorted(strange))}; there are {', '.join(dimensions)}")
        for size in range(len(table), -1, -1):
            for kept in combinations(table, size):
                sides = (own if name in kept else (TOTAL,) for name, own in zip(dimensions, categories, strict=True))
                for cell in product(*sides):
                    if cell not in values:
                        values[cell] = _sum(whole[part] for part in bare.parts(cell))
    return Release(bare.dimensions, categories, values)


def _sum(values: Iterable[Value]) -> Value:
    given = list(values)
    if Mark.UNKNOWN in given or Mark.SUPPRESSED in given:
        return Mark.UNKNOWN
    numbers = [value for value in given if isinstance(value, int)]
    return sum(numbers) if numbers else Mark.NOT_APPLICABLE


def read_counts(text: str, dimensions: Sequence[str], count: str) -> dict[Cell, Value]:
    """Counts by the dimensions from a CSV text; further columns are summed over.

    A cell of the count column is a whole number, `unknown` (or empty), or `not applicable`. Raises BadCounts with
    the line.
    """
    reader = csv.DictReader(io.StringIO(text))
    names = reader.fieldnames or ()
    if missing := [name for name in (*dimensions, count) if name not in names]:
        raise BadCounts(f"line 1: no column {', '.join(missing)}; there are {', '.join(names)}")
    found: dict[Cell, list[Value]] = {}
    seen: dict[tuple[str | None, ...], int] = {}
    for row in reader:
        line = reader.line_num
        if None in row or None in row.values():
            raise BadCounts(f"line {line}: expected {len(names)} cells")
        whole = tuple(row[name] for name in names if name != count)
        if whole in seen:
            raise BadCounts(f"line {line}: the same combination stands on line {seen[whole]}")
        seen[whole] = line
        cell = tuple(row[name].strip() for name in dimensions)
        if not all(cell):
            raise BadCounts(f"line {line}: an empty category; write {Mark.UNKNOWN} where it is not known")
        found.setdefault(cell, []).append(_value(row[count].strip(), line))
    if not found:
        raise BadCounts("line 1: no counts")
    return {cell: _sum(values) for cell, values in found.items()}


def _value(written: str, line: int) -> Value:
    if written in ("", Mark.UNKNOWN):
        return Mark.UNKNOWN
    if written == Mark.NOT_APPLICABLE:
        return Mark.NOT_APPLICABLE
    if written.isascii() and written.isdecimal():
        return int(written)
    raise BadCounts(f"line {line}: expected a whole number, unknown or not applicable, not {written!r}")


def written(release: Release, count: str) -> str:
    """A release as CSV: a column for each dimension, `total` in margins, and the count or its mark."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*release.dimensions, count])
    writer.writerows([*cell, str(value)] for cell, value in release.values.items())
    return text.getvalue()
