"""Sets of situations: counted, found possible and reduced to the minimal ones exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.logic.formula import Formula, Named
from palermo.logic.space import Space
from palermo.logic.theory import Theory

from .brute import all_concepts, minimal, reached, situations
from .strategies import CONCEPTS, formulas, many, theories


@many
@given(formulas(), formulas(), theories())
def test_a_space_counts_and_finds_exactly(formula: Formula, other: Formula, theory: Theory) -> None:
    space = Space((formula, other), theory)
    inside = reached(formula, situations(theory, all_concepts(formula, other)))
    diagram = space.diagram(formula)
    assert set(space.concepts) == all_concepts(formula, other)
    assert space.count(diagram) == len(inside)
    assert space.possible(diagram) is bool(inside)
    found = space.minimal(diagram)
    assert set(found) == minimal(inside)
    assert found == sorted(found, key=lambda situation: (len(situation), sorted(situation)))


@many
@given(formulas(), theories(), st.dictionaries(st.sampled_from(CONCEPTS), st.booleans(), max_size=3))
def test_the_least_additions_to_given_facts(formula: Formula, theory: Theory, facts: dict[str, bool]) -> None:
    concepts = all_concepts(formula)
    facts = {concept: value for concept, value in facts.items() if concept in concepts}
    true, false = ({c for c, v in facts.items() if v is value} for value in (True, False))
    space = Space((formula,), theory)
    inside = reached(formula, situations(theory, concepts, facts))
    settled = set().union(*(theory.equals(concept) for concept in facts))
    assert set(space.additions(space.diagram(formula), true, false)) == {s - settled for s in minimal(inside)}
    assert space.count(space.diagram(formula) & space.given(true, false)) == len(inside)


def test_a_space_without_concepts_has_one_situation() -> None:
    space = Space(())
    assert space.count(space.world) == 1
    assert space.minimal(space.world) == [frozenset()]
    assert space.minimal(space.nothing) == []


def test_only_expanded_formulas_have_a_diagram() -> None:
    with pytest.raises(ValueError, match="expand the formula first: it names s 3"):
        Space(()).diagram(Named("s 3"))
