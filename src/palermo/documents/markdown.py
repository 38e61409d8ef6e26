"""A report as Markdown: for assistants, issue trackers and wikis. Tables stay tables, nothing is padded."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    Span,
    Table,
)

_DEEPEST = 6
_MEANT = re.compile(r"([\\`*<|])")
"""Signs that Markdown gives a meaning of its own."""


def markdown(report: Report) -> str:
    """The report as Markdown, with up to which day all is known under its title and its closing at the end."""
    parts = [f"# {_escaped(report.title)}"]
    if report.known:
        parts.append(f"{_escaped(report.known)}.")
    for block in report.blocks:
        parts += _block(block, 2)
    if report.closing:
        parts.append(_escaped(report.closing))
    return "\n\n".join(parts) + "\n"


def _block(block: Block, level: int) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield _words(block.line)
    elif isinstance(block, Notice):
        yield f"> {_words(block.line)}"
    elif isinstance(block, Facts):
        yield "\n".join(f"- {_escaped(name)}: {_words(value)}" for name, value in block.pairs)
    elif isinstance(block, Listing):
        lines = [line for entry in block.entries for line in _entry(entry, 0)]
        yield "\n".join([f"{_escaped(block.lead)}:", "", *lines] if block.lead else lines)
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Figure):
        yield _escaped(block.alternative)
    else:
        yield from _section(block, level)


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"{'#' * min(level, _DEEPEST)} {_escaped(section.heading)}"
    for block in section.blocks:
        yield from _block(block, level + 1)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"{_escaped(table.caption)}:"
    heads = f"| {' | '.join(map(_escaped, table.heads))} |"
    rule = f"|{'---|' * len(table.heads)}"
    yield "\n".join([heads, rule, *(f"| {' | '.join(map(_words, row))} |" for row in table.rows)])


def _entry(entry: Entry, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- {_words(entry.line)}"
    for below in entry.below:
        yield from _entry(below, depth + 1)


def _words(line: Line) -> str:
    return " ".join("".join(map(_span, line)).split())


def _span(span: Span) -> str:
    text = _escaped(span.text)
    if span.address:
        return f"[{text}](<{span.address}>)"
    bare = text.strip()
    if span.style in ("strong", "badge", "mark") and bare:
        return text.replace(bare, f"**{bare}**", 1)
    return text


def _escaped(text: str) -> str:
    return _MEANT.sub(r"\\\1", text)
