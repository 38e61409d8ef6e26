"""A report in a terminal: styled, as wide as the terminal."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from palermo.documents.report import (
    Block,
    Entry,
    Facts,
    Figure,
    Line,
    Listing,
    Notice,
    Paragraph,
    Report,
    Section,
    Table,
)

_STYLES = {"plain": "", "strong": "bold", "muted": "dim", "cite": "italic", "badge": "bold cyan", "mark": "bold yellow"}


def print_report(report: Report, out: TextIO, width: int | None = None) -> None:
    """Write a report to a terminal."""
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    console.print(Text(report.title, style="bold"))
    for block in report.blocks:
        console.print()
        console.print(_block(block, 2))
    if report.closing:
        console.print()
        console.print(Text(report.closing, style="dim"))


def _block(block: Block, level: int) -> RenderableType:
    if isinstance(block, Paragraph):
        return _text(block.line)
    if isinstance(block, Notice):
        return Text("Note: ", style="bold yellow").append_text(_text(block.line))
    if isinstance(block, Facts):
        grid = Grid.grid(padding=(0, 2))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column(overflow="fold")
        for name, value in block.pairs:
            grid.add_row(name, _text(value))
        return grid
    if isinstance(block, Listing):
        lead = [Text(block.lead, style="bold" if level < 4 else "")] if block.lead else []
        return Group(*lead, *(_entry(entry, 0) for entry in block.entries))
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Figure):
        return Text(block.alternative)
    return _section(block, level)


def _section(section: Section, level: int) -> RenderableType:
    parts: list[RenderableType] = [Text(section.heading, style="bold underline" if level == 2 else "bold")]
    for inner in section.blocks:
        if not isinstance(inner, Facts):
            parts.append(Text(""))
        parts.append(Padding(_block(inner, level + 1), (0, 0, 0, 0 if level == 2 else 2)))
    return Group(*parts)


def _entry(entry: Entry, depth: int) -> RenderableType:
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(" " * (2 * depth) + "•", _text(entry.line))
    return Group(grid, *(_entry(below, depth + 1) for below in entry.below)) if entry.below else grid


def _table(table: Table) -> RenderableType:
    grid = Grid(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for head in table.heads:
        grid.add_column(head, overflow="fold")
    for row in table.rows:
        grid.add_row(*(_text(cell) for cell in row))
    return Group(Text(table.caption, style="bold"), grid) if table.caption else grid


def _text(line: Line) -> Text:
    text = Text()
    for span in line:
        text.append(f"[{span.text}]" if span.style == "badge" else span.text, style=_STYLES[span.style])
    return text
