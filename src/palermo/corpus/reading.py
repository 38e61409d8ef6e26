"""From corpus folders to one checked Corpus, or to every fault in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import GenericAlias
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from palermo.corpus import models
from palermo.corpus.citations import check_citations, citations_of_law
from palermo.corpus.collecting import uncollected
from palermo.corpus.cooperation import Basis, CentralAuthority, CooperationForm, RequestElement, RequestKind
from palermo.corpus.dates import check_dates, dates_of_law
from palermo.corpus.documents import Document, Documents, File, laid_over, read_documents
from palermo.corpus.evidence import check_evidence, read_evidence
from palermo.corpus.figures import Evidence, Indicator
from palermo.corpus.messages import message_of, rule_of
from palermo.corpus.models import (
    Action,
    Agreement,
    Corpus,
    Disagreement,
    Instrument,
    LegalSystem,
    Party,
    Phrases,
    Placement,
    Statements,
)
from palermo.corpus.monitoring import Mechanism, Questionnaire, Recommendations
from palermo.corpus.monitoring_references import check_monitoring
from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.references import Places, check_law, check_references
from palermo.corpus.tables import RowPlace, read_table

T = TypeVar("T")

AGREEMENT_COLUMNS = (
    "id",
    "first",
    "second",
    "kind",
    "title",
    "signed",
    "entry_into_force",
    "ended",
    "superseded_by",
    "reference",
    "note",
    "source",
    "as_at",
)
AUTHORITY_COLUMNS = (
    "id",
    "party",
    "name",
    "families",
    "instrument",
    "languages",
    "part",
    "channel",
    "note",
    "source",
    "as_at",
    "verified",
)
ACTION_COLUMNS = ("party", "action", "date", "entry_into_force", "note", "source", "as_at")
PARTY_COLUMNS = ("code", "name", "kind", "un_member", "part_of", "aliases", "note")
PLACEMENT_COLUMNS = ("party", "year", "tier", "source", "note")
DISAGREEMENT_COLUMNS = ("instrument", "party", "action", "kept", "kept_source", "other", "other_source", "reason")

_REGISTER_ENTRIES: dict[str, Any] = {
    "concepts": models.Concept,
    "measures": models.Measure,
    "topics": str,
    "readings": models.Reading,
    "sources": models.Source,
    "forms": CooperationForm,
    "request_elements": RequestElement,
    "request_kinds": RequestKind,
    "request_phrases": GenericAlias(dict, (str, str)),
    "glossary": models.Expressions,
    "indicators": Indicator,
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read of some folders: the corpus, where each part of it stands, and the faults found."""

    corpus: Corpus
    evidence: Evidence
    documents: Documents
    places: Places
    faults: list[Problem]


def read_corpus(folders: Sequence[Path]) -> Corpus:
    """Read and check the folders, each laid over the ones before. Raises CorpusError with every fault."""
    return read_with_evidence(folders)[0]


def read_with_evidence(folders: Sequence[Path]) -> tuple[Corpus, Evidence]:
    """The corpus of the folders and its country-year figures. Raises CorpusError with every fault."""
    checked = check_corpus(folders)
    if checked.faults:
        raise CorpusError(checked.faults)
    return checked.corpus, checked.evidence


