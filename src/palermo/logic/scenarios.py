"""What one formula reaches and another does not, as minimal scenarios merged into boxes.

A scenario is a minimal situation: the fewest facts that together are within the one and outside the other.
A box is a product, acts x means x purposes x circumstances, all of whose members are scenarios: a page of
scenarios said in one line. The boxes together are exactly the scenarios, no more and no fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from functools import cache, cached_property, reduce
from itertools import product
from math import prod

import msgspec

from palermo.logic.formula import Formula, concepts_in
from palermo.logic.patience import go_on
from palermo.logic.space import Situation, Space
from palermo.logic.theory import Theory

DIMENSIONS = ("act", "means", "purpose", "circumstance")
_DIMENSION_OF_PREFIX = {"act": 0, "means": 1, "person": 1, "purpose": 2, "result": 2}

Choice = tuple[str, ...]
"""Concepts that go together in one dimension of a scenario; empty where the dimension plays no part."""
Key = tuple[Choice, ...]
"""A scenario: one choice for each of DIMENSIONS."""
Sides = tuple[tuple[Choice, ...], ...]
"""A product: some choices for each of DIMENSIONS."""
Way = frozenset[str]


@cache
def dimension(concept: str) -> int:
    """The index in DIMENSIONS a concept belongs to.

    A person's attribute stands with the means, since being a child takes the place of means; exploitation
    carried out stands with the purposes; whatever has no dimension of its own is a circumstance.
    """
    return _DIMENSION_OF_PREFIX.get(concept.split(".", 1)[0], 3)


class Further(msgspec.Struct, frozen=True):
    """The fewest further facts that bring scenarios of a box within the law.

    `concepts` are the facts to add, none of which could be left out. `only_for` confines this to part of the box:
    for each of DIMENSIONS the choices it serves, or nothing where it serves all of the box's; empty if it serves
    the whole box.
    """

    concepts: tuple[str, ...]
    only_for: tuple[tuple[Choice, ...], ...] = ()


class Box(msgspec.Struct, frozen=True):
    """A product of choices, one tuple of choices for each of DIMENSIONS.

    `all_of` says per dimension whether the box takes in every choice that the required formula knows there, if it
    knows more than one. `further` are the ways in: facts that make an act, a means or a purpose of a scenario more
    precise or stand beside them, but no other act, means or purpose, which would make another scenario.
    """

    act: tuple[Choice, ...]
    means: tuple[Choice, ...]
    purpose: tuple[Choice, ...]
    circumstance: tuple[Choice, ...]
    all_of: tuple[bool, ...] = (False, False, False, False)
    further: tuple[Further, ...] = ()

    def choices(self) -> Sides:
        """The four dimensions in the order of DIMENSIONS."""
        return (self.act, self.means, self.purpose, self.circumstance)

    def scenarios(self) -> list[frozenset[str]]:
        """The scenarios of the box, each as its concepts (without what follows from them)."""
        return [frozenset(c for choice in combination for c in choice) for combination in product(*self.choices())]


class Comparison:
    """A required formula held against an actual one, both expanded, under a theory."""

    def __init__(self, required: Formula, actual: Formula, theory: Theory | None = None) -> None:
        self.required, self.actual = required, actual
        self.theory = theory or Theory()
        self.space = Space((required, actual), self.theory)
        self._required = self.space.diagram(required)
        self._actual = self.space.diagram(actual)
        self._keys: dict[Situation, Key] = {}

    def with_actual(self, actual: Formula) -> Comparison:
        """The same required formula held against another one all of whose concepts this comparison knows.

        All of them, the theory between them included, are counted in a distance.
        """
        other = copy(self)
        for answer in ("covered", "touched", "missed", "common"):
            vars(other).pop(answer, None)
        other.actual, other._actual = actual, self.space.diagram(actual)
        vars(other)["_all_choices"] = self._all_choices
        return other

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

    @cached_property
    def common(self) -> list[Situation]:
        """The minimal situations within both formulas."""
        return self.space.minimal(self._required & self._actual)

    def situations(self, formula: Formula) -> list[Situation]:
        """The minimal situations within a formula all of whose concepts this comparison knows."""
        return self.space.minimal(self.space.diagram(formula))

    def gap(self) -> list[Box]:
        """What the actual formula misses, in boxes, each with the fewest further facts that bring it within.

        Scenarios that the same mere circumstances would bring within share a box, others do not.
        """
        ways = {self._key(situation): self._ways_in(situation) for situation in self.missed}
        groups: dict[frozenset[Way], set[Key]] = {}
        for key, found in ways.items():
            mere = frozenset(way for way in found if all(dimension(concept) == 3 for concept in way))
            groups.setdefault(mere, set()).add(key)
        boxes = [_with_further(box, ways) for keys in groups.values() for box in self._merged(keys)]
        return sorted(boxes, key=lambda box: (-len(box.scenarios()), box.choices()))

    def reach(self) -> list[Box]:
        """What of the required formula the actual one reaches, in boxes: on which further facts, if any."""
        return self.boxes(self.common)

    def excess(self) -> list[Box]:
        """What the actual formula reaches beyond the required one, in boxes."""
        return self.boxes(self.space.minimal(self._actual & ~self._required))

    def distance(self) -> float:
        """How far apart the two are: the share of the situations within either that is not within both.

        0.0 for equal reach, 1.0 for no common situation. Computed by exact counting over the concepts of both.
        """
        either = self.space.count(self._required | self._actual)
        return self.space.count(self._required ^ self._actual) / either if either else 0.0

    @property
    def choices(self) -> tuple[frozenset[Choice], ...]:
        """For each of DIMENSIONS the choices that the required formula knows."""
        return self._all_choices

    @cached_property
    def _all_choices(self) -> tuple[frozenset[Choice], ...]:
        keys = [self._key(situation) for situation in self.space.minimal(self._required)]
        return tuple(frozenset(key[i] for key in keys) for i in range(len(DIMENSIONS)))

    def _key(self, situation: Situation) -> Key:
        if situation not in self._keys:
            sides: list[list[str]] = [[], [], [], []]
            for concept in sorted(self.theory.core(situation, self._terms)):
                sides[dimension(concept)].append(concept)
            self._keys[situation] = tuple(tuple(side) for side in sides)
        return self._keys[situation]

    def boxes(self, situations: Iterable[Situation]) -> list[Box]:
        """Situations merged into boxes: exactly these, each without what follows from its other concepts."""
        return self._merged({self._key(situation) for situation in situations})

    def _merged(self, keys: set[Key]) -> list[Box]:
        found = []
        for sides in merge(keys):
            act, means, purpose, circumstance = sides
            both = zip(sides, self._all_choices, strict=True)
            all_of = tuple(len(known) > 1 and known <= set(side) for side, known in both)
            found.append(Box(act, means, purpose, circumstance, all_of))
        return found

    def _ways_in(self, scenario: Situation) -> frozenset[Way]:
        """The minimal sets of further facts with which a scenario is within the actual formula.

        A further fact may make an act, a means or a purpose that the scenario is told in more precise. It may not
        put another beside it, nor make precise only what follows by the theory: that would be another scenario. (A
        child's scenario without means has none to put it beside.)
        """
        added = self.space.additions(self._actual, scenario, self._others(scenario))
        return frozenset(self.theory.core(facts, self._terms) for facts in added)

    def _others(self, scenario: Situation) -> set[str]:
        told = self.theory.core(scenario, self._terms)
        others: set[str] = set()
        for known in self._by_kind:
            own = known & told
            if own:
                others |= {concept for concept in known - scenario if not self.theory.above(concept) & own}
        return others

    @cached_property
    def _terms(self) -> frozenset[str]:
        """The required formula's own terms, in which scenarios are told where the theory knows equals."""
        return frozenset(concepts_in(self.required))

    @cached_property
    def _by_kind(self) -> list[frozenset[str]]:
        return [
            frozenset(concept for concept in self.space.concepts if concept.startswith(f"{kind}."))
            for kind in ("act", "means", "purpose")
        ]


def _with_further(box: Box, ways: Mapping[Key, frozenset[Way]]) -> Box:
    inside = {key: ways[key] for key in product(*box.choices())}
    common = frozenset.intersection(*inside.values())
    further = [Further(tuple(sorted(way))) for way in _in_order(common)]
    for way in _in_order(frozenset().union(*inside.values()) - common):
        for part in merge({key for key, found in inside.items() if way in found}):
            only = tuple(() if set(p) == set(w) else p for p, w in zip(part, box.choices(), strict=True))
            further.append(Further(tuple(sorted(way)), only))
    return msgspec.structs.replace(box, further=tuple(further))


def _in_order(ways: Iterable[Way]) -> list[Way]:
    return sorted(ways, key=lambda way: (len(way), sorted(way)))


def merge(keys: set[Key]) -> list[Sides]:
    """Cover a set of points in four dimensions exactly by products, few and large ones first.

    Every product lies within the set, and together they are the set; they may overlap. Deterministic.
    """
    points = _Points(keys)
    boxes = []
    left = points.all
    while left:
        go_on()
        seed = points.first(left)
        lines = points.lines(seed)
        dimensions = frozenset(i for i, line in enumerate(lines) if len(line) > 1)
        alone: Sides = tuple((choice,) for choice in seed)
        grown = {(alone, dimensions)}
        for _ in dimensions:
            grown = {(points.grow(sides, i, lines[i]), rest - {i}) for sides, rest in grown for i in rest}
        candidates = sorted({sides for sides, _ in grown})
        best = max(candidates, key=lambda sides: (left & points.within(sides)).bit_count())
        boxes.append(best)
        left &= ~points.within(best)
    return sorted(boxes, key=lambda box: (-prod(map(len, box)), box))


class _Points:
    """A set of points in order, each a bit: the first the lowest."""

    def __init__(self, keys: set[Key]) -> None:
        self._keys = sorted(keys)
        self.all = (1 << len(keys)) - 1
        self._with: list[dict[Choice, int]] = [{} for _ in DIMENSIONS]
        for point, key in enumerate(self._keys):
            for with_choice, choice in zip(self._with, key, strict=True):
                with_choice[choice] = with_choice.get(choice, 0) | 1 << point
        self._with = [dict(sorted(with_choice.items())) for with_choice in self._with]
        self._with_any: list[dict[tuple[Choice, ...], int]] = [{} for _ in DIMENSIONS]

    def first(self, points: int) -> Key:
        """The first of some points."""
        return self._keys[(points & -points).bit_length() - 1]

    def lines(self, point: Key) -> list[list[Choice]]:
        """For each dimension the choices of the points that differ from a point in that dimension alone."""
        own = [with_choice[choice] for with_choice, choice in zip(self._with, point, strict=True)]
        found = []
        for i in range(len(own)):
            line = reduce(int.__and__, (*own[:i], *own[i + 1 :]))
            found.append([choice for choice, points in self._with[i].items() if line & points])
        return found

    def within(self, sides: Sides, but: int | None = None) -> int:
        """The points of the set that are in a product, whatever they are in the dimension `but`."""
        points = self.all
        for i, side in enumerate(sides):
            if i != but:
                if side not in self._with_any[i]:
                    self._with_any[i][side] = reduce(int.__or__, map(self._with[i].__getitem__, side))
                points &= self._with_any[i][side]
        return points

    def grow(self, sides: Sides, i: int, line: Iterable[Choice]) -> Sides:
        """The product grown along one dimension, by choices of a line, as far as all its points are in the set."""
        row, size = self.within(sides, but=i), prod(map(len, sides)) // len(sides[i])
        grown = tuple(choice for choice in line if (row & self._with[i][choice]).bit_count() == size)
        return (*sides[:i], grown, *sides[i + 1 :])
