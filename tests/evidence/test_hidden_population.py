"""What an estimate of a hidden population must keep to, whatever the lists."""

from __future__ import annotations

from itertools import permutations
from warnings import catch_warnings, simplefilter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.evidence.capture_lists import CaptureLists, UnusableLists, capture_lists, chosen, read_lists
from palermo.evidence.hidden_population import estimate
from palermo.evidence.loglinear import Space, fit
from palermo.evidence.model_choice import downhill_by_bic, hierarchical_models

from .published import FOLDER


def lists_of(counts: dict[str, int], names: str) -> CaptureLists:
    """Lists from counts by pattern, `{"AB": 3}`."""
    return capture_lists(list(names), [([int(n in seen) for n in names], count) for seen, count in counts.items()])


def tables(lists: int, least: int = 0, most: int = 60) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(least, most), min_size=2**lists - 1, max_size=2**lists - 1)


def as_lists(counts: list[int]) -> CaptureLists:
    lists = (len(counts) + 1).bit_length() - 1
    return CaptureLists(tuple("ABCDEFGH"[:lists]), {i: n for i, n in enumerate(counts, 1) if n})


@given(st.integers(1, 500), st.integers(1, 500), st.integers(1, 200))
@settings(max_examples=30)
def test_two_lists_give_the_lincoln_petersen_estimate(one: int, other: int, both: int) -> None:
    found = estimate(lists_of({"A": one, "B": other, "AB": both}, "AB"), "main", bootstrap=0)
    assert found.estimate == pytest.approx((one + both) * (other + both) / both, rel=1e-6)
    assert "two-lists" in {w.kind for w in found.warnings}


@given(tables(3, least=1))
@settings(max_examples=20)
def test_three_lists_with_all_pairs_give_the_closed_form(counts: list[int]) -> None:
    """Bishop, Fienberg and Holland 1975: n000 = n111 n100 n010 n001 / (n110 n101 n011)."""
    a, b, ab, c, ac, bc, abc = counts
    found = estimate(as_lists(counts), "model", interactions=["A*B", "A*C", "B*C"], bootstrap=0)
    assert found.unseen == pytest.approx(abc * a * b * c / (ab * ac * bc), rel=1e-5)
    assert found.degrees == 0


@given(tables(3), st.integers(0, 2**32))
@settings(max_examples=12)
def test_an_estimate_is_no_less_than_what_was_seen(counts: list[int], seed: int) -> None:
    for method in ("main", "stepwise", "aic", "bic"):
        try:
            found = estimate(as_lists(counts), method, bootstrap=20, seed=seed)
        except UnusableLists:
            continue
        assert found.estimate >= found.observed
        for interval in found.intervals:
            assert interval.low >= found.observed - 1e-6 or interval.kind == "bca"
            assert interval.high is None or interval.low <= interval.high + 1e-9


@given(tables(4, least=1))
@settings(max_examples=4)
def test_the_order_of_lists_does_not_matter(counts: list[int]) -> None:
    lists = as_lists(counts)
    turned = chosen(lists, ["C", "A", "D", "B"])
    for method in ("main", "bic"):
        one, other = estimate(lists, method, bootstrap=0), estimate(turned, method, bootstrap=0)
        assert one.bic == pytest.approx(other.bic, rel=1e-7)
    assert estimate(lists, "main", bootstrap=0).estimate == pytest.approx(
        estimate(turned, "main", bootstrap=0).estimate, rel=1e-6
    )


@pytest.mark.parametrize("method", ["stepwise", "aic", "bic"])
def test_the_order_of_published_lists_does_not_matter(method: str) -> None:
    names = ["LA", "NG", "PF+NCA", "GO"]
    path = FOLDER / "uk-2013.csv"
    values = {
        round(estimate(read_lists(path, order), method, bootstrap=0).estimate, 3)  # type: ignore[arg-type]
        for order in list(permutations(names))[::5]
    }
    assert len(values) == 1


def test_rows_without_cases_change_nothing_and_rows_of_one_pattern_add_up() -> None:
    rows = [([1, 0], 5), ([0, 1], 7), ([1, 1], 3)]
    assert capture_lists(["A", "B"], rows) == capture_lists(["A", "B"], [*rows, ([0, 0], 0), ([1, 0], 0)])
    assert capture_lists(["A", "B"], rows) == capture_lists(["A", "B"], [([1, 0], 2), ([1, 0], 3), *rows[1:]])


