"""What happened and what is to come: acts, entries into force, departures and statements as dated events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

from palermo.corpus.models import Instrument
from palermo.ledger.acts import Acts
from palermo.ledger.standing import bonds_of, standing

What = Literal["act", "in_force", "not_in_force", "statement", "statement_withdrawn", "provision_in_force", "agreement"]


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """One dated event. `what` is its sort, `detail` the kind of act or what is said; no date where it is not known.

    `not_in_force` is the first day on which a party is no longer bound.
    """

    party: str
    instrument: str
    what: What
    detail: str
    date: date | None = None
    provision: str | None = None
    note: str | None = None
    sources: tuple[str, ...] = ()


def history(acts: Acts, party: str) -> list[Event]:
    """Everything the corpus knows of a party, in order of time; what has no day comes first."""
    found = [event for instrument in acts.corpus.instruments.values() for event in _of_party(acts, instrument, party)]
    return _in_order([*found, *_agreements(acts, party)])


def timeline(acts: Acts, instrument: Instrument) -> list[Event]:
    """Everything that happened to an instrument, in order of time; what has no day comes first."""
    found = [event for party in acts.named(instrument.id) for event in _of_party(acts, instrument, party)]
    return _in_order(found)


def changes(acts: Acts, since: date, until: date) -> list[Event]:
    """Every event from one day to another, both included, of all parties and instruments."""
    return [
        event
        for instrument in acts.corpus.instruments.values()
        for event in timeline(acts, instrument)
        if event.date is not None and since <= event.date <= until
    ]


def calendar(acts: Acts, party: str, on: date) -> list[Event]:
    """What is known to come for a party after a day: entries into force, departures, provisions that begin to apply."""
    coming = [event for event in history(acts, party) if event.date is not None and event.date > on]
    for instrument in acts.corpus.instruments.values():
        if not standing(acts, instrument, party, on).binding:
            continue
        for provision in instrument.provisions:
            start = provision.in_force.from_ if provision.in_force else None
            if start is not None and start > on:
                coming.append(
                    Event(
                        party=party,
                        instrument=instrument.id,
                        what="provision_in_force",
                        detail=provision.title,
                        date=start,
                        provision=provision.id,
                        note=provision.in_force.cite if provision.in_force else None,
                    )
                )
    return _in_order(coming)


def _of_party(acts: Acts, instrument: Instrument, party: str) -> Iterator[Event]:
    for act in acts.of(instrument.id, party):
        yield Event(party, instrument.id, "act", act.action, act.date, None, act.note, act.source)
    for bond in bonds_of(acts, instrument, party):
        if bond.since:
            how = {"rule": "by the instrument's rule", "printed": "as published"}.get(bond.basis, "")
            yield Event(party, instrument.id, "in_force", how, bond.since)
        if bond.until:
            yield Event(party, instrument.id, "not_in_force", bond.ended_by or "", bond.until + timedelta(days=1))
    known = acts.corpus.statements.get(instrument.id)
    for s in known.statements if known else ():
        if s.party == party:
            yield Event(party, instrument.id, "statement", f"{s.kind}: {s.says}", s.made, None, s.note, s.source)
            if s.withdrawn:
                yield Event(party, instrument.id, "statement_withdrawn", f"{s.kind}: {s.says}", s.withdrawn)


def _agreements(acts: Acts, party: str) -> Iterator[Event]:
    for a in acts.corpus.agreements.values():
        if party not in (a.first, a.second):
            continue
        for what, day in (("signed", a.signed), ("in force", a.entry_into_force), ("ended", a.ended)):
            if day:
                yield Event(party, a.id, "agreement", f"{a.title}: {what}", day, None, a.note, a.source)


def _in_order(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda e: (e.date or date.min, e.instrument, e.party, e.what, e.detail))
