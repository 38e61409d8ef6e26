"""Time until something happens in a State: product-limit curves and Cox models, by statsmodels.

Two things can be timed: consent to the treatment, from the day on which it was open to States, and the year in which an
indicator reaches a figure. In the second, being under the treatment is a trait that may change, so a State's time is
split where it does; years before the first figure are left out of the risk, not counted as survived.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec
import numpy as np

from palermo.evidence.impact_sample import NEVER, table
from palermo.evidence.impact_study import Study

FEWEST_EVENTS = 5
"""A class with fewer events is not modelled: its ratio would say nothing."""
_YEAR = 365.25


class HazardRatio(msgspec.Struct, frozen=True):
    """By how much likelier, at any time, it is to happen in States of a class than in those of the reference."""

    trait: str
    value: str
    reference: str
    ratio: float
    low: float
    high: float
    p: float
    happened: int


class Step(msgspec.Struct, frozen=True):
    """The share of States in which it has happened so many years on."""

    years: float
    share: float


class Survival(msgspec.Struct, frozen=True):
    """Time until an event. `median`: when half of the States have reached it, None where that is not seen.

    `not_timed`: States in which it had happened when they were first seen, or whose day is not known.
    """

    event: str
    states: int
    happened: int
    not_timed: int
    median: float | None
    curve: tuple[Step, ...]
    ratios: tuple[HazardRatio, ...]
    not_modelled: tuple[str, ...]


class Spell(NamedTuple):
    """A stretch of time, in years, at whose end it happened or not, with the State's traits in it."""

    state: str
    start: float
    end: float
    happened: bool
    traits: dict[str, str | None]


def time_to_consent(study: Study) -> Survival | None:
    """Years from the opening of the instrument to each State's consent; None where no opening day is given."""
    asked = study.specification
    if asked.opened is None:
        return None
    opened, closed = date.fromisoformat(asked.opened), date(asked.last_year, 12, 31)
    traits = _traits(study)
    spells, not_timed = [], 0
    for adoption in study.adoptions:
        consent = date.fromisoformat(adoption.consent) if adoption.consent else None
        if adoption.status == "unknown" or (adoption.status != "not_bound" and consent is None):
            not_timed += 1
            continue
        happened = consent is not None and consent <= closed
        end = ((consent if consent and happened else closed) - opened).days / _YEAR
        if end > 0:
            spells.append(Spell(adoption.state, 0.0, end, happened, traits.get(adoption.state, {})))
        else:
            not_timed += 1
    return _modelled(f"consent to {asked.treatment}", spells, not_timed)


def time_to_event(study: Study) -> Survival | None:
    """Years until the indicator of the event is reached; None where the specification names none."""
    asked = study.specification
    if asked.event is None:
        return None
    states, years, values = table(study, asked.event)
    traits = _traits(study)
    by_state = {adoption.state: adoption for adoption in study.adoptions}
    spells: list[Spell] = []
    not_timed = 0
    for i, state in enumerate(states):
        seen = np.flatnonzero(np.isfinite(values[i]))
        adoption = by_state[state]
        if not len(seen) or values[i, seen[0]] >= asked.event_at or adoption.status == "unknown":
            not_timed += 1
            continue
        reached = [int(years[j]) for j in seen if values[i, j] >= asked.event_at]
        first, end = int(years[seen[0]]), reached[0] if reached else int(years[seen[-1]])
        begun = adoption.first_year if adoption.first_year is not None else NEVER
        marks = sorted({first, end, *([begun] if first < begun < end else [])})
        for start, stop in pairwise(marks):
            bound: dict[str, str | None] = {asked.treatment: "bound" if begun <= start else "not bound"}
            happened = bool(reached) and stop == end
            spells.append(
                Spell(state, start - asked.first_year, stop - asked.first_year, happened, bound | traits.get(state, {}))
            )
    return _modelled(f"{asked.event} of at least {asked.event_at:g}", spells, not_timed)


