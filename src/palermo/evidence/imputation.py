"""The average effect by imputation: what treated figures would have been goes by effects of States and years.

Those effects are fitted to untreated figures alone (K. Borusyak, X. Jaravel and J. Spiess, Review of Economic Studies
91, 2024; J. Gardner, 2022). The estimate is that of `did2s`; this gives no standard error, only speed, for what is to
be reckoned hundreds of times.
"""

from __future__ import annotations

import math

import numpy as np

from palermo.evidence.impact_sample import Bools, Floats, Sample


def expected(figures: Floats, untreated: Bools) -> Floats:
    """What each figure would be by the effects of States and years that fit the untreated ones.

    nan where a State or a year has none.
    """
    weight = untreated.astype(np.float64)
    filled = np.where(untreated, figures, 0.0)
    per_state, per_year = weight.sum(axis=1), weight.sum(axis=0)
    shares = weight / np.where(per_state > 0, per_state, 1.0)[:, None]
    left = np.diag(per_year) - weight.T @ shares
    right = filled.sum(axis=0) - shares.T @ filled.sum(axis=1)
    years = np.linalg.lstsq(left, right, rcond=None)[0]
    states = (filled.sum(axis=1) - weight @ years) / np.where(per_state > 0, per_state, np.nan)
    years = np.where(per_year > 0, years, np.nan)
    return np.asarray(states[:, None] + years[None, :])


def average_effect(sample: Sample) -> float:
    """By how much treated figures lie above what was to be expected, on average; nan where none can be compared."""
    untreated = sample.seen & ~sample.under
    apart = np.where(sample.seen & sample.under, sample.figures - expected(sample.figures, untreated), np.nan)
    return float(np.nanmean(apart)) if np.isfinite(apart).any() else math.nan
