"""Verdicts alone, for many laws and days at once: the same as a finding gives, without what it rests on.

A verdict changes from one day to another only if what is in force changes, so each is worked out once for every state
of a law.
"""

from __future__ import annotations

from datetime import date

import msgspec

from palermo.conformity.answers import answer
from palermo.conformity.bills import leaves
from palermo.conformity.coverage import Coverer
from palermo.conformity.findings import Coverage, Verdict
from palermo.conformity.law_on_day import LawOnDay
from palermo.conformity.laws import Laws
from palermo.corpus.lookup import UnknownFormula, provision_named
from palermo.corpus.models import Instrument, LegalSystem, Provision
from palermo.corpus.terms import Term
from palermo.logic.formula import Formula


class VerdictOnDay(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a law answers to a duty, whether or not the instrument binds.

    `on_words` is the answer on the words alone, where a reading changes it.
    """

    system: str
    verdict: Verdict
    on_words: Verdict | None = None


class Verdicts:
    """The verdicts of the laws of a corpus, each worked out once."""

    def __init__(self, laws: Laws) -> None:
        self._laws = laws
        self._known: dict[tuple[object, ...], VerdictOnDay] = {}
        self._coverers: dict[tuple[object, ...], _VerdictOfConduct] = {}

    def on(self, duty: str, day: date) -> tuple[VerdictOnDay, ...]:
        """The verdict of every legal system on a duty (`palermo-protocol 6(3)`), in the order of the corpus.

        Raises UnknownFormula for a provision that is not there or has no test.
        """
        corpus = self._laws.corpus
        instrument, id = provision_named(corpus, None, duty)
        provision = instrument.provision(id)
        if provision.test is None:
            raise UnknownFormula(f"{instrument.cite(provision)} asks nothing of national law that could be tested")
        return tuple(self.of(system, instrument, provision, day) for system in corpus.legal_systems.values())

    def of(self, system: LegalSystem, instrument: Instrument, provision: Provision, day: date) -> VerdictOnDay:
        """The verdict of one legal system on a provision that has a test."""
        assert provision.test is not None
        law = self._laws.on(system, day)
        state = _state(law)
        key = (instrument.id, provision.id, *state)
        if key not in self._known:
            coverer = self._coverers.setdefault(state, _VerdictOfConduct(self._laws.corpus, law))
            given = answer(self._laws.corpus, instrument, provision.test, law, coverer)
            words = next(
                (
                    leaf.coverage.on_words
                    for leaf in leaves(given)
                    if leaf.coverage and leaf.coverage.on_words is not leaf.coverage.verdict
                ),
                None,
            )
            self._known[key] = VerdictOnDay(system.id, given.verdict, words)
        return self._known[key]


def _state(law: LawOnDay) -> tuple[object, ...]:
    """What of a law decides its verdicts: the versions in force, each known by its place in memory."""
    offences = tuple((id(of.offence), of.certain) for of in law.offences)
    measures = tuple(sorted((name, id(value)) for name, value in law.measures.items()))
    return law.system.id, law.offences_complete, offences, measures, tuple(sorted(law.undated))


class _VerdictOfConduct(Coverer):
    """Coverage without its reasons."""

    def _cover(self, cite: str, required: Formula, least: Term | None) -> Coverage:
        return self.verdict(cite, required, least)
