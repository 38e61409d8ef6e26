"""A panel as a file: tidy or wide, CSV, Parquet, JSON or a spreadsheet; no way of missing is lost on the way.

A tidy table has one row a cell, with its status. A wide one has one row for each State and year, and for each
indicator three columns: `ID`, `ID.status`, and, where it has bounds anywhere, `ID.low` and `ID.high`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
import xlsxwriter

from palermo.evidence.cells import COLUMNS, Cell, Panel, WideTable

Rows = tuple[list[str], list[list[Any]]]
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBERS = ("value", "low", "high")


def rows_of(panel: Panel, wide: bool = False) -> Rows:
    """The heads of a table, and its rows; None where a cell of the table is empty."""
    if wide:
        return _wide(panel)
    table = panel.tidy()
    return list(COLUMNS), [list(row) for row in zip(*table.values(), strict=True)]


def _wide(panel: Panel) -> Rows:
    step = len(panel.states) * len(panel.years)
    heads, columns = ["state", "year"], []
    for i, shown in enumerate(panel.columns):
        cells = panel.cells[i * step : (i + 1) * step]
        is_category = any(cell.word for cell in cells)
        columns.append([cell.word if is_category and cell.word else cell.value for cell in cells])
        columns.append([cell.status for cell in cells])
        heads += [shown.id, f"{shown.id}.status"]
        if any(cell.low is not None for cell in cells):
            heads += [f"{shown.id}.low", f"{shown.id}.high"]
            columns += [[cell.low for cell in cells], [cell.high for cell in cells]]
    keys = [(state, year) for state in panel.states for year in panel.years]
    return heads, [[*key, *(column[i] for column in columns)] for i, key in enumerate(keys)]


def csv_of(panel: Panel, wide: bool = False) -> str:
    """The panel as CSV; whole numbers without a point, an empty cell for what is not there."""
    heads, rows = rows_of(panel, wide)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_text(value) for value in row] for row in rows)
    return out.getvalue()


def json_of(panel: Panel, wide: bool = False) -> str:
    """The panel under its schema `panel-1`, with the codebook of its columns; wide, the table with that codebook."""
    heads, rows = rows_of(panel, wide=True) if wide else ([], [])
    answer = WideTable(tuple(heads), tuple(map(tuple, rows)), panel.columns) if wide else panel
    schema = "panel-wide-1" if wide else "panel-1"
    return msgspec.json.format(msgspec.json.encode({"schema": schema, "answer": answer}), indent=1).decode()


def parquet_of(panel: Panel, wide: bool = False) -> bytes:
    """The panel as Parquet, the codebook of its columns in the metadata under `codebook`. Needs pyarrow."""
    import pyarrow as pa
    import pyarrow.parquet

    heads, rows = rows_of(panel, wide)
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in heads]
    types = [_arrow(pa, head, column) for head, column in zip(heads, columns, strict=True)]
    arrays = [pa.array(column, arrow) for column, arrow in zip(columns, types, strict=True)]
    codebook = msgspec.json.encode({column.id: column.indicator for column in panel.columns})
    table = pa.table(arrays, names=heads).replace_schema_metadata({"codebook": codebook})
    out = io.BytesIO()
    pa.parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def spreadsheet_of(panel: Panel, wide: bool = False) -> bytes:
    """The panel as a spreadsheet: the table, the codebook, and since when States are bound; text never a formula."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        _sheet(book, bold, "panel", *rows_of(panel, wide))
        heads = ["indicator", "label", "meaning", "unit", "source", "terms", "as_at", "missing", "notes"]
        told = [
            [
                column.id,
                column.indicator.label,
                column.indicator.meaning,
                column.indicator.unit,
                "; ".join(column.indicator.source),
                column.indicator.terms,
                column.indicator.as_at,
                column.indicator.missing,
                "; ".join(column.indicator.notes),
            ]
            for column in panel.columns
        ]
        _sheet(book, bold, "codebook", heads, told)
        if panel.treatments:
            fields = ("state", "instrument", "status", "since", "first_year", "until")
            _sheet(book, bold, "treatment", list(fields), _fields(panel.treatments, fields))
        if panel.criminalised:
            names = tuple(field.name for field in msgspec.structs.fields(panel.criminalised[0]))
            _sheet(book, bold, "criminalised", list(names), _fields(panel.criminalised, names))
    return out.getvalue()


PAINTERS: dict[str, Callable[[Panel, bool], str | bytes]] = {
    "csv": csv_of,
    "json": json_of,
    "parquet": parquet_of,
    "xlsx": spreadsheet_of,
}


def cells_of_csv(text: str) -> tuple[Cell, ...]:
    """The cells of a tidy CSV as `csv_of` writes it."""
    return tuple(_cell(row) for row in csv.DictReader(io.StringIO(text)))


def cells_of_json(text: str) -> tuple[Cell, ...]:
    """The cells of a tidy JSON as `json_of` writes it."""
    return msgspec.convert(json.loads(text)["answer"], Panel).cells


def cells_of_parquet(content: bytes) -> tuple[Cell, ...]:
    """The cells of a tidy Parquet file as `parquet_of` writes it. Needs pyarrow."""
    import pyarrow.parquet

    return tuple(_cell(row) for row in pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist())


def _cell(row: dict[str, Any]) -> Cell:
    read = {name: value for name, value in row.items() if value not in (None, "") and name != "unit"}
    for name in _NUMBERS:
        if name in read:
            read[name] = float(read[name])
    read["year"] = int(read["year"])
    read["source"] = tuple(filter(None, str(read.get("source", "")).split(";")))
    read["note"] = None if read.get("note") is None else _without_guard(str(read["note"]))
    if isinstance(read.get("as_at"), str):
        read["as_at"] = date.fromisoformat(read["as_at"])
    return msgspec.convert(read, Cell)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_BEGINS_A_FORMULA) else text


def _without_guard(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:].startswith(_BEGINS_A_FORMULA) else text


def _arrow(pa: Any, head: str, column: Sequence[object]) -> Any:
    if head == "year":
        return pa.int32()
    if head == "as_at":
        return pa.date32()
    if head in COLUMNS:
        return pa.float64() if head in _NUMBERS else pa.string()
    return pa.string() if any(isinstance(value, str) for value in column) else pa.float64()


def _fields(entries: Iterable[Any], names: Sequence[str]) -> list[list[Any]]:
    return [[getattr(entry, name) for name in names] for entry in entries]


def _sheet(book: Any, bold: Any, name: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, heads, bold)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, (int, float)):
                sheet.write_number(number, place, value)
            elif value is not None:
                sheet.write_string(number, place, str(value))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(heads) - 1)
