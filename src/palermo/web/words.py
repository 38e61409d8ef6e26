"""Words in the reader's language: those of the interface, and those the corpus itself knows in six languages.

Reports are made in English. What they say in fixed words is looked up as a whole, then as one of a few patterns whose
parts are put into the language one by one, then as a list of such words. What is none of these stays English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from gettext import NullTranslations, translation
from typing import Final

from babel.dates import format_date
from babel.lists import format_list
from babel.units import format_unit
from django.conf import settings
from django.utils.translation import gettext_noop as _

from palermo.corpus.models import Corpus
from palermo.ledger.parties import names_in_un_languages
from palermo.web.language import language
from palermo.web.the_law import the_law

LOCALES: Final = {"en": "en_GB", "zh": "zh_Hans"}
"""Locales of languages that are named otherwise than the language."""
PATTERNS: Final = (
    _("%(instrument)s art %(article)s"),
    _("%(name)s: %(title)s"),
    _("law of %(state)s"),
    _("Law of %(system)s"),
    _("federal law of %(state)s"),
    _("as it stood up to %(day)s"),
    _("Law as known at %(day)s"),
    _("Law as known at %(day)s to %(last_day)s"),
    _("acts of States as known at %(day)s"),
    _("Acts of States as known at %(day)s"),
    _("acts of States as known at %(day)s to %(last_day)s"),
    _("Acts of States as known at %(day)s to %(last_day)s"),
    _("Statements are known up to %(day)s."),
    _("known up to %(day)s"),
    _("touches %(provisions)s"),
    _("speaks of %(provisions)s"),
    _("art %(article)s"),
    _("law: %(answer)s"),
    _("on its words %(answer)s"),
    _("on its words: %(answer)s"),
    _("%(verb)s (%(qualifier)s)"),
    _("Instruments and %(party)s"),
    _("Findings on the %(instrument)s"),
    _("Findings on the %(instrument)s, one by one"),
    _("Entitlements in %(system)s"),
    _("Parties to the %(instrument)s"),
    _("%(system)s: offences relied on"),
    _("%(system)s: offences and readings relied on"),
    _("Not encoded: %(number)s further questions"),
    _("%(kind)s %(day)s"),
    _("In force for %(party)s since %(day)s (%(how)s)."),
    _("%(party)s does not take part."),
    _("The table of acts, known up to %(day)s, names no act of %(party)s."),
    _("only where also %(facts)s:"),
    _("if “%(word)s” takes in “%(other)s”"),
    _("“%(word)s” takes in “%(other)s”"),
    _("and under %(number)s further condition, in the data"),
    _("and under %(number)s further conditions, in the data"),
    _("and in %(number)s further ways, in the data"),
    _("for part of it or in %(number)s further ways, in the data"),
)
FIXED: Final = (
    _("day not known"),
    _("days not found"),
    _("statements not encoded"),
    _("by the instrument's rule"),
    _("as published"),
    _("day by the instrument's rule"),
    _("day as published"),
    _("bilateral"),
    _("provisional"),
    _("by rule"),
    _("partial"),
    _("by"),
    _("what is done in practice"),
    _("Text"),
    _("Citation"),
    _("Version"),
    _("Mental element"),
    _("For a later party"),
    _("and so on"),
    _("no further fact"),
    _("any means"),
)
"""Words that reports put together from parts."""
_DURATION = re.compile(r"(\d+) (day|week|month|year)s?")
_ONE_DAY = r"\d{1,2} [A-Z][a-z]+ \d{4}"
_DAY = rf"{_ONE_DAY}|day not known"
_SHAPES = {
    "day": _DAY,
    "last_day": _DAY,
    "number": r"\d+",
    "article": r"\d[^;:]*",
    "title": r"[^:]+",
    "kind": r"[^,;:]+",
}
_STOPS = {
    "ar": str.maketrans({",": "،", ";": "؛"}),
    "zh": str.maketrans({",": "，", ";": "；", ":": "：", ".": "。"}),
    "fr": str.maketrans({":": "\N{NO-BREAK SPACE}:", ";": "\N{NO-BREAK SPACE};"}),
}
MOST_LETTERS = 500
"""Texts longer than this are prose and are only looked up as a whole."""


class _Unknown(NullTranslations):
    """What a catalogue falls back upon: an empty text for what it does not hold."""

    def gettext(self, message: str) -> str:  # noqa: ARG002
        return ""


@cache
def _catalogue(code: str) -> NullTranslations:
    found = translation("django", settings.LOCALE_PATHS[0], [_locale(code)])
    found.add_fallback(_Unknown())
    return found


def word(english: str) -> str:
    """A word of a report in the reader's language, or as it is."""
    return translated(english) or english


def translated(english: str) -> str | None:
    """A text in the reader's language: a name or label of the corpus, or one that the catalogue holds. None if not."""
    if language() == "en":
        return english
    stripped = english.strip()
    if not stripped:
        return english
    said = _said(stripped, language())
    return None if said is None else english.replace(stripped, said)


