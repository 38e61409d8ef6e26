"""What is due from a State under monitoring mechanisms: each clock counted from what the ledger says binds it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

from palermo.corpus.models import Corpus, Party
from palermo.corpus.monitoring import Clock, DateRule, KnownDay, Mechanism, Step
from palermo.corpus.terms import Term
from palermo.ledger.chronicle import Event
from palermo.ledger.days import after_months
from palermo.ledger.ledger import Ledger
from palermo.ledger.parties import find_party

Basis = Literal["text", "named", "to_be_named", "not_known"]
"""By the text of the rule; named by the body for the State; the body said that it will name one; or no day follows."""
STEPS: dict[Step, str] = {
    "launched": "launched",
    "start": "review begins",
    "questionnaire": "questionnaire sent",
    "reply": "reply to the questionnaire received",
    "visit": "visit",
    "draft": "draft report approved",
    "adopted": "report adopted",
    "published": "report published",
    "recommendation": "recommendation of the States parties adopted",
    "follow_up": "report on measures taken on that recommendation received",
}
"""The steps of a round in words."""
_FIRST, _LAST = date(1919, 1, 1), date(2200, 1, 1)


class MonitoringDue(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing due under a mechanism, as seen on a day: the next time after it, or that no day is known.

    `by` is the last day, the day counted from left out, and `earliest` the first where the rule gives a span.
    `basis`: by the text, named or to be named by the body for this State, or not known. `by_text` is the day that the
    text gives where the body named another or will. `says` stands for a day that is not known. `again` is how often it
    comes back. `under` is the instrument that binds the State, `bound_since` since when (none: not known, or no
    instrument binds). `set_by` says who may name another day, `look_at` where that is published. `unverified`: nobody
    has read the rule, or the day counted from, in a text.
    """

    mechanism: str
    name: str
    body: str
    clock: str
    what: str
    owed_by: Literal["state", "body"]
    basis: Basis
    cite: str
    duty: str | None = None
    by: date | None = None
    earliest: date | None = None
    by_text: date | None = None
    says: str | None = None
    again: str | None = None
    under: str | None = None
    bound_since: date | None = None
    set_by: str | None = None
    look_at: str | None = None
    note: str | None = None
    source: str | None = None
    unverified: bool = False


class KnownOfState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of a State, or of all, under a mechanism that reaches it; `says` where no day is known.

    `round` and `step` where it is a step of a round. `group`: it holds for the States of that group, and nobody has
    read whether this State is one.
    """

    mechanism: str
    name: str
    what: str
    source: str
    verified: bool
    of_all: bool
    from_: date | None = msgspec.field(default=None, name="from")
    to: date | None = None
    says: str | None = None
    round: int | None = None
    step: Step | None = None
    group: str | None = None


class StateCalendar(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is to come for a State after a day: events of the ledger, what is due, and what is known of rounds.

    `known_up_to` is for each mechanism the day up to which its days are known.
    """

    state: str
    state_name: str
    on: date
    events: tuple[Event, ...]
    due: tuple[MonitoringDue, ...]
    known: tuple[KnownOfState, ...]
    known_up_to: dict[str, date]


def state_calendar(ledger: Ledger, state: str, on: date) -> StateCalendar:
    """Everything to come for a State after a day: what is due with a day first, in order of time.

    What was due once and is past is left out; whether it was done the corpus does not know. No day is worked out past
    the year 2199. Raises ledger.parties.UnknownName.
    """
    party = find_party(ledger.corpus, state)
    mechanisms = ledger.corpus.mechanisms.values() if on < _LAST else ()
    reached = [m for m in mechanisms if any(True for _ in _bonds(ledger, m, party, on))]
    return StateCalendar(
        state=party.code,
        state_name=party.name,
        on=on,
        events=tuple(ledger.calendar(party.code, on)),
        due=tuple(_in_order(entry for m in reached for entry in _of_mechanism(ledger, m, party, on))),
        known=tuple(found for m in reached for found in _known(m, party)),
        known_up_to={m.id: m.as_at for m in reached},
    )


def _in_order(found: Iterator[MonitoringDue]) -> list[MonitoringDue]:
    return sorted(found, key=lambda entry: (entry.by or date.max, entry.mechanism, entry.clock, entry.under or ""))


def _bonds(ledger: Ledger, mechanism: Mechanism, party: Party, on: date) -> Iterator[tuple[str | None, date | None]]:
    """The instruments through which a mechanism reaches a State that day, each with the day since which it binds.

    One that has been consented to and is not yet in force counts: its clock begins with that day.
    """
    binds = mechanism.binds
    if binds.un_members and party.un_member == "yes":
        yield None, None
    if binds.every_state and party.kind in ("state", "observer"):
        yield None, None
    for id in binds.parties_to:
        found = ledger.standing(party.code, id, on)
        if found.binding or found.status == "not_yet_in_force":
            yield id, found.bond.since if found.bond else None
        elif found.status == "not_known" and found.through is None:
            yield id, None
        else:
            continue
        if binds.once:
            return


