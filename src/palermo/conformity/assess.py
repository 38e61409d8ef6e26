"""A State's law held against an instrument on a day: one finding for each provision and legal system."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from operator import attrgetter

from palermo.conformity.answers import answer
from palermo.conformity.coverage import Coverer
from palermo.conformity.findings import (
    Answer,
    Assessment,
    Comment,
    Finding,
    StrongestVerb,
    SystemFindings,
    Verdict,
)
from palermo.conformity.law_on_day import LawOnDay, law_on
from palermo.corpus.models import Corpus, Instrument, LegalSystem, Provision
from palermo.ledger.ledger import Ledger
from palermo.ledger.parties import find_instrument, find_party
from palermo.ledger.standing import Standing

LADDER = ("shall", "shall_endeavour", "shall_consider", "may")
"""Verbs from the strongest to the weakest."""


ASSESSED = "government of the assessed country"
"""The addressee of a statute's provision that speaks of other States."""


Coverers = dict[tuple[str, date], Coverer]
"""What was found before of the conduct that legal systems reach on days."""
KEPT = 64
"""Of how many laws on days that is kept."""


def assess(
    ledger: Ledger,
    state: str,
    against: str,
    on: date,
    provisions: Collection[str] = (),
    coverers: Coverers | None = None,
) -> Assessment:
    """Hold the law of every legal system of a State against an instrument as both stood on that day.

    `state` is a code, name or alias, or the id of one legal system; `against` an instrument's id or title. Where
    `provisions` are named, there are findings on those alone. What was found before of the same conduct is taken from
    `coverers`, and what is found is left there.
    Raises ledger.parties.UnknownName.
    """
    corpus = ledger.corpus
    known = {} if coverers is None else coverers
    only = corpus.legal_systems.get(state.upper())
    party = find_party(corpus, only.state if only else state)
    instrument = find_instrument(corpus, against)
    found = ledger.standing(party.code, instrument.id, on)
    verbs = strongest_verbs(ledger, party.code, on)
    systems = (only,) if only else corpus.systems_of(party.code)
    return Assessment(
        state=party.code,
        state_name=party.name,
        instrument=instrument.id,
        instrument_title=instrument.title,
        on=on,
        standing=found,
        systems=tuple(_of_system(corpus, instrument, found, system, on, verbs, provisions, known) for system in systems)
        or (_nothing_encoded(corpus, instrument, found, party.code, party.name, on, verbs, provisions),),
        lens=instrument.state not in (None, party.code),
    )


def strongest_verbs(ledger: Ledger, party: str, on: date) -> dict[str, StrongestVerb]:
    """For each topic, the strongest verb among the duties of all treaties and directives in force for a State."""
    found: dict[str, StrongestVerb] = {}
    for bond in filter(attrgetter("binding"), ledger.bonds(party, on)):
        instrument = ledger.corpus.instruments[bond.instrument]
        for provision in instrument.provisions:
            if provision.kind != "duty" or provision.modality is None or not _in_force(provision, on):
                continue
            verb = StrongestVerb(provision.modality, instrument.cite(provision), provision.softener)
            known = found.get(provision.topic)
            if known is None or _strength(verb) < _strength(known):
                found[provision.topic] = verb
    return found


def _strength(verb: StrongestVerb) -> tuple[int, bool]:
    return (LADDER.index(verb.modality), verb.softener is not None)


def _in_force(provision: Provision, on: date) -> bool:
    return provision.in_force is None or provision.in_force.covers(on)


def assessed(instrument: Instrument, party: str, on: date, provisions: Collection[str] = ()) -> Iterator[Provision]:
    """The provisions that get a finding: duties, and rules and definitions with a test, not yet replaced that day.

    Of a statute used as a lens, what is addressed to its own State's organs is asked of that State alone.
    """
    for provision in instrument.provisions:
        if instrument.state not in (None, party) and provision.addressee not in (None, ASSESSED):
            continue
        ended = provision.in_force and provision.in_force.to and provision.in_force.to < on
        if provision.test is not None and not ended and (not provisions or provision.id in provisions):
            yield provision


def _of_system(
    corpus: Corpus,
    instrument: Instrument,
    found: Standing,
    system: LegalSystem,
    on: date,
    verbs: dict[str, StrongestVerb],
    provisions: Collection[str],
    coverers: Coverers,
) -> SystemFindings:
    law = law_on(corpus, system, on)
    coverer = coverers.get((system.id, on))
    if coverer is None or not coverer.serves(corpus, system):
        if len(coverers) >= KEPT:
            coverers.clear()
        coverer = coverers[system.id, on] = Coverer(corpus, law)
    findings = tuple(
        _finding(corpus, instrument, provision, found, law, coverer, verbs.get(provision.topic))
        for provision in assessed(instrument, found.party, on, provisions)
    )
    return SystemFindings(system.id, system.legal_system, True, findings, system.as_at)


def _nothing_encoded(
    corpus: Corpus,
    instrument: Instrument,
    found: Standing,
    code: str,
    name: str,
    on: date,
    verbs: dict[str, StrongestVerb],
    provisions: Collection[str],
) -> SystemFindings:
    empty = LegalSystem(id=code, state=code, legal_system=name, as_at=date.max)
    law = law_on(corpus, empty, on)
    coverer = Coverer(corpus, law)
    findings = tuple(
        _finding(corpus, instrument, provision, found, law, coverer, verbs.get(provision.topic))
        for provision in assessed(instrument, found.party, on, provisions)
    )
    return SystemFindings(code, name, False, findings)


