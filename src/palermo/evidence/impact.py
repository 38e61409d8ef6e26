"""Whether an outcome moved after a treatment that States came under in different years, and what can be said of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Literal

import msgspec
import numpy as np

from palermo.evidence.group_time import Averaged, GroupTimeEffects
from palermo.evidence.impact_sample import (
    NEVER,
    Bools,
    Floats,
    LeftOut,
    Sample,
    comparable,
    counted,
    outcome,
    usable,
)
from palermo.evidence.impact_study import Specification, Study, UnusableStudy
from palermo.evidence.survival import Survival, survivals

Estimator = Literal["two_stages", "not_yet", "never", "cohorts", "fixed_effects"]
SOUND: tuple[Estimator, ...] = ("two_stages", "not_yet", "never", "cohorts")
"""Estimators that hold where effects differ between cohorts and grow with time; the first carries the verdict."""
Verdict = Literal["higher", "lower", "not_told_apart", "not_comparable", "too_few", "estimators_differ"]
FEW_TREATED = 10
FEWEST_TREATED = 5
"""With fewer treated States standard errors clustered by State are no guide, and no verdict is given."""
NO_TREND = 0.05
_MANY_MISSING = 0.3


class Effect(msgspec.Struct, frozen=True):
    """An average effect on treated figures by one estimator, with its interval.

    `two_stages`: Gardner; `not_yet` and `never`: Callaway and Sant'Anna against States not yet or never treated;
    `cohorts`: Sun and Abraham; `fixed_effects`: the two-way regression, biased where effects differ.
    """

    estimator: Estimator
    estimate: float
    error: float
    low: float
    high: float
    treated: int
    states: int


class Moment(msgspec.Struct, frozen=True):
    """The effect so many years after the first treated year (before it where negative), resting on so many States."""

    estimator: Estimator
    years: int
    estimate: float
    low: float
    high: float
    treated: int


class TrendTest(msgspec.Struct, frozen=True):
    """Whether figures of States soon to be treated moved apart in the years before: a Wald test of all leads."""

    leads: int
    statistic: float
    p: float


class Placebo(msgspec.Struct, frozen=True):
    """The effect if dates had been so many years earlier, reckoned from figures before the treatment alone."""

    years_early: int
    estimate: float
    low: float
    high: float


class Permutation(msgspec.Struct, frozen=True):
    """How often dates handed out to States at random give an estimate as far from 0 as the real ones."""

    draws: int
    seed: int
    as_far: int
    p: float


class Without(msgspec.Struct, frozen=True):
    """The estimate with one State left out."""

    state: str
    estimate: float


class Variation(msgspec.Struct, frozen=True):
    """The effect under another reading of the figures, or on whether there is a figure at all."""

    kind: Literal["suppressed_low", "suppressed_high", "reported"]
    estimate: float
    low: float
    high: float
    treated: int


class InClass(msgspec.Struct, frozen=True):
    """The effect among the treated States of one class of a moderator."""

    moderator: str
    value: str
    treated: int
    estimate: float
    low: float
    high: float


class Difference(msgspec.Struct, frozen=True):
    """A Wald test that the effect is the same in all classes of a moderator."""

    moderator: str
    classes: int
    p: float


class Caveat(msgspec.Struct, frozen=True):
    """What the figures cannot support."""

    kind: str
    text: str


class Figures(msgspec.Struct, frozen=True):
    """What the estimates rest on: States by how they were treated, years, and figures by status."""

    treated: tuple[str, ...]
    controls: tuple[str, ...]
    first_year: int
    last_year: int
    used: int
    by_status: dict[str, int]
    left_out: tuple[LeftOut, ...]
    reported_before: float
    reported_after: float


class Impact(msgspec.Struct, frozen=True):
    """An answer: the verdict, the estimates it rests on, and every test that it was put to."""

    specification: Specification
    verdict: Verdict
    figures: Figures
    effects: tuple[Effect, ...]
    moments: tuple[Moment, ...]
    trend: TrendTest | None
    placebos: tuple[Placebo, ...]
    permutation: Permutation | None
    without: tuple[Without, ...]
    variations: tuple[Variation, ...]
    classes: tuple[InClass, ...]
    differences: tuple[Difference, ...]
    negative_weights: float
    survival: tuple[Survival, ...]
    warnings: tuple[Caveat, ...]

    @property
    def main(self) -> Effect:
        """The effect that carries the verdict."""
        return self.effects[0]


class _Scale:
    """Intervals at the level asked for, by Student's t with one degree less than there are States."""

    def __init__(self, level: float) -> None:
        self._level = level

    def ends(self, estimate: float, error: float, states: int) -> tuple[float, float]:
        from scipy.special import stdtrit

        half = float(stdtrit(max(1, states - 1), (1 + self._level) / 2)) * error
        return estimate - half, estimate + half


