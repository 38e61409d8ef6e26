"""The shape of a letter from one authority to another. Frozen data, no behaviour."""

from __future__ import annotations

from datetime import date

import msgspec


class Passage(msgspec.Struct, frozen=True):
    """A part of a letter under its heading; `missing` marks words that stand for what is still to be written."""

    heading: str
    paragraphs: tuple[str, ...]
    missing: bool = False


class Letter(msgspec.Struct, frozen=True):
    """A whole letter in one language.

    `letterhead` are the lines of the sender, a slot where they are empty. `marks` stand at the top, such as URGENT.
    `named` are labelled lines (reference, date). `annexes` are numbered in their order. `page` is the running foot with
    {n} and {total}.
    """

    language: str
    dated: date
    title: str
    letterhead: tuple[str, ...]
    addressee: tuple[str, ...]
    to: str
    named: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    opening: tuple[str, ...]
    passages: tuple[Passage, ...]
    closing: tuple[str, ...]
    annexes_heading: str
    annexes: tuple[str, ...]
    signature: str
    signatory: tuple[str, ...]
    page: str
