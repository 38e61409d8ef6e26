"""Findings held against answers that were written from other sources before Palermo's were looked at.

A cell of the key is a State (or legal system), a provision and a day. What Palermo does not know that day is no
disagreement. Every real one stands in `disagreements.csv`, with who is right as far as one can tell, and from there in
`docs/answer-key.md`; none may be missing, and none may stand there that is gone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import palermo
from palermo.conformity.findings import Verdict

HERE = Path(__file__).parent
KNOWN = (Verdict.PROVIDED, Verdict.IN_PART, Verdict.NOT_PROVIDED)
LEAST_AGREED = 60


@dataclass(frozen=True)
class Cell:
    """One answer of the key."""

    half: str
    state: str
    legal_system: str
    instrument: str
    provision: str
    on: date
    expected: Verdict

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.legal_system or self.state, self.instrument, self.provision, self.on.isoformat())


def cells() -> Iterator[Cell]:
    for half in ("a", "b"):
        with (HERE / f"key-{half}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                expected, on = Verdict(row["expected"]), date.fromisoformat(row["on"])
                yield Cell(half, row["state"], row["legal_system"], row["instrument"], row["provision"], on, expected)


def explained() -> set[tuple[str, str, str, str]]:
    with (HERE / "disagreements.csv").open(encoding="utf-8", newline="") as file:
        return {(row["law"], row["instrument"], row["provision"], row["on"]) for row in csv.DictReader(file)}


CELLS = tuple(cells())


@pytest.fixture(scope="module")
def answers(law: palermo.Law) -> dict[tuple[str, str, str, str], Verdict]:
    """What Palermo says of each cell; of several legal systems that differ, `provided in part`."""

    @cache
    def assessed(name: str, instrument: str, on: date) -> dict[str, set[Verdict]]:
        found: dict[str, set[Verdict]] = {}
        for system in law.assess(name, instrument, on).systems:
            for finding in system.findings:
                found.setdefault(finding.provision, set()).add(finding.law)
        return found

    def answer(cell: Cell) -> Verdict:
        verdicts = assessed(cell.legal_system or cell.state, cell.instrument, cell.on)[cell.provision]
        if not verdicts <= set(KNOWN):
            return Verdict.NOT_ENCODED
        return verdicts.pop() if len(verdicts) == 1 else Verdict.IN_PART

    return {cell.key: answer(cell) for cell in CELLS}


def test_the_key_is_large_and_mixed() -> None:
    """At least sixty cells, of many States, with answers of each kind."""
    assert len(CELLS) >= 60
    assert len({cell.key for cell in CELLS}) == len(CELLS)
    assert len({cell.state for cell in CELLS}) >= 40
    assert {cell.expected for cell in CELLS} == set(KNOWN)


def test_findings_agree_or_the_difference_is_explained(answers: dict[tuple[str, str, str, str], Verdict]) -> None:
    differ = {cell.key for cell in CELLS if answers[cell.key] in KNOWN and answers[cell.key] is not cell.expected}
    assert differ == explained()
    agreed = sum(answers[cell.key] is cell.expected for cell in CELLS)
    assert agreed >= LEAST_AGREED


def test_each_explanation_stands_in_the_documentation() -> None:
    text = (HERE.parents[1] / "docs" / "answer-key.md").read_text(encoding="utf-8")
    for law, instrument, provision, on in explained():
        assert f"| {law} | {instrument} {provision} | {on} |" in text
