"""The CSV files of the corpus: parties and acts of States, row by row with line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from palermo.corpus.documents import File
from palermo.corpus.messages import message_of
from palermo.corpus.problems import Problem

T = TypeVar("T")


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def read_table(
    file: File, model: type[T], columns: Sequence[str], lists: Iterable[str] = ()
) -> tuple[list[T], list[int], list[Problem]]:
    """The rows of a CSV text as values, with the line of each; an empty cell is a value left out.

    `lists` are the columns whose cells hold several values, parted by semicolons.
    """
    reader = csv.reader(io.StringIO(file.text), strict=True)
    rows: list[T] = []
    lines: list[int] = []
    problems: list[Problem] = []
    adapter: TypeAdapter[T] = _adapter(model)  # type: ignore[arg-type]
    try:
        header = next(reader, [])
        if header != list(columns):
            return [], [], [Problem(file.path, 1, 1, f"expected the columns {','.join(columns)}")]
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not cells:
                continue
            if len(cells) != len(columns):
                problems.append(Problem(file.path, line, 1, f"expected {len(columns)} cells, found {len(cells)}"))
                continue
            raw: dict[str, Any] = {c: v.strip() for c, v in zip(columns, cells, strict=True) if v.strip()}
            raw.update({c: tuple(filter(None, map(str.strip, raw[c].split(";")))) for c in lists if c in raw})
            try:
                rows.append(adapter.validate_python(raw))
                lines.append(line)
            except ValidationError as error:
                for fault in error.errors(include_url=False):
                    column = str(fault["loc"][0]) if fault["loc"] else columns[0]
                    at = _column(cells, columns.index(column)) if column in columns else 1
                    problems.append(Problem(file.path, line, at, f"{column}: {message_of(fault, model)}"))
    except csv.Error as error:
        problems.append(Problem(file.path, reader.line_num, 1, f"not a CSV line: {error}"))
    return rows, lines, problems


def _column(cells: Sequence[str], index: int) -> int:
    line = io.StringIO()
    csv.writer(line).writerow(cells[:index])
    return len(line.getvalue().rstrip("\r\n")) + (2 if index else 1)
