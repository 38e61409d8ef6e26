"""The tables of a Word file as plain rows, to read back what somebody filled in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.opc.exceptions import PackageNotFoundError


class NoWordFile(ValueError):
    """The file is no Word file."""


def table_rows(file: Path) -> Iterator[list[str]]:
    """Every row of every table, cell by cell; the paragraphs of a cell are parted by line breaks. Raises NoWordFile."""
    try:
        document = Document(str(file))
    except (PackageNotFoundError, KeyError, ValueError):
        raise NoWordFile(f"{file} cannot be read as a Word file") from None
    for table in document.tables:
        for row in table.rows:
            yield ["\n".join(paragraph.text for paragraph in cell.paragraphs).strip() for cell in row.cells]
