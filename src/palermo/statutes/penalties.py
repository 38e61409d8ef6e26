"""Terms of imprisonment in a sentence: the least and the most, as numbers and words of the language give them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from palermo.corpus.terms import Term, at_least
from palermo.statutes.phrases import Found, Vocabulary
from palermo.statutes.words import Word

_UNITS = ("year", "month", "day")
LONGEST = {"year": 99, "month": 999, "day": 999}
"""What is more is no term of imprisonment but a number of something else."""
_REACH = 24
"""How many words may lie between the word for prison and a term."""
_NEAR = 4
"""How many words may lie between `at least` or `at most` and the term."""
_HAN = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


class PenaltyRead(msgspec.Struct, frozen=True, omit_defaults=True):
    """Imprisonment from `min` to `max`, and whether a fine is named beside it."""

    min: Term | None = None
    max: Term | None = None
    fine: bool = False


def penalty_of(words: Sequence[Word], found: Sequence[Found], vocabulary: Vocabulary) -> PenaltyRead | None:
    """The first penalty of prison that a sentence names; None where it names none.

    `words` and `found` are those of one sentence. A term without `at least` or `at most` is the most; two terms after
    each other are the least and the most.
    """
    cues = [f for f in found if f.kind == "cues"]
    prisons = [f for f in cues if f.name in ("prison", "life", "death")]
    if not prisons:
        return None
    fine = any(f.name == "fine" for f in cues)
    whole = next((f for f in cues if f.name in ("life", "death")), None)
    terms = [
        (first, last, term)
        for first, last, term in _terms(words, cues, vocabulary)
        if any(abs(first - prison.last) <= _REACH or abs(prison.first - last) <= _REACH for prison in prisons)
    ]
    if not terms:
        return PenaltyRead(max=Term(0, whole.name), fine=fine) if whole else None
    least = most = None
    first, last, term = terms[0]
    following = (
        terms[1] if len(terms) > 1 and terms[1][0] - last <= _NEAR + 1 and not _shorter(terms[1][2], term) else None
    )
    if following:
        least, most = term, following[2]
    elif _said(cues, first, last, "at-least"):
        least = term
    else:
        most = term
    if whole and most is None:
        most = Term(0, whole.name)
    return PenaltyRead(least, most, fine)


def _shorter(one: Term, other: Term) -> bool:
    return at_least(one, other) is False


def _said(cues: Sequence[Found], first: int, last: int, what: str) -> bool:
    """Whether the nearest of `at least` and `at most` around a term is this one."""
    near = [
        (min(abs(first - f.last), abs(f.first - last)), f.name)
        for f in cues
        if f.name in ("at-least", "at-most") and (0 <= first - f.last <= _NEAR or -1 <= f.first - last <= _NEAR)
    ]
    return bool(near) and min(near)[1] == what


def term_in(words: Sequence[Word], found: Sequence[Found], vocabulary: Vocabulary) -> Term | None:
    """The first length of time that words name."""
    cues = [f for f in found if f.kind == "cues"]
    return next((term for _, _, term in _terms(words, cues, vocabulary)), None)


def _terms(words: Sequence[Word], cues: Sequence[Found], vocabulary: Vocabulary) -> list[tuple[int, int, Term]]:
    """Every number with a unit of time after it; a number whose unit stands after the next number has that unit."""
    units = {f.first: f.name for f in cues if f.name in _UNITS}
    ranges = {j for f in cues if f.name in ("range", "at-most") for j in range(f.first, f.last + 1)}
    found: list[tuple[int, int, Term]] = []
    pending: tuple[int, int, int] | None = None
    i = 0
    while i < len(words):
        number, after = _number_at(words, i, vocabulary)
        if number is None:
            i += 1
            continue
        unit_at = next((j for j in range(after, min(after + 3, len(words))) if j in units), None)
        between = _number_at(words, unit_at - 1, vocabulary)[0] if unit_at and unit_at - 1 >= after else None
        if unit_at is not None and between is None and number <= LONGEST[units[unit_at]]:
            term = Term(number, units[unit_at])
            if pending and all(j in ranges for j in range(pending[1] + 1, i)):
                found.append((pending[0], pending[1], Term(pending[2], term.unit)))
            found.append((i, unit_at, term))
            pending, i = None, unit_at + 1
        else:
            pending = (i, after - 1, number)
            i = after
    return found


def _number_at(words: Sequence[Word], i: int, vocabulary: Vocabulary) -> tuple[int | None, int]:
    """The number that begins at a word, and the word after it; one said in words and figures, `four (4)`, is one."""
    number, after = _spelled_at(words, i, vocabulary)
    if number is not None and after < len(words):
        again, end = _spelled_at(words, after, vocabulary)
        if again == number:
            return number, end
    return number, after


def _spelled_at(words: Sequence[Word], i: int, vocabulary: Vocabulary) -> tuple[int | None, int]:
    folded = words[i].folded
    if folded.isdecimal():
        return (int(folded), i + 1) if len(folded) < 4 else (None, i + 1)
    if re.fullmatch("[一二三四五六七八九十]", folded):
        return _han_number(words, i)
    number = vocabulary.numbers.get(folded)
    if number is None:
        return None, i + 1
    following = vocabulary.numbers.get(words[i + 1].folded) if i + 1 < len(words) else None
    if following is not None and 0 < following < 10 <= number and number % 10 == 0:
        return number + following, i + 2
    return number, i + 1


def _han_number(words: Sequence[Word], i: int) -> tuple[int, int]:
    total, digit = 0, 0
    while i < len(words) and (words[i].folded in _HAN or words[i].folded == "十"):
        if words[i].folded == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _HAN[words[i].folded]
        i += 1
    return total + digit, i
