"""Required conduct against the offences of a legal system: what they reach, on which reading, and what is left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec

from palermo.conformity.authorities import of_offence
from palermo.conformity.findings import Coverage, Gap, OffenceReach, OnReading, Reach, ReadingRelied, Verdict
from palermo.conformity.law_on_day import LawOnDay, OffenceOnDay, with_maximum
from palermo.corpus.lookup import reading_theory, readings_for, strict_theory
from palermo.corpus.models import Corpus, LegalSystem, Reading
from palermo.corpus.terms import Term
from palermo.logic.formula import NEVER, AnyOf, Formula, Holding, concepts_in, holding
from palermo.logic.scenarios import DIMENSIONS, Comparison, dimension
from palermo.logic.theory import Theory
from palermo.logic.widening import smallest_widenings

OF_CONDUCT = ("id", "acts", "formulas", "offences", "readings", "offences_known_from", "as_at")
"""What of a legal system's file the answers on its conduct rest on."""
PURPOSE = DIMENSIONS.index("purpose")


class _Compared(NamedTuple):
    """Required conduct held against the offences that are certain, on the words and on the readings that matter."""

    coverage: Coverage
    certain: dict[str, Formula]
    relevant: dict[str, Reading]
    on_words: Comparison
    on_readings: Comparison


