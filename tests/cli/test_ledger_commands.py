"""The ledger's verbs and the forms in which answers leave."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import icalendar
import jsonschema
import openpyxl
import pypdfium2
import pytest

from .running import palermo, refused


def test_between_two_states() -> None:
    result = palermo("between", "Italia", "NG", "--on", "2011-05-03")
    assert result.returncode == 0
    assert "Italy and Nigeria: what is in force between them, on 3 May 2011" in result.stdout
    assert "UN Trafficking Protocol                1 September 2006" in result.stdout
    assert "No bilateral agreement of the two is encoded, which is not proof of none." in result.stdout


def test_a_reservation_is_shown_with_the_rule_by_which_it_works() -> None:
    text = " ".join(palermo("between", "IND", "SWE", "--on", "2020-01-01").stdout.split())
    assert "UN Trafficking Protocol 4 June 2011 15(2)" in text
    assert "the instrument allows it expressly (VCLT art 20(1))" in text


def test_parties_are_printed_as_a_depositary_would() -> None:
    text = palermo("parties", "palermo-protocol", "--on", "2024-01-01").stdout
    table = text[: text.index("Territories")]
    rows = {line.split("  ")[0]: line for line in table.splitlines()}
    assert "2014-08-15 a" in rows["Afghanistan"]
    assert "2006-09-06 AA" in rows["European Union"]
    assert "2006-10-23 d" in rows["Montenegro"]
    assert "the depositary counted 182 on 20 April 2024" in " ".join(text.split())
    assert "Greenland" in text[text.index("Territories") :]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("between", "ITA", "Italy"), "are the same party; name two"),
        (("between", "ITA", "Nigera"), "did you mean NGA (Nigeria)?"),
        (("changes", "2024-13-01"), "expected a date such as 2012-01-01"),
        (("changes", "2024-01-02", "--until", "2024-01-01"), "is before 2024-01-02"),
        (("timeline", "cedav"), "did you mean cedaw?"),
        (("calendar",), "Missing argument 'STATE'"),
        (("status", "ITA", "--format", "pdf"), "--format pdf needs --out FILE"),
        (("status", "ITA", "--format", "ics"), "'ics' is not one of"),
        (("explain", "palermo-protocol", "3", "--format", "csv"), "this answer has no table"),
    ],
)
def test_a_mistake_gets_one_clear_line(arguments: tuple[str, ...], expected: str) -> None:
    assert expected in refused(*arguments)


@pytest.mark.parametrize(
    ("arguments", "schema"),
    [
        (("between", "USA", "MEX"), "between-1"),
        (("history", "VAT"), "events-1"),
        (("timeline", "cets-197"), "events-1"),
        (("changes", "2023-01-01", "--until", "2023-12-31"), "events-1"),
        (("calendar", "AUT", "--on", "2024-08-01"), "calendar-1"),
    ],
)
def test_json_is_of_its_published_schema(arguments: tuple[str, ...], schema: str) -> None:
    found = json.loads(palermo(*arguments, "--format", "json").stdout)
    assert found["schema"] == schema
    jsonschema.validate(found, json.loads(palermo("schema", schema).stdout))
    assert found["answer"]


def test_csv_has_a_head_and_a_row_for_each_party() -> None:
    rows = list(csv.DictReader(io.StringIO(palermo("parties", "ilo-p029", "--format", "csv").stdout)))
    assert len(rows) == 60
    argentina = next(row for row in rows if row["Party"] == "Argentina")
    assert (argentina["Consent"], argentina["In force"]) == ("2016-11-09", "2017-11-09 (by rule)")


def test_a_spreadsheet_holds_the_same_rows(tmp_path: Path) -> None:
    out = tmp_path / "parties.xlsx"
    assert palermo("parties", "ilo-p029", "--format", "xlsx", "--out", str(out)).returncode == 0
    sheet = openpyxl.load_workbook(out)["Parties"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("Party", "Standing")
    assert len(rows) == 61
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_a_pdf_is_tagged_and_says_what_the_text_says(tmp_path: Path) -> None:
    out = tmp_path / "status.pdf"
    assert palermo("status", "NGA", "--format", "pdf", "--out", str(out)).returncode == 0
    content = out.read_bytes()
    assert content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in content or b"ObjStm" in content
    document = pypdfium2.PdfDocument(out)
    text = document[0].get_textpage().get_text_range()
    assert "Nigeria: what binds it" in text
    assert document.is_tagged()


def test_a_calendar_file_is_read_by_calendar_programs(tmp_path: Path) -> None:
    out = tmp_path / "deu.ics"
    arguments = ("calendar", "DEU", "--on", "2024-07-20", "--format", "ics", "--out", str(out))
    assert palermo(*arguments).returncode == 0
    calendar = icalendar.Calendar.from_ical(out.read_bytes())
    entries = list(calendar.walk("VEVENT"))
    assert date(2026, 7, 15) in {entry["dtstart"].dt for entry in entries}
    assert len({str(entry["uid"]) for entry in entries}) == len(entries)
    assert palermo(*arguments).returncode == 0
    assert icalendar.Calendar.from_ical(out.read_bytes()) == calendar
