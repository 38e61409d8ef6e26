"""The styles and what they write differently: dates, articles, sections.

- `oscola`: OSCOLA, 4th edition, with the section on international law of its 2006 edition.
- `bluebook`: The Bluebook, 21st edition, rules 12, 18.2, 20.5, 21.4 and 21.9.
- `un`: as the United Nations cite treaties in their documents.

Strings carry no italics: whoever pastes them sets what a style wants in italics.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, get_args

Style = Literal["oscola", "bluebook", "un"]
STYLES: tuple[Style, ...] = get_args(Style)

_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
"""Table T12 of the Bluebook."""
_ARTICLE = {"oscola": "art", "bluebook": "art.", "un": "art."}
_WORDS = {
    "oscola": {},
    "bluebook": {"s": "§", "ss": "§§", "art": "art.", "arts": "arts.", "para": "para.", "paras": "paras."},
    "un": {"s": "sect.", "ss": "sects.", "art": "art.", "arts": "arts.", "para": "para.", "paras": "paras."},
}
_WORD = re.compile(r"\b(ss?|arts?|paras?)(?= [0-9IVXLC])")
_ORDINALS = {"2": "second", "3": "third", "4": "fourth", "5": "fifth"}
_PART = re.compile(r" (?P<part>s|sentence|clause) (?P<n>[2-5])$")
_NUMBER = re.compile(r"[0-9]|[IVXLC]+(\(|$)")


def day_in(style: Style, day: date) -> str:
    """A day: `15 November 2000`, or `Nov. 15, 2000` in the Bluebook."""
    if style == "bluebook":
        return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
    return f"{day.day} {day:%B} {day.year}"


def article(style: Style, pinpoint: str) -> str:
    """A pinpoint of an instrument, as its provisions are numbered: `3(a)` becomes `art 3(a)`, `art. 3 (a)`.

    The second sentence of a paragraph, in the corpus `13(1) s 2`, is named as such.
    """
    plain = re.sub(r"@.*$| \([^0-9]{4,}\)$", "", pinpoint)
    part = _PART.search(plain)
    plain = _PART.sub("", plain)
    named = f"{_ARTICLE[style]} {plain}" if _NUMBER.match(plain) else section_words(style, plain)
    if part:
        named += f", {_ORDINALS[part['n']]} {'clause' if part['part'] == 'clause' else 'sentence'}"
    return _spaced(style, named.replace(")-(", ")–("))


def section_words(style: Style, words: str) -> str:
    """A citation of national law with `s`, `art` and their like as the style writes them; nothing else is changed."""
    return _spaced(style, _WORD.sub(lambda found: _WORDS[style].get(found.group(), found.group()), words))


def _spaced(style: Style, pinpoint: str) -> str:
    """United Nations documents set a space before each bracket of a number."""
    return re.sub(r"(?<=[0-9A-Za-z)])\((?=[0-9A-Za-z]{1,4}\))", " (", pinpoint) if style == "un" else pinpoint
