"""A report as Markdown says what the report says, and nothing in it changes how it is set."""

from __future__ import annotations

import re
from datetime import date

import palermo
from palermo.documents.markdown import markdown
from palermo.documents.report import (
    Entry,
    Facts,
    Figure,
    Listing,
    Notice,
    Paragraph,
    Report,
    Section,
    Table,
    badge,
    line,
    link,
    strong,
)
from palermo.reports.assessment import assessment_report

REPORT = Report(
    "A title",
    (
        Paragraph(line("words ", strong("that count "), "and more")),
        Notice(line("look here")),
        Facts((("Name", line("value ", link("there", "https://a.example/(x)"))),)),
        Listing("Lead", (Entry(line("one"), (Entry(line("below")),)), Entry(line("two")))),
        Table("Caption", ("A", "B"), ((line("a | b"), line(badge("provided"))), (line("2"), line("line\nbreak")))),
        Figure("in words", "caption", "<svg/>"),
        Section(
            "Part",
            "part",
            (
                Section(
                    "Part of it",
                    "x",
                    (
                        Paragraph(
                            line("5 * 6 <b>"),
                        ),
                    ),
                ),
            ),
        ),
    ),
    "The end.",
    known="Law as known at 2 May 2024",
)


def test_every_part_has_its_form() -> None:
    assert markdown(REPORT).split("\n\n") == [
        "# A title",
        "Law as known at 2 May 2024.",
        "words **that count** and more",
        "> look here",
        "- Name: value [there](<https://a.example/(x)>)",
        "Lead:",
        "- one\n  - below\n- two",
        "Caption:",
        "| A | B |\n|---|---|\n| a \\| b | **provided** |\n| 2 | line break |",
        "in words",
        "## Part",
        "### Part of it",
        "5 \\* 6 \\<b>",
        "The end.\n",
    ]


def test_an_assessment_loses_no_cell(law: palermo.Law) -> None:
    found = law.assess("GBR", on=date(2024, 3, 1))
    text = markdown(assessment_report(law.corpus, found))
    rows = [row for row in text.splitlines() if row.startswith("| ")]
    assert len(rows) == len(found.systems[0].findings) + 1
    for row in rows:
        assert len(re.findall(r"(?<!\\)\|", row)) == 2 + len(found.systems) + 1
    for finding in found.systems[0].findings:
        assert f"## {finding.cite}: {finding.title}" in text
