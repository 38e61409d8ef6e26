"""The States and years that a study can use, as arrays, and why others are left out."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from palermo.evidence.impact_study import Figure, Specification, Study, UnusableStudy

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
NEVER = 1_000_000
"""The first year of treatment of a State that is never treated."""


class LeftOut(msgspec.Struct, frozen=True):
    """A State that the estimates do not use, and why."""

    state: str
    reason: str


class Sample:
    """Figures of States (rows) by year (columns), missing ones as nan, with the first treated year of each State."""

    def __init__(self, states: tuple[str, ...], years: NDArray[np.int64], figures: Floats, first: NDArray[np.int64]):
        self.states, self.years, self.figures, self.first = states, years, figures, first

    @property
    def treated(self) -> Bools:
        """Which States are treated in a year of the sample."""
        return self.first <= self.years[-1] if len(self.years) else np.zeros(0, dtype=np.bool_)

    @property
    def under(self) -> Bools:
        """Cells under treatment, figures or not."""
        return self.years[None, :] >= self.first[:, None]

    @property
    def seen(self) -> Bools:
        """Cells that have a figure."""
        return np.isfinite(self.figures)

    def without(self, state: int) -> Sample:
        """The sample with one State taken away."""
        keep = np.arange(len(self.states)) != state
        return self.only(keep)

    def only(self, keep: Bools) -> Sample:
        """Some of the States."""
        names = tuple(name for name, kept in zip(self.states, keep, strict=True) if kept)
        return Sample(names, self.years, self.figures[keep], self.first[keep])

    def begun(self, first: NDArray[np.int64]) -> Sample:
        """The same figures with other first years of treatment."""
        return Sample(self.states, self.years, self.figures, first)

    def shown(self, keep: Bools) -> Sample:
        """The same States with only some figures kept."""
        return Sample(self.states, self.years, np.where(keep, self.figures, np.nan), self.first)


def number(figure: Figure, suppressed: str) -> float:
    """The number a figure stands for; nan where there is none."""
    if figure.status == "reported" and figure.value is not None:
        return float(figure.value)
    if figure.status == "suppressed" and suppressed != "out":
        end = figure.low if suppressed == "low" else figure.high
        return math.nan if end is None else float(end)
    return math.nan


def table(study: Study, indicator: str, suppressed: str = "out") -> tuple[tuple[str, ...], NDArray[np.int64], Floats]:
    """An indicator as States by years of the specification, with nan for every figure that is not there."""
    asked = study.specification
    years = np.arange(asked.first_year, asked.last_year + 1)
    states = tuple(sorted({adoption.state for adoption in study.adoptions}))
    row = {state: i for i, state in enumerate(states)}
    values = np.full((len(states), len(years)), np.nan)
    for figure in study.figures:
        if figure.indicator == indicator and figure.state in row and asked.first_year <= figure.year <= asked.last_year:
            values[row[figure.state], figure.year - asked.first_year] = number(figure, suppressed)
    return states, years, values


def outcome(study: Study, suppressed: str | None = None) -> tuple[tuple[str, ...], NDArray[np.int64], Floats]:
    """The outcome as the specification wants it: divided, as a logarithm."""
    asked = study.specification
    states, years, values = table(study, asked.outcome, suppressed or asked.suppressed)
    if asked.per:
        _, _, below = table(study, asked.per)
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.where(below > 0, values / below * asked.times, np.nan)
    if asked.log:
        values = np.log(np.where(values > 0, values, np.nan))
    return states, years, values


def counted(study: Study) -> dict[str, int]:
    """How many figures of the outcome, in the years of the study and the States named, have which status."""
    asked, named = study.specification, {adoption.state for adoption in study.adoptions}
    told: Counter[str] = Counter(
        figure.status
        for figure in study.figures
        if figure.indicator == asked.outcome
        and figure.state in named
        and asked.first_year <= figure.year <= asked.last_year
    )
    told["no_row"] = len(named) * (asked.last_year - asked.first_year + 1) - sum(told.values())
    return {status: count for status, count in sorted(told.items()) if count}


def first_years(study: Study, states: tuple[str, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and last treated year of each State: NEVER for none; -1 as first where it is not known."""
    by_state = {adoption.state: adoption for adoption in study.adoptions}
    first, last = np.full(len(states), NEVER), np.full(len(states), NEVER)
    for i, state in enumerate(states):
        adoption = by_state[state]
        if adoption.status == "unknown" or (adoption.status != "not_bound" and adoption.first_year is None):
            first[i] = -1
        elif adoption.first_year is not None:
            first[i] = adoption.first_year
        if adoption.last_year is not None:
            last[i] = adoption.last_year
    return first, last


def usable(
    study: Study, values: tuple[tuple[str, ...], NDArray[np.int64], Floats] | None = None
) -> tuple[Sample, tuple[LeftOut, ...]]:
    """The sample on which a treatment's effect can be told apart from those of States and years.

    Raises UnusableStudy where too little is left.
    """
    states, years, figures = values or outcome(study)
    first, last = first_years(study, states)
    out: dict[str, str] = {}
    figures = np.where(years[None, :] > last[:, None], np.nan, figures)
    seen = np.isfinite(figures)
    before = seen & (years[None, :] < first[:, None])
    for i, state in enumerate(states):
        if first[i] == -1:
            out[state] = "when the treatment began is not known"
        elif not seen[i].any():
            out[state] = "no figure"
        elif first[i] <= years[0]:
            out[state] = "treated from the first year on"
        elif not before[i].any():
            out[state] = "no figure before the treatment"
    keep = np.array([state not in out for state in states], dtype=np.bool_)
    first_kept = Sample(states, years, figures, first).only(keep)
    sample = comparable(first_kept)
    for state in set(first_kept.states) - set(sample.states):
        out[state] = "too few figures before the treatment in years in which others have one"
    _refuse(study.specification, sample)
    return sample, tuple(LeftOut(state, reason) for state, reason in sorted(out.items()))


def comparable(sample: Sample) -> Sample:
    """The figures that effects of States and years, fitted to untreated figures, can be told apart for.

    Each State and year needs two untreated figures (one alone tells nothing of the other effect), and all must hang
    together through them; of parts that do not the one with most States is kept. Figures of other years are hidden.
    """
    links = sample.seen & ~sample.under
    while True:
        kept = links & (links.sum(axis=1) > 1)[:, None] & (links.sum(axis=0) > 1)[None, :]
        if (kept == links).all():
            break
        links = kept
    states: Bools = np.asarray(links.any(axis=1))
    if states.any():
        states = _hanging_together(links)
        links = links & states[:, None]
    return sample.shown(np.broadcast_to(links.any(axis=0), links.shape)).only(states)


def _hanging_together(links: Bools) -> Bools:
    """Of States linked by years, those of the largest part."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    states, years = links.shape
    graph: Any = csr_matrix(np.block([[np.zeros((states, states)), links], [links.T, np.zeros((years, years))]]))
    _, of = connected_components(graph, directed=False)
    largest = Counter(of[:states][links.any(axis=1)].tolist()).most_common(1)[0][0]
    return np.asarray((of[:states] == largest) & links.any(axis=1))


def _refuse(asked: Specification, sample: Sample) -> None:
    after = int((sample.seen & sample.under).any(axis=1).sum())
    if after < 2:
        raise UnusableStudy(
            f"{after or 'no'} State has figures of {asked.outcome!r} before and after {asked.treatment!r} in "
            f"{asked.first_year}-{asked.last_year}, in years in which others are not under it; at least 2 are needed"
        )
