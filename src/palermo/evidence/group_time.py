"""Effects by cohort and year, after Callaway and Sant'Anna (Journal of Econometrics 225, 2021), without covariates.

A cohort is the States first treated in one year. Its effect in a year is how its figure moved since its last untreated
year, less how that of States not treated (never, or not yet) moved. Standard errors come from influence functions of
States, so they allow for any dependence within a State; that the weights are estimated is in them. With gaps in the
figures each effect rests on the States seen in both its years.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from palermo.evidence.impact_sample import NEVER, Floats, Sample


class Averaged(NamedTuple):
    """An average of effects, its influence function (one number a State), and how many treated States it rests on."""

    estimate: float
    influence: Floats
    states: int

    @property
    def error(self) -> float:
        """The standard error, with the correction for a finite number of States."""
        number = int((self.influence != 0).sum())
        return float(np.sqrt((self.influence**2).sum() * number / max(1, number - 1)))


class GroupTimeEffects:
    """The effects of all cohorts in all years against one kind of control: `never` or `not_yet` treated."""

    def __init__(self, sample: Sample, not_yet: bool) -> None:
        self._sample = sample
        figures, first, years = sample.figures, sample.first, sample.years
        self._effects: dict[tuple[int, int], tuple[float, Floats, np.ndarray]] = {}
        for cohort in np.unique(first[first <= years[-1]]):
            before = np.flatnonzero(years == cohort - 1)
            if not len(before):
                continue
            base = figures[:, before[0]]
            for column, year in enumerate(years):
                if year == cohort - 1:
                    continue
                change = figures[:, column] - base
                seen = np.isfinite(change)
                control = first > max(year, cohort - 1) if not_yet else first >= NEVER
                ours, theirs = seen & (first == cohort), seen & control & (first != cohort)
                if not ours.any() or not theirs.any():
                    continue
                mean, other = change[ours].mean(), change[theirs].mean()
                influence = np.zeros(len(first))
                influence[ours] = (change[ours] - mean) / ours.sum()
                influence[theirs] = -(change[theirs] - other) / theirs.sum()
                self._effects[int(cohort), int(year)] = (float(mean - other), influence, ours)

    def overall(self) -> Averaged | None:
        """The average over all treated figures: a State counts as often as it was seen under treatment."""
        return self._average([key for key in self._effects if key[1] >= key[0]])

    def after(self, time: int) -> Averaged | None:
        """The average so many years after the first treated year; negative for years before it."""
        return self._average([key for key in self._effects if key[1] - key[0] == time])

    def _average(self, keys: list[tuple[int, int]]) -> Averaged | None:
        if not keys:
            return None
        effects = [self._effects[key] for key in keys]
        sizes = np.array([ours.sum() for _, _, ours in effects], dtype=np.float64)
        weights = sizes / sizes.sum()
        estimates = np.array([estimate for estimate, _, _ in effects])
        average = float(weights @ estimates)
        influence = weights @ np.array([influence for _, influence, _ in effects])
        seen = np.array([ours for _, _, ours in effects], dtype=np.float64)
        influence = influence + (estimates - average) @ seen / sizes.sum()
        states = int((seen.sum(axis=0) > 0).sum())
        return Averaged(average, influence, states)
