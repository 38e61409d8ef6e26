"""A report as a Word file, opened again: real headings, lists and tables, nothing of a template, the same each time."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

import palermo
from palermo.cli.main import run
from palermo.documents.plain_text import plain_text
from palermo.documents.report import Entry, Listing, Paragraph, Report, Section, Table, line, link, strong
from palermo.documents.word_file import word_file
from palermo.reports.assessment import assessment_report
from palermo.reports.concordance import concordance_report

from .test_reports import REPORT

if TYPE_CHECKING:
    from docx.document import Document


def opened(report: Report) -> Document:
    return docx.Document(io.BytesIO(word_file(report)))


def parts(report: Report) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(word_file(report))) as file:
        return {name: file.read(name).decode(errors="replace") for name in file.namelist()}


def words(document: Document) -> set[str]:
    """Every word, whether its letters stand in one run or in several beside each other."""
    paragraphs = [[node.text or "" for node in found(p, ".//w:t")] for p in document.element.body.iter(qn("w:p"))]
    return {word for p in paragraphs for joiner in ("", " ") for word in re.findall(r"\w+", joiner.join(p))}


def found(element: Any, path: str) -> list[Any]:
    return list(element.xpath(path))


@pytest.fixture(scope="module")
def assessed(law: palermo.Law) -> Report:
    from datetime import date

    return assessment_report(law.corpus, law.assess("GBR", on=date(2024, 1, 1)))


def test_it_says_what_the_text_says(assessed: Report) -> None:
    for report in (REPORT, assessed):
        assert set(re.findall(r"\w+", plain_text(report))) - {"Note"} <= words(opened(report))


def test_it_can_be_walked_by_its_headings(assessed: Report) -> None:
    styles = [paragraph.style.name for paragraph in opened(assessed).paragraphs if paragraph.style]
    assert styles.count("Title") == 1
    levels = [int(name.removeprefix("Heading ")) for name in styles if name.startswith("Heading ")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_heads_of_tables_repeat_and_tables_are_described() -> None:
    rows = tuple((line(f"row {i}"), line("cell")) for i in range(200))
    (table,) = opened(Report("T", (Table("What is there", ("Head", "Other"), rows),))).tables
    assert [cell.text for cell in table.rows[0].cells] == ["Head", "Other"]
    marked = [bool(found(row, "w:trPr/w:tblHeader")) for row in table._tbl.tr_lst]
    assert marked == [True] + [False] * 200
    assert found(table._tbl, "w:tblPr/w:tblCaption")[0].get(qn("w:val")) == "What is there"
    assert found(table._tbl, "w:tblPr/w:tblDescription")[0].get(qn("w:val")) == "Head; Other"


def test_captions_are_numbered_by_fields() -> None:
    table = Table("Rows", ("A", "B"), ((line("1"), line("2")),))
    document = opened(Report("T", (table, Section("S", "s", (table,)))))
    captions = [p for p in document.paragraphs if p.style and p.style.name == "Caption"]
    assert [caption.text for caption in captions] == ["Table 1. Rows", "Table 2. Rows"]
    assert all("SEQ Table" in node.text for c in captions for node in found(c._p, ".//w:instrText"))


def test_the_contents_lead_to_the_parts(assessed: Report) -> None:
    body = opened(assessed).element.body
    anchors = [node.get(qn("w:anchor")) for node in found(body, "//w:hyperlink[@w:anchor]")]
    marks = {node.get(qn("w:name")) for node in found(body, "//w:bookmarkStart")}
    assert len(anchors) == sum(isinstance(block, Section) for block in assessed.blocks)
    assert set(anchors) <= marks
    kinds = [node.get(qn("w:fldCharType")) for node in found(body, "//w:fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") > 0


def test_a_source_is_a_link() -> None:
    document = opened(Report("T", (Paragraph(line("see ", link("the Act", "https://www.example.org/act"))),)))
    (paragraph,) = [p for p in document.paragraphs if p.hyperlinks]
    assert [(h.text, h.address) for h in paragraph.hyperlinks] == [("the Act", "https://www.example.org/act")]


def test_lists_are_lists_at_every_depth() -> None:
    entry = Entry(line("deepest"))
    for depth in reversed(range(11)):
        entry = Entry(line(f"at {depth}"), (entry,))
    listed = [p for p in opened(Report("T", (Listing("Lead", (entry,)),))).paragraphs if p.style.name == "List Bullet"]  # type: ignore[union-attr]
    levels = [int((found(p._p, "w:pPr/w:numPr/w:ilvl/@w:val") or ["0"])[0]) for p in listed]
    assert levels == [*range(9), 8, 8, 8]


def test_the_page_is_a4_and_lies_where_a_table_is_wide(law: palermo.Law) -> None:
    (page,) = opened(REPORT).sections
    assert in_mm(page) == (210, 297)
    (page,) = opened(concordance_report(law.corpus, law.assess("ARG"))).sections
    assert (*in_mm(page), page.orientation) == (297, 210, WD_ORIENT.LANDSCAPE)


def in_mm(page: docx.section.Section) -> tuple[int, int]:
    assert page.page_width
    assert page.page_height
    return round(page.page_width.mm), round(page.page_height.mm)


def test_every_page_says_its_number_and_up_to_when_all_is_known(assessed: Report) -> None:
    assert assessed.known.startswith("Law as known at ")
    (page,) = opened(assessed).sections
    (foot,) = page.footer.paragraphs
    assert foot.text.startswith(assessed.known)
    fields = [node.text.strip() for node in found(foot._p, ".//w:instrText")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_it_names_its_title_author_and_language() -> None:
    document = opened(REPORT)
    properties = document.core_properties
    assert (properties.title, properties.author, properties.language) == (REPORT.title, "Palermo", "en")
    (language,) = found(document.styles.element, "//w:rPrDefault//w:lang")
    assert language.get(qn("w:val")) == "en-GB"


def test_nothing_of_a_template_is_left() -> None:
    files = parts(REPORT)
    assert not any("thumbnail" in name or "customXml" in name or "app.xml" in name for name in files)
    whole = " ".join(files.values())
    assert {"Light Shading", "Intense Quote", "Book Title"}.isdisjoint(style.name for style in opened(REPORT).styles)
    for trace in ("python-docx", "Macintosh", "2013-12-23", "en-US", "Click"):
        assert trace not in whole
    assert 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"' in whole


def test_the_same_report_gives_the_same_bytes(assessed: Report) -> None:
    assert word_file(assessed) == word_file(assessed)
    with zipfile.ZipFile(io.BytesIO(word_file(REPORT))) as file:
        assert {part.date_time for part in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_arabic_runs_from_right_to_left() -> None:
    blocks = (
        Paragraph(line("قانون مكافحة الاتجار ", strong("Act 670"))),
        Table("جدول", ("حكم", "جواب"), ((line("المادة 5"), line("نعم")),)),
    )
    document = opened(Report("تقرير", blocks, language="ar"))
    assert found(document.styles["Normal"].element, "w:pPr/w:bidi")
    assert found(document.element.body, "w:sectPr/w:bidi")
    assert found(document.tables[0]._tbl, "w:tblPr/w:bidiVisual")
    paragraph = next(p for p in document.paragraphs if "Act 670" in p.text)
    assert [(run.text.strip(), bool(run.font.rtl)) for run in paragraph.runs] == [
        ("قانون مكافحة الاتجار", True),
        ("Act 670", False),
    ]
    (language,) = found(document.styles.element, "//w:rPrDefault//w:lang")
    assert language.get(qn("w:bidi")) == "ar-SA"


def test_a_language_from_left_to_right_has_none_of_that() -> None:
    whole = " ".join(parts(REPORT).values())
    assert not any(mark in whole for mark in ("<w:bidi/>", "<w:bidiVisual/>", "<w:rtl/>"))


@given(st.text(min_size=1))
def test_any_words_can_be_written(text: str) -> None:
    document = opened(Report(text, (Paragraph(line(text)), Table(text, (text,), ((line(text),),)))))
    kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text).replace("\r", "\n")
    if "\n" not in kept:
        assert document.paragraphs[1].text == kept
        assert document.tables[0].rows[1].cells[0].text == kept


def test_without_the_library_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith("palermo.documents.word_")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)
    out = tmp_path / "answer.docx"
    assert run(["explain", "palermo-protocol", "3", "--format", "docx", "--out", str(out)]) == 2
    assert "pip install 'palermo[documents]'" in capsys.readouterr().err
    assert not out.exists()
