"""Log-linear Poisson models of capture patterns: many at once, by extended maximum likelihood.

A model is a set of terms; a term, like a capture pattern, is a set of lists written as bits. The mean of a pattern's
count is exp of the sum of the parameters of the terms within it; the intercept is then the log of the mean number of
cases on no list. A term whose lists share no case has the extended estimate minus infinity: it and every pattern that
contains it leave the fit (S. E. Fienberg and A. Rinaldo, Annals of Statistics 40, 2012; L. Chan, B. W. Silverman and
K. Vincent, JASA 116, 2021).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_STEPS = 20
"""Newton steps before the existence of an estimate is doubted and a linear program asked."""
_MORE_STEPS = 200
_SMALL = 1e-8
_CHUNK = 1 << 24
"""Numbers in the batch of information matrices that are held at once."""


@dataclass(frozen=True)
class Space:
    """All terms up to an order over `lists` lists, and all patterns; `unseen` adds the pattern of no list."""

    lists: int
    order: int = 2
    unseen: bool = False
    _known: dict[bytes, bool] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def cells(self) -> NDArray[np.int64]:
        """The patterns, ascending."""
        return np.arange(0 if self.unseen else 1, 1 << self.lists, dtype=np.int64)

    @cached_property
    def terms(self) -> NDArray[np.int64]:
        """The terms: none (the intercept), each list, each pair in order, and so on."""
        sizes = range(min(self.order, self.lists) + 1)
        groups = (group for size in sizes for group in combinations(range(self.lists), size))
        return np.array([sum(1 << i for i in group) for group in groups], dtype=np.int64)

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """How many lists each term joins."""
        return np.array([int(term).bit_count() for term in self.terms], dtype=np.int64)

    @cached_property
    def design(self) -> Floats:
        """1 where a pattern contains a term, else 0: patterns by terms."""
        contains: Bools = (self.cells[:, None] & self.terms[None, :]) == self.terms[None, :]
        return contains.astype(np.float64)

    @cached_property
    def main_effects(self) -> Bools:
        """The model of independent lists."""
        return self.sizes <= 1

    def model(self, interactions: list[int]) -> Bools:
        """The smallest hierarchical model with these interactions: every term within one of them belongs to it."""
        model = self.main_effects.copy()
        for interaction in interactions:
            model |= (self.terms & interaction) == self.terms
        return model

    def within(self, place: int) -> Bools:
        """The terms of one list less that lie within a term."""
        found: Bools = ((self.terms & self.terms[place]) == self.terms) & (self.sizes == self.sizes[place] - 1)
        return found

    def around(self, place: int) -> Bools:
        """The terms of one list more that a term lies within."""
        term = self.terms[place]
        found: Bools = ((self.terms & term) == term) & (self.sizes == self.sizes[place] + 1)
        return found

    def counts(self, cases: dict[int, int]) -> Floats:
        """Counts by pattern in the order of `cells`."""
        return np.array([cases.get(int(cell), 0) for cell in self.cells], dtype=np.float64)


@dataclass(frozen=True)
class Fits:
    """Fits of a batch of b tables and models, in order.

    `active`: b by terms, the model; `kept`: its terms with a finite estimate; `parameters`: nan for other terms, minus
    infinity for those active and not kept; `means`: b by patterns, 0 where a pattern left the fit; `deviance` against
    the saturated model; `identified`: the patterns left can tell the parameters apart; `exists`: a finite estimate of
    the kept parameters exists. Only where both hold do the other values mean anything.
    """

    counts: Floats
    active: Bools
    kept: Bools
    parameters: Floats
    means: Floats
    deviance: Floats
    identified: Bools
    exists: Bools

    @property
    def usable(self) -> Bools:
        """Where there is an estimate."""
        return self.identified & self.exists

    @property
    def unseen(self) -> Floats:
        """The estimated number of cases on no list; infinity where there is no estimate."""
        return np.where(self.usable, np.exp(np.minimum(self.parameters[:, 0], 700.0)), np.inf)

    @property
    def population(self) -> Floats:
        """The estimated number of all cases, seen and unseen."""
        seen: Floats = self.counts.sum(1)
        return seen + self.unseen

    def criterion(self, penalty: Floats | float) -> Floats:
        """Deviance and a penalty for each parameter, those at minus infinity too; infinity without an estimate."""
        return np.where(self.usable, self.deviance + penalty * self.active.sum(1), np.inf)

    def where(self, rows: Any) -> Fits:
        """Some of the fits."""
        return Fits(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})


def fit(space: Space, counts: Floats, active: Bools) -> Fits:
    """Fit each model to its table. `counts`: b by patterns; `active`: b by terms, hierarchical, with the intercept."""
    counts, active = np.atleast_2d(counts), np.atleast_2d(active)
    rows = max(len(counts), len(active))
    counts = np.broadcast_to(counts, (rows, counts.shape[1]))
    active = np.broadcast_to(active, (rows, active.shape[1]))
    size = max(1, _CHUNK // int(active.any(0).sum()) ** 2)
    parts = [_fit(space, counts[i : i + size], active[i : i + size]) for i in range(0, rows, size)]
    if len(parts) == 1:
        return parts[0]
    return Fits(**{n: np.concatenate([getattr(p, n) for p in parts]) for n in Fits.__dataclass_fields__})


def _fit(space: Space, counts: Floats, active: Bools) -> Fits:
    design = space.design
    empty = active & (counts @ design == 0)
    kept = active & ~empty
    left = (empty.astype(np.float64) @ design.T) == 0
    identified = _identified(space, kept, left)
    rows = np.flatnonzero(identified)
    parameters = np.full(active.shape, np.nan)
    parameters[rows], converged = _newton(design, counts[rows], kept[rows], left[rows], None, _STEPS)
    exists = np.zeros(len(counts), dtype=np.bool_)
    exists[rows] = converged
    doubtful = [row for row in rows[~converged] if _exists(space, counts[row] > 0, kept[row], left[row])]
    if doubtful:
        start = parameters[doubtful]
        parameters[doubtful], exists[doubtful] = _newton(
            design, counts[doubtful], kept[doubtful], left[doubtful], start, _MORE_STEPS
        )
    means = np.where(left, np.exp(np.clip(np.where(kept, parameters, 0.0) @ design.T, -700, 700)), 0.0)
    parameters = np.where(kept, parameters, np.nan)
    parameters[empty] = -np.inf
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(counts > 0, counts * np.log(counts / means), 0.0)
    deviance = 2 * (ratio - np.where(left, counts - means, 0.0)).sum(1)
    return Fits(counts, active, kept, parameters, means, deviance, identified, exists)


def _newton(
    design: Floats, counts: Floats, kept: Bools, left: Bools, start: Floats | None, steps: int
) -> tuple[Floats, Bools]:
    """Parameters of each row, 0 outside its model, and whether the steps came to rest.

    Where no finite estimate exists, the likelihood still rises along some direction by ever less, and a Newton step
    along it keeps a length of about one: such a row does not come to rest.
    """
    used = np.flatnonzero(kept.any(0))
    every = np.zeros(kept.shape)
    resting = np.zeros(len(counts), dtype=np.bool_)
    if not len(counts):
        return every, resting
    x = np.ascontiguousarray(design[:, used])
    squares = (x[:, :, None] * x[:, None, :]).reshape(len(x), -1)
    kept, present = kept[:, used], left.astype(np.float64)
    target = counts @ x
    if start is None:
        weight = (counts + 0.5) * present
        found = _solve(weight, squares, kept, (weight * np.log(counts + 0.5)) @ x)
    else:
        found = np.where(kept, np.nan_to_num(start[:, used]), 0.0)
    moving = np.arange(len(counts))
    for _ in range(steps):
        means = _means(x, found[moving], present[moving])
        step = _solve(means, squares, kept[moving], target[moving] - means @ x)
        step = _shortened(x, found[moving], step, target[moving], present[moving], means)
        found[moving] += step
        rests = np.abs(step).max(1) < _SMALL
        resting[moving[rests]] = True
        moving = moving[~rests]
        if not len(moving):
            break
    every[:, used] = found
    return every, resting


def _means(x: Floats, parameters: Floats, left: Floats) -> Floats:
    return np.exp(np.clip(parameters @ x.T, -700, 300)) * left


def _solve(weight: Floats, squares: Floats, kept: Bools, right: Floats) -> Floats:
    size = kept.shape[1]
    matrix: Floats = (weight @ squares).reshape(-1, size, size)
    matrix *= kept[:, :, None] & kept[:, None, :]
    places = np.arange(size)
    matrix[:, places, places] *= 1 + 1e-13
    matrix[:, places, places] += np.where(kept, 1e-200, 1.0)
    with np.errstate(all="ignore"):
        solution = np.linalg.solve(matrix, np.where(kept, right, 0.0)[:, :, None])[:, :, 0]
    return solution.astype(np.float64, copy=False)


def _shortened(x: Floats, at: Floats, full: Floats, target: Floats, left: Floats, means: Floats) -> Floats:
    """Steps halved until the likelihood does not fall."""
    before = (at * target).sum(1) - means.sum(1)
    step: Floats = np.clip(np.nan_to_num(full), -20.0, 20.0).astype(np.float64)
    check = np.arange(len(at))
    for _ in range(30):
        after = ((at[check] + step[check]) * target[check]).sum(1) - _means(
            x, at[check] + step[check], left[check]
        ).sum(1)
        check = check[after < before[check] - 1e-9 * (1 + np.abs(before[check]))]
        if not len(check):
            break
        step[check] /= 2
    return step


def _identified(space: Space, kept: Bools, left: Bools) -> Bools:
    keys = np.concatenate([np.packbits(kept, axis=1), np.packbits(left, axis=1)], axis=1)
    _, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    answers = []
    for row in first:
        key = b"rank" + keys[row].tobytes()
        if key not in space._known:
            reduced = space.design[left[row]][:, kept[row]]
            space._known[key] = bool(len(reduced) and np.linalg.matrix_rank(reduced) == kept[row].sum())
        answers.append(space._known[key])
    return np.array(answers, dtype=np.bool_)[inverse.reshape(-1)]


def _exists(space: Space, seen: Bools, kept: Bools, left: Bools) -> bool:
    """Whether a finite estimate exists: a table of positive means with the margins of the counts does.

    It depends only on which counts are positive. Asked as a linear program: how great can the least mean be?
    """
    key = b"".join(np.packbits(bits).tobytes() for bits in (seen & left, kept, left))
    if key not in space._known:
        from scipy.optimize import linprog

        reduced = space.design[left][:, kept].T
        cells = reduced.shape[1]
        result = linprog(
            np.append(np.zeros(cells), -1.0),
            A_ub=np.hstack([-np.eye(cells), np.ones((cells, 1))]),
            b_ub=np.zeros(cells),
            A_eq=np.hstack([reduced, np.zeros((len(reduced), 1))]),
            b_eq=reduced @ seen[left].astype(np.float64),
            bounds=[(0, None)] * cells + [(None, 1.0)],
            method="highs",
        )
        space._known[key] = bool(result.status == 0 and -result.fun > 1e-9)
    return space._known[key]
