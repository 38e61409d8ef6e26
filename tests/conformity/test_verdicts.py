"""Bare verdicts are those of findings, on every law, and are worked out anew where the law changes."""

from __future__ import annotations

from datetime import date

import pytest

import palermo
from palermo.conformity.findings import Verdict
from palermo.corpus.lookup import UnknownFormula

DAY = date(2026, 3, 1)


@pytest.mark.parametrize("provision", ["3(c)", "5(1)", "6(3)(a)", "7(1)", "9(5)"])
def test_a_bare_verdict_is_that_of_the_finding(law: palermo.Law, provision: str) -> None:
    bare = {v.system: v for v in law.verdicts.on(f"palermo-protocol {provision}", DAY)}
    for state in ("GBR", "SWE", "IND", "JPN"):
        for system in law.assess(state, "palermo-protocol", DAY).systems:
            finding = next(f for f in system.findings if f.provision == provision)
            assert (bare[system.system].verdict, bare[system.system].on_words) == (finding.law, finding.on_words)


def test_a_verdict_follows_the_law_through_time(law: palermo.Law) -> None:
    """England punished trafficking for exploitation first by acts of 2002 to 2004."""
    of = {
        year: next(v for v in law.verdicts.on("palermo-protocol 5(1)", date(year, 1, 1)) if v.system == "GBR-EAW")
        for year in (2002, 2026)
    }
    assert of[2026].verdict in (Verdict.PROVIDED, Verdict.IN_PART)
    assert of[2002].verdict is not of[2026].verdict


def test_a_provision_without_a_test_has_no_verdict(law: palermo.Law) -> None:
    with pytest.raises(UnknownFormula, match="nothing of national law"):
        law.verdicts.on("palermo-protocol 16(1)", DAY)
