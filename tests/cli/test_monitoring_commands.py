"""`palermo calendar` with what is due, `recommendations` and `answers`."""

from __future__ import annotations

import json
from pathlib import Path

import icalendar
import jsonschema
import pytest
from docx import Document

from .running import palermo, refused


@pytest.mark.parametrize(
    ("arguments", "schema"),
    [
        (("calendar", "LVA", "--on", "2026-06-01"), "calendar-1"),
        (("calendar", "GBR", "--on", "2026-06-01"), "calendar-1"),
        (("recommendations", "ZMB"), "recommendations-1"),
        (("answers", "ZMB", "--questionnaire", "untoc-tip-1"), "answers-1"),
    ],
)
def test_json_is_of_its_published_schema(arguments: tuple[str, ...], schema: str) -> None:
    found = json.loads(palermo(*arguments, "--format", "json").stdout)
    assert found["schema"] == schema
    jsonschema.validate(found, json.loads(palermo("schema", schema).stdout))
    assert found["answer"]


def test_the_calendar_says_whose_duty_on_what_text_and_where_to_look() -> None:
    text = palermo("calendar", "LVA", "--on", "2026-06-01", "--format", "html").stdout
    assert "Directive (EU) 2024/1712 art 2(1)" in text
    assert "Due on a day that is not known" in text
    assert "visit, round 4" in text
    assert "known up to 26 June 2025" in text


def test_days_due_go_into_a_calendar_file(tmp_path: Path) -> None:
    out = tmp_path / "usa.ics"
    assert palermo("calendar", "USA", "--on", "2026-01-01", "--format", "ics", "--out", str(out)).returncode == 0
    entries = list(icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT"))
    assert "2030-01-23" in {str(entry["dtstart"].dt) for entry in entries}
    assert len({str(entry["uid"]) for entry in entries}) == len(entries)


def test_recommendations_are_told_with_the_law_since() -> None:
    text = " ".join(palermo("recommendations", "ZMB", "--on", "2026-11-01").stdout.split())
    assert "changed since" in text
    assert "2022-11-16" in text
    none = palermo("recommendations", "VAT").stdout
    assert "not proof that there is none" in none


def test_a_questionnaire_filled_in_word_is_read_back(tmp_path: Path) -> None:
    out = tmp_path / "greta.docx"
    arguments = ("answers", "ZMB", "--questionnaire", "untoc-tip-1")
    assert palermo(*arguments, "--format", "docx", "--out", str(out)).returncode == 0
    document = Document(str(out))
    row = next(row for table in document.tables for row in table.rows if row.cells[0].text == "6.6")
    row.cells[3].text = "The fund pays.\nOn application."
    document.save(str(out))
    found = json.loads(palermo(*arguments, "--own", str(out), "--by", "Ministry", "--format", "json").stdout)["answer"]
    said = {q["id"]: (q["answer"], q["answered_by"]) for q in found["questions"] if q.get("answer")}
    assert said == {"6.6": ("The fund pays.\nOn application.", "Ministry")}


def test_a_draft_is_written_once_and_read_back(tmp_path: Path) -> None:
    draft = tmp_path / "own.yaml"
    arguments = ("answers", "ZMB", "--questionnaire", "untoc-tip-1")
    assert palermo(*arguments, "--draft", str(draft)).returncode == 0
    assert "is there already" in refused(*arguments, "--draft", str(draft))
    text = draft.read_text(encoding="utf-8")
    assert "# law: " in text
    start = text.index('question: "6.6"')
    filled = text[:start] + text[start:].replace('says: ""', 'says: "A fund."', 1)
    draft.write_text(filled, encoding="utf-8")
    assert "A fund." in palermo(*arguments, "--own", str(draft)).stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("recommendations", "GBR", "--mechanism", "greata"), "did you mean greta"),
        (("answers", "GBR", "--questionnaire", "greta-4"), "did you mean greta-3"),
        (("answers", "GBR", "--questionnaire", "greta-3", "--own", "nothing.yaml"), "cannot read nothing.yaml"),
        (("answers", "GBR", "--questionnaire", "greta-3", "--own", "nothing.docx"), "cannot be read as a Word file"),
    ],
)
def test_a_mistake_gets_one_clear_line(arguments: tuple[str, ...], expected: str) -> None:
    assert expected in refused(*arguments)
