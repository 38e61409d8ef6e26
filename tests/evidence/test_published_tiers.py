"""Published figures on tiers and ratification, found again in the corpus as far as docs/impact.md says."""

from __future__ import annotations

import pytest

import palermo

from .tiers_published import COUNTS, RATIFIED, TIER, counts, ratified, tiers


def test_mean_tiers_of_case_studies_and_others(law: palermo.Law) -> None:
    found = tiers(law)
    assert found.cases == pytest.approx(TIER.cases, abs=0.01)
    assert found.others == pytest.approx(TIER.others, abs=0.005)
    assert found.difference == pytest.approx(TIER.difference, abs=0.01)
    assert found.significant is TIER.significant


def test_the_published_mean_of_the_cases_is_ours_with_the_cell_on_which_sources_differ(law: palermo.Law) -> None:
    from .tiers_published import CASES, LAST_YEAR, NUMBERS

    placed = [p for p in law.corpus.placements if p.party in CASES and p.year <= LAST_YEAR and p.tier in NUMBERS]
    assert not [p for p in placed if (p.party, p.year) == ("ZWE", 2011)]
    with_it = [*(NUMBERS[p.tier] for p in placed), NUMBERS["tier_3"]]
    assert round(sum(with_it) / len(with_it), 2) == TIER.cases


def test_shares_that_had_ratified_do_not_tell_the_two_groups_apart(law: palermo.Law) -> None:
    found = ratified(law)
    assert found.significant is RATIFIED.significant
    assert found.others == pytest.approx(RATIFIED.others, abs=0.015)


def test_counts_of_countries_by_tier(law: palermo.Law) -> None:
    assert counts(law, 2015) == COUNTS[2015]
    for year in (2001, 2002):
        found = counts(law, year)
        assert all(0 <= COUNTS[year][tier] - found[tier] <= 2 for tier in COUNTS[year])
