"""Panels whose effect is known, because they were made with it."""

from __future__ import annotations

import numpy as np

from palermo.evidence.impact_sample import NEVER, Sample
from palermo.evidence.impact_study import Adoption, Figure, Specification, Study

YEARS = np.arange(2001, 2013)
COHORTS = (2005, 2008, 2010, NEVER)


def effect(cohort: int, year: int) -> float:
    """Larger for those who came early, and growing: what breaks the two-way regression."""
    return (2012 - cohort) / 4 * (1 + year - cohort)


def sample(states: int, noise: float = 0.0, gaps: float = 0.0, seed: int = 1, effects: float = 1.0) -> Sample:
    """States in four cohorts in turn, with effects of State and year and that of the treatment."""
    random = np.random.default_rng(seed)
    first = np.array([COHORTS[i % len(COHORTS)] for i in range(states)])
    figures = random.normal(size=(states, 1)) * 3 + random.normal(size=(1, len(YEARS)))
    figures = figures + noise * random.normal(size=figures.shape)
    for i, cohort in enumerate(first.tolist()):
        for j, year in enumerate(YEARS.tolist()):
            if year >= cohort:
                figures[i, j] += effects * effect(cohort, year)
    figures[random.random(figures.shape) < gaps] = np.nan
    return Sample(tuple(f"S{i:02}" for i in range(states)), YEARS, figures, first)


def true_average(made: Sample) -> float:
    """The average effect on the treated figures of a panel of `sample`."""
    cells = [
        effect(int(made.first[i]), int(YEARS[j])) for i, j in zip(*np.nonzero(made.seen & made.under), strict=True)
    ]
    return float(np.mean(cells))


def study(made: Sample, **asked: object) -> Study:
    """A study of a panel; its missing cells are not reported."""
    figures = tuple(
        Figure(
            state,
            int(year),
            "y",
            float(value) if np.isfinite(value) else None,
            "reported" if np.isfinite(value) else "not_reported",
        )
        for state, row in zip(made.states, made.figures, strict=True)
        for year, value in zip(made.years, row, strict=True)
    )
    begun = tuple(
        Adoption(state, "bound", int(first)) if first < NEVER else Adoption(state, "not_bound")
        for state, first in zip(made.states, made.first, strict=True)
    )
    given = {"placebos": (), "permutations": 0, "treatment": "a treaty", "outcome": "y"} | asked
    return Study(
        Specification(first_year=int(made.years[0]), last_year=int(made.years[-1]), **given),  # type: ignore[arg-type]
        figures,
        begun,
    )
