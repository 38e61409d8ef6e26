"""The files of one corpus folder, or of several laid over each other, as plain data that knows where it is from.

A folder laid over another replaces and adds by id: concepts, measures, topics, readings, sources and the
glossary by their key; provisions and offences by their `id`; acts, formulas, measures and readings of a legal
system by their key. Phrases are added to those of the same language. What the upper folder does not name stays
as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from palermo.corpus.folders import corpus_files
from palermo.corpus.problems import Problem
from palermo.corpus.yaml_files import place, read_yaml
from palermo.logic.formula import nearest

Where = tuple[str | int, ...]

REQUESTS = ("request_elements", "request_kinds", "request_phrases")
REGISTERS = ("concepts", "measures", "topics", "readings", "sources", "glossary", "forms", *REQUESTS)
EVIDENCE = "evidence"
CODEBOOK = "indicators"
SINGLE_TABLES = ("parties", "authorities")
TABLES = ("actions", "agreements", "disagreements", EVIDENCE)
_FOLDERS = {
    "instruments": "instruments",
    "jurisdictions": "jurisdictions",
    "reservations": "reservations",
    "cooperation": "cooperation",
    "phrases": "phrases",
    "monitoring": "mechanisms",
    "monitoring/recommendations": "recommendations",
    "monitoring/questionnaires": "questionnaires",
}
"""Each folder with the documents that its files are."""
_BY_ID = ("provisions", "offences", "statements", "clocks", "groups", "recommendations", "questions")
_ADDED = ("look_up", "comments", "known")
_BY_KEY = ("acts", "formulas", "measures", "readings")


@dataclass(slots=True)
class File:
    """A text with the path it was read from, as it shall be shown, and the corpus folder it belongs to."""

    path: Path
    text: str
    folder: Path


@dataclass(slots=True)
class Document:
    """Plain data, and for each entry that another folder may replace the file it comes from and its path there."""

    name: str
    data: Any
    file: File
    origins: dict[Where, tuple[File, Where]] = field(default_factory=dict)

    def problem(self, path: Where, message: str, rule: str, at_key: bool = False) -> Problem:
        """A breach of a rule at a path of this document, placed in the file that the entry comes from."""
        file, there = self.origin(path)
        return Problem(file.path, *place(file.text, there, at_key), message, rule)

    def origin(self, path: Where) -> tuple[File, Where]:
        """The file that what stands at a path comes from, and the path in that file."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.origins:
                file, there = self.origins[path[:length]]
                return file, (*there, *path[length:])
        return self.file, path


