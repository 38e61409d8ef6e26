"""What no single entry can show: everything named must be there and of the right kind, and every value cited.

What leads into a file that could not be read is passed over: its own faults are reported already.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, get_args

from palermo.corpus.cooperation import GENERAL, Basis
from palermo.corpus.documents import Document, Documents, Where
from palermo.corpus.duty_tests import Criminalises, Measured, Practice, leaves
from palermo.corpus.lookup import (
    CircularFormula,
    NoConduct,
    UnknownFormula,
    formula_of_provision,
    formula_of_system,
    plain_name,
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
from palermo.corpus.tables import RowPlace
from palermo.corpus.terms import parse_term
from palermo.logic.formula import AllOf, AnyOf, AtLeast, Formula, Named, NoneOf, nearest, nodes, parts_of

_FIELD_AND_VALUE = re.compile(r"[a-z]{3}_\w+=\w+")
YES_NO = ("yes", "partial", "no")
GAP = "..."
_KEYS = {AllOf: ("all",), AnyOf: ("any",), NoneOf: ("none",), AtLeast: ("at_least", "of")}


class Broken(NamedTuple):
    """What is wrong and by which rule, without its place."""

    message: str
    rule: str


@dataclass(frozen=True, slots=True)
class Places:
    """Where each party, agreement and central authority stands by id, and each row of acts, disagreements and tiers."""

    parties: Mapping[str, RowPlace]
    actions: Mapping[str, list[RowPlace]]
    agreements: Mapping[str, RowPlace]
    disagreements: list[RowPlace]
    authorities: Mapping[str, RowPlace]
    placements: list[RowPlace]


def check_references(
    corpus: Corpus, documents: Documents, places: Places, unread: frozenset[str] = frozenset()
) -> list[Problem]:
    """Every reference that leads nowhere, and every value of the wrong kind.

    `unread` names the registers, tables and instruments in whose files faults were found.
    """
    return list(_Check(corpus, documents, places, unread).everything())


def check_law(corpus: Corpus, system: LegalSystem, document: Document) -> list[Problem]:
    """What `check_references` finds in the file of one legal system."""
    places = Places({}, {}, {}, [], {}, [])
    return list(_Check(corpus, Documents(), places, frozenset()).system(system, document))


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
        yield from self.names_of_instruments()
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
        yield from self.disagreements()

    def unknown(
        self, what: str, name: str, known: Collection[str], register: str, where: str, rule: str = ""
    ) -> Broken | None:
        """What is to be said of a name that is not in a register, unless the register could not be read."""
        if name in known or register in self.unread:
            return None
        told = f"unknown {what} {name!r}, expected one of {where}{nearest(name, known)}"
        return Broken(told, rule or f"unknown-{what}")

    def concept(self, name: str) -> Broken | None:
        return self.unknown("concept", name, self.corpus.concepts, "concepts", "concepts.yaml")

    def measure(self, name: str) -> Broken | None:
        return self.unknown("measure", name, self.corpus.measures, "measures", "measures.yaml")

    def topic(self, name: str) -> Broken | None:
        return self.unknown("topic", name, self.corpus.topics, "topics", "topics.yaml")

    def party(self, name: str, what: str = "party") -> Broken | None:
        return self.unknown(what, name, self.corpus.parties, "parties", "parties.csv", "unknown-party")

    def source(self, name: str) -> Broken | None:
        return self.unknown("source", name, self.corpus.sources, "sources", "sources.yaml or sources/")

    def named_instrument(self, name: str) -> Broken | None:
        if name in self.unread:
            return None
        return self.unknown("instrument", name, self.corpus.instruments, "instruments", "instruments/")

    def concepts(self) -> Iterator[Problem]:
        document = self.documents.registers.get("concepts")
        if document is None:
            return
        for id, concept in self.corpus.concepts.items():
            if concept.htcds and not _FIELD_AND_VALUE.fullmatch(concept.htcds):
                told = f"{concept.htcds!r} is not of the form FIELD=VALUE"
                yield document.problem((id, "htcds"), told, "malformed-code")
            for key, others in (("narrower_than", concept.narrower_than), ("entails", concept.entails)):
                for i, other in enumerate(others):
                    yield from _at(document, (id, key, i), self.concept(other))
        circle = strict_theory(self.corpus).circle
        if circle:
            told = f"{circle} is by way of others narrower than itself"
            yield document.problem((circle,), told, "circular-concept", at_key=True)
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
                    what = "legal system or instrument"
                    broken = self.unknown(what, where, known, "", "the corpus", "unknown-legal-system")
                    yield from _at(document, (*path, id, "in", i), broken)

    def instrument(self, instrument: Instrument, document: Document) -> Iterator[Problem]:
        if instrument.supplements:
            yield from _at(document, ("supplements",), self.named_instrument(instrument.supplements))
        for i, party in enumerate(instrument.one_side):
            yield from _at(document, ("one_side", i), self.party(party))
        if (instrument.kind == "domestic") != (instrument.state is not None):
            told = "state says whose statute a domestic instrument is; no other kind has one"
            yield document.problem(("state",) if instrument.state else (), told, "wrong-for-kind")
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
            broken = self.unknown("provision", only, ids, instrument.id, "this file")
            yield from _at(document, ("reservations", "only", i), broken)
        for i, provision in enumerate(instrument.provisions):
            here: Where = ("provisions", i)
            if provision.id in ids[:i]:
                yield document.problem((*here, "id"), f"provision {provision.id} stands twice", "duplicate-id")
            yield from _at(document, (*here, "topic"), self.topic(provision.topic))
            yield from self.provision(instrument, provision, document, here)

    def names_of_instruments(self) -> Iterator[Problem]:
        known: dict[str, str] = {}
        for id, instrument in sorted(self.corpus.instruments.items(), reverse=True):
            for name in dict.fromkeys(map(plain_name, instrument.names)):
                other = known.setdefault(name, id) if name else id
                if other != id:
                    told = f"{id} and {other} both go by the name {name}"
                    place = ("aliases",) if instrument.aliases else ()
                    yield self.documents.instruments[id].problem(place, told, "shared-name")

    def provision(
        self, instrument: Instrument, provision: Provision, document: Document, here: Where
    ) -> Iterator[Problem]:
        if provision.kind == "duty":
            for key in ("modality", "duty", "test"):
                if getattr(provision, key) is None:
                    yield document.problem(here, f"{key} is missing: a duty has one", "incomplete-duty")
        elif provision.meaning is None:
            yield document.problem(here, f"meaning is missing: a {provision.kind} has one", "missing-meaning")
        if provision.conduct is not None:
            yield from self.formula(provision.conduct, instrument, document, (*here, "conduct"), defines=True)
        if provision.test is None:
            return
        for path, test in leaves(provision.test):
            at = (*here, "test", *path)
            if isinstance(test, Practice) and not provision.evidence:
                told = "evidence is missing: with test: practice, say what would show the duty met"
                yield document.problem(here, told, "incomplete-duty")
            if isinstance(test, Measured):
                yield from _at(document, (*at, "measure"), self.measure(test.measure))
                known = self.corpus.measures.get(test.measure)
                if known and test.at_least and known.kind != "duration":
                    told = f"{test.measure} has no length that could be compared"
                    yield document.problem((*at, "at_least"), told, "not-comparable")
            if isinstance(test, Criminalises):
                yield from self.named(test.provision, instrument, document, (*at, "criminalises"))
                if test.when is not None:
                    yield from self.formula(test.when, instrument, document, (*at, "when"))

    def formula(
        self, formula: Formula, home: Instrument | LegalSystem, document: Document, here: Where, defines: bool = False
    ) -> Iterator[Problem]:
        """Every name in a formula that leads nowhere; `defines`: the formula is one that others may name."""
        for path, node in nodes(formula):
            if isinstance(node, Named):
                yield from self.named(node.name, home, document, (*here, *_written(formula, path)), defines)

    def named(
        self, name: str, home: Instrument | LegalSystem, document: Document, at: Where, defines: bool = False
    ) -> Iterator[Problem]:
        """What is wrong with a name itself; what is wrong further on is told where that stands."""
        if name.split(" ", 1)[0] in self.unread:
            return
        try:
            if isinstance(home, LegalSystem):
                formula_of_system(self.corpus, home, name)
            else:
                formula_of_provision(self.corpus, home, name)
        except CircularFormula as error:
            if defines:
                yield document.problem(at, str(error), "circular-formula")
        except UnknownFormula as error:
            unknown = "unknown-formula" if isinstance(home, LegalSystem) else "unknown-provision"
            if error.name == name:
                yield document.problem(at, str(error), "no-conduct" if isinstance(error, NoConduct) else unknown)

    def system(self, system: LegalSystem, document: Document) -> Iterator[Problem]:
        yield from _at(document, ("state",), self.party(system.state, "State"))
        yield from self.tradition(system, document)
        for name, formula in system.formulas.items():
            yield from self.formula(formula, system, document, ("formulas", name), defines=True)
        ids = [offence.id for offence in system.offences]
        for i, offence in enumerate(system.offences):
            here: Where = ("offences", i)
            if offence.id in ids[:i]:
                told = f"offence {offence.id} stands twice; put @ and a year after one of them"
                yield document.problem((*here, "id"), told, "duplicate-id")
            act = offence.act or offence.id.split("/", 1)[0]
            yield from _at(document, (*here, "act" if offence.act else "id"), _act(system, act))
            yield from self.formula(offence.conduct, system, document, (*here, "conduct"))
            for j, aggravated in enumerate(offence.aggravated):
                yield from self.formula(aggravated.when, system, document, (*here, "aggravated", j, "when"))
        yield from self.measures(system, document)
        yield from self.readings(system.readings, document, ("readings",))
        for i, look_up in enumerate(system.look_up):
            yield from _at(document, ("look_up", i, "topic"), self.topic(look_up.topic))
        for i, comment in enumerate(system.comments):
            instrument = self.corpus.instruments.get(comment.instrument)
            if comment.instrument in self.unread:
                continue
            if instrument is None or comment.provision not in {p.id for p in instrument.provisions}:
                told = f"there is no provision {comment.instrument} {comment.provision}"
                yield document.problem(("comments", i, "provision"), told, "unknown-provision")

    def tradition(self, system: LegalSystem, document: Document) -> Iterator[Problem]:
        tradition = system.tradition
        if tradition:
            if not tradition.systems:
                told = "systems is empty; leave tradition out if not known"
                yield document.problem(("tradition", "systems"), told, "empty-text")
            for i, source in enumerate(tradition.source):
                yield from _at(document, ("tradition", "source", i), self.source(source))
        for i, language in enumerate(system.languages):
            if not _is_language(language):
                message = f"{language!r} is no code of a language (ISO 639), such as en or sw"
                yield document.problem(("languages", i), message, "unknown-word")

    def measures(self, system: LegalSystem, document: Document) -> Iterator[Problem]:
        for id, values in system.measures.items():
            if id not in self.corpus.measures:
                yield from _at(document, ("measures", id), self.measure(id), at_key=True)
                continue
            for i, value in enumerate(values):
                at: Where = ("measures", id, i)
                if value.act:
                    yield from _at(document, (*at, "act"), _act(system, value.act))
                yield from _at(document, (*at, "value"), _wrong_value(self.corpus.measures[id].kind, value.value))

    def statements(self, statements: Statements, document: Document) -> Iterator[Problem]:
        instrument = self.corpus.instruments.get(statements.instrument)
        yield from _at(document, ("instrument",), self.named_instrument(statements.instrument))
        provisions = [provision.id for provision in instrument.provisions] if instrument else []
        ids = [statement.id for statement in statements.statements]
        for i, statement in enumerate(statements.statements):
            here: Where = ("statements", i)
            if statement.id in ids[:i]:
                yield document.problem((*here, "id"), f"statement {statement.id} stands twice", "duplicate-id")
            yield from _at(document, (*here, "party"), self.party(statement.party))
            for j, provision in enumerate(statement.provisions):
                if instrument:
                    broken = self.unknown("provision", provision, provisions, instrument.id, instrument.id)
                    yield from _at(document, (*here, "provisions", j), broken)
            for j, source in enumerate(statement.source):
                yield from _at(document, (*here, "source", j), self.source(source))
            if (statement.kind == "objection") != (statement.answers is not None):
                told = "answers names the statement that an objection, and nothing else, is made to"
                yield document.problem((*here, "answers") if statement.answers else here, told, "wrong-for-kind")
            if statement.answers and statement.answers not in ids:
                told = f"there is no statement {statement.answers!r}{nearest(statement.answers, ids)}"
                yield document.problem((*here, "answers"), told, "unknown-statement")
            if statement.opposes_entry_into_force is not None and statement.kind != "objection":
                told = "opposes_entry_into_force is said of an objection only"
                yield document.problem((*here, "opposes_entry_into_force"), told, "wrong-for-kind")

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
                    yield from _at(document, (key, name, i), _unfindable(phrase, skip))
        for i, phrase in enumerate(phrases.not_):
            yield from _at(document, ("not", i), _unfindable(phrase, skip))

    def parties(self) -> Iterator[Problem]:
        for code, party in self.corpus.parties.items():
            place = self.places.parties[code]
            if party.part_of:
                yield from _in_row(place, "part_of", self.party(party.part_of, "State"))
            if (party.kind == "territory") != (party.part_of is not None):
                told = "part_of names the State that answers for a territory; no other kind has one"
                yield place.problem("part_of", told, "wrong-for-kind")

    def actions(self) -> Iterator[Problem]:
        for name, rows in self.corpus.actions.items():
            places = self.places.actions[name]
            for row, place in zip(rows, places, strict=True):
                yield from _in_row(place, "party", self.party(row.party))
                for source in row.source:
                    yield from _in_row(place, "source", self.source(source))
            if name not in self.documents.instruments:
                broken = self.named_instrument(name)
                file = self.documents.tables[f"actions/{name}"][0]
                if broken:
                    yield Problem(file.path, 1, 1, *broken)

    def agreements(self) -> Iterator[Problem]:
        for id, agreement in self.corpus.agreements.items():
            place = self.places.agreements[id]
            yield from _in_row(place, "first", self.party(agreement.first))
            yield from _in_row(place, "second", self.party(agreement.second))
            for source in agreement.source:
                yield from _in_row(place, "source", self.source(source))
            if agreement.superseded_by and agreement.superseded_by not in self.corpus.agreements:
                yield from _in_row(place, "superseded_by", self.named_instrument(agreement.superseded_by))

    def disagreements(self) -> Iterator[Problem]:
        for row, place in zip(self.corpus.disagreements, self.places.disagreements, strict=True):
            yield from _in_row(place, "instrument", self.named_instrument(row.instrument))
            yield from _in_row(place, "party", self.party(row.party))
            for column, sources in (("kept_source", row.kept_source), ("other_source", row.other_source)):
                for source in filter(None, map(str.strip, (sources or "").split(";"))):
                    yield from _in_row(place, column, self.source(source))

    def placements(self) -> Iterator[Problem]:
        for row, place in zip(self.corpus.placements, self.places.placements, strict=True):
            yield from _in_row(place, "party", self.party(row.party))
            for source in row.source:
                yield from _in_row(place, "source", self.source(source))

    def forms(self) -> Iterator[Problem]:
        document = self.documents.registers.get("forms")
        if document is None:
            return
        kinds = get_args(AgreementKind)
        for id, form in self.corpus.forms.items():
            for i, kind in enumerate(form.agreements):
                broken = self.unknown("kind of agreement", kind, kinds, "", "its kinds", "unknown-word")
                yield from _at(document, (id, "agreements", i), broken)
            if form.law:
                yield from _at(document, (id, "law"), self.measure(form.law))

    def basis(self, basis: Basis, document: Document) -> Iterator[Problem]:
        instrument = self.corpus.instruments.get(basis.id)
        if instrument is None and basis.id in self.unread:
            return
        if instrument is None and not basis.members and basis.id not in GENERAL:
            near = nearest(basis.id, self.corpus.instruments)
            message = f"{basis.id} is no instrument of the corpus{near}; an arrangement needs title and members"
            yield document.problem(("id",), message, "unknown-instrument")
        if instrument is None and basis.title is None:
            told = "title is missing: an arrangement has no instrument to take it from"
            yield document.problem((), told, "missing-key")
        for i, member in enumerate(basis.members):
            yield from _at(document, ("members", i), self.party(member))
        for i, precedence in enumerate(basis.precedence):
            known = {*self.corpus.bases, "bilateral", "domestic_law"}
            broken = self.unknown("basis", precedence.over, known, "cooperation", "cooperation/")
            yield from _at(document, ("precedence", i, "over"), broken)
        if basis.read_with is not None:
            broken = self.unknown("basis", basis.read_with, self.corpus.bases, "cooperation", "cooperation/")
            yield from _at(document, ("read_with",), broken)
        for i, way in enumerate(basis.ways):
            for j, form in enumerate(way.forms):
                yield from _at(document, ("ways", i, "forms", j), self.form(form))
        if instrument is not None and instrument.id not in self.unread:
            known_here = frozenset(p.id for p in instrument.provisions)
            for path, cited in _cited(document.data, ()):
                yield from _at(document, path, self.cited(cited, instrument, known_here))

    def form(self, name: str) -> Broken | None:
        return self.unknown("form of cooperation", name, self.corpus.forms, "forms", "forms.yaml", "unknown-form")

    def cited(self, name: str, home: Instrument, here: Collection[str]) -> Broken | None:
        """The message for a provision that is neither in the instrument at home nor, named in full, in another."""
        other, _, id = name.partition(" ")
        instrument = self.corpus.instruments.get(other)
        if other in self.unread or _stands_in(name, here):
            return None
        if instrument and _stands_in(id, {p.id for p in instrument.provisions}):
            return None
        return Broken(f"there is no provision {name!r} in {home.id}{nearest(name, here)}", "unknown-provision")

    def requests(self) -> Iterator[Problem]:
        document = self.documents.registers.get("request_kinds")
        if document is None:
            return
        lists = (
            ("forms", self.form),
            ("elements", self.element),
            ("closing", self.fixed_part),
            ("only_on", self.named_instrument),
        )
        for id, kind in self.corpus.request_kinds.items():
            for key, broken in lists:
                for i, name in enumerate(getattr(kind, key)):
                    yield from _at(document, (id, key, i), broken(name))

    def element(self, name: str) -> Broken | None:
        known = self.corpus.request_elements
        where = "request_elements.yaml"
        return self.unknown("element of a request", name, known, "request_elements", where, "unknown-element")

    def fixed_part(self, name: str) -> Broken | None:
        known = self.corpus.request_phrases
        where = "request_phrases.yaml"
        return self.unknown("fixed part", name, known, "request_phrases", where, "unknown-fixed-part")

    def authorities(self) -> Iterator[Problem]:
        for id, authority in self.corpus.authorities.items():
            place = self.places.authorities[id]
            yield from _in_row(place, "party", self.party(authority.party))
            if authority.instrument:
                yield from _in_row(place, "instrument", self.named_instrument(authority.instrument))
            for source in authority.source:
                yield from _in_row(place, "source", self.source(source))


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


def _unfindable(phrase: str, skip: Collection[str]) -> Broken | None:
    told = wrong_phrase(phrase, skip)
    return Broken(told, "unfindable-phrase") if told else None


def _is_language(code: str) -> bool:
    from babel import Locale

    return "-" not in code and "_" not in code and code in Locale("en").languages


def _at(document: Document, path: Where, broken: Broken | None, at_key: bool = False) -> Iterator[Problem]:
    if broken:
        yield document.problem(path, *broken, at_key)


def _in_row(place: RowPlace, column: str, broken: Broken | None) -> Iterator[Problem]:
    if broken:
        yield place.problem(column, *broken)


def _act(system: LegalSystem, act: str) -> Broken | None:
    if act in system.acts:
        return None
    return Broken(f"unknown act {act!r}, expected one under acts{nearest(act, system.acts)}", "unknown-act")


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


def _written(formula: Formula, path: Sequence[str | int]) -> Where:
    """The path in the file to a name in a formula, from the indices of the parts on the way."""
    where: list[str | int] = []
    for index in path:
        where += [*_KEYS[type(formula)], index]
        formula = parts_of(formula)[int(index)]
    return (*where, "formula")


def _wrong_value(kind: MeasureKind, value: str | int) -> Broken | None:
    told = None
    if kind == "yes_no" and value not in YES_NO:
        told = f"expected yes, partial or no, not {value!r}{nearest(str(value), YES_NO)}"
    elif kind == "age" and not isinstance(value, int):
        told = f"expected a whole number of years, not {value!r}"
    elif kind == "duration":
        try:
            parse_term(value)
        except ValueError as error:
            told = str(error)
    return Broken(told, "wrong-value") if told else None
