"""Indicators that no source prints: who is bound, what is criminalised, what the law provides; as of 31 December."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from math import isfinite

import msgspec

from palermo.conformity.coverage import Coverer
from palermo.conformity.findings import Verdict
from palermo.conformity.law_on_day import law_on, measures_on
from palermo.corpus.lookup import UnknownFormula, formula_of_provision, provision_named
from palermo.corpus.models import Corpus, Instrument, LegalSystem, MeasureValue
from palermo.corpus.terms import days, parse_term
from palermo.evidence.cells import Cell, Criminalisation, Treatment
from palermo.ledger.ledger import Ledger
from palermo.ledger.parties import UnknownName
from palermo.ledger.standing import bonds_of, standing
from palermo.logic.formula import Formula, nearest

_BOUND = {
    "in_force": 1,
    "not_yet_in_force": 0,
    "applied_provisionally": 0,
    "signed": 0,
    "left": 0,
    "not_bound": 0,
    "excluded": 0,
    "instrument_not_in_force": 0,
}
LEGAL_ORIGINS = {"english": 1, "french": 2, "german": 3, "scandinavian": 4, "socialist": 5}
_RANK = {Verdict.NOT_PROVIDED: 0, Verdict.IN_PART: 1, Verdict.PROVIDED: 2}
_WORDS = {"no": 0, "partial": 1, "yes": 2}


class Consents:
    """How States stand to one instrument at the end of each year."""

    def __init__(self, ledger: Ledger, instrument: Instrument, today: date) -> None:
        self._acts, self._instrument, self._today = ledger.acts, instrument, today
        known = [act.as_at for act in ledger.corpus.actions.get(instrument.id, ()) if act.as_at]
        if instrument.acts and instrument.acts.on:
            known.append(instrument.acts.on)
        self.known_up_to = max(known, default=None)
        self._complete = instrument.acts is not None and instrument.acts.complete != "partial"

    def bound(self, state: str, year: int) -> Cell:
        """Whether a State was bound at the end of a year: 1, 0, or not known.

        A State of which no act is known counts as not bound only where the table of acts is complete, or until it
        consents.
        """
        id, on = f"bound:{self._instrument.id}", date(year, 12, 31)
        if self._instrument.kind == "domestic":
            return Cell(state, year, id, status="not_applicable", note="a statute, to which no State is party")
        if on > self._today or self.known_up_to is None or on > self.known_up_to:
            return Cell(state, year, id, note=f"acts are known up to {self.known_up_to}, before the end of the year")
        found = standing(self._acts, self._instrument, state, on)
        value = _BOUND.get(found.status)
        said = None if found.status == "in_force" else found.status.replace("_", " ")
        if found.status == "no_act_known":
            spans = bonds_of(self._acts, self._instrument, state)
            if self._complete or any(bond.consent and bond.consent > on for bond in spans):
                value = 0
            else:
                said = "no act is known, and the table of acts is not complete"
        return Cell(
            state,
            year,
            id,
            value=value,
            status="unknown" if value is None else "reported",
            source=found.sources,
            as_at=found.known_up_to or self.known_up_to,
            note=said,
        )

    def treatment(self, state: str) -> Treatment:
        """Since when and until when a State is bound, as far as the record goes."""
        id = self._instrument.id
        spans = [b for b in bonds_of(self._acts, self._instrument, state) if b.since and b.since <= self._today]
        if spans and spans[0].since:
            first, last = spans[0].since, spans[-1].until
            if last is not None and last < self._today:
                return Treatment(state, id, "left", first, first.year, last)
            return Treatment(state, id, "bound", first, first.year)
        if self.known_up_to is None:
            return Treatment(state, id, "unknown")
        status = standing(self._acts, self._instrument, state, min(self.known_up_to, self._today)).status
        not_bound = _BOUND.get(status) == 0 or (status == "no_act_known" and self._complete)
        return Treatment(state, id, "not_bound" if not_bound else "unknown")


def years_bound(cell: Cell, found: Treatment) -> Cell:
    """Calendar years since the one in which the instrument entered into force for a State: 0 in it, negative before.

    `cell` says whether it was bound that year.
    """
    id, value, status = f"years_bound:{found.instrument}", None, cell.status
    note = cell.note
    if status != "not_applicable":
        if found.until and cell.year > found.until.year:
            status, note = "not_applicable", f"bound until {found.until}"
        elif found.first_year is not None:
            value, status, note = cell.year - found.first_year, "reported", None
        elif found.status == "not_bound":
            status, note = "not_applicable", "not bound as far as known"
        else:
            status, note = "unknown", note or "since when it is bound is not known"
    return msgspec.structs.replace(cell, indicator=id, value=value, status=status, note=note)


class EncodedLaws:
    """What the encoded laws of States criminalise and provide on days; each law worked out once for each version."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._on = cache(self._verdict_on)

    def criminalised(self, provision: str, state: str, year: int, today: date) -> Cell:
        """Whether all encoded legal systems of a State reach a definition at the end of a year: 0, 1 in part, 2 whole.

        Where only a part is certain, because earlier law is not encoded, the status is unknown and `low` is 1.
        """
        id = f"criminalised:{provision}"
        systems = self.corpus.systems_of(state)
        if not systems:
            return Cell(state, year, id, note="no law of the State is encoded")
        on = date(year, 12, 31)
        if on > today:
            return Cell(state, year, id, note="the year is not over")
        bounds = [self.reach(provision, system, on) for system in systems]
        low, high = min(b[0] for b in bounds), min(b[1] for b in bounds)
        as_at = min(system.as_at for system in systems)
        source = tuple(system.id for system in systems)
        note = f"the law as it stood on {as_at}" if on > as_at else None
        if low == high:
            return Cell(state, year, id, value=low, status="reported", source=source, as_at=as_at, note=note)
        told = "at least in part; whether more is not encoded" if low else "not encoded for that day"
        return Cell(state, year, id, low=low, high=high, source=source, as_at=as_at, note=told)

    def reach(self, provision: str, system: LegalSystem, on: date) -> tuple[int, int]:
        """Between which ranks (0 none, 1 in part, 2 in whole) a legal system's offences reach a definition that day."""
        moments = sorted(day for day in _changes(system) if day <= on)
        return self._on(provision, system.id, moments[-1] if moments else date.min)

    def since(self, provision: str, system: LegalSystem) -> Criminalisation:
        """The first days on which a legal system's encoded offences reach a definition in part, and in whole."""
        begins = {o.in_force.from_ for o in system.offences if o.in_force and o.in_force.from_}
        first: dict[int, date] = {}
        for day in _changes(system):
            low, _ = self.reach(provision, system, day)
            for rank in (1, 2):
                if low >= rank:
                    first.setdefault(rank, day)
        part, whole = first.get(1), first.get(2)
        return Criminalisation(
            state=system.state,
            legal_system=system.id,
            provision=provision,
            as_at=system.as_at,
            in_part=part if part in begins else None,
            in_whole=whole if whole in begins else None,
            in_part_by=part,
            in_whole_by=whole,
            known_from=system.offences_known_from,
        )

    def measure(self, measure: str, state: str, year: int, today: date) -> Cell:
        """What every encoded legal system of a State provides at the end of a year: the least of their answers.

        Yes, partly and no are 2, 1 and 0; lengths of time are in days.
        """
        id = f"measure:{measure}"
        systems = self.corpus.systems_of(state)
        on = date(year, 12, 31)
        if not systems:
            return Cell(state, year, id, note="no law of the State is encoded")
        if on > today:
            return Cell(state, year, id, note="the year is not over")
        as_at = min(system.as_at for system in systems)
        source = tuple(system.id for system in systems)
        found = [_measured(measures_on(system, on)[0].get(measure)) for system in systems]
        values = [value for value in found if value is not None]
        if len(values) < len(found):
            return Cell(state, year, id, source=source, as_at=as_at, note="not encoded for that day")
        note = f"the law as it stood on {as_at}" if on > as_at else None
        return Cell(state, year, id, value=min(values), status="reported", source=source, as_at=as_at, note=note)

    def legal_origin(self, state: str, year: int) -> Cell:
        """The family of commercial law that the files of a State's legal systems name; more than one: unknown."""
        found = {s.tradition.origin for s in self.corpus.systems_of(state) if s.tradition and s.tradition.origin}
        sources = {x for s in self.corpus.systems_of(state) if s.tradition for x in s.tradition.source}
        if len(found) != 1:
            told = "its legal systems are of several families" if found else "not encoded"
            return Cell(state, year, "legal_origin", note=told)
        (word,) = found
        value = LEGAL_ORIGINS[word]
        return Cell(state, year, "legal_origin", value, "reported", word=word, source=tuple(sorted(sources)))

    def _verdict_on(self, provision: str, system_id: str, on: date) -> tuple[int, int]:
        law = law_on(self.corpus, self.corpus.legal_systems[system_id], on)
        if not law.offences_complete and not any(of.certain for of in law.offences):
            return 0, 2
        reached = Coverer(self.corpus, law).verdict(provision, self._definition(provision), None)
        rank = _RANK[reached.verdict]
        more = not law.offences_complete or reached.may_change or (not rank and law.look_up("criminalisation"))
        return rank, 2 if more else rank

    def _definition(self, provision: str) -> Formula:
        instrument, id = provision_named(self.corpus, None, provision)
        return formula_of_provision(self.corpus, instrument, id)


