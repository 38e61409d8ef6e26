"""The shape of a report: sections of paragraphs, lists, facts, tables and figures. Frozen data, no behaviour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

_RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
Style = Literal["plain", "strong", "muted", "cite", "badge", "mark"]


class Span(msgspec.Struct, frozen=True):
    """Words in one style. A `badge` is a short mark such as a verdict; its words must stand for themselves.

    `address` is where what the words name is found, for those who read on a screen.
    """

    text: str
    style: Style = "plain"
    address: str = ""


Line = tuple[Span, ...]


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """Running text."""

    line: Line


class Notice(msgspec.Struct, frozen=True, tag="notice"):
    """A remark that must not be overlooked."""

    line: Line


class Facts(msgspec.Struct, frozen=True, tag="facts"):
    """Names with their values."""

    pairs: tuple[tuple[str, Line], ...]


class Entry(msgspec.Struct, frozen=True):
    """One entry of a list, with entries below it."""

    line: Line
    below: tuple[Entry, ...] = ()


class Listing(msgspec.Struct, frozen=True, tag="listing"):
    """A list under a lead-in. `folded`: a page may hide it until asked for; print and text show it."""

    lead: str
    entries: tuple[Entry, ...]
    folded: bool = False


class Table(msgspec.Struct, frozen=True, tag="table"):
    """Rows under column heads; the first cell of a row is its head."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


class Figure(msgspec.Struct, frozen=True, tag="figure"):
    """A picture (SVG) with a caption; `alternative` are the words in its place, all there is where `svg` is empty."""

    alternative: str
    caption: str
    svg: str = ""


class Section(msgspec.Struct, frozen=True, tag="section"):
    """A part of a report under a heading; `anchor` is its address on a page."""

    heading: str
    anchor: str
    blocks: tuple[Block, ...]


Block = Paragraph | Notice | Facts | Listing | Table | Figure | Section


class Report(msgspec.Struct, frozen=True):
    """A whole report. `closing` is said once at its end; `known`, up to which day all is known, on every page."""

    title: str
    blocks: tuple[Block, ...]
    closing: str = ""
    language: str = "en"
    known: str = ""


def right_to_left(language: str) -> bool:
    """Whether a language is written from right to left."""
    return language in _RIGHT_TO_LEFT


def line(*parts: str | Span) -> Line:
    """Spans from words and spans; empty words are left out."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts if part)


def strong(text: str) -> Span:
    """Words that carry the answer."""
    return Span(text, "strong")


def muted(text: str) -> Span:
    """Words of less weight."""
    return Span(text, "muted")


def cite(text: str) -> Span:
    """A pinpoint citation."""
    return Span(text, "cite")


def link(text: str, address: str) -> Span:
    """Words that lead to an address on the web; plain words where there is none."""
    return Span(text, address=address)


def badge(text: str) -> Span:
    """A short mark."""
    return Span(text, "badge")


def mark(text: str) -> Span:
    """Words that were looked for."""
    return Span(text, "mark")


def entries(lines: Iterable[Line | str]) -> tuple[Entry, ...]:
    """Plain entries of a list."""
    return tuple(Entry(line(part) if isinstance(part, str) else part) for part in lines)
