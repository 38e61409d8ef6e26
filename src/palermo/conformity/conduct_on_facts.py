"""Whether known facts are an offence under one legal system, which one, and how it is punished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from palermo.conformity.authorities import of_offence
from palermo.conformity.findings import Authority
from palermo.conformity.law_on_day import LawOnDay
from palermo.conformity.laws import Laws, OffenceAsRead
from palermo.corpus.models import LegalSystem
from palermo.corpus.terms import Term, at_least
from palermo.logic.formula import AnyOf, Formula, concepts_in
from palermo.logic.questions import OnFacts
from palermo.logic.truth import Truth, prove

MOST_OFFENCES = 4
"""How many offences an answer names; the first of the file come first."""
MOST_WAYS = 6
"""How many smallest sets of missing facts an answer gives."""


class ConductUnderLaw(msgspec.Struct, frozen=True, omit_defaults=True):
    """Known facts held against the offences of one legal system on a day.

    `truth`: an offence, none, or open. `offences` are those that the facts make out, or, while it is open, those that
    they still may make out, the nearest first. `maximum` is the highest maximum penalty that the facts certainly carry;
    none where it is not encoded. `missing` are smallest sets of further facts that would make it one of them, or, where
    it is none, any offence. `complete`: no other offence of the legal system is known to be left out.
    """

    system: str
    name: str
    on: date
    truth: Truth
    offences: tuple[Authority, ...] = ()
    maximum: Term | None = None
    missing: tuple[tuple[str, ...], ...] = ()
    complete: bool = True
    as_at: date | None = None
    past_horizon: bool = False

    @property
    def verified(self) -> bool:
        """Whether every offence named was read in a text of the law."""
        return all(offence.verified for offence in self.offences)


def conduct_under_law(laws: Laws, system: LegalSystem, facts: Mapping[str, bool], on: date) -> ConductUnderLaw:
    """Hold facts against a legal system's offences on a day: dual criminality asks this of both States.

    It is judged by the conduct, whatever the offence is called (UNCAC art 43(2)). Raises theory.Contradiction.
    """
    law, offences, theory = laws.on(system, on), laws.offences(system, on), laws.theory
    known = theory.complete(facts)
    proved = [(offence, prove(offence.conduct, known).truth) for offence in offences]
    made_out = [offence for offence, truth in proved if truth is Truth.TRUE]
    if made_out:
        return _answer(law, Truth.TRUE, made_out, _highest(made_out, known))
    still_open = [offence for offence, truth in proved if truth is Truth.OPEN]
    if still_open:
        truth = OnFacts(_any(still_open), facts, theory).truth
        if truth is not Truth.FALSE:
            near = _nearest_first(still_open, facts)[:MOST_OFFENCES]
            ways = OnFacts(_any(near), facts, theory).smallest_additions() if truth is Truth.OPEN else []
            return _answer(law, truth, near, None, ways)
    nearest = OnFacts(_any(offences), facts, theory).smallest_additions(as_if_unknown=True)
    return _answer(law, Truth.FALSE, [], None, nearest)


def _any(offences: Sequence[OffenceAsRead]) -> Formula:
    return AnyOf(tuple(offence.conduct for offence in offences))


def _nearest_first(offences: Sequence[OffenceAsRead], facts: Mapping[str, bool]) -> list[OffenceAsRead]:
    known = {fact for fact, value in facts.items() if value}
    return sorted(offences, key=lambda offence: -len(known & set(concepts_in(offence.conduct))))


def _highest(offences: Sequence[OffenceAsRead], known: Mapping[str, bool]) -> Term | None:
    found: Term | None = None
    for offence in offences:
        for maximum, conduct in offence.maxima:
            if maximum is not None and prove(conduct, known).truth is Truth.TRUE:
                found = maximum if found is None or at_least(maximum, found) else found
    return found


def _answer(
    law: LawOnDay,
    truth: Truth,
    offences: Sequence[OffenceAsRead],
    maximum: Term | None,
    missing: Sequence[tuple[str, ...]] = (),
) -> ConductUnderLaw:
    return ConductUnderLaw(
        system=law.system.id,
        name=law.system.legal_system,
        on=law.on,
        truth=truth,
        offences=tuple(of_offence(law.system, offence.of.offence) for offence in offences[:MOST_OFFENCES]),
        maximum=maximum,
        missing=tuple(missing[:MOST_WAYS]),
        complete=law.offences_complete and not law.look_up("criminalisation"),
        as_at=law.system.as_at,
        past_horizon=law.past_horizon,
    )
