"""Text into words that can be compared: folded, cut to their stems, with their places in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

_SINGLE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f"
_WORD = re.compile(rf"[{_SINGLE}]|[^\W{_SINGLE}_]+(?:[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]+[^\W_]*)*")
_BREAK = re.compile(r"[.!?؟](?=\s+[^\W\da-z]|\s+\W|\s*$)|[。？؟]")
_VARIANTS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None, "ё": "е"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its stem, its folded form, where it begins and ends, and in which sentence."""

    stem: str
    folded: str
    start: int
    end: int
    sentence: int


def fold(word: str) -> str:
    """Lower case, without accents or vowel signs, variants of one letter alike."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_VARIANTS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_VARIANTS)


@lru_cache(maxsize=32)
def _stemmer(algorithm: str | None) -> Callable[[str], str]:
    if algorithm is None:
        return fold
    import snowballstemmer

    cut = snowballstemmer.stemmer(algorithm).stemWord
    return lru_cache(maxsize=65536)(lambda word: fold(cut(unicodedata.normalize("NFC", word.casefold()))))


def stem(word: str, algorithm: str | None) -> str:
    """The folded stem of a word, by a Snowball algorithm; without one the folded word."""
    return _stemmer(algorithm)(word)


def words_of(text: str, algorithm: str | None, skip: Collection[str] = frozenset()) -> Sequence[Word]:
    """The words of a text, those whose folded form is in `skip` left out."""
    cut, found, sentence = _stemmer(algorithm), [], 0
    breaks = iter([match.start() for match in _BREAK.finditer(text)])
    following = next(breaks, len(text))
    for match in _WORD.finditer(text):
        while match.start() > following:
            sentence += 1
            following = next(breaks, len(text))
        folded = fold(match[0])
        if folded not in skip:
            found.append(Word(cut(match[0]), folded, match.start(), match.end(), sentence))
    return found
