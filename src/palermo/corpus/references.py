"""Cross-references of the corpus: everything named must be there, and be of the right kind.

What leads into a file that could not be read is passed over: its own faults are reported already.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from palermo.corpus.cooperation import GENERAL, Basis
from palermo.corpus.documents import Document, Documents, Where
from palermo.corpus.duty_tests import Criminalises, Measured, Practice, leaves
from palermo.corpus.lookup import (
    UnknownFormula,
    formula_of_provision,
    formula_of_system,
    strict_theory,
)
from palermo.corpus.models import (
    AgreementKind,
    Corpus,
    Instrument,
    LegalSystem,
    MeasureKind,
    Phrases,
    Provision,
    Reading,
    Statements,
)
from palermo.corpus.problems import Problem
from palermo.corpus.terms import parse_term
from palermo.logic.formula import Formula, Named, nearest, nodes

_FIELD_AND_VALUE = re.compile(r"[a-z]{3}_\w+=\w+")
YES_NO = ("yes", "partial", "no")
GAP = "..."


@dataclass(frozen=True, slots=True)
class Places:
    """File and line of each party, agreement and authority by id, and of each row of the tables of acts and tiers."""

    parties: Mapping[str, tuple[Path, int]]
    actions: Mapping[str, list[tuple[Path, int]]]
    agreements: Mapping[str, tuple[Path, int]]
    authorities: Mapping[str, tuple[Path, int]]
    placements: list[tuple[Path, int]]


def check_references(
    corpus: Corpus, documents: Documents, places: Places, unread: frozenset[str] = frozenset()
) -> list[Problem]:
    """Every reference that leads nowhere, and every value of the wrong kind.

    `unread` names the registers, tables and instruments in whose files faults were found.
    """
    return list(_Check(corpus, documents, places, unread).everything())


@dataclass(frozen=True, slots=True)
class _Check:
    corpus: Corpus
    documents: Documents
    places: Places
    unread: frozenset[str]

    def everything(self) -> Iterator[Problem]:
        yield from self.concepts()
        for id, instrument in self.corpus.instruments.items():
            yield from self.instrument(instrument, self.documents.instruments[id])
        for id, system in self.corpus.legal_systems.items():
            yield from self.system(system, self.documents.jurisdictions[id])
        for id, statements in self.corpus.statements.items():
            yield from self.statements(statements, self.documents.reservations[id])
        for id, phrases in self.corpus.phrases.items():
            yield from self.phrases(phrases, self.documents.phrases[id])
        yield from self.parties()
        yield from self.actions()
        yield from self.agreements()
        yield from self.placements()
        yield from self.forms()
        for id, basis in self.corpus.bases.items():
            yield from self.basis(basis, self.documents.cooperation[id])
        yield from self.authorities()
        yield from self.requests()

    def unknown(self, what: str, name: str, known: Collection[str], register: str, where: str = "") -> str | None:
        """The message for a name that is not in a register, unless the register could not be read."""
        if name in known or register in self.unread:
            return None
        return f"unknown {what} {name!r}, expected one of {where or register}{nearest(name, known)}"

    def concept(self, name: str) -> str | None:
        return self.unknown("concept", name, self.corpus.concepts, "concepts", "concepts.yaml")

    def measure(self, name: str) -> str | None:
        return self.unknown("measure", name, self.corpus.measures, "measures", "measures.yaml")

    def topic(self, name: str) -> str | None:
        return self.unknown("topic", name, self.corpus.topics, "topics", "topics.yaml")

    def party(self, name: str, what: str = "party") -> str | None:
        return self.unknown(what, name, self.corpus.parties, "parties", "parties.csv")

    def source(self, name: str) -> str | None:
        return self.unknown("source", name, self.corpus.sources, "sources", "sources.yaml or sources/")

    def named_instrument(self, name: str) -> str | None:
        if name in self.unread:
            return None
        return self.unknown("instrument", name, self.corpus.instruments, "instruments", "instruments/")

    def concepts(self) -> Iterator[Problem]:
        document = self.documents.registers.get("concepts")
        if document is None:
            return
        for id, concept in self.corpus.concepts.items():
            if concept.htcds and not _FIELD_AND_VALUE.fullmatch(concept.htcds):
                yield document.problem((id, "htcds"), f"{concept.htcds!r} is not of the form FIELD=VALUE")
            for key, others in (("narrower_than", concept.narrower_than), ("entails", concept.entails)):
                for i, other in enumerate(others):
                    yield from _at(document, (id, key, i), self.concept(other))
        circle = strict_theory(self.corpus).circle
        if circle:
            yield document.problem((circle,), f"{circle} is by way of others narrower than itself", at_key=True)
        readings = self.documents.registers.get("readings")
        if readings:
            yield from self.readings(self.corpus.readings, readings, ())

    def readings(self, readings: Mapping[str, Reading], document: Document, path: Where) -> Iterator[Problem]:
        known = {*self.corpus.legal_systems, *self.corpus.instruments}
        for id, reading in readings.items():
            yield from _at(document, (*path, id, "taken_in"), self.concept(reading.taken_in))
            yield from _at(document, (*path, id, "by"), self.concept(reading.by))
            for i, where in enumerate(reading.in_ or ()):
                if where not in self.unread:
                    message = self.unknown("legal system or instrument", where, known, "", "the corpus")
                    yield from _at(document, (*path, id, "in", i), message)

    def instrument(self, instrument: Instrument, document: Document) -> Iterator[Problem]:
        if instrument.supplements:
            yield from _at(document, ("supplements",), self.named_instrument(instrument.supplements))
        for i, party in enumerate(instrument.one_side):
            yield from _at(document, ("one_side", i), self.party(party))
        if (instrument.kind == "domestic") != (instrument.state is not None):
            yield document.problem((), "state says whose statute a domestic instrument is; no other kind has one")
        if instrument.state:
            yield from _at(document, ("state",), self.party(instrument.state, "State"))
        general = instrument.entry_into_force.general
        if general and general.not_before:
            place = ("entry_into_force", "general", "not_before")
            yield from _at(document, place, self.named_instrument(general.not_before))
        if instrument.acts and instrument.acts.source:
            yield from _at(document, ("acts", "source"), self.source(instrument.acts.source))
        ids = [provision.id for provision in instrument.provisions]
        for i, only in enumerate(instrument.reservations.only if instrument.reservations else ()):
            message = self.unknown("provision", only, ids, instrument.id, "this file")
            yield from _at(document, ("reservations", "only", i), message)
        for i, provision in enumerate(instrument.provisions):
            here: Where = ("provisions", i)
            if provision.id in ids[:i]:
                yield document.problem((*here, "id"), f"provision {provision.id} stands twice")
            yield from _at(document, (*here, "topic"), self.topic(provision.topic))
            yield from self.provision(instrument, provision, document, here)

    def provision(
        self, instrument: Instrument, provision: Provision, document: Document, here: Where
    ) -> Iterator[Problem]:
        if provision.kind == "duty":
            for key in ("modality", "duty", "test"):
                if getattr(provision, key) is None:
                    yield document.problem(here, f"{key} is missing: a duty has one")
        elif provision.meaning is None:
            yield document.problem(here, f"meaning is missing: a {provision.kind} has one")
        yield from _dates(provision.in_force, document, here)
        if provision.conduct is not None:
            yield from self.formula(provision.conduct, instrument, None, document, (*here, "conduct"))
        if provision.test is None:
            return
        for path, test in leaves(provision.test):
            at = (*here, "test", *path)
            if isinstance(test, Practice) and not provision.evidence:
                yield document.problem(
                    here, "evidence is missing: with test: practice, say what would show the duty met"
                )
            if isinstance(test, Measured):
                message = self.measure(test.measure)
                yield from _at(document, (*at, "measure"), message)
                known = self.corpus.measures.get(test.measure)
                if known and test.at_least and known.kind != "duration":
                    yield document.problem((*at, "at_least"), f"{test.measure} has no length that could be compared")
            if isinstance(test, Criminalises):
                yield from self.leads_to_conduct(instrument, test.provision, document, (*at, "criminalises"))
                if test.when is not None:
                    yield from self.formula(test.when, instrument, None, document, (*at, "when"))

    def leads_to_conduct(self, home: Instrument, name: str, document: Document, at: Where) -> Iterator[Problem]:
        try:
            formula_of_provision(self.corpus, home, name)
        except UnknownFormula as error:
            if name.split(" ", 1)[0] not in self.unread:
                yield document.problem(at, str(error))

    def formula(
        self,
        formula: Formula,
        instrument: Instrument | None,
        system: LegalSystem | None,
        document: Document,
        here: Where,
    ) -> Iterator[Problem]:
        for _, node in nodes(formula):
            if not isinstance(node, Named):
                continue
            if system is None:
                assert instrument is not None
                yield from self.leads_to_conduct(instrument, node.name, document, here)
                continue
            try:
                formula_of_system(self.corpus, system, node.name)
            except UnknownFormula as error:
                if node.name.split(" ", 1)[0] not in self.unread:
                    yield document.problem(here, str(error))

    def system(self, system: LegalSystem, document: Document) -> Iterator[Problem]:
        yield from _at(document, ("state",), self.party(system.state, "State"))
        yield from self.tradition(system, document)
        for name, formula in system.formulas.items():
            yield from self.formula(formula, None, system, document, ("formulas", name))
        ids = [offence.id for offence in system.offences]
        for i, offence in enumerate(system.offences):
            here: Where = ("offences", i)
            if offence.id in ids[:i]:
                yield document.problem(
                    (*here, "id"), f"offence {offence.id} stands twice; put @ and a year after one of them"
                )
            if system.act_of(offence) is None:
                act = offence.act or offence.id.split("/", 1)[0]
                yield document.problem(
                    (*here, "id"), f"unknown act {act!r}, expected one under acts{nearest(act, system.acts)}"
                )
            yield from self.formula(offence.conduct, None, system, document, (*here, "conduct"))
            for j, aggravated in enumerate(offence.aggravated):
                yield from self.formula(aggravated.when, None, system, document, (*here, "aggravated", j, "when"))
            yield from _dates(offence.in_force, document, here)
        yield from self.measures(system, document)
        yield from self.readings(system.readings, document, ("readings",))
        for i, look_up in enumerate(system.look_up):
            yield from _at(document, ("look_up", i, "topic"), self.topic(look_up.topic))
        for i, comment in enumerate(system.comments):
            instrument = self.corpus.instruments.get(comment.instrument)
            if comment.instrument in self.unread:
                continue
            if instrument is None or comment.provision not in {p.id for p in instrument.provisions}:
                yield document.problem(
                    ("comments", i), f"there is no provision {comment.instrument} {comment.provision}"
                )

    def tradition(self, system: LegalSystem, document: Document) -> Iterator[Problem]:
        tradition = system.tradition
        if tradition:
            if not tradition.systems:
                yield document.problem(("tradition", "systems"), "systems is empty; leave tradition out if not known")
            for i, source in enumerate(tradition.source):
                yield from _at(document, ("tradition", "source", i), self.source(source))
        for i, language in enumerate(system.languages):
            if not _is_language(language):
                message = f"{language!r} is no code of a language (ISO 639), such as en or sw"
                yield document.problem(("languages", i), message)

    def measures(self, system: LegalSystem, document: Document) -> Iterator[Problem]:
        for id, values in system.measures.items():
            message = self.measure(id)
            if message or id not in self.corpus.measures:
                yield from _at(document, ("measures", id), message, at_key=True)
                continue
            for i, value in enumerate(values):
                at: Where = ("measures", id, i)
                if value.act and value.act not in system.acts:
                    near = nearest(value.act, system.acts)
                    yield document.problem((*at, "act"), f"unknown act {value.act!r}, expected one under acts{near}")
                if not value.act and (value.source is None or value.verified is None):
                    yield document.problem(at, "act is missing: name one, or give source and verified")
                yield from _at(document, (*at, "value"), _wrong_value(self.corpus.measures[id].kind, value.value))
                yield from _dates(value.in_force, document, at)

    def statements(self, statements: Statements, document: Document) -> Iterator[Problem]:
        instrument = self.corpus.instruments.get(statements.instrument)
        yield from _at(document, ("instrument",), self.named_instrument(statements.instrument))
        provisions = [provision.id for provision in instrument.provisions] if instrument else []
        ids = [statement.id for statement in statements.statements]
        for i, statement in enumerate(statements.statements):
            here: Where = ("statements", i)
            if statement.id in ids[:i]:
                yield document.problem((*here, "id"), f"statement {statement.id} stands twice")
            yield from _at(document, (*here, "party"), self.party(statement.party))
            for j, provision in enumerate(statement.provisions):
                if instrument:
                    message = self.unknown("provision", provision, provisions, instrument.id, instrument.id)
                    yield from _at(document, (*here, "provisions", j), message)
            for j, source in enumerate(statement.source):
                yield from _at(document, (*here, "source", j), self.source(source))
            if (statement.kind == "objection") != (statement.answers is not None):
                yield document.problem(
                    here, "answers names the statement that an objection, and nothing else, is made to"
                )
            if statement.answers and statement.answers not in ids:
                near = nearest(statement.answers, ids)
                yield document.problem((*here, "answers"), f"there is no statement {statement.answers!r}{near}")
            if statement.opposes_entry_into_force is not None and statement.kind != "objection":
                yield document.problem(here, "opposes_entry_into_force is said of an objection only")
            if statement.made and statement.withdrawn and statement.withdrawn < statement.made:
                yield document.problem(
                    (*here, "withdrawn"), f"{statement.withdrawn} is before {statement.made}, when it was made"
                )

    def phrases(self, phrases: Phrases, document: Document) -> Iterator[Problem]:
        skip = {word.casefold() for word in phrases.skip}
        for key, named, known in (
            ("concepts", phrases.concepts, self.concept),
            ("measures", phrases.measures, self.measure),
        ):
            for name in named:
                yield from _at(document, (key, name), known(name), at_key=True)
        for key in ("concepts", "measures", "matters", "cues"):
            for name, written in getattr(phrases, key).items():
                for i, phrase in enumerate(written):
                    yield from _at(document, (key, name, i), wrong_phrase(phrase, skip))
        for i, phrase in enumerate(phrases.not_):
            yield from _at(document, ("not", i), wrong_phrase(phrase, skip))

    def parties(self) -> Iterator[Problem]:
        for code, party in self.corpus.parties.items():
            place = self.places.parties[code]
            if party.part_of:
                yield from _in_row(place, self.party(party.part_of, "State"))
            if (party.kind == "territory") != (party.part_of is not None):
                yield from _in_row(place, "part_of names the State that answers for a territory; no other kind has one")

    def actions(self) -> Iterator[Problem]:
        for name, rows in self.corpus.actions.items():
            places = self.places.actions[name]
            for row, place in zip(rows, places, strict=True):
                yield from _in_row(place, self.party(row.party))
                for source in row.source:
                    yield from _in_row(place, self.source(source))
            if name not in self.documents.instruments:
                yield from _in_row((places[0][0], 1) if places else (Path(name), 1), self.named_instrument(name))

    def agreements(self) -> Iterator[Problem]:
        for id, agreement in self.corpus.agreements.items():
            place = self.places.agreements[id]
            for party in (agreement.first, agreement.second):
                yield from _in_row(place, self.party(party))
            for source in agreement.source:
                yield from _in_row(place, self.source(source))
            if agreement.superseded_by and agreement.superseded_by not in self.corpus.agreements:
                yield from _in_row(place, self.named_instrument(agreement.superseded_by))

    def placements(self) -> Iterator[Problem]:
        for row, place in zip(self.corpus.placements, self.places.placements, strict=True):
            yield from _in_row(place, self.party(row.party))
            for source in row.source:
                yield from _in_row(place, self.source(source))

    def forms(self) -> Iterator[Problem]:
        document = self.documents.registers.get("forms")
        if document is None:
            return
        kinds = get_args(AgreementKind)
        for id, form in self.corpus.forms.items():
            for i, kind in enumerate(form.agreements):
                yield from _at(
                    document, (id, "agreements", i), self.unknown("kind of agreement", kind, kinds, "", "its kinds")
                )
            if form.law:
                yield from _at(document, (id, "law"), self.measure(form.law))

    def basis(self, basis: Basis, document: Document) -> Iterator[Problem]:
        instrument = self.corpus.instruments.get(basis.id)
        if instrument is None and not basis.members and basis.id not in GENERAL:
            near = nearest(basis.id, self.corpus.instruments)
            message = f"{basis.id} is no instrument of the corpus{near}; an arrangement needs title and members"
            yield document.problem(("id",), message)
        if instrument is None and basis.title is None:
            yield document.problem((), "title is missing: an arrangement has no instrument to take it from")
        for i, member in enumerate(basis.members):
            yield from _at(document, ("members", i), self.party(member))
        for i, precedence in enumerate(basis.precedence):
            known = {*self.corpus.bases, "bilateral", "domestic_law"}
            told = self.unknown("basis", precedence.over, known, "cooperation", "cooperation/")
            yield from _at(document, ("precedence", i, "over"), told)
        if basis.read_with is not None:
            told = self.unknown("basis", basis.read_with, self.corpus.bases, "cooperation", "cooperation/")
            yield from _at(document, ("read_with",), told)
        for i, way in enumerate(basis.ways):
            for j, form in enumerate(way.forms):
                yield from _at(
                    document,
                    ("ways", i, "forms", j),
                    self.unknown("form of cooperation", form, self.corpus.forms, "forms", "forms.yaml"),
                )
        if instrument is not None and instrument.id not in self.unread:
            known_here = frozenset(p.id for p in instrument.provisions)
            for path, cited in _cited(document.data, ()):
                yield from _at(document, path, self.cited(cited, instrument, known_here))

    def cited(self, name: str, home: Instrument, here: Collection[str]) -> str | None:
        """The message for a provision that is neither in the instrument at home nor, named in full, in another."""
        other, _, id = name.partition(" ")
        instrument = self.corpus.instruments.get(other)
        if other in self.unread or _stands_in(name, here):
            return None
        if instrument and _stands_in(id, {p.id for p in instrument.provisions}):
            return None
        return f"there is no provision {name!r} in {home.id}{nearest(name, here)}"

    def requests(self) -> Iterator[Problem]:
        document = self.documents.registers.get("request_kinds")
        if document is None:
            return
        lists = (
            ("forms", "form of cooperation", self.corpus.forms, "forms"),
            ("elements", "element of a request", self.corpus.request_elements, "request_elements"),
            ("closing", "fixed part", self.corpus.request_phrases, "request_phrases"),
            ("only_on", "instrument", self.corpus.instruments, "instruments"),
        )
        for id, kind in self.corpus.request_kinds.items():
            for key, what, known, register in lists:
                for i, name in enumerate(getattr(kind, key)):
                    told = self.unknown(what, name, known, register)
                    yield from _at(document, (id, key, i), told)

    def authorities(self) -> Iterator[Problem]:
        for id, authority in self.corpus.authorities.items():
            place = self.places.authorities[id]
            yield from _in_row(place, self.party(authority.party))
            if authority.instrument:
                yield from _in_row(place, self.named_instrument(authority.instrument))
            for source in authority.source:
                yield from _in_row(place, self.source(source))


def _stands_in(name: str, provisions: Collection[str]) -> bool:
    """Whether a provision, or a letter of one, is among those encoded."""
    return name in provisions or any(name.startswith(f"{provision}(") for provision in provisions)


def _cited(data: object, path: Where) -> Iterator[tuple[Where, str]]:
    """Every provision named in a basis: under `provisions` and `cure_provisions`, and as values of `contents`."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in ("provisions", "cure_provisions"):
                named = value if isinstance(value, list) else [value]
                yield from (((*path, key, i), str(name)) for i, name in enumerate(named))
            elif key == "contents" and isinstance(value, dict):
                yield from (((*path, key, element), str(name)) for element, name in value.items())
            else:
                yield from _cited(value, (*path, key))
    elif isinstance(data, list):
        for i, part in enumerate(data):
            yield from _cited(part, (*path, i))


