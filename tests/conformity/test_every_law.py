"""Every law of the corpus can be held against all that binds its State, and every finding says on what it rests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

import palermo
from palermo.conformity.findings import Answer, Finding, Verdict
from palermo.corpus.shipped import shipped_folder

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


@pytest.mark.parametrize("state", STATES)
def test_a_law_is_assessed_against_what_binds_its_state(law: palermo.Law, state: str) -> None:
    systems = {system.id for system in law.corpus.systems_of(state)}
    asked = binding(law, state, TODAY)
    assert asked
    for instrument in asked:
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
