"""Boxes of scenarios as columns: the choices that a definition knows, and which of them a box takes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from palermo.corpus.models import Corpus
from palermo.documents.report import Line, Table, line, muted, strong
from palermo.logic.formula import NEVER, Formula, concepts_in
from palermo.logic.scenarios import Box, Choice, Comparison
from palermo.logic.theory import Theory
from palermo.reports.words import side_in_words

HEADS = ("Act", "Means", "Purpose", "Circumstance")
INSIDE, OUTSIDE = "\N{BLACK SQUARE} ", "\N{WHITE SQUARE} "


@dataclass(frozen=True)
class Known:
    """What a definition knows: for each of logic.scenarios.DIMENSIONS its choices, and the kinds of a concept.

    A concept that another one takes in, by definition or on a reading, is no choice of its own but a kind of the other.
    """

    choices: tuple[frozenset[Choice], ...]
    kinds: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Of:
    """A choice in a column: concepts that go together, or none where nothing further is asked for."""

    concepts: Choice
    inside: bool
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One dimension of a box with its choices; `whole` says so where the box takes in all of them."""

    head: str
    choices: tuple[Of, ...]
    whole: str = ""


def choices_known(required: Formula, theory: Theory) -> Known:
    """The choices that a definition knows, act by act, means by means, purpose by purpose."""
    choices = Comparison(required, NEVER, theory).choices
    alone = {concept for side in choices for choice in side for concept in choice}
    kinds: dict[str, tuple[str, ...]] = {}
    for concept in dict.fromkeys(concepts_in(required)):
        for above in theory.above(concept) & alone if concept not in alone else ():
            kinds[above] = (*kinds.get(above, ()), concept)
    return Known(choices, kinds)


def columns(corpus: Corpus, known: Known, box: Box) -> tuple[Column, ...]:
    """A box beside all that the definition knows, in the order of the vocabulary; what plays no part is left out."""
    order = {id: i for i, id in enumerate(corpus.concepts)}
    found = []
    for i, (head, side) in enumerate(zip(HEADS, box.choices(), strict=True)):
        every = {*known.choices[i], *side}
        if not any(every):
            continue
        listed = sorted(every, key=lambda choice: (not choice, [order.get(concept, len(order)) for concept in choice]))
        all_of_it = len(known.choices[i]) > 1 and known.choices[i] <= set(side)
        whole = side_in_words(corpus, side, True, i) if all_of_it and i < len(HEADS) - 1 else ""
        of = tuple(Of(c, c in side, known.kinds.get(c[0], ()) if len(c) == 1 else ()) for c in listed)
        found.append(Column(head, of, whole))
    return tuple(found)


def box_table(corpus: Corpus, drawn: Sequence[Column], caption: str) -> Table:
    """The columns as a table: a sign before each choice says whether the box takes it in."""
    cells = [[_cell(corpus, choice) for choice in column.choices] for column in drawn]
    rows = tuple(
        tuple(cell[i] if i < len(cell) else () for cell in cells) for i in range(max(map(len, cells), default=0))
    )
    return Table(caption, tuple(column.head for column in drawn), rows)


def _cell(corpus: Corpus, choice: Of) -> Line:
    words = side_in_words(corpus, (choice.concepts,), False, 0)
    return line(INSIDE, strong(words)) if choice.inside else line(OUTSIDE, muted(words))
