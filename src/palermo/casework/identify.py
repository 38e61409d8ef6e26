"""May this be trafficking? One case under laws and instruments: within, outside or open, with reasons and questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from palermo.casework.under import Conduct, conducts, theory_of
from palermo.corpus.models import Corpus
from palermo.logic.formula import Formula, nearest
from palermo.logic.questions import OnFacts, decision_on
from palermo.logic.theory import Theory
from palermo.logic.truth import Proof, Truth, prove

MOST_WAYS = 12
"""Smallest sets of facts given with which an open case would be within."""
_EASY = {"person": 0, "act": 1, "circumstance": 2, "result": 2, "means": 3, "purpose": 4}
"""How hard a fact of each kind is to find out and to be asked about; the easier is asked first."""


class UnknownFact(ValueError):
    """A fact is not a concept of the vocabulary; the message offers the nearest."""


class UnderLaw(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a case stands under one law.

    `truth` is true within, false outside, open otherwise. `offence` is the provision that reaches it, or the one whose
    proof is given. Open: `open_questions` are all facts that can still change the answer, `within_if` smallest sets of
    them with which, if they are so, the case is within, `outside_unless` those each of which, if it is not so, puts it
    outside. Outside: `nearest` are the fewest facts that would have to be so as well.
    """

    name: str
    title: str
    truth: Truth
    complete: bool
    offence: str | None = None
    proof: Proof | None = None
    open_questions: tuple[str, ...] = ()
    within_if: tuple[tuple[str, ...], ...] = ()
    outside_unless: tuple[str, ...] = ()
    nearest: tuple[tuple[str, ...], ...] = ()


class Identification(msgspec.Struct, frozen=True, omit_defaults=True):
    """A case under several laws, and the next best question: the fact expected to settle most of them."""

    facts: dict[str, bool]
    on: date
    laws: tuple[UnderLaw, ...]
    next_question: str | None = None


def identify(
    corpus: Corpus,
    facts: Mapping[str, bool],
    under: Iterable[str],
    on: date,
    readings: bool = True,
    not_to_ask: Collection[str] = (),
) -> Identification:
    """Hold the known facts of one case against laws and instruments as they stood on a day.

    Facts not given are unknown. `not_to_ask` are those that the person does not know or would rather not say: they
    stay unknown and are not asked for. Raises UnknownFact, theory.Contradiction, UnknownName, UnknownFormula.
    """
    for fact in (*facts, *not_to_ask):
        if fact not in corpus.concepts:
            raise UnknownFact(f"unknown fact {fact!r}{nearest(fact, corpus.concepts)}")
    theory = theory_of(corpus)
    theory.complete(facts)
    found = conducts(corpus, under, on, readings)
    cases = [OnFacts(conduct.formula, facts, theory) for conduct in found]
    laws = tuple(_under(conduct, case, facts, theory) for conduct, case in zip(found, cases, strict=True))
    return Identification(dict(facts), on, laws, _next_question(cases, laws, not_to_ask))


def _under(conduct: Conduct, case: OnFacts, facts: Mapping[str, bool], theory: Theory) -> UnderLaw:
    decision = decision_on(case, prove(conduct.formula, facts, theory))
    offence, proof = _telling(conduct.parts, facts, theory, decision.truth)
    within_if: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()
    near: tuple[tuple[str, ...], ...] = ()
    if decision.truth is Truth.OPEN:
        within_if = tuple(_ways_in(case, theory, False))
        unless = tuple(question for question in decision.open_questions if case.settled_outside(question))
    elif decision.truth is Truth.FALSE:
        near = tuple(_ways_in(case, theory, True)[:3])
    return UnderLaw(
        conduct.name,
        conduct.title,
        decision.truth,
        conduct.complete,
        None if decision.truth is Truth.OPEN else offence,
        proof,
        decision.open_questions,
        within_if,
        unless,
        near,
    )


def _telling(
    parts: Sequence[tuple[str, Formula]], facts: Mapping[str, bool], theory: Theory, truth: Truth
) -> tuple[str | None, Proof | None]:
    """The part whose answer is that of the whole, the shortest proof first."""
    proofs = [(cite, prove(formula, facts, theory)) for cite, formula in parts]
    fitting = [(cite, proof) for cite, proof in proofs if proof.truth is truth] or proofs
    return min(fitting, key=lambda entry: _size(entry[1]), default=(None, None))


def _size(proof: Proof) -> int:
    return 1 + sum(_size(part) for part in proof.because)


def _ways_in(case: OnFacts, theory: Theory, from_outside: bool) -> list[tuple[str, ...]]:
    """The smallest sets of further facts with which the case is within.

    Of the unknown ones alone; or, from outside, as if what is known to be false were not.
    """
    true = [concept for concept, value in case.known.items() if value]
    false = [] if from_outside else [concept for concept, value in case.known.items() if not value]
    added = case.space.additions(case.diagram, true, false)
    ways = sorted({tuple(sorted(theory.core(facts))) for facts in added}, key=lambda way: (len(way), way))
    return ways[:MOST_WAYS]


def _next_question(cases: Sequence[OnFacts], laws: Sequence[UnderLaw], not_to_ask: Collection[str]) -> str | None:
    """The question expected to settle most: by how many laws each answer settles, the easier to ask first."""
    open_laws = [(case, law) for case, law in zip(cases, laws, strict=True) if law.truth is Truth.OPEN]
    asked = {question for _, law in open_laws for question in law.open_questions} - set(not_to_ask)
    if not asked:
        return None
    settled: dict[str, float] = dict.fromkeys(asked, 0.0)
    for case, law in open_laws:
        for question in asked & set(law.open_questions):
            settled[question] += case.expected(question)
    return max(sorted(asked), key=lambda question: (settled[question], -_EASY.get(question.split(".")[0], 5)))
