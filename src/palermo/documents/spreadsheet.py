"""The tables of a report as CSV or as a spreadsheet: words only, never formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

import xlsxwriter

from palermo.documents.report import Block, Line, Report, Section, Table

_WIDEST = 60
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class NoTable(ValueError):
    """The report holds no table."""


def tables(blocks: Sequence[Block]) -> Iterator[Table]:
    """Every table of a report, in order."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Section):
            yield from tables(block.blocks)


def csv_text(report: Report) -> str:
    """The first table of a report as CSV with a head. Raises NoTable."""
    table = next(tables(report.blocks), None)
    if table is None:
        raise NoTable("this answer has no table; take text, html, pdf or json")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.heads)
    writer.writerows([_safe(_words(cell)) for cell in row] for row in table.rows)
    return out.getvalue()


def spreadsheet(report: Report) -> bytes:
    """Every table of a report on a sheet of its own, with fixed heads and filters. Raises NoTable."""
    found = list(tables(report.blocks))
    if not found:
        raise NoTable("this answer has no table; take text, html, pdf or json")
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": report.title})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        names: set[str] = set()
        for table in found:
            sheet = book.add_worksheet(_sheet_name(table.caption or report.title, names))
            for column, head in enumerate(table.heads):
                sheet.write_string(0, column, head, bold)
                longest = max([len(head), *(len(_words(row[column])) for row in table.rows)])
                sheet.set_column(column, column, min(longest + 2, _WIDEST))
            for number, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, _words(cell), wrapped)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
    return out.getvalue()


def _sheet_name(caption: str, taken: set[str]) -> str:
    name = base = " ".join(caption.translate(_NOT_IN_A_NAME).split())[:28] or "Table"
    number = 2
    while name.casefold() in taken:
        name, number = f"{base} {number}", number + 1
    taken.add(name.casefold())
    return name


def _words(line: Line) -> str:
    return "".join(span.text for span in line)


def _safe(cell: str) -> str:
    """A cell that no spreadsheet program takes for a formula when it opens the CSV."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
