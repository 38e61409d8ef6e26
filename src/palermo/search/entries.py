"""What can be found: each part of the corpus with its texts, citations, concepts, State and dates of force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from palermo.conformity.authorities import of_measure
from palermo.corpus.duty_tests import Criminalises
from palermo.corpus.duty_tests import leaves as tests_in
from palermo.corpus.lookup import conduct_in, formula_of_provision, places_within
from palermo.corpus.models import (
    Agreement,
    Corpus,
    InForce,
    Instrument,
    LegalSystem,
    MeasureValue,
    Offence,
    Provision,
    Statement,
)
from palermo.logic.formula import concepts_in

Kind = Literal["instrument", "provision", "concept", "offence", "measure", "act", "statement", "agreement", "party"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be found.

    `texts` are its texts in English or in the words of the act; `citations` every way it is cited, its id among them;
    `concepts` the ids of those its conduct speaks of; `states` the codes of the States it is the law, the statement or
    the agreement of. `see` is the command that says more. `first_day` and `last_day` are those of force, None where
    there is none or none is encoded.
    """

    kind: Kind
    id: str
    title: str
    cite: str
    where: str
    see: str
    texts: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    instrument: str | None = None
    legal_system: str | None = None
    verified: bool | None = None
    first_day: date | None = None
    last_day: date | None = None


def all_entries(corpus: Corpus) -> Iterator[Entry]:
    """Every entry of the corpus."""
    for id, concept in corpus.concepts.items():
        title = concept.label.get("en", id)
        see = f"palermo identify --fact {id}=yes"
        cite = concept.cite or ""
        yield Entry(kind="concept", id=id, title=title, cite=cite, where="", see=see, texts=(concept.meaning,))
    for instrument in corpus.instruments.values():
        yield from _of_instrument(corpus, instrument)
    for system in corpus.legal_systems.values():
        yield from _of_system(corpus, system)
    for agreement in corpus.agreements.values():
        yield _agreement(corpus, agreement)
    for party in corpus.parties.values():
        yield Entry(
            kind="party",
            id=party.code,
            title=party.name,
            cite=party.code,
            where=party.kind.replace("_", " "),
            see=f"palermo status {party.code}",
            texts=tuple(filter(None, ("; ".join(party.aliases), party.note))),
            citations=(party.code,),
            states=(party.code,),
        )


def _of_instrument(corpus: Corpus, instrument: Instrument) -> Iterator[Entry]:
    see = f"palermo parties {instrument.id}"
    if instrument.kind == "domestic" and instrument.provisions:
        see = f'palermo explain {instrument.id} "{instrument.provisions[0].id}"'
    yield Entry(
        kind="instrument",
        id=instrument.id,
        title=instrument.title,
        cite="; ".join(instrument.reference.values()) or instrument.short,
        where=instrument.short,
        see=see,
        texts=tuple(filter(None, (instrument.short, instrument.note))),
        citations=(*instrument.names, *instrument.reference.values()),
        states=(instrument.state,) if instrument.state else (),
        instrument=instrument.id,
        verified=instrument.text.verified,
    )
    for provision in instrument.provisions:
        yield _provision(corpus, instrument, provision)
    known = corpus.statements.get(instrument.id)
    for statement in known.statements if known else ():
        yield _statement(corpus, instrument, statement)


def _provision(corpus: Corpus, instrument: Instrument, provision: Provision) -> Entry:
    concepts: list[str] = []
    if provision.conduct is not None:
        concepts += concepts_in(formula_of_provision(corpus, instrument, provision.id))
    for _, test in tests_in(provision.test) if provision.test else ():
        if isinstance(test, Criminalises):
            concepts += concepts_in(formula_of_provision(corpus, instrument, test.provision))
            concepts += concepts_in(test.when) if test.when else ()
    cite = instrument.cite(provision)
    places = places_within(provision)
    ids = tuple(f"{instrument.id} {place.removeprefix('art ')}" for place in places)
    within = (*ids, *(f"{name} {place}" for place in places for name in (instrument.short, instrument.id)))
    said = (provision.duty, provision.meaning, provision.condition, provision.note, provision.evidence)
    return Entry(
        kind="provision",
        id=f"{instrument.id} {provision.id}",
        title=provision.title,
        cite=cite,
        where=instrument.short,
        see=f'palermo explain {instrument.id} "{provision.id}"',
        texts=(*filter(None, said), corpus.topics.get(provision.topic, provision.topic)),
        citations=(cite, f"{instrument.id} art {provision.id}", f"{instrument.id} {provision.id}", *within),
        concepts=tuple(dict.fromkeys(concepts)),
        states=(instrument.state,) if instrument.state else (),
        instrument=instrument.id,
        verified=provision.verified if provision.verified is not None else instrument.text.verified,
        first_day=provision.in_force.from_ if provision.in_force else None,
        last_day=provision.in_force.to if provision.in_force else None,
    )


