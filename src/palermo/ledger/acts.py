"""The acts of States, ready to be asked by instrument, party and State."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from palermo.corpus.models import Action, Corpus, Disagreement, Instrument
from palermo.ledger.days import general_day


class Acts:
    """A corpus's tables of acts with their indexes, each made when first asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._general: dict[str, date | None] = {}

    @cached_property
    def _by_party(self) -> Mapping[str, Mapping[str, tuple[Action, ...]]]:
        found: dict[str, dict[str, list[Action]]] = {}
        for instrument, table in self.corpus.actions.items():
            for act in table:
                found.setdefault(instrument, {}).setdefault(act.party, []).append(act)
        return {i: {party: tuple(acts) for party, acts in named.items()} for i, named in found.items()}

    @cached_property
    def _territories(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for code, party in self.corpus.parties.items():
            if party.part_of:
                found.setdefault(party.part_of, set()).add(code)
        return {state: frozenset(codes) for state, codes in found.items()}

    @cached_property
    def _horizons(self) -> Mapping[str, date | None]:
        return {i: max((a.as_at for a in table if a.as_at), default=None) for i, table in self.corpus.actions.items()}

    @cached_property
    def _disagreements(self) -> Mapping[tuple[str, str], tuple[Disagreement, ...]]:
        found: dict[tuple[str, str], list[Disagreement]] = {}
        for entry in self.corpus.disagreements:
            found.setdefault((entry.instrument, entry.party), []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    def of(self, instrument: str, party: str) -> tuple[Action, ...]:
        """The acts of a party with regard to an instrument, in the order of the table."""
        return self._by_party.get(instrument, {}).get(party, ())

    def named(self, instrument: str) -> tuple[str, ...]:
        """The codes of all parties and territories that an instrument's table names."""
        return tuple(self._by_party.get(instrument, {}))

    def horizon(self, instrument: str, party: str) -> date | None:
        """Up to which day the sources know the party's acts; or the table, where it does not name the party."""
        own = max((act.as_at for act in self.of(instrument, party) if act.as_at), default=None)
        return own or (None if self.of(instrument, party) else self._horizons.get(instrument))

    def general_day(self, instrument: Instrument) -> date | None:
        """The instrument's own entry into force."""
        if instrument.id not in self._general:
            self._general[instrument.id] = general_day(self.corpus, instrument)
        return self._general[instrument.id]

    def territories(self, instrument: str, state: str) -> Iterator[tuple[str, tuple[Action, ...]]]:
        """The territories of a State that an instrument's table names, with their acts, by code."""
        here = self._by_party.get(instrument, {})
        for code in sorted(self._territories.get(state, frozenset()) & here.keys()):
            yield code, here[code]

    def disagreements(self, instrument: str, party: str) -> tuple[Disagreement, ...]:
        """On which dates of a party sources differ."""
        return self._disagreements.get((instrument, party), ())