def _finding(
    corpus: Corpus,
    instrument: Instrument,
    provision: Provision,
    found: Standing,
    law: LawOnDay,
    coverer: Coverer,
    strongest: StrongestVerb | None,
) -> Finding:
    assert provision.test is not None
    given = answer(corpus, instrument, provision.test, law, coverer)
    why_not = _why_not_bound(corpus, instrument, provision, found)
    unverified = tuple(dict.fromkeys(_unverified(instrument, provision, given)))
    horizon = tuple(_horizon(found, law, given))
    return Finding(
        provision=provision.id,
        cite=instrument.cite(provision),
        title=provision.title,
        kind=provision.kind,
        pillar=provision.pillar,
        topic=provision.topic,
        asks=provision.duty or provision.meaning or "",
        verdict=Verdict.NOT_BOUND if why_not else given.verdict,
        law=given.verdict,
        provisional=bool(unverified) or found.status == "not_known",
        modality=provision.modality,
        softener=provision.softener,
        condition=provision.condition,
        on_words=_on_words(given),
        why_not_bound=why_not,
        answer=given,
        evidence=provision.evidence,
        look_up=_look_up(law, provision, given),
        unverified=unverified,
        horizon=horizon,
        strongest=_strongest(instrument, provision, found, strongest),
        comments=tuple(
            Comment(c.by, c.says, c.date, c.source)
            for c in law.system.comments
            if c.instrument == instrument.id and c.provision == provision.id
        ),
        note=provision.note,
    )


def _strongest(
    instrument: Instrument, provision: Provision, found: Standing, known: StrongestVerb | None
) -> StrongestVerb | None:
    """The strongest verb on the provision's topic: its own, unless another binding the State is stronger."""
    if provision.modality is None:
        return None
    own = StrongestVerb(provision.modality, instrument.cite(provision), provision.softener)
    return own if found.binding and (known is None or _strength(own) <= _strength(known)) else known


def _look_up(law: LawOnDay, provision: Provision, given: Answer) -> tuple[str, ...]:
    """What to look up: what the file names on the topic, else what the test asks and nobody has encoded."""
    if given.verdict in (Verdict.PROVIDED, Verdict.PRACTICE):
        return ()
    asked = [leaf.asks for leaf in _leaves(given) if leaf.verdict is Verdict.NOT_ENCODED]
    return law.look_up(provision.topic) or tuple(
        f"the law of {law.system.legal_system}, {law.on}: {what}" for what in dict.fromkeys(asked)
    )


def _on_words(given: Answer) -> Verdict | None:
    """The answer on the words alone, where readings change it."""
    for leaf in _leaves(given):
        if leaf.coverage and leaf.coverage.on_words is not leaf.coverage.verdict:
            return leaf.coverage.on_words
    return None


def _leaves(given: Answer) -> Iterator[Answer]:
    if given.parts:
        for part in given.parts:
            yield from _leaves(part)
    else:
        yield given


def _unverified(instrument: Instrument, provision: Provision, given: Answer) -> Iterable[str]:
    verified = provision.verified if provision.verified is not None else instrument.text.verified
    if not verified:
        yield f"{instrument.cite(provision)} ({provision.source or instrument.text.source})"
    for leaf in _leaves(given):
        if leaf.authority and not leaf.authority.verified:
            yield f"{leaf.authority.cite} ({leaf.authority.source or 'no source'})"
        if leaf.coverage:
            yield from leaf.coverage.unverified


def _horizon(found: Standing, law: LawOnDay, given: Answer) -> Iterable[str]:
    if found.status == "not_known":
        yield f"whether {found.party} was bound on {found.on} is not known"
    elif found.past_horizon:
        yield f"acts of {found.party} are known up to {found.known_up_to}"
    if law.past_horizon and given.verdict not in (Verdict.NOT_ENCODED, Verdict.PRACTICE):
        yield f"the law of {law.system.legal_system} was looked at as it stood up to {law.system.as_at}"


def _why_not_bound(corpus: Corpus, instrument: Instrument, provision: Provision, found: Standing) -> str | None:
    if found.status == "own_statute":
        return None
    if found.status in ("in_force", "not_known"):
        start = provision.in_force.from_ if provision.in_force else None
        return f"this provision is in force from {start}" if start and start > found.on else None
    name = corpus.parties[found.party].name
    bond = found.bond
    if found.status == "not_yet_in_force" and bond:
        return f"{instrument.short} enters into force for {name} on {bond.since}"
    if found.status == "left" and bond:
        return f"{name} has not been bound since {bond.until}, its last day"
    if found.status == "not_bound":
        return f"{name} does not take part in {instrument.short}"
    if found.status == "signed":
        return f"{name} has signed only, which binds to nothing but not defeating the object and purpose (VCLT art 18)"
    if found.status == "instrument_not_in_force":
        return f"{instrument.short} was not in force on {found.on}"
    return f"the table of acts, known up to {found.known_up_to}, names no act of {name}"
