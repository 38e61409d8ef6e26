"""Which page of this site explains the words of a report: a provision's, a law's, an instrument's, a State's."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from urllib.parse import quote, urlencode

from palermo.reports.legal_system import offence_anchor
from palermo.web.the_law import the_law


def state_page(code: str) -> str:
    """The page of a State."""
    return f"/states/{quote(code)}"


def instrument_page(id: str) -> str:
    """The page of an instrument."""
    return f"/instruments/{quote(id)}"


def duty_page(instrument: str, provision: str) -> str:
    """The page of a provision."""
    return f"/instruments/{quote(instrument)}/{quote(provision, safe='()')}"


def gap_page(system: str, instrument: str, provision: str) -> str:
    """The conduct of a provision that a law leaves out."""
    return f"/gap/{quote(system)}/{quote(instrument)}/{quote(provision, safe='()')}"


def law_page(system: str, offence: str = "") -> str:
    """The law of a legal system, at an offence."""
    return f"/law/{quote(system)}" + (f"#{offence_anchor(offence)}" if offence else "")


def concept_page(id: str) -> str:
    """The page of a concept."""
    return f"/concepts/{quote(id)}"


def bill_page(system: str, instrument: str, provision: str = "", widening: int = 0) -> str:
    """The workbench for a law; with a provision, begun with the widening of that number that closes its gap.

    Widenings are numbered as `conformity.drafting.widenings_of` gives them, from 1.
    """
    asked = {"system": system, "instrument": instrument}
    if provision and widening:
        asked |= {"provision": provision, "widening": str(widening)}
    return f"/bill?{urlencode(asked)}"


def of_words(words: str, states: Collection[str] = ()) -> str | None:
    """The path of the page that explains these words, where they are a citation or a name that the corpus knows.

    A citation that several laws share (`Penal Code s 254`) leads somewhere only on a page about one of their `states`.
    """
    found = _known().get(words, {})
    of_states = [path for path, state in found.items() if state in states]
    return of_states[0] if of_states else next(iter(found)) if len(found) == 1 else None


@cache
def _known() -> dict[str, dict[str, str]]:
    """Words with the pages that explain them, and the State that each is about."""
    corpus = the_law().corpus
    found: dict[str, dict[str, str]] = {}
    for id, concept in corpus.concepts.items():
        found.setdefault(concept.label["en"], {})[concept_page(id)] = ""
    for code, party in corpus.parties.items():
        found.setdefault(party.name, {})[state_page(code)] = code
    for instrument in corpus.instruments.values():
        for name in (instrument.short, instrument.title):
            found.setdefault(name, {})[instrument_page(instrument.id)] = ""
        for provision in instrument.provisions:
            for name in (instrument.cite(provision), f"{instrument.id} {provision.id}"):
                found.setdefault(name, {})[duty_page(instrument.id, provision.id)] = ""
    for concept in corpus.concepts.values():
        if concept.cite and concept.cite not in found and (to := _home_of(found, concept.cite)):
            found[concept.cite] = to
    for system in corpus.legal_systems.values():
        found.setdefault(system.legal_system, {state_page(system.state): system.state})
        for offence in system.offences:
            found.setdefault(offence.cite, {})[law_page(system.id, offence.id)] = system.state
    return found


def _home_of(found: dict[str, dict[str, str]], cite: str) -> dict[str, str]:
    """The page of the provision that a subparagraph is in, where it is none of its own: of article 3 for 3(a)."""
    shorter = cite.rpartition("(")[0]
    return found.get(shorter) or (_home_of(found, shorter) if shorter else {})
