"""The theory between concepts: what follows, what is left out, what cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.logic.theory import Contradiction, Theory

from .brute import entails, equal, situations, subsets
from .strategies import CONCEPTS, ONLY_IN_THEORY, few, many, some, theories, theories_with_facts

ALL = (*CONCEPTS, *ONLY_IN_THEORY)
sets_of_concepts = some(ALL).map(frozenset)


@many
@given(theories(), sets_of_concepts)
def test_closing_adds_what_follows_and_no_more(theory: Theory, concepts: frozenset[str]) -> None:
    containing = [situation for situation in situations(theory, ALL) if concepts <= situation]
    assert theory.close(concepts) == frozenset.intersection(*containing)


@many
@given(theories(), sets_of_concepts, sets_of_concepts)
def test_the_core_says_the_same_in_the_fewest_concepts(
    theory: Theory, concepts: frozenset[str], preferred: frozenset[str]
) -> None:
    same = [s for s in subsets(concepts) if theory.close(s) == theory.close(concepts)]
    shortest = [s for s in same if len(s) == min(map(len, same))]
    assert theory.core(concepts) == min(shortest, key=sorted)
    assert theory.core(concepts, preferred) == min(shortest, key=lambda s: (-len(s & preferred), sorted(s - preferred)))


@few
@given(theories())
def test_relations_between_concepts(theory: Theory) -> None:
    for a in ALL:
        assert theory.above(a) == {b for b in ALL if b != a and entails(theory, a, b)}
        assert theory.equals(a) == {b for b in ALL if equal(theory, a, b)}
    assert theory.among(ALL) == [(a, b) for a in ALL for b in sorted(theory.above(a))]
    assert (theory.circle is None) is all(theory.equals(a) == {a} for a in ALL)


@few
@given(theories(), theories())
def test_a_reading_is_laid_over_a_theory(strict: Theory, readings: Theory) -> None:
    both = situations(strict, ALL) & situations(readings, ALL)
    assert situations(strict | readings, ALL) == both


@many
@given(theories_with_facts())
def test_known_facts_are_completed_with_all_that_follows(given_facts: tuple[Theory, dict[str, bool]]) -> None:
    theory, facts = given_facts
    possible = situations(theory, ALL, facts)
    settled = {c: value for c in ALL for value in (True, False) if all((c in s) is value for s in possible)}
    assert theory.complete(facts) == settled


@many
@given(theories(), st.dictionaries(st.sampled_from(ALL), st.booleans()))
def test_facts_that_cannot_be_are_refused(theory: Theory, facts: dict[str, bool]) -> None:
    if situations(theory, ALL, facts):
        theory.complete(facts)
    else:
        with pytest.raises(Contradiction) as caught:
            theory.complete(facts)
        assert facts[caught.value.narrower] is True
        assert facts[caught.value.broader] is False
        assert entails(theory, caught.value.narrower, caught.value.broader)


def test_a_contradiction_says_which_facts_clash() -> None:
    theory = Theory(
        [("purpose.prostitution-of-others", "purpose.prostitution"), ("purpose.prostitution", "purpose.sexual")]
    )
    with pytest.raises(Contradiction, match=r"prostitution-of-others is given as true and purpose\.sexual as false"):
        theory.complete({"purpose.prostitution-of-others": True, "purpose.sexual": False})


def test_what_two_readings_make_equal_is_said_once() -> None:
    theory = Theory([("means.fraud", "means.deception"), ("means.deception", "means.fraud")])
    assert theory.core({"means.fraud", "means.deception"}) == {"means.deception"}
    assert theory.circle in {"means.fraud", "means.deception"}
