"""`palermo panel` as its user meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import openpyxl
import pyarrow.parquet
import pytest

from palermo.corpus.shipped import shipped_folder

from .running import palermo, refused

UNODC = str(Path(__file__).parents[1] / "evidence" / "unodc-extract.csv")
ASKED = (
    "panel",
    "--indicator",
    "population,tip_tier",
    "--states",
    "GBR,Serbia and Montenegro",
    "--years",
    "2004,2014-2015",
)


def test_tidy_and_wide_csv() -> None:
    tidy = list(csv.DictReader(io.StringIO(palermo(*ASKED, "--format", "csv").stdout)))
    assert len(tidy) == 2 * 2 * 3
    assert {row["state"] for row in tidy} == {"GBR", "SCG"}
    (placed,) = [r for r in tidy if (r["indicator"], r["state"], r["year"]) == ("tip_tier", "GBR", "2014")]
    assert (placed["value"], placed["word"], placed["status"]) == ("1", "tier_1", "reported")
    wide = list(csv.DictReader(io.StringIO(palermo(*ASKED, "--wide", "--format", "csv").stdout)))
    assert len(wide) == 2 * 3
    ended = next(row for row in wide if (row["state"], row["year"]) == ("SCG", "2014"))
    assert (ended["population"], ended["population.status"]) == ("", "not_applicable")


def test_json_is_of_its_published_schema() -> None:
    treated = (*ASKED, "--treatment", "cets-197")
    for more, schema in (((), "panel-1"), (("--wide",), "panel-wide-1")):
        found = json.loads(palermo(*treated, *more, "--format", "json").stdout)
        assert found["schema"] == schema
        jsonschema.validate(found, json.loads(palermo("schema", schema).stdout))


def test_parquet_and_spreadsheet(tmp_path: Path) -> None:
    out = tmp_path / "panel.parquet"
    assert palermo(*ASKED, "--format", "parquet", "--out", str(out)).returncode == 0
    table = pyarrow.parquet.read_table(out)
    assert table.num_rows == 12
    assert set(json.loads(table.schema.metadata[b"codebook"])) == {"population", "tip_tier"}
    out = tmp_path / "panel.xlsx"
    assert palermo(*ASKED, "--treatment", "cets-197", "--format", "xlsx", "--out", str(out)).returncode == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["panel", "codebook", "treatment"]
    assert book["panel"].max_row == 1 + 4 * 2 * 3


def test_the_report_counts_cells_by_status_and_names_what_was_left_out() -> None:
    text = palermo("panel", "--indicator", "persons_convicted,detected_victims_male", "--with", UNODC).stdout
    assert "not applicable" in text
    assert "2 figures of the files handed over could not be taken as printed" in " ".join(text.split())
    assert ":10:" in text


def test_the_codebook_and_the_metadata() -> None:
    found = json.loads(palermo("panel", "--codebook", "--format", "json").stdout)
    jsonschema.validate(found, json.loads(palermo("schema", "codebook-1").stdout))
    assert all(entry["terms"] and entry["missing"] and entry["source"] for entry in found["answer"].values())
    found = json.loads(palermo("panel", "--metadata", "--format", "json").stdout)
    jsonschema.validate(found, json.loads(palermo("schema", "panel-metadata-1").stdout))
    assert [heading["number"] for heading in found["answer"]] == list(range(1, 20))
    assert "### `tip_tier`" in palermo("panel", "--codebook", "--format", "md").stdout


def test_statistical_tables_print_what_the_source_prints() -> None:
    asked = ("panel", "--tables", "--states", "SWE,USA", "--years", "2003,2018", "--with", UNODC)
    lines = palermo(*asked).stdout.splitlines()
    convicted = [" ".join(row.split()) for row in lines if row.startswith("Persons convicted")]
    assert convicted == ["Persons convicted 0 to 4 not reported", "Persons convicted not reported 526"]
    found = json.loads(palermo(*asked, "--format", "json").stdout)
    jsonschema.validate(found, json.loads(palermo("schema", "statistical-tables-1").stdout))
    assert len(found["answer"]) == 2 * 3


def test_the_page_has_the_codebook_of_the_corpus() -> None:
    """If this fails: python -m palermo.reports.codebook docs/panel.md."""
    import palermo as library
    from palermo.reports.codebook import with_codebook

    page = (shipped_folder().parent / "docs" / "panel.md").read_text(encoding="utf-8")
    assert page == with_codebook(page, library.load().corpus)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "name an --indicator or a --treatment"),
        (("--indicator", "tiptier"), "there is no indicator 'tiptier'; did you mean tip_tier?"),
        (("--indicator", "tip_tier", "--years", "2010-2001"), "expected years such as 2010-2024"),
        (
            ("--indicator", "tip_tier", "--states", "Atlantis"),
            "there is no State, organisation or territory 'Atlantis'",
        ),
        (("--treatment", "cets-997"), "there is no instrument 'cets-997'"),
        (("--indicator", "tip_tier", "--with", "nowhere.csv"), "cannot read a file handed over"),
        (("--tables",), "name the --states whose tables are wanted"),
        (("--indicator", "tip_tier", "--format", "parquet"), "--format parquet needs --out FILE"),
    ],
)
def test_mistakes_are_told_in_one_line(arguments: tuple[str, ...], message: str) -> None:
    assert message in refused("panel", *arguments)


def test_faults_of_own_figures_are_told_with_their_place(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("state,year,indicator,value\nFrance,2010,population,many\n", encoding="utf-8")
    run = palermo("panel", "--indicator", "population", "--with", str(own))
    assert (run.returncode, run.stdout) == (2, "")
    assert f"{own}:2:24: value: expected a number without separators, not 'many' [wrong-type]" in run.stderr
