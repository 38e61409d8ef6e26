"""Bills, concordance, models and coverage from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import docx
import jsonschema
import openpyxl
import pytest

from .running import palermo, refused

BILL = (
    "id: PHL\noffences:\n  - {id: ra-9208/4-bill, title: as the bill has it, cite: Bill s 1, act: ra-9208,\n"
    "     conduct: {formula: palermo-protocol 3}}\n"
)


def test_a_bill_is_tried(tmp_path: Path) -> None:
    path = tmp_path / "bill.yaml"
    path.write_text(BILL)
    text = palermo("try", "PHL", str(path), "--on", "2024-06-01").stdout
    assert "5(1) criminalisation of trafficking  Philippines   provided in part   provided" in text
    assert "Brought within the law" in text


def test_a_bill_with_a_fault_is_refused_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "bill.yaml"
    path.write_text(BILL.replace("act: ra-9208", "act: ra-9280"))
    result = palermo("try", "PHL", str(path))
    assert (result.returncode, result.stdout) == (2, "")
    assert f"{path}:3:" in result.stderr
    assert "did you mean ra-9208?" in result.stderr


def test_the_concordance_is_a_table_for_a_spreadsheet() -> None:
    rows = list(csv.DictReader(io.StringIO(palermo("concordance", "ARG", "--format", "csv").stdout)))
    criminal = next(row for row in rows if row["Duty"].startswith("5(1)") and "145 bis" in row["Section"])
    assert criminal["Verb"] == "shall"
    assert criminal["What it asks"].startswith("make")
    assert criminal["What it says"].startswith("offence of trafficking in persons")
    assert criminal["Read in a text"] == "yes"
    assert criminal["Finding"].startswith("provided")
    practice = [row for row in rows if row["Finding"] == "practice"]
    assert practice
    assert {row["Section"] for row in practice} == {"none encoded"}


def test_the_concordance_of_a_state_with_several_laws_names_each() -> None:
    rows = list(csv.DictReader(io.StringIO(palermo("concordance", "GBR", "--format", "csv").stdout)))
    duties = {row["Duty"] for row in rows}
    for name in ("England and Wales", "Northern Ireland", "Scotland"):
        assert {row["Duty"] for row in rows if row["Legal system"] == name} == duties


def models(*more: str) -> list[dict[str, str]]:
    table = palermo("models", "palermo-protocol", "6(3)", *more, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(table)))
    return [row for i, row in enumerate(rows) if row["Legal system"] not in {r["Legal system"] for r in rows[:i]}]


def test_models_of_a_duty() -> None:
    text = palermo("models", "palermo-protocol", "6(6)").stdout
    assert text.index("[provided]") < text.index("Nothing encoded")


def test_models_stand_tradition_by_tradition() -> None:
    traditions = [row["Tradition"] for row in models()]
    assert [t for i, t in enumerate(traditions) if i == 0 or traditions[i - 1] != t] == list(dict.fromkeys(traditions))
    assert all(row["Answer"] in ("provided", "provided in part") or "on its words" in row["Answer"] for row in models())


def test_models_near_a_state_come_first_and_say_why() -> None:
    rows = models("--near", "Austria")
    names = [row["Legal system"] for row in rows]
    assert rows[0]["Near by"].startswith("its own law")
    assert set(names[1:4]) == {"law of Liechtenstein", "federal law of Switzerland", "federal law of Germany"}
    assert "same origin (German), same language, same region (Western Europe)" in rows[1]["Near by"]
    assert names.index("law of Luxembourg") < names.index("Republic of Korea") < names.index("England and Wales")


def test_coverage_counts_states_and_what_was_read() -> None:
    text = palermo("coverage").stdout
    assert "were read in a text of the law" in text
    assert "Northern Ireland" in text


@pytest.mark.parametrize(
    ("arguments", "schema"),
    [
        (("models", "cets-197", "13(1)"), "models-1"),
        (("models", "cets-197", "13(1)", "--near", "IRL"), "models-1"),
        (("coverage",), "coverage-1"),
        (("concordance", "LUX"), "assessment-1"),
    ],
)
def test_json_is_of_its_published_schema(arguments: tuple[str, ...], schema: str) -> None:
    found = json.loads(palermo(*arguments, "--format", "json").stdout)
    jsonschema.validate(found, json.loads(palermo("schema", schema).stdout))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("models", "palermo-protocol", "20(1)"), "asks nothing of national law that could be tested"),
        (("models", "palermo-protocol", "66"), "there is no provision '66'"),
        (("models", "palermo-protocol", "6(3)", "--near", "NGA"), "the corpus holds no law of Nigeria"),
        (("concordance", "PHL", "--against", "untocc"), "did you mean untoc?"),
    ],
)
def test_a_mistake_gets_one_clear_line(arguments: tuple[str, ...], expected: str) -> None:
    assert expected in refused(*arguments)


def test_a_bill_that_is_not_there(tmp_path: Path) -> None:
    result = palermo("try", "PHL", str(tmp_path / "bill.yaml"))
    assert result.returncode == 2
    assert "there is no such folder" in result.stderr


def test_a_paragraph_that_is_not_apart_leads_to_the_provision_that_cites_it() -> None:
    text = palermo("explain", "TIP Protocol", "3(a)").stdout
    assert text.startswith("UN Trafficking Protocol art 3: trafficking in persons")


def test_what_a_state_shall_consider_is_said_once() -> None:
    text = palermo("explain", "palermo-protocol", "6(3)").stdout
    assert "shall consider measures for the victim's recovery" in text


def test_a_concept_is_explained_with_its_codes_and_who_names_it() -> None:
    text = palermo("explain", "purpose.begging").stdout
    assert "vic_TypeOfExploitation=ForcedBegging" in text
    assert "Directive 2011/36/EU art 2(3)" in text


@pytest.mark.parametrize("verb", [("concordance", "GBR"), ("models", "palermo-protocol", "6(3)")])
def test_an_office_can_go_on_with_the_table(tmp_path: Path, verb: tuple[str, ...]) -> None:
    word, sheet = tmp_path / "table.docx", tmp_path / "table.xlsx"
    for out in (word, sheet):
        assert palermo(*verb, "--format", out.suffix[1:], "--out", str(out)).returncode == 0
    page = palermo(*verb, "--format", "html").stdout
    rows = [[cell.text for cell in row.cells] for row in docx.Document(str(word)).tables[0].rows]
    assert rows == [[str(cell or "") for cell in row] for row in openpyxl.load_workbook(sheet).worksheets[0].values]
    assert page.count("<tr>") >= len(rows)
    assert "https://www.legislation.gov.uk/" in page


def test_coverage_as_a_map(tmp_path: Path) -> None:
    for form, start in (("svg", b"<svg"), ("html", b"<!doctype html>"), ("pdf", b"%PDF")):
        out = tmp_path / f"coverage.{form}"
        result = palermo("coverage", "--format", form, "--out", str(out))
        assert (result.returncode, result.stderr) == (0, "")
        assert out.read_bytes().startswith(start)
    assert b"data:image/svg+xml" in (tmp_path / "coverage.html").read_bytes()


def test_a_list_cannot_be_drawn() -> None:
    assert "--stale is a list, which cannot be drawn" in refused("coverage", "--stale", "--format", "svg")
