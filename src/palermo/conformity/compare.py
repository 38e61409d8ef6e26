"""Two laws side by side: what each reaches of a definition that the other does not, and their measures."""

from __future__ import annotations

from datetime import date

import msgspec

from palermo.conformity.authorities import of_measure, of_offence
from palermo.conformity.findings import Authority
from palermo.conformity.law_on_day import LawOnDay, law_on
from palermo.corpus.lookup import as_read, formula_of_provision, provision_named, readings_for, strict_theory
from palermo.corpus.models import Corpus
from palermo.ledger.parties import UnknownName, find_legal_systems
from palermo.logic.formula import NEVER, AllOf, AnyOf, Formula
from palermo.logic.scenarios import Box, Comparison
from palermo.logic.theory import Theory


class MeasurePair(msgspec.Struct, frozen=True, omit_defaults=True):
    """A measure in both laws; a side left out is not encoded."""

    measure: str
    meaning: str
    first: Authority | None = None
    second: Authority | None = None


class SystemPair(msgspec.Struct, frozen=True, omit_defaults=True):
    """Two legal systems compared within a definition.

    `only_first` is conduct of the definition that just the first punishes, `only_second` the reverse. Of the
    definition's `scenarios` (its minimal situations), `first_reaches`, `second_reaches` and `both_reach` count
    those reached without further facts. `distance` is the share of all situations within either that is not
    within both, by exact counting (0 equal, 1 nothing in common); nothing where neither punishes anything, or where no
    offence of one is encoded and nobody knows that there are none.
    """

    first: str
    first_name: str
    second: str
    second_name: str
    only_first: tuple[Box, ...]
    only_second: tuple[Box, ...]
    first_offences: tuple[Authority, ...]
    second_offences: tuple[Authority, ...]
    measures: tuple[MeasurePair, ...]
    first_as_at: date
    second_as_at: date
    scenarios: int
    first_reaches: int
    second_reaches: int
    both_reach: int
    distance: float | None = None
    incomplete: tuple[str, ...] = ()


class LawComparison(msgspec.Struct, frozen=True, omit_defaults=True):
    """The legal systems of two States, pair by pair, within the conduct of a provision, on a day."""

    first: str
    second: str
    within: str
    on: date
    pairs: tuple[SystemPair, ...]


def compare(
    corpus: Corpus, first: str, second: str, on: date, within: str = "palermo-protocol 3", readings: bool = True
) -> LawComparison:
    """Compare two States, or legal systems named by id, on that day.

    `within` names a provision with conduct; `readings` says whether each law is taken as it is read or on its
    words. Raises UnknownName where a State or its law is not in the corpus, UnknownFormula for `within`.
    """
    home, id = provision_named(corpus, None, within)
    required = formula_of_provision(corpus, None, within)
    pairs = tuple(
        _pair(corpus, law_on(corpus, one, on), law_on(corpus, other, on), required, readings)
        for one in find_legal_systems(corpus, first)
        for other in find_legal_systems(corpus, second)
        if one is not other
    )
    if not pairs:
        raise UnknownName(f"{first} and {second} are one legal system; name two")
    return LawComparison(first, second, home.cite(home.provision(id)), on, pairs)


def _pair(corpus: Corpus, first: LawOnDay, second: LawOnDay, required: Formula, readings: bool) -> SystemPair:
    theory = strict_theory(corpus)
    one, other = (AllOf((required, punished(corpus, law, readings, theory))) for law in (first, second))
    there = Comparison(one, other, theory)
    # what is minimal in the definition and lies within a law is minimal there too
    scenarios, *reached = (set(there.situations(formula)) for formula in (required, one, other))
    first_reaches, second_reaches = (scenarios & reach for reach in reached)
    return SystemPair(
        first=first.system.id,
        first_name=first.system.legal_system,
        second=second.system.id,
        second_name=second.system.legal_system,
        only_first=tuple(there.boxes(there.missed)),
        only_second=tuple(there.excess()),
        first_offences=tuple(of_offence(first.system, of.offence) for of in first.offences),
        second_offences=tuple(of_offence(second.system, of.offence) for of in second.offences),
        measures=tuple(_measures(corpus, first, second)),
        first_as_at=first.system.as_at,
        second_as_at=second.system.as_at,
        scenarios=len(scenarios),
        first_reaches=len(first_reaches),
        second_reaches=len(second_reaches),
        both_reach=len(first_reaches & second_reaches),
        distance=there.distance() if comparable(first, second) else None,
        incomplete=tuple(f"{law.system.legal_system}: {what}" for law in (first, second) for what in not_encoded(law)),
    )


def punished(corpus: Corpus, law: LawOnDay, readings: bool, theory: Theory) -> Formula:
    """All that the offences of a law reach, as it is read or on its words."""
    actual: Formula = AnyOf(tuple(of.conduct for of in law.offences)) if law.offences else NEVER
    return as_read(actual, readings_for(corpus, law.system), theory) if readings else actual


def comparable(first: LawOnDay, second: LawOnDay) -> bool:
    """Whether a distance between two laws means anything: unknown law is not law that punishes nothing."""
    known = all(law.offences or law.offences_complete for law in (first, second))
    return known and bool(first.offences or second.offences)


def not_encoded(law: LawOnDay) -> tuple[str, ...]:
    """What is known not to be encoded of the offences of a law."""
    unsure = () if law.offences_complete else (f"offences in force on {law.on} are not all encoded",)
    return (*law.look_up("criminalisation"), *unsure)


def _measures(corpus: Corpus, first: LawOnDay, second: LawOnDay) -> list[MeasurePair]:
    found = []
    for id, measure in corpus.measures.items():
        one, other = (
            of_measure(law.system, id, law.measures[id]) if id in law.measures else None for law in (first, second)
        )
        if one or other:
            found.append(MeasurePair(id, measure.meaning, one, other))
    return found
