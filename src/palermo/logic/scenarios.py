"""What one formula reaches and another does not, as minimal scenarios merged into boxes.

A scenario is a minimal situation: the fewest facts that together are within the one and outside the other.
A box is a product, acts x means x purposes x circumstances, all of whose members are scenarios: a page of
scenarios said in one line. The boxes together are exactly the scenarios, no more and no fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import permutations, product

import msgspec

from palermo.logic.formula import Formula, concepts_in
from palermo.logic.space import Situation, Space
from palermo.logic.theory import Theory

DIMENSIONS = ("act", "means", "purpose", "circumstance")
_DIMENSION_OF_PREFIX = {"act": 0, "means": 1, "person": 1, "purpose": 2, "result": 2}

Choice = tuple[str, ...]
"""Concepts that go together in one dimension of a scenario; empty where the dimension plays no part."""


def dimension(concept: str) -> int:
    """The index in DIMENSIONS a concept belongs to.

    A person's attribute stands with the means, since being a child takes the place of means; exploitation
    carried out stands with the purposes; whatever has no dimension of its own is a circumstance.
    """
    return _DIMENSION_OF_PREFIX.get(concept.split(".", 1)[0], 3)


class Further(msgspec.Struct, frozen=True):
    """The fewest further facts that bring scenarios of a box within the law.

    `concepts` are the facts to add. `only_for` confines this to part of the box: for each of DIMENSIONS the
    choices it serves, or nothing where it serves all of the box's; empty if it serves the whole box.
    """

    concepts: tuple[str, ...]
    only_for: tuple[tuple[Choice, ...], ...] = ()


class Box(msgspec.Struct, frozen=True):
    """A product of choices, one tuple of choices for each of DIMENSIONS.

    `all_of` says per dimension whether the box takes in every choice that the required formula knows there.
    """

    act: tuple[Choice, ...]
    means: tuple[Choice, ...]
    purpose: tuple[Choice, ...]
    circumstance: tuple[Choice, ...]
    all_of: tuple[bool, bool, bool, bool] = (False, False, False, False)
    further: tuple[Further, ...] = ()

    def choices(self) -> tuple[tuple[Choice, ...], ...]:
        """The four dimensions in the order of DIMENSIONS."""
        return (self.act, self.means, self.purpose, self.circumstance)

    def scenarios(self) -> list[frozenset[str]]:
        """The scenarios of the box, each as its concepts (without what follows from them)."""
        return [frozenset(c for choice in combination for c in choice) for combination in product(*self.choices())]


Key = tuple[Choice, Choice, Choice, Choice]


class Comparison:
    """A required formula held against an actual one, both expanded, under a theory."""

    def __init__(self, required: Formula, actual: Formula, theory: Theory | None = None) -> None:
        self.required, self.actual = required, actual
        self.theory = theory or Theory()
        self.space = Space((required, actual), self.theory)
        self._required = self.space.diagram(required)
        self._actual = self.space.diagram(actual)
        self._minimal_within: dict[frozenset[str], list[Situation]] = {}

    @cached_property
    def covered(self) -> bool:
        """Whether everything within the required formula is within the actual one."""
        return not self.space.possible(self._required & ~self._actual)

    @cached_property
    def touched(self) -> bool:
        """Whether anything within the required formula is within the actual one."""
        return self.space.possible(self._required & self._actual)

    @cached_property
    def missed(self) -> list[Situation]:
        """The minimal situations within the required formula and outside the actual one."""
        return self.space.minimal(self._required & ~self._actual)

    def gap(self) -> list[Box]:
        """What the actual formula misses, in boxes, each with the fewest further facts that bring it within.

        Scenarios that the same mere circumstances would bring within share a box, others do not.
        """
        groups: dict[frozenset[frozenset[str]], list[Situation]] = {}
        for situation in self.missed:
            mere = frozenset(way for way in self._ways_in(situation) if all(dimension(c) == 3 for c in way))
            groups.setdefault(mere, []).append(situation)
        boxes = [self._with_further(box) for group in groups.values() for box in self._boxes(group)]
        return sorted(boxes, key=lambda box: (-len(box.scenarios()), box.choices()))

    def reach(self) -> list[Box]:
        """What of the required formula the actual one reaches, in boxes: on which further facts, if any."""
        return self._boxes(self.space.minimal(self._required & self._actual))

    def excess(self) -> list[Box]:
        """What the actual formula reaches beyond the required one, in boxes."""
        return self._boxes(self.space.minimal(self._actual & ~self._required))

    def distance(self) -> float:
        """How far apart the two are: the share of the situations within either that is not within both.

        0.0 for equal reach, 1.0 for no common situation. Computed by exact counting over the concepts of both.
        """
        either = self.space.count(self._required | self._actual)
        return self.space.count(self._required ^ self._actual) / either if either else 0.0

    @cached_property
    def _all_choices(self) -> tuple[frozenset[Choice], ...]:
        keys = [self._key(situation) for situation in self.space.minimal(self._required)]
        return tuple(frozenset(key[i] for key in keys) for i in range(len(DIMENSIONS)))

    def _key(self, situation: Situation) -> Key:
        sides: list[list[str]] = [[], [], [], []]
        for concept in sorted(self.theory.core(situation)):
            sides[dimension(concept)].append(concept)
        return tuple(tuple(side) for side in sides)  # type: ignore[return-value]

    def _boxes(self, situations: Iterable[Situation]) -> list[Box]:
        found = []
        for sides in merge({self._key(situation) for situation in situations}):
            all_of = tuple(
                len(known) > 1 and known <= set(side) for side, known in zip(sides, self._all_choices, strict=True)
            )
            found.append(Box(*sides, all_of=all_of))  # type: ignore[arg-type]
        return found

    def _with_further(self, box: Box) -> Box:
        ways = {key: self._ways_in(frozenset(c for side in key for c in side)) for key in product(*box.choices())}
        common = frozenset.intersection(*ways.values()) if ways else frozenset()
        further = [Further(tuple(sorted(way))) for way in _in_order(common)]
        for way in _in_order(frozenset().union(*ways.values()) - common):
            for part in merge({key for key, found in ways.items() if way in found}):
                only = tuple(() if set(p) == set(w) else p for p, w in zip(part, box.choices(), strict=True))
                further.append(Further(tuple(sorted(way)), only))
        return msgspec.structs.replace(box, further=tuple(further))

    def _ways_in(self, scenario: frozenset[str]) -> frozenset[frozenset[str]]:
        """The minimal sets of further facts with which a scenario is within the actual formula.

        A further fact may make a purpose of the scenario more precise, but may not bring in another purpose
        that the required formula knows: that would be another scenario.
        """
        whole = self.theory.close(scenario)
        aims = self._aims(whole)
        ways = {
            self.theory.core(situation - whole)
            for situation in self._minimal_with(frozenset(c for c in self.space.concepts if c in whole))
            if self._aims(situation) == aims
        }
        return frozenset(way for way in ways if not any(other < way for other in ways))

    def _aims(self, concepts: frozenset[str]) -> frozenset[str]:
        """The broadest of the required formula's purposes among the concepts."""
        purposes = {c for c in concepts if c in self._required_concepts and dimension(c) == 2}
        return frozenset(c for c in purposes if not self.theory.above(c) & purposes)

    @cached_property
    def _required_concepts(self) -> frozenset[str]:
        return frozenset(concepts_in(self.required))

    def _minimal_with(self, true: frozenset[str]) -> list[Situation]:
        if true not in self._minimal_within:
            self._minimal_within[true] = self.space.minimal(self._actual & self.space.given(true))
        return self._minimal_within[true]


