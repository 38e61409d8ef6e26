"""All encoded laws within a definition, each against every other: scenarios that only one reaches, and distances."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import msgspec

from palermo.conformity.compare import comparable, not_encoded, punished
from palermo.conformity.law_on_day import law_on
from palermo.corpus.lookup import formula_of_provision, provision_named, strict_theory
from palermo.corpus.models import Corpus
from palermo.logic.pairwise import Pairwise, Scenario


class LawCompared(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of the laws: how many of its offences stand in this answer, and what is known not to be encoded of them."""

    id: str
    legal_system: str
    as_at: date
    offences: int
    incomplete: tuple[str, ...] = ()


class PairOfLaws(msgspec.Struct, frozen=True, omit_defaults=True):
    """What two laws do not have in common.

    `only_first` and `only_second` are indices into `gaps` of the whole answer. `distance` is that of `compare`: the
    share of all situations within either that is not within both, by exact counting over what the two laws and the
    definition name; nothing where neither punishes anything, or where no offence of one is encoded and nobody knows
    that there are none. What the other alone reaches then means nothing either.
    """

    first: str
    second: str
    only_first: int
    only_second: int
    distance: float | None = None


class AllLawsCompared(msgspec.Struct, frozen=True):
    """Every two legal systems of the corpus within the conduct of a provision, on a day.

    `laws` and `pairs` are in the order of the alphabet. `scenarios` are minimal situations, each as its concepts
    without what follows from others among them; `gaps` sets of them, as indices. Many pairs share a gap.
    """

    within: str
    on: date
    readings: bool
    laws: tuple[LawCompared, ...]
    scenarios: tuple[Scenario, ...]
    gaps: tuple[tuple[int, ...], ...]
    pairs: tuple[PairOfLaws, ...]

    def gap(self, number: int) -> tuple[Scenario, ...]:
        """The scenarios of a gap: the smallest first."""
        return tuple(self.scenarios[scenario] for scenario in self.gaps[number])


def compare_all(corpus: Corpus, on: date, within: str = "palermo-protocol 3", readings: bool = True) -> AllLawsCompared:
    """Compare every two legal systems of the corpus on that day, exactly as `compare` does one pair.

    `within` names a provision with conduct; `readings` says whether each law is taken as it is read or on its words.
    Raises UnknownFormula for `within`.
    """
    home, id = provision_named(corpus, None, within)
    required = formula_of_provision(corpus, None, within)
    theory = strict_theory(corpus)
    laws = [law_on(corpus, corpus.legal_systems[name], on) for name in sorted(corpus.legal_systems)]
    found = Pairwise(required, {law.system.id: punished(corpus, law, readings, theory) for law in laws}, theory)
    return AllLawsCompared(
        within=home.cite(home.provision(id)),
        on=on,
        readings=readings,
        laws=tuple(
            LawCompared(law.system.id, law.system.legal_system, law.system.as_at, len(law.offences), not_encoded(law))
            for law in laws
        ),
        scenarios=found.scenarios,
        gaps=found.gaps,
        pairs=tuple(
            PairOfLaws(
                one.system.id,
                other.system.id,
                found.only[one.system.id, other.system.id],
                found.only[other.system.id, one.system.id],
                found.distances[one.system.id, other.system.id] if comparable(one, other) else None,
            )
            for one, other in combinations(laws, 2)
        ),
    )
