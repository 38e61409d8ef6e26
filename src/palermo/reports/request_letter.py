"""A draft request as a letter in the language of its recipient."""

from __future__ import annotations

import re

from babel import Locale
from babel.dates import format_date

from palermo.cooperation.answers import Route
from palermo.cooperation.requests import ElementOfDraft, RequestDraft, days_in, elements_of, kind_of, phrase
from palermo.corpus.models import Corpus
from palermo.documents.letter import Letter, Passage

_LETTERHEAD_SLOT = ("", "", "")


def request_letter(corpus: Corpus, draft: RequestDraft, route: Route) -> Letter:
    """The letter of a draft. What its basis requires and nobody has written stands as such. Raises NoRequest."""
    language = draft.language
    _, kind = kind_of(corpus, draft.form, draft.basis)

    def said(name: str, **values: str) -> str:
        return phrase(corpus, name, language, **values)

    states = {
        "requesting": state_name(corpus, draft.requesting, language),
        "requested": state_name(corpus, draft.requested, language),
    }
    opening = [kind.opening[language].format(**states), said("basis", basis=basis_in_words(corpus, route, language))]
    marks = [said(name) for name, holds in (("urgent", draft.urgent), ("confidential", draft.confidential)) if holds]
    closing = [said("keep_confidential")] if draft.confidential else []
    closing += [said(name) for name in kind.closing]
    passages = [
        _passage(corpus, element, language)
        for element in elements_of(corpus, draft, route)
        if element.text.strip() or element.missing
    ]
    named = [(said("reference"), draft.reference)] if draft.reference else []
    named.append((said("date"), format_date(days_in(draft), "long", locale=language)))
    return Letter(
        language=language,
        dated=days_in(draft),
        title=kind.title[language],
        letterhead=draft.letterhead or _LETTERHEAD_SLOT,
        addressee=draft.addressee or (states["requested"],),
        to=said("to"),
        named=tuple(named),
        marks=tuple(marks),
        opening=(*opening, draft.urgent) if draft.urgent else tuple(opening),
        passages=tuple(passages),
        closing=tuple(closing),
        annexes_heading=said("annexes"),
        annexes=draft.annexes,
        signature=said("signature"),
        signatory=draft.signatory,
        page=corpus.request_phrases["page"][language],
    )


def _passage(corpus: Corpus, element: ElementOfDraft, language: str) -> Passage:
    heading = corpus.request_elements[element.id].label[language]
    if element.missing:
        words = phrase(corpus, "missing", language, asks_for=", ".join(element.required_by))
        return Passage(heading, (words,), missing=True)
    return Passage(
        heading, tuple(part.strip() for part in re.split(r"\n\s*\n|\n", element.text.strip()) if part.strip())
    )


def state_name(corpus: Corpus, code: str, language: str) -> str:
    """The name of a party in a language; as in the register where the language has none."""
    party = corpus.parties[code]
    names = Locale(language).territories
    return next((str(names[alias]) for alias in party.aliases if len(alias) == 2 and alias in names), party.name)


def basis_in_words(corpus: Corpus, route: Route, language: str) -> str:
    """The basis with its articles, as a letter in that language cites it."""
    instrument = corpus.instruments.get(route.basis)
    if instrument is None:
        return f"{route.title} ({', '.join(route.cites)})" if language == "en" or not route.cites else route.title
    title = instrument.title_in.get(language, instrument.title)
    numbers = dict.fromkeys(_article(cite, instrument.short) for cite in route.cites)
    articles = [phrase(corpus, "article", language, n=number) for number in numbers if number]
    comma = {"ar": "، ", "zh": "，"}.get(language, ", ")
    return comma.join([title, *articles])


def _article(cite: str, short: str) -> str:
    """The number of the article in a citation of the instrument, without paragraphs; empty for another instrument's."""
    found = re.match(rf"{re.escape(short)} arts? (\w+)", cite) or re.search(r" arts? (\w+)", cite)
    return found[1] if found else ""
