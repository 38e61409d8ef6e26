"""One formula on known facts: true, false or open, with the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from palermo.logic.formula import AllOf, AnyOf, AtLeast, Fact, Formula, NoneOf, needed
from palermo.logic.theory import Theory


class Truth(StrEnum):
    """The value of a formula while some facts are unknown."""

    TRUE = "true"
    FALSE = "false"
    OPEN = "open"


class Proof(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a formula has its value.

    `node` is the kind of node (fact, all, any, none, at_least); `concept` the concept of a fact; `because`
    the parts that decide: those that fail for a conjunction that fails, the one that holds for an
    alternative that holds, all of them where all are needed; while it is open, the parts that are open.
    """

    truth: Truth
    node: str
    concept: str | None = None
    cite: str | None = None
    because: tuple[Proof, ...] = ()
    given: bool = True
    """False where the fact's value was not stated but follows from another fact."""


def prove(formula: Formula, facts: Mapping[str, bool], theory: Theory | None = None) -> Proof:
    """Evaluate an expanded formula on known facts; a concept not among them is unknown.

    Strong Kleene logic after the facts are completed by the theory. Never wrong, but it may stay open where a
    concept, or one that it entails, occurs both inside and outside an exception; `questions.decide` is exact always.
    """
    known = (theory or Theory()).complete(facts)
    return _prove(formula, known, facts)


def _prove(formula: Formula, known: Mapping[str, bool], given: Mapping[str, bool]) -> Proof:
    if isinstance(formula, Fact):
        value = known.get(formula.concept)
        truth = Truth.OPEN if value is None else Truth.TRUE if value else Truth.FALSE
        stated = value is None or formula.concept in given
        return Proof(truth, "fact", formula.concept, formula.cite, (), stated)
    if isinstance(formula, AllOf | AnyOf | NoneOf | AtLeast):
        parts = tuple(_prove(part, known, given) for part in formula.parts)
        yes = tuple(part for part in parts if part.truth is Truth.TRUE)
        no = tuple(part for part in parts if part.truth is Truth.FALSE)
        need = needed(formula)
        if len(yes) >= need:
            truth, because = Truth.TRUE, yes if need == len(parts) else yes[:need]
        elif len(parts) - len(no) < need:
            truth, because = Truth.FALSE, no
        else:
            truth, because = Truth.OPEN, tuple(part for part in parts if part.truth is Truth.OPEN)
        node = formula.__struct_config__.tag
        if isinstance(formula, NoneOf):
            truth = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.OPEN: Truth.OPEN}[truth]
        return Proof(truth, str(node), None, formula.cite, because)
    raise ValueError(f"expand the formula first: it names {formula.name}")
