"""How many cases stand on no list: multiple systems estimation, with what the lists cannot support said aloud."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import permutations
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from palermo.evidence.capture_lists import CaptureLists, UnusableLists

if TYPE_CHECKING:
    from palermo.evidence.loglinear import Bools, Fits, Floats, Space
    from palermo.evidence.model_choice import Search

Method = Literal["main", "stepwise", "aic", "bic", "model", "bayes"]
THRESHOLDS = {"stepwise": 0.02, "aic": 0.05, "bayes": 2.0}
"""The published thresholds: p-values of a step, and posterior standard deviations."""
LEVELS = (0.8, 0.95)
AMONG = 50
"""Among how many models, the best by BIC for the lists as they are, a resample chooses by BIC."""
_SHOWN = 10
_TOLD = 100
"""After how many resamples it is told how far they are."""
_CLOSE = 0.05
"""How near to the threshold, as a share of it, an interaction hangs in the balance."""


class Interval(msgspec.Struct, frozen=True):
    """An interval for all cases. `high` is absent where nothing bounds it.

    `bca`: bootstrap, the model chosen anew in every resample; `profile`: multinomial profile likelihood, and
    `posterior`: Bayesian, both of which take the chosen model as certain.
    """

    kind: Literal["bca", "profile", "posterior"]
    level: float
    low: float
    high: float | None


class Parameter(msgspec.Struct, frozen=True):
    """A term of the model, `LA*NG`, with its estimate and standard error; absent where it is minus infinity.

    By `bayes` they are the posterior mean and standard deviation.
    """

    term: str
    estimate: float | None
    error: float | None


class Pattern(msgspec.Struct, frozen=True):
    """Cases on exactly these lists: how many were seen, and how many the model expects."""

    lists: tuple[str, ...]
    seen: int
    expected: float


class Competitor(msgspec.Struct, frozen=True):
    """Another model, by its interactions, with its estimate of all cases and its BIC."""

    interactions: tuple[str, ...]
    estimate: float
    bic: float


class Chosen(msgspec.Struct, frozen=True):
    """A model with the share of resamples that chose it."""

    interactions: tuple[str, ...]
    share: float


class Bootstrap(msgspec.Struct, frozen=True):
    """How the bootstrap went. `without_estimate`: resamples for which no estimate exists, counted as unbounded."""

    resamples: int
    seed: int
    acceleration: float
    below: float
    without_estimate: int
    models: tuple[Chosen, ...]


class Strength(msgspec.Struct, frozen=True):
    """How many posterior standard deviations an interaction is away from zero; absent where it is minus infinity.

    `otherwise` is the estimate if the choice had fallen the other way, where it hung in the balance.
    """

    term: str
    deviations: float | None
    retained: bool
    otherwise: float | None = None


class Posterior(msgspec.Struct, frozen=True):
    """How thresholding went.

    `prior_variance` is that of interactions, absent for a flat prior; `effective` is how many draws of equal weight the
    draws are worth.
    """

    prior_variance: float | None
    seed: int
    effective: float
    strengths: tuple[Strength, ...]


class ListSize(msgspec.Struct, frozen=True):
    """A list, how many cases stand on it and how many of them on no other."""

    name: str
    cases: int
    alone: int


class Caveat(msgspec.Struct, frozen=True):
    """What the lists cannot support."""

    kind: str
    text: str


class HiddenPopulation(msgspec.Struct, frozen=True):
    """An estimate of all cases, seen and unseen.

    `estimate` is that of the Poisson model, by `bayes` the median of the posterior; `multinomial` is the maximum of the
    profile likelihood, a little lower. `interactions` are the two-list and higher terms of the model. `bic` counts
    parameters at minus infinity and takes the observed cases as its number. `multinomial`, `deviance`, `degrees`, `aic`
    and `bic` are figures of a likelihood at its maximum, which `bayes` has none of.
    """

    method: Method
    threshold: float | None
    lists: tuple[ListSize, ...]
    observed: int
    shared: int
    interactions: tuple[str, ...]
    estimate: float
    unseen: float
    multinomial: float | None
    intervals: tuple[Interval, ...]
    parameters: tuple[Parameter, ...]
    deviance: float | None
    degrees: int | None
    aic: float | None
    bic: float | None
    patterns: tuple[Pattern, ...]
    competitors: tuple[Competitor, ...]
    all_models: bool | None
    bootstrap: Bootstrap | None
    posterior: Posterior | None
    warnings: tuple[Caveat, ...]

    def interval(self, kind: str = "bca", level: float = 0.95) -> Interval | None:
        """The interval of a kind and a level, if it was made."""
        return next((i for i in self.intervals if (i.kind, i.level) == (kind, level)), None)

    @property
    def main_interval(self) -> Interval:
        """The 95 % interval that says most: with the choice of a model in it, if one was made so."""
        found = next(i for kind in ("bca", "posterior", "profile") if (i := self.interval(kind)))
        assert found is not None
        return found


class _Choice(NamedTuple):
    choose: Callable[[Floats], Bools]
    competitors: Fits | None
    every: bool | None


def estimate(
    lists: CaptureLists,
    method: Method = "stepwise",
    *,
    threshold: float | None = None,
    interactions: Sequence[str] = (),
    order: int = 2,
    search: Search = "auto",
    among: int = AMONG,
    prior_variance: float | None = 1.0,
    bootstrap: int = 1000,
    seed: int = 1,
    tell: Callable[[int], object] = lambda _: None,
) -> HiddenPopulation:
    """Estimate how many cases there are, seen and unseen, from lists of known cases.

    `method`: `main` for independent lists; `stepwise` by the Poisson tail of overlaps; `aic` stepwise by AIC; `bic`
    over hierarchical models up to `order`; `bayes` by thresholding a posterior; `model` for one given by its
    `interactions`, such as `LA*NG`. `threshold` is the p-value below which a stepwise method takes in an interaction,
    or how many posterior standard deviations away from zero `bayes` retains it. `order` is how many lists a term of
    `bic` or `bayes` may join. `search` is how `bic` finds models; `among` is how many of the best a resample chooses
    among, 0 for all (searching downhill, each resample goes its own way). `prior_variance` of interactions is for
    `bayes`, None for a flat prior. `bootstrap` is how many resamples are drawn, of which `tell` hears how many are
    done; `bayes` draws none.

    Raises UnusableLists where no estimate exists, and for interactions or an order that the lists do not have.
    """
    import numpy as np

    from palermo.evidence.loglinear import Space, fit

    if not lists.cases:
        raise UnusableLists("there are no cases on the lists")
    given = tuple(_interaction(lists, text) for text in interactions)
    if given and method != "model":
        raise UnusableLists(f"interactions are given only with the method model, not {method}")
    if not 1 < order <= max(2, len(lists.names) - 1):
        raise UnusableLists(f"an order between 2 and {max(2, len(lists.names) - 1)} is possible, not {order}")
    if threshold is not None and method not in THRESHOLDS:
        raise UnusableLists(f"a threshold goes with {' or '.join(THRESHOLDS)}, not with {method}")
    if threshold is not None and not 0 <= threshold <= (math.inf if method == "bayes" else 1):
        raise UnusableLists(f"a threshold of {method} is {'0 or more' if method == 'bayes' else 'between 0 and 1'}")
    threshold = THRESHOLDS.get(method) if threshold is None else threshold
    if method == "model":
        order = max([2, *(i.bit_count() for i in given)])
    space = Space(len(lists.names), order if method in {"bic", "model", "bayes"} else 2)
    counts = space.counts(lists.cases)
    if method == "bayes":
        assert threshold is not None
        return _by_bayes(lists, space, counts, threshold, prior_variance, seed)
    choice = _choice(space, counts, method, threshold, given, search, among)
    fitted = fit(space, counts, choice.choose(counts[None]))
    if not fitted.usable[0]:
        raise UnusableLists(_no_estimate(lists, fitted))
    point = float(fitted.population[0])
    resampling: Bootstrap | None = None
    intervals: list[Interval] = []
    estimates = np.zeros(0)
    if bootstrap:
        resampling, intervals, estimates = _bootstrapped(lists, space, counts, point, choice, bootstrap, seed, tell)
    multinomial, profiled = _profiled(space, counts, fitted.active[0])
    found = HiddenPopulation(
        method,
        threshold,
        _sizes(lists),
        lists.observed,
        _shared(lists),
        _words(lists, space, fitted.active[0]),
        point,
        point - lists.observed,
        multinomial,
        (*intervals, *profiled),
        _parameters(lists, space, fitted),
        max(0.0, float(fitted.deviance[0])),
        int((fitted.means[0] > 0).sum() - fitted.kept[0].sum()),
        _information(fitted, 2.0),
        _information(fitted, math.log(lists.observed)),
        _patterns(lists, space, fitted.counts[0], fitted.means[0]),
        _competitors(lists, space, choice.competitors),
        choice.every,
        resampling,
        None,
        (),
    )
    ends = (float(estimates.min()), float(estimates.max())) if bootstrap else None
    return _warned(lists, found, ends)


def _warned(lists: CaptureLists, found: HiddenPopulation, ends: tuple[float, float] | None = None) -> HiddenPopulation:
    from palermo.evidence.list_warnings import warnings_of

    return msgspec.structs.replace(found, warnings=tuple(warnings_of(lists, found, ends)))


def _sizes(lists: CaptureLists) -> tuple[ListSize, ...]:
    return tuple(ListSize(n, lists.overlap(1 << i), lists.cases.get(1 << i, 0)) for i, n in enumerate(lists.names))


def _by_bayes(
    lists: CaptureLists, space: Space, counts: Floats, threshold: float, variance: float | None, seed: int
) -> HiddenPopulation:
    import numpy as np

    from palermo.evidence.thresholding import NoPosterior, posterior, thresholded

    if variance is not None and not (math.isfinite(variance) and variance > 0):
        raise UnusableLists(f"a prior variance is a number above 0, or flat, not {variance:g}")
    try:
        found, strengths = thresholded(space, counts, threshold, variance, seed)
    except NoPosterior as error:
        raise UnusableLists(f"{error}; a prior variance such as 1 gives one") from None
    told = []
    for place in map(int, np.flatnonzero(~np.isnan(strengths))):
        otherwise = None
        # a term can be turned without others while the model has none around it
        if abs(strengths[place] - threshold) <= _CLOSE * threshold and not found.active[space.around(place)].any():
            turned = found.active.copy()
            turned[place] = not turned[place]
            otherwise = lists.observed + posterior(space, counts, turned, variance, seed).quantiles([0.5])[0]
        term = lists.label(int(space.terms[place]))
        told.append(Strength(term, _finite(float(strengths[place])), bool(found.active[place]), otherwise))
    ends = [end for level in LEVELS for end in ((1 - level) / 2, (1 + level) / 2)]
    middle, *at = (lists.observed + unseen for unseen in found.quantiles([0.5, *ends]))
    parameters = tuple(
        Parameter(lists.label(int(term)) or "on no list", _number(mean), _number(deviation))
        for term, active, mean, deviation in zip(space.terms, found.active, found.mean, found.deviation, strict=True)
        if active
    )
    return _warned(
        lists,
        HiddenPopulation(
            method="bayes",
            threshold=threshold,
            lists=_sizes(lists),
            observed=lists.observed,
            shared=_shared(lists),
            interactions=_words(lists, space, found.active),
            estimate=middle,
            unseen=middle - lists.observed,
            multinomial=None,
            intervals=tuple(Interval("posterior", level, at[2 * i], at[2 * i + 1]) for i, level in enumerate(LEVELS)),
            parameters=parameters,
            deviance=None,
            degrees=None,
            aic=None,
            bic=None,
            patterns=_patterns(lists, space, counts, found.means),
            competitors=(),
            all_models=None,
            bootstrap=None,
            posterior=Posterior(variance, seed, found.effective, tuple(told)),
            warnings=(),
        ),
    )


def _shared(lists: CaptureLists) -> int:
    return sum(count for seen, count in lists.cases.items() if seen.bit_count() > 1)


def _choice(
    space: Space,
    counts: Floats,
    method: Method,
    threshold: float | None,
    given: tuple[int, ...],
    search: Search,
    among: int,
) -> _Choice:
    import numpy as np

    from palermo.evidence import model_choice

    if method in {"main", "model"}:
        model = space.model(list(given))
        return _Choice(lambda tables: np.tile(model, (len(tables), 1)), None, None)
    if method == "bic":
        try:
            fits, every = model_choice.models_by_bic(space, counts, search)
        except model_choice.TooManyModels as error:
            raise UnusableLists(f"{error}; search downhill, or take fewer lists") from None
        if not every:
            return _Choice(partial(model_choice.downhill_by_bic, space), fits, False)
        best = fits.active[fits.usable][: among or None]
        models = best if len(best) else space.main_effects[None]
        return _Choice(partial(model_choice.best_by_bic, space, models=models), fits, True)
    stepwise = model_choice.stepwise_by_tail if method == "stepwise" else model_choice.stepwise_by_aic
    assert threshold is not None
    return _Choice(partial(stepwise, space, threshold=threshold), None, None)


def _bootstrapped(
    lists: CaptureLists,
    space: Space,
    counts: Floats,
    point: float,
    choice: _Choice,
    number: int,
    seed: int,
    tell: Callable[[int], object],
) -> tuple[Bootstrap, list[Interval], Floats]:
    import numpy as np

    from palermo.evidence.intervals import acceleration, bca, one_left_out, resampled
    from palermo.evidence.loglinear import fit

    tables = resampled(counts, number, seed)
    models = np.zeros((number, len(space.terms)), dtype=np.bool_)
    estimates = np.zeros(number)
    for start in range(0, number, _TOLD):
        part = slice(start, start + _TOLD)
        models[part] = choice.choose(tables[part])
        estimates[part] = fit(space, tables[part], models[part]).population
        tell(min(number, start + _TOLD))
    without, weights = one_left_out(counts)
    accelerated = acceleration(fit(space, without, choice.choose(without)).population, weights)
    levels = [end for level in LEVELS for end in ((1 - level) / 2, (1 + level) / 2)]
    ends = bca(estimates, point, accelerated, levels)
    intervals = [Interval("bca", level, ends[2 * i], _finite(ends[2 * i + 1])) for i, level in enumerate(LEVELS)]
    common = Counter(_words(lists, space, model) for model in models).most_common(_SHOWN)
    told = Bootstrap(
        number,
        seed,
        accelerated,
        float((estimates < point).mean()),
        int(np.isinf(estimates).sum()),
        tuple(Chosen(words, times / number) for words, times in common),
    )
    return told, intervals, estimates


def _profiled(space: Space, counts: Floats, model: Bools) -> tuple[float, list[Interval]]:
    from scipy.special import ndtri

    from palermo.evidence.intervals import profile

    drops = [float(ndtri((1 + level) / 2)) ** 2 / 2 for level in LEVELS]
    top, ends = profile(space.lists, space.order, counts, model, drops)
    return top, [
        Interval("profile", level, low, _finite(high)) for level, (low, high) in zip(LEVELS, ends, strict=True)
    ]


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _interaction(lists: CaptureLists, text: str) -> int:
    known = {name.casefold(): i for i, name in enumerate(lists.names)}
    parts = [part.strip().casefold() for part in text.split("*")]
    if unknown := [part for part in parts if part not in known]:
        raise UnusableLists(f"there is no list {unknown[0]!r} in {text!r}; the lists are {', '.join(lists.names)}")
    if len(set(parts)) < max(2, len(parts)):
        raise UnusableLists(
            f"expected an interaction of different lists such as {'*'.join(lists.names[:2])}, not {text!r}"
        )
    return sum(1 << known[part] for part in parts)


def _no_estimate(lists: CaptureLists, fitted: Fits) -> str:
    if all(seen.bit_count() == 1 for seen in lists.cases):
        return "no case stands on two lists, so nothing tells how many stand on none"
    if not fitted.identified[0]:
        return "the cases seen cannot tell the parameters of this model apart, so it gives no estimate"
    nested = [
        f"{lists.names[a]} lies within {lists.names[b]}"
        for a, b in permutations(range(len(lists.names)), 2)
        if lists.overlap(1 << a) == lists.overlap(1 << a | 1 << b)
    ]
    return f"no finite estimate exists for this model and these lists{f': {nested[0]}' if nested else ''}"


def _words(lists: CaptureLists, space: Space, model: Bools) -> tuple[str, ...]:
    return tuple(lists.label(int(term)) for term in space.terms[model & (space.sizes > 1)])


def _parameters(lists: CaptureLists, space: Space, fitted: Fits) -> tuple[Parameter, ...]:
    from palermo.evidence.model_choice import standard_errors

    errors = standard_errors(space, fitted)[0]
    told = []
    for place, term in enumerate(space.terms):
        if fitted.active[0, place]:
            kept = bool(fitted.kept[0, place])
            value, error = (float(fitted.parameters[0, place]), float(errors[place])) if kept else (None, None)
            told.append(Parameter(lists.label(int(term)) or "on no list", value, error))
    return tuple(told)


def _patterns(lists: CaptureLists, space: Space, counts: Floats, means: Floats) -> tuple[Pattern, ...]:
    rows = [
        (int(cell), int(seen), float(mean))
        for cell, seen, mean in zip(space.cells, counts, means, strict=True)
        if seen or mean >= 0.5
    ]
    return tuple(
        Pattern(tuple(n for i, n in enumerate(lists.names) if cell >> i & 1), seen, mean)
        for cell, seen, mean in sorted(rows, key=lambda row: (row[0].bit_count(), row[0]))
    )


def _information(fitted: Fits, penalty: float, row: int = 0) -> float:
    from scipy.special import gammaln, xlogy

    counts, means = fitted.counts[row], fitted.means[row]
    likelihood = float((xlogy(counts, means) - means - gammaln(counts + 1)).sum())
    return -2 * likelihood + penalty * float(fitted.active[row].sum())


def _competitors(lists: CaptureLists, space: Space, fits: Fits | None) -> tuple[Competitor, ...]:
    if fits is None:
        return ()
    return tuple(
        Competitor(
            _words(lists, space, fits.active[row]),
            float(fits.population[row]),
            _information(fits, math.log(lists.observed), row),
        )
        for row in range(min(_SHOWN, int(fits.usable.sum())))
    )
