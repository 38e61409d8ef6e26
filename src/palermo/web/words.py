"""Words in the reader's language: those of the interface, and those the corpus itself knows in six languages."""

from __future__ import annotations

from functools import cache

from django.utils import translation

from palermo.corpus.models import Corpus
from palermo.ledger.parties import names_in_un_languages
from palermo.web.language import language
from palermo.web.the_law import the_law


def word(english: str) -> str:
    """A word of a report in the reader's language, or as it is."""
    return translated(english) or english


def translated(english: str) -> str | None:
    """A text in the reader's language: a name or label of the corpus, or one that the catalogue holds. None if not."""
    if language() == "en":
        return english
    found = _of_corpus(language()).get(english)
    if found:
        return found
    stripped = english.strip()
    if not stripped:
        return english
    said = translation.gettext(stripped)
    if said == stripped:
        return None
    return english.replace(stripped, said)


@cache
def _of_corpus(code: str) -> dict[str, str]:
    """English words of the corpus with what they are in a language."""
    corpus = the_law().corpus
    found = {concept.label["en"]: concept.label[code] for concept in corpus.concepts.values() if code in concept.label}
    found |= {i.title: i.title_in[code] for i in corpus.instruments.values() if code in i.title_in}
    found |= {i.short: i.title_in[code] for i in corpus.instruments.values() if code in i.title_in}
    return found | _state_names(corpus, code)


def _state_names(corpus: Corpus, code: str) -> dict[str, str]:
    return {party.name: name for party, of, name in names_in_un_languages(corpus) if of == code}


def state_name(code: str) -> str:
    """The name of a State in the reader's language."""
    return word(the_law().corpus.parties[code].name)
