"""Many laws at once: for every two exactly what one comparison gives, and what all situations show."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.logic.formula import NEVER, AllOf, AnyOf, AtLeast, Fact, Formula, NoneOf
from palermo.logic.pairwise import Pairwise
from palermo.logic.scenarios import Comparison
from palermo.logic.theory import Theory

from .brute import Situation, all_concepts, minimal, reached, situations
from .strategies import CONCEPTS, few, many, offences, theories

laws_of = st.lists(offences(), min_size=2, max_size=4).map(lambda found: dict(zip("ABCD", found, strict=False)))
several_laws = st.tuples(offences(), laws_of, theories(circles=False))
Case = tuple[Formula, dict[str, Formula], Theory]


def only(found: Pairwise, one: str, other: str) -> set[Situation]:
    """The scenarios that just the one law reaches."""
    return {frozenset(found.scenarios[scenario]) for scenario in found.gaps[found.only[one, other]]}


@many
@given(several_laws)
def test_what_only_one_law_reaches_is_exactly_the_minimal_situations(case: Case) -> None:
    required, laws, theory = case
    found = Pairwise(required, laws, theory)
    every = situations(theory, all_concepts(required, *laws.values()))
    within = {name: reached(AllOf((required, law)), every) for name, law in laws.items()}
    for one, other in permutations(laws, 2):
        assert only(found, one, other) == {theory.core(s) for s in minimal(within[one] - within[other])}
        assert (not only(found, one, other)) is (within[one] <= within[other])


@many
@given(several_laws)
def test_every_pair_is_as_its_own_comparison(case: Case) -> None:
    required, laws, theory = case
    found = Pairwise(required, laws, theory)
    assert list(found.distances) == list(combinations(laws, 2))
    for one, other in combinations(laws, 2):
        alone = Comparison(AllOf((required, laws[one])), AllOf((required, laws[other])), theory)
        assert found.distances[one, other] == alone.distance()
        for pair, boxes in (((one, other), alone.boxes(alone.missed)), ((other, one), alone.excess())):
            assert only(found, *pair) == {scenario for box in boxes for scenario in box.scenarios()}


@few
@given(several_laws)
def test_the_order_of_the_laws_makes_no_difference(case: Case) -> None:
    required, laws, theory = case
    there, back = Pairwise(required, laws, theory), Pairwise(required, dict(reversed(laws.items())), theory)
    assert {frozenset(pair): d for pair, d in there.distances.items()} == {
        frozenset(pair): d for pair, d in back.distances.items()
    }
    assert all(only(there, *pair) == only(back, *pair) for pair in permutations(laws, 2))


@few
@given(st.tuples(offences(), offences(), offences()), theories(circles=False))
def test_between_laws_that_name_the_same_facts_no_way_round_is_shorter(
    three: tuple[Formula, Formula, Formula], theory: Theory
) -> None:
    names_all = AtLeast(1, (*map(Fact, CONCEPTS), NoneOf(tuple(map(Fact, CONCEPTS)))))
    laws = {name: AllOf((law, names_all)) for name, law in zip("ABC", three, strict=True)}
    distances = Pairwise(AllOf(()), laws, theory).distances
    direct, first, second = distances["A", "C"], distances["A", "B"], distances["B", "C"]
    assert direct <= first + second + 1e-12
    assert first <= direct + second + 1e-12
    assert second <= direct + first + 1e-12
    assert all(0 <= distance <= 1 for distance in distances.values())


def test_an_exception_of_the_other_law_makes_a_larger_situation_minimal() -> None:
    act, purpose, consent = Fact("act.transport"), Fact("purpose.organ-removal"), Fact("circumstance.authorised")
    laws = {"strict": AllOf((act, purpose)), "lenient": AllOf((act, purpose, NoneOf((consent,))))}
    found = Pairwise(AllOf(()), laws, Theory())
    assert only(found, "strict", "lenient") == {
        frozenset(("act.transport", "purpose.organ-removal", "circumstance.authorised"))
    }
    assert only(found, "lenient", "strict") == set()
    assert found.distances["strict", "lenient"] == 0.5


def test_laws_that_reach_nothing_are_equal_and_far_from_all_others() -> None:
    found = Pairwise(Fact("act.sale"), {"A": NEVER, "B": AnyOf((NEVER,)), "C": Fact("act.sale")}, Theory())
    assert found.distances == {("A", "B"): 0.0, ("A", "C"): 1.0, ("B", "C"): 1.0}
    assert only(found, "C", "A") == {frozenset(("act.sale",))}


@pytest.mark.parametrize("laws", [{}, {"A": Fact("act.sale")}, {"A": AllOf(()), "B": AllOf(())}])
def test_few_laws_or_none(laws: dict[str, Formula]) -> None:
    found = Pairwise(AllOf(()), laws, Theory())
    assert found.scenarios == ()
    assert set(found.distances.values()) <= {0.0}


def test_a_theory_that_goes_in_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="narrower than itself"):
        Pairwise(AllOf(()), {}, Theory([("a", "b"), ("b", "a")]))
