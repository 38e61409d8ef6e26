"""Figures that a user hands over: a table of figures, or a file as a source publishes it that may not be passed on.

A table of figures has some or all of the columns of those of a corpus, `state`, `year` and `indicator` among them;
States may be named. The files of sources are known by their columns:

- UNODC, detected victims and criminal justice, the table of the data portal (`Iso3_code`, `txtVALUE`, ..);
- the 3P Anti-trafficking Policy Index (`prosecution`, `prevention`, `protection`, a country and a year);
- the Global Slavery Index 2023, government response (`Government response total (%)`).
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from palermo.corpus.documents import File
from palermo.corpus.evidence import check_figure, read_figures
from palermo.corpus.figures import FIGURE_COLUMNS, Figure
from palermo.corpus.models import Corpus
from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.tables import RowPlace
from palermo.ledger.parties import UnknownName, find_party

HIDDEN = "<5"
"""How UNODC writes a small count. The table prints no count from 0 to 4, so that this may be any of them."""

_SUPPRESSED = (0.0, 4.0)
_TOTAL = ("Total", "Total")
_FORM = "by form of exploitation"
_UNODC = {
    ("Detected trafficking victims", *_TOTAL, "Total", "Total"): "detected_victims",
    ("Detected trafficking victims", *_TOTAL, "Female", "Total"): "detected_victims_female",
    ("Detected trafficking victims", *_TOTAL, "Male", "Total"): "detected_victims_male",
    ("Detected trafficking victims", *_TOTAL, "Total", "0 to 17 years"): "detected_victims_children",
    ("Detected trafficking victims", *_TOTAL, "Total", "18 years or over"): "detected_victims_adults",
    ("Detected trafficking victims", *_TOTAL, "Female", "18 years or over"): "detected_victims_women",
    ("Detected trafficking victims", *_TOTAL, "Male", "18 years or over"): "detected_victims_men",
    ("Detected trafficking victims", *_TOTAL, "Female", "0 to 17 years"): "detected_victims_girls",
    ("Detected trafficking victims", *_TOTAL, "Male", "0 to 17 years"): "detected_victims_boys",
    ("Detected trafficking victims", _FORM, "Sexual exploitation", "Total", "Total"): "detected_victims_sexual",
    ("Detected trafficking victims", _FORM, "Forced labour", "Total", "Total"): "detected_victims_labour",
    ("Detected trafficking victims", _FORM, "Other forms of exploitation", "Total", "Total"): "detected_victims_other",
    ("Offences of trafficking in persons", *_TOTAL, "Total", "Total"): "trafficking_offences",
    ("Persons brought into formal contact", *_TOTAL, "Total", "Total"): "persons_suspected",
    ("Persons prosecuted", *_TOTAL, "Total", "Total"): "persons_prosecuted",
    ("Persons convicted", *_TOTAL, "Total", "Total"): "persons_convicted",
}
_POLICY = {
    "prosecution": "policy_prosecution",
    "prevention": "policy_prevention",
    "protection": "policy_protection",
}
_GSI_YEAR = 2023
_GSI = {"Government response total (%)": "response_total"}


class Written(NamedTuple):
    """One figure as a source's file has it: the names of its State, best first, where they and its value stand."""

    state: tuple[str, ...]
    state_column: str
    value_column: str
    year: str
    indicator: str
    value: str


Rows = Callable[[Mapping[str, str]], Iterator[Written]]


def read_own_figures(corpus: Corpus, path: Path) -> tuple[tuple[Figure, ...], tuple[Problem, ...]]:
    """The figures of a file, and what of a source's file could not be taken.

    Raises CorpusError with every fault of a table of figures, or where the columns are of nothing known; OSError,
    UnicodeDecodeError.
    """
    file = File(path, path.read_text(encoding="utf-8-sig"), path.parent)
    header = next(csv.reader(io.StringIO(file.text)), [])
    if {"state", "year", "indicator"} <= set(header) <= set(FIGURE_COLUMNS):
        return _table(corpus, file, header), ()
    for needed, rows in _SOURCES:
        if needed <= set(header):
            return _source(corpus, file, rows)
    told = (
        f"expected state,year,indicator and others of {','.join(FIGURE_COLUMNS)}, "
        "or the columns of a file of UNODC, of the 3P index or of the Global Slavery Index"
    )
    raise CorpusError([Problem(path, 1, 1, told, "wrong-columns")])


