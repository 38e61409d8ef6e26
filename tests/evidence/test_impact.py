"""What a study may say, and what it must not."""

from __future__ import annotations

from datetime import date

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import palermo
from palermo.evidence.adoption import adoptions, traits
from palermo.evidence.impact import Effect, Impact, Permutation, TrendTest, estimate, verdict_of
from palermo.evidence.impact_sample import Sample, counted, outcome, usable
from palermo.evidence.impact_study import Adoption, Figure, Specification, Study, Trait, UnusableStudy
from palermo.reports.impact import impact_report, verdict

from .panels import YEARS, sample, study


@pytest.fixture(scope="module")
def found() -> Impact:
    made = sample(40, noise=0.7, gaps=0.1)
    classes = tuple(Trait(state, "kind", "even" if int(state[1:]) % 8 < 4 else "odd") for state in made.states)
    asked = study(made, placebos=(2, 3), permutations=99, moderators=("kind",), opened="2000-01-01")
    return estimate(Study(asked.specification, asked.figures, asked.adoptions, classes))


def test_a_true_rise_is_told_with_its_interval(found: Impact) -> None:
    assert found.verdict == "higher"
    assert found.main.low > 0
    assert found.trend is not None
    assert found.permutation == Permutation(99, 1, 0, 0.01)
    assert all(p.low < 0 < p.high for p in found.placebos)
    assert len(found.without) == len(found.figures.treated) + len(found.figures.controls)
    assert {c.value for c in found.classes} == {"even", "odd"}
    assert [d.moderator for d in found.differences] == ["kind"]
    assert "higher" in verdict(found)
    assert "What it rests on" in verdict(found)


def test_every_estimator_is_told_and_the_two_way_regression_as_biased(found: Impact) -> None:
    names = [effect.estimator for effect in found.effects]
    assert names == ["two_stages", "not_yet", "never", "cohorts", "fixed_effects"]
    assert "negative-weights" in {warning.kind for warning in found.warnings}
    assert "biased in this design" in str(msgspec.to_builtins(impact_report(found, {})))


@given(
    st.floats(-5, 5),
    st.floats(0.01, 3),
    st.integers(2, 60),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(-5, 5),
)
def test_no_verdict_claims_more_than_the_interval(
    found: Impact, middle: float, half: float, treated: int, trend: float, chance: float, other: float
) -> None:
    main = Effect("two_stages", middle, half / 2, middle - half, middle + half, treated, 80)
    second = Effect("never", other, half, other - half, other + half, treated, 80)
    changed = msgspec.structs.replace(
        found,
        effects=(main, second),
        trend=TrendTest(5, 1.0, trend),
        permutation=Permutation(99, 1, 1, chance),
    )
    changed = msgspec.structs.replace(changed, verdict=verdict_of(changed))
    words = verdict(changed)
    if changed.verdict in ("higher", "lower"):
        assert main.low > 0 or main.high < 0
        assert (changed.verdict == "higher") == (middle > 0)
        assert other * middle > 0
        assert trend >= 0.05
        assert treated >= 5
        assert treated >= 10 or chance <= 0.05 + 1e-9
    else:
        assert "on average" not in words
    if main.low <= 0 <= main.high:
        assert changed.verdict not in ("higher", "lower", "estimators_differ")


def test_no_effect_is_not_told_as_proof_of_none() -> None:
    found = estimate(study(sample(40, noise=2, effects=0)))
    assert found.verdict == "not_told_apart"
    assert "no proof that nothing changed" in verdict(found)


def test_states_that_moved_differently_before_are_not_comparable() -> None:
    made = sample(40, noise=0.3, effects=0)
    drift = np.where(made.treated[:, None], 0.3 * (made.years - 2001)[None, :], 0.0)
    found = estimate(study(Sample(made.states, made.years, made.figures + drift, made.first)))
    assert found.verdict == "not_comparable"
    assert found.main.low > 0  # the interval alone would have claimed a rise
    assert "No effect can be read" in verdict(found)


