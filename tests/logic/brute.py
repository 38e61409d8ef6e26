"""The meaning of the questions, by going through all situations there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import chain, combinations

from palermo.logic.formula import Formula, concepts_in, holds
from palermo.logic.theory import Theory

Situation = frozenset[str]


def subsets(concepts: Iterable[str]) -> list[Situation]:
    pool = sorted(concepts)
    return [frozenset(chosen) for size in range(len(pool) + 1) for chosen in combinations(pool, size)]


def situations(theory: Theory, concepts: Collection[str], facts: Mapping[str, bool] | None = None) -> set[Situation]:
    """All situations over the concepts that the theory and the facts allow."""
    facts = facts or {}
    everything = {*concepts, *facts, *chain.from_iterable(theory.implications)}
    return {
        situation & frozenset(concepts)
        for situation in subsets(everything)
        if all(narrower not in situation or broader in situation for narrower, broader in theory.implications)
        and all((concept in situation) is value for concept, value in facts.items())
    }


def all_concepts(*formulas: Formula) -> frozenset[str]:
    return frozenset(concept for formula in formulas for concept in concepts_in(formula))


def reached(formula: Formula, among: Iterable[Situation]) -> set[Situation]:
    return {situation for situation in among if holds(formula, situation)}


def minimal(sets: Collection[Situation]) -> set[Situation]:
    return {one for one in sets if not any(other < one for other in sets)}


def equal(theory: Theory, a: str, b: str) -> bool:
    """Whether two concepts are true in the same situations."""
    return all((a in situation) is (b in situation) for situation in situations(theory, {a, b}))


def entails(theory: Theory, narrower: str, broader: str) -> bool:
    return all(broader in s for s in situations(theory, {narrower, broader}) if narrower in s)
