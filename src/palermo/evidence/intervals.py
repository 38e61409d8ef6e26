"""Intervals for a population: bootstrap with the model chosen anew each time, and profile likelihood of one model."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from palermo.evidence.loglinear import Bools, Floats, Space, fit

_FARTHEST = 1e6
"""At how many times the estimate the search for an upper end is given up."""


def resampled(counts: Floats, number: int, seed: int) -> Floats:
    """Tables of as many cases as there are, drawn with replacement from the cases."""
    total = round(float(counts.sum()))
    return np.random.default_rng(seed).multinomial(total, counts / total, size=number).astype(np.float64)


def one_left_out(counts: Floats) -> tuple[Floats, Floats]:
    """For each pattern that was seen the table without one of its cases, and how many cases it stands for."""
    seen = np.flatnonzero(counts)
    tables = np.tile(counts, (len(seen), 1))
    tables[np.arange(len(seen)), seen] -= 1
    return tables, counts[seen]


def acceleration(estimates: Floats, cases: Floats) -> float:
    """The acceleration of a BCa interval from estimates with one case left out, each standing for so many cases.

    0 where an estimate is not finite.
    """
    if not np.isfinite(estimates).all():
        return 0.0
    apart = float((cases * estimates).sum() / cases.sum()) - estimates
    spread = float((cases * apart**2).sum())
    return float((cases * apart**3).sum() / (6 * spread**1.5)) if spread > 0 else 0.0


def bca(estimates: Floats, point: float, accelerated: float, levels: Sequence[float]) -> list[float]:
    """The ends of bias-corrected and accelerated intervals at cumulative levels (B. Efron, JASA 82, 1987)."""
    from scipy.special import ndtr, ndtri

    below = float(np.clip((estimates < point).mean(), 0.5 / len(estimates), 1 - 0.5 / len(estimates)))
    bias = float(ndtri(below))
    shifted = bias + ndtri(np.array(levels))
    divisor = 1 - accelerated * shifted
    # beyond this pole the correction has no meaning: the outermost estimate is taken
    at = np.where(divisor > 0, ndtr(bias + shifted / np.where(divisor > 0, divisor, 1.0)), shifted > 0)
    with np.errstate(invalid="ignore"):
        ends = np.quantile(estimates, np.clip(at, 0, 1), method="median_unbiased")
    return [math.inf if math.isnan(end) else float(end) for end in ends]


def profile(
    lists: int, order: int, counts: Floats, model: Bools, drops: Sequence[float]
) -> tuple[float, list[tuple[float, float]]]:
    """The multinomial profile likelihood of a population under one model: its maximum, and where it falls by `drops`.

    The cases are a multinomial sample of the population (R. M. Cormack, Biometrics 48, 1992; the figure that Rcapture's
    closedpCI.t gives). A drop is half the quantile of chi-squared. An end is infinite where the likelihood does not
    fall that far.
    """
    from scipy.optimize import brentq, minimize_scalar
    from scipy.special import gammaln, xlogy

    space = Space(lists, order, unseen=True)
    seen = float(counts.sum())
    plain = fit(Space(lists, order), counts, model)
    poisson = float(plain.unseen[0])

    def likelihood(unseen: float) -> float:
        total = seen + unseen
        table = np.concatenate([[unseen], counts])
        deviance = float(fit(space, table, model).deviance[0])
        correction = gammaln(total + 1) - xlogy(total, total) + xlogy(unseen, unseen) - gammaln(unseen + 1)
        return float(correction) - deviance / 2

    top = minimize_scalar(
        lambda x: -likelihood(x), bounds=(0.0, 2 * poisson + 1), method="bounded", options={"xatol": 1e-4}
    )
    peak, height = float(top.x), -float(top.fun)

    def end(drop: float, outward: Callable[[float], float]) -> float:
        def fallen(unseen: float) -> float:
            return likelihood(unseen) - height + drop

        far = outward(peak)
        while fallen(far) > 0:
            if far == 0.0:
                return 0.0
            if far > _FARTHEST * (peak + 1):
                return math.inf
            far = outward(far)
        return float(brentq(fallen, min(peak, far), max(peak, far), xtol=1e-3))

    ends = [
        (seen + end(drop, lambda x: x / 2 if x > 1e-3 else 0.0), seen + end(drop, lambda x: 2 * x + 1))
        for drop in drops
    ]
    return seen + peak, ends