@uncollected()
def check_corpus(folders: Sequence[Path]) -> Checked:
    """Read the folders, each laid over the ones before, as far as their faults allow.

    Raises CorpusError where there is no folder to read.
    """
    documents = read_documents(folders)
    problems = list(documents.problems)
    read = {
        name: _validated(documents.registers.get(name), GenericAlias(dict, (str, entry)), problems)
        for name, entry in _REGISTER_ENTRIES.items()
    }
    registers = {name: value or {} for name, value in read.items()}
    context = {"concepts": frozenset(registers["concepts"])} if registers["concepts"] else {}
    instruments = _all(documents.instruments, Instrument, problems, context)
    systems = _all(documents.jurisdictions, LegalSystem, problems, context)
    statements = _all(documents.reservations, Statements, problems, context, key="instrument")
    phrases = _all(documents.phrases, Phrases, problems, context, key="language")
    parties, party_places = _keyed(documents.tables.get("parties", []), Party, PARTY_COLUMNS, ("aliases",), problems)
    actions, action_places = _actions(documents, problems)
    treaties = [file for name, files in documents.tables.items() if name.startswith("agreements/") for file in files]
    agreements, agreement_places = _keyed(treaties, Agreement, AGREEMENT_COLUMNS, ("source",), problems)
    bases = _all(documents.cooperation, Basis, problems, context)
    mechanisms = _all(documents.mechanisms, Mechanism, problems, context)
    recommendations = _all(documents.recommendations, Recommendations, problems, context)
    questionnaires = _all(documents.questionnaires, Questionnaire, problems, context)
    lists = ("families", "languages", "source")
    authority_files = documents.tables.get("authorities", [])
    authorities, authority_places = _keyed(authority_files, CentralAuthority, AUTHORITY_COLUMNS, lists, problems)
    disagreements, disagreement_places = _disagreements(documents, problems)
    placements, placement_places = _placements(documents.tables.get("evidence/tip-tiers", []), problems)
    corpus = Corpus(
        **registers,
        instruments=instruments,
        legal_systems=systems,
        parties=parties,
        actions=actions,
        disagreements=tuple(disagreements),
        statements=statements,
        agreements=agreements,
        bases=bases,
        authorities=authorities,
        phrases=phrases,
        mechanisms=mechanisms,
        recommendations=recommendations,
        questionnaires=questionnaires,
        placements=placements,
    )
    places = Places(
        party_places, action_places, agreement_places, disagreement_places, authority_places, placement_places
    )
    faulty = {p.file for p in problems}
    problems += check_references(corpus, documents, places, _unread(faulty))
    problems += check_monitoring(corpus, documents, _unread(faulty))
    problems += check_citations(corpus, documents, places)
    problems += check_dates(corpus, documents, places)
    evidence, evidence_places, evidence_faults = read_evidence(documents)
    problems += evidence_faults
    problems += check_evidence(corpus, evidence, documents, evidence_places, _unread(faulty))
    return Checked(corpus, evidence, documents, places, problems)


def corpus_with(corpus: Corpus, below: Document, bill: File) -> Corpus:
    """The corpus with a bill laid over the law `below`: the file of one legal system, read and checked alone.

    Raises CorpusError with every fault of the bill.
    """
    document, problems = laid_over(below, bill)
    if problems:
        raise CorpusError(problems)
    system = _validated(document, LegalSystem, problems, {"concepts": frozenset(corpus.concepts)})
    if system is None:
        raise CorpusError(problems)
    changed = replace(corpus, legal_systems={**corpus.legal_systems, below.name: system})
    problems += check_law(changed, system, document)
    problems += citations_of_law(system, document)
    problems += dates_of_law(system, document)
    if problems:
        raise CorpusError(problems)
    return changed


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def _validated(document: Document | None, model: Any, problems: list[Problem], context: Any = None) -> Any:
    if document is None:
        return None
    try:
        return _adapter(model).validate_python(document.data, context=context)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            problems += _problems_of(fault, document, model)
        return None


def _problems_of(fault: Any, document: Document, model: Any) -> list[Problem]:
    loc = tuple(step for step in fault["loc"] if not _is_type_name(step))
    rule = rule_of({**fault, "loc": loc})
    if fault["type"] == "parts":
        return [document.problem((*loc, *part.path), part.message, part.rule) for part in fault["ctx"]["parts"]]
    if fault["type"] == "missing":
        return [document.problem(loc[:-1], f"{loc[-1]} is missing", rule)]
    at_key = rule == "unknown-key"
    message = message_of({**fault, "loc": loc}, model)
    return [document.problem(loc, message if at_key or not loc else f"{loc[-1]}: {message}", rule, at_key)]


