"""The panel: every State, year and indicator asked for, from tables of the corpus, own files and the law itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from palermo.corpus.figures import Code, Covers, Evidence, Figure, Indicator
from palermo.corpus.models import Corpus
from palermo.corpus.problems import Problem, reported
from palermo.evidence.cells import Cell, Column, Criminalisation, Panel
from palermo.evidence.derived import Consents, EncodedLaws, named_measure, provision_with_conduct, years_bound
from palermo.evidence.own_figures import read_own_figures
from palermo.ledger.ledger import Ledger
from palermo.ledger.parties import UnknownName, find_instrument, find_party
from palermo.logic.formula import nearest

STATES = ("state", "observer")
"""The kinds of parties that a panel holds without being asked for by name. Former and disputed States and territories
are added where an indicator asked for has a figure of theirs, or their existence is on record."""


class UnknownIndicator(UnknownName):
    """The codebook has no indicator of that name."""


def panel(
    ledger: Ledger,
    evidence: Evidence,
    indicators: Iterable[str],
    years: Iterable[int],
    states: Iterable[str] | None = None,
    treatments: Iterable[str] = (),
    own_files: Sequence[Path] = (),
    today: date | None = None,
) -> Panel:
    """The cells of indicators, States and years, each with its value or with why there is none.

    Each instrument of `treatments` adds the indicators `bound:ID` and `years_bound:ID`, and since when each State is
    bound. `own_files` are tables of figures, or files of sources that may not be passed on (`palermo.evidence.
    own_figures`); their figures stand before those of the corpus. Raises UnknownName, UnknownIndicator,
    corpus.problems.CorpusError with every fault of an own table, OSError, UnicodeDecodeError.
    """
    corpus, day = ledger.corpus, today or date.today()
    figures, left_out = _figures(corpus, evidence, own_files)
    treated = tuple(dict.fromkeys(find_instrument(corpus, name).id for name in treatments))
    asked = [*indicators, *(f"{kind}:{id}" for id in treated for kind in ("bound", "years_bound"))]
    columns = tuple({c.id: c for c in (column(corpus, name) for name in asked)}.values())
    over = tuple(sorted(set(years)))
    who = _states(corpus, evidence, figures, columns, states)
    laws = EncodedLaws(corpus)
    named = [*treated, *(c.id.partition(":")[2] for c in columns if _is(c, "bound", "years_bound"))]
    consents = {id: Consents(ledger, corpus.instruments[id], day) for id in named}
    found = {(id, state): consents[id].treatment(state) for id in consents for state in who}
    by_cell = {(f.indicator, f.state, f.year): f for f in figures}
    supplied = {f.indicator for f in figures}
    cells: list[Cell] = []
    for shown in columns:
        id, (family, _, name) = shown.id, shown.id.partition(":")
        for state in who:
            for year in over:
                figure = by_cell.get((id, state, year))
                if figure:
                    cell = _cell(shown.indicator, figure)
                elif not _existed(evidence, state, year):
                    cell = Cell(state, year, id, status="not_applicable", note="there was no such State")
                elif family == "bound":
                    cell = consents[name].bound(state, year)
                elif family == "years_bound":
                    cell = years_bound(consents[name].bound(state, year), found[name, state])
                elif family == "criminalised":
                    cell = laws.criminalised(name, state, year, day)
                elif family == "measure":
                    cell = laws.measure(name, state, year, day)
                elif id == "legal_origin":
                    cell = laws.legal_origin(state, year)
                else:
                    cell = _absent(shown, state, year, supplied)
                cells.append(cell)
    return Panel(
        states=who,
        years=over,
        columns=columns,
        cells=tuple(cells),
        treatments=tuple(entry for (id, _), entry in found.items() if id in treated),
        criminalised=_criminalised(corpus, laws, columns, who),
        left_out=tuple(map(reported, left_out)),
    )


def column(corpus: Corpus, name: str) -> Column:
    """An indicator by its name in the codebook; of a family with what it is of, as `bound:cets-197`.

    Raises UnknownIndicator, UnknownName.
    """
    family, of_one, member = name.partition(":")
    entry = corpus.indicators.get(family)
    if entry is None or bool(entry.per) != bool(of_one):
        known = [f"{id}:{entry.per.upper()}" if entry.per else id for id, entry in corpus.indicators.items()]
        near = nearest(family, corpus.indicators)
        raise UnknownIndicator(f"there is no indicator {name!r}{near}; the codebook has {', '.join(known)}")
    if entry.per is None:
        return Column(name, entry)
    if entry.per == "instrument":
        instrument = find_instrument(corpus, member)
        label = f"{entry.label}: {instrument.short}"
        return Column(f"{family}:{instrument.id}", dataclasses.replace(entry, label=label))
    if entry.per == "provision":
        provision = provision_with_conduct(corpus, member)
        return Column(f"{family}:{provision}", dataclasses.replace(entry, label=f"{entry.label}: {provision}"))
    measure = named_measure(corpus, member)
    kind = corpus.measures[measure].kind
    label = f"{entry.label}: {corpus.measures[measure].meaning}"
    if kind == "duration":
        changed = dataclasses.replace(entry, label=label, kind="days", unit="days", words={})
    elif kind == "age":
        changed = dataclasses.replace(entry, label=label, kind="years", unit="years of age", words={})
    else:
        changed = dataclasses.replace(entry, label=label)
    return Column(f"{family}:{measure}", changed)


def _figures(corpus: Corpus, evidence: Evidence, own_files: Sequence[Path]) -> tuple[list[Figure], list[Problem]]:
    known = (*evidence.figures, *_tiers(corpus))
    figures = {(f.indicator, f.state, f.year): f for f in known}
    left_out: list[Problem] = []
    for file in own_files:
        read, not_taken = read_own_figures(corpus, file)
        left_out += not_taken
        figures.update({(f.indicator, f.state, f.year): f for f in read})
    return list(figures.values()), left_out


def _tiers(corpus: Corpus) -> Iterator[Figure]:
    """The placements of the yearly reports as figures of the indicator `tip_tier`, where the codebook has it."""
    words = corpus.indicators["tip_tier"].words if "tip_tier" in corpus.indicators else {}
    for row in corpus.placements:
        if row.tier in words:
            yield Figure(
                state=row.party,
                year=row.year,
                indicator="tip_tier",
                word=row.tier,
                status=words[row.tier].status or "reported",
                source=row.source,
                note=row.note,
            )


def _states(
    corpus: Corpus,
    evidence: Evidence,
    figures: Iterable[Figure],
    columns: Iterable[Column],
    asked: Iterable[str] | None,
) -> tuple[str, ...]:
    if asked is not None:
        return tuple(dict.fromkeys(find_party(corpus, name).code for name in asked))
    shown = {column.id for column in columns}
    more = {figure.state for figure in figures if figure.indicator in shown} | set(evidence.existence)
    return tuple(code for code, party in corpus.parties.items() if party.kind in STATES or code in more)


def _existed(evidence: Evidence, state: str, year: int) -> bool:
    """Whether there was such a State on any day of a year."""
    row = evidence.existence.get(state)
    if row is None:
        return True
    return (row.first_day is None or row.first_day.year <= year) and (row.last_day is None or year <= row.last_day.year)


def _cell(indicator: Indicator, figure: Figure) -> Cell:
    code: Code | None = indicator.words.get(figure.word) if figure.word else None
    value = figure.value if figure.value is not None or code is None else code.value
    return Cell(
        figure.state,
        figure.year,
        figure.indicator,
        value=None if value is None else float(value),
        status=figure.status,
        word=figure.word,
        low=figure.low,
        high=figure.high,
        source=figure.source or indicator.source,
        as_at=figure.as_at or indicator.as_at,
        note=figure.note,
    )


def _absent(column: Column, state: str, year: int, supplied: Collection[str]) -> Cell:
    covers: Covers | None = column.indicator.covers
    if column.id in supplied and covers and covers.from_ <= year <= covers.to:
        source, as_at = column.indicator.source, column.indicator.as_at
        return Cell(state, year, column.id, status=covers.absent, source=source, as_at=as_at)
    note = None if column.id in supplied else "no figures: hand over the file of the source"
    return Cell(state, year, column.id, note=note if column.indicator.ships == "no" else None)


def _is(column: Column, *families: str) -> bool:
    return column.id.partition(":")[0] in families


def _criminalised(
    corpus: Corpus, laws: EncodedLaws, columns: Iterable[Column], states: Iterable[str]
) -> tuple[Criminalisation, ...]:
    names = [c.id.partition(":")[2] for c in columns if _is(c, "criminalised")]
    return tuple(laws.since(name, s) for name in names for state in states for s in corpus.systems_of(state))
