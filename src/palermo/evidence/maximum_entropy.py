"""The distribution of most entropy among those near noisy tables, and rows drawn from it.

Among all distributions p over the columns, the one with the least sum over tables of |N p - noisy|^2 / (2 d) - N H(p),
where d is SLACK times the noise's standard deviation: each cell is met but for d times its weight in an exponential
family, which is found in its convex dual (Dudik, Phillips and Schapire 2007; that marginals are worked out on a tree of
cliques, and fitted to noisy ones, is McKenna, Sheldon and Miklau 2019). Only noisy tables go in, so it spends nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp

LARGEST = 2_000_000
"""Cells of a clique."""
SLACK = 0.1
"""How far, in standard deviations of the noise, a cell may be from its noisy count for each unit of its weight."""

_CELL = 0.1
"""How far, in persons, a cell may be from the solution."""


class TooManyColumnsTogether(ValueError):
    """The tables tie more columns to each other than can be held in memory; the message says which."""

    def __init__(self, columns: tuple[int, ...], cells: int) -> None:
        super().__init__(f"{len(columns)} columns with {cells:,} combinations")
        self.columns = columns


@dataclass(frozen=True, slots=True)
class Tree:
    """Cliques of columns in an order in which each comes after its parent, with what it shares with that parent."""

    cliques: tuple[tuple[int, ...], ...]
    parents: tuple[int, ...]
    shared: tuple[tuple[int, ...], ...]


def tree_of(shape: Sequence[int], tables: Sequence[tuple[int, ...]]) -> Tree:
    """A junction tree of the columns that tables join, by leaving out the column that adds the fewest pairs first.

    Raises TooManyColumnsTogether.
    """
    near: dict[int, set[int]] = {axis: set() for axis in range(len(shape))}
    for table in tables:
        for a, b in combinations(table, 2):
            near[a].add(b)
            near[b].add(a)
    cliques: list[frozenset[int]] = []
    while near:
        axis = min(near, key=lambda a: (_missing(near, a), len(near[a]), a))
        clique = frozenset({axis, *near[axis]})
        cells = math.prod(shape[a] for a in clique)
        if cells > LARGEST:
            raise TooManyColumnsTogether(tuple(sorted(clique)), cells)
        if not any(clique <= other for other in cliques):
            cliques.append(clique)
        for a in near[axis]:
            near[a] |= near[axis] - {a}
            near[a].discard(axis)
        del near[axis]
    order, parents, shared = [cliques[0]], [-1], [frozenset[int]()]
    left = cliques[1:]
    while left:  # the heaviest tree of shared columns, which is a junction tree
        i, clique = max(
            ((i, c) for i in range(len(order)) for c in left), key=lambda pair: len(order[pair[0]] & pair[1])
        )
        left.remove(clique)
        parents.append(i)
        shared.append(order[i] & clique)
        order.append(clique)
    return Tree(tuple(tuple(sorted(c)) for c in order), tuple(parents), tuple(tuple(sorted(s)) for s in shared))


def _missing(near: dict[int, set[int]], axis: int) -> int:
    return sum(b not in near[a] for a, b in combinations(near[axis], 2))


@dataclass(frozen=True, slots=True)
class Fitted:
    """A distribution by the logarithms of its probabilities over each clique of a tree."""

    shape: tuple[int, ...]
    tree: Tree
    cliques: tuple[Any, ...]

    def marginal(self, table: tuple[int, ...]) -> Any:
        """The probabilities of a table that lies within a clique."""
        i = next(i for i, clique in enumerate(self.tree.cliques) if set(table) <= set(clique))
        return np.exp(_summed(self.cliques[i], self.tree.cliques[i], table))

    def draw(self, rows: int, chance: np.random.Generator) -> Any:
        """Coded rows, in no order; counts by the first clique are within 1 of what is expected, and so on down."""
        drawn = np.zeros((rows, len(self.shape)), dtype=np.int32)
        for clique, shared, logs in zip(self.tree.cliques, self.tree.shared, self.cliques, strict=True):
            new = tuple(axis for axis in clique if axis not in shared)
            kept = [self.shape[axis] for axis in shared]
            added = [self.shape[axis] for axis in new]
            table = np.exp(np.moveaxis(logs, [clique.index(a) for a in (*shared, *new)], range(len(clique))))
            table = table.reshape(math.prod(kept), math.prod(added))
            groups = np.ravel_multi_index(drawn[:, shared].T, kept) if shared else np.zeros(rows, dtype=np.int64)
            order = np.lexsort((chance.random(rows), groups))
            sizes = np.bincount(groups, minlength=len(table))
            values = np.concatenate([_parted(int(n), own, chance) for n, own in zip(sizes, table, strict=True)])
            drawn[np.ix_(order, np.array(new))] = np.stack(np.unravel_index(values, added), axis=1)
        chance.shuffle(drawn)
        return drawn


def fit(
    shape: Sequence[int],
    tables: Sequence[tuple[int, ...]],
    noisy: Sequence[Any],
    deviations: Sequence[float],
    persons: float,
) -> Fitted:
    """The distribution over columns of these sizes; `noisy` are counts, `deviations` the standard ones of their noise.

    `persons` is how many there are, above 0. Raises TooManyColumnsTogether.
    """
    tree = tree_of(shape, tables)
    homes = [next(i for i, c in enumerate(tree.cliques) if set(table) <= set(c)) for table in tables]
    sizes = [array.size for array in noisy]
    cuts = np.cumsum(sizes)[:-1]
    wanted = np.concatenate([np.asarray(array, dtype=float).ravel() for array in noisy]) / persons
    loose = np.repeat(SLACK * np.asarray(deviations, dtype=float), sizes) / persons

    def cliques(weights: Any) -> tuple[list[Any], float]:
        logs = [np.zeros([shape[axis] for axis in clique]) for clique in tree.cliques]
        for table, home, array, own in zip(tables, homes, noisy, np.split(weights, cuts), strict=True):
            logs[home] = logs[home] + _spread(own.reshape(array.shape), table, tree.cliques[home])
        return _calibrated(tree, logs)

    def dual(weights: Any) -> tuple[float, Any]:
        logs, whole = cliques(weights)
        expected = [
            np.exp(_summed(logs[home], tree.cliques[home], table)).ravel()
            for table, home in zip(tables, homes, strict=True)
        ]
        value = whole - float(weights @ wanted) + float(loose @ weights**2) / 2
        return value, np.concatenate(expected) - wanted + loose * weights

    near_enough = {"maxiter": 3000, "maxfun": 4000, "ftol": 0, "gtol": _CELL / persons}
    found = minimize(dual, np.zeros(len(wanted)), jac=True, method="L-BFGS-B", options=near_enough)
    return Fitted(tuple(shape), tree, tuple(cliques(found.x)[0]))


def _calibrated(tree: Tree, logs: list[Any]) -> tuple[list[Any], float]:
    """Logarithms of the probabilities of each clique, from its weights, and that of the sum of all weights."""
    beliefs = list(logs)
    upward: list[Any] = [None] * len(logs)
    for i in range(len(logs) - 1, 0, -1):
        upward[i] = _summed(beliefs[i], tree.cliques[i], tree.shared[i])
        parent = tree.parents[i]
        beliefs[parent] = beliefs[parent] + _spread(upward[i], tree.shared[i], tree.cliques[parent])
    for i in range(1, len(logs)):
        parent = tree.parents[i]
        downward = _summed(beliefs[parent], tree.cliques[parent], tree.shared[i]) - upward[i]
        beliefs[i] = beliefs[i] + _spread(downward, tree.shared[i], tree.cliques[i])
    whole = float(logsumexp(beliefs[0]))
    return [belief - whole for belief in beliefs], whole


def _summed(logs: Any, clique: tuple[int, ...], kept: tuple[int, ...]) -> Any:
    away = tuple(i for i, axis in enumerate(clique) if axis not in kept)
    return logsumexp(logs, axis=away) if away else logs


def _spread(array: Any, axes: tuple[int, ...], clique: tuple[int, ...]) -> Any:
    """An array over some axes of a clique, such that it can be added to one over all of them."""
    sizes = dict(zip(axes, np.shape(array), strict=True))
    return np.reshape(array, [sizes.get(axis, 1) for axis in clique])


def _parted(rows: int, weights: Any, chance: np.random.Generator) -> Any:
    """Numbers of cells, each as often as expected or one more or less: a comb of even teeth over the weights."""
    if rows == 0:
        return np.zeros(0, dtype=np.int64)
    teeth = (np.arange(rows) + chance.random()) / rows
    ends = np.cumsum(weights)
    return np.minimum(np.searchsorted(ends / ends[-1], teeth, side="right"), len(weights) - 1)
