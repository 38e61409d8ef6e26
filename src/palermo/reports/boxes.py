"""Boxes of scenarios as columns: the choices that a definition knows, and which of them a box takes in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from palermo.corpus.lookup import strict_theory
from palermo.corpus.models import Corpus
from palermo.documents.report import Line, Table, line, muted, strong
from palermo.logic.formula import NEVER, Formula
from palermo.logic.scenarios import Box, Choice, Comparison
from palermo.reports.words import side_in_words

HEADS = ("Act", "Means", "Purpose", "Circumstance")
INSIDE, OUTSIDE = "\N{BLACK SQUARE} ", "\N{WHITE SQUARE} "

Known = Sequence[Collection[Choice]]
"""For each of logic.scenarios.DIMENSIONS the choices that a definition knows."""


@dataclass(frozen=True)
class Column:
    """One dimension of a box: each choice, and whether the box takes it in; `whole` says so where it takes in all.

    A choice is concepts that go together; an empty one says that nothing further is asked for.
    """

    head: str
    choices: tuple[tuple[Choice, bool], ...]
    whole: str = ""


def choices_known(corpus: Corpus, required: Formula) -> tuple[frozenset[Choice], ...]:
    """The choices that a definition knows, act by act, means by means, purpose by purpose."""
    return Comparison(required, NEVER, strict_theory(corpus)).choices


def columns(corpus: Corpus, known: Known, box: Box) -> tuple[Column, ...]:
    """A box beside all that the definition knows, in the order of the vocabulary; what plays no part is left out."""
    order = {id: i for i, id in enumerate(corpus.concepts)}
    found = []
    for i, (head, side) in enumerate(zip(HEADS, box.choices(), strict=True)):
        every = {*known[i], *side}
        if not any(every):
            continue
        listed = sorted(every, key=lambda choice: (not choice, [order.get(concept, len(order)) for concept in choice]))
        whole = side_in_words(corpus, side, True, i) if box.all_of[i] and i < len(HEADS) - 1 else ""
        found.append(Column(head, tuple((choice, choice in side) for choice in listed), whole))
    return tuple(found)


def box_table(corpus: Corpus, drawn: Sequence[Column], caption: str) -> Table:
    """The columns as a table: a sign before each choice says whether the box takes it in."""
    cells = [[_cell(corpus, choice, inside) for choice, inside in column.choices] for column in drawn]
    rows = tuple(
        tuple(cell[i] if i < len(cell) else () for cell in cells) for i in range(max(map(len, cells), default=0))
    )
    return Table(caption, tuple(column.head for column in drawn), rows)


def _cell(corpus: Corpus, choice: Choice, inside: bool) -> Line:
    words = side_in_words(corpus, (choice,), False, 0)
    return line(INSIDE, strong(words)) if inside else line(OUTSIDE, muted(words))
