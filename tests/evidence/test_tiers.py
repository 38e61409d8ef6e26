"""The tier by the statute, held against what the yearly reports did."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import palermo
from palermo.cli.main import run
from palermo.corpus.models import PlacementTier
from palermo.corpus.problems import CorpusError
from palermo.corpus.reading import read_corpus
from palermo.evidence.country_facts import read_country_facts
from palermo.evidence.tiers import FACTS, WATCH_LIST, CountryFacts, Tier, TierFound, tier_of
from palermo.evidence.watch_list import End, runs
from tests.conftest import Edit

UNDER_WATCH = {
    "applies": True,
    "complies": False,
    "efforts": True,
    "policy_or_pattern": False,
    "only_promises": False,
    "greater_efforts_shown": False,
}


def placed(law: palermo.Law, party: str, report: date, *, on: date | None = None, **more: bool) -> TierFound:
    return tier_of(law.corpus, CountryFacts(party=party, report=report, facts={**UNDER_WATCH, **more}), on)


def shipped(law: palermo.Law) -> dict[tuple[str, int], PlacementTier]:
    return {(row.party, row.year): row.tier for row in law.corpus.placements}


# Downgrades by the limit in 2013: occrp.org 2013-06-21, foreignpolicy.com 2013-06-19; in 2014: endslaverynow.org
# 2015-07-09 (Thailand, Malaysia, The Gambia, Venezuela); the others as the corpus's table has them.
NO_WAIVER_LEFT = [
    ("CHN", date(2013, 6, 19)),
    ("RUS", date(2013, 6, 19)),
    ("UZB", date(2013, 6, 19)),
    ("THA", date(2014, 6, 20)),
    ("MYS", date(2014, 6, 20)),
    ("MMR", date(2016, 6, 30)),
    ("HTI", date(2016, 6, 30)),
    ("LAO", date(2018, 6, 28)),
    ("BOL", date(2018, 6, 28)),
    ("CUB", date(2019, 6, 20)),
    ("SAU", date(2019, 6, 20)),
    ("NIC", date(2020, 6, 25)),
    ("DZA", date(2020, 6, 25)),
    ("MYS", date(2021, 7, 1)),
    ("GNB", date(2021, 7, 1)),
    ("VNM", date(2022, 7, 19)),
    ("BRN", date(2022, 7, 19)),
    ("KHM", date(2022, 7, 19)),
    ("TCD", date(2023, 6, 15)),
]


@pytest.mark.parametrize(("party", "report"), NO_WAIVER_LEFT)
def test_a_country_whose_years_and_waivers_are_over_goes_to_tier_3(law: palermo.Law, party: str, report: date) -> None:
    found = placed(law, party, report, waived=True)
    assert found.tier is Tier.TIER_3 == shipped(law)[party, report.year]
    assert {step.provision: step.answer for step in found.steps if "still to be had" in step.asks}.popitem()[1] == "no"


@pytest.mark.parametrize(
    ("party", "report"),
    [
        ("CHN", date(2017, 6, 27)),  # downgraded with a year of waiver left
        ("COG", date(2017, 6, 27)),
        ("GMB", date(2014, 6, 20)),
        ("VEN", date(2014, 6, 20)),
        ("MAC", date(2022, 7, 19)),
        ("DJI", date(2023, 6, 15)),
    ],
)
def test_with_a_waiver_left_the_placement_turns_on_it(law: palermo.Law, party: str, report: date) -> None:
    found = placed(law, party, report)
    assert found.possible == (Tier.TIER_2_WATCH_LIST, Tier.TIER_3)
    assert [entry.fact for entry in found.settles] == ["waived"]
    assert placed(law, party, report, waived=False).tier is Tier.TIER_3 == shipped(law)[party, report.year]


@pytest.mark.parametrize(
    ("party", "report"),
    [("CHN", date(2011, 6, 27)), ("CHN", date(2012, 6, 19)), ("THA", date(2013, 6, 19)), ("SAU", date(2018, 6, 28))],
)
def test_a_waiver_keeps_a_country_on_the_list(law: palermo.Law, party: str, report: date) -> None:
    assert placed(law, party, report, waived=True).tier is Tier.TIER_2_WATCH_LIST == shipped(law)[party, report.year]
    assert placed(law, party, report, waived=True, plan_written=False).tier is Tier.TIER_3


def test_the_rule_allows_every_year_on_the_list_since_2009(law: palermo.Law) -> None:
    listed = [key for key, tier in shipped(law).items() if tier == WATCH_LIST and key[1] >= 2009]
    assert len(listed) > 600
    for party, year in listed:
        assert Tier.TIER_2_WATCH_LIST in placed(law, party, date(year, 6, 25), waived=True).possible, (party, year)
    assert not [run for run in runs(law.corpus) if run.beyond]


def test_runs_end_at_four_years_before_2019_and_at_three_since(law: palermo.Law) -> None:
    found = {(run.party, run.years[0]): run for run in runs(law.corpus)}
    china = found["CHN", 2009]
    assert (china.years, china.waived, china.limit, china.end) == (
        (2009, 2010, 2011, 2012),
        (2011, 2012),
        2013,
        End.DOWNGRADED,
    )
    assert (found["VNM", 2019].limit, found["CUB", 2015].limit) == (2022, 2019)
    assert found["BGD", 2017].limit == 2020  # the law of 2019 shortened a run under way
    assert all(len(run.years) <= (4 if run.years[0] < 2016 else 3) for run in found.values())


def test_the_limit_does_not_strike_a_country_that_improves(law: palermo.Law) -> None:
    found = placed(
        law,
        "PAK",
        date(2018, 6, 28),
        greater_efforts_shown=True,
        victims_very_significant=False,
        victims_increasing=False,
    )
    assert found.tier is Tier.TIER_2
    assert found.on_words == (Tier.TIER_3,)


@pytest.mark.parametrize(("party", "report"), [("DZA", date(2023, 6, 15)), ("BRN", date(2024, 6, 24))])
def test_one_year_only_after_a_downgrade_that_ended_a_waived_run(law: palermo.Law, party: str, report: date) -> None:
    found = placed(law, party, report, waived=True)
    assert found.tier is Tier.TIER_3 == shipped(law)[party, report.year]
    assert found.on_words == (Tier.TIER_2, Tier.TIER_3)  # the provision does not say where it goes instead
    before = placed(law, party, report, on=date(2018, 12, 31))
    assert before.tier is Tier.TIER_2_WATCH_LIST


def test_a_downgrade_without_a_waived_year_leaves_more_than_one_year(law: palermo.Law) -> None:
    assert shipped(law)["COD", 2021] == WATCH_LIST
    assert placed(law, "COD", date(2021, 7, 1)).tier is Tier.TIER_2_WATCH_LIST


def test_promises_put_a_country_on_the_list_until_2018_and_in_tier_3_since(law: palermo.Law) -> None:
    facts = {"greater_efforts_shown": True, "victims_very_significant": False, "victims_increasing": False}

    def promising(report: date) -> Tier | None:
        return placed(law, "SWE", report, only_promises=True, **facts).tier

    assert promising(date(2018, 6, 28)) is Tier.TIER_2_WATCH_LIST
    assert promising(date(2019, 6, 20)) is Tier.TIER_3


def test_concrete_actions_answer_for_many_victims_only_since_2019(law: palermo.Law) -> None:
    facts = {"greater_efforts_shown": True, "victims_very_significant": True, "proportional_actions": True}
    assert placed(law, "SWE", date(2018, 6, 28), **facts).tier is Tier.TIER_2_WATCH_LIST
    assert placed(law, "SWE", date(2019, 6, 20), **facts).tier is Tier.TIER_2


def test_a_policy_or_pattern_is_proof_only_since_2019(law: palermo.Law) -> None:
    assert placed(law, "SWE", date(2018, 6, 28), policy_or_pattern=True).tier is Tier.TIER_2_WATCH_LIST
    assert placed(law, "SWE", date(2019, 6, 20), policy_or_pattern=True).tier is Tier.TIER_3


def test_before_the_watch_list_there_was_tier_2_alone(law: palermo.Law) -> None:
    assert placed(law, "SWE", date(2003, 6, 11)).tier is Tier.TIER_2


def test_the_special_watch_list_is_wider_than_the_tier_2_watch_list(law: palermo.Law) -> None:
    def clauses(before: PlacementTier, **facts: bool) -> tuple[str, ...] | None:
        known = CountryFacts(
            party="SWE", report=date(2016, 6, 30), facts={**UNDER_WATCH, **facts}, placements={2015: before}
        )
        return tier_of(law.corpus, known).special_watch_list

    better = {"greater_efforts_shown": True, "victims_very_significant": False, "victims_increasing": False}
    assert clauses("tier_2", complies=True) == ("7107(b)(2)(A)(i)",)
    assert clauses("tier_3", **better) == ("7107(b)(2)(A)(ii)",)
    assert clauses("tier_2") == ("7107(b)(2)(A)(iii)",)
    assert clauses("tier_3") == ("7107(b)(2)(A)(ii)", "7107(b)(2)(A)(iii)")
    assert clauses("tier_2", **better) == ()


@given(facts=st.dictionaries(st.sampled_from(sorted(FACTS)), st.booleans()), year=st.integers(2004, 2026))
def test_what_is_learned_never_widens_what_is_possible(law: palermo.Law, facts: dict[str, bool], year: int) -> None:
    day = date(year, 6, 25)
    whole = tier_of(law.corpus, CountryFacts(party="CHN", report=day, facts=facts))
    for name in facts:
        fewer = {key: value for key, value in facts.items() if key != name}
        less = tier_of(law.corpus, CountryFacts(party="CHN", report=day, facts=fewer))
        assert set(whole.possible) <= set(less.possible)
        if set(whole.possible) != set(less.possible) and less.tier is None and len(whole.possible) == 1:
            assert less.settles
    assert (whole.tier is None) == bool(whole.settles) == (len(whole.possible) > 1)


def test_faults_of_the_table_are_told_with_their_line(edited: Edit) -> None:
    row = "CHN,2013,tier_3,tiers-overview;tiers-panel,\n"
    with pytest.raises(CorpusError) as faults:
        read_corpus([edited("evidence/tip-tiers.csv", row, row + "CHN,2013,tier_4,tiers-panel,\nCHN,1999,tier_3,x,\n")])
    told = str(faults.value)
    assert "tier: " in told
    assert "from 2001 on, not '1999'" in told


def test_a_party_or_source_of_the_table_must_be_known(edited: Edit) -> None:
    row = "CHN,2013,tier_3,tiers-overview;tiers-panel,\n"
    with pytest.raises(CorpusError) as faults:
        read_corpus([edited("evidence/tip-tiers.csv", row, row + "CHX,2013,tier_3,nowhere,\n" + row)])
    told = str(faults.value)
    assert "unknown party 'CHX'" in told
    assert "unknown source 'nowhere'" in told
    assert "CHN is placed twice in the report of 2013" in told


def test_faults_of_a_facts_file_are_told_with_their_place(law: palermo.Law, tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text('country: Chian\nreport: 2017-06-27\nfacts: {complys: no}\nplacements:\n  "2018": tier_1\n')
    with pytest.raises(CorpusError) as faults:
        read_country_facts(law.corpus, file)
    assert [(p.line, p.column) for p in faults.value.problems] == [(1, 10), (3, 9), (5, 3)]
    file.write_text("country: China\nreport: 2017-06-27\nfacts:\n  complies: perhaps\n")
    with pytest.raises(CorpusError, match=r"facts.yaml:4:13"):
        read_country_facts(law.corpus, file)


def test_the_verb_tells_the_open_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text(
        "country: China\nreport: 2017-06-27\n"
        "facts: {applies: yes, complies: no, efforts: yes, greater_efforts_shown: no}\n"
    )
    assert run(["tier", str(file)]) == 0
    told = capsys.readouterr().out
    assert "Tier 2 Watch List or Tier 3" in told
    assert "22 USC 7107(b)(2)(D)(i)" in told
    assert run(["tier", str(file), "--on", "2019-06-20"]) == 0
    assert "[Tier 3]" in capsys.readouterr().out
