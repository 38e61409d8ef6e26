"""From a text to the words under which it is kept and looked for, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from palermo.search.text_folding import (
    bigrams,
    folded,
    stem_arabic,
    stem_english,
    stem_french,
    stem_russian,
    stem_spanish,
)

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
_LATIN: dict[str, Callable[[str], str]] = {"en": stem_english, "fr": stem_french, "es": stem_spanish}

_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u00ad\u200b-\u200f"
)
_INITIALS = r"\b(?:[A-Za-z]\.){2,}"
_WORD = re.compile(rf"{_INITIALS}|[{_HAN}]+|[^\W_{_HAN}](?:[^\W_{_HAN}]|[{_MARKS}])*")
_FIRST_HAN = "\u3040"
_IS_HAN = re.compile(rf"[{_HAN}]")
_CYRILLIC, _ARABIC = re.compile("[\u0400-\u052f]"), re.compile("[\u0600-\u06ff\u0750-\u077f]")

_FUNCTION_WORDS = (
    "a an and are as at be by for from in is of on or that the to with "  # English
    "au aux d de des du en et l la le les ou par pour sur un une "  # French
    "al con del e el las los para por que un una y o "  # Spanish
    "в во и из к на о об от по с со у "  # Russian
    "في من على عن الى و او"  # Arabic
)
FUNCTION_WORDS = frozenset(map(folded, _FUNCTION_WORDS.split()))
"""Words that carry nothing when others stand beside them."""

_CITED = {
    **dict.fromkeys(("section", "sections", "sec", "secs", "ss", "§", "§§"), "s"),
    **dict.fromkeys(("article", "articles", "arts", "articulo", "articulos", "artikel", "articolo", "artigo"), "art"),
    **dict.fromkeys(("статья", "статьи", "ст", "ماده", "الماده"), "art"),
    **dict.fromkeys(("paragraph", "paragraphs", "paras"), "para"),
}
_ARTICLE_IN_CHINESE = re.compile(r"第\s*(\d+)\s*条")
_JOINED = re.compile(r"(s|ss|art|arts)(\d.*)")
_CITATION_WORD = re.compile(rf"§+|{_WORD.pattern}")


class Word(NamedTuple):
    """A word of a text as it is kept, and where it stands: `text[start:end]`."""

    kept: str
    start: int
    end: int


def composed(text: str) -> str:
    """A text with each letter and its signs in one, as far as Unicode can: the form in which texts are kept."""
    return unicodedata.normalize("NFC", text)


def words_of(text: str, language: str = "en") -> list[Word]:
    """The words of a composed text. `language` says how words in Latin letters are stemmed; others tell their own."""
    found = []
    for match in _WORD.finditer(text):
        start, written = match.start(), match.group()
        if is_han(written):
            found += [Word(folded(pair), start + i, start + i + len(pair)) for i, pair in enumerate(bigrams(written))]
        elif kept := _kept(written, language):
            found.append(Word(kept, start, match.end()))
    return found


@lru_cache(maxsize=200_000)
def _kept(written: str, language: str) -> str:
    return stem(_plain(written), language)


@lru_cache(maxsize=200_000)
def _plain(written: str) -> str:
    """A word folded; initials (`U.S.C.`) as one word without their points."""
    return folded(written.replace(".", ""))


def stem(plain: str, language: str) -> str:
    """The stem of a folded word; figures, and words with a figure in them, are their own."""
    if any(map(str.isdecimal, plain)):
        return plain
    if _CYRILLIC.search(plain):
        return stem_russian(plain)
    if _ARABIC.search(plain):
        return stem_arabic(plain)
    return _LATIN.get(language, stem_english)(plain)


@lru_cache(maxsize=10_000)
def kept_words(text: str, language: str = "en") -> tuple[str, ...]:
    """The words of a text as they are kept, in order."""
    return tuple(word.kept for word in words_of(text, language))


def looked_for(text: str, language: str = "en") -> tuple[str, ...]:
    """A part of a query as words that follow each other in a text that has it.

    Where it ends in a Chinese run, the last character is looked for inside its pair: another may follow it in the text.
    """
    words = words_of(text, language)
    if len(words) > 1 and words[-1].end == words[-2].end:
        words.pop()
    return tuple(word.kept for word in words)


def is_han(kept: str) -> bool:
    """Whether a kept word is of Chinese characters."""
    return kept >= _FIRST_HAN and bool(_IS_HAN.match(kept))


def plain_words(text: str) -> list[str]:
    """The folded words of a text with all their endings; runs of Chinese characters are left out."""
    return [_plain(written) for written in _WORD.findall(text) if not is_han(written)]


@lru_cache(maxsize=10_000)
def citation_words(text: str) -> tuple[str, ...]:
    """A citation in one spelling: `18 U.S.C. § 1591(a)` is `18 usc 1591 a`, `Article 5(1)` is `art 5 1`."""
    found: list[str] = []
    for written in _CITATION_WORD.findall(_ARTICLE_IN_CHINESE.sub(r" art \1 ", text)):
        plain = _plain(written)
        joined = _JOINED.fullmatch(plain)
        for part in joined.groups() if joined else (plain,):
            word = _CITED.get(part, part)
            if word and not (word == "s" and found and found[-1] == "usc"):
                found.append(word)
    return tuple(found)


def contains(words: Sequence[str], part: Sequence[str]) -> bool:
    """Whether the words of `part` follow each other in `words`. A single Chinese character is part of a pair."""
    if len(part) == 1 and is_han(part[0]) and len(part[0]) == 1:
        return any(word.startswith(part[0]) for word in words)
    wanted, length = tuple(part), len(part)
    return any(tuple(words[i : i + length]) == wanted for i in range(len(words) - length + 1))