def day_in_words(day: date) -> str:
    """A day as the reader's language writes it: `26 November 2026`, `26 novembre 2026`."""
    return format_date(day, "long", locale=_locale(language()))


def _locale(code: str) -> str:
    return LOCALES.get(code, code)


@lru_cache(maxsize=100_000)
def _said(text: str, code: str) -> str | None:
    """A text without space around it, in a language."""
    if len(text) > MOST_LETTERS:
        return _known(text, code)
    return _one(text, code) or _listed(text, code)


def _one(text: str, code: str) -> str | None:
    """A text that is no list."""
    known = _known(text, code)
    if known is not None:
        return known
    if re.fullmatch(_ONE_DAY, text):
        return _day_said(text, code)
    if span := _DURATION.fullmatch(text):
        return format_unit(int(span[1]), f"duration-{span[2]}", locale=_locale(code))
    return _by_pattern(text, code)


def _known(text: str, code: str) -> str | None:
    """A whole text that the corpus or the catalogue holds, or that has no words."""
    if not any(c.isalpha() for c in text):
        return text
    known = _of_corpus(code).get(text) or _catalogue(code).gettext(text)
    if not known and text[-1] in ",;:." and (bare := _known(text[:-1], code)):
        known = bare + _stop(text[-1], code)
    return known or None


def _stop(mark: str, code: str) -> str:
    """A mark between words as the language writes it."""
    said = mark.translate(_STOPS.get(code, {}))
    return said.rstrip() if code == "zh" else said


def _day_said(text: str, code: str) -> str | None:
    try:
        day = datetime.strptime(text, "%d %B %Y").date()
    except ValueError:
        return None
    return format_date(day, "long", locale=_locale(code))


def _by_pattern(text: str, code: str) -> str | None:
    for message, shape in _shapes():
        match = shape.fullmatch(text)
        if match:
            parts = {name: part if name == "article" else _said(part, code) for name, part in match.groupdict().items()}
            if None not in parts.values() and (pattern := _catalogue(code).gettext(message)):
                return pattern % parts
    return None


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each pattern with the expression that knows its texts."""
    found = []
    for message in PATTERNS:
        parts = re.split(r"%\((\w+)\)s", message)
        whole = "".join(
            f"(?P<{part}>{_SHAPES.get(part, '.+?')})" if i % 2 else re.escape(part) for i, part in enumerate(parts)
        )
        found.append((message, re.compile(whole)))
    return tuple(found)


def _listed(text: str, code: str) -> str | None:
    """Words in a list, in the language: parts parted by semicolons, each of words parted by commas, `or` and `and`."""
    if "; " in text:
        sides = [_said(side, code) for side in text.split("; ")]
        return None if None in sides else _stop("; ", code).join(filter(None, sides))
    found = _words_of_list(text, code)
    if found is None or len(found[0]) < 2:
        return None
    words, joiner = found
    if joiner == " with ":
        return f"{words[0]} ({words[1]})" if len(words) == 2 else None
    if not joiner:
        return _stop(", ", code).join(words)
    return format_list(words, style="or" if joiner == " or " else "standard", locale=_locale(code))


def _words_of_list(text: str, code: str) -> tuple[list[str], str] | None:
    """The words of a list in the language, and what joins the last two; None where one of them is not known."""
    whole = _one(text, code)
    if whole:
        return [whole], ""
    for joiner in (", ", " or ", " and ", " with "):
        start = text.find(joiner)
        while start >= 0:
            head = _one(text[:start], code)
            rest = _words_of_list(text[start + len(joiner) :], code) if head else None
            if head and rest:
                return [head, *rest[0]], rest[1] or (joiner if joiner != ", " else "")
            start = text.find(joiner, start + 1)
    return None


@cache
def _of_corpus(code: str) -> dict[str, str]:
    """English words of the corpus with what they are in a language; short names of instruments are the catalogue's."""
    corpus = the_law().corpus
    found = {concept.label["en"]: concept.label[code] for concept in corpus.concepts.values() if code in concept.label}
    found |= {form.label["en"]: form.label[code] for form in corpus.forms.values() if code in form.label}
    found |= {i.title: i.title_in[code] for i in corpus.instruments.values() if code in i.title_in}
    names = _state_names(corpus, code)
    for state in corpus.parties:
        systems = corpus.systems_of(state)
        if len(systems) == 1 and corpus.parties[state].name in names:
            names.setdefault(systems[0].legal_system, names[corpus.parties[state].name])
    return found | names


def _state_names(corpus: Corpus, code: str) -> dict[str, str]:
    return {party.name: name for party, of, name in names_in_un_languages(corpus) if of == code}


def in_a_row(texts: Iterable[str]) -> str:
    """Texts with the language's semicolons between them."""
    return _stop("; ", language()).join(texts)


def state_name(code: str) -> str:
    """The name of a State in the reader's language."""
    return word(the_law().corpus.parties[code].name)
