"""What somebody looks for: words, "phrases" and beginnings*, whatever else stands between them."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from palermo.search.text_folding import folded
from palermo.search.words import FUNCTION_WORDS, citation_words, composed, is_han, looked_for

MOST_CHARACTERS, MOST_WORDS = 2_000, 64
_QUOTES = re.compile("[“”„‟«»「」『』＂]")
_SHORTEST_BEGINNING = 2


class NothingAsked(ValueError):
    """A query without a word, or with more of them than can be looked for."""


class Asked(msgspec.Struct, frozen=True):
    """One part of a query: a word, words that follow each other, or the beginning of a word."""

    text: str
    kind: Literal["word", "phrase", "beginning"] = "word"


def asked_for(query: str) -> tuple[Asked, ...]:
    """The parts of a query. Signs that are not quotation marks around words or a star after one mean nothing.

    A quotation mark without its other half means nothing either. Words that carry nothing (`of`, `des`) are left out
    where others stand beside them. Raises NothingAsked.
    """
    if len(query) > MOST_CHARACTERS:
        raise NothingAsked(f"a query has at most {MOST_CHARACTERS} characters, not {len(query)}")
    pieces = _QUOTES.sub('"', "".join(c if c.isprintable() else " " for c in composed(query))).split('"')
    if len(pieces) % 2 == 0:
        pieces[-2:] = [" ".join(pieces[-2:])]
    found: list[Asked] = []
    for number, piece in enumerate(pieces):
        if number % 2:
            found.append(Asked(" ".join(piece.split()), "phrase"))
        else:
            found += map(_word, piece.split())
    found = [part for part in dict.fromkeys(found) if looked_for(part.text) or citation_words(part.text)]
    content = [part for part in found if part.kind != "word" or folded(part.text) not in FUNCTION_WORDS]
    parts = tuple(content or found)
    if not parts:
        raise NothingAsked("say what to look for: words, a citation, or a phrase in quotation marks")
    if len(parts) > MOST_WORDS:
        raise NothingAsked(f"a query has at most {MOST_WORDS} words, not {len(parts)}")
    return parts


def _word(written: str) -> Asked:
    beginning = written.rstrip("*")
    words = looked_for(beginning)
    if beginning == written or len(words) != 1 or len(beginning) < _SHORTEST_BEGINNING or is_han(words[0]):
        return Asked(written.replace("*", ""))
    return Asked(beginning, "beginning")
