"""One report as text and as a web page: nothing lost, nothing loaded from elsewhere, readable by every means."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import palermo
from palermo.documents.plain_text import plain_text
from palermo.documents.report import (
    Entry,
    Facts,
    Listing,
    Notice,
    Paragraph,
    Report,
    Section,
    Table,
    badge,
    cite,
    line,
    muted,
    strong,
)
from palermo.documents.terminal import print_report
from palermo.documents.web_page import web_page
from palermo.reports.assessment import assessment_report

REPORT = Report(
    "A <report> & more",
    (
        Paragraph(line("plain ", strong("strong"), muted(" muted"), cite("s 2"), badge("provided"))),
        Section(
            "First part",
            "first",
            (
                Facts((("Name", line("value")),)),
                Notice(line("not to be overlooked")),
                Section("Inner part", "inner", (Paragraph(line("deeper")),)),
            ),
        ),
        Section("Second part", "second", (Table("A table", ("Head", "Other"), ((line("row"), line("cell")),)),)),
        Listing("A list", (Entry(line("entry"), (Entry(line("below")),)),), folded=True),
    ),
    "said once",
)


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "br", "hr", "img", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words.append(data)

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def in_a_terminal(report: Report, width: int = 100) -> str:
    out = io.StringIO()
    print_report(report, out, width=width)
    return out.getvalue()


@pytest.fixture(scope="module")
def assessed(law: palermo.Law) -> Report:
    from datetime import date

    return assessment_report(law.corpus, law.assess("PHL", on=date(2024, 1, 1)))


def test_text_and_page_say_the_same_words() -> None:
    words = [
        "plain",
        "strong",
        "muted",
        "s 2",
        "provided",
        "value",
        "overlooked",
        "deeper",
        "cell",
        "entry",
        "below",
        "said once",
    ]
    page = " ".join(Page(web_page(REPORT)).words)
    for word in words:
        assert word in plain_text(REPORT)
        assert word in in_a_terminal(REPORT)
        assert word in page


def test_what_is_written_is_never_taken_for_markup() -> None:
    assert "A &lt;report&gt; &amp; more" in web_page(REPORT)


def test_a_page_is_well_formed(assessed: Report) -> None:
    assert Page(web_page(assessed)).open == []


def test_a_page_loads_nothing_and_runs_nothing(assessed: Report) -> None:
    page = web_page(assessed)
    parsed = Page(page)
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in parsed.tags}
    assert "url(" not in page
    assert "@import" not in page
    for link in parsed.attributes("a"):
        address = link.get("href") or ""
        assert address.startswith("#") or (address.startswith("https://") and link["rel"] == "noreferrer")


def test_a_page_can_be_walked_by_its_headings(assessed: Report) -> None:
    levels = [int(tag[1]) for tag, _ in Page(web_page(assessed)).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_addresses_on_a_page_are_unique_and_lead_somewhere(assessed: Report) -> None:
    page = Page(web_page(assessed))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = [href for a in page.attributes("a") if (href := a["href"] or "").startswith("#")]
    assert inside
    assert all(href[1:] in ids for href in inside)


def test_tables_have_captions_and_heads(assessed: Report) -> None:
    page = Page(web_page(assessed))
    assert len(page.attributes("caption")) == len(page.attributes("table")) > 0
    assert {attributes.get("scope") for attributes in page.attributes("th")} == {"col", "row"}


def test_a_page_names_its_language_and_direction() -> None:
    (html,) = Page(web_page(REPORT)).attributes("html")
    assert (html["lang"], html["dir"]) == ("en", "ltr")
    arabic = Report("تقرير", (), language="ar")
    (html,) = Page(web_page(arabic)).attributes("html")
    assert (html["lang"], html["dir"]) == ("ar", "rtl")


def test_text_fits_its_width() -> None:
    long = Report("T", (Paragraph(line("word " * 100)), Listing("L", (Entry(line("word " * 100)),))))
    for text in (plain_text(long, 60), in_a_terminal(long, 60)):
        assert max(len(row.rstrip()) for row in text.splitlines()) <= 60


@given(st.lists(st.lists(st.text("ab c", min_size=1, max_size=60), min_size=3, max_size=3), min_size=1, max_size=5))
def test_a_table_keeps_every_word_within_the_width(rows: list[list[str]]) -> None:
    table = Table("", ("one", "two", "three"), tuple(tuple(line(cell) for cell in row) for row in rows))
    text = plain_text(Report("T", (table,)), 40)
    assert max(map(len, text.splitlines())) <= 40
    for letter in "ab":
        assert text.count(letter) == sum(cell.count(letter) for row in rows for cell in row)