def test_few_treated_states_warn_and_give_no_verdict() -> None:
    made = sample(40, noise=0.1)
    few = made.only(~made.treated | (np.cumsum(made.treated) <= 3))
    found = estimate(study(few, permutations=19))
    assert found.verdict == "too_few"
    assert "few-treated" in {warning.kind for warning in found.warnings}
    assert "Nothing can be said" in verdict(found)


def test_one_state_that_makes_the_estimate_is_named() -> None:
    made = sample(40, noise=0.2, effects=0)
    figures = made.figures.copy()
    figures[0, made.under[0]] += 40
    found = estimate(study(Sample(made.states, made.years, figures, made.first)))
    assert any(w.kind == "one-state" and "S00" in w.text for w in found.warnings)


def test_a_study_in_which_reporting_itself_changed_says_so() -> None:
    made = sample(40, noise=0.3, seed=3)
    random = np.random.default_rng(3)
    hidden = (random.random(made.figures.shape) < 0.5) & ~made.under
    found = estimate(study(made.shown(~hidden)))
    assert "reporting" in {warning.kind for warning in found.warnings}


def test_who_cannot_be_used_is_left_out_with_the_reason() -> None:
    made = sample(16)
    asked = study(made)
    figures = tuple(
        msgspec.structs.replace(f, value=None, status="not_reported") if f.state == "S00" and f.year < 2005 else f
        for f in asked.figures
        if f.state != "S03"
    )
    begun = [
        msgspec.structs.replace(a, status="unknown", first_year=None) if a.state == "S01" else a
        for a in asked.adoptions
    ]
    begun = [msgspec.structs.replace(a, first_year=2001) if a.state == "S02" else a for a in begun]
    kept, left = usable(Study(asked.specification, figures, tuple(begun)))
    assert {entry.state: entry.reason for entry in left} == {
        "S00": "no figure before the treatment",
        "S01": "when the treatment began is not known",
        "S02": "treated from the first year on",
        "S03": "no figure",
    }
    assert not {"S00", "S01", "S02", "S03"} & set(kept.states)


def test_years_after_a_state_left_are_not_used() -> None:
    asked = study(sample(16))
    begun = tuple(
        msgspec.structs.replace(a, status="left", last_year=2008) if a.state == "S00" else a for a in asked.adoptions
    )
    kept, _ = usable(Study(asked.specification, asked.figures, begun))
    assert np.isfinite(kept.figures[0]).tolist() == (YEARS <= 2008).tolist()


def hidden_counts(**asked: object) -> Study:
    plain = study(sample(16), **asked)
    figures = tuple(
        Figure(f.state, f.year, "y", None, "suppressed", 0.0, 4.0) if f.state == "S05" and f.year == 2003 else f
        for f in plain.figures
    )
    return Study(plain.specification, figures, plain.adoptions)


@pytest.mark.parametrize(("read", "value"), [("out", float("nan")), ("low", 0.0), ("high", 4.0)])
def test_a_hidden_count_is_an_interval(read: str, value: float) -> None:
    given = hidden_counts(suppressed=read)
    states, years, values = outcome(given)
    assert values[states.index("S05"), years.tolist().index(2003)] == pytest.approx(value, nan_ok=True)
    assert counted(given)["suppressed"] == 1


def test_a_nought_is_a_figure_and_has_no_logarithm() -> None:
    figures = (Figure("A", 2001, "y", 0.0), Figure("A", 2002, "y", 10.0), Figure("A", 2001, "n", 200.0))
    plain = study(sample(4), per="n", times=100.0)
    asked = msgspec.structs.replace(plain, figures=figures, adoptions=(Adoption("A", "not_bound"),))
    assert outcome(asked)[2][0, :2].tolist() == [0.0, pytest.approx(float("nan"), nan_ok=True)]
    logged = study(sample(4), log=True)
    asked = msgspec.structs.replace(logged, figures=figures, adoptions=(Adoption("A", "not_bound"),))
    assert outcome(asked)[2][0, :2].tolist() == [pytest.approx(float("nan"), nan_ok=True), pytest.approx(np.log(10))]