def _statement(corpus: Corpus, instrument: Instrument, statement: Statement) -> Entry:
    kind = statement.kind.replace("_", " ")
    name = _name(corpus, statement.party)
    on = f" on art {', '.join(statement.provisions)}" if statement.provisions else ""
    cite = f"{instrument.short} {statement.id}"
    return Entry(
        kind="statement",
        id=f"{instrument.id} {statement.id}",
        title=f"{kind}{on}",
        cite=cite,
        where=f"{name}, {instrument.short}",
        see=f"palermo status {statement.party}",
        texts=tuple(filter(None, (statement.says, statement.note))),
        citations=(cite, f"{instrument.id} {statement.id}"),
        states=(statement.party,),
        instrument=instrument.id,
        verified=statement.verified,
        first_day=statement.made,
        last_day=statement.withdrawn - timedelta(days=1) if statement.withdrawn else None,
    )


def _of_system(corpus: Corpus, system: LegalSystem) -> Iterator[Entry]:
    name = _name(corpus, system.state)
    where = system.legal_system if name in system.legal_system else f"{name}, {system.legal_system}"
    for id, act in system.acts.items():
        yield Entry(
            kind="act",
            id=f"{system.id} {id}",
            title=act.title,
            cite=act.citation or act.title,
            where=where,
            see=f"palermo concordance {system.id}",
            texts=tuple(filter(None, (act.note,))),
            citations=tuple(filter(None, (id, act.title, act.citation))),
            states=(system.state,),
            legal_system=system.id,
            verified=act.verified,
        )
    for offence in system.offences:
        yield _offence(corpus, system, where, offence)
    for id, values in system.measures.items():
        for value in values:
            yield _measure(corpus, system, where, id, value)


def _offence(corpus: Corpus, system: LegalSystem, where: str, offence: Offence) -> Entry:
    formulas = (offence.conduct, *(form.when for form in offence.aggravated))
    concepts = [concept for formula in formulas for concept in concepts_in(conduct_in(corpus, system, formula))]
    act = system.act_of(offence)
    first, last = _days(offence.in_force)
    return Entry(
        kind="offence",
        id=f"{system.id} {offence.id}",
        title=offence.title,
        cite=offence.cite,
        where=where,
        see=f"palermo assess {system.id}",
        texts=tuple(filter(None, (offence.note, offence.mental, offence.consent, act.title if act else None))),
        citations=(offence.cite, offence.id),
        concepts=tuple(dict.fromkeys(concepts)),
        states=(system.state,),
        legal_system=system.id,
        verified=system.is_verified(offence),
        first_day=first,
        last_day=last,
    )


def _measure(corpus: Corpus, system: LegalSystem, where: str, id: str, value: MeasureValue) -> Entry:
    cite = of_measure(system, id, value).cite
    first, last = _days(value.in_force)
    return Entry(
        kind="measure",
        id=f"{system.id} {id}",
        title=f"{corpus.measures[id].meaning}: {value.value}",
        cite=cite,
        where=where,
        see=f"palermo concordance {system.id}",
        texts=tuple(filter(None, (value.note,))),
        citations=(cite, id),
        states=(system.state,),
        legal_system=system.id,
        verified=system.is_verified(value),
        first_day=first,
        last_day=last,
    )


def _agreement(corpus: Corpus, agreement: Agreement) -> Entry:
    names = f"{_name(corpus, agreement.first)}, {_name(corpus, agreement.second)}"
    return Entry(
        kind="agreement",
        id=agreement.id,
        title=agreement.title,
        cite=agreement.reference or agreement.id,
        where=names,
        see=f"palermo between {agreement.first} {agreement.second}",
        texts=tuple(filter(None, (agreement.kind.replace("_", " "), agreement.note))),
        citations=tuple(filter(None, (agreement.id, agreement.reference))),
        states=(agreement.first, agreement.second),
        first_day=agreement.entry_into_force,
        last_day=agreement.ended - timedelta(days=1) if agreement.ended else None,
    )


def _days(in_force: InForce | None) -> tuple[date | None, date | None]:
    return (in_force.from_, in_force.to) if in_force else (None, None)


def _name(corpus: Corpus, party: str) -> str:
    return corpus.parties[party].name if party in corpus.parties else party
