"""A report as a Word file that can be edited: real headings, lists, captions, tables with heads that repeat."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Length
from docx.text.paragraph import Paragraph as WordParagraph

from palermo.documents.report import (
    Block,
    Entry,
    Facts,
    Figure,
    Line,
    Listing,
    Notice,
    Paragraph,
    Report,
    Section,
    Span,
    Table,
    right_to_left,
)
from palermo.documents.spreadsheet import tables
from palermo.documents.word_page import LEVELS, MARGIN, empty_document, file_bytes, writable
from palermo.documents.word_text import add_field, add_text, begin_field, end_field, tag

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MOST_COLUMNS_UPRIGHT = 5
"""A table with more columns lays the pages on their side."""
_STYLES = {"strong": "Strong", "muted": "Muted", "cite": "Pinpoint", "badge": "Mark"}
_TABLE = {"ar": "الجدول", "en": "Table", "es": "Cuadro", "fr": "Tableau", "ru": "Таблица", "zh": "表"}
_LEAST, _MOST = 8, 60
"""Between how many letters a column counts when the width of a table is shared out."""


def word_file(report: Report) -> bytes:
    """The report as a DOCX file. Right to left where its language is written so; the same report, the same bytes."""
    return file_bytes(_Written(report).document)


class _Written:
    """A document while it is being written."""

    def __init__(self, report: Report) -> None:
        self.rtl = right_to_left(report.language)
        wide = any(len(table.heads) > MOST_COLUMNS_UPRIGHT for table in tables(report.blocks))
        self.document: WordDocument = empty_document(report.title, report.language, self.rtl, wide)
        self.caption = _TABLE.get(report.language, _TABLE["en"])
        self.table_numbers, self.bookmarks = count(1), count(1)
        self._footer(report)
        self._line(self._paragraph("Title"), (Span(report.title),))
        sections = [block for block in report.blocks if isinstance(block, Section)]
        if len(sections) > 1:
            self._contents(sections)
        for block in report.blocks:
            self._block(block, 1)
        if report.closing:
            self._line(self._paragraph("Closing"), (Span(report.closing),))

    def _paragraph(self, style: str | None = None) -> WordParagraph:
        return self.document.add_paragraph(style=style)

    def _block(self, block: Block, level: int) -> None:
        if isinstance(block, Paragraph):
            self._line(self._paragraph(), block.line)
        elif isinstance(block, Notice):
            self._line(self._paragraph("Notice"), block.line)
        elif isinstance(block, Facts):
            for name, value in block.pairs:
                self._line(self._paragraph("Facts"), (Span(f"{name}:\t", "muted"), *value))
        elif isinstance(block, Listing):
            if block.lead:
                self._line(self._paragraph("List Lead"), (Span(block.lead),))
            for entry in block.entries:
                self._entry(entry, 0)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Figure):
            self._figure(block)
        else:
            self._section(block, level)

    def _figure(self, figure: Figure) -> None:
        """The picture with its words for those who do not see it; those words alone where there is no picture."""
        if not figure.svg:
            self._line(self._paragraph(), (Span(figure.alternative),))
            return
        import vl_convert

        picture = io.BytesIO(vl_convert.svg_to_png(figure.svg, scale=2))
        shape = self._paragraph().add_run().add_picture(picture, width=self._text_width())
        shape._inline.docPr.set("descr", writable(figure.alternative))
        self._line(self._paragraph("Caption"), (Span(figure.caption),))

    def _section(self, section: Section, level: int) -> None:
        heading = self._paragraph(f"Heading {min(level, LEVELS)}")
        if level == 1:
            number = next(self.bookmarks)
            start, end = tag("w:bookmarkStart", id=number, name=_bookmark(number)), tag("w:bookmarkEnd", id=number)
            heading._p.append(start)
            self._line(heading, (Span(section.heading),))
            heading._p.append(end)
        else:
            self._line(heading, (Span(section.heading),))
        for block in section.blocks:
            self._block(block, level + 1)

    def _entry(self, entry: Entry, depth: int) -> None:
        paragraph = self._paragraph("List Bullet")
        if depth:
            numbering: Any = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbering.get_or_add_ilvl().val = min(depth, LEVELS - 1)
            numbering.get_or_add_numId().val = 1
        self._line(paragraph, entry.line)
        for below in entry.below:
            self._entry(below, depth + 1)

    def _table(self, table: Table) -> None:
        caption = self._paragraph("Caption")
        number = next(self.table_numbers)
        add_text(caption, f"{self.caption} ")
        add_field(caption, "SEQ Table \\* ARABIC", str(number))
        if table.caption:
            add_text(caption, f". {table.caption}")
        width = self._text_width()
        grid = CT_Tbl.new_tbl(len(table.rows) + 1, len(table.heads), width)
        properties: Any = grid.tblPr
        for child in list(properties):
            properties.remove(child)
        look = {"firstRow": 1, "lastRow": 0, "firstColumn": 1, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
        properties.append(tag("w:tblStyle", val="ReportTable"))
        if self.rtl:
            properties.append(tag("w:bidiVisual"))
        properties.append(tag("w:tblW", w=5000, type="pct"))
        properties.append(tag("w:tblLook", val="06A0", **look))
        properties.append(tag("w:tblCaption", val=table.caption or f"{self.caption} {number}"))
        properties.append(tag("w:tblDescription", val="; ".join(table.heads)))
        widths = _widths(table, width)
        for column, size in zip(grid.tblGrid.gridCol_lst, widths, strict=True):
            column.w = size
        for row, cells in zip(grid.tr_lst, (tuple((Span(h),) for h in table.heads), *table.rows), strict=True):
            head = row is grid.tr_lst[0]
            kept: Any = row.get_or_add_trPr()
            kept.append(tag("w:cantSplit"))
            if head:
                kept.append(tag("w:tblHeader"))
            for cell, text, size in zip(row.tc_lst, cells, widths, strict=True):
                cell.width = size
                paragraph = WordParagraph(cell.p_lst[0], self.document._body)
                paragraph.style = "Table Head" if head else "Table Text"
                self._line(paragraph, text)
        self.document.element.body.insert_element_before(grid, "w:sectPr")

    def _text_width(self) -> Length:
        return Length((self.document.sections[0].page_width or 0) - 2 * MARGIN)

    def _contents(self, sections: Sequence[Section]) -> None:
        """A list of the parts that leads to them and that Word can bring up to date."""
        for number, section in enumerate(sections, start=1):
            paragraph = self._paragraph("Contents")
            if number == 1:
                begin_field(paragraph, 'TOC \\o "1-1" \\n \\h')
            link = tag("w:hyperlink", anchor=_bookmark(number))
            paragraph._p.append(link)
            add_text(paragraph, section.heading, "Hyperlink", link)
            if number == len(sections):
                end_field(paragraph)

    def _footer(self, report: Report) -> None:
        footer = self.document.sections[0].footer.paragraphs[0]
        footer.style = "Footer"
        footer.paragraph_format.tab_stops.add_tab_stop(self._text_width(), 2)
        add_text(footer, f"{report.known}\t")
        add_field(footer, "PAGE", "1")
        add_text(footer, " / ")
        add_field(footer, "NUMPAGES", "1")

    def _line(self, paragraph: WordParagraph, line: Line) -> None:
        for span in line:
            if span.address:
                relation = paragraph.part.relate_to(span.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                link: Any = OxmlElement("w:hyperlink")
                link.set(qn("r:id"), relation)
                paragraph._p.append(link)
                add_text(paragraph, span.text, "Hyperlink", link)
            else:
                add_text(paragraph, span.text, _STYLES.get(span.style))


def _bookmark(number: int) -> str:
    return f"_Toc{number:08}"


def _widths(table: Table, whole: int) -> list[Length]:
    """The width of a table shared out by the longest cell of each column, none less than its longest word."""
    columns = zip(*(table.heads, *(tuple(_words(cell) for cell in row) for row in table.rows)), strict=True)
    shares = [_share(list(column)) for column in columns]
    return [Length(whole * share // sum(shares)) for share in shares]


def _share(cells: list[str]) -> int:
    longest_word = max((len(word) for cell in cells for word in cell.split()), default=0)
    return max(_LEAST, min(longest_word + 2, _MOST // 2), min(max(map(len, cells)), _MOST))


def _words(line: Line) -> str:
    return "".join(span.text for span in line)
