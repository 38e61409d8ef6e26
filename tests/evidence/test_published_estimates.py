"""Estimates that were published, found again from the same lists."""

from __future__ import annotations

import math

import pytest

from palermo.evidence.capture_lists import read_lists
from palermo.evidence.hidden_population import estimate
from palermo.evidence.intervals import acceleration, bca, one_left_out
from palermo.evidence.loglinear import Space, fit
from palermo.evidence.model_choice import Search

from .published import FOLDER, Published, published

ROWS = published()


def decimals(text: str) -> int:
    return len(text.partition(".")[2])


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_a_published_estimate_within_its_rounding(row: Published) -> None:
    wanted = row.interactions.split(",") if row.interactions else []
    found = estimate(row.read(), row.method, interactions=wanted, bootstrap=0)  # type: ignore[arg-type]
    assert ",".join(found.interactions) == row.model
    value = found.estimate if row.quantity == "estimate" else found.multinomial
    assert round(value, decimals(row.value)) == float(row.value)
    if row.interval == "profile":
        interval = found.interval("profile")
        assert interval is not None
        assert interval.high is not None
        assert round(interval.low, decimals(row.low)) == float(row.low)
        assert round(interval.high, decimals(row.high)) == float(row.high)


@pytest.mark.parametrize("row", [r for r in ROWS if r.interval == "bca"], ids=lambda row: row.id)
def test_a_published_bootstrap_interval_within_its_noise(row: Published) -> None:
    """The published 1,000 resamples are one draw: their ends lie where ours do when 1,000 are drawn again and again."""
    lows, highs = [], []
    for seed in range(5):
        interval = estimate(row.read(), row.method, seed=seed).interval()  # type: ignore[arg-type]
        assert interval is not None
        assert interval.high is not None
        lows.append(math.log(interval.low))
        highs.append(math.log(interval.high))
    for ends, end in ((lows, row.low), (highs, row.high)):
        mean = sum(ends) / len(ends)
        spread = math.sqrt(sum((x - mean) ** 2 for x in ends) / (len(ends) - 1))
        assert abs(math.log(float(end)) - mean) < 3 * spread, (mean, spread)


def test_the_published_fit_of_the_five_british_lists() -> None:
    """Coefficients, deviance and AIC of Bales, Hesketh and Silverman's model."""
    lists = read_lists(FOLDER / "uk-2013.csv", ["LA", "NG", "PF+NCA", "GO", "GP"])
    found = estimate(lists, "aic", bootstrap=0)
    values = {p.term: p.estimate for p in found.parameters}
    published = {
        "on no list": 9.0559,
        "LA": -5.0885,
        "NG": -2.9051,
        "PF+NCA": -2.1485,
        "GO": -2.5218,
        "GP": -3.3053,
        "LA*NG": 1.5240,
        "NG*GP": -2.9217,
        "PF+NCA*GP": -1.2468,
        "LA*PF+NCA": 0.9224,
        "GO*GP": -1.1905,
        "NG*GO": -0.5534,
    }
    assert {term: round(value or 0, 4) for term, value in values.items()} == published
    assert (round(found.deviance, 2), found.degrees, round(found.aic, 1)) == (16.35, 19, 127.6)


def test_the_published_table_of_models_of_four_british_lists() -> None:
    """Rcapture's ten best of all hierarchical models, here the first three by two-list terms, with AIC and BIC."""
    lists = read_lists(FOLDER / "uk-2013.csv", ["LA", "NG", "PF+NCA", "GO"])
    found = estimate(lists, "bic", bootstrap=0)
    assert found.observed == 2428
    told = [(",".join(c.interactions), round(c.estimate, 1), round(c.bic, 3)) for c in found.competitors[:3]]
    assert told == [
        ("LA*NG,LA*PF+NCA", 11987.1, 142.423),
        ("LA*NG,LA*PF+NCA,NG*GO", 11015.2, 143.188),
        ("LA*NG,NG*GO", 10371.1, 145.479),
    ]
    assert [round(c.estimate, 1) for c in found.competitors[3:10]] == [
        13052.1, 11310.6, 11701.9, 11902.7, 12277.5, 10338.4, 9310.4,
    ]  # fmt: skip
    assert found.degrees == 8


