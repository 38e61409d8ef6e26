"""The register of recommendations to a State: what the law gave on the day of each, what it gives now, what changed."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator
from datetime import date

import msgspec

from palermo.conformity.assess import assess
from palermo.conformity.findings import Comment, Finding, SystemFindings, Verdict
from palermo.conformity.laws import Laws
from palermo.corpus.models import Corpus, LegalSystem, Provision
from palermo.corpus.monitoring import Mechanism, Recommendation, Recommendations, Severity
from palermo.ledger.ledger import Ledger
from palermo.ledger.parties import UnknownName, find_party
from palermo.logic.formula import nearest
from palermo.monitoring.clocks import provision_of
from palermo.monitoring.law_changes import LawSince, law_since


class ThenAndNow(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one legal system's law gives on a duty: on the day of the document and now.

    `then` is None where only the year is known and the answer differed within it. `not_bound` says why the State was
    not bound on the day of the answer now. `comments` are the State's own words on the duty.
    """

    system: str
    system_name: str
    duty: str
    cite: str
    now: Verdict
    then: Verdict | None = None
    not_bound: str | None = None
    comments: tuple[Comment, ...] = ()


class OfSystem(msgspec.Struct, frozen=True):
    """Whether a legal system's law on a recommendation changed since it was made."""

    system: str
    system_name: str
    law: LawSince


class Registered(msgspec.Struct, frozen=True, omit_defaults=True):
    """One recommendation with what the law gave and gives on its duties, and whether that law changed since.

    `date` is the day of the document, `year` its year where only that is known. `encoded` is False where the corpus
    holds no law of the State. Nothing here says that a recommendation is carried out: that is for its body.
    """

    mechanism: str
    body: str
    state: str
    id: str
    document: str
    severity: Severity
    severity_means: str
    says: str
    source: str
    verified: bool
    encoded: bool
    findings: tuple[ThenAndNow, ...] = ()
    systems: tuple[OfSystem, ...] = ()
    measures: tuple[str, ...] = ()
    practice: bool = False
    date: date | None = None
    year: int | None = None
    paragraph: str | None = None
    note: str | None = None


class Register(msgspec.Struct, frozen=True, omit_defaults=True):
    """The recommendations to a State as encoded, the latest first; `known_up_to` by mechanism."""

    state: str
    state_name: str
    on: date
    recommendations: tuple[Registered, ...]
    known_up_to: dict[str, date]
    note: str | None = None


def register(
    ledger: Ledger,
    state: str,
    on: date,
    mechanisms: Collection[str] = (),
    severities: Collection[str] = (),
) -> Register:
    """The recommendations made to a State up to a day, by some mechanisms or of some severity where these are named.

    Raises ledger.parties.UnknownName, also for a mechanism that is not there.
    """
    corpus = ledger.corpus
    party = find_party(corpus, state)
    for mechanism in mechanisms:
        if mechanism not in corpus.mechanisms:
            near = nearest(mechanism, corpus.mechanisms)
            raise UnknownName(f"there is no mechanism {mechanism!r}{near}; there is {', '.join(corpus.mechanisms)}")
    made = [
        found
        for found in corpus.recommendations.values()
        if found.state == party.code and (not mechanisms or found.mechanism in mechanisms)
    ]
    asked = _Findings(ledger)
    entries = [
        _registered(asked, found, entry, on)
        for found in made
        for entry in found.recommendations
        if span(entry)[0] <= on and (not severities or entry.severity in severities)
    ]
    entries.sort(key=lambda entry: entry.date or date(entry.year or 1, 12, 31), reverse=True)
    known = {found.mechanism: found.as_at for found in made}
    return Register(party.code, party.name, on, tuple(entries), known)


def span(entry: Recommendation) -> tuple[date, date]:
    """The day of a document twice, or the first and last day of its year where only that is known."""
    if entry.date:
        return entry.date, entry.date
    assert entry.year is not None
    return date(entry.year, 1, 1), date(entry.year, 12, 31)


