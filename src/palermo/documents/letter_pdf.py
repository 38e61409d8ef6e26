"""A letter as PDF/A for the file, with the fonts of its language inside."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import as_file, files

import msgspec
import typst

from palermo.documents.letter import Letter
from palermo.documents.report import right_to_left


def letter_pdf(letter: Letter) -> bytes:
    """The letter as a PDF/A-2 file. Highlighted words stand for what is missing."""
    direction = "rtl" if right_to_left(letter.language) else "ltr"
    with as_file(files("palermo.documents")) as here:
        return bytes(
            typst.compile(
                here / "templates" / "letter.typ",
                format="pdf",
                timestamp=datetime(letter.dated.year, letter.dated.month, letter.dated.day, tzinfo=UTC),
                sys_inputs={"letter": msgspec.json.encode(letter).decode(), "direction": direction},
                font_paths=[here / "fonts"],
                pdf_standards=["a-2a"],
            )
        )