def test_nothing_to_compare_is_refused() -> None:
    made = sample(16)
    with pytest.raises(UnusableStudy, match="at least 2 are needed"):
        usable(study(made.only(~made.treated)))
    with pytest.raises(UnusableStudy, match="in years in which others are not under it"):
        usable(study(made.only(made.first == 2005)))
    with pytest.raises(UnusableStudy, match="1 State has figures"):
        usable(study(made.only(np.arange(16) < 3)))


def test_dates_are_those_on_which_the_instrument_bound_the_state(law: palermo.Law) -> None:
    convention = law.corpus.instruments["cets-197"]
    found = {a.state: a for a in adoptions(law.ledger, convention, ["GBR", "ROU", "CAN", "RUS"])}
    # United Kingdom: ratified 17 December 2008, in force on the first of the month after three months
    assert (found["GBR"].status, found["GBR"].first_year, found["GBR"].since) == ("bound", 2009, "2009-04-01")
    assert found["GBR"].consent == "2008-12-17"
    assert found["CAN"].status == "not_bound"
    for state, adoption in found.items():
        if adoption.since:
            on = law.ledger.standing(state, "cets-197", date.fromisoformat(adoption.since))
            assert on.binding


def test_a_state_without_an_act_is_unknown_where_the_table_is_not_complete(law: palermo.Law) -> None:
    protocol = law.corpus.instruments["palermo-protocol"]
    assert protocol.acts is not None
    assert protocol.acts.complete == "partial"
    unnamed = next(
        code
        for code, party in law.corpus.parties.items()
        if party.kind == "state" and not law.ledger.acts.of("palermo-protocol", code)
    )
    assert adoptions(law.ledger, protocol, [unnamed])[0].status == "unknown"


def test_traits_come_from_the_law(law: palermo.Law) -> None:
    convention = law.corpus.instruments["cets-197"]
    told = {
        (t.state, t.moderator): t.value for t in traits(law.corpus, convention, ["GBR", "FRA"], ["tradition", "scope"])
    }
    assert "common_law" in told["GBR", "tradition"]
    assert told["FRA", "tradition"] == "civil_law"
    assert {told[state, "scope"] for state in ("GBR", "FRA")} <= {"whole", "narrowed"}


def test_without_a_table_of_ones_own_the_figures_are_those_of_the_corpus(law: palermo.Law) -> None:
    asked = Specification(
        treatment="palermo-protocol",
        outcome="tip_tier",
        first_year=2003,
        last_year=2012,
        moderators=("tradition", "gdp_per_head"),
    )
    given = law.impact_study(asked, states=["ARG", "CHE", "JPN"])
    assert {a.state for a in given.adoptions} == {"ARG", "CHE", "JPN"}
    tiers = {(f.state, f.year): f.value for f in given.figures if f.indicator == "tip_tier"}
    assert len(tiers) == 30
    assert tiers["CHE", 2009] == 1
    assert {f.indicator for f in given.figures} == {"tip_tier", "gdp_per_head"}
    assert {t.moderator for t in given.traits} == {"tradition"}
    begun = {a.state: a.first_year for a in given.adoptions}
    assert begun["CHE"] == law.ledger.standing("CHE", "palermo-protocol", date(2012, 1, 1)).bond.since.year  # type: ignore[union-attr]


def test_customary_or_religious_law_beside_it_makes_no_other_tradition(law: palermo.Law) -> None:
    found = {t.value for t in traits(law.corpus, None, law.corpus.parties, ["tradition"])}
    assert {"civil_law", "common_law", "civil_law+common_law"} <= found
    assert not {value for value in found if "+" in value and "customary_law" in value and "common_law" in value}