def _is_language(code: str) -> bool:
    from babel import Locale

    return "-" not in code and "_" not in code and code in Locale("en").languages


def _at(document: Document, path: Where, message: str | None, at_key: bool = False) -> Iterator[Problem]:
    if message:
        yield document.problem(path, message, at_key)


def _in_row(place: tuple[Path, int], message: str | None) -> Iterator[Problem]:
    if message:
        yield Problem(place[0], place[1], 1, message)


def _dates(in_force: object, document: Document, here: Where) -> Iterator[Problem]:
    start, end = getattr(in_force, "from_", None), getattr(in_force, "to", None)
    if start and end and end < start:
        yield document.problem((*here, "in_force"), f"ends on {end}, before it begins on {start}")


def wrong_phrase(phrase: str, skip: Collection[str]) -> str | None:
    """What keeps a phrase from being found: a gap at its edge, an empty word, nothing but words that are skipped."""
    words = phrase.split()
    if words[0] == GAP or words[-1] == GAP:
        return f"a phrase begins and ends with a word, not with {GAP}"
    for word in words:
        for choice in word.split("|") if word != GAP else ():
            if not choice.removesuffix("*").removeprefix("="):
                return f"expected a word, word*, =word or word|word, not {word!r}"
    sought = [word for word in words if word.casefold() not in skip]
    if not sought or (len(sought) == 1 and len(words) > 1):
        return f"only {' '.join(sought) or 'nothing'} would be sought of {phrase!r}, the rest is under skip"
    return None


def _wrong_value(kind: MeasureKind, value: str | int) -> str | None:
    if kind == "yes_no":
        return None if value in YES_NO else f"expected yes, partial or no, not {value!r}{nearest(str(value), YES_NO)}"
    if kind == "age":
        return None if isinstance(value, int) else f"expected a whole number of years, not {value!r}"
    try:
        parse_term(value)
    except ValueError as error:
        return str(error)
    return None
