"""A report as plain text, for pipes and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

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

WIDTH = 110
_GAP = 2
_SIGNS = {"badge": "[{}]", "mark": "*{}*"}


def plain_text(report: Report, width: int = WIDTH) -> str:
    """The report as lines of at most `width` characters, none of which ends in a space."""
    lines = [report.title, "=" * min(len(report.title), width)]
    for block in report.blocks:
        lines += ["", *_block(block, 2, width)]
    if report.closing:
        lines += ["", *wrap(report.closing, width)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _block(block: Block, level: int, width: int) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from wrap(_words(block.line), width)
    elif isinstance(block, Notice):
        yield from wrap(f"Note: {_words(block.line)}", width)
    elif isinstance(block, Facts):
        rows = [((name, _words(value))) for name, value in block.pairs]
        yield from _columns(rows, width)
    elif isinstance(block, Listing):
        if block.lead:
            yield block.lead
        for entry in block.entries:
            yield from _entry(entry, 0, width)
    elif isinstance(block, Table):
        if block.caption:
            yield block.caption
        yield from _columns([block.heads, *(tuple(_words(cell) for cell in row) for row in block.rows)], width)
    elif isinstance(block, Figure):
        yield from wrap(block.alternative, width)
    else:
        yield from _section(block, level, width)


def _section(section: Section, level: int, width: int) -> Iterator[str]:
    yield section.heading
    underline = {2: "=", 3: "-"}.get(level)
    if underline:
        yield underline * len(section.heading)
    indent = "" if level == 2 else "  "
    for inner in section.blocks:
        if not isinstance(inner, Facts):
            yield ""
        for line in _block(inner, level + 1, width - len(indent)):
            yield f"{indent}{line}"


def _entry(entry: Entry, depth: int, width: int) -> Iterator[str]:
    lead = "  " * depth
    yield from wrap(_words(entry.line), width, initial_indent=f"{lead}- ", subsequent_indent=f"{lead}  ")
    for below in entry.below:
        yield from _entry(below, depth + 1, width)


def _words(line: Line) -> str:
    return "".join(_SIGNS.get(span.style, "{}").format(span.text) for span in line)


def _columns(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Rows in columns as wide as their longest cell; where that is too wide, the widest are narrowed and wrapped."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    while sum(widths) + _GAP * (len(widths) - 1) > width and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    for row in rows:
        cells = [wrap(cell, size) or [""] for cell, size in zip(row, widths, strict=True)]
        for i in range(max(map(len, cells))):
            parts = [cell[i] if i < len(cell) else "" for cell in cells]
            yield (" " * _GAP).join(part.ljust(size) for part, size in zip(parts, widths, strict=True))
