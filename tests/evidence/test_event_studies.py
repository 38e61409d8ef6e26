"""The estimators against effects that are known, against each other, and against sums done by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.evidence.group_time import GroupTimeEffects
from palermo.evidence.impact import SOUND, effects_of
from palermo.evidence.impact_sample import NEVER, Sample, comparable
from palermo.evidence.imputation import average_effect
from palermo.evidence.panel_regressions import cohorts, leads, negative_weights, two_stages, two_way_fixed_effects

from .panels import sample, true_average

GAPS = [(0.0, 1), (0.25, 2)]


@pytest.mark.parametrize(("gaps", "seed"), GAPS)
def test_sound_estimators_find_a_growing_effect_and_two_way_fixed_effects_do_not(gaps: float, seed: int) -> None:
    made = comparable(sample(24, gaps=gaps, seed=seed))
    found = {effect.estimator: effect.estimate for effect in effects_of(made)}
    assert found["two_stages"] == pytest.approx(true_average(made), abs=1e-7)
    assert abs(found["fixed_effects"] - true_average(made)) > 0.25
    assert negative_weights(made) > 0
    if not gaps:  # with gaps each of the others averages over the cells it can see
        assert [found[name] for name in SOUND] == pytest.approx([true_average(made)] * 4, abs=1e-7)


@pytest.mark.parametrize(("gaps", "seed"), GAPS)
def test_two_stages_are_imputation(gaps: float, seed: int) -> None:
    made = comparable(sample(30, noise=1, gaps=gaps, seed=seed))
    assert two_stages(made).coefficients[0] == pytest.approx(average_effect(made), abs=1e-7)


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_leaving_a_state_out_of_imputation_is_taking_its_rows_away(seed: int) -> None:
    made = sample(12, noise=1, seed=seed)
    kept = np.arange(12) != 3
    assert average_effect(made.without(3)) == average_effect(
        Sample(tuple(np.array(made.states)[kept]), made.years, made.figures[kept], made.first[kept])
    )


def test_callaway_and_santanna_against_the_never_treated_is_sun_and_abraham_where_no_figure_is_missing() -> None:
    made = sample(32, noise=1)
    effects = GroupTimeEffects(made, not_yet=False)
    found = cohorts(made)
    assert found is not None
    fit, means, _ = found
    for time in (-4, -2, 0, 1, 3):
        sizes = np.array([float((made.first == means[n][0]).sum()) * (means[n][1] == time) for n in fit.names])
        ours = effects.after(time)
        assert ours is not None
        assert ours.estimate == pytest.approx(fit.combined(sizes / sizes.sum())[0], abs=1e-8)


def test_two_cohorts_and_two_years_are_a_difference_of_differences_with_the_error_of_two_means() -> None:
    # two States move by 3 and 5, three others by 1, 2 and 3: 4 - 2; variances about own means, over squared counts
    figures = np.array([[1.0, 4.0], [2.0, 7.0], [0.0, 1.0], [5.0, 7.0], [1.0, 4.0]])
    first = np.array([2002, 2002, NEVER, NEVER, NEVER])
    found = GroupTimeEffects(Sample(tuple("ABCDE"), np.array([2001, 2002]), figures, first), not_yet=False).overall()
    assert found is not None
    assert found.estimate == 2.0
    squares = 2 * 1.0 / 4 + 2 * 1.0 / 9
    spread = int((found.influence != 0).sum())
    assert found.error == pytest.approx(math.sqrt(squares * spread / (spread - 1)))


def test_the_not_yet_treated_are_no_controls_once_they_are_treated() -> None:
    # without never treated, the last cohort compares with nobody and the first only until the last comes
    made = sample(24)
    only = made.only(made.first < NEVER)
    effects = GroupTimeEffects(only, not_yet=True)
    assert effects.overall() is not None
    assert GroupTimeEffects(only, not_yet=False).overall() is None
    later = effects.after(2012 - 2005)
    assert later is None  # in 2012 every cohort is treated


@pytest.mark.parametrize("effects", [0.0, 1.0])
def test_leads_are_nought_where_trends_agree_whatever_comes_after(effects: float) -> None:
    fit = leads(sample(24, effects=effects), 3)
    assert fit is not None
    assert fit.names == ("lead1", "lead2", "lead3")
    assert fit.coefficients == pytest.approx(np.zeros(3), abs=1e-6)


def test_a_figure_that_is_missing_is_no_nought() -> None:
    made = sample(24, gaps=0.25, seed=5)
    kept = comparable(made)
    assert average_effect(kept) == pytest.approx(true_average(kept), abs=1e-8)
    filled = Sample(made.states, made.years, np.nan_to_num(made.figures), made.first)
    assert abs(average_effect(filled) - true_average(filled)) > 0.1


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.floats(0, 0.8))
def test_every_kept_treated_figure_can_be_imputed(seed: int, gaps: float) -> None:
    from palermo.evidence.imputation import expected

    kept = comparable(sample(14, gaps=gaps, seed=seed))
    cells = kept.seen & kept.under
    guessed = expected(kept.figures, kept.seen & ~kept.under)
    assert np.isfinite(guessed[cells]).all()
    if cells.any():
        truth = np.where(cells, kept.figures - guessed, np.nan)
        assert np.nanmean(truth) == pytest.approx(true_average(kept), abs=1e-6)


def test_errors_of_the_two_way_regression_are_those_of_statsmodels() -> None:
    import pandas as pd
    from statsmodels.formula.api import ols

    made = sample(16, noise=1)
    rows, columns = np.nonzero(made.seen)
    data = pd.DataFrame(
        {
            "y": made.figures[rows, columns],
            "d": made.under[rows, columns].astype(float),
            "state": rows,
            "year": columns,
        }
    )
    reference = ols("y ~ d + C(state) + C(year)", data).fit()
    assert two_way_fixed_effects(made).coefficients[0] == pytest.approx(reference.params["d"], abs=1e-8)
