"""One question of cooperation with all that its conditions are tested on: two States, a form, a day, the facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from palermo.conformity.authorities import of_measure
from palermo.conformity.conduct_on_facts import ConductUnderLaw, conduct_under_law
from palermo.conformity.laws import Laws
from palermo.cooperation.answers import Cited
from palermo.cooperation.facts import CaseFacts
from palermo.corpus.models import Corpus
from palermo.ledger.acts import Acts


class Supposition(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change that is supposed to have happened: the rest of the record stays as it is.

    `in_force` is an instrument taken to be in force between the two; `withdrawn` a statement, as (instrument, id);
    `takes_as_basis` an instrument that the requested State is taken to accept as basis of extradition; `law` a measure
    of the requested State's law with the value it is taken to have.
    """

    in_force: str | None = None
    withdrawn: tuple[str, str] | None = None
    takes_as_basis: str | None = None
    law: tuple[str, str] | None = None


AS_IT_IS = Supposition()


class LawSays(msgspec.Struct, frozen=True):
    """What one legal system of a State answers to a measure: yes, no, partial or a term; with the section."""

    system: str
    value: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: what `requesting` can ask of `requested` (codes of parties) in a form on a day."""

    acts: Acts
    laws: Laws
    requesting: str
    requested: str
    form: str
    on: date
    facts: CaseFacts
    under_requesting: tuple[ConductUnderLaw, ...]
    under_requested: tuple[ConductUnderLaw, ...]
    extradition_treaties: tuple[str, ...] = ()
    supposed: Supposition = AS_IT_IS

    @property
    def corpus(self) -> Corpus:
        """The corpus that answers."""
        return self.acts.corpus

    def name(self, code: str) -> str:
        """The name of a party."""
        return self.corpus.parties[code].name

    def label(self, concept: str) -> str:
        """The English label of a concept."""
        return self.corpus.concepts[concept].label["en"]

    def law_says(self, party: str, measure: str) -> tuple[LawSays, ...]:
        """What the legal systems of a party answer to a measure that day; those that nobody encoded are left out."""
        if party == self.requested and self.supposed.law and self.supposed.law[0] == measure:
            return (LawSays(party, self.supposed.law[1], Cited("supposed", verified=False)),)
        found = []
        for system in self.corpus.systems_of(party):
            value = self.laws.measures(system, self.on).get(measure)
            if value is not None:
                section = of_measure(system, measure, value)
                found.append(LawSays(system.id, str(value.value), Cited(section.cite, section.note, section.verified)))
        return tuple(found)


def conduct_under_laws_of(laws: Laws, party: str, facts: CaseFacts, on: date) -> tuple[ConductUnderLaw, ...]:
    """The known conduct under each legal system of a party, as its law stood on the day of the conduct or on `on`.

    Empty where no conduct is known or no law of the party is encoded.
    """
    if not facts.known_conduct:
        return ()
    day = facts.conduct_on or on
    systems = laws.corpus.systems_of(party)
    return tuple(conduct_under_law(laws, system, facts.known_conduct, day) for system in systems)
