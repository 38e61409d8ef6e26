"""A panel in short: how many cells of each indicator have a value, and why the others have none."""

from __future__ import annotations

from collections import Counter

from palermo.documents.report import Block, Listing, Notice, Paragraph, Report, Table, entries, line, strong
from palermo.evidence.cells import Panel
from palermo.reports.codebook import STATUSES
from palermo.reports.words import day

SHOWN = 20
"""How many of the lines that could not be taken are shown."""


def panel_report(panel: Panel) -> Report:
    """The panel's extent, its statuses by indicator, and what was left out of files handed over."""
    counts = {column.id: Counter[str]() for column in panel.columns}
    for cell in panel.cells:
        counts[cell.indicator][cell.status] += 1
    rows = tuple(
        (line(strong(column.id)), line(column.indicator.label), *(line(str(counts[column.id][s])) for s in STATUSES))
        for column in panel.columns
    )
    years = f"{panel.years[0]} to {panel.years[-1]}" if panel.years else "no year"
    extent = f"{len(panel.cells)} cells: {len(panel.states)} States, {years}, {len(panel.columns)} indicators."
    blocks: list[Block] = [
        Paragraph(line(extent, " Take csv, json, parquet or xlsx for the cells themselves.")),
        Table("Cells by status", ("indicator", "label", *(s.replace("_", " ") for s in STATUSES)), rows),
    ]
    for instrument in dict.fromkeys(entry.instrument for entry in panel.treatments):
        found = [entry for entry in panel.treatments if entry.instrument == instrument]
        said = Counter(entry.status.replace("_", " ") for entry in found)
        told = ", ".join(f"{number} {status}" for status, number in said.most_common())
        blocks.append(Paragraph(line(strong(instrument), f": {told}.")))
    if panel.criminalised:
        blocks.append(
            Table(
                "Since when the encoded offences reach the definition",
                ("legal system", "provision", "in part", "in whole", "all offences encoded from"),
                tuple(
                    (
                        line(strong(entry.legal_system)),
                        line(entry.provision),
                        line(_since(entry.in_part, entry.in_part_by)),
                        line(_since(entry.in_whole, entry.in_whole_by)),
                        line(day(entry.known_from)),
                    )
                    for entry in panel.criminalised
                ),
            )
        )
    if panel.left_out:
        lines = [f"{p.file}:{p.line}:{p.column}: {p.message} [{p.rule}]" for p in panel.left_out[:SHOWN]]
        blocks.append(
            Notice(line(f"{len(panel.left_out)} figures of the files handed over could not be taken as printed."))
        )
        blocks.append(Listing("The first of them:", entries(lines)))
    return Report("Panel", tuple(blocks))


def _since(begun: object, known_by: object) -> str:
    if begun:
        return str(begun)
    return f"by {known_by}" if known_by else "not known to"