def _of_mechanism(ledger: Ledger, mechanism: Mechanism, party: Party, on: date) -> Iterator[MonitoringDue]:
    for instrument, since in _bonds(ledger, mechanism, party, on):
        for clock in mechanism.clocks:
            if not _applies(ledger, clock, party, on):
                continue
            found = _of_clock(ledger, mechanism, clock, party, (instrument, since), on)
            if found is not None:
                yield found


def _applies(ledger: Ledger, clock: Clock, party: Party, on: date) -> bool:
    if clock.only_party and not ledger.standing(party.code, clock.only_party, on).binding:
        return False
    return not (clock.unless_party and ledger.standing(party.code, clock.unless_party, on).binding)


def _of_clock(
    ledger: Ledger, mechanism: Mechanism, clock: Clock, party: Party, bond: tuple[str | None, date | None], on: date
) -> MonitoringDue | None:
    instrument, since = bond
    rule = clock.due
    entry = MonitoringDue(
        mechanism=mechanism.id,
        name=mechanism.name,
        body=mechanism.body,
        clock=clock.id,
        what=clock.what,
        owed_by=clock.owed_by,
        basis="not_known",
        cite=clock.cite,
        duty=clock.duty,
        again=_again(rule),
        under=instrument,
        bound_since=since,
        set_by=clock.set_by,
        look_at=clock.look_at,
        note=clock.note,
        source=clock.source or mechanism.source,
        unverified=not (mechanism.verified if clock.verified is None else clock.verified),
    )
    said = list(_for_clock(mechanism, clock, party, instrument, on))
    named = _named(said, on)
    if rule.with_clock:
        found = _with_clock(ledger, rule.with_clock, party, on)
    elif rule.after_step and rule.within:
        day, counted_from = _after_step(mechanism, rule.after_step, rule.within, party, on)
        waits = f"within {rule.within} from the step: {STEPS[rule.after_step]}; its day is not known"
        found = (None, day, None if day else waits)
        entry = _resting_on(entry, counted_from)
    elif rule.no_day or rule.in_years:
        found = (None, None, rule.no_day or f"by {_day_of_year(rule.each_year)}, in one of {rule.in_years} years")
    elif rule.after_entry and since is None:
        found = (None, None, f"{rule.after_entry} from entry into force, whose day the record does not show")
    else:
        first, by = next_day(rule, since, on)
        if by is None and named is None:
            return None
        found = (first, by, None)
    earliest, by, says = found
    if named is not None:
        day = named.to or named.from_
        told = None if day else named.says
        basis: Basis = "named" if day else "to_be_named"
        entry = msgspec.structs.replace(entry, basis=basis, by=day, by_text=by, says=told)
        return msgspec.structs.replace(entry, source=named.source, unverified=not named.verified)
    if rule.in_years:
        by, counted_from = _in_cycle(said, rule.in_years, on)
        says = None if by else says
        entry = _resting_on(entry, counted_from)
    basis = "text" if by else "not_known"
    return msgspec.structs.replace(entry, basis=basis, by=by, earliest=earliest, says=says)


def next_day(rule: DateRule, since: date | None, on: date) -> tuple[date | None, date | None]:
    """The first and last day of the next time after `on` that something is due under a rule; None where none comes.

    `since` is the entry into force for the State. The first day is given only where the rule names a span.
    """
    if rule.on_day:
        return None, rule.on_day if rule.on_day > on else None
    if rule.after_entry:
        if since is None:
            return None, None
        by = after(since, rule.after_entry)
        times = 0
        while rule.every and by <= on:
            times += 1
            by = after(after(since, rule.after_entry), Term(rule.every.amount * times, rule.every.unit))
        earliest = after(since, rule.earliest_after_entry) if rule.earliest_after_entry else None
        return (earliest, by) if by > on else (None, None)
    if rule.each_year:
        return None, _next_of_year(rule, rule.each_year, since, on)
    return None, None


def _next_of_year(rule: DateRule, day: str, since: date | None, on: date) -> date | None:
    first = rule.from_ or _FIRST
    if rule.years_after_entry is not None:
        if since is None:
            return None
        first = date(since.year + rule.years_after_entry, 1, 1)
    if rule.once:
        only = _in_year(day, first.year)
        return only if only > on else None
    year = max(first.year, on.year)
    found = _in_year(day, year)
    return found if found > on and found >= first else _in_year(day, year + 1)


def _in_year(day: str, year: int) -> date:
    month, number = int(day[:2]), int(day[3:])
    if (month, number) == (2, 29):
        return date(year, 3, 1) - timedelta(days=1)
    return date(year, month, number)


