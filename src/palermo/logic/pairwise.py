"""Many laws held against each other at once, each against every other: exactly what `scenarios.Comparison` gives.

Three facts make this quick. A minimal situation of one law and not of another is, if neither knows an exception, just a
minimal situation of the one that is not within the other: so the minimal situations of every law are sought once, and
every law is tried on all of them, 64 to a word. An exception parts the situations into those with the excepted concept
and those without it, and in each part the same holds. And the diagrams of all laws stay small in one space, if what the
theory links and what is of one dimension lies together in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations, permutations
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from palermo.logic.formula import AllOf, AtLeast, Fact, Formula, NoneOf, concepts_in, parts_of
from palermo.logic.kleene import occurrences
from palermo.logic.scenarios import DIMENSIONS, dimension
from palermo.logic.space import Space
from palermo.logic.theory import Theory

if TYPE_CHECKING:
    from oxidd.bdd import BDDFunction

Scenario = tuple[str, ...]
"""The concepts of a minimal situation in the order of the alphabet, without what follows from others among them."""
_Bits = NDArray[np.uint8]
_Rows = NDArray[np.intp]
_T = TypeVar("_T")
_AT_ONCE = 256
"""Situations held against all others in one step."""


class Pairwise:
    """Laws, all within one required formula, under a theory without circles; all formulas expanded.

    `scenarios` are the distinct minimal situations that any law has and another has not, and `gaps` the distinct sets
    of them, as indices into `scenarios`. `only[one, other]` is the gap (an index into `gaps`) that one law reaches and
    the other does not, for every two different laws. `distances[one, other]`, where `one` stands before `other` in
    `laws`, is the share of the situations within either that is not within both, counted over the concepts of the two
    laws and the required formula.

    Raises ValueError for a theory with a circle.
    """

    def __init__(self, required: Formula, laws: Mapping[str, Formula], theory: Theory) -> None:
        if theory.circle:
            raise ValueError(f"{theory.circle} is by way of others narrower than itself")
        within = {name: AllOf((required, law)) for name, law in laws.items()}
        self._concepts = {name: frozenset(concepts_in(formula)) for name, formula in within.items()}
        self._space = Space([_by_dimension(within.values())], theory)
        self._reach = {
            name: self._space.diagram(formula) & self._space.allowed(self._concepts[name])
            for name, formula in within.items()
        }
        self._find_gaps(within)
        self._allowed: dict[frozenset[str], BDDFunction] = {}
        self.distances = {pair: self._distance(*pair) for pair in combinations(laws, 2)}

    def _find_gaps(self, within: Mapping[str, Formula]) -> None:
        falling = {name: self._falls_with(name, formula) for name, formula in within.items()}
        candidates: dict[tuple[str, frozenset[str]], _Candidates] = {}
        for name, own in falling.items():
            least = self._least_in_parts(name, own)
            for more in {others - own for others in falling.values()}:
                further = [self._space.mask((concept,)) for concept in sorted(more)]
                candidates[name, more] = _Candidates(least, self._space.mask(own), further)
        table = _Table({mask for found in candidates.values() for mask in found.masks}, self._space)
        for found in candidates.values():
            found.place(table)
        truth = {name: table.holds(formula) for name, formula in within.items()}
        numbers: dict[bytes, int] = {}
        gaps: list[_Rows] = []
        self.only: dict[tuple[str, str], int] = {}
        for one, other in permutations(within, 2):
            rows = candidates[one, falling[other] - falling[one]].least(truth[one] & ~truth[other])
            number = numbers.setdefault(rows.tobytes(), len(gaps))
            if number == len(gaps):
                gaps.append(rows)
            self.only[one, other] = number
        used = np.unique(np.concatenate([np.empty(0, dtype=np.intp), *gaps]))
        self.scenarios: tuple[Scenario, ...] = tuple(table.scenario(row) for row in used)
        self.gaps: tuple[tuple[int, ...], ...] = tuple(tuple(np.searchsorted(used, rows).tolist()) for rows in gaps)

    def _falls_with(self, name: str, formula: Formula) -> frozenset[str]:
        """The concepts that alone can bring a situation out of the law."""
        excepted = {concept for concept, outside in occurrences(formula) if not outside}
        return frozenset(concept for concept in excepted if self._space.falls(self._reach[name], concept))

    def _least_in_parts(self, name: str, own: frozenset[str]) -> set[int]:
        """The minimal situations of a law in each part that the concepts it falls with make."""
        parts = (self._space.given(true, own.difference(true)) for true in _subsets(sorted(own)))
        return {mask for part in parts for mask in self._space.minimal_masks(self._reach[name] & part)}

    def _distance(self, one: str, other: str) -> float:
        nothing_only = [not self.gaps[self.only[pair]] for pair in ((one, other), (other, one))]
        if all(nothing_only):
            return 0.0
        concepts = (self._concepts[one] | self._concepts[other]) & self._space.linked
        if concepts not in self._allowed:
            self._allowed[concepts] = self._space.allowed(concepts)
        allowed = self._allowed[concepts]
        first, second = self._reach[one] & allowed, self._reach[other] & allowed
        common = first if nothing_only[0] else second if nothing_only[1] else first & second
        counts = {diagram: self._space.size(diagram) for diagram in {first, second, common}}
        either = counts[first] + counts[second] - counts[common]
        return (either - counts[common]) / either


def _by_dimension(formulas: Collection[Formula]) -> Formula:
    """All concepts of the formulas, means first and acts last: in this order the diagrams of many laws are smallest."""
    named = dict.fromkeys(concept for formula in formulas for concept in concepts_in(formula))
    return AllOf(tuple(map(Fact, sorted(named, key=lambda concept: (dimension(concept) - 1) % len(DIMENSIONS)))))


def _subsets(concepts: Sequence[_T]) -> Iterator[tuple[_T, ...]]:
    return (chosen for size in range(len(concepts) + 1) for chosen in combinations(concepts, size))


class _Table:
    """Situations as rows, in the order of the scenarios they are told as; concepts as columns, eight rows to a byte."""

    def __init__(self, masks: Collection[int], space: Space) -> None:
        in_order = list(masks)
        raw = _words(in_order, -(-len(space.concepts) // 64) or 1).view(np.uint8)
        variables = [space.index(concept) for concept in space.concepts]
        facts = np.unpackbits(raw, axis=1, bitorder="little").T.astype(bool)[variables]
        told = facts.copy()
        place = {concept: i for i, concept in enumerate(space.concepts)}
        for narrower, broader in space.theory.among(space.concepts):
            told[place[broader]] &= ~facts[place[narrower]]
        rows, named = np.nonzero(told.T)
        ends = np.cumsum(np.bincount(rows, minlength=len(masks))).tolist()
        listed = named.tolist()
        cores = [tuple(listed[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
        # the fewest facts first, then by the alphabet, which is the order of the space's concepts
        order = sorted(range(len(cores)), key=lambda row: (len(cores[row]), cores[row]))
        self._told, self._names = [cores[row] for row in order], space.concepts
        self.rows = {in_order[row]: i for i, row in enumerate(order)}
        self._facts: dict[str, _Bits] = dict(zip(space.concepts, np.packbits(facts[:, order], axis=1), strict=True))
        self._never = np.zeros(-(-len(masks) // 8), dtype=np.uint8)

    def scenario(self, row: int) -> Scenario:
        """What the situation in a row is told as."""
        return tuple(self._names[i] for i in self._told[row])

    def holds(self, formula: Formula) -> NDArray[np.bool_]:
        """In which rows a formula holds."""
        return np.unpackbits(self._holds(formula), count=len(self.rows)).astype(bool)

    def _holds(self, formula: Formula) -> _Bits:
        if isinstance(formula, Fact):
            return self._facts[formula.concept]
        parts = (self._holds(part) for part in parts_of(formula))
        if isinstance(formula, AllOf):
            every_part: _Bits = reduce(np.bitwise_and, parts, ~self._never)
            return every_part
        if isinstance(formula, AtLeast):
            reached = [~self._never, *([self._never] * formula.n)]
            for part in parts:
                for k in range(formula.n, 0, -1):
                    reached[k] = reached[k] | reached[k - 1] & part
            return reached[-1]
        any_part: _Bits = reduce(np.bitwise_or, parts, self._never)
        return ~any_part if isinstance(formula, NoneOf) else any_part


class _Candidates:
    """Situations of a law among which those are that are minimal in it and outside another.

    `least` are the law's minimal situations in each part of all situations, parted by the concepts of `own`, with which
    the law falls. `more` are those with which the other law falls besides, each with what follows from it: whatever is
    minimal in a part that these make has grown from one of `least` by some of them.
    """

    def __init__(self, least: Collection[int], own: int, more: Sequence[int]) -> None:
        added = [reduce(int.__or__, chosen, 0) for chosen in _subsets(more)]
        grown = [list(dict.fromkeys(mask | further for further in added)) for mask in least]
        self.masks = {mask for line in grown for mask in line}
        # Of two situations that are minimal in one part, none is part of the other. One that is part of another has
        # thus fewer of the concepts that part them; and without parts of the law's own, the other has grown from it or
        # it holds by itself something of what the other has grown by.
        touched = reduce(int.__or__, more, 0)
        smaller = {mask for line in grown if own or line[0] & touched for mask in line}
        larger = [mask for mask in self.masks if mask & (own | touched)]
        self._parts = _parts(list(smaller), larger)
        if not own:
            self._parts |= {pair for line in grown for pair in permutations(line, 2) if pair[0] & pair[1] == pair[0]}

    def place(self, table: _Table) -> None:
        """Take the rows of a table for the situations."""
        self._rows = np.array(sorted(table.rows[mask] for mask in self.masks), dtype=np.intp)
        pairs = [(table.rows[less], table.rows[more]) for less, more in self._parts]
        self._less, self._more = np.searchsorted(self._rows, np.array(pairs, dtype=np.intp).reshape(-1, 2).T)

    def least(self, inside: NDArray[np.bool_]) -> _Rows:
        """Of the rows in a set of situations those of which no other is a part."""
        kept = inside[self._rows]
        kept[self._more[kept[self._less]]] = False
        return self._rows[kept]


def _parts(smaller: Sequence[int], larger: Sequence[int]) -> set[tuple[int, int]]:
    """The pairs of which the first is a part of the second and not the same."""
    size = -(-max(map(int.bit_length, (*smaller, *larger)), default=1) // 64)
    words, outside = _words(smaller, size), ~_words(larger, size)
    found = set()
    for start in range(0, len(larger), _AT_ONCE):
        beyond = np.zeros((len(outside[start : start + _AT_ONCE]), len(words)), dtype=bool)
        for word, other in zip(words.T, outside[start : start + _AT_ONCE].T, strict=True):
            beyond |= (word & other[:, None]) != 0
        mores, lesses = np.nonzero(~beyond)
        pairs = zip(lesses.tolist(), (mores + start).tolist(), strict=True)
        found |= {(smaller[less], larger[more]) for less, more in pairs if smaller[less] != larger[more]}
    return found


def _words(masks: Sequence[int], size: int) -> NDArray[np.uint64]:
    """Bit masks of at most `size` words of 64 bits, a row each."""
    raw = b"".join(mask.to_bytes(8 * size, "little") for mask in masks)
    return np.frombuffer(raw, dtype=np.uint64).reshape(len(masks), size)
