"""How a log-linear model of lists is chosen, for many tables at once.

`stepwise_by_tail`: L. Chan, B. W. Silverman and K. Vincent, "Multiple Systems Estimation for Sparse Capture Data",
JASA 116 (2021). `stepwise_by_aic`: K. Bales, O. Hesketh and B. Silverman, "Modern Slavery in the UK: How many
victims?", Significance 12 (2015). `best_by_bic`: B. W. Silverman, L. Chan and K. Vincent, "Bootstrapping multiple
systems estimates to account for model selection", Statistics and Computing 34 (2024).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from typing import Literal

import numpy as np

from palermo.evidence.loglinear import Bools, Fits, Floats, Space, fit

Search = Literal["auto", "all", "downhill"]
MOST_MODELS = 8000
"""Up to how many hierarchical models all are tried unasked; beyond, the search goes downhill from main effects."""
MOST_ASKED = 100_000
"""Up to how many all are tried if that is asked for."""


class TooManyModels(ValueError):
    """All models are asked for, and they are too many to be fitted."""


def stepwise_by_tail(space: Space, counts: Floats, threshold: float) -> Bools:
    """Models grown from main effects by the two-list interaction of least likely overlap, while below a threshold.

    The probability is the smaller Poisson tail of the number of cases that two lists share, at the mean that the model
    so far gives it; both tails count the number itself. A term without which no estimate would exist, or that could not
    be told from others, is passed over.
    """
    from scipy.special import pdtr, pdtrc

    pairs = np.flatnonzero(space.sizes == 2)
    shared = counts @ space.design[:, pairs]
    active = np.tile(space.main_effects, (len(counts), 1))
    means = fit(space, counts, active).means
    growing = np.arange(len(counts))
    while len(growing):
        expected = means[growing] @ space.design[:, pairs]
        seen = shared[growing]
        above = np.where(seen > 0, pdtrc(np.maximum(seen - 1, 0), expected), 1.0)
        tail = np.minimum(pdtr(seen, expected), above)
        tail[active[growing][:, pairs]] = 1.0
        order = np.argsort(tail, axis=1, kind="stable")
        grown = np.zeros(len(growing), dtype=np.bool_)
        asking = np.arange(len(growing))
        for place in range(len(pairs)):
            candidate = order[asking, place]
            low = tail[asking, candidate] < threshold
            asking, candidate = asking[low], candidate[low]
            if not len(asking):
                break
            rows = growing[asking]
            tried = active[rows]
            tried[np.arange(len(rows)), pairs[candidate]] = True
            fits = fit(space, counts[rows], tried)
            good = fits.usable
            active[rows[good]] = tried[good]
            means[rows[good]] = fits.means[good]
            grown[asking[good]] = True
            asking = asking[~good]
        growing = growing[grown]
    return active


def stepwise_by_aic(space: Space, counts: Floats, threshold: float) -> Bools:
    """Models grown from main effects by the two-list interaction that lowers AIC most, while its Wald p-value is small.

    The search ends where no interaction lowers AIC, or where the p-value of the best one is above the threshold.
    """
    from scipy.special import erfc

    pairs = np.flatnonzero(space.sizes == 2)
    active = np.tile(space.main_effects, (len(counts), 1))
    criterion = fit(space, counts, active).criterion(2.0)
    growing = np.arange(len(counts))
    while len(growing):
        tried = np.repeat(active[growing], len(pairs), axis=0)
        places = np.tile(pairs, len(growing))
        known = tried[np.arange(len(tried)), places].copy()
        tried[np.arange(len(tried)), places] = True
        fits = fit(space, np.repeat(counts[growing], len(pairs), axis=0), tried)
        found = np.where(known, np.inf, fits.criterion(2.0)).reshape(len(growing), -1)
        best = found.argmin(1)
        rows = np.arange(len(growing)) * len(pairs) + best
        lower = found.min(1) < criterion[growing] - 1e-9
        chosen = fits.where(rows)
        z = np.abs(wald(space, chosen)[np.arange(len(rows)), pairs[best]])
        good = lower & (erfc(z / np.sqrt(2)) <= threshold)
        active[growing[good]] = chosen.active[good]
        criterion[growing[good]] = found.min(1)[good]
        growing = growing[good]
    return active


def wald(space: Space, fits: Fits) -> Floats:
    """Each parameter divided by its standard error; 0 where it is not finite."""
    errors = standard_errors(space, fits)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(fits.kept & (errors > 0), np.nan_to_num(fits.parameters, neginf=0.0) / errors, 0.0)


def standard_errors(space: Space, fits: Fits) -> Floats:
    """Standard errors from the information matrix; 0 for parameters that are not finite."""
    errors = np.zeros(fits.kept.shape)
    for row in np.flatnonzero(fits.usable):
        x = space.design[:, fits.kept[row]]
        errors[row, fits.kept[row]] = np.sqrt(np.diag(np.linalg.inv(x.T @ (fits.means[row][:, None] * x))))
    return errors


def hierarchical_models(space: Space) -> Iterator[Bools]:
    """Every hierarchical model with all main effects and terms up to the order of the space."""

    def grow(model: Bools, size: int) -> Iterator[Bools]:
        if size > space.order:
            yield model
            return
        able = [place for place in np.flatnonzero(space.sizes == size) if model[space.within(int(place))].all()]
        for count in range(len(able) + 1):
            for added in combinations(able, count):
                larger = model.copy()
                larger[list(added)] = True
                if count:
                    yield from grow(larger, size + 1)
                else:
                    yield larger

    yield from grow(space.main_effects, 2)


def models_by_bic(space: Space, counts: Floats, search: Search = "auto") -> tuple[Fits, bool]:
    """Fits of one table by hierarchical models, best BIC first, and whether these are all models there are.

    `all` fits all models up to the order of the space, `downhill` those that a downhill search meets; `auto` fits all
    if they are at most MOST_MODELS. Raises TooManyModels where all are asked for and they are more than MOST_ASKED.
    """
    penalty = float(np.log(counts.sum()))
    most = {"auto": MOST_MODELS, "all": MOST_ASKED, "downhill": 0}[search]
    if _number_of_models(space, most) <= most:
        return _ranked(fit(space, counts, np.array(list(hierarchical_models(space)))), penalty), True
    if search == "all":
        raise TooManyModels(f"there are more than {MOST_ASKED:,} models of {space.lists} lists")
    _, met = _descended(space, counts[None])
    return _ranked(fit(space, counts, np.unique(met, axis=0)), penalty), False


def downhill_by_bic(space: Space, counts: Floats) -> Bools:
    """For each table the model where a search by BIC ends that adds or takes one term at a time, from main effects."""
    return _descended(space, counts)[0]


def _descended(space: Space, counts: Floats) -> tuple[Bools, Bools]:
    """Where the searches end, one for each table, and all models they met."""
    penalty = np.log(counts.sum(1))
    at = np.tile(space.main_effects, (len(counts), 1))
    best = fit(space, counts, at).criterion(penalty)
    around: dict[bytes, Bools] = {}
    met = [at[:1].copy()]
    moving = np.arange(len(counts))
    while len(moving):
        for model in at[moving]:
            if model.tobytes() not in around:
                around[model.tobytes()] = np.array(list(_neighbours(space, model)))
        tried = [around[model.tobytes()] for model in at[moving]]
        sizes = np.array([len(models) for models in tried])
        models, owner = np.concatenate(tried), np.repeat(moving, sizes)
        met.append(models)
        found = fit(space, counts[owner], models).criterion(penalty[owner])
        starts = np.cumsum(sizes) - sizes
        least = np.minimum.reduceat(found, starts)
        lower = least < best[moving] - 1e-9
        for place in np.flatnonzero(lower):
            row = starts[place] + found[starts[place] : starts[place] + sizes[place]].argmin()
            at[moving[place]] = models[row]
        best[moving[lower]] = least[lower]
        moving = moving[lower]
    return at, np.concatenate(met)


def best_by_bic(space: Space, counts: Floats, models: Bools) -> Bools:
    """For each table the one of some models with the least BIC."""
    rows, number = len(counts), len(models)
    best = np.zeros((rows, models.shape[1]), dtype=np.bool_)
    size = max(1, 20_000 // number)
    for start in range(0, rows, size):
        part = counts[start : start + size]
        fits = fit(space, np.repeat(part, number, axis=0), np.tile(models, (len(part), 1)))
        penalty = np.repeat(np.log(part.sum(1)), number)
        best[start : start + size] = models[fits.criterion(penalty).reshape(len(part), number).argmin(1)]
    return best


def _ranked(fits: Fits, penalty: float) -> Fits:
    order = np.argsort(fits.criterion(penalty), kind="stable")
    return fits.where(order)


def _number_of_models(space: Space, most: int) -> int:
    """How many hierarchical models there are; counting stops beyond `most`."""
    pairs = int((space.sizes == 2).sum())
    if 1 << pairs > most:
        return 1 << pairs
    return sum(1 for _ in islice(hierarchical_models(space), most + 1))


def _neighbours(space: Space, model: Bools) -> Iterator[Bools]:
    for place in map(int, np.flatnonzero(space.sizes >= 2)):
        free = not model[space.around(place)].any() if model[place] else model[space.within(place)].all()
        if free:
            changed = model.copy()
            changed[place] = not model[place]
            yield changed
