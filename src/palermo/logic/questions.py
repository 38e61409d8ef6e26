"""Whether we can tell yet, and if not, what still matters."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from palermo.logic.formula import Formula
from palermo.logic.space import Space
from palermo.logic.theory import Theory
from palermo.logic.truth import Proof, Truth, prove


class Decision(msgspec.Struct, frozen=True):
    """The exact answer for a formula on known facts.

    `open_questions` are the concepts whose answer can still change the outcome, all other facts being as they
    may: none if it is settled. `proof` gives the reasons; where the answer holds whatever the unknown facts are,
    its own truth may be open.
    """

    truth: Truth
    proof: Proof
    open_questions: tuple[str, ...] = ()


class OnFacts:
    """An expanded formula on known facts, under the theory: the situations the facts leave, in it and outside it.

    `known` are the facts with all that follows from them. Raises theory.Contradiction where they contradict the theory.
    """

    def __init__(self, formula: Formula, facts: Mapping[str, bool], theory: Theory) -> None:
        self.known = theory.complete(facts)
        self.space = Space((formula,), theory)
        true, false = ([c for c, value in self.known.items() if value is side] for side in (True, False))
        left = self.space.world & self.space.given(true, false)
        self.diagram = self.space.diagram(formula)
        self.inside, self.outside = left & self.diagram, left & ~self.diagram

    @property
    def truth(self) -> Truth:
        """Whether all situations left are in the formula, none, or some."""
        if not self.inside.satisfiable():
            return Truth.FALSE
        return Truth.OPEN if self.outside.satisfiable() else Truth.TRUE

    def open_questions(self) -> tuple[str, ...]:
        """The concepts whose answer can still change the outcome, all other facts being as they may."""
        unknown = [concept for concept in self.space.concepts if concept not in self.known]
        return tuple(c for c in unknown if self.space.tells_apart(c, self.inside, self.outside))

    def settled_outside(self, concept: str) -> bool:
        """Whether the formula is sure to fail if the concept is not so."""
        return not (self.inside & self.space.given((), (concept,))).satisfiable()

    def expected(self, concept: str) -> float:
        """How settled the formula is on average after an answer: 1 if either settles it, a half if neither helps."""
        total, worth = 0, 0
        for answer in (self.space.given((concept,)), self.space.given((), (concept,))):
            inside, outside = (self.space.size(part & answer) for part in (self.inside, self.outside))
            total += inside + outside
            worth += max(inside, outside)
        return worth / total if total else 0.0


def decide(formula: Formula, facts: Mapping[str, bool], theory: Theory | None = None) -> Decision:
    """Decide an expanded formula on known facts, exactly, under the theory.

    Raises theory.Contradiction where the facts contradict the theory.
    """
    theory = theory or Theory()
    return decision_on(OnFacts(formula, facts, theory), prove(formula, facts, theory))


def decision_on(case: OnFacts, proof: Proof) -> Decision:
    """The exact answer for a formula held against facts."""
    truth = case.truth
    return Decision(truth, proof, case.open_questions() if truth is Truth.OPEN else ())


def open_questions(formula: Formula, facts: Mapping[str, bool], theory: Theory | None = None) -> tuple[str, ...]:
    """The concepts whose answer can still change whether the formula holds; none if that is settled."""
    return decide(formula, facts, theory).open_questions


def smallest_additions(
    formula: Formula, facts: Mapping[str, bool], theory: Theory | None = None, as_if_unknown: bool = False
) -> tuple[tuple[str, ...], ...]:
    """The smallest sets of further facts with which an expanded formula holds, the fewest first.

    Only what is unknown is added; `as_if_unknown` adds what is known to be false too. What follows from another fact
    added is left out.
    """
    theory = theory or Theory()
    known = theory.complete(facts)
    true = [concept for concept, value in known.items() if value]
    false = [] if as_if_unknown else [concept for concept, value in known.items() if not value]
    space = Space((formula,), theory)
    added = space.additions(space.diagram(formula), true, false)
    return tuple(sorted({tuple(sorted(theory.core(more))) for more in added}, key=lambda way: (len(way), way)))
