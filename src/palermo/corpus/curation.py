"""What somebody should look at, though the corpus can be used as it is: the warnings of `palermo check`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from palermo.corpus.documents import Document, Documents, Where
from palermo.corpus.models import Corpus, Instrument, LegalSystem, MeasureValue, Offence, Statements
from palermo.corpus.monitoring import Mechanism, Questionnaire, Recommendations
from palermo.corpus.problems import Problem
from palermo.logic.formula import names_in

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
"""The six in which a concept is named."""


def warnings_of(corpus: Corpus, documents: Documents, today: date) -> Iterator[Problem]:
    """Every warning about a corpus as it stands on a day."""
    for id, instrument in corpus.instruments.items():
        yield from _instrument(instrument, documents.instruments[id], today)
    for id, system in corpus.legal_systems.items():
        yield from _system(system, documents.jurisdictions[id], today)
    for id, statements in corpus.statements.items():
        yield from _statements(statements, documents.reservations[id], today)
    yield from _monitoring(corpus, documents, today)
    if corpus.sources:
        for id, source in corpus.sources.items():
            if source.as_at is None:
                told = "as_at is missing: up to which day does the source know?"
                yield documents.registers["sources"].problem((id,), told, "source-without-date", at_key=True)
    for id, concept in corpus.concepts.items():
        lacks = [language for language in LANGUAGES if language not in concept.label]
        if lacks:
            told = f"no label in {', '.join(lacks)}"
            yield documents.registers["concepts"].problem((id, "label"), told, "label-missing")


def _instrument(instrument: Instrument, document: Document, today: date) -> Iterator[Problem]:
    yield from _review(instrument, document, today)
    if not instrument.text.verified:
        told = f"not read in a text: {instrument.short} (what each provision does not say otherwise)"
        yield document.problem(("text",), told, "unverified-value")
    for i, provision in enumerate(instrument.provisions):
        if provision.verified is False and instrument.text.verified:
            told = f"not read in a text: {instrument.cite(provision)}"
            yield document.problem(("provisions", i), told, "unverified-value")


def _statements(statements: Statements, document: Document, today: date) -> Iterator[Problem]:
    yield from _review(statements, document, today)
    yield from _looked_at(statements.as_at, document, today)
    for i, statement in enumerate(statements.statements):
        if not statement.verified:
            told = f"not read in a text: {statement.kind} {statement.id}"
            yield document.problem(("statements", i), told, "unverified-value")


def _monitoring(corpus: Corpus, documents: Documents, today: date) -> Iterator[Problem]:
    for id, mechanism in corpus.mechanisms.items():
        document = documents.mechanisms[id]
        yield from _review(mechanism, document, today)
        yield from _looked_at(mechanism.as_at, document, today)
        if not mechanism.verified:
            told = f"not read in a text: {mechanism.name} (what each clock does not say otherwise)"
            yield document.problem((), told, "unverified-value")
        for i, clock in enumerate(mechanism.clocks):
            if clock.verified is False and mechanism.verified:
                yield document.problem(("clocks", i), f"not read in a text: {clock.cite}", "unverified-value")
        for i, known in enumerate(mechanism.known):
            if not known.verified:
                yield document.problem(
                    ("known", i), f"not read in a text: {known.what or known.step}", "unverified-value"
                )
    for id, made in corpus.recommendations.items():
        document = documents.recommendations[id]
        yield from _review(made, document, today)
        yield from _looked_at(made.as_at, document, today)
        for i, entry in enumerate(made.recommendations):
            if not entry.verified:
                told = f"not read in a text: {entry.document}"
                yield document.problem(("recommendations", i), told, "unverified-value")
    for id, questionnaire in corpus.questionnaires.items():
        document = documents.questionnaires[id]
        yield from _review(questionnaire, document, today)
        yield from _looked_at(questionnaire.as_at, document, today)
        if not questionnaire.verified:
            told = f"not read in a text: {questionnaire.title} (what each question does not say otherwise)"
            yield document.problem((), told, "unverified-value")
        for i, question in enumerate(questionnaire.questions):
            if question.verified is False and questionnaire.verified:
                yield document.problem(("questions", i), f"not read in a text: {question.cite}", "unverified-value")


def _system(system: LegalSystem, document: Document, today: date) -> Iterator[Problem]:
    yield from _review(system, document, today)
    yield from _looked_at(system.as_at, document, today)
    for i, offence in enumerate(system.offences):
        yield from _value(system, offence, document, ("offences", i))
        if offence.penalty is None:
            yield document.problem(("offences", i), f"{offence.cite}: no penalty", "offence-without-penalty")
    values = [(id, i, value) for id, found in system.measures.items() for i, value in enumerate(found)]
    for id, i, value in values:
        yield from _value(system, value, document, ("measures", id, i))
    come_from = {offence.act or offence.id.split("/", 1)[0] for offence in system.offences}
    come_from |= {value.act for _, _, value in values if value.act}
    for act in system.acts:
        if act not in come_from:
            yield document.problem(("acts", act), f"nothing comes from {act}", "unused-act", at_key=True)
    formulas = [*system.formulas.values(), *(offence.conduct for offence in system.offences)]
    formulas += [part.when for offence in system.offences for part in offence.aggravated]
    named = {name for formula in formulas for name in names_in(formula)}
    for name in system.formulas:
        if name not in named:
            yield document.problem(("formulas", name), f"nothing names {name}", "unused-formula", at_key=True)


def _value(system: LegalSystem, value: Offence | MeasureValue, document: Document, here: Where) -> Iterator[Problem]:
    if not system.is_verified(value):
        yield document.problem(here, f"not read in a text: {value.cite}", "unverified-value")
    if not (value.in_force and value.in_force.from_):
        yield document.problem(here, f"since when it is in force is not known: {value.cite}", "force-date-missing")


_Reviewed = Instrument | LegalSystem | Statements | Mechanism | Recommendations | Questionnaire


def _review(entry: _Reviewed, document: Document, today: date) -> Iterator[Problem]:
    if entry.review_by is None:
        yield document.problem((), "review_by is missing: by when should somebody look again?", "review-missing")
    elif entry.review_by < today:
        yield document.problem(("review_by",), f"to be looked at again by {entry.review_by}", "review-overdue")


def _looked_at(as_at: date, document: Document, today: date) -> Iterator[Problem]:
    if as_at > today:
        yield document.problem(("as_at",), f"{as_at} is to come", "as-at-in-future")
