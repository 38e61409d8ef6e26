"""The laws of a corpus on the days asked for, each worked out once and kept."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import msgspec

from palermo.conformity.law_on_day import LawOnDay, OffenceOnDay, law_on, maxima, measures_on
from palermo.corpus.lookup import as_read, readings_for, strict_theory
from palermo.corpus.models import Corpus, LegalSystem, MeasureValue
from palermo.corpus.terms import Term
from palermo.logic.formula import Formula
from palermo.logic.theory import Theory

KEPT = 512
"""How many laws on days are kept at a time."""


class OffenceAsRead(msgspec.Struct, frozen=True):
    """An offence that was certainly in force, its conduct written out with the readings of its law.

    `maxima` are its maximum penalties (none: not encoded), each with the conduct that carries it.
    """

    of: OffenceOnDay
    conduct: Formula
    maxima: tuple[tuple[Term | None, Formula], ...]


class Laws:
    """The laws of a corpus on days. Answers are kept, so that the next question on the same law is quick."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._on: dict[tuple[str, date], LawOnDay] = {}
        self._read: dict[tuple[str, date], tuple[OffenceAsRead, ...]] = {}

    @cached_property
    def theory(self) -> Theory:
        """What holds between concepts by definition."""
        return strict_theory(self.corpus)

    def on(self, system: LegalSystem, day: date) -> LawOnDay:
        """A legal system's law on a day."""
        key = (system.id, day)
        if key not in self._on:
            self._make_room()
            self._on[key] = law_on(self.corpus, system, day)
        return self._on[key]

    def measures(self, system: LegalSystem, day: date) -> dict[str, MeasureValue]:
        """The measures of a legal system in force on a day, without working out its offences."""
        return measures_on(system, day)[0]

    def offences(self, system: LegalSystem, day: date) -> tuple[OffenceAsRead, ...]:
        """A legal system's offences on a day, as its law is read."""
        key = (system.id, day)
        if key not in self._read:
            readings = readings_for(self.corpus, system)
            self._read[key] = tuple(
                OffenceAsRead(
                    of,
                    as_read(of.conduct, readings, self.theory),
                    tuple((term, as_read(conduct, readings, self.theory)) for term, conduct in maxima(of)),
                )
                for of in self.on(system, day).offences
                if of.certain
            )
        return self._read[key]

    def _make_room(self) -> None:
        if len(self._on) >= KEPT:
            self._on.clear()
            self._read.clear()
