"""The ledger: what binds a party, and who is bound by an instrument, on any day."""

from __future__ import annotations

from datetime import date

from palermo.corpus.models import Corpus
from palermo.ledger.parties import find_instrument, find_party
from palermo.ledger.standing import Standing, standing


class Ledger:
    """Questions about the acts of States. Nothing is stored: each answer is derived from the corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def standing(self, party: str, instrument: str, on: date) -> Standing:
        """How one party stands to one instrument on that day. Raises parties.UnknownName."""
        found = find_instrument(self.corpus, instrument)
        return standing(self.corpus, found, find_party(self.corpus, party).code, on)

    def bonds(self, party: str, on: date) -> list[Standing]:
        """The party's standing to every instrument of the corpus, in the order of their ids. Raises UnknownName."""
        code = find_party(self.corpus, party).code
        return [
            standing(self.corpus, instrument, code, on) for _, instrument in sorted(self.corpus.instruments.items())
        ]

    def parties(self, instrument: str, on: date) -> list[Standing]:
        """The standing of every party that the instrument's table names, by name. Raises UnknownName."""
        found = find_instrument(self.corpus, instrument)
        codes = {action.party for action in self.corpus.actions.get(found.id, ())}
        known = self.corpus.parties
        ordered = sorted(codes, key=lambda code: known[code].name if code in known else code)
        return [standing(self.corpus, found, code, on) for code in ordered]