@given(tables(3, most=12), st.integers(0, 8))
@settings(max_examples=60)
def test_fits_agree_with_statsmodels(counts: list[int], which: int) -> None:
    """On the patterns that stay in the fit, means and parameters are those of an ordinary Poisson regression."""
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    space = Space(3)
    table = np.array(counts, dtype=float)
    model = list(hierarchical_models(space))[which % 8]
    if not table.any():
        return
    ours = fit(space, table, model)
    if not ours.usable[0]:
        return
    left = ours.means[0] > 0
    x = space.design[left][:, ours.kept[0]]
    with catch_warnings():
        simplefilter("ignore")  # statsmodels warns of models with a parameter for every pattern
        theirs = GLM(table[left], x, family=Poisson()).fit(tol=1e-12, maxiter=200)
    assert ours.means[0][left] == pytest.approx(theirs.mu, rel=1e-5, abs=1e-7)
    assert ours.parameters[0][ours.kept[0]] == pytest.approx(theirs.params, rel=1e-4, abs=1e-5)
    assert ours.deviance[0] == pytest.approx(theirs.deviance, rel=1e-5, abs=1e-6)


@given(tables(3, most=4))
@settings(max_examples=60)
def test_an_estimate_exists_exactly_where_a_positive_table_has_the_same_margins(counts: list[int]) -> None:
    """The verdict of the fit, by its steps coming to rest, is that of the linear program on every model."""
    from scipy.optimize import linprog

    table = np.array(counts, dtype=float)
    if not table.any():
        return
    space = Space(3)
    for model in hierarchical_models(space):
        ours = fit(space, table, model)
        if not ours.identified[0]:
            continue
        left = ours.means[0] > 0
        margins = space.design[left][:, ours.kept[0]].T
        cells = margins.shape[1]
        found = linprog(
            [*[0.0] * cells, -1.0],
            A_ub=np.hstack([-np.eye(cells), np.ones((cells, 1))]),
            b_ub=np.zeros(cells),
            A_eq=np.hstack([margins, np.zeros((len(margins), 1))]),
            b_eq=margins @ table[left],
            bounds=[(0, None)] * cells + [(None, None)],
        )
        assert bool(ours.exists[0]) == (-found.fun > 1e-9), (counts, model)


@given(tables(4, most=3), st.integers(0, 2**31))
@settings(max_examples=10)
def test_a_batch_gives_what_each_table_gives_alone(counts: list[int], seed: int) -> None:
    from palermo.evidence.intervals import resampled
    from palermo.evidence.model_choice import best_by_bic, stepwise_by_aic, stepwise_by_tail

    table = np.array(counts, dtype=float)
    if not table.any():
        return
    space = Space(4)
    many = resampled(table, 12, seed)
    models = np.array(list(hierarchical_models(space)))
    for choose in (
        lambda t: stepwise_by_tail(space, t, 0.1),
        lambda t: stepwise_by_aic(space, t, 0.1),
        lambda t: best_by_bic(space, t, models),
    ):
        together = choose(many)
        for row, one in zip(together, many, strict=True):
            assert (row == choose(one[None])[0]).all()


def test_a_downhill_search_finds_what_a_full_search_finds() -> None:
    for choice in (["LA", "NG", "PF+NCA", "GO"], ["LA", "NG", "PF", "GO"]):
        lists = read_lists(FOLDER / "uk-2013.csv", choice)
        full = estimate(lists, "bic", bootstrap=0)
        downhill = estimate(lists, "bic", search="downhill", bootstrap=0)
        assert (full.all_models, downhill.all_models) == (True, False)
        assert full.interactions == downhill.interactions


@given(st.lists(tables(3, least=1), min_size=2, max_size=4))
@settings(max_examples=20)
def test_a_search_downhill_goes_for_each_table_as_it_goes_alone(counts: list[list[int]]) -> None:
    space = Space(3)
    every = np.array(counts, dtype=np.float64)
    together = downhill_by_bic(space, every)
    for row, table in enumerate(every):
        assert (together[row] == downhill_by_bic(space, table[None])[0]).all()


