"""The law of a legal system as the corpus knows it on one day."""

from __future__ import annotations

from datetime import date

import msgspec

from palermo.corpus.lookup import conduct_in
from palermo.corpus.models import Aggravated, Corpus, LegalSystem, MeasureValue, Offence, Penalty
from palermo.corpus.terms import Term, at_least
from palermo.logic.formula import NEVER, AllOf, AnyOf, Formula


class OffenceOnDay(msgspec.Struct, frozen=True):
    """An offence with its conduct written out, and that conduct narrowed to each aggravated form.

    `certain` is False where its first day of force is not encoded and the day asked for lies before the day up
    to which the law was looked at.
    """

    offence: Offence
    conduct: Formula
    aggravated: tuple[tuple[Aggravated, Formula], ...]
    certain: bool


class LawOnDay(msgspec.Struct, frozen=True):
    """What is encoded of a legal system for one day.

    `offences_complete` says whether the offences of the file are the whole story that day, as far as its
    `look_up` does not name others; `undated` are measures encoded without their first day of force, which
    therefore say nothing about a day before `system.as_at`.
    """

    system: LegalSystem
    on: date
    offences: tuple[OffenceOnDay, ...]
    offences_complete: bool
    measures: dict[str, MeasureValue]
    undated: dict[str, MeasureValue]

    @property
    def past_horizon(self) -> bool:
        """Whether the day lies after the one up to which the law was looked at."""
        return self.on > self.system.as_at

    def look_up(self, topic: str) -> tuple[str, ...]:
        """What is known not to be encoded on a topic."""
        return tuple(entry.what for entry in self.system.look_up if entry.topic == topic)


def law_on(corpus: Corpus, system: LegalSystem, on: date) -> LawOnDay:
    """The offences and measures of a legal system in force on that day.

    A file without an offence says nothing about them, unless `offences_known_from` says since when there are none.
    """
    complete = system.offences_known_from is not None and on >= system.offences_known_from
    complete = complete or (bool(system.offences) and on >= system.as_at)
    offences = [
        _offence(corpus, system, o, complete) for o in system.offences if o.in_force is None or o.in_force.covers(on)
    ]
    measures, undated = measures_on(system, on)
    return LawOnDay(system, on, tuple(offences), complete, measures, undated)


def measures_on(system: LegalSystem, on: date) -> tuple[dict[str, MeasureValue], dict[str, MeasureValue]]:
    """The measures of a legal system in force on a day, and those whose first day of force is not encoded."""
    measures: dict[str, MeasureValue] = {}
    undated: dict[str, MeasureValue] = {}
    for id, values in system.measures.items():
        for value in values:
            if value.in_force and not value.in_force.covers(on):
                continue
            dated = on >= system.as_at or bool(value.in_force and value.in_force.from_)
            (measures if dated else undated)[id] = value
    return measures, undated


def _offence(corpus: Corpus, system: LegalSystem, offence: Offence, complete: bool) -> OffenceOnDay:
    conduct = conduct_in(corpus, system, offence.conduct)
    forms = tuple((a, AllOf((conduct, conduct_in(corpus, system, a.when)))) for a in offence.aggravated)
    return OffenceOnDay(offence, conduct, forms, complete or bool(offence.in_force and offence.in_force.from_))


def with_maximum(of: OffenceOnDay, least: Term | None) -> tuple[Formula, Formula]:
    """The conduct of an offence punishable with at least that maximum: for certain, and possibly.

    The second takes in what carries a penalty whose maximum is not encoded, or cannot be compared.
    """
    if least is None:
        return of.conduct, of.conduct
    certain: list[Formula] = []
    possible: list[Formula] = []
    for maximum, conduct in maxima(of):
        reaches = at_least(maximum, least) if maximum else None
        if reaches:
            certain.append(conduct)
        if reaches is not False:
            possible.append(conduct)
    return _any(certain), _any(possible)


def maxima(of: OffenceOnDay) -> list[tuple[Term | None, Formula]]:
    """Each maximum penalty of an offence with the conduct that carries it; none where it is not encoded."""
    return [(_maximum(of.offence.penalty), of.conduct)] + [
        (form.max, conduct) for form, conduct in of.aggravated if form.max is not None
    ]


def _maximum(penalty: Penalty | None) -> Term | None:
    if penalty is None:
        return None
    if penalty.max is None and penalty.fine == "only":
        return Term(0, "day")
    return penalty.max


def _any(parts: list[Formula]) -> Formula:
    return AnyOf(tuple(parts)) if parts else NEVER
