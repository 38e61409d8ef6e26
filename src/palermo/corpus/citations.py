"""Every value says where in the law it stands (`cite`) and where that was read (`source`, or the act it comes from)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from palermo.corpus.documents import Document, Documents, Where
from palermo.corpus.models import Corpus, Instrument, LegalSystem, Reading
from palermo.corpus.problems import Problem
from palermo.corpus.references import Places

EDITORS = "Palermo's editors"
"""Whose readings rest on the reason given alone."""


def check_citations(corpus: Corpus, documents: Documents, places: Places) -> Iterator[Problem]:
    """Every value without its pinpoint, and every value without a source."""
    for id, instrument in corpus.instruments.items():
        yield from _instrument(instrument, documents.instruments[id])
    for id, system in corpus.legal_systems.items():
        yield from citations_of_law(system, documents.jurisdictions[id])
    if "readings" in documents.registers:
        yield from _readings(corpus.readings, documents.registers["readings"], ())
    for id, statements in corpus.statements.items():
        for i, statement in enumerate(statements.statements):
            if not statement.source:
                told = "source is missing: say where the statement was read"
                yield documents.reservations[id].problem(("statements", i), told, "missing-source")
    yield from _tables(corpus, places)


def _instrument(instrument: Instrument, document: Document) -> Iterator[Problem]:
    for key in ("general", "later_party"):
        rule = getattr(instrument.entry_into_force, key)
        if rule and not rule.cite:
            yield document.problem(("entry_into_force", key), _missing("the rule"), "missing-citation")
    if instrument.denunciation and not instrument.denunciation.cite:
        yield document.problem(("denunciation",), _missing("the rule"), "missing-citation")
    for i, relation in enumerate(instrument.relations):
        if not (relation.cite or relation.note):
            told = "cite is missing: say where the relation stands, or in note what it rests on"
            yield document.problem(("relations", i), told, "missing-citation")
    for i, provision in enumerate(instrument.provisions):
        if provision.cite is None and instrument.kind in ("directive", "domestic"):
            told = f"cite is missing: a {instrument.kind} instrument is not cited by short title and article"
            yield document.problem(("provisions", i), told, "missing-citation")


def citations_of_law(system: LegalSystem, document: Document) -> Iterator[Problem]:
    """What `check_citations` finds in the file of one legal system."""
    for i, offence in enumerate(system.offences):
        here: Where = ("offences", i)
        if offence.penalty and not offence.penalty.cite:
            yield document.problem((*here, "penalty"), _missing("the penalty"), "missing-citation")
        for j, aggravated in enumerate(offence.aggravated):
            if not aggravated.cite:
                yield document.problem((*here, "aggravated", j), _missing("the penalty"), "missing-citation")
    for id, values in system.measures.items():
        for i, value in enumerate(values):
            if not value.act and (value.source is None or value.verified is None):
                told = "act is missing: name one, or give source and verified"
                yield document.problem(("measures", id, i), told, "missing-source")
    yield from _readings(system.readings, document, ("readings",))


def _readings(readings: Mapping[str, Reading], document: Document, path: Where) -> Iterator[Problem]:
    for id, reading in readings.items():
        if not reading.cite and reading.whose != EDITORS:
            told = f"cite is missing: say where {reading.whose} reads it so"
            yield document.problem((*path, id), told, "missing-citation", at_key=True)


def _tables(corpus: Corpus, places: Places) -> Iterator[Problem]:
    for name, rows in corpus.actions.items():
        for row, place in zip(rows, places.actions[name], strict=True):
            if not row.source:
                yield place.problem("source", "source is missing: say where the act was found", "missing-source")
    for id, agreement in corpus.agreements.items():
        if not agreement.source:
            told = "source is missing: say where the agreement was found"
            yield places.agreements[id].problem("source", told, "missing-source")
    for id, authority in corpus.authorities.items():
        if not authority.source and (authority.verified == "yes" or not authority.note):
            told = "source is missing: say who names the authority, or in note how it is known"
            yield places.authorities[id].problem("source", told, "missing-source")
    for placement, place in zip(corpus.placements, places.placements, strict=True):
        if not placement.source:
            yield place.problem("source", "source is missing: say where the tier was found", "missing-source")
    for disagreement, place in zip(corpus.disagreements, places.disagreements, strict=True):
        for side in ("kept", "other"):
            if getattr(disagreement, side) and not getattr(disagreement, f"{side}_source"):
                told = f"{side}_source is missing: say who gives {getattr(disagreement, side)}"
                yield place.problem(f"{side}_source", told, "missing-source")


def _missing(what: str) -> str:
    return f"cite is missing: say where {what} stands"
