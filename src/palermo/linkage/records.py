"""Records of persons made comparable: read from agencies' tables, names and dates in one form, missing told apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from palermo.linkage.mapping import Columns, Mapping, date_pattern
from palermo.linkage.names import sound_of, without_particles, words_of
from palermo.screening.tables import Table, UnreadableTable

SCHEMA = pa.schema(
    [
        ("unique_id", pa.int64()),
        ("agency", pa.string()),
        ("id", pa.string()),
        ("name", pa.string()),
        ("name_key", pa.string()),
        ("given", pa.string()),
        ("given_sound", pa.string()),
        ("given_words", pa.list_(pa.string())),
        ("family", pa.string()),
        ("family_sound", pa.string()),
        ("family_words", pa.list_(pa.string())),
        ("birth_year", pa.int32()),
        ("birth_day", pa.string()),
        ("sex", pa.string()),
        ("nationality", pa.string()),
        ("place", pa.string()),
    ]
)
"""What is compared. `birth_day` is MMDD, empty where unknown; `*_sound` is how a name sounds, `*_words`
how each of its words does, `name_key` both sounds in either order, empty like `name` unless both names are told."""

COMPARED = ("name", "birth_year", "sex", "nationality", "place")
OLDEST = 120
"""Years; an older birth is taken for a slip."""


class Unread(msgspec.Struct, frozen=True):
    """Cells of a column that could not be read and were taken as unknown: how many, and the first row (from 1)."""

    file: str
    column: str
    cells: int
    first_row: int


class Part(msgspec.Struct, frozen=True):
    """One file of the records: the number of its first record and how many there are."""

    file: Path
    first: int
    rows: int


class Records(msgspec.Struct, frozen=True):
    """Comparable records in a Parquet file. `empty` are parts of a person that no record tells."""

    path: Path
    parts: tuple[Part, ...]
    unread: tuple[Unread, ...]
    empty: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many records."""
        return sum(part.rows for part in self.parts)

    def row(self, number: int) -> str:
        """Where a record stands: file and row, counted from 1 without the head."""
        part = next(part for part in self.parts if part.first <= number < part.first + part.rows)
        return f"{part.file}: row {number - part.first + 1}"


def prepare(files: Sequence[Path], mapping: Mapping, out: Path, tell: Callable[[int], object] | None = None) -> Records:
    """Read agencies' tables and write comparable records as Parquet.

    A record without an agency's column belongs to the agency named as the file. Raises UnreadableTable.
    """
    stems = [file.stem for file in files]
    twice = sorted({stem for stem in stems if stems.count(stem) > 1})
    if twice:
        raise UnreadableTable(f"two files are named {twice[0]}: each agency's file needs a name of its own")
    unknown = sorted(mapping.files.keys() - {*stems})
    if unknown:
        raise UnreadableTable(f"the mapping tells of a file {unknown[0]!r}, which is not among those to link")
    parts: list[Part] = []
    unread: list[Unread] = []
    told: set[str] = set()
    first = 0
    with pq.ParquetWriter(out, SCHEMA) as writer:
        for file in files:
            reader = _Reader(file, mapping)
            start = first
            for batch in reader.batches():
                records = reader.records(batch, first, first - start + 1)
                writer.write_batch(records)
                told |= {name for name in COMPARED if records.column(name).null_count < records.num_rows}
                first += batch.num_rows
                if tell is not None:
                    tell(first)
            unread += reader.unread()
            parts.append(Part(file, start, first - start))
    records_found = Records(out, tuple(parts), tuple(unread), tuple(n for n in COMPARED if n not in told))
    _ids_are_unique(records_found)
    return records_found


