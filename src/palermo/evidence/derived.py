"""Indicators that no source prints: who is bound, what is criminalised, what the law provides; as of 31 December."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from math import isfinite

from palermo.conformity.coverage import Coverer
from palermo.conformity.findings import Verdict
from palermo.conformity.law_on_day import law_on, measures_on
from palermo.corpus.lookup import UnknownFormula, formula_of_provision, provision_named
from palermo.corpus.models import Corpus, Instrument, LegalSystem, MeasureValue
from palermo.corpus.terms import days, parse_term
from palermo.evidence.cells import Cell, Criminalisation, Treatment
from palermo.ledger.acts import Acts
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


def horizon(acts: Acts, instrument: Instrument) -> date | None:
    """The last day up to which the record of an instrument as a whole knows."""
    days = [act.as_at for act in acts.corpus.actions.get(instrument.id, ()) if act.as_at]
    if instrument.acts and instrument.acts.on:
        days.append(instrument.acts.on)
    return max(days, default=None)


def bound(ledger: Ledger, instrument: Instrument, state: str, year: int, today: date) -> Cell:
    """Whether a State was bound at the end of a year: 1, 0, or not known.

    A State of which no act is known counts as not bound only where the table of acts is complete.
    """
    id = f"bound:{instrument.id}"
    if instrument.kind == "domestic":
        return Cell(state, year, id, status="not_applicable", note="a statute, to which no State is party")
    on = date(year, 12, 31)
    known = horizon(ledger.acts, instrument)
    if on > today or known is None or on > known:
        return Cell(state, year, id, note=f"acts are known up to {known}, before the end of the year")
    found = standing(ledger.acts, instrument, state, on)
    shown = {"source": found.sources, "as_at": found.known_up_to or known}
    value = _BOUND.get(found.status)
    if found.status == "no_act_known":
        complete = instrument.acts is not None and instrument.acts.complete != "partial"
        if complete or any(bond.consent and bond.consent > on for bond in bonds_of(ledger.acts, instrument, state)):
            value = 0
        else:
            return Cell(state, year, id, note="no act is known, and the table of acts is not complete", **shown)
    if value is None:
        return Cell(state, year, id, note=found.status.replace("_", " "), **shown)
    said = None if found.status == "in_force" else found.status.replace("_", " ")
    return Cell(state, year, id, value=value, status="reported", note=said, **shown)


def treatment(ledger: Ledger, instrument: Instrument, state: str, today: date) -> Treatment:
    """Since when and until when a State is bound, as far as the record goes."""
    acts = ledger.acts
    spans = [bond for bond in bonds_of(acts, instrument, state) if bond.since and bond.since <= today]
    if spans:
        first, last = spans[0].since, spans[-1].until
        left = last is not None and last < today
        return Treatment(
            state, instrument.id, "left" if left else "bound", first, first.year if first else None, last if left else None
        )
    known = horizon(acts, instrument)
    at_end = standing(acts, instrument, state, min(known, today)) if known else None
    complete = instrument.acts is not None and instrument.acts.complete != "partial"
    not_bound = at_end is not None and (
        _BOUND.get(at_end.status) == 0 or (at_end.status == "no_act_known" and complete)
    )
    return Treatment(state, instrument.id, "not_bound" if not_bound else "unknown")


def years_bound(cell: Cell, found: Treatment) -> Cell:
    """Calendar years since the one in which the instrument entered into force for a State: 0 in it, negative before."""
    id = f"years_bound:{found.instrument}"
    shown = {"source": cell.source, "as_at": cell.as_at}
    if cell.status == "not_applicable":
        return Cell(cell.state, cell.year, id, status="not_applicable", note=cell.note)
    if found.until and cell.year > found.until.year:
        return Cell(cell.state, cell.year, id, status="not_applicable", note=f"bound until {found.until}", **shown)
    if found.first_year is not None:
        return Cell(
            cell.state, cell.year, id, value=cell.year - found.first_year, status="reported", note=None, **shown
        )
    if found.status == "not_bound":
        return Cell(cell.state, cell.year, id, status="not_applicable", note="not bound as far as known", **shown)
    return Cell(cell.state, cell.year, id, note=cell.note or "since when it is bound is not known", **shown)


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
        if not systems or on > today:
            return Cell(state, year, id, note="no law of the State is encoded" if on <= today else "the year is not over")
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
        certain, possible = Coverer(self.corpus, law).verdicts(self._definition(provision))
        low, high = _RANK[certain], _RANK[possible] if law.offences_complete else 2
        return (low, high) if low or not law.look_up("criminalisation") else (0, 2)

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
