"""The smallest widening of a law that closes a gap.

An amendment changes one element of an offence: it drops the element, or adds further alternatives to it. The
elements of an offence are the parts of its conjunctions, exceptions among them. A widening is the fewest amendments
to one offence after which every scenario of the gap is within it; of equally few, those come first that bring in the
least conduct beyond what the law reaches now.

A scenario is a minimal situation. Conduct that adds to it a fact which an untouched exception takes out stays
outside; holding the widened law against the treaty again shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations, product, zip_longest
from typing import TypeVar

import msgspec

from palermo.logic.formula import (
    AllOf,
    AnyOf,
    Fact,
    Formula,
    Named,
    NoneOf,
    concepts_in,
    holding,
    holds,
    needed,
    parts_of,
    with_parts,
)
from palermo.logic.patience import go_on
from palermo.logic.scenarios import dimension
from palermo.logic.space import Space
from palermo.logic.theory import Theory

Place = tuple[int, ...]
"""Where an element stands in a formula: the index of each part on the way."""
_T = TypeVar("_T")


class Amendment(msgspec.Struct, frozen=True):
    """One change to one element of an offence.

    `element` are the concepts the element names today and `cite` its place; `adds` the alternatives to be
    added, or nothing where the element is to be dropped.
    """

    path: Place
    element: tuple[str, ...]
    adds: tuple[str, ...] = ()
    cite: str | None = None


class Widening(msgspec.Struct, frozen=True):
    """Amendments to one offence that together close a gap; `new_conduct` counts the situations brought in."""

    offence: str
    amendments: tuple[Amendment, ...]
    new_conduct: int


def smallest_widenings(
    scenarios: Collection[frozenset[str]],
    offences: Mapping[str, Formula],
    theory: Theory,
    most: int = 3,
) -> list[Widening]:
    """The smallest widenings of any one offence after which all scenarios are within the law.

    `scenarios` are sets of concepts, closed under the theory before use; `offences` expanded formulas by id.
    At most `most` widenings are returned, the best first; none where nothing is missing or no amendment helps.
    """
    closed = [theory.close(scenario) for scenario in scenarios]
    reached = [holding(formula) for formula in offences.values()]
    missing = [scenario for scenario in closed if not any(within(scenario) for within in reached)]
    if not missing:
        return []
    drafts = [_Draft(offence, formula, missing, theory) for offence, formula in offences.items()]
    for found in zip_longest(*(draft.widenings() for draft in drafts), fillvalue=[]):
        fewest = [widening for widenings in found for widening in widenings]
        if fewest:
            return _ranked(fewest, offences, theory)[:most]
    return []


def amend(formula: Formula, amendments: Collection[Amendment]) -> Formula:
    """The formula with each amended element dropped or given its further alternatives."""
    return _amend(formula, {amendment.path: amendment.adds for amendment in amendments})


def _amend(formula: Formula, adds: Mapping[Place, tuple[str, ...]]) -> Formula:
    """The formula amended at places within it; parts without such a place are the very same."""
    if () in adds:
        further = tuple(Fact(concept) for concept in adds[()])
        return AnyOf((formula, *further)) if further else AllOf(())
    within: dict[int, dict[Place, tuple[str, ...]]] = {}
    for place, more in adds.items():
        within.setdefault(place[0], {})[place[1:]] = more
    parts = (_amend(part, within[i]) if i in within else part for i, part in enumerate(parts_of(formula)))
    return with_parts(formula, tuple(parts)) if within else formula


def _ranked(
    found: Sequence[tuple[str, tuple[Amendment, ...]]], offences: Mapping[str, Formula], theory: Theory
) -> list[Widening]:
    widened = [amend(offences[offence], amendments) for offence, amendments in found]
    space = Space([*offences.values(), *widened], theory)
    today, *amended = space.diagrams([AnyOf(tuple(offences.values())), *widened])
    widenings = [
        Widening(offence, amendments, space.count(diagram & ~today))
        for (offence, amendments), diagram in zip(found, amended, strict=True)
    ]
    return sorted(widenings, key=lambda w: (w.new_conduct, w.offence, [a.path for a in w.amendments]))


class _Draft:
    """An offence, and what is missing from the law."""

    def __init__(self, offence: str, formula: Formula, missing: list[frozenset[str]], theory: Theory) -> None:
        self.offence, self.formula, self.missing, self.theory = offence, formula, missing, theory

    def widenings(self) -> Iterator[list[tuple[str, tuple[Amendment, ...]]]]:
        """The amendments after which nothing is missing: those of one amendment, of two, and so on."""
        for found in _sufficing(self._lacking):
            yield [
                (self.offence, amendments)
                for places in found
                for amendments in product(*(self._amendments(place) for place in sorted(places)))
            ]

    def _lacking(self, amended: frozenset[Place]) -> Collection[frozenset[Place]] | None:
        """The elements to be amended for the first scenario that is still missing.

        Whether an element is dropped or given alternatives, it then keeps out nothing, so that dropping will do here.
        """
        within = holding(_amend(self.formula, dict.fromkeys(amended, ())))
        missing = next((scenario for scenario in self.missing if not within(scenario)), None)
        return None if missing is None else _keeping_out(self.formula, missing, ())

    def _amendments(self, place: Place) -> list[Amendment]:
        element = self.formula
        for i in place:
            element = parts_of(element)[i]
        within = holding(element)
        adds = _alternatives(element, [scenario for scenario in self.missing if not within(scenario)], self.theory)
        options = [(), adds] if adds else [()]
        return [Amendment(place, concepts_in(element), option, element.cite) for option in options]


def _keeping_out(formula: Formula, scenario: frozenset[str], place: Place) -> set[frozenset[Place]]:
    """The sets of elements each of which, amended, lets the scenario in. None for what has no elements."""
    if holds(formula, scenario):
        return {frozenset()}
    if isinstance(formula, Fact | Named | NoneOf):
        return set()
    each = [_keeping_out(part, scenario, (*place, i)) for i, part in enumerate(parts_of(formula))]
    if isinstance(formula, AllOf):
        each = [sets if frozenset() in sets else sets | {frozenset({(*place, i)})} for i, sets in enumerate(each)]
    together = combinations(each, needed(formula))
    return {frozenset().union(*chosen) for some in together for chosen in product(*some)}


def _listed(element: Formula) -> tuple[str, ...]:
    """The facts of which an element names one or lists several as alternatives."""
    if isinstance(element, Fact):
        return (element.concept,)
    return tuple(c for part in element.parts for c in _listed(part)) if isinstance(element, AnyOf) else ()


def _alternatives(element: Formula, kept_out: list[frozenset[str]], theory: Theory) -> tuple[str, ...]:
    """The fewest concepts, narrow ones, of which each scenario has one: of the kinds listed, or else of the acts."""
    kinds = {dimension(concept) for concept in _listed(element)}
    for wanted in (kinds, {0}) if kinds else ():
        pools = [theory.core([c for c in scenario if dimension(c) in wanted]) for scenario in kept_out]
        if all(pools):
            return _fewest_of_each(pools)
    return ()


def _fewest_of_each(pools: list[frozenset[str]]) -> tuple[str, ...]:
    def lacking(chosen: frozenset[str]) -> list[frozenset[str]] | None:
        missed = next((pool for pool in pools if not pool & chosen), None)
        return None if missed is None else [frozenset({concept}) for concept in missed]

    fewest = next(found for found in _sufficing(lacking) if found)
    return min(tuple(sorted(concepts)) for concepts in fewest)


def _sufficing(
    lacking: Callable[[frozenset[_T]], Collection[frozenset[_T]] | None],
) -> Iterator[list[frozenset[_T]]]:
    """The sets that suffice: the empty one, those of one element, of two, and so on.

    `lacking` says what a set lacks, all of one of the alternatives, or None if it suffices.
    """
    waiting: dict[int, set[frozenset[_T]]] = {0: {frozenset()}}
    size = 0
    while waiting:
        go_on()
        suffice = []
        for chosen in waiting.pop(size, ()):
            go_on()
            alternatives = lacking(chosen)
            if alternatives is None:
                suffice.append(chosen)
            for more in alternatives or ():
                waiting.setdefault(len(chosen | more), set()).add(chosen | more)
        yield suffice
        size += 1
