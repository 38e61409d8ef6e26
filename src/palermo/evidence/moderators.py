"""The classes of States in which an effect is told apart: traits, or figures that a State had before the treatment."""

from __future__ import annotations

import numpy as np

from palermo.evidence.impact_sample import NEVER, Floats, Sample, table
from palermo.evidence.impact_study import Study

FEW_VALUES = 4
"""Up to how many different figures are classes by themselves; more are parted at their median."""


def classes_of(study: Study, sample: Sample, moderator: str) -> list[str | None]:
    """The class of each State of a sample in a moderator, None where it is not known.

    A trait of that name, else an indicator: its last figure before the State's first treated year (of a State never
    treated, in the study), by itself or as above or up to the median of the treated States.
    """
    traits = {trait.state: trait.value for trait in study.traits if trait.moderator == moderator}
    if traits or not any(figure.indicator == moderator for figure in study.figures):
        return [traits.get(state) for state in sample.states]
    return _parted(_last_before(study, sample, moderator), sample)


def _last_before(study: Study, sample: Sample, indicator: str) -> Floats:
    states, years, values = table(study, indicator)
    row = {state: i for i, state in enumerate(states)}
    found = np.full(len(sample.states), np.nan)
    for i, (state, first) in enumerate(zip(sample.states, sample.first, strict=True)):
        figures = values[row[state]]
        known = np.flatnonzero(np.isfinite(figures) & (years < first))
        if len(known):
            found[i] = figures[known[-1]]
    return found


def _parted(figures: Floats, sample: Sample) -> list[str | None]:
    ours = figures[np.isfinite(figures) & (sample.first < NEVER) & sample.treated]
    if not len(ours):
        return [None] * len(figures)
    if len(np.unique(ours)) <= FEW_VALUES:
        return [None if np.isnan(figure) else f"{figure:g}" for figure in figures]
    middle = float(np.median(ours))
    return [
        None if np.isnan(figure) else f"above {middle:,.6g}" if figure > middle else f"up to {middle:,.6g}"
        for figure in figures
    ]
