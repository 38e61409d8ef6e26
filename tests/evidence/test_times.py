"""Times until something happens: against statsmodels, and against a table done by hand."""

from __future__ import annotations

import numpy as np
import pytest

from palermo.evidence.impact_study import Adoption, Figure, Specification, Study, Trait
from palermo.evidence.survival import Spell, _modelled, time_to_consent, time_to_event

ASKED = {"treatment": "treaty", "outcome": "y", "first_year": 2000, "last_year": 2010}


def made(seed: int, states: int = 120) -> list[Spell]:
    random = np.random.default_rng(seed)
    spells = []
    for i in range(states):
        kind = "a" if i % 2 else "b"
        start = float(random.uniform(0, 2)) if i % 3 == 0 else 0.0
        time = start + random.exponential(4 if kind == "a" else 8) + 0.01
        spells.append(Spell(f"S{i}", start, min(time, 9.0), time < 9, {"kind": kind}))
    return spells


def test_the_curve_and_the_median_by_hand() -> None:
    # four States: reached after 1, 2 and 4 years, one not by 3: 1/4, then 1/3 of the rest, then all that are left
    ends = [(1.0, True), (2.0, True), (3.0, False), (4.0, True)]
    found = _modelled("x", [Spell(f"S{i}", 0.0, end, happened, {}) for i, (end, happened) in enumerate(ends)], 0)
    assert [(step.years, pytest.approx(step.share)) for step in found.curve] == [(0, 0), (1, 1 / 4), (2, 1 / 2), (4, 1)]
    assert found.median == 2.0
    assert (found.states, found.happened) == (4, 3)


def test_the_curve_with_late_entries_is_that_of_statsmodels() -> None:
    from statsmodels.duration.survfunc import SurvfuncRight

    spells = made(1)
    found = _modelled("x", spells, 0)
    reference = SurvfuncRight(
        np.array([s.end for s in spells]),
        np.array([s.happened for s in spells]).astype(int),
        entry=np.array([s.start for s in spells]),
    )
    shares = dict(zip(reference.surv_times.tolist(), (1 - reference.surv_prob).tolist(), strict=True))
    for step in found.curve[1:]:
        assert step.share == pytest.approx(shares[step.years])


def test_a_time_that_is_split_gives_the_same_ratio() -> None:
    whole = made(2)
    split = [
        part
        for spell in whole
        for part in (
            [
                spell._replace(end=spell.start + (spell.end - spell.start) / 2, happened=False),
                spell._replace(start=spell.start + (spell.end - spell.start) / 2),
            ]
        )
    ]
    one, other = _modelled("x", whole, 0), _modelled("x", split, 0)
    assert (one.states, one.happened, one.median) == (other.states, other.happened, other.median)
    assert one.ratios[0].ratio == pytest.approx(other.ratios[0].ratio)
    assert one.ratios[0].low < 0.5 < one.ratios[0].high or one.ratios[0].low < 2 < one.ratios[0].high


def test_consent_is_timed_from_the_opening_and_an_unknown_day_is_not_guessed() -> None:
    begun = (
        Adoption("A", "bound", 2002, consent="2001-12-31"),
        Adoption("B", "not_bound"),
        Adoption("C", "unknown"),
        Adoption("D", "bound", 2012, consent="2012-01-01"),
    )
    found = time_to_consent(Study(Specification(**ASKED, opened="2000-01-01"), (), begun))  # type: ignore[arg-type]
    assert found is not None
    assert (found.states, found.happened, found.not_timed) == (3, 1, 1)
    assert found.curve[1].years == pytest.approx(2.0, abs=0.01)


def test_an_event_is_timed_from_the_first_figure_and_the_treatment_may_begin_between() -> None:
    random = np.random.default_rng(4)
    figures, begun = [], []
    for i in range(80):
        state, bound = f"S{i:02}", 2003 + i % 4 if i % 2 else None
        begun.append(Adoption(state, "bound" if bound else "not_bound", bound))
        reached = False
        for year in range(2000, 2011):
            reached = reached or bool(random.random() < (0.25 if bound and year >= bound else 0.06))
            figures.append(Figure(state, year, "law", float(reached)))
    asked = Study(Specification(**ASKED, event="law", event_at=1.0), tuple(figures), tuple(begun))  # type: ignore[arg-type]
    found = time_to_event(asked)
    assert found is not None
    seen_with_it = sum(f.value == 1 for f in figures if f.year == 2000)
    assert found.not_timed == seen_with_it
    assert found.states == 80 - seen_with_it
    (ratio,) = found.ratios
    assert {ratio.value, ratio.reference} == {"bound", "not bound"}
    more = ratio.ratio if ratio.value == "bound" else 1 / ratio.ratio
    assert more > 2


def test_a_class_with_too_few_events_is_named_and_not_modelled() -> None:
    spells = [*made(3), Spell("X", 0.0, 1.0, True, {"kind": "c"}), Spell("Y", 0.0, 1.0, True, {})]
    found = _modelled("x", spells, 0)
    assert found.not_modelled == ("kind: not known (1 events)", "kind: c (1 events)")
    assert {r.value for r in found.ratios} | {r.reference for r in found.ratios} == {"a", "b"}


def test_what_only_treated_states_have_does_not_foretell_treatment() -> None:
    begun = tuple(Adoption(f"S{i}", "bound", 2002, consent="2001-12-31") for i in range(20))
    told = tuple(Trait(f"S{i}", "scope", "whole" if i % 2 else "narrowed") for i in range(20))
    asked = Specification(**ASKED, opened="2000-01-01", moderators=("scope",))  # type: ignore[arg-type]
    found = time_to_consent(Study(asked, (), begun, told))
    assert found is not None
    assert found.ratios == ()