def _traits(study: Study) -> dict[str, dict[str, str | None]]:
    """Traits of States that do not change: the moderators among them, and not figures, which do."""
    found: dict[str, dict[str, str | None]] = {}
    for trait in study.traits:
        if trait.moderator in study.specification.moderators and trait.moderator not in _OF_THE_TREATED:
            found.setdefault(trait.state, {})[trait.moderator] = trait.value
    return found


_OF_THE_TREATED = ("scope",)
"""Traits that only a State under the treatment has: they cannot foretell that it comes under it."""


def _modelled(event: str, spells: Sequence[Spell], not_timed: int) -> Survival:
    states = len({spell.state for spell in spells})
    happened = sum(spell.happened for spell in spells)
    if not happened:
        return Survival(event, states, 0, not_timed, None, (), (), ())
    median, curve = _product_limit(spells)
    ratios, left = _ratios(spells)
    return Survival(event, states, happened, not_timed, median, curve, ratios, left)


def _product_limit(spells: Sequence[Spell]) -> tuple[float | None, tuple[Step, ...]]:
    """The share reached by time, those at risk counted from when they were first seen (Kaplan and Meier, 1958)."""
    starts = np.array([spell.start for spell in spells])
    ends = np.array([spell.end for spell in spells])
    happened = np.array([spell.happened for spell in spells])
    alive, steps = 1.0, [Step(0.0, 0.0)]
    median: float | None = None
    for time in np.unique(ends[happened]):
        at_risk = ((starts < time) & (ends >= time)).sum()
        alive *= 1 - ((ends == time) & happened).sum() / at_risk
        steps.append(Step(float(time), float(1 - alive)))
        if median is None and alive <= 0.5:
            median = float(time)
    return median, tuple(steps)


def _ratios(spells: Sequence[Spell]) -> tuple[tuple[HazardRatio, ...], tuple[str, ...]]:
    columns: list[tuple[str, str, str, int]] = []
    left: list[str] = []
    kept = list(spells)
    for trait in sorted({name for spell in spells for name in spell.traits}):
        events = Counter(spell.traits.get(trait) for spell in kept if spell.happened)
        thin = {
            value
            for value in {spell.traits.get(trait) for spell in kept}
            if value is None or events.get(value, 0) < FEWEST_EVENTS
        }
        rest = [spell for spell in kept if spell.traits.get(trait) not in thin]
        values = sorted({str(spell.traits[trait]) for spell in rest}, key=lambda value: (-events[value], value))
        if len(values) < 2:
            left.append(f"{trait} (fewer than two classes with {FEWEST_EVENTS} events)")
            continue
        left += [f"{trait}: {value or 'not known'} ({events.get(value, 0)} events)" for value in sorted(thin, key=str)]
        kept = rest
        columns += [(trait, value, values[0], events[value]) for value in values[1:]]
    if not columns:
        return (), tuple(left)
    return _cox(kept, columns), tuple(left)


def _cox(spells: Sequence[Spell], columns: Sequence[tuple[str, str, str, int]]) -> tuple[HazardRatio, ...]:
    from statsmodels.duration.hazard_regression import PHReg

    design = np.array(
        [[float(spell.traits[trait] == value) for trait, value, _, _ in columns] for spell in spells], dtype=np.float64
    )
    fit: Any = PHReg(
        np.array([spell.end for spell in spells]),
        design,
        status=np.array([spell.happened for spell in spells]).astype(np.int64),
        entry=np.array([spell.start for spell in spells]),
        ties="efron",
    ).fit(disp=0)
    ends = np.exp(fit.conf_int())
    return tuple(
        HazardRatio(
            trait, value, reference, float(np.exp(fit.params[i])), float(ends[i, 0]), float(ends[i, 1]),
            float(fit.pvalues[i]), count,
        )
        for i, (trait, value, reference, count) in enumerate(columns)
    )  # fmt: skip


def survivals(study: Study) -> tuple[Survival, ...]:
    """Every time that the study can model."""
    return tuple(found for found in (time_to_consent(study), time_to_event(study)) if found is not None)
