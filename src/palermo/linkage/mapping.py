"""Which column of an agency's table tells what of a person: a user's own YAML file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

from palermo.corpus.own_files import read_own_file
from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.shapes import STRICT
from palermo.corpus.yaml_files import place

DATE_PARTS = {"%Y": r"(?P<year>\d{4})", "%m": r"(?P<month>\d{1,2})", "%d": r"(?P<day>\d{1,2})"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Names of columns. `id` is the agency's own number of the record; `name` is a whole name in one column."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str | None = None
    agency: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    name: str | None = None
    birth_date: str | None = None
    birth_year: str | None = None
    sex: str | None = None
    nationality: str | None = None
    place: str | None = None

    def named(self) -> dict[str, str]:
        """What is told, and by which column."""
        return {part: column for part in self.__slots__ if (column := getattr(self, part)) is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMapping:
    """What differs in one file: its columns and how it writes dates."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    columns: Columns = field(default_factory=Columns)
    date_format: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How tables of persons are read.

    `date_format` has %Y, %m and %d; a year alone is always read. `unknown` are cells that say nothing, in any column,
    large and small letters alike. `unknown_days` are days of the year (month-day) that agencies put for an unknown
    birthday. `sex` lists the words for each sex. `files` is keyed by a file's name without its ending.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    columns: Columns
    date_format: str = "%Y-%m-%d"
    unknown: tuple[str, ...] = ("unknown", "n/a", "-")
    unknown_days: tuple[str, ...] = ("01-01",)
    sex: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: {"female": ("f", "female", "woman", "girl"), "male": ("m", "male", "man", "boy")}
    )
    files: dict[str, FileMapping] = field(default_factory=dict)

    def of(self, file: Path) -> tuple[Columns, str]:
        """The columns of a file and how it writes dates."""
        own = self.files.get(file.stem)
        if own is None:
            return self.columns, self.date_format
        return replace(self.columns, **own.columns.named()), own.date_format or self.date_format


def date_pattern(date_format: str) -> re.Pattern[str]:
    """The pattern of dates in a format of %Y, %m and %d, each once. Raises ValueError."""
    parts = re.split(r"(%.)", date_format)
    if sorted(part for part in parts if part.startswith("%")) != sorted(DATE_PARTS):
        raise ValueError("expected a format with %Y, %m and %d once each, such as %d.%m.%Y")
    return re.compile("".join(DATE_PARTS.get(part, re.escape(part)) for part in parts))


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file. Raises CorpusError with every fault and its place, OSError, UnicodeDecodeError."""
    mapping, text = read_own_file(path, Mapping, {})
    faults: list[tuple[tuple[str | int, ...], str, str]] = []
    for where, form in (
        (("date_format",), mapping.date_format),
        *((("files", name, "date_format"), own.date_format) for name, own in mapping.files.items()),
    ):
        try:
            if form is not None:
                date_pattern(form)
        except ValueError as error:
            faults.append((where, f"date_format: {error}", "wrong-value"))
    for i, day in enumerate(mapping.unknown_days):
        if not re.fullmatch(r"\d\d-\d\d", day):
            faults.append((("unknown_days", i), "unknown_days: expected month-day such as 01-01", "wrong-value"))
    told = {
        part
        for columns in (mapping.columns, *(own.columns for own in mapping.files.values()))
        for part in columns.named()
    }
    if not told & {"given_name", "family_name", "name"}:
        faults.append((("columns",), "columns: no column for a name (given_name, family_name or name)", "missing-key"))
    if faults:
        raise CorpusError(Problem(path, *place(text, where), said, rule) for where, said, rule in faults)
    return mapping
