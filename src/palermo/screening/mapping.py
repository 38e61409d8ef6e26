"""How the columns of a table of cases become facts: mappings, shipped and of the user's own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.shapes import STRICT
from palermo.corpus.yaml_files import place, read_yaml
from palermo.logic.formula import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class FactOfColumn:
    """A fact that a column tells: with which of its values it is so, and with which it is not."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    concept: str
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column's values say.

    `unknown` and an empty cell say nothing; `neutral` are known values that tell no fact; `separator` parts several
    values in one cell. Any other value is a fault of the row. Values are compared as text.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {**STRICT, "str_min_length": 0, "str_strip_whitespace": False}
    facts: tuple[FactOfColumn, ...]
    unknown: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    separator: str | None = None

    def known_values(self) -> frozenset[str]:
        """Every value that the column may hold."""
        told = (value for fact in self.facts for value in (*fact.true, *fact.false))
        return frozenset((*told, *self.unknown, *self.neutral, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A table's columns and what they say; `left_out` are columns that say nothing here, and why."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    columns: dict[str, Column]
    about: str | None = None
    source: str | None = None
    left_out: dict[str, str] = field(default_factory=dict)

    def concepts(self) -> tuple[str, ...]:
        """The facts that the table can tell, in order of appearance."""
        return tuple(dict.fromkeys(fact.concept for column in self.columns.values() for fact in column.facts))


def shipped() -> dict[str, Path]:
    """The mappings that come with the library, by id."""
    folder = Path(str(files("palermo.screening").joinpath("mappings")))
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def of_concepts(columns: Collection[str], concepts: Collection[str]) -> Mapping:
    """The mapping for a table whose columns are named after facts and hold true and false."""
    yes, no = ("true", "1", "yes"), ("false", "0", "no")
    named = {
        name: Column(facts=(FactOfColumn(concept=name, true=yes, false=no),), unknown=("unknown",))
        for name in columns
        if name in concepts
    }
    return Mapping(id="concepts", title="columns named after facts", columns=named)


def read_mapping(path: Path, concepts: Collection[str]) -> Mapping:
    """Read a mapping file. Raises CorpusError with every fault and its place."""
    from pydantic import TypeAdapter, ValidationError

    from palermo.corpus.messages import message_of, rule_of

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError([Problem(path, 0, 0, f"cannot be read: {error}", "unreadable-file")]) from None
    data, problems = read_yaml(path, text)
    if problems:
        raise CorpusError(problems)
    try:
        mapping = TypeAdapter(Mapping).validate_python(data)
    except ValidationError as error:
        raise CorpusError(
            Problem(path, *place(text, fault["loc"]), f"{_where(fault)}{message_of(fault, Mapping)}", rule_of(fault))
            for fault in error.errors(include_url=False)
        ) from None
    problems = list(_faults(mapping, path, text, concepts))
    if problems:
        raise CorpusError(problems)
    return mapping


def _where(fault: Any) -> str:
    return f"{fault['loc'][-1]}: " if fault["loc"] and isinstance(fault["loc"][-1], str) else ""


def _faults(mapping: Mapping, path: Path, text: str, concepts: Collection[str]) -> Any:
    for name, column in mapping.columns.items():
        for i, fact in enumerate(column.facts):
            faults = []
            if fact.concept not in concepts:
                near = nearest(fact.concept, concepts)
                told = f"unknown concept {fact.concept!r}, expected one of concepts.yaml{near}"
                faults.append((told, "unknown-concept"))
            for value in sorted({*fact.true} & {*fact.false}):
                faults.append((f"value {value!r} of {name} is both true and false", "contradictory-value"))
            for value in sorted(({*fact.true} | {*fact.false}) & {*column.unknown}):
                told = f"value {value!r} of {name} says something and is listed as unknown"
                faults.append((told, "contradictory-value"))
            if faults:
                at = place(text, ("columns", name, "facts", i))
                yield from (Problem(path, *at, *fault) for fault in faults)
