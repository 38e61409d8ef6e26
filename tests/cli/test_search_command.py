"""`palermo search` from the command line, in every form an answer may take."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from .running import palermo, refused


def test_text_marks_the_words_and_names_the_next_command() -> None:
    text = palermo("search", "reflection", "period", "--instrument", "cets-197").stdout
    assert "*" in text
    assert 'palermo explain cets-197 "13(1)' in text
    assert "Found: " in text


def test_a_pipe_gets_plain_text_in_any_script() -> None:
    for query in ("рабство", "العمل القسري", "强迫劳动"):
        result = palermo("search", query, "--kind", "offence", "--limit", "3")
        assert result.returncode == 0
        assert "\x1b" not in result.stdout
        assert result.stdout.count("[offence]") == 3


@pytest.mark.parametrize(
    "words", [("slavery",), ("zzyzx",), ("slavery", "zzyzx"), ("18 USC 1591", "--on", "2010-01-01")]
)
def test_json_is_of_its_published_schema(words: tuple[str, ...]) -> None:
    found = json.loads(palermo("search", *words, "--format", "json").stdout)
    jsonschema.validate(found, json.loads(palermo("schema", "search-1").stdout))


def test_a_spreadsheet_has_one_row_a_hit(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(palermo("search", "begging", "--limit", "7", "--format", "csv").stdout)))
    assert len(rows) == 7
    assert all(row["Kind"] and row["Title"] for row in rows)
    for form in ("xlsx", "html", "pdf"):
        out = tmp_path / f"found.{form}"
        assert palermo("search", "begging", "--limit", "7", "--format", form, "--out", str(out)).returncode == 0
        assert out.stat().st_size > 1000
    assert "<mark>begging</mark>" in (tmp_path / "found.html").read_text(encoding="utf-8")


def test_nothing_found_offers_the_nearest() -> None:
    result = palermo("search", "slavary")
    assert result.returncode == 0
    assert "did you mean slavery" in result.stdout


def test_a_folder_laid_over_is_searched(tmp_path: Path) -> None:
    (tmp_path / "jurisdictions").mkdir()
    (tmp_path / "jurisdictions" / "GBR-EAW.yaml").write_text(
        "id: GBR-EAW\noffences:\n"
        "  - {id: msa-2015/bill-9, title: quixotic bondage, cite: Quixotic Bill cl 9, conduct: purpose.debt-bondage}\n"
    )
    text = palermo("--corpus", str(tmp_path), "search", "quixotic").stdout
    assert "Quixotic Bill cl 9" in text


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "Missing argument 'WORDS...'"),
        (("()",), "say what to look for"),
        (("a" * 10_000,), "at most 2000 characters, not 10000"),
        (("slavery", "--kind", "offense"), "there is no kind 'offense'; did you mean offence?"),
        (("slavery", "--state", "Phillipines"), "did you mean PHL (Philippines)?"),
        (("slavery", "--language", "de"), "'de' is not one of 'en', 'fr', 'es', 'ru', 'ar', 'zh'"),
        (("slavery", "--limit", "0"), "0 is not in the range"),
        (("slavery", "--on", "yesterday"), "expected a date"),
    ],
)
def test_a_mistake_gets_one_clear_line(arguments: tuple[str, ...], expected: str) -> None:
    assert expected in refused("search", *arguments)


@pytest.mark.parametrize(
    "query", ['"slavery', "slavery AND (", "slavery NEAR/3 *", "title:slavery", "slavery'; DROP TABLE"]
)
def test_broken_queries_are_words(query: str) -> None:
    result = palermo("search", query)
    assert result.returncode == 0
    assert "Traceback" not in result.stderr
