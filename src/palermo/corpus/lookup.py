"""Finding formulas by name, and the theories that hold for a comparison."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from palermo.corpus.models import Corpus, Instrument, LegalSystem, Provision, Reading
from palermo.logic.formula import AnyOf, Fact, Formula, expand, nearest, parts_of, with_parts
from palermo.logic.theory import Theory


class UnknownFormula(KeyError):
    """No formula has that name, or it names itself; `name` is the one that leads nowhere."""

    def __init__(self, message: str, name: str = "") -> None:
        super().__init__(message)
        self.name = name

    def __str__(self) -> str:
        return str(self.args[0])


class NoConduct(UnknownFormula):
    """The provision of that name has no conduct."""


class CircularFormula(UnknownFormula):
    """The formula of that name is a part of itself."""


@lru_cache(maxsize=8192)
def plain_name(text: str) -> str:
    """The letters and digits of a name without case and accents, so that `CETS-197` and `CETS 197` are one."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def provision_named(corpus: Corpus, home: Instrument | None, name: str) -> tuple[Instrument, str]:
    """The instrument and provision id a name leads to: `3` at home, `palermo-protocol 3` anywhere.

    A paragraph that is not apart leads to the provision that cites it: `palermo-protocol 3(a)` to `3`. Raises
    UnknownFormula, offering the nearest provision.
    """
    instrument_id, _, provision_id = name.partition(" ")
    instrument = home if home and home.id == instrument_id else corpus.instruments.get(instrument_id)
    asked = [(of, id) for of, id in ((home, name), (instrument, provision_id)) if of]
    for of, id in asked:
        if any(provision.id == id for provision in of.provisions):
            return of, id
    for of, id in asked:
        for provision in of.provisions:
            if f"art {id}" in places_within(provision):
                return of, provision.id
    known = [p.id for p in home.provisions] if home else []
    known += [f"{i.id} {p.id}" for i in corpus.instruments.values() for p in i.provisions]
    raise UnknownFormula(f"there is no provision {name!r}{nearest(name, known)}", name)


def places_within(provision: Provision) -> tuple[str, ...]:
    """The articles and paragraphs that the parts of a provision's conduct cite, such as `art 3(a)`."""

    def cited(formula: Formula) -> Iterator[str]:
        if formula.cite:
            yield formula.cite
        for part in parts_of(formula):
            yield from cited(part)

    return tuple(dict.fromkeys(cited(provision.conduct))) if provision.conduct else ()


def formula_of_provision(corpus: Corpus, home: Instrument | None, name: str) -> Formula:
    """The conduct of a provision, expanded. Raises UnknownFormula where it has none."""
    instrument, id = provision_named(corpus, home, name)
    conduct = instrument.provision(id).conduct
    if conduct is None:
        raise NoConduct(f"provision {name!r} has no conduct that could be compared", name)
    return _expanded(conduct, lambda inner: formula_of_provision(corpus, instrument, inner), name)


def formula_of_system(corpus: Corpus, system: LegalSystem, name: str) -> Formula:
    """The named formula of a legal system, or the conduct of a provision, expanded. Raises UnknownFormula."""
    if name in system.formulas:
        return _expanded(system.formulas[name], lambda inner: formula_of_system(corpus, system, inner), name)
    try:
        return formula_of_provision(corpus, None, name)
    except UnknownFormula as error:
        if error.name != name or isinstance(error, NoConduct):
            raise
        near = nearest(name, system.formulas)
        raise UnknownFormula(f"there is no formula {name!r} in this file and no such provision{near}", name) from None


def conduct_in(corpus: Corpus, system: LegalSystem, formula: Formula) -> Formula:
    """A formula of a legal system with its names put in full."""
    return expand(formula, lambda name: formula_of_system(corpus, system, name))


def _expanded(formula: Formula, find: object, name: str) -> Formula:
    try:
        return expand(formula, find)  # type: ignore[arg-type]
    except RecursionError:
        raise CircularFormula(f"formula {name!r} names itself", name) from None


def strict_theory(corpus: Corpus) -> Theory:
    """What holds between concepts by definition."""
    return Theory((id, other) for id, c in corpus.concepts.items() for other in (*c.narrower_than, *c.entails))


def readings_for(corpus: Corpus, system: LegalSystem | None) -> dict[str, Reading]:
    """The readings that hold for a legal system: the general ones and its own."""
    general = {
        id: reading
        for id, reading in corpus.readings.items()
        if reading.in_ is None or (system is not None and system.id in reading.in_)
    }
    return {**general, **(system.readings if system else {})}


def reading_theory(corpus: Corpus, readings: dict[str, Reading]) -> Theory:
    """The strict theory together with what the readings add."""
    return strict_theory(corpus) | Theory((reading.taken_in, reading.by) for reading in readings.values())


def as_read(formula: Formula, readings: Mapping[str, Reading], theory: Theory) -> Formula:
    """A law's formula with each umbrella term written out: the term itself or whatever it takes in on a reading."""
    full = theory | Theory((reading.taken_in, reading.by) for reading in readings.values())
    taken = {reading.taken_in for reading in readings.values()}

    def read(node: Formula) -> Formula:
        if isinstance(node, Fact):
            more = sorted(c for c in taken if node.concept in full.above(c) and node.concept not in theory.above(c))
            return AnyOf((node, *(Fact(concept) for concept in more))) if more else node
        return with_parts(node, tuple(read(part) for part in parts_of(node)))

    return read(formula)
