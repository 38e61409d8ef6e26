"""Statistical tables of one State over years: victims by sex and age and by form of exploitation, cases and persons.

The breakdowns are those of indicator 16.2.2 of the Sustainable Development Goals (victims by sex, age and form of
exploitation), in the categories that UNODC prints. The International Classification for Administrative Data on
Trafficking in Persons (IC-TIP, adopted in 2025) describes events, victims, perpetrators and reporting entities more
finely; its categories were not read and are not claimed here.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from palermo.documents.report import Paragraph, Report, Section, Table, line, strong
from palermo.evidence.cells import Cell, Panel

TABLES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Detected victims by sex and age",
        (
            ("All", "detected_victims"),
            ("Women", "detected_victims_women"),
            ("Men", "detected_victims_men"),
            ("Girls", "detected_victims_girls"),
            ("Boys", "detected_victims_boys"),
            ("Female, of any age", "detected_victims_female"),
            ("Male, of any age", "detected_victims_male"),
            ("Adults, of any sex", "detected_victims_adults"),
            ("Children, of any sex", "detected_victims_children"),
        ),
    ),
    (
        "Detected victims by form of exploitation",
        (
            ("Sexual exploitation", "detected_victims_sexual"),
            ("Forced labour", "detected_victims_labour"),
            ("Other forms", "detected_victims_other"),
        ),
    ),
    (
        "Offences and persons in criminal justice",
        (
            ("Recorded offences", "trafficking_offences"),
            ("Persons suspected", "persons_suspected"),
            ("Persons prosecuted", "persons_prosecuted"),
            ("Persons convicted", "persons_convicted"),
        ),
    ),
)
INDICATORS = tuple(indicator for _, rows in TABLES for _, indicator in rows)
"""What the panel must hold for the tables."""

_WORDS = {"unknown": "unknown", "not_reported": "not reported", "not_applicable": "not applicable"}


class TableRow(msgspec.Struct, frozen=True):
    """One category with its cell for each year."""

    label: str
    indicator: str
    cells: tuple[Cell, ...]


class StatisticalTable(msgspec.Struct, frozen=True):
    """One table of one State."""

    state: str
    title: str
    years: tuple[int, ...]
    rows: tuple[TableRow, ...]


def statistical_tables(panel: Panel) -> list[StatisticalTable]:
    """The tables of every State of a panel that holds `INDICATORS`; a total is printed, never added up."""
    return [
        StatisticalTable(
            state,
            title,
            panel.years,
            tuple(
                TableRow(label, indicator, tuple(panel.cell(indicator, state, year) for year in panel.years))
                for label, indicator in rows
            ),
        )
        for state in panel.states
        for title, rows in TABLES
    ]


def statistical_report(tables: Iterable[StatisticalTable], names: dict[str, str]) -> Report:
    """The tables as a report, a section for each State; `names` are those of States by code."""
    by_state: dict[str, list[StatisticalTable]] = {}
    for table in tables:
        by_state.setdefault(table.state, []).append(table)
    sections = tuple(
        Section(names[state], f"state-{state}", tuple(map(_table, found))) for state, found in by_state.items()
    )
    told = (
        "Figures as the source prints them; none is added up. A small figure that it hides is given as its bounds. "
        "Victims are those whom authorities detected, not all there are."
    )
    return Report("Trafficking in persons: statistical tables", (Paragraph(line(told)), *sections))


def _table(table: StatisticalTable) -> Table:
    heads = ("", *map(str, table.years))
    rows = tuple((line(strong(row.label)), *(line(in_words(cell)) for cell in row.cells)) for row in table.rows)
    return Table(table.title, heads, rows)


def in_words(cell: Cell) -> str:
    """What a table prints: the number, the bounds of what is hidden, or why there is neither."""
    if cell.value is not None:
        return f"{cell.value:,.0f}"
    if cell.status == "suppressed" and cell.low is not None and cell.high is not None:
        return f"{cell.low:.0f} to {cell.high:.0f}"
    return _WORDS[cell.status]
