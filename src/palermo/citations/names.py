"""What a name to be cited leads to: `palermo-protocol 3(a)`, `GBR-EAW Modern Slavery Act 2015 s 2`."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from palermo.citations.instruments import cite_instrument
from palermo.citations.national import cite_act, cite_section
from palermo.citations.styles import STYLES, Style
from palermo.conformity.sections import sections
from palermo.corpus.lookup import UnknownFormula
from palermo.corpus.models import Corpus, Instrument
from palermo.ledger.acts import Acts
from palermo.ledger.parties import UnknownName, find_instrument, find_legal_systems, find_party
from palermo.logic.formula import nearest

_ARTICLE = re.compile(r"^(arts?\.?|articles?|s|section) ", re.IGNORECASE)


class Citation(msgspec.Struct, frozen=True):
    """A citation to copy, and the version of the corpus that it was made from."""

    name: str
    style: Style
    citation: str
    corpus: str


class UnknownStyle(UnknownName):
    """There is no style of that name; the message names those there are."""


def cite(acts: Acts, name: str, style: str = "oscola", on: date | None = None) -> str:
    """The citation of an instrument, a provision, an act or a section of national law.

    `name` is an instrument's id or title, alone or with a provision's number (`palermo-protocol 3(a)`), or the id of a
    legal system or code of a State with a section as findings cite it, or the id of an offence, measure or act. With
    `on`, an instrument that entered into force later is not yet in force, and only sections in force then are found.

    Raises UnknownStyle; UnknownName and UnknownFormula, offering the nearest.
    """
    if style not in STYLES:
        raise UnknownStyle(f"there is no style {style!r}{nearest(style, STYLES)}; there are {', '.join(STYLES)}")
    corpus = acts.corpus
    instrument, pinpoint = _instrument_in(corpus, name)
    if instrument is None:
        return _national(corpus, name, style, on)
    if pinpoint:
        pinpoint = _provision_in(instrument, pinpoint)
    general = instrument.entry_into_force.general
    day = (
        instrument.entry_into_force.official or (general.official if general else None) or acts.general_day(instrument)
    )
    return cite_instrument(instrument, "not yet" if day and on and day > on else day, pinpoint, style)


def _instrument_in(corpus: Corpus, name: str) -> tuple[Instrument | None, str]:
    """The instrument a name is or begins with, and what follows; nothing where the name is one of national law."""
    first, _, rest = name.strip().partition(" ")
    if first in corpus.instruments:
        return corpus.instruments[first], rest.strip()
    try:
        return find_instrument(corpus, name), ""
    except UnknownName as error:
        if first.upper() in corpus.legal_systems:
            return None, ""
        try:
            find_party(corpus, first)
        except UnknownName:
            raise error from None
        return None, ""


def _provision_in(instrument: Instrument, asked: str) -> str:
    """The number asked for, if the corpus has that provision, one that holds it, or parts of it."""
    number = re.sub(r"\s+(?=\()", "", _ARTICLE.sub("", asked))
    ids = [provision.id for provision in instrument.provisions]
    plain = [id.split("@", 1)[0] for id in ids]
    for written in (asked, number):
        if written in ids:
            return written
    if any(number == id or number.startswith(f"{id}(") or id.startswith((f"{number}(", f"{number} ")) for id in plain):
        return number
    raise UnknownFormula(f"{instrument.id} has no provision {asked!r}{nearest(number, ids)}", asked)


def _national(corpus: Corpus, name: str, style: Style, on: date | None) -> str:
    first, _, rest = name.strip().partition(" ")
    systems = find_legal_systems(corpus, first)
    if not rest:
        raise UnknownName(f"name a section or act of {first} too, such as {first} {next(iter(systems[0].acts), '')}")
    for system in systems:
        if rest in system.acts:
            return cite_act(system, corpus.parties[system.state].name, system.acts[rest], style)
    written: dict[str, str] = {}
    for found in sections(corpus, first, rest.strip(), on):
        system = corpus.legal_systems[found.system]
        act = next((a for a in system.acts.values() if found.authority.cite.startswith(a.title.split(",", 1)[0])), None)
        said = cite_section(system, corpus.parties[system.state].name, found.authority.cite, act, style)
        written.setdefault(said, found.authority.cite)
    if len(written) > 1:
        raise UnknownName(
            f"{rest!r} leads to {len(written)} sections of {first}; name one of {'; '.join(written.values())}"
        )
    return next(iter(written))
