"""Bills, concordance, models and coverage from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from .test_commands import palermo, refused

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
    criminal = next(row for row in rows if row["Duty"].startswith("5(1)"))
    assert "145 bis" in criminal["Sections"]


def test_models_of_a_duty() -> None:
    text = palermo("models", "palermo-protocol", "6(6)").stdout
    assert text.index("[provided]") < text.index("Nothing encoded")


def test_coverage_counts_states_and_what_was_read() -> None:
    text = palermo("coverage").stdout
    assert "were read in a text of the law" in text
    assert "Northern Ireland" in text


@pytest.mark.parametrize(
    ("arguments", "schema"),
    [
        (("models", "cets-197", "13(1)"), "models-1"),
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
        (("concordance", "PHL", "--against", "untocc"), "did you mean untoc?"),
    ],
)
def test_a_mistake_gets_one_clear_line(arguments: tuple[str, ...], expected: str) -> None:
    assert expected in refused(*arguments)


def test_a_bill_that_is_not_there(tmp_path: Path) -> None:
    result = palermo("try", "PHL", str(tmp_path / "bill.yaml"))
    assert result.returncode == 2
    assert "there is no such folder" in result.stderr


def test_coverage_as_a_map(tmp_path: Path) -> None:
    for form, start in (("svg", b"<svg"), ("html", b"<!doctype html>"), ("pdf", b"%PDF")):
        out = tmp_path / f"coverage.{form}"
        result = palermo("coverage", "--format", form, "--out", str(out))
        assert (result.returncode, result.stderr) == (0, "")
        assert out.read_bytes().startswith(start)
    assert b"data:image/svg+xml" in (tmp_path / "coverage.html").read_bytes()


def test_a_list_cannot_be_drawn() -> None:
    assert "--stale is a list, which cannot be drawn" in refused("coverage", "--stale", "--format", "svg")
