"""Formulas said so that strong Kleene logic, part by part, gives the exact answer on incomplete facts.

Kleene logic goes astray only where a concept is asked for in one place and excluded in another: unknown, it cannot be
at its worst in both at once. There the formula is told apart by that concept, and says the same as before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from palermo.logic.formula import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    AtLeast,
    Fact,
    Formula,
    Named,
    NoneOf,
    concepts_in,
    parts_of,
)
from palermo.logic.theory import Theory


def plain_is_exact(formula: Formula, theory: Theory) -> bool:
    """Whether strong Kleene logic, after the facts are completed by the theory, is exact for a formula.

    It is where no concept occurs both inside and outside an exception, and no concept entails one of the other side:
    then the unknown concepts can all take their worst value at once, and all their best.
    """
    return not _torn(formula, theory)


def told_apart(formula: Formula, theory: Theory) -> Formula:
    """A formula that says the same under the theory and for which Kleene logic is exact.

    With c the concept to tell apart, it is (c and F if c) or (not c and F if not c) or (F if c and F if not c), whose
    last part settles what holds either way. Parts without such a concept, and without one that it entails or that
    entails it, are left as they are. The formula must be expanded.
    """
    torn = _torn(formula, theory)
    if not torn:
        return formula
    if isinstance(formula, NoneOf):
        return NoneOf((told_apart(AnyOf(formula.parts), theory),))
    if isinstance(formula, AllOf | AnyOf):
        linked = {c for c in concepts_in(formula) if c in torn or any(_related(c, other, theory) for other in torn)}
        mixed = tuple(part for part in formula.parts if not linked.isdisjoint(concepts_in(part)))
        if len(mixed) == 1:
            return type(formula)(tuple(told_apart(p, theory) if p is mixed[0] else p for p in formula.parts))
        if len(mixed) < len(formula.parts):
            plain = tuple(part for part in formula.parts if part not in mixed)
            return type(formula)((*plain, told_apart(type(formula)(mixed), theory)))
    concept = min(torn, key=lambda concept: (-torn[concept], concept))
    entailed = dict.fromkeys((concept, *theory.above(concept)), True)
    entailing = {c: False for c in concepts_in(formula) if c == concept or concept in theory.above(c)}
    with_it, without_it = (told_apart(assuming(formula, known), theory) for known in (entailed, entailing))
    fact = Fact(concept)
    return AnyOf((AllOf((fact, with_it)), AllOf((NoneOf((fact,)), without_it)), AllOf((with_it, without_it))))


def _related(one: str, other: str, theory: Theory) -> bool:
    return one in theory.above(other) or other in theory.above(one)


def assuming(formula: Formula, known: dict[str, bool]) -> Formula:
    """What is left of a formula where some concepts are known."""
    if isinstance(formula, Fact):
        value = known.get(formula.concept)
        return formula if value is None else ALWAYS if value else NEVER
    if isinstance(formula, Named):
        raise ValueError(f"expand the formula first: it names {formula.name}")
    parts = [assuming(part, known) for part in formula.parts]
    if isinstance(formula, AtLeast):
        n = formula.n - parts.count(ALWAYS)
        left = tuple(part for part in parts if part not in (ALWAYS, NEVER))
        return ALWAYS if n <= 0 else NEVER if n > len(left) else AtLeast(n, left)
    settling, idle = (NEVER, ALWAYS) if isinstance(formula, AllOf) else (ALWAYS, NEVER)
    if settling in parts:
        return NEVER if isinstance(formula, NoneOf) else settling
    left = tuple(part for part in parts if part != idle)
    return ALWAYS if isinstance(formula, NoneOf) and not left else type(formula)(left)


def _torn(formula: Formula, theory: Theory) -> Counter[str]:
    """The concepts that stand, themselves or by one they entail, both inside and outside exceptions: how often."""
    sides: dict[str, set[bool]] = {}
    times: Counter[str] = Counter()
    for concept, outside in occurrences(formula):
        sides.setdefault(concept, set()).add(outside)
        times[concept] += 1
    torn = {concept for concept, where in sides.items() if len(where) > 1}
    for narrower, broader in theory.among(sides):
        if sides[narrower] != sides[broader]:
            torn |= {narrower, broader}
    return Counter({concept: times[concept] for concept in torn})


def occurrences(formula: Formula, outside: bool = True) -> Iterator[tuple[str, bool]]:
    """Each place where a formula names a concept, and whether it asks for it there (or excepts it)."""
    if isinstance(formula, Fact):
        yield formula.concept, outside
    for part in parts_of(formula):
        yield from occurrences(part, outside != isinstance(formula, NoneOf))
