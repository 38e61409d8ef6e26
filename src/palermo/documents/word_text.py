"""Text and fields in the paragraphs of a Word file, in either direction."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from palermo.documents.word_page import writable

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as WordParagraph


def add_text(paragraph: WordParagraph, text: str, style: str | None = None, within: Any = None) -> None:
    """A run of text in a character style; `within` is an element of the paragraph that takes it, such as a link."""
    run = paragraph.add_run(writable(text), style)
    if any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in text):
        run.font.rtl = True
    if within is not None:
        within.append(run._r)


def add_field(paragraph: WordParagraph, instruction: str, result: str) -> None:
    """A field that Word works out, such as PAGE, with what it shows until then."""
    begin_field(paragraph, instruction)
    add_text(paragraph, result)
    end_field(paragraph)


def begin_field(paragraph: WordParagraph, instruction: str) -> None:
    """The beginning of a field: what follows is its result, until `end_field`."""
    _mark(paragraph, "begin")
    element = tag("w:instrText")
    element.text = f" {instruction} "
    element.set(qn("xml:space"), "preserve")
    paragraph.add_run()._r.append(element)
    _mark(paragraph, "separate")


def end_field(paragraph: WordParagraph) -> None:
    """The end of a field."""
    _mark(paragraph, "end")


def _mark(paragraph: WordParagraph, kind: str) -> None:
    paragraph.add_run()._r.append(tag("w:fldChar", fldCharType=kind))


def tag(element_name: str, **values: object) -> Any:
    """An element of the file's XML with its values."""
    element = OxmlElement(element_name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), writable(str(value)))
    return element
