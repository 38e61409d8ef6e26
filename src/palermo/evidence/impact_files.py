"""Figures and treatment dates that a user hands over: CSV or Parquet, one row a State and year, or one row a figure."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args

from palermo.corpus.models import Corpus
from palermo.corpus.problems import CorpusError, Problem
from palermo.evidence.impact_study import Adoption, AdoptionStatus, CellStatus, Figure, Trait
from palermo.ledger.parties import UnknownName, find_party

STATE_COLUMNS = ("state", "iso3", "iso")
MISSING = ("", "NA", "N/A", "nan", "NaN", ".", "..")
_TIDY = {"indicator", "value"}


@dataclass
class _Table:
    """A table as text, with the line of each row, and what is wrong with it."""

    path: Path
    head: list[str]
    rows: list[tuple[int, dict[str, str]]]
    problems: list[Problem] = field(default_factory=list)

    def fault(self, line: int, column: str, told: str, rule: str) -> None:
        self.problems.append(Problem(self.path, line, self.head.index(column) + 1, told, rule))

    def done(self) -> None:
        if self.problems:
            raise CorpusError(self.problems)


def read_panel(
    corpus: Corpus, path: Path, wanted: Iterable[str], moderators: Iterable[str] = ()
) -> tuple[tuple[Figure, ...], tuple[Trait, ...]]:
    """The figures of some indicators, and moderators that are words, from a user's table.

    Wide: columns `state` (code or name; or `iso3`), `year` and one an indicator. Tidy: `state`, `year`, `indicator`,
    `value`, and if there are some `status`, `low`, `high`. An empty cell is no figure, `<5` a hidden count from 0 to 4.
    Raises CorpusError with every fault at its place, OSError, UnicodeDecodeError.
    """
    table = _read(path)
    state = next((name for name in STATE_COLUMNS if name in table.head), None)
    if state is None or "year" not in table.head:
        told = f"expected columns state and year, and one for each indicator; found {', '.join(table.head)}"
        raise CorpusError([Problem(path, 1, 1, told, "wrong-columns")])
    names = tuple(dict.fromkeys([*wanted, *moderators]))
    if set(table.head) >= _TIDY:
        found, words = _tidy(table, names), list[tuple[int, str]]()
    else:
        required = set(wanted)
        if absent := [name for name in names if name in required and name not in table.head]:
            known = ", ".join(name for name in table.head if name not in (state, "year"))
            raise CorpusError(
                [Problem(path, 1, 1, f"there is no column {absent[0]!r}; there is {known}", "wrong-columns")]
            )
        found, words = _wide(table, [name for name in names if name in table.head], set(moderators))
    figures = _placed(corpus, table, state, found)
    traits = _traits(corpus, table, state, words)
    table.done()
    return figures, traits


def read_adoptions(corpus: Corpus, path: Path) -> tuple[Adoption, ...]:
    """When the treatment began for each State, from columns `state` and `since`.

    `since` is a day or a year, empty where the State is not treated; `until`, `consent`, `first_year`, `last_year` and
    `status` may be given too. A State that is not named is not taken to be untreated: it is not in the study. Raises
    CorpusError with every fault at its place, OSError, UnicodeDecodeError.
    """
    table = _read(path)
    if not {"state", "since"} <= set(table.head):
        told = f"expected columns state and since; found {', '.join(table.head)}"
        raise CorpusError([Problem(path, 1, 1, told, "wrong-columns")])
    found: dict[str, Adoption] = {}
    for line, row in table.rows:
        code = _state(corpus, table, line, "state", row)
        since, began = _day(table, line, "since", row)
        _, ended = _day(table, line, "until", row)
        consent, _ = _day(table, line, "consent", row)
        first, last = _year(table, line, "first_year", row), _year(table, line, "last_year", row)
        status = row.get("status", "") or (
            "not_bound" if began is None and first is None else "left" if ended else "bound"
        )
        if status not in get_args(AdoptionStatus):
            table.fault(line, "status", f"expected one of {', '.join(get_args(AdoptionStatus))}", "unknown-word")
        if code is None:
            continue
        if code in found:
            table.fault(line, "state", f"{code} is named twice", "wrong-value")
        found[code] = Adoption(
            code,
            status,  # type: ignore[arg-type]
            first if first is not None else began,
            last if last is not None else ended,
            since,
            consent,
        )
    table.done()
    return tuple(adoption for _, adoption in sorted(found.items()))


def read_traits(path: Path) -> tuple[Trait, ...]:
    """Traits of States from columns `state`, `moderator`, `value`. Raises CorpusError, OSError, UnicodeDecodeError."""
    table = _read(path)
    if table.head != ["state", "moderator", "value"]:
        raise CorpusError([Problem(path, 1, 1, "expected columns state,moderator,value", "wrong-columns")])
    return tuple(Trait(row["state"], row["moderator"], row["value"]) for _, row in table.rows)


def _read(path: Path) -> _Table:
    return _parquet(path) if path.suffix.casefold() == ".parquet" else _csv(path)


def _csv(path: Path) -> _Table:
    problems: list[Problem] = []
    rows: list[tuple[int, dict[str, str]]] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        try:
            head = [name.strip() for name in next(reader, [])]
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(head):
                    told = f"expected {len(head)} cells, found {len(cells)}"
                    problems.append(Problem(path, reader.line_num, 1, told, "wrong-cells"))
                else:
                    rows.append((reader.line_num, dict(zip(head, map(str.strip, cells), strict=True))))
        except csv.Error as error:
            told = f"cannot be read as CSV: {error}"
            raise CorpusError([Problem(path, reader.line_num, 1, told, "not-csv")]) from None
    _checked_head(path, head)
    return _Table(path, head, rows, problems)


def _parquet(path: Path) -> _Table:
    from pyarrow import ArrowException, parquet

    try:
        table = parquet.read_table(path)
    except ArrowException as error:
        raise CorpusError([Problem(path, 1, 1, f"cannot be read as Parquet: {error}", "unreadable-file")]) from None
    head = [str(name) for name in table.column_names]
    _checked_head(path, head)
    rows = [(i + 2, {name: _text(row[name]) for name in head}) for i, row in enumerate(table.to_pylist())]
    return _Table(path, head, rows)


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return repr(value) if isinstance(value, float) else str(value)


def _checked_head(path: Path, head: list[str]) -> None:
    if twice := [name for i, name in enumerate(head) if name in head[:i]]:
        raise CorpusError([Problem(path, 1, 1, f"the column {twice[0]!r} is named twice", "wrong-columns")])


def _wide(
    table: _Table, names: Sequence[str], moderators: set[str]
) -> tuple[list[tuple[int, str, dict[str, Any]]], list[tuple[int, str]]]:
    found: list[tuple[int, str, dict[str, Any]]] = []
    words: list[tuple[int, str]] = []
    for name in names:
        said = [(line, row[name]) for line, row in table.rows]
        if name in moderators and any(_number(cell) is None and cell not in MISSING for _, cell in said):
            words += [(line, name) for line, cell in said if cell not in MISSING]
            continue
        for line, cell in said:
            found.append((line, name, _cell(table, line, name, cell)))
    return found, words


def _tidy(table: _Table, names: Sequence[str]) -> list[tuple[int, str, dict[str, Any]]]:
    found = []
    for line, row in table.rows:
        if row["indicator"] not in names:
            continue
        cell = _cell(table, line, "value", row["value"])
        if status := row.get("status", ""):
            if status not in get_args(CellStatus):
                table.fault(line, "status", f"expected one of {', '.join(get_args(CellStatus))}", "unknown-word")
            elif (status == "reported") != (cell["value"] is not None):
                told = (
                    "a reported figure has a value"
                    if status == "reported"
                    else f"a figure that is {status} has no value"
                )
                table.fault(line, "value", told, "wrong-value")
            cell["status"] = status
        for end in ("low", "high"):
            if row.get(end, ""):
                cell[end] = _number(row[end])
                if cell[end] is None:
                    table.fault(line, end, f"expected a number, found {row[end]!r}", "wrong-type")
        found.append((line, row["indicator"], cell))
    return found


def _cell(table: _Table, line: int, column: str, text: str) -> dict[str, Any]:
    if text in MISSING:
        return {"value": None, "status": "not_reported"}
    if text.startswith("<") and text[1:].strip().isdigit():
        return {"value": None, "status": "suppressed", "low": 0.0, "high": float(text[1:]) - 1}
    value = _number(text)
    if value is None:
        table.fault(line, column, f"expected a number, an empty cell or such as <5, found {text!r}", "wrong-type")
    return {"value": value, "status": "reported"}


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _placed(
    corpus: Corpus, table: _Table, state: str, found: Iterable[tuple[int, str, dict[str, Any]]]
) -> tuple[Figure, ...]:
    rows = dict(table.rows)
    codes = {line: _state(corpus, table, line, state, row) for line, row in table.rows}
    years = {line: _year(table, line, "year", row, needed=True) for line, row in table.rows}
    seen: dict[tuple[str, int, str], int] = {}
    figures = []
    for line, indicator, cell in found:
        code, year = codes[line], years[line]
        if code is None or year is None:
            continue
        earlier = seen.setdefault((code, year, indicator), line)
        if earlier != line:
            table.fault(
                line, state, f"{indicator} of {rows[line][state]} in {year} stands at line {earlier} too", "wrong-value"
            )
        figures.append(Figure(code, year, indicator, **cell))
    return tuple(sorted(figures, key=lambda f: (f.indicator, f.state, f.year)))


def _traits(corpus: Corpus, table: _Table, state: str, found: Iterable[tuple[int, str]]) -> tuple[Trait, ...]:
    rows = dict(table.rows)
    told: dict[tuple[str, str], str] = {}
    for line, name in found:
        try:
            code = find_party(corpus, rows[line][state]).code
        except UnknownName:
            continue
        if told.setdefault((code, name), rows[line][name]) != rows[line][name]:
            table.fault(
                line, name, f"a moderator in words has one value a State; {code} has another before", "wrong-value"
            )
    return tuple(Trait(code, name, value) for (code, name), value in sorted(told.items()))


def _state(corpus: Corpus, table: _Table, line: int, column: str, row: Mapping[str, str]) -> str | None:
    try:
        return find_party(corpus, row[column]).code
    except UnknownName as error:
        table.fault(line, column, str(error), "unknown-party")
        return None


def _year(table: _Table, line: int, column: str, row: Mapping[str, str], needed: bool = False) -> int | None:
    text = row.get(column, "").removesuffix(".0")
    if text.isascii() and text.isdigit() and len(text) == 4:
        return int(text)
    if needed or text:
        table.fault(line, column, f"expected a year such as 2012, found {text!r}", "wrong-type")
    return None


def _day(table: _Table, line: int, column: str, row: Mapping[str, str]) -> tuple[str | None, int | None]:
    """A day, with its year; of a year alone there is no day."""
    text = row.get(column, "")
    if not text:
        return None, None
    if len(text) == 4 and text.isascii() and text.isdigit():
        return None, int(text)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        table.fault(line, column, f"expected a day such as 2012-01-31, or a year, found {text!r}", "not-a-date")
        return None, None
    return day.isoformat(), day.year
