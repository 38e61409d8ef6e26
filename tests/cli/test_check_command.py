"""`palermo check` for whoever looks after the files: rules by name, warnings, filters, JSON; and what is due."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest

import palermo
from palermo.corpus.rules import RULES
from palermo.reports.stale import stale

from ..corpus.small import SYSTEM, write
from .running import palermo as command


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write(tmp_path)


def test_a_fault_is_printed_with_its_rule_and_exits_with_2(small: Path) -> None:
    path = small / "jurisdictions" / "ITA.yaml"
    path.write_text(SYSTEM.replace("state: ITA", "state: ITB"))
    result = command("check", "--alone", str(small))
    assert (result.returncode, result.stdout) == (2, "")
    assert f"{path}:2:8: unknown State 'ITB'" in result.stderr
    assert result.stderr.rstrip().endswith("[unknown-party]")


def test_every_rule_is_listed_with_what_it_means() -> None:
    listed = json.loads(command("check", "--rules", "--format", "json").stdout)["answer"]
    assert [entry["name"] for entry in listed] == list(RULES)
    assert all(entry["means"] and entry["mend"] for entry in listed)
    shown = command("check", "--rules").stdout
    assert all(f"\n{name} " in shown for name in RULES)


def test_warnings_are_told_if_asked_for_and_harm_if_strict(small: Path) -> None:
    silent = command("check", "--alone", str(small))
    assert (silent.returncode, silent.stdout.count("\n")) == (0, 1)
    told = command("check", "--alone", str(small), "--warnings")
    assert told.returncode == 0
    assert f"{small}/jurisdictions/ITA.yaml:1:1: review_by is missing" in told.stdout
    assert "to look at: label-missing 8, " in told.stdout
    assert told.stdout.splitlines()[-1].startswith("In order: ")
    assert command("check", "--alone", str(small), "--strict").returncode == 1


def test_rules_can_be_chosen_and_left_out(small: Path) -> None:
    (small / "parties.csv").write_text((small / "parties.csv").read_text() + "ITA,Italy,state,yes,,,\n")
    folder = ("check", "--alone", str(small))
    assert command(*folder).returncode == 2
    assert command(*folder, "--only", "duplicate-id").returncode == 2
    for chosen in (("--only", "unknown-party"), ("--except", "duplicate-id")):
        result = command(*folder, *chosen)
        assert (result.returncode, result.stdout) == (0, "Nothing is found by the rules asked for.\n")
    one = command(*folder, "--only", "source-without-date")
    assert "[source-without-date]" in one.stdout
    assert "label-missing" not in one.stdout


def test_a_rule_that_there_is_not() -> None:
    result = command("check", "--only", "duplicate-ids")
    assert result.returncode == 2
    assert "there is no rule 'duplicate-ids'; did you mean duplicate-id?" in result.stderr


def test_json_is_of_its_published_schema(small: Path) -> None:
    (small / "jurisdictions" / "ITA.yaml").write_text(SYSTEM.replace("state: ITA", "state: ITB"))
    (small / "notes.csv").write_text("a\n")
    result = command("check", "--alone", str(small), "--format", "json")
    assert result.returncode == 2
    found = json.loads(result.stdout)
    jsonschema.validate(found, json.loads(command("schema", "problems-1").stdout))
    assert [(p["rule"], p["level"], p["line"], p["column"]) for p in found["answer"]] == [
        ("unknown-party", "fault", 2, 8),
        ("misplaced-file", "fault", None, None),
    ]


def test_the_shipped_corpus_has_a_review_date_in_every_file(law: palermo.Law) -> None:
    corpus = law.corpus
    files = [*corpus.legal_systems.values(), *corpus.instruments.values(), *corpus.statements.values()]
    assert [file for file in files if file.review_by is None] == []


def test_a_file_is_due_from_the_day_after_its_date(law: palermo.Law) -> None:
    """Whoever looks on the day itself is in time."""
    austria = law.corpus.legal_systems["AUT"]
    assert austria.review_by is not None
    day = austria.review_by

    def due(on: date) -> bool:
        return "jurisdictions/AUT.yaml" in {file.file for file in stale(law.corpus, on)}

    assert not due(day)
    assert due(day + timedelta(days=1))


def test_what_is_due_is_listed_with_the_longest_overdue_first() -> None:
    result = command("coverage", "--stale", "--on", "2026-11-25", "--format", "json")
    found = json.loads(result.stdout)
    jsonschema.validate(found, json.loads(command("schema", "stale-1").stdout))
    days = [file["review_by"] for file in found["answer"]]
    assert len(days) > 1
    assert days == sorted(days)
    assert max(days) < "2026-11-25"
    assert all(file["look_at"] for file in found["answer"])
    assert "no review is overdue" in command("coverage", "--stale", "--on", "2000-01-01").stdout


def test_a_file_without_a_date_comes_first(corpus_copy: Path) -> None:
    path = corpus_copy / "jurisdictions" / "AUT.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        "".join(line for line in text.splitlines(True) if not line.startswith("review_by:")), encoding="utf-8"
    )
    first, *_ = stale(palermo.load(base=corpus_copy).corpus, date(2026, 11, 25))
    assert (first.file, first.review_by) == ("jurisdictions/AUT.yaml", None)
