"""Bayesian thresholding of list interactions (B. W. Silverman, J. R. Statist. Soc. A 183 (2020) 691-736, section 6).

The posterior of a model with all two-list interactions is taken; interactions whose mean is less than a threshold of
posterior standard deviations away from zero are dropped; the posterior of the model that is left is the answer. Terms
of more lists follow in the same way where all terms within them were retained.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from palermo.evidence.loglinear import Bools, Floats, Space, fit

MAIN_VARIANCE = 1e4
"""Of the normal prior on the intercept and the main effects: flat for all that counts can tell."""
_DRAWS = 100_000
_CHUNK = 10_000
_FREEDOM = 8
"""Of the multivariate t from which draws are proposed: its tails are heavier than the posterior's."""
_WIDER = 1.2


class NoPosterior(ValueError):
    """Under flat priors the posterior of this model cannot be normalised."""


@dataclass(frozen=True)
class Posterior:
    """The posterior of one model, as weighted draws.

    `active`: its terms; `kept`: those that have a distribution, the others being at minus infinity; `mean` and
    `deviation` of each parameter, nan for terms that have none; `means`: posterior mean of the count of each pattern;
    `unseen`: draws of the mean number of cases on no list, with their `weights`, which sum to 1; `effective`: how many
    draws of equal weight they are worth.
    """

    active: Bools
    kept: Bools
    mean: Floats
    deviation: Floats
    means: Floats
    unseen: Floats
    weights: Floats
    effective: float

    @property
    def strengths(self) -> Floats:
        """How many posterior standard deviations each mean is away from zero; infinity for terms at minus infinity."""
        with np.errstate(invalid="ignore"):
            return np.where(self.active & ~self.kept, np.inf, np.abs(self.mean) / self.deviation)

    def quantiles(self, at: list[float]) -> list[float]:
        """Quantiles of the number of cases on no list."""
        found = np.quantile(self.unseen, at, weights=self.weights, method="inverted_cdf")
        return [float(value) for value in found]


def thresholded(
    space: Space, counts: Floats, threshold: float, variance: float | None, seed: int
) -> tuple[Posterior, Floats]:
    """The posterior of the model that thresholding leaves, and by terms how strong each one tried was (nan: not tried).

    `variance` is that of the normal prior on each interaction; None for a flat prior. Raises NoPosterior.
    """
    model = space.main_effects
    strengths = np.full(len(model), np.nan)
    found: Posterior | None = None
    for size in range(2, space.order + 1):
        eligible = np.array([space.sizes[t] == size and model[space.within(t)].all() for t in range(len(model))])
        if not eligible.any():
            break
        found = posterior(space, counts, model | eligible, variance, seed)
        strengths[eligible] = found.strengths[eligible]
        model = model | (eligible & (found.strengths >= threshold))
    if found is None or (found.active != model).any():
        found = posterior(space, counts, model, variance, seed)
    return found, strengths


def posterior(space: Space, counts: Floats, active: Bools, variance: float | None, seed: int) -> Posterior:
    """The posterior of one model of a table of Poisson counts, by importance sampling.

    Draws come from a multivariate t around the top of the posterior, then once more from one around the mean that these
    give. The log-density is concave and nearly a parabola, so few draws are lost; `effective` says how many.

    Under flat priors a term whose lists share no case is at minus infinity, and the posterior exists where the extended
    maximum likelihood estimate does (J. J. Forster, Statistical Methodology 7 (2010)); else NoPosterior is raised.
    """
    if variance is None:
        fitted = fit(space, counts, active)
        if not fitted.usable[0]:
            raise NoPosterior("under flat priors this model has no posterior for these lists")
        kept, left = fitted.kept[0], fitted.means[0] > 0
        precision = np.zeros(int(kept.sum()))
    else:
        kept, left = active, np.ones(len(counts), dtype=np.bool_)
        precision = np.where(space.sizes[kept] > 1, 1 / variance, 1 / MAIN_VARIANCE)
    x = space.design[left][:, kept]
    target = counts[left] @ x
    random = np.random.default_rng(seed)
    centre, spread = _laplace(x, target, precision, int((space.sizes[kept] == 1).sum()))
    draws, weights = _weighted(x, target, precision, centre, spread, _DRAWS // 5, random)
    centre = weights @ draws
    draws, weights = _weighted(
        x, target, precision, centre, (draws - centre).T * weights @ (draws - centre), _DRAWS, random
    )
    mean, deviation = np.full(len(active), np.nan), np.full(len(active), np.nan)
    mean[kept] = weights @ draws
    deviation[kept] = np.sqrt(weights @ (draws - mean[kept]) ** 2)
    means = np.zeros(len(counts))
    for start in range(0, _DRAWS, _CHUNK):
        part = slice(start, start + _CHUNK)
        means[left] += weights[part] @ np.exp(draws[part] @ x.T)
    return Posterior(active, kept, mean, deviation, means, np.exp(draws[:, 0]), weights, float(1 / (weights**2).sum()))


def _weighted(
    x: Floats,
    target: Floats,
    precision: Floats,
    centre: Floats,
    spread: Floats,
    number: int,
    random: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Draws of a multivariate t, and their weights by the posterior."""
    from scipy.stats import multivariate_t

    proposal = multivariate_t(centre, spread * _WIDER, df=_FREEDOM, seed=random)
    draws: Floats = proposal.rvs(number).reshape(number, -1)
    logs = draws @ target - (draws**2) @ precision / 2 - proposal.logpdf(draws)
    for start in range(0, number, _CHUNK):
        part = slice(start, start + _CHUNK)
        logs[part] -= np.exp(np.minimum(draws[part] @ x.T, 300.0)).sum(1)
    weights: Floats = np.exp(logs - logs.max())
    return draws, weights / weights.sum()


def _laplace(x: Floats, target: Floats, precision: Floats, lists: int) -> tuple[Floats, Floats]:
    """The top of a posterior and the inverse of its curvature there."""
    from scipy.optimize import minimize

    def below(at: Floats) -> float:
        return float(np.exp(np.minimum(x @ at, 300.0)).sum() - at @ target + (at**2) @ precision / 2)

    def slope(at: Floats) -> Floats:
        found: Floats = np.exp(np.minimum(x @ at, 300.0)) @ x - target + at * precision
        return found

    def curvature(at: Floats) -> Floats:
        found: Floats = x.T @ (np.exp(np.minimum(x @ at, 300.0))[:, None] * x) + np.diag(precision)
        return found

    # each list as rare as its cases say, if five times as many cases were there as are seen
    start = np.zeros(len(target))
    start[0] = np.log(target[0] * 5)
    start[1 : lists + 1] = np.log((target[1 : lists + 1] + 0.5) / (target[0] * 5))
    found = minimize(below, start, jac=slope, hess=curvature, method="trust-exact", options={"maxiter": 500})
    spread: Floats = np.linalg.inv(curvature(found.x)).astype(np.float64)
    return found.x, spread
