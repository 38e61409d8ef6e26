"""Truth on known facts: never wrong, exact where promised, and with reasons that carry the answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.logic.formula import AllOf, AnyOf, Fact, Formula, Named, NoneOf
from palermo.logic.questions import decide, open_questions
from palermo.logic.theory import Contradiction, Theory
from palermo.logic.truth import Proof, Truth, prove

from .brute import Situation, all_concepts, equal, reached, situations
from .strategies import CONCEPTS, few, formulas, known_facts, many, one_sided, theories_with_facts

law_and_facts = st.tuples(formulas(), theories_with_facts())


def exact(formula: Formula, theory: Theory, facts: dict[str, bool]) -> Truth:
    possible = situations(theory, all_concepts(formula), facts)
    inside = reached(formula, possible)
    return Truth.TRUE if inside == possible else Truth.OPEN if inside else Truth.FALSE


@many
@given(law_and_facts)
def test_a_proof_is_never_wrong(case: tuple[Formula, tuple[Theory, dict[str, bool]]]) -> None:
    formula, (theory, facts) = case
    proof = prove(formula, facts, theory)
    assert proof.truth in {Truth.OPEN, exact(formula, theory, facts)}


@many
@given(law_and_facts)
def test_a_decision_is_exact(case: tuple[Formula, tuple[Theory, dict[str, bool]]]) -> None:
    formula, (theory, facts) = case
    decision = decide(formula, facts, theory)
    assert decision.truth is exact(formula, theory, facts)
    assert decision.proof == prove(formula, facts, theory)


@few
@given(st.tuples(formulas(exceptions=False), theories_with_facts()))
def test_without_exceptions_a_proof_is_exact(case: tuple[Formula, tuple[Theory, dict[str, bool]]]) -> None:
    formula, (theory, facts) = case
    assert prove(formula, facts, theory).truth is exact(formula, theory, facts)


@few
@given(one_sided(CONCEPTS[::2], CONCEPTS[1::2]), known_facts(Theory()))
def test_a_proof_is_exact_where_no_concept_is_both_asked_for_and_excluded(
    formula: Formula, facts: dict[str, bool]
) -> None:
    assert prove(formula, facts).truth is exact(formula, Theory(), facts)


def test_a_proof_may_stay_open_where_a_decision_does_not() -> None:
    either_way = AllOf((Fact("person.child"), NoneOf((Fact("person.child"),))))
    assert prove(either_way, {}).truth is Truth.OPEN
    assert decide(either_way, {}).truth is Truth.FALSE


@many
@given(law_and_facts)
def test_the_reasons_alone_carry_the_answer(case: tuple[Formula, tuple[Theory, dict[str, bool]]]) -> None:
    formula, (theory, facts) = case
    proof = prove(formula, facts, theory)
    if proof.truth is Truth.OPEN:
        assert all(leaf.truth is Truth.OPEN for leaf in leaves(proof))
    else:
        reasons = {leaf.concept: leaf.truth is Truth.TRUE for leaf in leaves(proof) if leaf.concept}
        assert prove(formula, reasons).truth is proof.truth


@many
@given(law_and_facts)
def test_a_reason_is_stated_or_said_to_follow(case: tuple[Formula, tuple[Theory, dict[str, bool]]]) -> None:
    formula, (theory, facts) = case
    for leaf in leaves(prove(formula, facts, theory)):
        if leaf.concept and leaf.truth is not Truth.OPEN:
            assert leaf.given is (leaf.concept in facts)


def leaves(proof: Proof) -> Iterator[Proof]:
    if not proof.because:
        yield proof
    for part in proof.because:
        yield from leaves(part)


@many
@given(law_and_facts)
def test_the_open_questions_are_those_that_can_change_the_outcome(
    case: tuple[Formula, tuple[Theory, dict[str, bool]]],
) -> None:
    """Some two situations, both possible, differ in the answer alone, and in one the law applies, in the other not."""
    formula, (theory, facts) = case
    possible = situations(theory, all_concepts(formula), facts)
    asked = open_questions(formula, facts, theory)
    assert set(asked) == {
        concept
        for concept in all_concepts(formula)
        if any(
            (other := _flipped(situation, concept, theory, all_concepts(formula))) in possible
            and len(reached(formula, [situation, other])) == 1
            for situation in possible
        )
    }
    assert not set(asked) & set(theory.complete(facts))
    assert bool(asked) is (exact(formula, theory, facts) is Truth.OPEN)


def test_both_of_two_equal_terms_are_asked() -> None:
    equals = Theory([("means.fraud", "means.deception"), ("means.deception", "means.fraud")])
    law = AllOf((Fact("means.fraud"), Fact("means.deception")))
    assert open_questions(law, {}, equals) == ("means.deception", "means.fraud")
    assert decide(law, {"means.fraud": True}, equals).truth is Truth.TRUE


def test_the_reasons_for_a_failure_are_all_that_fails() -> None:
    law = AllOf((Fact("act.sale"), Fact("person.child"), Fact("purpose.slavery")))
    proof = prove(law, {"act.sale": False, "person.child": True, "purpose.slavery": False})
    assert [reason.concept for reason in proof.because] == ["act.sale", "purpose.slavery"]


def test_the_reason_for_an_alternative_that_holds_is_one() -> None:
    proof = prove(AnyOf((Fact("act.sale"), Fact("act.hiring"))), {"act.sale": True, "act.hiring": True})
    assert [reason.concept for reason in proof.because] == ["act.sale"]


def _flipped(situation: Situation, concept: str, theory: Theory, concepts: frozenset[str]) -> Situation:
    return situation ^ {other for other in concepts if equal(theory, other, concept)}


def test_facts_that_contradict_the_theory_are_refused() -> None:
    theory = Theory([("means.threat", "means.coercion")])
    with pytest.raises(Contradiction):
        decide(Fact("means.coercion"), {"means.threat": True, "means.coercion": False}, theory)


def test_only_expanded_formulas_are_decided() -> None:
    with pytest.raises(ValueError, match="expand the formula first: it names s 3"):
        prove(Named("s 3"), {})
