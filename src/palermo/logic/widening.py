"""The smallest widening of a law that closes a gap.

An amendment changes one element of an offence: it drops the element, or adds further alternatives to it. A
widening is the fewest amendments to one offence after which every scenario of the gap is within it; of
equally few, those come first that bring in the least conduct beyond what the law reaches now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

import msgspec

from palermo.logic.formula import AllOf, AnyOf, Fact, Formula, Path, concepts_in, holds, nodes, with_parts
from palermo.logic.scenarios import dimension
from palermo.logic.space import Space
from palermo.logic.theory import Theory


class Amendment(msgspec.Struct, frozen=True):
    """One change to one element of an offence.

    `element` are the concepts the element names today and `cite` its place; `adds` the alternatives to be
    added, or nothing where the element is to be dropped.
    """

    path: tuple[int, ...]
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
    At most `most` widenings are returned, the best first. There is always one if there is an offence.
    """
    closed = [theory.close(scenario) for scenario in scenarios]
    least = 0
    found: list[tuple[str, tuple[Amendment, ...], Formula]] = []
    for offence, formula in offences.items():
        options = list(_options(formula, closed))
        for size in range(1, (least or len(options)) + 1):
            fitting = list(_fitting(offence, formula, options, size, closed))
            if fitting:
                found = [*(found if size == least else []), *fitting]
                least = size
                break
    if not found:
        return []
    space = Space([*offences.values(), *(widened for _, _, widened in found)], theory)
    today = space.nothing
    for formula in offences.values():
        today |= space.diagram(formula)
    widenings = [
        Widening(offence, chosen, space.count(space.diagram(widened) & ~today)) for offence, chosen, widened in found
    ]
    return sorted(widenings, key=lambda w: (w.new_conduct, w.offence, [a.path for a in w.amendments]))[:most]


def _fitting(
    offence: str, formula: Formula, options: list[Amendment], size: int, closed: list[frozenset[str]]
) -> Iterator[tuple[str, tuple[Amendment, ...], Formula]]:
    for chosen in combinations(options, size):
        if _apart([amendment.path for amendment in chosen]):
            widened = amend(formula, chosen)
            if all(holds(widened, scenario) for scenario in closed):
                yield offence, chosen, widened


def amend(formula: Formula, amendments: Collection[Amendment]) -> Formula:
    """The formula with each amended element dropped or given its further alternatives."""
    return _amend(formula, (), {amendment.path: amendment for amendment in amendments})


def _amend(formula: Formula, path: tuple[int, ...], amendments: Mapping[Path, Amendment]) -> Formula:
    amendment = amendments.get(path)
    if amendment:
        if not amendment.adds:
            return AllOf(())
        return AnyOf((formula, *(Fact(concept) for concept in amendment.adds)))
    parts = formula.parts if not isinstance(formula, Fact) and hasattr(formula, "parts") else ()
    return with_parts(formula, tuple(_amend(part, (*path, i), amendments) for i, part in enumerate(parts)))


def _options(formula: Formula, closed: list[frozenset[str]]) -> Iterator[Amendment]:
    """Every element of a conjunction that keeps out some scenario, dropped, and with alternatives added."""
    for path, node in nodes(formula):
        if not isinstance(node, AllOf):
            continue
        for i, element in enumerate(node.parts):
            kept_out = [scenario for scenario in closed if not holds(element, scenario)]
            if not kept_out:
                continue
            here = tuple(int(step) for step in path) + (i,)
            named = concepts_in(element)
            yield Amendment(here, named, (), element.cite)
            if isinstance(element, Fact | AnyOf):
                adds = _alternatives(named, kept_out)
                if adds:
                    yield Amendment(here, named, adds, element.cite)


def _alternatives(named: Collection[str], kept_out: list[frozenset[str]]) -> tuple[str, ...]:
    """The fewest concepts of the element's own dimension, or else of the acts, of which each scenario has one."""
    for wanted in ({dimension(concept) for concept in named}, {0}):
        pools = [frozenset(c for c in scenario if dimension(c) in wanted) for scenario in kept_out]
        if all(pools):
            return _hitting_set(pools)
    return ()


def _hitting_set(pools: list[frozenset[str]]) -> tuple[str, ...]:
    needed = sorted({min(pool) for pool in pools if len(pool) == 1})
    left = [pool for pool in pools if not pool & set(needed)]
    others = sorted(frozenset().union(*left)) if left else []
    for size in range(len(others) + 1):
        for chosen in combinations(others, size):
            if all(pool & set(chosen) for pool in left):
                return tuple(sorted({*needed, *chosen}))
    return tuple(needed)


def _apart(paths: list[tuple[int, ...]]) -> bool:
    return not any(a != b and b[: len(a)] == a for a in paths for b in paths) and len(set(paths)) == len(paths)
