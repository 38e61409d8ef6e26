"""All parties at once: who is bound by what, towards whom, as arrays."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from palermo.corpus.models import Instrument
from palermo.ledger.acts import Acts
from palermo.ledger.standing import Bond, bonds_of

Bits = NDArray[np.bool_]
_NEVER = date.max.toordinal()


class Spans:
    """The spans in which parties are bound by instruments, once worked out, for any number of days.

    `instruments` and `parties` name the axes. Only what is known to be in force counts: a party whose day of entry
    into force is not known counts from the day a source lists it.
    """

    def __init__(self, acts: Acts) -> None:
        self.acts = acts
        treaties = (i for _, i in sorted(acts.corpus.instruments.items()) if i.kind != "domestic")
        self._treaties: tuple[Instrument, ...] = tuple(treaties)
        self.instruments: tuple[str, ...] = tuple(i.id for i in self._treaties)
        self.parties: tuple[str, ...] = tuple(sorted(acts.corpus.parties))
        self._index = {code: i for i, code in enumerate(self.parties)}
        rows = [
            (i, self._index[party], *_days(bond))
            for i, instrument in enumerate(self._treaties)
            for party in acts.named(instrument.id)
            for bond in bonds_of(acts, instrument, party)
            if _days(bond)[0] < _NEVER
        ]
        table = np.array(rows, dtype=np.int64).reshape(-1, 4)
        self._instrument, self._party, self._from, self._to = table.T
        self._opposed = self._opposing()

    def bound(self, on: date) -> Bits:
        """Instruments x parties: who is known to be bound that day."""
        day = on.toordinal()
        now = (self._from <= day) & (day <= self._to)
        found = np.zeros((len(self.instruments), len(self.parties)), dtype=np.bool_)
        found[self._instrument[now], self._party[now]] = True
        return found

    def pairs(self, on: date) -> Bits:
        """Instruments x parties x parties, symmetric: between whom each is known to be in force that day."""
        bound = self.bound(on)
        found = bound[:, :, None] & bound[:, None, :]
        diagonal = np.arange(len(self.parties))
        found[:, diagonal, diagonal] = False
        for i, instrument in enumerate(self._treaties):
            if instrument.one_side:
                side = self._side(instrument)
                found[i] &= side[:, None] ^ side[None, :]
        for i, one, other, begins, ends in self._opposed:
            if begins <= on.toordinal() < ends:
                found[i, one, other] = found[i, other, one] = False
        return found

    def pair_history(self, instrument: str) -> PairHistory:
        """Between whom an instrument was in force on every day there is. Raises KeyError for an unknown id."""
        index = self.instruments.index(instrument) if instrument in self.instruments else None
        if index is None:
            raise KeyError(instrument)
        mine = self._instrument == index
        opposed = [entry[1:] for entry in self._opposed if entry[0] == index]
        side = self._side(self._treaties[index])
        return PairHistory(self.parties, self._party[mine], self._from[mine], self._to[mine], opposed, side)

    def _side(self, instrument: Instrument) -> Bits:
        """The parties on the one side of an agreement that has two; none where it has no sides."""
        return np.isin(self.parties, instrument.one_side)

    def _opposing(self) -> list[tuple[int, int, int, int, int]]:
        found = []
        for i, instrument in enumerate(self._treaties):
            known = self.acts.corpus.statements.get(instrument.id)
            by_id = {s.id: s for s in known.statements} if known else {}
            for s in by_id.values():
                answered = by_id.get(s.answers or "")
                if s.opposes_entry_into_force and answered:
                    starts = [d.toordinal() for d in (s.made, answered.made) if d]
                    ends = [d.toordinal() for d in (s.withdrawn, answered.withdrawn) if d]
                    pair = (self._index[s.party], self._index[answered.party])
                    found.append((i, *pair, max(starts, default=0), min(ends, default=_NEVER)))
        return found


class PairHistory:
    """Between whom one instrument was in force, day by day.

    Held as spans, not as a bit for every day: `begins` and `ends` (both included, proleptic ordinals) of each span of
    each pair, for the pairs `first` < `second` by position in `parties`.
    """

    def __init__(
        self,
        parties: tuple[str, ...],
        party: NDArray[Any],
        begins: NDArray[Any],
        ends: NDArray[Any],
        opposed: list[tuple[int, int, int, int]],
        one_side: Bits,
    ) -> None:
        self.parties = parties
        one, other = np.triu_indices(len(party), k=1)
        first, second = np.minimum(party[one], party[other]), np.maximum(party[one], party[other])
        start, end = np.maximum(begins[one], begins[other]), np.minimum(ends[one], ends[other])
        kept = (start <= end) & (first != second)
        if one_side.any():
            kept &= one_side[first] ^ one_side[second]
        spans = np.stack([first[kept], second[kept], start[kept], end[kept]], axis=1)
        for a, b, since, until in opposed:
            spans = _without(spans, (min(a, b), max(a, b)), since, until)
        self.first, self.second, self.begins, self.ends = spans.T

    def on(self, day: date) -> Bits:
        """Parties x parties, symmetric: between whom it was in force that day."""
        ordinal = day.toordinal()
        now = (self.begins <= ordinal) & (ordinal <= self.ends)
        found = np.zeros((len(self.parties), len(self.parties)), dtype=np.bool_)
        found[self.first[now], self.second[now]] = found[self.second[now], self.first[now]] = True
        return found

    def counts(self, since: date, until: date) -> NDArray[np.int64]:
        """How many pairs there were on each day from one to another, both included."""
        low, length = since.toordinal(), until.toordinal() - since.toordinal() + 1
        change = np.zeros(length + 1, dtype=np.int64)
        inside = (self.ends >= low) & (self.begins < low + length)
        np.add.at(change, np.clip(self.begins[inside] - low, 0, length), 1)
        np.add.at(change, np.clip(self.ends[inside] - low + 1, 0, length), -1)
        return np.cumsum(change)[:length]


def _without(spans: NDArray[Any], pair: tuple[int, int], since: int, until: int) -> NDArray[Any]:
    """The spans with the days `since` to before `until` taken out for one pair."""
    hit = (spans[:, 0] == pair[0]) & (spans[:, 1] == pair[1]) & (spans[:, 2] < until) & (spans[:, 3] >= since)
    before, after = spans[hit].copy(), spans[hit].copy()
    before[:, 3] = np.minimum(before[:, 3], since - 1)
    after[:, 2] = np.maximum(after[:, 2], until)
    left = np.concatenate([before, after])
    return np.concatenate([spans[~hit], left[left[:, 2] <= left[:, 3]]])


def _days(bond: Bond) -> tuple[int, int]:
    settled = bond.consent if bond.kind == "succession" else None
    start = bond.since or min(filter(None, (settled, bond.known_by)), default=None)
    return (start.toordinal() if start else _NEVER, bond.until.toordinal() if bond.until else _NEVER)
