"""The ledger: what binds a party, and who is bound by an instrument, on any day."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from palermo.corpus.models import Corpus
from palermo.ledger import chronicle
from palermo.ledger.acts import Acts
from palermo.ledger.between import Between, between
from palermo.ledger.chronicle import Event
from palermo.ledger.parties import UnknownName, find_instrument, find_party
from palermo.ledger.standing import Standing, standing

if TYPE_CHECKING:
    from palermo.ledger.matrices import Spans


class Ledger:
    """Questions about the acts of States. Nothing is stored: each answer is derived from the corpus."""

    def __init__(self, corpus: Corpus, acts: Acts | None = None) -> None:
        self.corpus = corpus
        self.acts = acts or Acts(corpus)

    def standing(self, party: str, instrument: str, on: date) -> Standing:
        """How one party stands to one instrument on that day. Raises parties.UnknownName."""
        found = find_instrument(self.corpus, instrument)
        return standing(self.acts, found, find_party(self.corpus, party).code, on)

    def bonds(self, party: str, on: date) -> list[Standing]:
        """The party's standing to every instrument of the corpus, in the order of their ids. Raises UnknownName."""
        code = find_party(self.corpus, party).code
        return [standing(self.acts, instrument, code, on) for _, instrument in sorted(self.corpus.instruments.items())]

    def parties(self, instrument: str, on: date) -> list[Standing]:
        """The standing of every State and organisation that the instrument's table names, by name.

        Territories for which a State has declared something are not parties: see `territories`. Raises UnknownName.
        """
        return [found for found in self._named(instrument, on) if found.through is None]

    def territories(self, instrument: str, on: date) -> list[Standing]:
        """The standing of every territory that the instrument's table names, by name. Raises UnknownName."""
        return [found for found in self._named(instrument, on) if found.through is not None]

    def between(self, first: str, second: str, on: date) -> Between:
        """Every instrument between two parties that day, how statements change it, and their own agreements.

        Raises UnknownName, also where both names are of one party.
        """
        one, other = find_party(self.corpus, first).code, find_party(self.corpus, second).code
        if one == other:
            raise UnknownName(f"{first} and {second} are the same party; name two")
        return between(self.acts, one, other, on)

    def history(self, party: str) -> list[Event]:
        """All acts, entries into force, departures, statements and agreements of a party. Raises UnknownName."""
        return chronicle.history(self.acts, find_party(self.corpus, party).code)

    def timeline(self, instrument: str) -> list[Event]:
        """All acts, entries into force, departures and statements on an instrument. Raises UnknownName."""
        return chronicle.timeline(self.acts, find_instrument(self.corpus, instrument))

    def changes(self, since: date, until: date) -> list[Event]:
        """Every event from one day to another, both included."""
        return chronicle.changes(self.acts, since, until)

    def calendar(self, party: str, on: date) -> list[Event]:
        """What is known to come for a party after that day. Raises UnknownName."""
        return chronicle.calendar(self.acts, find_party(self.corpus, party).code, on)

    @cached_property
    def spans(self) -> Spans:
        """All parties at once, as arrays (needs numpy)."""
        from palermo.ledger.matrices import Spans

        return Spans(self.acts)

    def _named(self, instrument: str, on: date) -> list[Standing]:
        found = find_instrument(self.corpus, instrument)
        ordered = sorted(self.acts.named(found.id), key=lambda code: self.corpus.parties[code].name)
        return [standing(self.acts, found, code, on) for code in ordered]
