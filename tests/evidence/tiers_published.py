"""Published comparisons of panels of tiers and of ratification, reckoned anew from the corpus.

J. G. Kelley, Scorecard Diplomacy (Cambridge University Press 2017), methods appendix, Table A1.6: the fifteen States of
its case studies beside all others in the years in which each is in the yearly report of the United States, two-sample t
tests with equal variances; ratification in 2011. Counts of countries in a tier, as reported when the reports of 2002
and 2015 came out.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

import palermo

CASES = frozenset(
    ("ARG", "ARM", "TCD", "ECU", "HND", "IDN", "ISR", "JPN", "KAZ", "MYS", "MOZ", "NGA", "OMN", "ARE", "ZWE")
)
NUMBERS = {"tier_1": 1.0, "tier_2": 2.0, "tier_2_watch_list": 2.5, "tier_3": 3.0}
LAST_YEAR = 2011


class Compared(NamedTuple):
    """A row of the published table, or ours: means of cases and others, their difference, whether it tells."""

    cases: float
    others: float
    difference: float
    significant: bool


TIER = Compared(2.24, 2.02, 0.219, True)
RATIFIED = Compared(0.8, 0.791, 0.00915, False)
COUNTS = {
    2001: {"tier_3": 23},
    2002: {"tier_1": 18, "tier_2": 52, "tier_3": 19},
    2015: {"tier_1": 31, "tier_2": 89, "tier_2_watch_list": 44, "tier_3": 23},
}


def tiers(law: palermo.Law, last_year: int = LAST_YEAR) -> Compared:
    """Mean tiers (watch list 2.5) of all State-years up to a year."""
    placed = [p for p in law.corpus.placements if p.tier in NUMBERS and p.year <= last_year]
    return _compared(
        [NUMBERS[p.tier] for p in placed if p.party in CASES], [NUMBERS[p.tier] for p in placed if p.party not in CASES]
    )


def ratified(law: palermo.Law, year: int = LAST_YEAR) -> Compared:
    """Shares, among States in a year's report, that had consented to be bound by the Protocol at its end."""
    parties = law.corpus.parties
    placed = [p for p in law.corpus.placements if p.year == year and p.tier not in ("not_ranked", "special_case")]
    there = [p.party for p in placed if parties[p.party].kind == "state"]

    def consented(state: str) -> float:
        bond = law.ledger.standing(state, "palermo-protocol", date(year, 12, 31)).bond
        return float(bond is not None and bond.consent is not None and bond.consent <= date(year, 12, 31))

    return _compared([consented(s) for s in there if s in CASES], [consented(s) for s in there if s not in CASES])


def counts(law: palermo.Law, year: int) -> dict[str, int]:
    """How many countries the corpus has in each tier of a year's report."""
    found: dict[str, int] = {}
    for placement in law.corpus.placements:
        if placement.year == year and placement.tier in NUMBERS:
            found[placement.tier] = found.get(placement.tier, 0) + 1
    return dict(sorted(found.items()))


def _compared(ours: list[float], theirs: list[float]) -> Compared:
    from scipy.stats import ttest_ind

    one, other = float(np.mean(ours)), float(np.mean(theirs))
    return Compared(one, other, one - other, bool(ttest_ind(ours, theirs).pvalue < 0.05))
