"""The tables of `evidence/`: figures and the existence of States, read row by row and checked against the codebook."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from palermo.corpus.documents import EVIDENCE, Documents, File
from palermo.corpus.figures import (
    EXISTENCE_COLUMNS,
    FIGURE_COLUMNS,
    WHOLE_NUMBERS,
    Evidence,
    Existence,
    Figure,
    Indicator,
)
from palermo.corpus.models import Corpus
from palermo.corpus.problems import Problem
from palermo.corpus.references import Broken
from palermo.corpus.tables import RowPlace, read_table
from palermo.logic.formula import nearest

EXISTENCE = f"{EVIDENCE}/existence"
OTHER_TABLES = (EXISTENCE, f"{EVIDENCE}/tip-tiers")
"""The tables of `evidence/` that hold something else than figures."""


@dataclass(frozen=True, slots=True)
class EvidencePlaces:
    """Where each figure stands, and the existence of each State."""

    figures: Sequence[RowPlace]
    existence: dict[str, RowPlace]


def read_evidence(documents: Documents) -> tuple[Evidence, EvidencePlaces, list[Problem]]:
    """The figures of all tables, where each stands, and the faults; a later folder replaces a cell of an earlier."""
    problems: list[Problem] = []
    files = [
        file
        for name, found in sorted(documents.tables.items())
        if name.startswith(f"{EVIDENCE}/") and name not in OTHER_TABLES
        for file in found
    ]
    figures, places, faults = read_figures(files)
    problems += faults
    existence: dict[str, Existence] = {}
    existence_places: dict[str, RowPlace] = {}
    for file in documents.tables.get(EXISTENCE, []):
        rows, there, faults = read_table(file, Existence, EXISTENCE_COLUMNS, ("source",))
        problems += faults
        for row, place in zip(rows, there, strict=True):
            known = existence_places.get(row.state)
            if known and known.file.folder == file.folder:
                problems.append(place.problem("state", f"state {row.state} stands twice", "duplicate-id"))
            existence[row.state], existence_places[row.state] = row, place
    return Evidence(figures=figures, existence=existence), EvidencePlaces(places, existence_places), problems


def read_figures(
    files: Iterable[File], columns: Sequence[str] = FIGURE_COLUMNS
) -> tuple[tuple[Figure, ...], tuple[RowPlace, ...], list[Problem]]:
    """The cells of tables of figures; one cell may stand once in a folder, and a later folder replaces it."""
    found: dict[tuple[str, str, int], tuple[Figure, RowPlace]] = {}
    problems: list[Problem] = []
    for file in files:
        rows, places, faults = read_table(file, Figure, columns, ("source",))
        problems += faults
        for row, place in zip(rows, places, strict=True):
            key = (row.indicator, row.state, row.year)
            if key in found and found[key][1].file.folder == file.folder:
                _, earlier = found[key]
                at = f"{earlier.file.path.name}, line {earlier.line}"
                told = f"{row.indicator} of {row.state} in {row.year} stands at {at} too"
                problems.append(place.problem("state", told, "duplicate-figure"))
            found[key] = (row, place)
    return tuple(f for f, _ in found.values()), tuple(p for _, p in found.values()), problems


def check_evidence(
    corpus: Corpus,
    evidence: Evidence,
    documents: Documents,
    places: EvidencePlaces,
    unread: Collection[str] = (),
) -> Iterator[Problem]:
    """Every figure of an unknown State, indicator or source, in another unit, or that cannot be one.

    `unread` names the registers in whose files faults were found: what leads there is not checked.
    """
    codebook = documents.registers.get("indicators")
    if codebook is not None:
        for id, indicator in corpus.indicators.items():
            for i, source in enumerate(indicator.source):
                broken = _unknown("source", source, corpus.sources, "sources", "sources/", unread)
                if broken:
                    yield codebook.problem((id, "source", i), *broken)
            for i, code in enumerate(indicator.words.values()):
                if (code.value is None) == (code.status is None):
                    word = list(indicator.words)[i]
                    told = f"{word}: a word has a value, or else the status it stands for"
                    yield codebook.problem((id, "words", word), told, "wrong-for-kind")
    for figure, place in zip(evidence.figures, places.figures, strict=True):
        yield from check_figure(corpus, figure, place, unread)
    for state, row in evidence.existence.items():
        place = places.existence[state]
        broken = _unknown("party", state, corpus.parties, "parties", "parties.csv", unread)
        if broken:
            yield place.problem("state", *broken)
        for source in row.source:
            broken = _unknown("source", source, corpus.sources, "sources", "sources/", unread)
            if broken:
                yield place.problem("source", *broken)
        if row.first_day and row.last_day and row.last_day < row.first_day:
            told = f"{row.last_day} is before {row.first_day}, its first day"
            yield place.problem("last_day", told, "date-out-of-order")


def check_figure(corpus: Corpus, figure: Figure, place: RowPlace, unread: Collection[str] = ()) -> Iterator[Problem]:
    """What is wrong with one figure."""
    broken = _unknown("party", figure.state, corpus.parties, "parties", "parties.csv", unread)
    if broken:
        yield place.problem("state", *broken)
    for source in figure.source:
        broken = _unknown("source", source, corpus.sources, "sources", "sources/", unread)
        if broken:
            yield place.problem("source", *broken)
    if "indicators" in unread:
        return
    indicator = corpus.indicators.get(figure.indicator)
    if indicator is None or indicator.ships == "derived":
        known = [id for id, entry in corpus.indicators.items() if entry.ships != "derived"]
        told = f"no figures are taken for an indicator {figure.indicator!r}{nearest(figure.indicator, known)}"
        yield place.problem("indicator", told, "unknown-indicator")
        return
    if figure.unit and figure.unit != indicator.unit:
        told = f"{figure.indicator} is in {indicator.unit}, not in {figure.unit}"
        yield place.problem("unit", told, "wrong-unit")
    for column, told in _faults(indicator, figure):
        yield place.problem(column, f"{column}: {told}", "wrong-figure")


def _faults(indicator: Indicator, figure: Figure) -> Iterator[tuple[str, str]]:
    """Column and message of everything that cannot be, at most one for a column."""
    if indicator.kind == "category":
        code = indicator.words.get(figure.word or "")
        if figure.word is None and figure.status == "reported":
            yield "word", f"expected one of {', '.join(indicator.words)}"
        elif figure.word is not None and code is None:
            known = ", ".join(indicator.words)
            yield "word", f"expected one of {known}, not {figure.word!r}{nearest(figure.word, indicator.words)}"
        elif code is not None and (code.status or "reported") != figure.status:
            yield "status", f"{figure.word} is {code.status or 'reported'}, not {figure.status}"
        elif figure.value is not None and (code is None or code.value != figure.value):
            yield "value", f"the code of {figure.word} is {code.value if code else None}, not {_number(figure.value)}"
    else:
        if figure.word is not None:
            yield "word", f"{figure.indicator} is no category"
        if figure.status == "reported" and figure.value is None:
            yield "value", "expected a number, or a status that says why there is none"
        elif figure.status != "reported" and figure.value is not None:
            yield "value", f"what is {figure.status} has no value"
        elif figure.value is not None:
            told = _not_possible(indicator, figure.value)
            if told:
                yield "value", told
    bounds = (figure.low, figure.high)
    if figure.status != "suppressed":
        if figure.low is not None or figure.high is not None:
            yield ("low" if figure.low is not None else "high"), "only what is suppressed has bounds"
    elif figure.low is None or figure.high is None or not all(math.isfinite(b) for b in bounds if b is not None):
        yield ("low" if figure.low is None else "high"), "expected the bounds between which the suppressed figure lies"
    elif figure.low > figure.high:
        yield "high", f"{_number(figure.high)} is below {_number(figure.low)}"


def _not_possible(indicator: Indicator, value: float) -> str | None:
    if not math.isfinite(value):
        return f"expected a number, not {value}"
    if indicator.kind in WHOLE_NUMBERS and value != int(value):
        return f"expected a whole number, as a {indicator.kind} is, not {_number(value)}"
    least = 0.0 if indicator.kind in ("count", "rate", "yes_no") and indicator.least is None else indicator.least
    if indicator.kind == "yes_no" and value not in (0, 1):
        return f"expected 0 or 1, not {_number(value)}"
    if least is not None and value < least:
        return f"expected at least {_number(least)}, not {_number(value)}"
    if indicator.most is not None and value > indicator.most:
        return f"expected at most {_number(indicator.most)}, not {_number(value)}"
    return None


def _number(value: float) -> str:
    return str(int(value)) if math.isfinite(value) and value == int(value) else str(value)


def _unknown(
    what: str, name: str, known: Collection[str], register: str, where: str, unread: Collection[str]
) -> Broken | None:
    if name in known or register in unread:
        return None
    return Broken(f"unknown {what} {name!r}, expected one of {where}{nearest(name, known)}", f"unknown-{what}")
