"""The laws of the corpus can be held against what binds their States, and every finding says on what it rests.

Conduct takes time to compare, so each State is held against a part of the instruments that define conduct; the parts
go round, so that every instrument is asked of many States and every law is held against many instruments. With
PARTS = 1 every law is held against everything, which takes some minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

import palermo
from palermo.conformity.findings import Answer, Finding, Verdict
from palermo.corpus.duty_tests import Criminalises
from palermo.corpus.duty_tests import leaves as leaves_of
from palermo.corpus.shipped import shipped_folder

PARTS = 6
TODAY, BEFORE = date(2026, 6, 1), date(2014, 6, 1)
STATES = sorted({path.stem.partition("-")[0] for path in (shipped_folder() / "jurisdictions").glob("*.yaml")})
FOUND = (Verdict.PROVIDED, Verdict.IN_PART, Verdict.NOT_PROVIDED)


def leaves(answer: Answer) -> Iterator[Answer]:
    if answer.parts:
        for part in answer.parts:
            yield from leaves(part)
    else:
        yield answer


def rests_on(finding: Finding) -> str:
    """What a finding names for its answer; empty where it names nothing."""
    assert finding.answer is not None
    if finding.law is Verdict.PRACTICE:
        return finding.evidence or ""
    if finding.law is Verdict.NOT_ENCODED:
        return "; ".join(finding.look_up)
    assert finding.law in FOUND
    return "; ".join(basis for leaf in leaves(finding.answer) for basis in bases(leaf))


def bases(leaf: Answer) -> Iterator[str]:
    """The provisions of national law an answer rests on, or the conduct that none of them reaches."""
    if leaf.authority:
        yield leaf.authority.cite
    if leaf.coverage:
        yield from (offence.authority.cite for offence in leaf.coverage.reached_by)
        yield from (str(gap.box) for gap in leaf.coverage.gaps)


def binding(law: palermo.Law, state: str, on: date) -> list[str]:
    """Every treaty and directive that binds the State that day, and its own statute used as a lens."""
    return [b.instrument for b in law.ledger.bonds(state, on) if b.binding or b.status == "own_statute"]


def defines_conduct(law: palermo.Law, instrument: str) -> bool:
    return any(
        isinstance(test, Criminalises)
        for provision in law.corpus.instruments[instrument].provisions
        if provision.test is not None
        for _, test in leaves_of(provision.test)
    )


@pytest.fixture(scope="module")
def asked_of(law: palermo.Law) -> dict[str, list[str]]:
    """The instruments that each State is held against here: all without conduct, and its part of the others."""
    bound = {state: binding(law, state, TODAY) for state in STATES}
    asked: dict[str, list[str]] = {state: [] for state in STATES}
    for i, instrument in enumerate(law.corpus.instruments):
        states = [state for state in STATES if instrument in bound[state]]
        parts = min(PARTS, len(states)) if defines_conduct(law, instrument) else 1
        for position, state in enumerate(states):
            if (position + i) % parts == 0:
                asked[state].append(instrument)
    return asked


@pytest.mark.parametrize("state", STATES)
def test_a_law_is_assessed_against_what_binds_its_state(
    law: palermo.Law, asked_of: dict[str, list[str]], state: str
) -> None:
    systems = {system.id for system in law.corpus.systems_of(state)}
    for instrument in asked_of[state]:
        found = law.assess(state, instrument, TODAY)
        assert {system.system for system in found.systems} == systems
        for system in found.systems:
            assert system.encoded
            for finding in system.findings:
                where = f"{system.system}, {finding.cite}: {finding.law}"
                assert finding.cite, where
                assert finding.asks, where
                assert rests_on(finding), where
                assert finding.why_not_bound or finding.verdict is finding.law, where
                if finding.provisional:
                    assert finding.unverified or found.standing.status == "not_known", where


def test_nothing_that_binds_a_state_of_the_corpus_is_left_unasked(
    law: palermo.Law, asked_of: dict[str, list[str]]
) -> None:
    bound = {id for state in STATES for id in binding(law, state, TODAY)}
    assert {id for ids in asked_of.values() for id in ids} == bound


def test_an_earlier_day_can_be_asked_of_every_law(law: palermo.Law) -> None:
    """What is not known of that day is said to be so, never taken for no."""
    seen: set[Verdict] = set()
    for state in STATES:
        found = law.assess(state, "palermo-protocol", BEFORE)
        for system in found.systems:
            for finding in system.findings:
                seen.add(finding.law)
                assert rests_on(finding), f"{system.system}, {finding.cite}: {finding.law}"
    assert seen >= {Verdict.PROVIDED, Verdict.IN_PART, Verdict.NOT_ENCODED, Verdict.PRACTICE}