class Coverer:
    """Holds required conduct against one legal system's offences on one day; remembers what it has compared."""

    def __init__(self, corpus: Corpus, law: LawOnDay) -> None:
        self.corpus, self.law = corpus, law
        self._found: dict[tuple[Formula, Term | None], Coverage] = {}
        self._theories: dict[frozenset[str], Theory] = {}

    def serves(self, corpus: Corpus, system: LegalSystem) -> bool:
        """Whether what it finds holds for another state of the law too: one that differs in no word of its conduct."""
        own = self.law.system
        same = (corpus.concepts, corpus.readings) == (self.corpus.concepts, self.corpus.readings)
        return same and all(getattr(own, name) == getattr(system, name) for name in OF_CONDUCT)

    @cached_property
    def strict(self) -> Theory:
        """What holds by definition."""
        return strict_theory(self.corpus)

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """The readings for this legal system."""
        return readings_for(self.corpus, self.law.system)

    def _theory(self, ids: frozenset[str]) -> Theory:
        """What holds by definition and on these readings."""
        if ids not in self._theories:
            self._theories[ids] = reading_theory(self.corpus, {id: self.readings[id] for id in ids})
        return self._theories[ids]

    def cover(self, cite: str, required: Formula, least: Term | None = None) -> Coverage:
        """How the offences (with at least that maximum penalty, if one is given) cover the required conduct."""
        if (required, least) not in self._found:
            self._found[required, least] = self._cover(cite, required, least)
        return self._found[required, least]

    def _cover(self, cite: str, required: Formula, least: Term | None) -> Coverage:
        known = self._compared(cite, required, least)
        certain, relevant, on_words, on_readings = known.certain, known.relevant, known.on_words, known.on_readings
        theory, verdict = on_readings.theory, known.coverage.verdict
        reached_by = tuple(self._reached(on_readings, certain))
        principal = {id: certain[id] for id in _principal(reached_by)}
        by_reading = list(self._by_reading(on_words, certain, relevant)) if relevant else []
        relied = {id: relevant[id] for entry in by_reading for id in entry.readings}
        return msgspec.structs.replace(
            known.coverage,
            gaps=tuple(
                Gap(box, tuple(smallest_widenings(box.scenarios(), principal, theory)))
                for box in (on_readings.gap() if verdict is not Verdict.PROVIDED else [])
            ),
            on_readings=tuple(by_reading),
            readings=tuple(_relied(id, reading) for id, reading in relied.items()),
            reached_by=reached_by,
            unverified=tuple(self._unverified(certain, on_readings, relied)),
        )

    def theory(self, least: Term | None = None) -> Theory:
        """What holds by definition and on the readings that matter to the offences (with that maximum, if given)."""
        return self._theory(frozenset(self._relevant_readings(self._offences(least)[0])))

    def verdict(self, cite: str, required: Formula, least: Term | None = None) -> Coverage:
        """How the offences cover the required conduct, without gaps, readings, reach and what is unverified."""
        return self._compared(cite, required, least).coverage

    def _compared(self, cite: str, required: Formula, least: Term | None) -> _Compared:
        certain, possible = self._offences(least)
        relevant = self._relevant_readings(certain)
        theory = self._theory(frozenset(relevant))
        on_words = Comparison(required, _any(certain.values()), self.strict)
        on_readings = Comparison(required, _any(certain.values()), theory) if relevant else on_words
        verdict = _verdict(on_readings)
        may_change: tuple[str, ...] = ()
        if verdict is not Verdict.PROVIDED and possible != certain:
            more = Comparison(required, _any(possible.values()), theory)
            if more.missed != on_readings.missed:
                may_change = tuple(f"{o.offence.cite}: {_why_uncertain(o)}" for o in self._uncertain(certain, possible))
        least_maximum = str(least) if least else None
        coverage = Coverage(cite, verdict, _verdict(on_words), least_maximum=least_maximum, may_change=may_change)
        return _Compared(coverage, certain, relevant, on_words, on_readings)

    def _offences(self, least: Term | None) -> tuple[dict[str, Formula], dict[str, Formula]]:
        certain: dict[str, Formula] = {}
        possible: dict[str, Formula] = {}
        for of in self.law.offences:
            sure, perhaps = with_maximum(of, least)
            if of.certain and sure != NEVER:
                certain[of.offence.id] = sure
            if perhaps != NEVER:
                possible[of.offence.id] = perhaps
        return certain, possible

    def _uncertain(self, certain: Mapping[str, Formula], possible: Mapping[str, Formula]) -> Iterable[OffenceOnDay]:
        return (of for of in self.law.offences if possible.get(of.offence.id) != certain.get(of.offence.id))

    def _relevant_readings(self, offences: Mapping[str, Formula]) -> dict[str, Reading]:
        """The readings whose umbrella, by way of others perhaps, stands in an offence."""
        named = {concept for formula in offences.values() for concept in concepts_in(formula)}
        wanted = set(named)
        kept: dict[str, Reading] = {}
        while True:
            more = {
                id: reading
                for id, reading in self.readings.items()
                if id not in kept and (reading.by in wanted or wanted & self.strict.above(reading.by))
            }
            if not more:
                return {id: reading for id, reading in self.readings.items() if id in kept}
            kept.update(more)
            wanted |= {reading.taken_in for reading in more.values()}

    def _by_reading(
        self, on_words: Comparison, offences: Mapping[str, Formula], readings: Mapping[str, Reading]
    ) -> Iterable[OnReading]:
        """What is missed on the words and reached on readings, grouped by the readings it takes."""
        within, required = holding(_any(offences.values())), holding(on_words.required)
        groups: dict[tuple[str, ...], list[frozenset[str]]] = {}
        for situation in on_words.missed:
            taken = self._readings_for(situation, required, within, readings)
            if taken is not None:
                groups.setdefault(taken, []).append(situation)
        for taken, situations in sorted(groups.items()):
            yield from (OnReading(box, taken) for box in on_words.boxes(situations))

    def _readings_for(
        self, situation: frozenset[str], required: Holding, actual: Holding, readings: Mapping[str, Reading]
    ) -> tuple[str, ...] | None:
        """A smallest set of readings on which a situation is reached: one of which none can be left out."""

        def reached(chosen: Mapping[str, Reading]) -> bool:
            whole = self._theory(frozenset(chosen)).close(situation)
            return actual(whole) or not required(whole)

        if not reached(readings):
            return None
        whole = self._theory(frozenset(readings)).close(situation)
        kept = {id: reading for id, reading in readings.items() if reading.taken_in in whole}
        for id in sorted(kept, key=lambda id: readings[id].verified):
            without = {other: reading for other, reading in kept.items() if other != id}
            if reached(without):
                kept = without
        return tuple(sorted(kept))

    def _reached(self, whole: Comparison, offences: Mapping[str, Formula]) -> Iterable[OffenceReach]:
        known, theory = frozenset(concepts_in(whole.required)), whole.theory
        purposes = frozenset(c for c in known if dimension(c) == PURPOSE)
        beside: dict[tuple[frozenset[str], frozenset[str]], bool] = {}
        for of in self.law.offences:
            formula = offences.get(of.offence.id)
            if formula is None:
                continue
            comparison = whole.with_actual(formula)
            groups: dict[frozenset[str], list[frozenset[str]]] = {}
            for situation in comparison.common:
                core = theory.core(situation, known)
                own, extra = core & known, core - known
                pursued = (own & purposes, extra)
                if pursued not in beside:
                    beside[pursued] = self._beside(*pursued)
                if not beside[pursued]:
                    groups.setdefault(extra, []).append(theory.close(own))
            reach = [Reach(tuple(sorted(extra)), tuple(comparison.boxes(group))) for extra, group in groups.items()]
            if reach:
                yield OffenceReach(of_offence(self.law.system, of.offence), tuple(sorted(reach, key=_broadest_first)))

    def _beside(self, own: Collection[str], extra: Collection[str]) -> bool:
        """Whether an offence is reached only because another exploitation is pursued beside the purposes `own`.

        Another is one that by definition has nothing in common with it.
        """
        told = self.strict.close(own)
        added = [c for c in extra if dimension(c) == PURPOSE]
        return bool(told) and any(not self.strict.close((c,)) & told for c in added)

    def _unverified(
        self,
        offences: Mapping[str, Formula],
        comparison: Comparison,
        relied: Mapping[str, Reading],
    ) -> Iterable[str]:
        """The unverified inputs without which the answer would be another."""
        system = self.law.system
        unread = [
            of.offence for of in self.law.offences if not system.is_verified(of.offence) and of.offence.id in offences
        ]
        if unread:
            ids = {offence.id for offence in unread}
            read = _any(formula for id, formula in offences.items() if id not in ids)
            if comparison.with_actual(read).missed != comparison.missed:
                yield from (f"{offence.cite} ({system.source_of(offence) or 'no source'})" for offence in unread)
        yield from (
            f"the reading that {reading.by} takes in {reading.taken_in} ({reading.whose})"
            for reading in relied.values()
            if not reading.verified
        )


