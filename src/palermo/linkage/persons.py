"""Records gathered into persons: by pairs, the most probable first, and by what reviewers said, which wins."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from palermo.linkage.model import Floats, Integers, Pairs


class Gathering:
    """Disjoint groups of records, some of which must stay apart."""

    def __init__(self, records: int, apart: Iterable[tuple[int, int]] = ()) -> None:
        self._parent = list(range(records))
        self._apart: dict[int, set[int]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def group(self, record: int) -> int:
        """The record that stands for a record's group."""
        parent = self._parent
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    def join(self, one: int, other: int) -> bool:
        """Put two records' groups together; False where that would join records that must stay apart."""
        a, b = self.group(one), self.group(other)
        if a == b:
            return True
        if a in self._apart or b in self._apart:
            if b in self._apart.get(a, ()):
                return False
            self._parent[b] = a
            mine = self._apart.setdefault(a, set())
            for enemy in self._apart.pop(b, ()):
                mine.add(enemy)
                self._apart[enemy].discard(b)
                self._apart[enemy].add(a)
            return True
        self._parent[b] = a
        return True

    def persons(self) -> Integers:
        """For each record the number of its person, counted from 0 by first appearance."""
        roots = np.fromiter((self.group(i) for i in range(len(self._parent))), np.int64, len(self._parent))
        _, first, numbers = np.unique(roots, return_index=True, return_inverse=True)
        order = np.empty(len(first), np.int64)
        order[np.argsort(first)] = np.arange(len(first))
        return order[numbers]


def persons_of(
    records: int,
    pairs: Pairs,
    from_probability: float,
    same: Iterable[tuple[int, int]] = (),
    different: Iterable[tuple[int, int]] = (),
) -> Integers:
    """The persons when every pair of at least a probability is one, the most probable first.

    Pairs said to be the same come before all; none is joined, even by way of others, that was said to be different.
    """
    gathering = Gathering(records, different)
    for one, other in same:
        gathering.join(one, other)
    taken = np.flatnonzero(pairs.probability >= from_probability)
    ranked = taken[np.argsort(-pairs.probability[taken], kind="stable")]
    for one, other in zip(pairs.one[ranked].tolist(), pairs.other[ranked].tolist(), strict=True):
        gathering.join(one, other)
    return gathering.persons()


def bands(probability: Floats, same: float, different: float) -> list[str]:
    """The band of each pair: same, doubtful, different."""
    below = np.where(probability < different, "different", "doubtful")
    return [str(band) for band in np.where(probability >= same, "same", below).tolist()]
