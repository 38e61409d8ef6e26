"""The CSV files of the corpus: parties, acts of States, agreements; row by row, each knowing where it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from palermo.corpus.documents import File
from palermo.corpus.messages import message_of, rule_of
from palermo.corpus.problems import Problem

T = TypeVar("T")


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands: its file and the line on which it begins."""

    file: File
    line: int
    columns: tuple[str, ...]

    def problem(self, column: str, message: str, rule: str) -> Problem:
        """A breach of a rule at the cell of a column, or at the row where the table has no such column."""
        start = _line_starts(self.file.text)[self.line - 1]
        at = _start_of_cell(self.file.text, start, self.columns.index(column) if column in self.columns else 0)
        before = self.file.text[start:at]
        line = self.line + before.count("\n")
        return Problem(self.file.path, line, len(before) - (before.rfind("\n") + 1) + 1, message, rule)


@lru_cache(maxsize=4)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(i + 1 for i, character in enumerate(text) if character == "\n"))


def _start_of_cell(text: str, start: int, index: int) -> int:
    """Where in a text the cell of that index begins in the row that begins at `start`, its quote included."""
    quoted, cell = False, 0
    for i in range(start, len(text)):
        if cell == index:
            return i
        if text[i] == '"':
            quoted = not quoted
        elif text[i] == "," and not quoted:
            cell += 1
    return len(text)


def read_table(
    file: File, model: type[T], columns: Sequence[str], lists: Iterable[str] = ()
) -> tuple[list[T], list[RowPlace], list[Problem]]:
    """The rows of a CSV text as values, with the place of each; an empty cell is a value left out.

    `lists` are the columns whose cells hold several values, parted by semicolons.
    """
    reader = csv.reader(io.StringIO(file.text), strict=True)
    rows: list[T] = []
    places: list[RowPlace] = []
    problems: list[Problem] = []
    adapter: TypeAdapter[T] = _adapter(model)  # type: ignore[arg-type]
    try:
        header = next(reader, [])
        if header != list(columns):
            return [], [], [Problem(file.path, 1, 1, f"expected the columns {','.join(columns)}", "wrong-columns")]
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not cells:
                continue
            if len(cells) != len(columns):
                told = f"expected {len(columns)} cells, found {len(cells)}"
                problems.append(Problem(file.path, line, 1, told, "wrong-cells"))
                continue
            here = RowPlace(file, line, tuple(columns))
            raw: dict[str, Any] = {c: v.strip() for c, v in zip(columns, cells, strict=True) if v.strip()}
            raw.update({c: tuple(filter(None, map(str.strip, raw[c].split(";")))) for c in lists if c in raw})
            try:
                rows.append(adapter.validate_python(raw))
                places.append(here)
            except ValidationError as error:
                for fault in error.errors(include_url=False):
                    column = str(fault["loc"][0])
                    problems.append(here.problem(column, f"{column}: {message_of(fault, model)}", rule_of(fault)))
    except csv.Error as error:
        problems.append(Problem(file.path, reader.line_num, 1, f"not a CSV line: {error}", "not-csv"))
    return rows, places, problems