def _is_type_name(step: object) -> bool:
    """Pydantic names the member of a union in the path (`str`, `int`); a file has no such key."""
    return step in ("str", "int")


def _all(
    documents: dict[str, Document], model: type[T], problems: list[Problem], context: Any, key: str = "id"
) -> dict[str, T]:
    found = {}
    for name, document in documents.items():
        value = _validated(document, model, problems, context)
        if value is not None:
            own = getattr(value, key)
            if own != name:
                told = f"expected {name}, the name of the file, not {own}"
                problems.append(document.problem((key,), told, "wrong-file-name"))
            found[name] = value
    return found


def _unread(faulty: set[Path]) -> frozenset[str]:
    """Names of registers, instruments and tables in whose files faults were found: what leads there is not checked."""
    names = {path.stem for path in faulty} | {path.parent.name for path in faulty}
    return frozenset(names)


def _disagreements(documents: Documents, problems: list[Problem]) -> tuple[list[Disagreement], list[RowPlace]]:
    rows: list[Disagreement] = []
    places: list[RowPlace] = []
    for name, files in documents.tables.items():
        for file in files if name.startswith("disagreements/") else ():
            read, there, faults = read_table(file, Disagreement, DISAGREEMENT_COLUMNS)
            rows += read
            places += there
            problems += faults
    return rows, places


def _keyed(
    files: Iterable[File], model: type[T], columns: Sequence[str], lists: Sequence[str], problems: list[Problem]
) -> tuple[dict[str, T], dict[str, RowPlace]]:
    """Rows by their first column, with where each stands; a later folder replaces, one folder must not repeat."""
    key = columns[0]
    found: dict[str, T] = {}
    places: dict[str, RowPlace] = {}
    for file in files:
        rows, there, faults = read_table(file, model, columns, lists)
        problems += faults
        for row, place in zip(rows, there, strict=True):
            name = getattr(row, key)
            if name in places and places[name].file.folder == file.folder:
                problems.append(place.problem(key, f"{key} {name} stands twice", "duplicate-id"))
            found[name] = row
            places[name] = place
    return found, places


def _placements(files: Iterable[File], problems: list[Problem]) -> tuple[tuple[Placement, ...], list[RowPlace]]:
    """Rows by party and year; a later folder replaces, one folder must not repeat."""
    found: dict[tuple[str, int], tuple[Placement, RowPlace]] = {}
    for file in files:
        rows, there, faults = read_table(file, Placement, PLACEMENT_COLUMNS, ("source",))
        problems += faults
        for row, place in zip(rows, there, strict=True):
            key = (row.party, row.year)
            if key in found and found[key][1].file.folder == file.folder:
                told = f"{row.party} is placed twice in the report of {row.year}"
                problems.append(place.problem("party", told, "duplicate-placement"))
            found[key] = (row, place)
    return tuple(row for row, _ in found.values()), [place for _, place in found.values()]


def _actions(
    documents: Documents, problems: list[Problem]
) -> tuple[dict[str, tuple[Action, ...]], dict[str, list[RowPlace]]]:
    found: dict[str, tuple[Action, ...]] = {}
    places: dict[str, list[RowPlace]] = {}
    for name, files in documents.tables.items():
        if not name.startswith("actions/"):
            continue
        rows: dict[Any, tuple[Action, RowPlace]] = {}
        for file in files:
            read, there, faults = read_table(file, Action, ACTION_COLUMNS, ("source",))
            problems += faults
            for row, place in zip(read, there, strict=True):
                key = (row.party, row.action, row.date)
                if key in rows and rows[key][1].file is file:
                    told = f"{row.action} of {row.party} on {row.date or 'an unknown day'} stands twice"
                    problems.append(place.problem("party", told, "duplicate-action"))
                rows[key] = (row, place)
        instrument = name.removeprefix("actions/")
        found[instrument] = tuple(row for row, _ in rows.values())
        places[instrument] = [place for _, place in rows.values()]
    return found, places