def _in_order(ways: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    return sorted(ways, key=lambda way: (len(way), sorted(way)))


def merge(keys: set[Key]) -> list[tuple[tuple[Choice, ...], ...]]:
    """Cover a set of points in four dimensions exactly by products, few and large ones first.

    Every product lies within the set, and together they are the set. Deterministic.
    """
    boxes: list[tuple[tuple[Choice, ...], ...]] = []
    open_keys = set(keys)
    axes: Mapping[int, list[Choice]] = {i: sorted({key[i] for key in keys}) for i in range(len(DIMENSIONS))}
    while open_keys:
        seed = min(open_keys)
        candidates = {_grow(seed, keys, axes, order) for order in permutations(range(len(DIMENSIONS)))}
        best = max(sorted(candidates), key=lambda box: sum(key in open_keys for key in product(*box)))
        boxes.append(best)
        open_keys.difference_update(product(*best))
    return sorted(boxes, key=lambda box: (-len(list(product(*box))), box))


def _grow(
    seed: Key, keys: set[Key], axes: Mapping[int, list[Choice]], order: tuple[int, ...]
) -> tuple[tuple[Choice, ...], ...]:
    sides: list[tuple[Choice, ...]] = [(choice,) for choice in seed]
    for i in order:
        for choice in axes[i]:
            if choice not in sides[i]:
                slab = [*sides[:i], (choice,), *sides[i + 1 :]]
                if all(key in keys for key in product(*slab)):
                    sides[i] = tuple(sorted((*sides[i], choice)))
    return tuple(sides)