def _principal(reached: Sequence[OffenceReach]) -> list[str]:
    """The offences that reach at least half as much as the one that reaches most, counted in scenarios.

    They are the ones a legislator would widen.
    """
    extent = {
        str(offence.authority.id): len({s for part in offence.reach for box in part.boxes for s in box.scenarios()})
        for offence in reached
    }
    return [id for id, scenarios in extent.items() if 2 * scenarios >= max(extent.values())]


def _any(formulas: Iterable[Formula]) -> Formula:
    return AnyOf(tuple(formulas))


def _verdict(comparison: Comparison) -> Verdict:
    if comparison.covered:
        return Verdict.PROVIDED
    return Verdict.IN_PART if comparison.touched else Verdict.NOT_PROVIDED


def _why_uncertain(of: OffenceOnDay) -> str:
    return "its maximum penalty is not encoded" if of.certain else "the day from which it is in force is not encoded"


def _relied(id: str, reading: Reading) -> ReadingRelied:
    return ReadingRelied(id, reading.taken_in, reading.by, reading.whose, reading.why, reading.verified, reading.cite)


def _broadest_first(reach: Reach) -> tuple[int, int, Sequence[str]]:
    return (len(reach.only_where), -sum(len(box.scenarios()) for box in reach.boxes), reach.only_where)
