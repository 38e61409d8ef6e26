"""One case under laws: within, outside or open, and what would settle it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import palermo
from palermo.casework.identify import Identification, UnderLaw, UnknownFact
from palermo.casework.under import conducts, theory_of
from palermo.logic.questions import decide
from palermo.logic.theory import Contradiction
from palermo.logic.truth import Proof, Truth

ON = date(2026, 3, 1)


def under(law: palermo.Law, facts: dict[str, bool], *names: str) -> Identification:
    return law.identify(facts, names, ON)


def one(law: palermo.Law, facts: dict[str, bool], name: str = "palermo-protocol") -> UnderLaw:
    (found,) = under(law, facts, name).laws
    return found


def cites(proof: Proof | None) -> set[str]:
    if proof is None:
        return set()
    return {*([proof.cite] if proof.cite else []), *(c for part in proof.because for c in cites(part))}


def test_a_child_recruited_for_forced_labour_is_within_without_any_means(law: palermo.Law) -> None:
    """TIP Protocol art 3(c)."""
    found = one(law, {"act.recruitment": True, "person.child": True, "purpose.forced-labour": True})
    assert found.truth is Truth.TRUE
    assert any("3(c)" in cite for cite in cites(found.proof))


def test_an_adult_needs_a_means_and_the_questions_are_about_it(law: palermo.Law) -> None:
    found = one(law, {"act.recruitment": True, "person.child": False, "purpose.forced-labour": True})
    assert found.truth is Truth.OPEN
    assert found.open_questions
    assert all(question.startswith("means.") for question in found.open_questions)
    assert ("means.deception",) in found.within_if


def test_without_any_act_a_case_is_outside_and_the_nearest_is_told(law: palermo.Law) -> None:
    acts = ("recruitment", "transport", "transfer", "harbouring", "receipt")
    facts = {f"act.{act}": False for act in acts} | {"person.child": True, "purpose.slavery": True}
    found = one(law, facts)
    assert found.truth is Truth.FALSE
    assert ("act.harbouring",) in found.nearest


def test_what_puts_a_case_outside_if_it_is_not_so(law: palermo.Law) -> None:
    """England: a case with travel still unknown is outside without it, where nothing was carried out."""
    facts = {
        "act.recruitment": True,
        "means.deception": True,
        "person.child": False,
        "purpose.forced-labour": True,
        "result.forced-labour": False,
        "result.slavery": False,
        "result.servitude": False,
        "result.prostitution": False,
        "result.organ-removed": False,
        "result.sexual-exploitation": False,
        "act.patronising": False,
        "purpose.organ-removal": False,
        "purpose.tissue-removal": False,
    }
    found = one(law, facts, "GBR-EAW")
    assert found.truth is Truth.OPEN
    assert "circumstance.travel-arranged" in found.outside_unless
    assert ("circumstance.travel-arranged",) in found.within_if


def test_what_a_person_does_not_want_to_say_is_not_asked(law: palermo.Law) -> None:
    first = under(law, {}, "palermo-protocol").next_question
    assert first is not None
    again = law.identify({}, ["palermo-protocol"], ON, not_to_ask=[first]).next_question
    assert again != first


def test_answering_the_questions_settles_every_law(law: palermo.Law) -> None:
    facts: dict[str, bool] = {}
    names = ("palermo-protocol", "ARG")
    for _ in range(150):
        found = under(law, facts, *names)
        if found.next_question is None:
            break
        facts[found.next_question] = found.next_question in ("act.harbouring", "person.child", "purpose.servitude")
    assert all(entry.truth is not Truth.OPEN for entry in under(law, facts, *names).laws)


def test_an_unknown_fact_and_a_contradiction_are_named(law: palermo.Law) -> None:
    with pytest.raises(UnknownFact, match=r"did you mean act\.recruitment\?"):
        one(law, {"act.recruitmnt": True})
    with pytest.raises(Contradiction):
        one(law, {"act.transport": True, "circumstance.travel-arranged": False})


FACTS = ["act.recruitment", "act.harbouring", "means.fraud", "person.child", "purpose.slavery", "purpose.organ-removal"]


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(FACTS), st.booleans()))
def test_every_way_in_brings_the_case_within(law: palermo.Law, facts: dict[str, bool]) -> None:
    (conduct,) = conducts(law.corpus, ["palermo-protocol"], ON)
    theory = theory_of(law.corpus)
    found = one(law, facts)
    for way in found.within_if:
        assert decide(conduct.formula, {**facts, **dict.fromkeys(way, True)}, theory).truth is Truth.TRUE
    for fact in found.outside_unless:
        assert decide(conduct.formula, {**facts, fact: False}, theory).truth is Truth.FALSE