def after(day: date, term: Term) -> date:
    """The last day of a term counted from a day, which itself is not counted."""
    if term.unit == "day":
        return day + timedelta(days=term.amount)
    return after_months(day, term.amount * (12 if term.unit == "year" else 1))


def _with_clock(ledger: Ledger, named: str, party: Party, on: date) -> tuple[date | None, date | None, str | None]:
    """When another clock of the State falls due next."""
    id, _, clock_id = named.partition("/")
    mechanism = ledger.corpus.mechanisms[id]
    for entry in _of_mechanism(ledger, mechanism, party, on):
        if entry.clock == clock_id:
            return entry.earliest, entry.by, entry.says or f"with the {entry.what} under {mechanism.name}"
    return None, None, f"with {mechanism.name}"


def _after_step(
    mechanism: Mechanism, step: Step, within: Term, party: Party, on: date
) -> tuple[date | None, KnownDay | None]:
    """The last day of a term from a step of a round of the State, and the step, where its day is known."""
    days = [
        (after(known.from_, within), known)
        for known in mechanism.known
        if known.step == step and known.from_ and _covers(mechanism, known, party) is True
    ]
    ahead = [pair for pair in days if pair[0] > on]
    return min(ahead, key=lambda pair: pair[0]) if ahead else (None, None)


def _resting_on(entry: MonitoringDue, known: KnownDay | None) -> MonitoringDue:
    """An entry whose day is counted from one that is known: unread where that one is, and with its source."""
    if known is None:
        return entry
    source = "; ".join(filter(None, (entry.source, known.source)))
    return msgspec.structs.replace(entry, source=source, unverified=entry.unverified or not known.verified)


def _in_cycle(known: list[KnownDay], years: int, on: date) -> tuple[date | None, KnownDay | None]:
    """The next day of a cycle of so many years, counted on from the latest day of it that is known and past."""
    past = [(day, entry) for entry in known if (day := entry.to or entry.from_) and day <= on]
    if not past:
        return None, None
    last, entry = max(past, key=lambda pair: pair[0])
    times = 1
    while after(last, Term(years * times, "year")) <= on:
        times += 1
    return after(last, Term(years * times, "year")), entry


def _named(said: list[KnownDay], on: date) -> KnownDay | None:
    """What the body said of a clock of a State: the next day after `on`, or that it will name one."""
    days = [known for known in said if (known.to or known.from_ or _FIRST) > on]
    if days:
        return min(days, key=lambda known: known.to or known.from_ or _LAST)
    return next((known for known in said if known.says and not (known.to or known.from_)), None)


def _for_clock(
    mechanism: Mechanism, clock: Clock, party: Party, instrument: str | None, on: date
) -> Iterator[KnownDay]:
    """What the body had said by a day of one clock of a State under an instrument."""
    for known in mechanism.known:
        if known.clock != clock.id or known.under not in (None, instrument):
            continue
        if (known.said is None or known.said <= on) and _covers(mechanism, known, party) is True:
            yield known


def _covers(mechanism: Mechanism, known: KnownDay, party: Party) -> bool | None:
    """Whether what is known is about a State; None where it is about a group that nobody has read the States of."""
    states = known.states
    if known.group:
        states = next((group.states for group in mechanism.groups if group.id == known.group), ())
        if not states:
            return None
    return not states or party.code in states


def _known(mechanism: Mechanism, party: Party) -> Iterator[KnownOfState]:
    for known in mechanism.known:
        covered = _covers(mechanism, known, party)
        if covered is False:
            continue
        yield KnownOfState(
            mechanism.id,
            mechanism.name,
            what_is_known(known),
            known.source,
            known.verified,
            not known.states and not known.group,
            known.from_,
            known.to,
            known.says,
            known.round,
            known.step,
            known.group if covered is None else None,
        )


def what_is_known(known: KnownDay) -> str:
    """What is known, in words: a step with the number of its round."""
    if known.step is None:
        return known.what or ""
    return STEPS[known.step] if known.round is None else f"{STEPS[known.step]}, round {known.round}"


def _again(rule: DateRule) -> str | None:
    if rule.every:
        return f"every {rule.every}"
    if rule.in_years:
        return f"every {rule.in_years} years"
    if rule.each_year and not rule.once:
        return "every year"
    return None


def _day_of_year(day: str | None) -> str:
    assert day is not None
    named = date(2001, int(day[:2]), int(day[3:]))
    return f"{named.day} {named:%B}"


def provision_of(corpus: Corpus, duty: str) -> str:
    """How an encoded provision named `instrument provision` is cited."""
    name, _, id = duty.partition(" ")
    instrument = corpus.instruments[name]
    return instrument.cite(instrument.provision(id))
