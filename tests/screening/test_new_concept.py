"""A new concept is one entry: tables filled in before it give the answers they gave, or leave open what hangs on it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import palermo
from palermo.corpus.lookup import strict_theory
from tests.cli.running import palermo as command

CONCEPT = """\
purpose.online-fraud:
  label: {en: fraud over a network}
  meaning: having the person deceive others over a network for another's gain
  narrower_than: [purpose.criminal-activities]
"""
LAW = """\
id: ARG
acts:
  online-fraud: {title: Online Fraud Act, source: synthetic, verified: false}
offences:
  - id: online-fraud/1
    title: online fraud
    cite: Online Fraud Act s 1
    conduct: {all: [act.recruitment, means.deception, purpose.online-fraud]}
"""
UNDER = ("palermo-protocol", "eu-2011-36", "PHL", "GBR-EAW", "ARG")
ACTED = ("act.recruitment", "means.deception")
BROADER = ("purpose.criminal-activities", "result.criminal-activities")
NEW = "purpose.online-fraud"


def cases(law: palermo.Law, new_column: bool) -> str:
    """A table of cases: what is told is so, the rest is not, but for what stays unknown."""
    theory = strict_theory(law.corpus)
    facts = [*law.corpus.concepts, *([NEW] if new_column else [])]
    out = io.StringIO()
    writer = csv.DictWriter(out, ["case", *facts], extrasaction="ignore")
    writer.writeheader()
    for case, told, unknown, new in (
        ("within", (*ACTED, "purpose.forced-labour"), BROADER, ""),
        ("hangs on it", ACTED, BROADER, "true"),
        ("other act", (), BROADER, "true"),
        ("broader ruled out", ACTED, (), ""),
        ("broader there", (*ACTED, "purpose.criminal-activities"), ("result.criminal-activities",), "false"),
        ("nothing known", (), facts, ""),
    ):
        so = theory.close(told)
        row = {fact: "" if fact in unknown else "true" if fact in so else "false" for fact in facts}
        writer.writerow({**row, "case": case, NEW: new})
    return out.getvalue()


@pytest.fixture(scope="module")
def old_cases(law: palermo.Law) -> str:
    return cases(law, new_column=False)


@pytest.fixture(scope="module")
def new_cases(law: palermo.Law) -> str:
    return cases(law, new_column=True)


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "concepts.yaml").write_text(CONCEPT)
    return folder


@pytest.fixture
def overlay_with_law(overlay: Path) -> Path:
    (overlay / "jurisdictions").mkdir()
    (overlay / "jurisdictions" / "ARG.yaml").write_text(LAW)
    return overlay


def screened(tmp_path: Path, table: str, *corpus: str) -> dict[str, dict[str, bool | None]]:
    """The answers under each law and instrument, by case."""
    path, out = tmp_path / "cases.csv", tmp_path / "answers.parquet"
    path.write_text(table)
    result = command(*corpus, "screen", str(path), "--under", ",".join(UNDER), "--out", str(out), "--keep", "case")
    assert result.returncode == 0, result.stderr
    return {row["case"]: {law: row[law] for law in UNDER} for row in pq.read_table(out).to_pylist()}


def test_an_old_table_gives_the_same_answers(tmp_path: Path, overlay: Path, old_cases: str) -> None:
    before = screened(tmp_path, old_cases)
    assert {answer for answers in before.values() for answer in answers.values()} == {True, False, None}
    assert screened(tmp_path, old_cases, "--corpus", str(overlay)) == before


def test_where_a_law_names_it_only_what_hangs_on_it_is_opened(
    tmp_path: Path, overlay_with_law: Path, old_cases: str
) -> None:
    before = screened(tmp_path, old_cases)
    after = screened(tmp_path, old_cases, "--corpus", str(overlay_with_law))
    changed = {
        (case, law) for case, answers in before.items() for law in answers if after[case][law] is not answers[law]
    }
    assert changed == {("hangs on it", "ARG"), ("broader there", "ARG")}
    for case in ("hangs on it", "broader there"):
        assert before[case]["ARG"] is False
        assert after[case]["ARG"] is None
    assert after["other act"]["ARG"] is False
    assert after["broader ruled out"]["ARG"] is False


def test_a_new_table_answers_with_it_and_is_read_without_it(
    tmp_path: Path, overlay_with_law: Path, old_cases: str, new_cases: str
) -> None:
    assert screened(tmp_path, new_cases) == screened(tmp_path, old_cases)  # the column says nothing to an old corpus
    answers = screened(tmp_path, new_cases, "--corpus", str(overlay_with_law))
    assert answers["hangs on it"]["ARG"] is True
    assert answers["broader there"]["ARG"] is False
    assert answers["other act"]["ARG"] is False
    # what is narrower brings what is broader: the purpose of criminal activities that the Directive names
    assert answers["hangs on it"]["eu-2011-36"] is True
    assert screened(tmp_path, old_cases)["hangs on it"]["eu-2011-36"] is None


def test_old_and_new_tables_are_counted_side_by_side(
    tmp_path: Path, overlay_with_law: Path, old_cases: str, new_cases: str
) -> None:
    corpus = ("--corpus", str(overlay_with_law))
    without, with_it = (
        Counter(answers["ARG"] for answers in screened(tmp_path, table, *corpus).values())
        for table in (old_cases, new_cases)
    )
    assert without == {True: 1, False: 2, None: 3}
    assert with_it == {True: 2, False: 3, None: 1}
    assert without + with_it == {True: 3, False: 5, None: 4}