def steps_of(study: Study) -> int:
    """How many re-estimations an answer takes: for the dates permuted, and for each State left out."""
    return study.specification.permutations + len(usable(study)[0].states)


def estimate(study: Study, tell: Callable[[int], object] = lambda _: None) -> Impact:
    """The answer to a study. `tell` hears how many of `steps_of` are done.

    Raises UnusableStudy where the figures cannot give one.
    """
    asked = study.specification
    sample, left = usable(study)
    scale = _Scale(asked.level)
    effects = effects_of(sample, asked.level)
    trend = _trend(sample, asked.leads)
    permutation = _permuted(sample, asked.permutations, asked.seed, tell)
    variations = tuple(_variations(study, scale))
    classes, differences = _by_class(study, sample, scale)
    found = Impact(
        asked,
        "not_told_apart",
        _figures(study, sample, left),
        effects,
        tuple(_moments(sample, asked, scale)),
        trend,
        tuple(_placebos(sample, asked.placebos, scale)),
        permutation,
        tuple(_one_left_out(sample, lambda done: tell(asked.permutations + done))),
        variations,
        classes,
        differences,
        _negative(sample),
        survivals(study),
        (),
    )
    found = msgspec.structs.replace(found, verdict=verdict_of(found))
    return msgspec.structs.replace(found, warnings=tuple(_warnings(found)))


def _after(sample: Sample) -> Bools:
    """States with a figure under treatment."""
    return np.asarray((sample.seen & sample.under).any(axis=1))


def effects_of(sample: Sample, level: float = 0.95) -> tuple[Effect, ...]:
    """The average effect on treated figures by every estimator that the sample allows, the main one first."""
    return tuple(_effects(sample, _Scale(level)))


def _effects(sample: Sample, scale: _Scale) -> Iterable[Effect]:
    from palermo.evidence.panel_regressions import two_stages, two_way_fixed_effects

    treated = int(_after(sample).sum())
    fit = two_stages(sample)
    number, error = fit.combined(np.ones(1))
    yield Effect("two_stages", number, error, *scale.ends(number, error, fit.states), treated, fit.states)
    for name, not_yet in (("not_yet", True), ("never", False)):
        found = GroupTimeEffects(sample, not_yet).overall()
        if found is not None:
            yield _averaged(name, found, scale)  # type: ignore[arg-type]
    if (yielded := _saturated(sample, None, scale)) is not None:
        yield yielded[0]
    plain = two_way_fixed_effects(sample)
    number, error = plain.combined(np.ones(1))
    yield Effect("fixed_effects", number, error, *scale.ends(number, error, plain.states), treated, plain.states)


def _averaged(name: Estimator, found: Averaged, scale: _Scale) -> Effect:
    states = int((found.influence != 0).sum())
    ends = scale.ends(found.estimate, found.error, states)
    return Effect(name, found.estimate, found.error, *ends, found.states, states)


