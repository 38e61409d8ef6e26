"""A letter as a Word file to be edited, signed and sent by its author; right to left where its language is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from palermo.documents.letter import Letter
from palermo.documents.report import right_to_left
from palermo.documents.word_page import empty_document, file_bytes
from palermo.documents.word_text import add_field, add_text, tag

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

_SLOT = Mm(35)
"""How much room a letterhead gets that is not written yet."""


def letter_word(letter: Letter) -> bytes:
    """The letter as a DOCX file: the same letter, the same bytes.

    What is missing is highlighted. Nothing is locked, so that changes can be tracked.
    """
    document = empty_document(letter.title, letter.language, right_to_left(letter.language))
    _letterhead(document, letter)
    for mark in letter.marks:
        add_text(document.add_paragraph(), mark, "Mark")
    for name, value in letter.named:
        paragraph = document.add_paragraph(style="Facts")
        add_text(paragraph, f"{name}:\t", "Muted")
        add_text(paragraph, value)
    addressee = document.add_paragraph(style="Facts")
    add_text(addressee, f"{letter.to}:\t", "Muted")
    _lines(addressee, letter.addressee)
    add_text(document.add_paragraph(style="Title"), letter.title)
    for text in letter.opening:
        add_text(document.add_paragraph(), text)
    for passage in letter.passages:
        add_text(document.add_paragraph(style="Heading 2"), passage.heading)
        for text in passage.paragraphs:
            paragraph = document.add_paragraph()
            add_text(paragraph, text)
            if passage.missing:
                _highlight(paragraph)
    for text in letter.closing:
        add_text(document.add_paragraph(), text)
    _signature(document, letter)
    if letter.annexes:
        add_text(document.add_paragraph(style="Heading 2"), letter.annexes_heading)
        for number, annex in enumerate(letter.annexes, start=1):
            add_text(document.add_paragraph(style="Facts"), f"{number}.\t{annex}")
    _page_number(document, letter)
    return file_bytes(document)


def _letterhead(document: WordDocument, letter: Letter) -> None:
    """The lines of the sender, or empty room for them, in the header of the first page."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.first_page_header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    written = [line for line in letter.letterhead if line]
    if written:
        _lines(paragraph, written, "Strong")
    else:
        paragraph.paragraph_format.space_after = _SLOT


def _lines(paragraph: WordParagraph, lines: tuple[str, ...] | list[str], style: str | None = None) -> None:
    for number, text in enumerate(lines):
        if number:
            paragraph.add_run().add_break()
        add_text(paragraph, text, style)


def _highlight(paragraph: WordParagraph) -> None:
    for run in paragraph.runs:
        run._r.get_or_add_rPr().append(tag("w:highlight", val="yellow"))


def _signature(document: WordDocument, letter: Letter) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Mm(15)
    paragraph.paragraph_format.keep_together = True
    _lines(paragraph, [f"{letter.signature}: ____________________", *letter.signatory])


def _page_number(document: WordDocument, letter: Letter) -> None:
    """`Page 1 of 3` at the foot of every page, worked out by Word."""
    section = document.sections[0]
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.style = "Footer"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        before, _, rest = letter.page.partition("{n}")
        between, _, after = rest.partition("{total}")
        add_text(paragraph, before)
        add_field(paragraph, "PAGE", "1")
        add_text(paragraph, between)
        add_field(paragraph, "NUMPAGES", "1")
        add_text(paragraph, after)
