"""Spellings of one word brought together: one function for each language, none of which knows the corpus.

A folded word has no capitals, no diacritics and no marks of the Arabic script, and folding it again changes nothing.
A stem is a folded word without its endings; it need not be a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Protocol

from snowballstemmer.arabic_stemmer import ArabicStemmer
from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.french_stemmer import FrenchStemmer
from snowballstemmer.russian_stemmer import RussianStemmer
from snowballstemmer.spanish_stemmer import SpanishStemmer


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (the library's name)


_LATIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_KEPT = "йў"
"""Letters of their own whose second part is no diacritic."""
_ARABIC_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیئ", "ي"),
        "ة": "ه",
        "ؤ": "و",
        "ک": "ك",
        "ء": None,
        "ـ": None,
    }
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")

_SPELLING = re.compile(r"(?<=[a-z]{3})is(?=(?:e|es|ed|er|ers|ing|ation|ations)$)")
"""Where American spelling may have a z: organise, criminalisation."""


def folded(word: str) -> str:
    """A word in the one spelling under which it is kept and looked for, whatever its script."""
    if word.isascii():
        return word.lower()
    before, word = "", _INVISIBLE.sub("", word)
    while word != before:
        before = word
        word = fold_arabic(fold_russian(fold_latin(fold_digits(_plain(word)))))
    return word


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())


def fold_digits(word: str) -> str:
    """Digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in word)


def fold_latin(word: str) -> str:
    """Letters without their accents, and the letters that Unicode does not take apart (ø, ł, œ) without theirs."""
    plain = "".join(
        c if c in _KEPT else "".join(d for d in unicodedata.normalize("NFD", c) if unicodedata.category(d) != "Mn")
        for c in word
    )
    return plain.translate(_LATIN_LETTERS)


def fold_russian(word: str) -> str:
    """ё as е; й stays a letter of its own."""
    return word.replace("ё", "е")


def fold_arabic(word: str) -> str:
    """Without vowel signs and tatweel; one alef, one ya, ta marbuta as ha, hamza with or without its seat."""
    return "".join(c for c in word.translate(_ARABIC_LETTERS) if unicodedata.category(c) != "Mn")


def stem_english(word: str) -> str:
    """British and American spelling have one stem: labour and labor, offence and offense, organise and organize."""
    stem = _stemmed(EnglishStemmer, _SPELLING.sub("iz", word))
    if len(stem) > 4 and stem.endswith("our"):
        return stem[:-3] + "or"
    return stem[:-1] + "c" if len(stem) > 5 and stem.endswith("ens") else stem


def stem_french(word: str) -> str:
    """Participles in -ée as those in -é: the accent that told them apart is gone."""
    return _stemmed(FrenchStemmer, re.sub(r"ees?$", "e", word))


def stem_spanish(word: str) -> str:
    """Without the endings of number, gender and verb."""
    return _stemmed(SpanishStemmer, word)


def stem_russian(word: str) -> str:
    """Without the endings of case and verb."""
    return _stemmed(RussianStemmer, word)


def stem_arabic(word: str) -> str:
    """Without article, conjunctions and pronouns, taken off one after the other."""
    for _ in range(3):
        word = _stemmed(ArabicStemmer, word)
    return word


def bigrams(run: str) -> list[str]:
    """A run of Chinese characters as overlapping pairs, the last character once more alone.

    Chinese does not part its words; a word of two or more characters is found as pairs that follow each other.
    """
    return [run[i : i + 2] for i in range(len(run))]


def _stemmed(stemmer: Callable[[], _Stemmer], word: str) -> str:
    return stemmer().stemWord(word)  # a stemmer keeps what it works on, so that no two threads may share one
