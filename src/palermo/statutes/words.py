"""Text into words that can be compared: folded, cut to their stems, with their places in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_SINGLE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f"
_WORD = re.compile(rf"[{_SINGLE}]|[^\W{_SINGLE}_]+(?:[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]+[^\W_]*)*")
_END = re.compile(r"[.!?؟](?=\s+[^\W\da-z]|\s+\W|\s+\d|\s*$)|[。？؟]|(?<=;)\s+(?=[“\"«„])")
_ITEM = re.compile(
    r"\s*[“\"«]?(?:(?P<number>\d{1,2})\s?[.°º)\-–](?!\d)|(?P<letter>\(?[a-zñ]{1,2}\)|[a-z]\.)|(?P<roman>\(?[ivx]+\)|[IVX]+[.)]))"
)
_LEAD = re.compile(r"[:—–-]\W*$")
_NUMERAL = re.compile(
    r"(?:^|[\s(])(?:\d{1,2}|[A-Za-z]|[IVXivx]+|[Aa]rts?|[Nn]os?|[Aa]bs|[Ss]s?|Nr|al|lit|inc|num|v|vs|[Ss]ec)$"
)
_VARIANTS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None, "ё": "е"}
)

_PARTICLES = re.compile(r"^(?:[وف]?[بكل]?ال|[وف]?لل|[وف](?=[بكل]?\w{4})(?:[بكل](?=\w{4}))?|[بكل](?=\w{4}))(?=\w{2})")
_TURNED = re.compile("^([وف]?[بك]?)اال")
"""The Arabic article before an alif, as PDF files often give it: the ligature of lam and alif the wrong way round."""
LONGEST_ENTRY = 600
"""Characters within which the first entry of a list must follow what opens it."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its stem, its folded form, where it begins and ends, and in which sentence."""

    stem: str
    folded: str
    start: int
    end: int
    sentence: int


@lru_cache(maxsize=262_144)
def fold(word: str) -> str:
    """Lower case, without accents or vowel signs, variants of one letter alike."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_VARIANTS))
    folded = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_VARIANTS)
    return _TURNED.sub(r"\1الا", folded)


@lru_cache(maxsize=32)
def _stemmer(algorithm: str | None) -> Callable[[str], str]:
    if algorithm is None:
        return fold
    import snowballstemmer

    cut = snowballstemmer.stemmer(algorithm).stemWord
    bare = _without_particles if algorithm == "arabic" else str.casefold

    def stemmed(word: str) -> str:
        return fold(cut(bare(unicodedata.normalize("NFC", word))))

    return stemmed


class _Known(dict[str, tuple[str, str]]):
    """Each distinct word once: its stem and its folded form."""

    def __init__(self, algorithm: str | None) -> None:
        self._cut = _stemmer(algorithm)

    def __missing__(self, word: str) -> tuple[str, str]:
        pair = self[word] = (self._cut(word), fold(word))
        return pair


@lru_cache(maxsize=32)
def _known_words(algorithm: str | None) -> _Known:
    return _Known(algorithm)


def _without_particles(word: str) -> str:
    """An Arabic word without the conjunction, preposition and article written onto it; Snowball leaves some there."""
    return _PARTICLES.sub("", fold(word))


def stem(word: str, algorithm: str | None) -> str:
    """The folded stem of a word, by a Snowball algorithm; without one the folded word."""
    return _known_words(algorithm)[word][0]


def words_of(text: str, algorithm: str | None, skip: Collection[str] = frozenset()) -> Sequence[Word]:
    """The words of a text, those whose folded form is in `skip` left out."""
    known = _known_words(algorithm)
    found = []
    sentence = 0
    breaks = iter(_breaks(text))
    following = next(breaks, len(text))
    for match in _WORD.finditer(text):
        while match.start() > following:
            sentence += 1
            following = next(breaks, len(text))
        word = match[0]
        stemmed, folded = known[word]
        if folded not in skip:
            found.append(Word(stemmed, folded, match.start(), match.end(), sentence))
    return found


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends, in the order that words count them."""
    ends = list(_breaks(text))
    return list(zip([0, *(end + 1 for end in ends)], [*(end + 1 for end in ends), len(text)], strict=True))


def _breaks(text: str) -> Iterator[int]:
    """Where sentences end. The entries of a list that a colon or dash opens belong to the sentence that opens it."""
    style: str | None = None
    for end in _END.finditer(text):
        at = end.start()
        if text[at] == "." and _NUMERAL.search(text, max(0, at - 5), at):
            continue
        item = _ITEM.match(text, end.end())
        kind = item.lastgroup if item else None
        if style is None and kind is not None:
            lead = _first_of_list(text, kind, at)
            style = kind if lead else None
        if kind is None or kind != style:
            style = None
            yield at


def _first_of_list(text: str, kind: str, before: int) -> bool:
    """Whether the entry that ends here is the first of a list opened by a colon or dash shortly before."""
    for item in reversed(list(_ITEM.finditer(text, max(0, before - LONGEST_ENTRY), before))):
        if item.lastgroup == kind and _LEAD.search(text, max(0, item.start() - 6), item.start() + 1):
            return True
    return False
