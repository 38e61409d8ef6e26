"""How many cases stand on no list: multiple systems estimation, with what the lists cannot support said aloud."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from palermo.evidence.capture_lists import CaptureLists, UnusableLists

if TYPE_CHECKING:
    from palermo.evidence.loglinear import Bools, Fits, Floats, Space

Method = Literal["main", "stepwise", "aic", "bic", "model"]
THRESHOLDS = {"stepwise": 0.02, "aic": 0.05}
"""The published thresholds."""
LEVELS = (0.8, 0.95)
AMONG = 50
"""Among how many models, the best by BIC for the lists as they are, a resample chooses by BIC."""
_SHOWN = 10
_FEW_SHARED = 20
_WIDE = 3.0
_NEAR = 6.0
"""Up to which difference in BIC a model still competes."""


class Interval(msgspec.Struct, frozen=True):
    """An interval for all cases. `high` is absent where nothing bounds it.

    `bca`: bootstrap, the model chosen anew in every resample; `profile`: multinomial profile likelihood, which takes
    the chosen model as certain.
    """

    kind: Literal["bca", "profile"]
    level: float
    low: float
    high: float | None


class Parameter(msgspec.Struct, frozen=True):
    """A term of the model, `LA*NG`, with its estimate and standard error; absent where it is minus infinity."""

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

    `estimate` is that of the Poisson model, `multinomial` the maximum of the profile likelihood, a little lower.
    `interactions` are the two-list and higher terms of the model. `bic` counts parameters at minus infinity and takes
    the observed cases as its number.
    """

    method: Method
    threshold: float | None
    lists: tuple[ListSize, ...]
    observed: int
    shared: int
    interactions: tuple[str, ...]
    estimate: float
    unseen: float
    multinomial: float
    intervals: tuple[Interval, ...]
    parameters: tuple[Parameter, ...]
    deviance: float
    degrees: int
    aic: float
    bic: float
    patterns: tuple[Pattern, ...]
    competitors: tuple[Competitor, ...]
    all_models: bool | None
    bootstrap: Bootstrap | None
    warnings: tuple[Caveat, ...]

    def interval(self, kind: str = "bca", level: float = 0.95) -> Interval | None:
        """The interval of a kind and a level, if it was made."""
        return next((i for i in self.intervals if (i.kind, i.level) == (kind, level)), None)


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
    bootstrap: int = 1000,
    seed: int = 1,
) -> HiddenPopulation:
    """Estimate how many cases there are, seen and unseen, from lists of known cases.

    `method`: `main` for independent lists; `stepwise` by the Poisson tail of overlaps; `aic` stepwise by AIC; `bic`
    over hierarchical models up to `order`; `model` for one given by its `interactions`, such as `LA*NG`. `threshold` is
    the p-value below which a stepwise method takes in an interaction. `bootstrap` is how many resamples are drawn.

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
    if threshold is not None and (method not in THRESHOLDS or not 0 <= threshold <= 1):
        raise UnusableLists(f"a threshold lies between 0 and 1 and goes with {' or '.join(THRESHOLDS)}")
    threshold = THRESHOLDS.get(method) if threshold is None else threshold
    if method == "model":
        order = max([2, *(i.bit_count() for i in given)])
    space = Space(len(lists.names), order if method in {"bic", "model"} else 2)
    counts = space.counts(lists.cases)
    choice = _choice(space, counts, method, threshold, given)
    fitted = fit(space, counts, choice.choose(counts[None]))
    if not fitted.usable[0]:
        raise UnusableLists(_no_estimate(lists, fitted))
    point = float(fitted.population[0])
    resampling: Bootstrap | None = None
    intervals: list[Interval] = []
    estimates = np.zeros(0)
    if bootstrap:
        resampling, intervals, estimates = _bootstrapped(lists, space, counts, point, choice, bootstrap, seed)
    multinomial, profiled = _profiled(space, counts, fitted.active[0])
    found = HiddenPopulation(
        method,
        threshold,
        tuple(ListSize(n, lists.overlap(1 << i), lists.cases.get(1 << i, 0)) for i, n in enumerate(lists.names)),
        lists.observed,
        sum(count for seen, count in lists.cases.items() if seen.bit_count() > 1),
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
        _patterns(lists, space, fitted),
        _competitors(lists, space, choice.competitors),
        choice.every,
        resampling,
        (),
    )
    ends = (float(estimates.min()), float(estimates.max())) if bootstrap else None
    return msgspec.structs.replace(found, warnings=tuple(_warnings(lists, found, ends)))


def _choice(space: Space, counts: Floats, method: Method, threshold: float | None, given: tuple[int, ...]) -> _Choice:
    import numpy as np

    from palermo.evidence import model_choice

    if method in {"main", "model"}:
        model = space.model(list(given))
        return _Choice(lambda tables: np.tile(model, (len(tables), 1)), None, None)
    if method == "bic":
        fits, every = model_choice.models_by_bic(space, counts)
        among = fits.active[fits.usable][:AMONG]
        if not len(among):
            among = space.main_effects[None]
        return _Choice(partial(model_choice.best_by_bic, space, models=among), fits, every)
    stepwise = model_choice.stepwise_by_tail if method == "stepwise" else model_choice.stepwise_by_aic
    assert threshold is not None
    return _Choice(partial(stepwise, space, threshold=threshold), None, None)


def _bootstrapped(
    lists: CaptureLists, space: Space, counts: Floats, point: float, choice: _Choice, number: int, seed: int
) -> tuple[Bootstrap, list[Interval], Floats]:
    import numpy as np

    from palermo.evidence.intervals import acceleration, bca, one_left_out, resampled
    from palermo.evidence.loglinear import fit

    tables = resampled(counts, number, seed)
    models = choice.choose(tables)
    estimates = fit(space, tables, models).population
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


def _patterns(lists: CaptureLists, space: Space, fitted: Fits) -> tuple[Pattern, ...]:
    rows = [
        (int(cell), int(seen), float(mean))
        for cell, seen, mean in zip(space.cells, fitted.counts[0], fitted.means[0], strict=True)
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


def _warnings(lists: CaptureLists, found: HiddenPopulation, ends: tuple[float, float] | None) -> list[Caveat]:
    said: list[Caveat] = []

    def warn(kind: str, text: str) -> None:
        said.append(Caveat(kind, text))

    filled = [i for i, size in enumerate(found.lists) if size.cases]
    if empty := [size.name for size in found.lists if not size.cases]:
        warn("empty-list", f"Nobody stands on {', '.join(empty)}: it tells nothing.")
    apart = [(a, b) for a, b in combinations(filled, 2) if not lists.overlap(1 << a | 1 << b)]
    if apart:
        named = ", ".join(lists.label(1 << a | 1 << b) for a, b in apart)
        warn(
            "no-overlap",
            f"No case stands on both lists of {len(apart)} of {len(filled) * (len(filled) - 1) // 2} pairs ({named}). "
            "Chance, or two lists that exclude each other: the figures alone cannot tell.",
        )
    for a, b in ((a, b) for a in filled for b in filled if a != b):
        if lists.overlap(1 << a) == lists.overlap(1 << a | 1 << b):
            warn(
                "nested",
                f"Every case on {lists.names[a]} stands on {lists.names[b]} too. If one list is made from the other, "
                "they are one list: leave one out.",
            )
    if found.shared < _FEW_SHARED:
        warn("few-shared", f"Only {found.shared} cases stand on more than one list; the whole estimate rests on them.")
    if len(filled) < 3:
        warn("two-lists", "With two lists their independence is assumed; nothing in the figures can show otherwise.")
    elif not _all_pairs_possible(lists):
        warn(
            "not-all-pairs",
            "The model with every two-list interaction has no estimate for these lists, so dependence between lists "
            "cannot be judged in full.",
        )
    near = [other.estimate for other in found.competitors if other.bic - found.competitors[0].bic < _NEAR]
    if near and max(near) > 1.5 * min(near):
        warn(
            "models-disagree",
            f"Models that fit nearly as well (BIC within {_NEAR:.0f}) give from {min(near):,.0f} to {max(near):,.0f}.",
        )
    wide = found.interval() or found.interval("profile")
    if wide and (wide.high is None or wide.high > _WIDE * wide.low):
        warn("wide", "The 95 % interval is so wide that the figure says little more than an order of magnitude.")
    if found.bootstrap and ends:
        _warn_of_bootstrap(found, found.bootstrap, ends, warn)
    return said


def _warn_of_bootstrap(
    found: HiddenPopulation, bootstrap: Bootstrap, ends: tuple[float, float], warn: Callable[[str, str], None]
) -> None:
    if bootstrap.without_estimate:
        warn(
            "resamples-without-estimate",
            f"{bootstrap.without_estimate} of {bootstrap.resamples} resamples have no finite estimate.",
        )
    share = {chosen.interactions: chosen.share for chosen in bootstrap.models}.get(found.interactions, 0.0)
    if share < 0.5 and found.method not in {"main", "model"}:
        warn("unstable-choice", f"Only {share:.0%} of resamples choose this model; the choice of a model is uncertain.")
    bca = [i for i in found.intervals if i.kind == "bca"]
    if any(i.low <= ends[0] or i.high is None or i.high >= ends[1] for i in bca):
        warn(
            "end-of-resamples",
            "An end of a bootstrap interval is the outermost of all resamples, so it moves with the seed.",
        )


def _all_pairs_possible(lists: CaptureLists) -> bool:
    from palermo.evidence.loglinear import Space, fit

    space = Space(len(lists.names))
    return bool(fit(space, space.counts(lists.cases), space.sizes <= 2).usable[0])
