"""The conduct a case is held against: definitions of instruments and the offences of legal systems on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from palermo.conformity.law_on_day import law_on
from palermo.corpus.lookup import as_read, formula_of_provision, provision_named, readings_for, strict_theory
from palermo.corpus.models import Corpus, Instrument, LegalSystem
from palermo.ledger.parties import UnknownName, find_party
from palermo.logic.formula import AnyOf, Formula, nearest, parts_of
from palermo.logic.theory import Theory


class Conduct(msgspec.Struct, frozen=True):
    """What one law or instrument reaches, written out with its readings.

    `parts` are its offences (or the one definition) with their citations, of which `formula` is any. `complete` says
    whether the offences are the whole story that day, as far as the file's `look_up` names no other.
    """

    name: str
    title: str
    formula: Formula
    parts: tuple[tuple[str, Formula], ...]
    complete: bool


def conducts(corpus: Corpus, under: Iterable[str], on: date, readings: bool = True) -> list[Conduct]:
    """The conduct of each law and instrument named.

    A name is that of a State or legal system (all of its offences in force that day), of an instrument (its
    definition) or of a provision with conduct (`palermo-protocol 3`).

    With `readings`, a law's umbrella terms take in what they take in by its readings. Raises UnknownName, and
    UnknownFormula for a provision without conduct.
    """
    found: dict[str, Conduct] = {}
    for name in under:
        for conduct in _named(corpus, name, on, readings):
            found.setdefault(conduct.name, conduct)
    return list(found.values())


def theory_of(corpus: Corpus) -> Theory:
    """What holds between the facts of a case: by definition alone, since readings are written into the conduct."""
    return strict_theory(corpus)


def _named(corpus: Corpus, name: str, on: date, readings: bool) -> Sequence[Conduct]:
    if name in corpus.instruments:
        return [_definition(corpus, corpus.instruments[name])]
    if " " in name and name.split(" ", 1)[0] in corpus.instruments:
        home, id = provision_named(corpus, None, name)
        return [_provision(corpus, home, id)]
    if name.upper() in corpus.legal_systems:
        return [_law(corpus, corpus.legal_systems[name.upper()], on, readings)]
    party = find_party(corpus, name)
    systems = corpus.systems_of(party.code)
    if not systems:
        held = ", ".join(sorted(corpus.legal_systems))
        near = nearest(party.code, corpus.legal_systems)
        raise UnknownName(f"the corpus holds no law of {party.name}{near}; it holds that of {held}")
    return [_law(corpus, system, on, readings) for system in systems]


def _definition(corpus: Corpus, instrument: Instrument) -> Conduct:
    defined = next((p for p in instrument.provisions if p.kind == "definition" and p.conduct is not None), None)
    if defined is None:
        raise UnknownName(f"{instrument.id} defines no conduct; name a provision of another instrument")
    return _provision(corpus, instrument, defined.id, instrument.id)


def _provision(corpus: Corpus, home: Instrument, id: str, name: str | None = None) -> Conduct:
    formula = formula_of_provision(corpus, home, id)
    cite = home.cite(home.provision(id))
    return Conduct(name or f"{home.id} {id}", cite, formula, ((cite, formula),), True)


def _law(corpus: Corpus, system: LegalSystem, on: date, readings: bool) -> Conduct:
    law = law_on(corpus, system, on)
    certain = [of for of in law.offences if of.certain]
    formula: Formula = AnyOf(tuple(of.conduct for of in certain))
    if readings:
        formula = as_read(formula, readings_for(corpus, system), strict_theory(corpus))
    parts = tuple(zip((of.offence.cite for of in certain), parts_of(formula), strict=True))
    return Conduct(system.id, system.legal_system, formula, parts, law.offences_complete)