def _registered(asked: _Findings, made: Recommendations, entry: Recommendation, on: date) -> Registered:
    corpus = asked.ledger.corpus
    mechanism: Mechanism = corpus.mechanisms[made.mechanism]
    first, last = span(entry)
    last = min(last, on)
    systems = corpus.systems_of(made.state)
    return Registered(
        mechanism=mechanism.id,
        body=mechanism.body,
        state=made.state,
        id=entry.id,
        document=entry.document,
        severity=entry.severity,
        severity_means=mechanism.severities[entry.severity],
        says=entry.says,
        source=entry.source,
        verified=entry.verified,
        encoded=bool(systems),
        findings=tuple(_then_and_now(asked, made.state, entry.duties, first, last, on)),
        systems=tuple(
            OfSystem(system.id, system.legal_system, _law_since(asked, system, entry, first, last, on))
            for system in systems
        ),
        measures=entry.measures,
        practice=entry.practice,
        date=entry.date,
        year=entry.year,
        paragraph=entry.paragraph,
        note=entry.note,
    )


class _Findings:
    """Findings on single duties, kept: where the law was the same on two days, they are worked out once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._laws = Laws(ledger.corpus)
        self._kept: dict[tuple[str, str, Hashable], Finding | None] = {}
        self._of_state: dict[tuple[str, str, date], tuple[SystemFindings, ...]] = {}

    def of_state(self, state: str, duty: str, on: date) -> tuple[SystemFindings, ...]:
        """The findings on a duty that day for each legal system of a State."""
        key = (state, duty, on)
        if key not in self._of_state:
            self._of_state[key] = systems_on(self.ledger, state, duty, on)
            for found in self._of_state[key]:
                system = self.ledger.corpus.legal_systems.get(found.system)
                if system:
                    kept = (system.id, duty, self._state_of(system, on))
                    self._kept[kept] = next(iter(found.findings), None)
        return self._of_state[key]

    def law(self, system: LegalSystem, duty: str, on: date) -> Finding | None:
        """What a system's law gives on a duty that day; what else a finding says may be of another day."""
        key = (system.id, duty, self._state_of(system, on))
        if key not in self._kept:
            self._kept[key] = self._worked_out(system.id, duty, on)
        return self._kept[key]

    def _worked_out(self, system: str, duty: str, on: date) -> Finding | None:
        found = systems_on(self.ledger, system, duty, on)
        return next((finding for entry in found for finding in entry.findings), None)

    def _state_of(self, system: LegalSystem, on: date) -> Hashable:
        """What a finding's answer turns on: the offences and measures that are law that day."""
        law = self._laws.on(system, on)
        offences = tuple((of.offence.id, of.certain) for of in law.offences)
        measures = tuple(sorted((name, id(value)) for name, value in {**law.undated, **law.measures}.items()))
        return offences, law.offences_complete, measures, tuple(law.measures)


def _law_since(
    asked: _Findings, system: LegalSystem, entry: Recommendation, first: date, last: date, on: date
) -> LawSince:
    if entry.practice:
        return LawSince("not_law", why="the recommendation is about practice")
    provisions = [provision_named(asked.ledger.corpus, duty) for duty in entry.duties]
    tests = [provision.test for provision in provisions if provision and provision.test is not None]
    found = [asked.law(system, duty, day) for day in sorted({first, last, on}) for duty in entry.duties]
    return law_since(system, tests, [finding for finding in found if finding], entry.measures, first, last, on)


def systems_on(ledger: Ledger, state: str, duty: str, on: date) -> tuple[SystemFindings, ...]:
    """The findings on one duty (`palermo-protocol 5(1)`) for each legal system of a State, or for one by its id."""
    instrument, _, provision = duty.partition(" ")
    return assess(ledger, state, instrument, on, (provision,)).systems


def _then_and_now(
    asked: _Findings, state: str, duties: Collection[str], first: date, last: date, on: date
) -> Iterator[ThenAndNow]:
    corpus = asked.ledger.corpus
    for duty in duties:
        for found in asked.of_state(state, duty, on):
            system = corpus.legal_systems.get(found.system)
            for finding in found.findings:
                early, late = (asked.law(system, duty, day) if system else finding for day in (first, last))
                same = early is not None and late is not None and early.law is late.law
                yield ThenAndNow(
                    system=found.system,
                    system_name=found.name,
                    duty=duty,
                    cite=provision_of(corpus, duty),
                    now=finding.law,
                    then=early.law if same and early else None,
                    not_bound=finding.why_not_bound,
                    comments=finding.comments,
                )


def provision_named(corpus: Corpus, duty: str) -> Provision | None:
    """The provision of `instrument id`, or None where there is none."""
    name, _, id = duty.partition(" ")
    instrument = corpus.instruments.get(name)
    return next((p for p in instrument.provisions if p.id == id), None) if instrument else None