@pytest.mark.parametrize(
    ("lists", "order", "search", "value"),
    [
        ("LA, NG, PF+NCA, GO, GP", 2, "all", 22_991),
        ("LA, NG, PF+NCA, GO, GP", 4, "all", 25_311),
        ("LA, NG, PF+NCA, GO, GP", 2, "downhill", 12_262),
        ("LA, NG, PF+NCA, GO, GP", 4, "downhill", 12_262),
        ("", 2, "downhill", 12_350),
    ],
)
def test_the_published_best_of_models_of_british_lists(lists: str, order: int, search: Search, value: int) -> None:
    """Silverman, Chan and Vincent 2024, table 6: going downhill ends elsewhere than trying all models."""
    read = read_lists(FOLDER / "uk-2013.csv", lists.split(", ") if lists else ())
    assert round(estimate(read, "bic", order=order, search=search, bootstrap=0).estimate) == value


def test_the_published_interval_of_a_downhill_search() -> None:
    """The same table, five British lists: 9,332 to 28,954, each resample searching anew."""
    found = estimate(read_lists(FOLDER / "uk-2013.csv", ["LA", "NG", "PF+NCA", "GO", "GP"]), "bic", search="downhill")
    interval = found.interval()
    assert interval is not None
    assert interval.low == pytest.approx(9_332, rel=0.06)
    assert interval.high == pytest.approx(28_954, rel=0.12)


def test_all_hierarchical_models_are_counted() -> None:
    """Dedekind's numbers: hierarchical models with all main effects are 2, 9, 114 for 2, 3, 4 lists, saturated too."""
    from palermo.evidence.model_choice import hierarchical_models

    assert [len(list(hierarchical_models(Space(lists, lists)))) for lists in (2, 3, 4)] == [2, 9, 114]


def test_the_published_example_of_models_without_an_estimate() -> None:
    """Chan, Silverman and Vincent 2021, table 2: none with AB but not all pairs; all cannot be told apart."""
    a, b, c = 1, 2, 4
    space = Space(3)
    counts = space.counts({a: 40, b: 30, c: 20, a | b: 6})

    def verdict(*pairs: int) -> tuple[bool, bool]:
        found = fit(space, counts, space.model(list(pairs)))
        return bool(found.exists[0]), bool(found.identified[0])

    for fine in [(), (a | c,), (b | c,), (a | c, b | c)]:
        assert verdict(*fine) == (True, True), fine
    for infinite in [(a | b,), (a | b, a | c), (a | b, b | c)]:
        assert verdict(*infinite)[0] is False, infinite
    assert verdict(a | b, a | c, b | c)[1] is False


def test_bca_without_bias_and_acceleration_is_the_percentile_interval() -> None:
    import numpy as np

    estimates = np.arange(1, 1000, dtype=float)
    low, high = bca(estimates, 500.0, 0.0, [0.025, 0.975])
    assert low == pytest.approx(25, abs=1.5)
    assert high == pytest.approx(975, abs=1.5)


def test_the_acceleration_of_a_mean_is_its_skewness_over_six_root_n() -> None:
    """Efron 1987: for the mean of n values the acceleration is the sample skewness divided by 6 sqrt(n)."""
    import numpy as np

    values, cases = np.array([1.0, 2.0, 10.0]), np.array([5.0, 3.0, 2.0])
    total, n = float((values * cases).sum()), float(cases.sum())
    left_out = (total - values) / (n - 1)
    apart = values - total / n
    skewness = (cases * apart**3).sum() / n / ((cases * apart**2).sum() / n) ** 1.5
    assert acceleration(left_out, cases) == pytest.approx(skewness / (6 * math.sqrt(n)))


def test_one_case_is_left_out_of_each_pattern_seen() -> None:
    import numpy as np

    tables, cases = one_left_out(np.array([3.0, 0.0, 2.0]))
    assert tables.tolist() == [[2, 0, 2], [3, 0, 1]]
    assert cases.tolist() == [3, 2]
