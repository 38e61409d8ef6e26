"""A million cases at once mean what one case means."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.logic.formula import AllOf, AnyOf, Fact, Formula, NoneOf
from palermo.logic.kleene import plain_is_exact
from palermo.logic.planes import Program
from palermo.logic.questions import decide
from palermo.logic.theory import Contradiction, Theory
from palermo.logic.truth import Truth

from .strategies import CONCEPTS, formulas, theories

ROWS = st.lists(
    st.fixed_dictionaries({c: st.sampled_from([True, False, None]) for c in CONCEPTS}), min_size=1, max_size=70
)


def packed(rows: list[dict[str, bool | None]], concept: str, value: bool) -> np.ndarray:
    bits = np.array([row[concept] is value for row in rows], dtype=np.uint8)
    room = np.zeros(-(-len(rows) // 64) * 64, dtype=np.uint8)
    room[: len(rows)] = bits
    return np.packbits(room, bitorder="little").view(np.uint64)


def unpacked(words: np.ndarray, length: int) -> list[bool]:
    return [bool(bit) for bit in np.unpackbits(words.view(np.uint8), bitorder="little")[:length]]


def screened(formulas: dict[str, Formula], theory: Theory, rows: list[dict[str, bool | None]], concepts: list[str]):  # type: ignore[no-untyped-def]
    program = Program(formulas, concepts, theory)
    true, false, clash = program.evaluate(
        [packed(rows, c, True) for c in concepts], [packed(rows, c, False) for c in concepts], -(-len(rows) // 64)
    )
    n = len(rows)
    yes, no = [unpacked(plane, n) for plane in true], [unpacked(plane, n) for plane in false]
    answers = [
        [Truth.TRUE if y else Truth.FALSE if f else Truth.OPEN for y, f in zip(*pair, strict=True)]
        for pair in zip(yes, no, strict=True)
    ]
    return answers, unpacked(clash, n)


@settings(max_examples=150)
@given(st.lists(formulas(), min_size=1, max_size=4), theories(), ROWS, st.sets(st.sampled_from(CONCEPTS)))
def test_planes_give_for_every_case_what_is_given_for_one(
    found: list[Formula], theory: Theory, rows: list[dict[str, bool | None]], recorded: set[str]
) -> None:
    concepts = sorted(recorded)
    answers, clash = screened({str(i): f for i, f in enumerate(found)}, theory, rows, concepts)
    for i, row in enumerate(rows):
        facts = {c: row[c] for c in concepts if row[c] is not None}
        for formula, column in zip(found, answers, strict=True):
            try:
                assert column[i] is decide(formula, facts, theory).truth  # type: ignore[arg-type]
                assert not clash[i]
            except Contradiction:
                assert clash[i]


def test_a_concept_on_both_sides_is_decided_exactly() -> None:
    """Harbouring, or not harbouring: true whatever is known."""
    formula = AnyOf((Fact("act.harbouring"), NoneOf((Fact("act.harbouring"),))))
    assert not plain_is_exact(formula, Theory())
    (column,), _ = screened({"f": formula}, Theory(), [dict.fromkeys(CONCEPTS)], [])
    assert column == [Truth.TRUE]


def test_what_entails_across_an_exception_is_decided_exactly() -> None:
    theory = Theory([("means.force", "means.coercion")])
    formula = AnyOf((Fact("means.coercion"), NoneOf((Fact("means.force"),))))
    assert not plain_is_exact(formula, theory)
    assert plain_is_exact(AllOf((Fact("means.coercion"), Fact("means.force"))), theory)


def test_shared_parts_are_computed_once() -> None:
    acts = AnyOf((Fact("act.harbouring"), Fact("act.transport"), Fact("act.receipt")))
    one = {"a": AllOf((acts, Fact("purpose.slavery")))}
    both = {**one, "b": AllOf((acts, Fact("purpose.forced-labour")))}
    concepts = ["act.harbouring", "act.transport", "act.receipt", "purpose.slavery", "purpose.forced-labour"]
    assert Program(both, concepts).steps - Program(one, concepts).steps < Program(one, concepts).steps


def test_long_tables_are_cut_into_chunks() -> None:
    rows = [dict.fromkeys(CONCEPTS, i % 3 == 0 if i % 2 else None) for i in range(300_000)]
    formula = AllOf((Fact(CONCEPTS[0]), Fact(CONCEPTS[1])))
    (column,), _ = screened({"f": formula}, Theory(), rows, list(CONCEPTS))
    assert [column[i] for i in (0, 1, 3, 299_999)] == [
        Truth.OPEN,
        Truth.FALSE,
        Truth.TRUE,
        Truth.TRUE if 299_999 % 3 == 0 else Truth.FALSE,
    ]