def _table(corpus: Corpus, file: File, header: list[str]) -> tuple[Figure, ...]:
    figures, places, problems = read_figures([file], header)
    found = []
    for figure, place in zip(figures, places, strict=True):
        try:
            named = dataclasses.replace(figure, state=find_party(corpus, figure.state).code)
        except UnknownName as error:
            problems.append(place.problem("state", str(error), "unknown-party"))
            continue
        problems += check_figure(corpus, named, place)
        found.append((named, place))
    seen: dict[tuple[str, str, int], RowPlace] = {}
    for figure, place in found:
        earlier = seen.setdefault((figure.indicator, figure.state, figure.year), place)
        if earlier is not place:
            told = f"{figure.indicator} of {figure.state} in {figure.year} stands at line {earlier.line} too"
            problems.append(place.problem("state", told, "duplicate-figure"))
    if problems:
        raise CorpusError(problems)
    return tuple(figure for figure, _ in found)


def _source(corpus: Corpus, file: File, rows: Rows) -> tuple[tuple[Figure, ...], tuple[Problem, ...]]:
    """A cell that the file prints with several values has none: which of them holds cannot be told."""
    figures: dict[tuple[str, str, int], tuple[Figure, int, str]] = {}
    problems: list[Problem] = []
    codes = _Codes(corpus)
    reader = csv.reader(io.StringIO(file.text))
    header = next(reader)
    before = reader.line_num
    for cells in reader:
        line, before = before + 1, reader.line_num
        place = RowPlace(file, line, tuple(header))
        for written in rows(dict(zip(header, cells, strict=False))):
            code = codes.of(written)
            if code is None:
                told = f"there is no {' or '.join(map(repr, filter(None, written.state)))} in the register of parties"
                problems.append(place.problem(written.state_column, told, "unknown-party"))
                continue
            figure, told = _figure(code, written)
            if figure is None:
                problems.append(place.problem(written.value_column, told, "wrong-figure"))
                continue
            faults = [
                place.problem(written.value_column, fault.message, fault.rule)
                for fault in check_figure(corpus, figure, place)
            ]
            problems += faults
            if faults:
                continue
            key = (figure.indicator, figure.state, figure.year)
            if key in figures:
                _, first, values = figures[key]
                told = f"{figure.indicator} of {code} in {figure.year} stands at line {first} too"
                problems.append(place.problem(written.value_column, told, "duplicate-figure"))
                if written.value in values.split("; "):
                    continue
                several = f"{values}; {written.value}"
                told = f"the file prints several values: {several}"
                figure = Figure(state=code, year=figure.year, indicator=figure.indicator, status="unknown", note=told)
                figures[key] = (figure, first, several)
            else:
                figures[key] = (figure, line, written.value)
    return tuple(figure for figure, _, _ in figures.values()), tuple(problems)


class _Codes:
    """The codes of States as a file names them, each name looked up once."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._known: dict[str, str | None] = {}

    def of(self, written: Written) -> str | None:
        """The code of the first of the names that the register knows."""
        return next(filter(None, map(self._code, filter(None, written.state))), None)

    def _code(self, name: str) -> str | None:
        if name not in self._known:
            try:
                self._known[name] = find_party(self._corpus, name).code
            except UnknownName:
                self._known[name] = None
        return self._known[name]


def _figure(code: str, written: Written) -> tuple[Figure | None, str]:
    try:
        year = int(written.year)
        if written.value == HIDDEN:
            low, high = _SUPPRESSED
            return Figure(
                state=code, year=year, indicator=written.indicator, status="suppressed", low=low, high=high
            ), ""
        value = float(written.value.replace(",", ""))
    except ValueError:
        return None, f"expected a number, not {written.value!r} in {written.year!r}"
    return Figure(state=code, year=year, indicator=written.indicator, value=value), ""


def _unodc(row: Mapping[str, str]) -> Iterator[Written]:
    key = (row["Indicator"], row["Dimension"], row["Category"], row["Sex"], row["Age"])
    indicator = _UNODC.get(key)
    if indicator and row["Unit of measurement"] == "Counts":
        state = (row["Iso3_code"], row["Country"])
        yield Written(state, "Country", "txtVALUE", row["Year"], indicator, row["txtVALUE"])


def _policy(row: Mapping[str, str]) -> Iterator[Written]:
    named = next((column for column in ("countryname", "country", "Country") if column in row), "iso")
    state = tuple(row[column] for column in ("iso", named) if row.get(column) not in (None, "NA"))
    for name, indicator in _POLICY.items():
        if row[name] not in ("", "NA"):
            yield Written(state, named, name, row["year"], indicator, row[name])


def _gsi(row: Mapping[str, str]) -> Iterator[Written]:
    for name, indicator in _GSI.items():
        if row[name]:
            yield Written((row["Country"],), "Country", name, str(_GSI_YEAR), indicator, row[name])


_SOURCES: Iterable[tuple[set[str], Rows]] = (
    ({"Iso3_code", "Country", "Indicator", "Dimension", "Category", "Sex", "Age", "Year", "txtVALUE"}, _unodc),
    ({"prosecution", "prevention", "protection", "year"}, _policy),
    ({"Country", *_GSI}, _gsi),
)