def _saturated(sample: Sample, times: Iterable[int] | None, scale: _Scale) -> tuple[Effect, tuple[Moment, ...]] | None:
    """Sun and Abraham's average over treated figures, and by years since treatment."""
    from palermo.evidence.panel_regressions import cohorts

    found = cohorts(sample)
    if found is None:
        return None
    fit, means, used = found
    cohort_of = np.array([means[name][0] for name in fit.names])
    since = np.array([means[name][1] for name in fit.names])
    seen_in = np.array(
        [
            (used.seen[:, used.years == cohort + time] & (used.first == cohort)[:, None]).any(axis=1)
            for cohort, time in zip(cohort_of, since, strict=True)
        ],
        dtype=np.float64,
    ).T

    def averaged(cells: Bools) -> tuple[float, float, int]:
        """The average over cells by how many States were seen in them; that these numbers are a sample's is counted in.

        Their part of the variance is that of how far a State's own cells lie off the average.
        """
        theirs = seen_in * cells
        number, error = fit.combined(theirs.sum(axis=0) / theirs.sum())
        off = theirs @ (fit.coefficients - number) / theirs.sum()
        return number, math.sqrt(error**2 + float(off @ off)), int((theirs.sum(axis=1) > 0).sum())

    if not seen_in[:, since >= 0].any():
        return None
    number, error, treated = averaged(since >= 0)
    moments = []
    for time in times or ():
        if seen_in[:, since == time].any():
            value, wide, there = averaged(since == time)
            moments.append(Moment("cohorts", int(time), value, *scale.ends(value, wide, fit.states), there))
    return Effect("cohorts", number, error, *scale.ends(number, error, fit.states), treated, fit.states), tuple(moments)


def _moments(sample: Sample, asked: Specification, scale: _Scale) -> Iterable[Moment]:
    from palermo.evidence.panel_regressions import two_stages

    times = range(-asked.leads, asked.lags + 1)
    effects = GroupTimeEffects(sample, not_yet=True)
    for time in times:
        found = effects.after(time)
        if found is not None and found.error > 0:
            effect = _averaged("not_yet", found, scale)
            yield Moment("not_yet", time, effect.estimate, effect.low, effect.high, found.states)
    saturated = _saturated(sample, times, scale)
    if saturated is not None:
        yield from (moment for moment in saturated[1] if moment.high > moment.low)
    columns, sizes = {}, {}
    apart = sample.years[None, :] - sample.first[:, None]
    for time in range(asked.lags + 1):
        cell = (apart == time) & sample.under
        if size := int((cell & sample.seen).sum()):
            columns[f"t{time}"], sizes[f"t{time}"] = cell.astype(np.float64), size
    later = sample.under & (apart > asked.lags)
    if (later & sample.seen).any():
        columns["later"] = later.astype(np.float64)
    fit = two_stages(sample, columns)
    for i, name in enumerate(fit.names):
        if name in sizes and fit.covariance[i, i] > 0:
            number, error = float(fit.coefficients[i]), math.sqrt(fit.covariance[i, i])
            ends = scale.ends(number, error, fit.states)
            yield Moment("two_stages", int(name[1:]), number, *ends, sizes[name])


def _trend(sample: Sample, number: int) -> TrendTest | None:
    from palermo.evidence.panel_regressions import leads

    fit = leads(sample, number)
    if fit is None or not len(fit.names):
        return None
    wald = _wald(fit.coefficients, fit.covariance, fit.states)
    return None if wald is None else TrendTest(len(fit.names), *wald)


def _wald(values: Floats, covariance: Floats, states: int) -> tuple[float, float] | None:
    """F statistic that all values are 0, and its p-value with one degree less than there are States."""
    from scipy.special import fdtrc

    if np.linalg.matrix_rank(covariance) < len(values):
        return None
    statistic = float(values @ np.linalg.solve(covariance, values)) / len(values)
    return statistic, float(fdtrc(len(values), max(1, states - 1), statistic))


def _placebos(sample: Sample, early: Iterable[int], scale: _Scale) -> Iterable[Placebo]:
    from palermo.evidence.panel_regressions import two_stages

    before = sample.shown(~sample.under)
    for years in early:
        moved = before.begun(np.where(sample.treated, sample.first - years, NEVER))
        kept = comparable(moved)
        if (kept.seen & kept.under).any(axis=1).sum() < 2:
            continue
        fit = two_stages(kept)
        number, error = fit.combined(np.ones(1))
        yield Placebo(years, number, *scale.ends(number, error, fit.states))


def _permuted(sample: Sample, draws: int, seed: int, tell: Callable[[int], object]) -> Permutation | None:
    from palermo.evidence.imputation import average_effect

    if not draws:
        return None
    random = np.random.default_rng(seed)
    real = average_effect(sample)
    found = np.full(draws, np.nan)
    for draw in range(draws):
        found[draw] = average_effect(sample.begun(random.permutation(sample.first)))
        tell(draw + 1)
    known = found[np.isfinite(found)]
    as_far = int((np.abs(known) >= abs(real)).sum())
    return Permutation(len(known), seed, as_far, (as_far + 1) / (len(known) + 1))


