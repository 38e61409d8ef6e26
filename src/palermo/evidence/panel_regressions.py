"""Panel regressions by pyfixest: two-way fixed effects, Gardner's two stages, and Sun and Abraham's cohorts.

All standard errors are clustered by State. Effects of years are columns of their own, those of States alone are
absorbed: that is exact in one pass, where absorbing both is iterated in an order that differs from run to run.
"""

from __future__ import annotations

import math
import warnings
from typing import Any, NamedTuple

import numpy as np

from palermo.evidence.impact_sample import NEVER, Floats, Sample


class Fitted(NamedTuple):
    """Coefficients with their covariance, and how many States (clusters) and figures they rest on."""

    names: tuple[str, ...]
    coefficients: Floats
    covariance: Floats
    states: int
    figures: int

    def combined(self, weights: Floats) -> tuple[float, float]:
        """A weighted sum of coefficients with its standard error."""
        variance = float(weights @ self.covariance @ weights)
        return float(weights @ self.coefficients), math.sqrt(max(0.0, variance))


def two_way_fixed_effects(sample: Sample) -> Fitted:
    """One coefficient for being under treatment beside effects of States and years: biased where effects differ."""
    return _fit(sample, {"under": sample.under.astype(np.float64)})


def two_stages(sample: Sample, columns: dict[str, Floats] | None = None) -> Fitted:
    """Gardner's two stages (did2s): effects of States and years from untreated figures, then the treated ones.

    `columns` part the treated cells, such as by years since treatment; without them there is one.
    """
    parts = {"under": sample.under.astype(np.float64)} if columns is None else columns
    data, years = _data(sample, parts)
    states = len(set(data["state"]))
    fit = _quietly(
        lambda fixest: fixest.did2s(
            data,
            yname="figure",
            first_stage=f"~ {' + '.join(years)} | state",
            second_stage=f"~ {' + '.join(parts)}",
            treatment="treated",
            cluster="state",
        )
    )
    return _fitted(fit, list(parts), states, len(data), states / (states - 1))


def cohorts(sample: Sample) -> tuple[Fitted, dict[str, tuple[int, int]], Sample] | None:
    """Sun and Abraham's saturated regression: a coefficient for every cohort and year but its last untreated one.

    The never treated are the controls; without them the last cohort is, up to its first treated year. A cohort that
    nobody saw in its last untreated year is left out. Returns the fit, of each coefficient its cohort and the years
    since treatment, and the sample used; None where no cohort is left.
    """
    sample = _with_reference(_with_controls(sample))
    first, years, seen = sample.first, sample.years, sample.seen
    columns: dict[str, Floats] = {}
    means: dict[str, tuple[int, int]] = {}
    for cohort in np.unique(first[first < NEVER]):
        ours = first == cohort
        for column, year in enumerate(years):
            cell = np.zeros(sample.figures.shape)
            cell[ours, column] = 1.0
            if year != cohort - 1 and (cell * seen).any():
                name = f"c{cohort}_{'m' if year < cohort else 'p'}{abs(year - cohort)}"
                columns[name], means[name] = cell, (int(cohort), int(year - cohort))
    return (_fit(sample, columns), means, sample) if columns else None


def leads(sample: Sample, number: int) -> Fitted | None:
    """Untreated figures alone, a coefficient for each of the last years before treatment: all are 0 if trends agree.

    None where there is no such year.
    """
    untreated = sample.shown(~sample.under)
    columns = {}
    for lead in range(1, number + 1):
        cell = (untreated.years[None, :] == untreated.first[:, None] - lead).astype(np.float64)
        rest = (untreated.years[None, :] < untreated.first[:, None] - number) & untreated.seen
        if (cell * untreated.seen).any() and rest[untreated.treated].any():
            columns[f"lead{lead}"] = cell
    return _fit(untreated, columns) if columns else None


def negative_weights(sample: Sample) -> float:
    """The share of treated figures that two-way fixed effects count with a negative weight."""
    from palermo.evidence.imputation import expected

    under = np.where(sample.seen, sample.under.astype(np.float64), 0.0)
    residual = under - expected(under, sample.seen)
    cells = sample.seen & sample.under
    return float((residual[cells] < 0).mean())


def _with_controls(sample: Sample) -> Sample:
    never = sample.first > sample.years[-1]
    if never.any():
        return sample.begun(np.where(never, NEVER, sample.first))
    last = sample.first.max()
    sample = sample.shown(np.broadcast_to(sample.years < last, sample.figures.shape))
    return sample.begun(np.where(sample.first == last, NEVER, sample.first))


def _with_reference(sample: Sample) -> Sample:
    last = sample.seen & (sample.years[None, :] == sample.first[:, None] - 1)
    known = set(sample.first[last.any(axis=1)].tolist()) | {NEVER}
    return sample.only(np.isin(sample.first, list(known)))


def _data(sample: Sample, columns: dict[str, Floats]) -> tuple[Any, list[str]]:
    """A row for each figure, and the names of the columns of years: all but the first that has a figure."""
    import pandas

    rows, at = np.nonzero(sample.seen)
    later = np.unique(at)[1:]
    data = pandas.DataFrame(
        {
            "state": [sample.states[row] for row in rows],
            "figure": sample.figures[rows, at],
            "treated": sample.under[rows, at],
            **{name: cells[rows, at] for name, cells in columns.items()},
            **{f"y{sample.years[year]}": (at == year).astype(np.float64) for year in later},
        }
    )
    return data, [f"y{sample.years[year]}" for year in later]


def _fit(sample: Sample, columns: dict[str, Floats]) -> Fitted:
    data, years = _data(sample, columns)
    formula = f"figure ~ {' + '.join([*columns, *years])} | state"
    fit = _quietly(lambda fixest: fixest.feols(formula, data, vcov={"CRV1": "state"}, fixef_rm="none"))
    return _fitted(fit, list(columns), len(set(data["state"])), len(data), 1.0)


def _fitted(fit: Any, wanted: list[str], states: int, figures: int, correction: float) -> Fitted:
    coefficients = _quietly(lambda _: fit.coef())
    names = list(map(str, coefficients.index))
    kept = [names.index(name) for name in wanted if name in names]
    covariance = np.atleast_2d(np.asarray(fit._vcov, dtype=np.float64))[np.ix_(kept, kept)] * correction
    values = coefficients.to_numpy(np.float64)[kept]
    return Fitted(tuple(names[i] for i in kept), values, covariance, states, figures)


def _quietly(work: Any) -> Any:
    """Run pyfixest without its warnings: deprecations of its libraries, and columns it drops as collinear."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyfixest

        return work(pyfixest)
