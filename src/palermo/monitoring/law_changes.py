"""Whether the encoded law that a test rests on changed between two days: by its dates of force, never a guess."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Literal

import msgspec

from palermo.conformity.findings import Answer, Finding
from palermo.corpus.duty_tests import Criminalises, DutyTest, Measured, leaves
from palermo.corpus.models import LegalSystem, MeasureValue, Offence

Changed = Literal["changed", "not_changed", "not_known", "not_law"]
"""`not_changed`: as far as the law is encoded. `not_law`: it does not turn on law."""


class ChangeOfLaw(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of the law that began or ceased to be in force; `day` is the first or the last one of its force.

    `verified` is False where the entry was not read in a text, so that its day may be another.
    """

    id: str
    cite: str
    what: Literal["in force from", "in force until"]
    day: date
    verified: bool = True


class LawSince(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether law changed since a day, with the changes, or why that is not known. `known_up_to`: the law's horizon."""

    state: Changed
    changes: tuple[ChangeOfLaw, ...] = ()
    why: str | None = None
    known_up_to: date | None = None


def law_since(
    system: LegalSystem,
    tests: Collection[DutyTest],
    findings: Collection[Finding],
    measures: Collection[str],
    first: date,
    last: date,
    now: date,
) -> LawSince:
    """Whether what tests ask of law, and some measures, changed from the time `first` to `last` up to `now`.

    `measures` narrow the question: where there are any, no other measure of the tests counts, nor does the conduct of
    a test that asks for one of them. The time is one day where the day is known, a year where only the year is.
    `findings` are those on the tests, of this system, at both ends. A change after `last` is certain; one within the
    time may have come before.
    """
    parts = {test: [part for _, part in leaves(test)] for test in tests}
    tested = {test: {part.measure for part in found if isinstance(part, Measured)} for test, found in parts.items()}
    asked = set(measures) or {measure for found in tested.values() for measure in found}
    conduct = any(
        isinstance(part, Criminalises)
        for test, found in parts.items()
        if tested[test].isdisjoint(measures)
        for part in found
    )
    reaching = {id for finding in findings for id in _offences(finding.answer)} if conduct else set()
    if not asked and not conduct:
        return LawSince("not_law", why="law alone does not show it")
    entries: list[Offence | MeasureValue] = [offence for offence in system.offences if offence.id in reaching]
    named: dict[int, str] = {id(offence): offence.id for offence in entries if isinstance(offence, Offence)}
    for measure in sorted(asked):
        for value in system.measures.get(measure, ()):
            entries.append(value)
            named[id(value)] = measure
    known = [change for entry in entries for change in _changes(named[id(entry)], entry, system.is_verified(entry))]
    falling = {(c.cite, c.what, c.day): c for c in known if _falls(c, last, now)}
    after = tuple(sorted(falling.values(), key=lambda c: (c.day, c.cite)))
    if after:
        return LawSince("changed", after, known_up_to=system.as_at)
    why = (
        _within(known, first, last)
        or next((f"{measure} is not encoded" for measure in sorted(asked) if measure not in system.measures), None)
        or next(
            (f"since when {e.cite} is in force is not encoded" for e in entries if _undated(e, system, first)), None
        )
        or (_offences_unknown(system, first) if conduct else None)
        or (f"the law is known up to {system.as_at}" if system.as_at < last else None)
    )
    return LawSince("not_known" if why else "not_changed", (), why, system.as_at)


def _changes(name: str, entry: Offence | MeasureValue, verified: bool) -> Iterator[ChangeOfLaw]:
    if entry.in_force and entry.in_force.from_:
        yield ChangeOfLaw(name, entry.cite, "in force from", entry.in_force.from_, verified)
    if entry.in_force and entry.in_force.to:
        yield ChangeOfLaw(name, entry.cite, "in force until", entry.in_force.to, verified)


def _falls(change: ChangeOfLaw, after: date, until: date) -> bool:
    """Whether a change takes effect after a day, up to another. What is in force until a day is law on that day."""
    if change.what == "in force from":
        return after < change.day <= until
    return after <= change.day < until


def _within(known: Collection[ChangeOfLaw], first: date, last: date) -> str | None:
    for change in known:
        if _falls(change, first, last):
            return f"{change.cite} is {change.what} {change.day}, in the year of the document, whose day is not known"
    return None


def _undated(entry: Offence | MeasureValue, system: LegalSystem, first: date) -> bool:
    return first < system.as_at and not (entry.in_force and entry.in_force.from_)


def _offences_unknown(system: LegalSystem, first: date) -> str | None:
    if system.offences_known_from is None:
        return "since when the encoded offences are the whole story is not said" if first < system.as_at else None
    if first < system.offences_known_from:
        return f"the encoded offences are the whole story from {system.offences_known_from} on"
    return None


def _offences(answer: Answer | None) -> Iterator[str]:
    """The ids of the offences that reach what an answer's tests ask for."""
    if answer is None:
        return
    for reach in answer.coverage.reached_by if answer.coverage else ():
        if reach.authority.id:
            yield reach.authority.id
    for part in answer.parts:
        yield from _offences(part)
