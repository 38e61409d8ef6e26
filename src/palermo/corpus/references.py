"""Cross-references of the corpus: everything named must be there, and be of the right kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from palermo.corpus.documents import Document, Documents
from palermo.corpus.duty_tests import Criminalises, Measured, Practice, leaves
from palermo.corpus.lookup import (
    UnknownFormula,
    formula_of_provision,
    formula_of_system,
    strict_theory,
)
from palermo.corpus.models import Corpus, Instrument, LegalSystem, MeasureKind, Provision
from palermo.corpus.problems import Problem
from palermo.corpus.terms import parse_term
from palermo.logic.formula import Formula, Named, nearest, nodes

YES_NO = ("yes", "partial", "no")


def check_references(
    corpus: Corpus,
    documents: Documents,
    party_places: dict[str, tuple[Path, int]],
    action_places: dict[str, list[tuple[Path, int]]],
) -> list[Problem]:
    """Every reference that leads nowhere, and every value of the wrong kind."""
    problems: list[Problem] = []
    problems += _concepts(corpus, documents)
    for id, instrument in corpus.instruments.items():
        problems += _instrument(corpus, instrument, documents.instruments[id])
    for id, system in corpus.legal_systems.items():
        problems += _system(corpus, system, documents.jurisdictions[id])
    for name, rows in corpus.actions.items():
        for row, (file, line) in zip(rows, action_places[name], strict=True):
            if row.party not in corpus.parties:
                near = nearest(row.party, corpus.parties)
                problems.append(
                    Problem(file, line, 1, f"unknown party {row.party!r}, expected a code of parties.csv{near}")
                )
            for source in row.source:
                if source not in corpus.sources:
                    near = nearest(source, corpus.sources)
                    problems.append(
                        Problem(file, line, 1, f"unknown source {source!r}, expected one of sources.yaml{near}")
                    )
        if name not in corpus.instruments and name not in documents.instruments:
            file = action_places[name][0][0] if action_places[name] else Path(name)
            problems.append(Problem(file, 1, 1, f"there is no instrument {name}{nearest(name, corpus.instruments)}"))
    return problems


def _named(what: str, name: str, known: Collection[str], where: str) -> str | None:
    return None if name in known else f"unknown {what} {name!r}, expected one of {where}{nearest(name, known)}"


def _concepts(corpus: Corpus, documents: Documents) -> Iterator[Problem]:
    document = documents.registers.get("concepts")
    if document is None:
        return
    for id, concept in corpus.concepts.items():
        for key, others in (("narrower_than", concept.narrower_than), ("entails", concept.entails)):
            for i, other in enumerate(others):
                message = _named("concept", other, corpus.concepts, "concepts.yaml")
                if message:
                    yield document.problem((id, key, i), message)
    circle = strict_theory(corpus).circle
    if circle:
        yield document.problem((circle,), f"{circle} is by way of others narrower than itself", at_key=True)
    yield from _readings(corpus, corpus.readings, documents.registers.get("readings"), ())


def _readings(corpus: Corpus, readings: object, document: Document | None, path: tuple[str, ...]) -> Iterator[Problem]:
    if document is None or not isinstance(readings, dict):
        return
    for id, reading in readings.items():
        for key in ("taken_in", "by"):
            message = _named("concept", getattr(reading, key), corpus.concepts, "concepts.yaml")
            if message:
                yield document.problem((*path, id, key), message)
        for i, where in enumerate(reading.in_ or ()):
            known = {*corpus.legal_systems, *corpus.instruments}
            message = _named("legal system or instrument", where, known, "the corpus")
            if message:
                yield document.problem((*path, id, "in", i), message)


def _instrument(corpus: Corpus, instrument: Instrument, document: Document) -> Iterator[Problem]:
    if instrument.supplements:
        message = _named("instrument", instrument.supplements, corpus.instruments, "instruments/")
        if message:
            yield document.problem(("supplements",), message)
    if (instrument.kind == "domestic") != (instrument.state is not None):
        yield document.problem((), "state says whose statute a domestic instrument is; no other kind has one")
    if instrument.state and corpus.parties and instrument.state not in corpus.parties:
        message = _named("State", instrument.state, corpus.parties, "parties.csv")
        yield document.problem(("state",), str(message))
    general = instrument.entry_into_force.general
    if general and general.not_before:
        message = _named("instrument", general.not_before, corpus.instruments, "instruments/")
        if message:
            yield document.problem(("entry_into_force", "general", "not_before"), message)
    seen: set[str] = set()
    for i, provision in enumerate(instrument.provisions):
        here = ("provisions", i)
        if provision.id in seen:
            yield document.problem((*here, "id"), f"provision {provision.id} stands twice")
        seen.add(provision.id)
        message = _named("topic", provision.topic, corpus.topics, "topics.yaml")
        if message:
            yield document.problem((*here, "topic"), message)
        yield from _provision(corpus, instrument, provision, document, here)


def _provision(
    corpus: Corpus, instrument: Instrument, provision: Provision, document: Document, here: tuple[str | int, ...]
) -> Iterator[Problem]:
    if provision.kind == "duty":
        for key in ("modality", "duty", "test"):
            if getattr(provision, key) is None:
                yield document.problem(here, f"{key} is missing: a duty has one")
    elif provision.meaning is None:
        yield document.problem(here, f"meaning is missing: a {provision.kind} has one")
    if provision.conduct is not None:
        yield from _formula(corpus, provision.conduct, instrument, None, document, (*here, "conduct"))
    if provision.test is None:
        return
    for path, test in leaves(provision.test):
        at = (*here, "test", *path)
        if isinstance(test, Practice) and not provision.evidence:
            yield document.problem(here, "evidence is missing: with test: practice, say what would show the duty met")
        if isinstance(test, Measured):
            message = _named("measure", test.measure, corpus.measures, "measures.yaml")
            if message:
                yield document.problem((*at, "measure"), message)
            elif test.at_least and corpus.measures[test.measure].kind != "duration":
                yield document.problem((*at, "at_least"), f"{test.measure} has no length that could be compared")
        if isinstance(test, Criminalises):
            try:
                formula_of_provision(corpus, instrument, test.provision)
            except UnknownFormula as error:
                yield document.problem((*at, "criminalises"), str(error))


def _formula(
    corpus: Corpus,
    formula: Formula,
    instrument: Instrument | None,
    system: LegalSystem | None,
    document: Document,
    here: tuple[str | int, ...],
) -> Iterator[Problem]:
    for _, node in nodes(formula):
        if isinstance(node, Named):
            try:
                if system is not None:
                    formula_of_system(corpus, system, node.name)
                elif instrument is not None:
                    formula_of_provision(corpus, instrument, node.name)
            except UnknownFormula as error:
                yield document.problem(here, str(error))


def _system(corpus: Corpus, system: LegalSystem, document: Document) -> Iterator[Problem]:
    if corpus.parties and system.state not in corpus.parties:
        near = nearest(system.state, corpus.parties)
        yield document.problem(("state",), f"unknown State {system.state!r}, expected a code of parties.csv{near}")
    for name, formula in system.formulas.items():
        yield from _formula(corpus, formula, None, system, document, ("formulas", name))
    seen: set[str] = set()
    for i, offence in enumerate(system.offences):
        here = ("offences", i)
        if offence.id in seen:
            yield document.problem(
                (*here, "id"), f"offence {offence.id} stands twice; put @ and a year after one of them"
            )
        seen.add(offence.id)
        if system.act_of(offence) is None:
            act = offence.act or offence.id.split("/", 1)[0]
            yield document.problem(
                (*here, "id"), f"unknown act {act!r}, expected one under acts{nearest(act, system.acts)}"
            )
        yield from _formula(corpus, offence.conduct, None, system, document, (*here, "conduct"))
        for j, aggravated in enumerate(offence.aggravated):
            yield from _formula(corpus, aggravated.when, None, system, document, (*here, "aggravated", j, "when"))
        yield from _dates(offence.in_force, document, here)
    for id, values in system.measures.items():
        message = _named("measure", id, corpus.measures, "measures.yaml")
        if message:
            yield document.problem(("measures", id), message, at_key=True)
            continue
        for i, value in enumerate(values):
            at = ("measures", id, i)
            if value.act and value.act not in system.acts:
                yield document.problem(
                    (*at, "act"), f"unknown act {value.act!r}, expected one under acts{nearest(value.act, system.acts)}"
                )
            if not value.act and (value.source is None or value.verified is None):
                yield document.problem(at, "act is missing: name one, or give source and verified")
            message = _wrong_value(corpus.measures[id].kind, value.value)
            if message:
                yield document.problem((*at, "value"), message)
            yield from _dates(value.in_force, document, at)
    yield from _readings(corpus, system.readings, document, ("readings",))
    for i, look_up in enumerate(system.look_up):
        message = _named("topic", look_up.topic, corpus.topics, "topics.yaml")
        if message:
            yield document.problem(("look_up", i, "topic"), message)
    for i, comment in enumerate(system.comments):
        instrument = corpus.instruments.get(comment.instrument)
        if instrument is None or comment.provision not in {p.id for p in instrument.provisions}:
            yield document.problem(("comments", i), f"there is no provision {comment.instrument} {comment.provision}")


def _dates(in_force: object, document: Document, here: tuple[str | int, ...]) -> Iterator[Problem]:
    start, end = getattr(in_force, "from_", None), getattr(in_force, "to", None)
    if start and end and end < start:
        yield document.problem((*here, "in_force"), f"ends on {end}, before it begins on {start}")


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
