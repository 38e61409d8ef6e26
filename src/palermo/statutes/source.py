"""A statute as lines of text that know their place, and the faults of a file that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec


class UnreadableStatute(ValueError):
    """The file holds no statute that can be read; the message says why and what would help."""


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a text stands in its file: a line (of a .docx a paragraph) or a page, counted from 1."""

    line: int | None = None
    page: int | None = None

    def __str__(self) -> str:
        return f"page {self.page}" if self.page else f"line {self.line}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph. `heading`: the file marks it as one."""

    text: str
    place: Place
    heading: bool = False


class Section(msgspec.Struct, frozen=True, omit_defaults=True):
    """A numbered section or article. `number` as the statute writes it, `text` with the heading left out."""

    number: str
    heading: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Source:
    """What a file gave: its title where the file says it, lines, or sections where the markup names them."""

    title: str | None
    lines: tuple[Line, ...] = ()
    sections: tuple[Section, ...] = ()
