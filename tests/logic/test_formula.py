"""Formulas: what is written is what is meant, and every fault is named with its place."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.logic.formula import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    AtLeast,
    Fact,
    Formula,
    FormulaError,
    Named,
    NoneOf,
    concepts_in,
    expand,
    holds,
    names_in,
    nodes,
    parse,
)

from .brute import all_concepts, subsets
from .strategies import CONCEPTS, cites, few, formulas, many

KEYS = {AllOf: "all", AnyOf: "any", NoneOf: "none"}


def plain(formula: Formula) -> Any:
    """A formula as the corpus would write it."""
    cite = {"cite": formula.cite} if formula.cite else {}
    if isinstance(formula, Fact):
        return {"concept": formula.concept, **cite} if cite else formula.concept
    if isinstance(formula, Named):
        return {"formula": formula.name, **cite}
    parts = [plain(part) for part in formula.parts]
    if isinstance(formula, AtLeast):
        return {"at_least": {"n": formula.n, "of": parts}, **cite}
    return {KEYS[type(formula)]: parts, **cite}


@many
@given(formulas() | st.builds(Named, st.just("s 2"), cites))
def test_what_is_written_is_what_is_read(formula: Formula) -> None:
    assert parse(plain(formula), CONCEPTS) == formula


@few
@given(formulas())
def test_a_formula_survives_storage(formula: Formula) -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(formula), type=Formula) == formula


@few
@given(st.lists(formulas(), min_size=1, max_size=3), st.data())
def test_the_connectives_mean_what_lawyers_mean(parts: list[Formula], data: st.DataObject) -> None:
    true = data.draw(st.sets(st.sampled_from(CONCEPTS)))
    of = tuple(parts)
    n = data.draw(st.integers(1, len(of)))
    each = [holds(part, true) for part in of]
    assert holds(AllOf(of), true) is all(each)
    assert holds(AnyOf(of), true) is any(each)
    assert holds(NoneOf(of), true) is not_any(each)
    assert holds(AtLeast(n, of), true) is any(all(chosen) for chosen in combinations(each, n))
    assert holds(AtLeast(1, of), true) is holds(AnyOf(of), true)
    assert holds(AtLeast(len(of), of), true) is holds(AllOf(of), true)


def not_any(each: list[bool]) -> bool:
    return all(not value for value in each)


def test_an_empty_conjunction_always_holds_and_an_empty_choice_never() -> None:
    assert holds(ALWAYS, set())
    assert not holds(NEVER, set())


@few
@given(formulas(), formulas(), cites)
def test_a_name_stands_for_its_formula(outer: Formula, inner: Formula, cite: str | None) -> None:
    named = AllOf((outer, Named("exploitation", cite)))
    whole = expand(named, {"exploitation": inner})
    assert names_in(named) == ("exploitation",)
    assert names_in(whole) == ()
    assert set(concepts_in(whole)) == all_concepts(outer, inner)
    for true in subsets(concepts_in(whole)):
        assert holds(whole, true) is (holds(outer, true) and holds(inner, true))
    (path, put), *_ = [(path, node) for path, node in nodes(whole) if path == (1,)]
    assert path == (1,)
    assert put.cite == (inner.cite or cite)


def test_names_are_followed_through_other_names() -> None:
    law: dict[str, Formula] = {
        "s 3": AnyOf((Named("s 4"), Fact("purpose.servitude"))),
        "s 4": Fact("purpose.slavery", "s 4(1)"),
    }
    assert expand(Named("s 3", "s 2(1)"), law) == AnyOf(
        (Fact("purpose.slavery", "s 4(1)"), Fact("purpose.servitude")), "s 2(1)"
    )


def test_a_formula_may_not_name_itself() -> None:
    with pytest.raises(RecursionError, match="s 3 -> s 4 -> s 3"):
        expand(Named("s 3"), {"s 3": Named("s 4"), "s 4": Named("s 3")})


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        expand(Named("s 3"), {})


def test_truth_is_asked_of_expanded_formulas_only() -> None:
    with pytest.raises(ValueError, match="expand the formula first: it names s 3"):
        holds(Named("s 3"), set())


KNOWN = ("act.recruitment", "act.harbouring", "person.child")


@pytest.mark.parametrize(
    ("raw", "path", "message"),
    [
        ("act.recruitmnt", (), "unknown concept 'act.recruitmnt', .*; did you mean act.recruitment?"),
        ({"all": ["person.child", {"any": ["act.harboring"]}]}, ("all", 1, "any", 0), "did you mean act.harbouring?"),
        ({"concept": "person.chid", "cite": "art 3(d)"}, ("concept",), "did you mean person.child?"),
        ({"alll": ["person.child"]}, ("alll",), "unknown key 'alll' .*; did you mean all?"),
        ({"all": [], "cite": "art 3"}, ("all",), "expected a list with at least one part"),
        ({"any": "person.child"}, ("any",), "expected a list with at least one part"),
        ({"all": ["person.child"], "any": ["person.child"]}, (), "expected exactly one of .*, found all, any"),
        ({"cite": "art 3"}, (), "found none"),
        ({"all": ["person.child"], "cite": 3}, ("cite",), "expected text, not 3"),
        ({"at_least": {"n": 3, "of": ["person.child"]}}, ("at_least", "n"), "a whole number from 1 to 1, not 3"),
        ({"at_least": {"n": True, "of": ["person.child"]}}, ("at_least", "n"), "a whole number from 1 to 1, not True"),
        ({"at_least": {"n": 1, "of": []}}, ("at_least", "of"), "expected a list with at least one part"),
        ({"at_least": 2}, ("at_least",), r"expected \{n: number, of: \[..\]\}"),
        ({"formula": ["s 3"]}, ("formula",), "expected a name, not a list"),
        (None, (), "expected a concept id or one of .*, not nothing"),
        (["person.child"], (), "not a list"),
    ],
)
def test_a_fault_is_named_with_its_place(raw: object, path: tuple[str | int, ...], message: str) -> None:
    with pytest.raises(FormulaError, match=message) as caught:
        parse(raw, KNOWN)
    assert [fault.path for fault in caught.value.problems] == [path]
    assert ".".join(map(str, path)) in str(caught.value)


def test_all_faults_are_named_at_once() -> None:
    raw = {"all": [{"any": ["act.harboring", "person.child"]}, {"none": []}, 7]}
    with pytest.raises(FormulaError) as caught:
        parse(raw, KNOWN)
    assert [fault.path for fault in caught.value.problems] == [("all", 0, "any", 0), ("all", 1, "none"), ("all", 2)]
    assert str(caught.value).startswith("all.0.any.0: unknown concept 'act.harboring'")
    assert "; all.1.none: expected a list with at least one part; all.2: " in str(caught.value)


def test_without_a_vocabulary_any_concept_is_taken() -> None:
    assert parse("act.anything") == Fact("act.anything")
