"""A formula told apart says the same, and Kleene logic is exact on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from palermo.logic.formula import ALWAYS, AllOf, AnyOf, AtLeast, Fact, Formula, NoneOf, holds
from palermo.logic.kleene import assuming, plain_is_exact, told_apart
from palermo.logic.questions import decide
from palermo.logic.theory import Contradiction, Theory
from palermo.logic.truth import Truth

from .strategies import CONCEPTS, formulas, many, theories

FACTS = st.fixed_dictionaries({c: st.sampled_from([True, False, None]) for c in CONCEPTS})


def kleene(formula: Formula, known: dict[str, bool]) -> Truth:
    if isinstance(formula, Fact):
        value = known.get(formula.concept)
        return Truth.OPEN if value is None else Truth.TRUE if value else Truth.FALSE
    parts = [kleene(part, known) for part in formula.parts]  # type: ignore[union-attr]
    least, flip = 1, isinstance(formula, NoneOf)
    if isinstance(formula, AllOf):
        least = len(parts)
    elif isinstance(formula, AtLeast):
        least = formula.n
    if parts.count(Truth.TRUE) >= least:
        return Truth.FALSE if flip else Truth.TRUE
    if len(parts) - parts.count(Truth.FALSE) < least:
        return Truth.TRUE if flip else Truth.FALSE
    return Truth.OPEN


@many
@given(formulas(), theories(), FACTS)
def test_kleene_logic_is_exact_on_what_is_told_apart(
    formula: Formula, theory: Theory, row: dict[str, bool | None]
) -> None:
    facts = {concept: value for concept, value in row.items() if value is not None}
    try:
        known = theory.complete(facts)
    except Contradiction:
        return
    assert kleene(told_apart(formula, theory), known) is decide(formula, facts, theory).truth


@many
@given(formulas(), theories(), st.sets(st.sampled_from(CONCEPTS)))
def test_it_says_the_same(formula: Formula, theory: Theory, true: set[str]) -> None:
    situation = theory.close(true)
    assert holds(told_apart(formula, theory), situation) == holds(formula, situation)


@many
@given(formulas(), FACTS, st.sets(st.sampled_from(CONCEPTS)))
def test_what_is_assumed_is_gone(formula: Formula, row: dict[str, bool | None], true: set[str]) -> None:
    known = {concept: value for concept, value in row.items() if value is not None}
    situation = (true - known.keys()) | {concept for concept, value in known.items() if value}
    assert holds(assuming(formula, known), true) == holds(formula, situation)


def test_only_the_parts_concerned_are_told_apart() -> None:
    child, act, purpose = Fact("person.child"), Fact("act.harbouring"), Fact("purpose.slavery")
    mixed = AnyOf((child, NoneOf((child,))))
    assert not plain_is_exact(AllOf((act, mixed, purpose)), Theory())
    told = told_apart(AllOf((act, mixed, purpose)), Theory())
    assert isinstance(told, AllOf)
    assert told.parts[0] == act
    assert told.parts[2] == purpose
    assert assuming(mixed, {"person.child": True}) == ALWAYS
