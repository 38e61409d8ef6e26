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


def decide(formula: Formula, facts: Mapping[str, bool], theory: Theory | None = None) -> Decision:
    """Decide an expanded formula on known facts, exactly, under the theory.

    Raises theory.Contradiction where the facts contradict the theory.
    """
    theory = theory or Theory()
    known = theory.complete(facts)
    proof = prove(formula, facts, theory)
    space = Space((formula,), theory)
    diagram = space.diagram(formula)
    left = space.given((c for c, v in known.items() if v), (c for c, v in known.items() if not v))
    inside, outside = space.possible(diagram & left), space.possible(~diagram & left)
    if inside and outside:
        questions = tuple(c for c in space.concepts if space.depends(diagram, left, c))
        return Decision(Truth.OPEN, proof, questions)
    return Decision(Truth.TRUE if inside else Truth.FALSE, proof)


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