@dataclass(slots=True)
class Documents:
    """All documents of a corpus: registers and parties at the top, one file an instrument and a legal system."""

    registers: dict[str, Document] = field(default_factory=dict)
    instruments: dict[str, Document] = field(default_factory=dict)
    jurisdictions: dict[str, Document] = field(default_factory=dict)
    reservations: dict[str, Document] = field(default_factory=dict)
    cooperation: dict[str, Document] = field(default_factory=dict)
    phrases: dict[str, Document] = field(default_factory=dict)
    mechanisms: dict[str, Document] = field(default_factory=dict)
    recommendations: dict[str, Document] = field(default_factory=dict)
    questionnaires: dict[str, Document] = field(default_factory=dict)
    tables: dict[str, list[File]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_documents(folders: Sequence[Path]) -> Documents:
    """Read the folders, the first at the bottom, each further one laid over what is below."""
    result = Documents()
    for folder in folders:
        for path in corpus_files(folder):
            _add(result, _place_of(path, result) if path == folder else path.relative_to(folder), path, folder)
    return result


def _place_of(bill: Path, result: Documents) -> Path:
    """Where a file given alone belongs: it changes the legal system whose `id` it has."""
    try:
        data, problems = read_yaml(bill, bill.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return Path("jurisdictions", bill.name)
    named = data.get("id") if isinstance(data, dict) else None
    if not problems and named not in result.jurisdictions:
        known = nearest(str(named), result.jurisdictions)
        told = f"id: expected the legal system that the bill changes, not {named!r}{known}"
        at = place(bill.read_text(encoding="utf-8-sig"), ("id",))
        result.problems.append(Problem(bill, *at, told, "unknown-legal-system"))
    return Path("jurisdictions", f"{named}.yaml")


def read_law_of(folders: Sequence[Path], system: str) -> Document:
    """The file of one legal system in the folders, laid over each other. Raises KeyError where there is none."""
    result = Documents()
    for folder in folders:
        for path in corpus_files(folder):
            if path == folder:
                _add(result, _place_of(path, result), path, folder)
            elif path.relative_to(folder) == Path("jurisdictions", f"{system}.yaml"):
                _add(result, path.relative_to(folder), path, folder)
    return result.jurisdictions[system]


def laid_over(below: Document, file: File) -> tuple[Document, list[Problem]]:
    """A file of one legal system laid over what is below, or why it cannot be."""
    data, problems = read_yaml(file.path, file.text)
    if not problems and not isinstance(data, dict):
        problems = [Problem(file.path, 1, 1, "expected a mapping", "wrong-type")]
    return (below, problems) if problems else (_laid_over(below, Document(below.name, data, file), False), [])


def _add(result: Documents, relative: Path, path: Path, folder: Path) -> None:
    try:
        file = File(path, path.read_text(encoding="utf-8-sig"), folder)
    except (OSError, UnicodeDecodeError) as error:
        result.problems.append(Problem(path, 0, 0, f"cannot be read as UTF-8 text: {error}", "unreadable-file"))
        return
    kind, name = "/".join(relative.parts[:-1]), relative.stem
    if kind in REGISTERS:  # a register may be split into the files of a folder
        kind, name = "", kind
    if relative.suffix == ".csv" and (kind in TABLES or (not kind and name in SINGLE_TABLES)):
        result.tables.setdefault(relative.with_suffix("").as_posix(), []).append(file)
        return
    if relative.suffix == ".yaml" and kind in _FOLDERS:
        target = getattr(result, _FOLDERS[kind])
    elif relative.suffix == ".yaml" and ((not kind and name in REGISTERS) or (kind, name) == (EVIDENCE, CODEBOOK)):
        target = result.registers
    else:
        known = [f"{register}.yaml" for register in (*REGISTERS, f"{EVIDENCE}/{CODEBOOK}")]
        known += [f"{table}.csv" for table in SINGLE_TABLES]
        known += [f"{folder}/*.yaml" for folder in _FOLDERS] + [f"{folder}/*.csv" for folder in TABLES]
        told = f"no such file in a corpus; expected {', '.join(known)}"
        result.problems.append(Problem(path, 0, 0, told, "misplaced-file"))
        return
    data, problems = read_yaml(path, file.text)
    result.problems.extend(problems)
    if problems:
        return
    document = Document(name, data, file)
    if not isinstance(data, dict):
        result.problems.append(Problem(path, 1, 1, "expected a mapping", "wrong-type"))
    elif name in target and kind == "phrases":
        target[name] = _added_to(target[name], document)
    elif name in target:
        if target is result.registers:
            result.problems.extend(_twice(target[name], document))
        target[name] = _laid_over(target[name], document, is_register=target is result.registers)
    else:
        target[name] = document


def _twice(below: Document, above: Document) -> Iterator[Problem]:
    """Entries of a register that stand in two files of one folder, so that nobody could say which holds."""
    for key in above.data:
        earlier, _ = below.origin((key,))
        if key in below.data and earlier.folder == above.file.folder:
            told = f"{key} stands in {earlier.path.relative_to(earlier.folder)} too"
            yield above.problem((key,), told, "duplicate-id", at_key=True)


def _laid_over(below: Document, above: Document, is_register: bool) -> Document:
    merged = Document(below.name, dict(below.data), below.file, dict(below.origins))
    for key, value in above.data.items():
        old = merged.data.get(key)
        if not is_register and key in _BY_KEY and isinstance(old, dict) and isinstance(value, dict):
            merged.data[key] = {**old, **value}
            merged.origins.update({(key, name): (above.file, (key, name)) for name in value})
        elif key in _BY_ID and isinstance(old, list) and isinstance(value, list):
            merged.data[key] = list(old)
            for i, entry in enumerate(value):
                index = _index_of(old, entry)
                if index == len(old) or index >= len(merged.data[key]):
                    index = len(merged.data[key])
                    merged.data[key].append(entry)
                else:
                    merged.data[key][index] = entry
                merged.origins[(key, index)] = (above.file, (key, i))
        elif key in _ADDED and isinstance(old, list) and isinstance(value, list):
            merged.data[key] = [*old, *value]
            merged.origins.update({(key, len(old) + i): (above.file, (key, i)) for i in range(len(value))})
        else:
            merged.data[key] = value
            merged.origins[(key,)] = (above.file, (key,))
    return merged


def _added_to(below: Document, above: Document) -> Document:
    """Lists grow by what the upper folder names; mappings take its entries in, one level deep."""
    merged = Document(below.name, dict(below.data), below.file, dict(below.origins))
    for key, value in above.data.items():
        old = merged.data.get(key)
        if isinstance(old, list) and isinstance(value, list):
            merged.data[key] = _grown(merged, above, (key,), old, value)
        elif isinstance(old, dict) and isinstance(value, dict):
            merged.data[key] = dict(old)
            for name, more in value.items():
                known = old.get(name)
                if isinstance(known, list) and isinstance(more, list):
                    merged.data[key][name] = _grown(merged, above, (key, name), known, more)
                else:
                    merged.data[key][name] = more
                    merged.origins[(key, name)] = (above.file, (key, name))
        else:
            merged.data[key] = value
            merged.origins[(key,)] = (above.file, (key,))
    return merged


def _grown(merged: Document, above: Document, path: Where, old: list[Any], more: list[Any]) -> list[Any]:
    merged.origins.update({(*path, len(old) + i): (above.file, (*path, i)) for i in range(len(more))})
    return [*old, *more]


def _index_of(entries: list[Any], entry: Any) -> int:
    wanted = entry.get("id") if isinstance(entry, dict) else None
    return next((i for i, old in enumerate(entries) if isinstance(old, dict) and old.get("id") == wanted), len(entries))
