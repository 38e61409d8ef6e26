"""The cell of the panel, and the panel: one row for each State, year and indicator asked for; nothing is dropped."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import numpy as np

from palermo.corpus.figures import Indicator, Status
from palermo.corpus.problems import Reported

COLUMNS = ("state", "year", "indicator", "value", "word", "status", "low", "high", "unit", "source", "as_at", "note")
"""The columns of the tidy table, in order; those of a table of figures in a corpus."""


class Cell(msgspec.Struct, frozen=True):
    """What is known of one indicator for one State in one year.

    `value` is there exactly where `status` is `reported`, and zero is a value; of a category it is the code of
    `word`. `low` and `high` are bounds of what is suppressed, or of what is known in part only.
    """

    state: str
    year: int
    indicator: str
    value: float | None = None
    status: Status = "unknown"
    word: str | None = None
    low: float | None = None
    high: float | None = None
    source: tuple[str, ...] = ()
    as_at: date | None = None
    note: str | None = None


class Column(msgspec.Struct, frozen=True):
    """An indicator of a panel by its id, with its entry in the codebook."""

    id: str
    indicator: Indicator


class Treatment(msgspec.Struct, frozen=True):
    """How one State stands to an instrument over the whole record: since when, and until when, it is bound.

    `first_year` is the calendar year of `since`. `status`: `bound`; `left` from the day after `until`; `not_bound`
    as far as the record is complete; `unknown` otherwise.
    """

    state: str
    instrument: str
    status: str
    since: date | None = None
    first_year: int | None = None
    until: date | None = None


class Criminalisation(msgspec.Struct, frozen=True):
    """Since when the encoded offences of one legal system reach a definition in part, and in whole.

    `in_part` and `in_whole` are days on which an offence begins that brings it about; `in_part_by` and `in_whole_by`
    the first days on which they are known to, which may only be the day up to which the law was looked at. Before
    `known_from`, the day from which on all offences are encoded, an earlier law may have reached as much.
    """

    state: str
    legal_system: str
    provision: str
    as_at: date
    in_part: date | None = None
    in_whole: date | None = None
    in_part_by: date | None = None
    in_whole_by: date | None = None
    known_from: date | None = None


class Wide(msgspec.Struct, frozen=True):
    """The panel as arrays of States x years: `values` is not a number where the cell is missing, `status` says why."""

    states: tuple[str, ...]
    years: tuple[int, ...]
    values: dict[str, Any]
    status: dict[str, Any]


class WideTable(msgspec.Struct, frozen=True):
    """The panel as one table: a row for each State and year, under heads such as `ID`, `ID.status`, `ID.low`."""

    heads: tuple[str, ...]
    rows: tuple[tuple[float | str | None, ...], ...]
    columns: tuple[Column, ...]


class Panel(msgspec.Struct, frozen=True):
    """Cells in the order of indicators, States and years asked for.

    `left_out` is what could not be taken from a file handed over, each with its place.
    """

    states: tuple[str, ...]
    years: tuple[int, ...]
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]
    treatments: tuple[Treatment, ...] = ()
    criminalised: tuple[Criminalisation, ...] = ()
    left_out: tuple[Reported, ...] = ()

    def tidy(self) -> dict[str, list[Any]]:
        """The cells as columns named as `COLUMNS`, for a data frame."""
        units = {column.id: column.indicator.unit for column in self.columns}
        table: dict[str, list[Any]] = {
            name: [getattr(cell, name) for cell in self.cells] for name in COLUMNS if name != "unit"
        }
        table["unit"] = [units[cell.indicator] for cell in self.cells]
        table["source"] = [";".join(source) for source in table["source"]]
        return {name: table[name] for name in COLUMNS}

    def wide(self) -> Wide:
        """The values and statuses as arrays, one pair an indicator."""
        shape = (len(self.states), len(self.years))
        values: dict[str, Any] = {}
        status: dict[str, Any] = {}
        step = shape[0] * shape[1]
        for i, column in enumerate(self.columns):
            cells = self.cells[i * step : (i + 1) * step]
            numbers = [np.nan if cell.value is None else cell.value for cell in cells]
            values[column.id] = np.array(numbers, dtype=np.float64).reshape(shape)
            status[column.id] = np.array([cell.status for cell in cells], dtype=np.str_).reshape(shape)
        return Wide(self.states, self.years, values, status)

    def cell(self, indicator: str, state: str, year: int) -> Cell:
        """One cell. Raises ValueError for what was not asked for."""
        column = [c.id for c in self.columns].index(indicator)
        row = column * len(self.states) + self.states.index(state)
        return self.cells[row * len(self.years) + self.years.index(year)]
