"""Finding a State, organisation or territory by code, name or alias."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from palermo.corpus.lookup import plain_name
from palermo.corpus.models import Corpus, Instrument, LegalSystem, Party
from palermo.logic.formula import nearest


class UnknownName(ValueError):
    """Nothing of that name is in the corpus; the message offers the nearest."""


LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
"""The six languages of the United Nations."""


def find_party(corpus: Corpus, name: str) -> Party:
    """The party with that code (`GBR`, `GB`), name or alias, whatever the case and accents.

    Names are those of the register and, of States and territories, those in the six UN languages. Raises UnknownName.
    """
    if name in corpus.parties:
        return corpus.parties[name]
    wanted = _folded(name)
    known = {
        _folded(word): party for party in corpus.parties.values() for word in (party.code, party.name, *party.aliases)
    }
    if wanted in known:
        return known[wanted]
    known = {**{_folded(name): party for party, _, name in names_in_un_languages(corpus)}, **known}
    if wanted in known:
        return known[wanted]
    offer = _nearest_party(wanted, known)
    raise UnknownName(f"there is no State, organisation or territory {name!r} in the register of parties{offer}")


def names_in_un_languages(corpus: Corpus) -> Iterator[tuple[Party, str, str]]:
    """Each State and territory with a language of the United Nations and its name in it."""
    from babel import Locale

    by_alpha_2 = {alias: party for party in corpus.parties.values() for alias in party.aliases if len(alias) == 2}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in by_alpha_2:
                yield by_alpha_2[code], language, name


def _nearest_party(wanted: str, known: dict[str, Party]) -> str:
    names = [word for word in known if len(word) > 3]
    matches = get_close_matches(wanted, names if len(wanted) > 3 else list(known), n=1, cutoff=0.72)
    return f"; did you mean {known[matches[0]].code} ({known[matches[0]].name})?" if matches else ""


def find_legal_systems(corpus: Corpus, name: str) -> tuple[LegalSystem, ...]:
    """The legal systems of a State, or the one with that id. Raises UnknownName where the corpus holds none."""
    if name.upper() in corpus.legal_systems:
        return (corpus.legal_systems[name.upper()],)
    party = find_party(corpus, name)
    systems = corpus.systems_of(party.code)
    if not systems:
        known = ", ".join(sorted({system.state for system in corpus.legal_systems.values()}))
        near = nearest(party.code, {system.state for system in corpus.legal_systems.values()})
        raise UnknownName(f"the corpus holds no law of {party.name}{near}; it holds that of {known}")
    return systems


def find_instrument(corpus: Corpus, name: str) -> Instrument:
    """The instrument of a name: its id, a title, a further name or a number in a series. Raises UnknownName.

    Case, spaces, punctuation and `No` before a number do not matter.
    """
    if name in corpus.instruments:
        return corpus.instruments[name]
    wanted = plain_name(re.sub(r"\bNo\.?\s*(?=\d)", "", name, flags=re.IGNORECASE))
    for instrument in corpus.instruments.values():
        if wanted in map(plain_name, instrument.names):
            return instrument
    names = {plain_name(known): known for i in corpus.instruments.values() for known in (*i.aliases, i.short, i.id)}
    near = get_close_matches(wanted, names, n=1, cutoff=0.7)
    offer = f"; did you mean {names[near[0]]}?" if near else ""
    known = ", ".join(corpus.instruments)
    raise UnknownName(f"there is no instrument {name!r}{offer}; the corpus has {known}")


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().strip()