def test_all_models_of_too_many_lists_are_refused() -> None:
    lists = read_lists(FOLDER / "new-orleans-2016.csv")
    with pytest.raises(UnusableLists, match="search downhill, or take fewer lists"):
        estimate(lists, "bic", search="all", bootstrap=0)


def test_terms_of_three_lists_are_searched_where_asked() -> None:
    lists = lists_of({"A": 40, "B": 40, "C": 40, "D": 40, "ABC": 60, "AD": 9, "BD": 8, "CD": 9, "AB": 5}, "ABCD")
    found = estimate(lists, "bic", order=3, bootstrap=0)
    plain = estimate(lists, "bic", bootstrap=0)
    assert found.bic is not None
    assert plain.bic is not None
    assert found.bic < plain.bic
    assert any(term.count("*") == 2 for term in found.interactions)


def test_a_pair_without_overlap_in_the_model_is_minus_infinity_and_told() -> None:
    lists = lists_of({"A": 50, "B": 60, "C": 70, "AC": 9, "BC": 12}, "ABC")
    found = estimate(lists, "model", interactions=["A*B"], bootstrap=0)
    assert {p.term: p.estimate for p in found.parameters}["A*B"] is None
    assert "no-overlap" in {w.kind for w in found.warnings}
    # conditional on C, A and B exclude each other: the means add up to what was seen in each margin
    assert sum(p.expected for p in found.patterns) == pytest.approx(found.observed, rel=1e-6)


def test_known_populations_are_found_again() -> None:
    """Independent lists drawn from 4,000 cases: the 95 % profile interval holds 4,000 in about 95 draws of 100."""
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(20):
        drawn = rng.random((4000, 4)) < np.array([0.05, 0.08, 0.1, 0.06])
        patterns, numbers = np.unique(drawn, axis=0, return_counts=True)
        rows = [(row.tolist(), int(n)) for row, n in zip(patterns, numbers, strict=True) if row.any()]
        interval = estimate(capture_lists(list("ABCD"), rows), "main", bootstrap=0).interval("profile")
        assert interval is not None
        held += interval.low <= 4000 <= (interval.high or np.inf)
    assert held >= 17


@pytest.mark.parametrize(
    ("counts", "names", "kind"),
    [
        ({"A": 50, "B": 60, "C": 70, "AC": 30, "BC": 32}, "ABC", "no-overlap"),
        ({"B": 60, "C": 70, "AB": 30, "BC": 32, "ABC": 5}, "ABC", "nested"),
        ({"A": 50, "B": 60, "C": 70, "AC": 3, "BC": 2, "AB": 4}, "ABC", "few-shared"),
        ({"A": 50, "B": 60, "AB": 30}, "ABC", "empty-list"),
        ({"A": 50, "B": 60, "AB": 1}, "AB", "wide"),
        ({"A": 50, "B": 60, "C": 70, "AC": 30, "BC": 32}, "ABC", "not-all-pairs"),
    ],
)
def test_what_lists_cannot_support_is_said(counts: dict[str, int], names: str, kind: str) -> None:
    assert kind in {w.kind for w in estimate(lists_of(counts, names), "main", bootstrap=0).warnings}


def test_lists_that_support_an_estimate_are_not_warned_of() -> None:
    full = {"A": 200, "B": 200, "C": 200, "AB": 50, "AC": 50, "BC": 50, "ABC": 13}
    assert estimate(lists_of(full, "ABC"), bootstrap=200).warnings == ()


def test_lists_that_share_nobody_have_no_estimate() -> None:
    with pytest.raises(UnusableLists, match="no case stands on two lists"):
        estimate(lists_of({"A": 5, "B": 6, "C": 7}, "ABC"))


def test_a_seed_gives_the_same_interval_again() -> None:
    lists = read_lists(FOLDER / "new-orleans-2016.csv", ["A", "B+E+F+G", "C", "D", "H"])
    assert estimate(lists, seed=3, bootstrap=100) == estimate(lists, seed=3, bootstrap=100)
    assert estimate(lists, seed=3, bootstrap=100) != estimate(lists, seed=4, bootstrap=100)
