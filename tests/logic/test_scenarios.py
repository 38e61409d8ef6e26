"""What one law misses of another: exactly the minimal scenarios, in boxes, with exactly the minimal ways in."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.logic.formula import AnyOf, Formula, concepts_in
from palermo.logic.scenarios import Box, Comparison, Key, Sides, dimension, merge
from palermo.logic.theory import Theory

from .brute import Situation, all_concepts, entails, minimal, reached, situations
from .strategies import few, many, offences, theories

two_laws = st.tuples(offences(), offences(), theories())


def cores(theory: Theory, found: set[Situation], required: Formula) -> set[Situation]:
    """The minimal situations in the fewest words, those of the required law first."""
    return {theory.core(situation, concepts_in(required)) for situation in minimal(found)}


def scenarios(boxes: list[Box]) -> set[Situation]:
    return {scenario for box in boxes for scenario in box.scenarios()}


@many
@given(two_laws)
def test_the_boxes_are_exactly_the_minimal_scenarios(case: tuple[Formula, Formula, Theory]) -> None:
    required, actual, theory = case
    every = situations(theory, all_concepts(required, actual))
    asked, given_law = reached(required, every), reached(actual, every)
    comparison = Comparison(required, actual, theory)
    assert scenarios(comparison.gap()) == cores(theory, asked - given_law, required)
    assert scenarios(comparison.reach()) == cores(theory, asked & given_law, required)
    assert scenarios(comparison.excess()) == cores(theory, given_law - asked, required)
    assert set(comparison.missed) == minimal(asked - given_law)
    assert set(comparison.common) == minimal(asked & given_law)
    assert comparison.covered is (asked <= given_law)
    assert comparison.touched is bool(asked & given_law)
    assert comparison.distance() == (len(asked ^ given_law) / len(asked | given_law) if asked | given_law else 0.0)


@many
@given(two_laws)
def test_the_further_facts_are_exactly_the_minimal_ways_in(case: tuple[Formula, Formula, Theory]) -> None:
    required, actual, theory = case
    concepts = all_concepts(required, actual)
    within = reached(actual, situations(theory, concepts))
    for box in Comparison(required, actual, theory).gap():
        for key in product(*box.choices()):
            told = {concept for choice in key for concept in choice}
            assert ways_said(box, key) == ways_in(told, theory.close(told) & concepts, within, theory, required)


def ways_said(box: Box, key: Key) -> list[Situation]:
    """The further facts that a box gives for one of its scenarios."""
    serving = [
        further
        for further in box.further
        if all(not only or choice in only for only, choice in zip(further.only_for or ((),) * 4, key, strict=True))
    ]
    return sorted({frozenset(further.concepts) for further in serving}, key=sorted)


def ways_in(
    told: set[str], scenario: Situation, within: set[Situation], theory: Theory, required: Formula
) -> list[Situation]:
    """The least facts that bring a scenario within the law without another act, means or purpose beside its own."""
    terms = concepts_in(required)
    same = {s for s in within if scenario <= s and not _another(told, s - scenario, theory)}
    return sorted((theory.core(situation - scenario, terms) for situation in minimal(same)), key=sorted)


def _another(told: set[str], facts: Situation, theory: Theory) -> bool:
    for kind in ("act.", "means.", "purpose."):
        own = {concept for concept in told if concept.startswith(kind)}
        added = {concept for concept in facts if concept.startswith(kind)}
        if own and any(not any(entails(theory, concept, mine) for mine in own) for concept in added):
            return True
    return False


@few
@given(two_laws)
def test_scenarios_share_a_box_only_if_the_same_circumstances_would_do(case: tuple[Formula, Formula, Theory]) -> None:
    required, actual, theory = case
    for box in Comparison(required, actual, theory).gap():
        mere = [
            {way for way in ways_said(box, key) if all(dimension(concept) == 3 for concept in way)}
            for key in product(*box.choices())
        ]
        assert all(ways == mere[0] for ways in mere)


@few
@given(two_laws)
def test_a_box_says_all_only_of_all_that_the_required_law_knows(case: tuple[Formula, Formula, Theory]) -> None:
    required, actual, theory = case
    asked = cores(theory, reached(required, situations(theory, all_concepts(required, actual))), required)
    comparison = Comparison(required, actual, theory)
    for box in [*comparison.gap(), *comparison.reach(), *comparison.excess()]:
        for i, (choices, said) in enumerate(zip(box.choices(), box.all_of, strict=True)):
            known = {tuple(sorted(c for c in scenario if dimension(c) == i)) for scenario in asked}
            assert said is (len(known) > 1 and known <= set(choices))


@few
@given(offences(), theories(), st.data())
def test_any_situations_can_be_put_into_boxes(law: Formula, theory: Theory, data: st.DataObject) -> None:
    comparison = Comparison(law, law, theory)
    some = data.draw(st.sets(st.sampled_from(sorted(situations(theory, all_concepts(law)), key=sorted))))
    assert scenarios(comparison.boxes(some)) == {theory.core(situation, concepts_in(law)) for situation in some}


@few
@given(offences(), offences(), offences(), theories())
def test_a_part_of_the_law_can_be_held_against_the_same(
    required: Formula, one: Formula, other: Formula, theory: Theory
) -> None:
    concepts = all_concepts(required, one)
    whole, alone = Comparison(required, AnyOf((one, other)), theory), Comparison(required, one, theory)
    before = (whole.missed, whole.common, whole.covered, whole.touched)
    part = whole.with_actual(one)
    assert {situation & concepts for situation in part.missed} == set(alone.missed)
    assert {situation & concepts for situation in part.common} == set(alone.common)
    assert (part.covered, part.touched) == (alone.covered, alone.touched)
    assert (whole.missed, whole.common, whole.covered, whole.touched) == before


@few
@given(offences(), offences(), offences())
def test_the_rest_of_the_law_does_not_change_the_answer_for_a_part(
    required: Formula, one: Formula, other: Formula
) -> None:
    part, alone = Comparison(required, AnyOf((one, other))).with_actual(one), Comparison(required, one)
    assert part.gap() == alone.gap()
    assert part.reach() == alone.reach()
    assert part.excess() == alone.excess()
    assert part.distance() == pytest.approx(alone.distance())


choices = st.sampled_from([(), ("a",), ("b",), ("a", "b")])
keys = st.tuples(choices, choices, choices, choices)


@many
@given(st.sets(keys, max_size=40))
def test_merging_covers_exactly(points: set[Key]) -> None:
    boxes = merge(points)
    assert {point for box in boxes for point in product(*box)} == points
    sizes = [len(list(product(*box))) for box in boxes]
    assert sizes == sorted(sizes, reverse=True)
    assert all(not within(box, other) for box in boxes for other in boxes if box is not other)


def within(box: Sides, other: Sides) -> bool:
    return all(set(side) <= set(wider) for side, wider in zip(box, other, strict=True))


@few
@given(st.tuples(*[st.sets(choices, min_size=1)] * 4))
def test_what_is_one_product_becomes_one_box(sides: tuple[set[tuple[str, ...]], ...]) -> None:
    assert merge(set(product(*sides))) == [tuple(tuple(sorted(side)) for side in sides)]