class _Reader:
    """Reads one file by its mapping."""

    def __init__(self, file: Path, mapping: Mapping) -> None:
        self.file, self.mapping = file, mapping
        self.columns, date_format = mapping.of(file)
        self.table = Table(file)
        self.dates = date_pattern(date_format)
        self.silent = frozenset(value.casefold() for value in mapping.unknown)
        self.sexes = {word.casefold(): sex for sex, words in mapping.sex.items() for word in words}
        self.faults: dict[str, list[int]] = {}
        self.this_year = date.today().year
        for part, column in self.columns.named().items():
            if column not in self.table.columns:
                raise UnreadableTable(
                    f"{file}: has no column {column!r} for {part}; it has {', '.join(self.table.columns)}"
                )
        if self.columns.id is None:
            raise UnreadableTable(f"{file}: the mapping names no column for id, the agency's own number of a record")

    def batches(self) -> Iterator[pa.RecordBatch]:
        return self.table.pieces(list(dict.fromkeys(self.columns.named().values())))

    def records(self, batch: pa.RecordBatch, first: int, first_row: int) -> pa.RecordBatch:
        """Comparable records of a piece; `first` is the number of its first one."""
        rows = batch.num_rows
        columns = self.columns
        ids = self._cells(batch, columns.id)
        missing = next((i for i, cell in enumerate(ids) if cell is None), None)
        if missing is not None:
            raise UnreadableTable(f"{self.file}: row {first_row + missing}: column {columns.id!r} has no id")
        agencies = self._cells(batch, columns.agency) if columns.agency else [None] * rows
        given, family = self._names(batch, columns)
        years, days = self._births(batch, columns, first_row)
        arrays = [
            pa.array(range(first, first + rows), pa.int64()),
            pa.array([agency or self.file.stem for agency in agencies]),
            pa.array(ids),
            pa.array([_joined(g[0], f[0]) for g, f in zip(given, family, strict=True)], pa.string()),
            pa.array([_joined(*_sorted(g[1], f[1])) for g, f in zip(given, family, strict=True)], pa.string()),
            *(
                pa.array([name[i] for name in names], kind)
                for names in (given, family)
                for i, kind in enumerate((pa.string(), pa.string(), pa.list_(pa.string())))
            ),
            pa.array(years, pa.int32()),
            pa.array(days, pa.string()),
            pa.array([self._sex(cell) for cell in self._cells(batch, columns.sex)], pa.string()),
            *(
                pa.array([_folded(cell) for cell in self._cells(batch, column)], pa.string())
                for column in (columns.nationality, columns.place)
            ),
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)

    def unread(self) -> list[Unread]:
        """Cells met that could not be read."""
        return [Unread(str(self.file), column, len(rows), rows[0]) for column, rows in self.faults.items()]

    def _cells(self, batch: pa.RecordBatch, column: str | None) -> list[str | None]:
        """The cells of a column as text, None for what says nothing."""
        if column is None:
            return [None] * batch.num_rows
        data = batch.column(column)
        if not pa.types.is_string(data.type):
            data = data.cast(pa.string())
        silent = self.silent
        stripped = (None if cell is None else cell.strip() for cell in data.to_pylist())
        return [None if not cell or cell.casefold() in silent else cell for cell in stripped]

    def _names(self, batch: pa.RecordBatch, columns: Columns) -> tuple[list[_Name], list[_Name]]:
        given = [_name(cell) for cell in self._cells(batch, columns.given_name)]
        family = [_name(cell) for cell in self._cells(batch, columns.family_name)]
        if columns.name:
            for i, cell in enumerate(self._cells(batch, columns.name)):
                if cell and given[i] is _NO_NAME and family[i] is _NO_NAME:
                    given[i], family[i] = _parted(cell)
        return given, family

    def _births(
        self, batch: pa.RecordBatch, columns: Columns, first_row: int
    ) -> tuple[list[int | None], list[str | None]]:
        years: list[int | None] = []
        days: list[str | None] = []
        cells = zip(self._cells(batch, columns.birth_date), self._cells(batch, columns.birth_year), strict=True)
        for i, (whole, year_only) in enumerate(cells):
            year, day = self._birth(whole) if whole else (None, None)
            if whole and year is None:
                self.faults.setdefault(columns.birth_date or "", []).append(first_row + i)
            if year is None and year_only:
                year, day = self._birth(year_only)
                if year is None:
                    self.faults.setdefault(columns.birth_year or "", []).append(first_row + i)
            years.append(year)
            days.append(day)
        return years, days

    def _birth(self, cell: str) -> tuple[int | None, str | None]:
        """Year and MMDD; only the year where the day is one that stands for an unknown one, or is no day."""
        found = self.dates.match(cell)
        if found is None:
            only = re.fullmatch(r"(\d{4})(?:\.0)?", cell)
            if only is None:
                return None, None
            year, day = int(only[1]), None
        else:
            year = int(found["year"])
            try:
                born = date(year, int(found["month"]), int(found["day"]))
            except ValueError:
                return None, None
            day = None if f"{born:%m-%d}" in self.mapping.unknown_days else f"{born:%m%d}"
        return (year, day) if self.this_year - OLDEST <= year <= self.this_year else (None, None)

    def _sex(self, cell: str | None) -> str | None:
        return None if cell is None else self.sexes.get(cell.casefold(), cell.casefold())


_Name = tuple[str | None, str | None, tuple[str, ...] | None]
_NO_NAME: _Name = (None, None, None)


@lru_cache(1 << 18)
def _name(cell: str | None) -> _Name:
    """The letters of a name, how it sounds, and how each of its words does."""
    words = [] if cell is None else without_particles(words_of(cell))
    return ("".join(words), sound_of(words), tuple(sound_of([word]) for word in words)) if words else _NO_NAME


def _joined(given: str | None, family: str | None) -> str | None:
    return f"{given} {family}" if given and family else None


def _sorted(one: str | None, other: str | None) -> tuple[str | None, str | None]:
    return (other, one) if one and other and other < one else (one, other)


def _parted(cell: str) -> tuple[_Name, _Name]:
    """A whole name as its first word and the others; after a comma comes the first."""
    before, comma, after = cell.partition(",")
    if comma:
        return _name(after), _name(before)
    words = cell.split()
    return _name(words[0]), _name(" ".join(words[1:]))


@lru_cache(1 << 16)
def _folded(cell: str | None) -> str | None:
    return None if cell is None else " ".join(unicodedata.normalize("NFKC", cell).casefold().split())


def _ids_are_unique(records: Records) -> None:
    table = pq.read_table(records.path, columns=["unique_id", "agency", "id"])
    counted = table.group_by(["agency", "id"]).aggregate(
        [("unique_id", "count"), ("unique_id", "min"), ("unique_id", "max")]
    )
    twice = counted.filter(pc.greater(counted["unique_id_count"], 1))
    if twice.num_rows:
        first: Any = twice.sort_by("unique_id_max").slice(0, 1).to_pylist()[0]
        here, there = records.row(first["unique_id_max"]), records.row(first["unique_id_min"])
        raise UnreadableTable(f"{here}: the id is that of {there} too, in the same agency; each record needs its own")