def _one_left_out(sample: Sample, tell: Callable[[int], object]) -> Iterable[Without]:
    from palermo.evidence.imputation import average_effect

    for i, state in enumerate(sample.states):
        found = average_effect(sample.without(i))
        tell(i + 1)
        if math.isfinite(found):
            yield Without(state, found)


def _variations(study: Study, scale: _Scale) -> Iterable[Variation]:
    """The main estimate with hidden counts at either end of their range, and the effect on being reported."""
    from palermo.evidence.panel_regressions import two_stages

    def varied(kind: str, other: Sample) -> Variation:
        fit = two_stages(other)
        number, error = fit.combined(np.ones(1))
        ends = scale.ends(number, error, fit.states)
        return Variation(kind, number, *ends, int(_after(other).sum()))  # type: ignore[arg-type]

    if study.specification.suppressed == "out" and "suppressed" in counted(study):
        for kind, end in (("suppressed_low", "low"), ("suppressed_high", "high")):
            yield varied(kind, usable(study, outcome(study, end))[0])
    states, years, values = outcome(study)
    seen = np.isfinite(values)
    if not seen[:, seen.any(axis=0)].all():
        try:
            whole, _ = usable(study, (states, years, seen.astype(np.float64)))
        except UnusableStudy:
            return
        reported = varied("reported", whole)
        if reported.high > reported.low:
            yield reported


def _by_class(study: Study, sample: Sample, scale: _Scale) -> tuple[tuple[InClass, ...], tuple[Difference, ...]]:
    from palermo.evidence.moderators import classes_of
    from palermo.evidence.panel_regressions import two_stages

    told: list[InClass] = []
    tests: list[Difference] = []
    cells = sample.seen & sample.under
    for moderator in study.specification.moderators:
        classes = classes_of(study, sample, moderator)
        columns: dict[str, Floats] = {}
        names: dict[str, tuple[str | None, int]] = {}
        for i, value in enumerate(sorted({value or "" for value in classes})):
            ours = np.array([(found or "") == value for found in classes], dtype=np.bool_)
            part = cells & ours[:, None]
            if part.any():
                columns[f"class{i}"] = part.astype(np.float64)
                names[f"class{i}"] = (value or None, int(part.any(axis=1).sum()))
        if not columns:
            continue
        fit = two_stages(sample, columns)
        sound: list[int] = []
        for i, name in enumerate(fit.names):
            label, treated = names[name]
            number, error = float(fit.coefficients[i]), math.sqrt(max(0.0, float(fit.covariance[i, i])))
            told.append(
                InClass(moderator, label or "not known", treated, number, *scale.ends(number, error, fit.states))
            )
            if label is not None and treated >= FEWEST_TREATED:
                sound.append(i)
        if len(sound) > 1:
            apart = np.array([np.eye(len(fit.names))[i] - np.eye(len(fit.names))[sound[0]] for i in sound[1:]])
            wald = _wald(apart @ fit.coefficients, apart @ fit.covariance @ apart.T, fit.states)
            if wald is not None:
                tests.append(Difference(moderator, len(sound), wald[1]))
    return tuple(told), tuple(tests)


def _negative(sample: Sample) -> float:
    from palermo.evidence.panel_regressions import negative_weights

    return negative_weights(sample)


def _figures(study: Study, sample: Sample, left: tuple[LeftOut, ...]) -> Figures:
    _, years, values = outcome(study)
    after = _after(sample)
    row = {adoption: i for i, adoption in enumerate(sorted({a.state for a in study.adoptions}))}
    seen = np.isfinite(values)[[row[state] for state in sample.states]]
    under = years[None, :] >= sample.first[:, None]
    return Figures(
        tuple(state for state, ours in zip(sample.states, after, strict=True) if ours),
        tuple(state for state, ours in zip(sample.states, after, strict=True) if not ours),
        int(years[0]),
        int(years[-1]),
        int(sample.seen.sum()),
        counted(study),
        left,
        float(seen[~under].mean()),
        float(seen[under].mean()) if under.any() else math.nan,
    )