def provision_with_conduct(corpus: Corpus, name: str) -> str:
    """A provision's full name, where it has a conduct to be criminalised. Raises UnknownName."""
    try:
        instrument, id = provision_named(corpus, None, name)
        formula_of_provision(corpus, instrument, id)
    except UnknownFormula as error:
        raise UnknownName(str(error)) from None
    return f"{instrument.id} {id}"


def named_measure(corpus: Corpus, name: str) -> str:
    """The id of a measure. Raises UnknownName."""
    if name in corpus.measures:
        return name
    raise UnknownName(f"there is no measure {name!r}{nearest(name, corpus.measures)}")


def _changes(system: LegalSystem) -> Sequence[date]:
    """Every day on which the encoded offences change, or from which on they are all encoded."""
    return sorted(set(_all_changes(system)))


def _all_changes(system: LegalSystem) -> Iterator[date]:
    yield system.as_at
    if system.offences_known_from:
        yield system.offences_known_from
    for offence in system.offences:
        if offence.in_force and offence.in_force.from_:
            yield offence.in_force.from_
        if offence.in_force and offence.in_force.to and offence.in_force.to < date.max:
            yield date.fromordinal(offence.in_force.to.toordinal() + 1)


def _measured(value: MeasureValue | None) -> float | None:
    if value is None:
        return None
    said = value.value
    if isinstance(said, int):
        return float(said)
    if said in _WORDS:
        return float(_WORDS[said])
    fewest, _ = days(parse_term(said))
    return fewest if isfinite(fewest) else None