def verdict_of(found: Impact) -> Verdict:
    """What may be said: never more than the interval of the main estimate, and less where a test speaks against it."""
    main = found.main
    if main.treated < FEWEST_TREATED:
        return "too_few"
    if found.trend is not None and found.trend.p < NO_TREND:
        return "not_comparable"
    by_chance = found.permutation.p if found.permutation else 1.0
    few = main.treated < FEW_TREATED and by_chance > 1 - found.specification.level
    if main.low <= 0 <= main.high or few:
        return "not_told_apart"
    sound = [effect for effect in found.effects if effect.estimator in SOUND]
    if any(effect.estimate * main.estimate <= 0 for effect in sound):
        return "estimators_differ"
    return "higher" if main.estimate > 0 else "lower"


def _warnings(found: Impact) -> Iterable[Caveat]:
    told: list[Caveat] = []

    def warn(kind: str, text: str) -> None:
        told.append(Caveat(kind, text))

    main, asked, figures = found.main, found.specification, found.figures
    if main.treated < FEW_TREATED:
        warn(
            "few-treated",
            f"Only {main.treated} States have figures before and after. Standard errors clustered by State are then "
            "too small; look at the permuted dates instead.",
        )
    never = [effect for effect in found.effects if effect.estimator == "never"]
    if not never:
        warn("no-never-treated", "No State stayed outside, so late-comers are the only comparison.")
    elif len(figures.controls) < FEW_TREATED:
        warn("few-controls", f"Only {len(figures.controls)} States stayed outside for comparison.")
    _warn_of_past(found, warn)
    if found.permutation and not main.low <= 0 <= main.high and found.permutation.p > 1 - asked.level:
        warn(
            "permutation",
            f"Dates handed out at random give an estimate as far from 0 in {found.permutation.p:.0%} of draws, so the "
            "interval may be too narrow.",
        )
    signs = {math.copysign(1, w.estimate) for w in found.without}
    if not main.low <= 0 <= main.high and len(signs) > 1:
        warn("one-state", "Leaving out one State turns the sign of the estimate.")
    elif found.without:
        far = max(found.without, key=lambda w: abs(w.estimate - main.estimate))
        if abs(far.estimate - main.estimate) > main.error:
            warn("one-state", f"Leaving out {far.state} alone moves the estimate to {far.estimate:.4g}.")
    _warn_of_gaps(found, warn)
    if found.negative_weights > 0:
        warn(
            "negative-weights",
            f"The two-way regression counts {found.negative_weights:.0%} of the treated figures with a negative "
            "weight; it is shown only as what this design gets wrong.",
        )
    if asked.log:
        warn("log", "Figures of 0 have no logarithm and are left out: the answer is about States that report some.")
    return told


def _warn_of_past(found: Impact, warn: Callable[[str, str], None]) -> None:
    if found.trend is None:
        warn("no-trend-test", "There are too few years before the treatment to see whether States moved alike then.")
    elif found.trend.p < NO_TREND:
        warn(
            "trend",
            f"States moved differently before they came under it (p = {found.trend.p:.3f}), so what came after cannot "
            "be put down to it.",
        )
    off = [p for p in found.placebos if not p.low <= 0 <= p.high]
    if off:
        named = ", ".join(str(p.years_early) for p in off)
        warn("placebo", f"Dates moved {named} years too early find an effect where there can be none.")


def _warn_of_gaps(found: Impact, warn: Callable[[str, str], None]) -> None:
    figures = found.figures
    if abs(figures.reported_after - figures.reported_before) > _MANY_MISSING:
        warn(
            "gaps-differ",
            f"{figures.reported_before:.0%} of the untreated State-years have a figure, and "
            f"{figures.reported_after:.0%} of the treated ones.",
        )
    reported = [v for v in found.variations if v.kind == "reported" and not v.low <= 0 <= v.high]
    if reported:
        way = "more" if reported[0].estimate > 0 else "less"
        warn("reporting", f"States report {way} often once under it, so a change may be one of reporting.")
    ends = [v for v in found.variations if v.kind.startswith("suppressed")]
    told_apart = not found.main.low <= 0 <= found.main.high
    if any((not v.low <= 0 <= v.high) != told_apart or v.estimate * found.main.estimate < 0 for v in ends):
        warn("suppressed", "With hidden small counts at the ends of their range the answer would be another one.")
