"""How one party stands to one instrument on one day, with the acts it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from palermo.corpus.models import Action, Disagreement, Instrument
from palermo.ledger.acts import Acts
from palermo.ledger.days import CONSENTS, day_for_party, day_of_leaving

Status = Literal[
    "in_force",
    "not_yet_in_force",
    "signed",
    "left",
    "not_bound",
    "applied_provisionally",
    "excluded",
    "not_known",
    "no_act_known",
    "instrument_not_in_force",
    "own_statute",
]
"""The words for a standing. `not_known`: a party, but whether already on that day the record does not show.
`no_act_known`: the table names no act of it, which is not proof that there is none. `excluded`: a territory to which
its State does not apply the instrument. `own_statute`: not a treaty."""

Basis = Literal["printed", "rule", "unknown"]

_STARTS = (*CONSENTS, "succession", "bound", "territorial_application")


class Bond(msgspec.Struct, frozen=True, omit_defaults=True):
    """One span in which a party is bound: from its consent to the end, if there is one.

    `since` is the day of entry into force for the party; `basis` says whether a source prints it or the
    instrument's rule gives it; `by_rule` is what the rule gives where a source prints another day. `known_by`
    is the earliest day on which a source lists the party, where no day of its consent is known. `until` is
    the last day.
    """

    kind: str
    consent: date | None = None
    since: date | None = None
    basis: Basis = "unknown"
    by_rule: date | None = None
    known_by: date | None = None
    until: date | None = None
    ended_by: str | None = None


class Standing(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer for a party, an instrument and a day.

    `bond` is the span that decides, `signed` the day of signature, `signed_undated` a signature without a day.
    `through` is the State by whose acts a territory stands as it does; `without` are the territories to which a
    State does not apply the instrument that day.
    `known_up_to` is the horizon of what the sources say of the party; past it the answer holds only as known
    then. `notes` come from the acts, `disagreements` from the list of dates on which sources differ.
    """

    party: str
    instrument: str
    on: date
    status: Status
    bond: Bond | None = None
    signed: date | None = None
    signed_undated: bool = False
    through: str | None = None
    without: tuple[str, ...] = ()
    known_up_to: date | None = None
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()

    @property
    def binding(self) -> bool:
        """Whether the instrument is known to be in force for the party that day."""
        return self.status == "in_force"

    @property
    def past_horizon(self) -> bool:
        """Whether the day asked for lies after what the sources know."""
        return self.known_up_to is not None and self.on > self.known_up_to


def standing(acts: Acts, instrument: Instrument, party: str, on: date) -> Standing:
    """How the party stands to the instrument on that day.

    A territory stands by its own acts, if the table has any, or by its State's declarations for it. Without
    either it is not known whether its State's consent reaches it: a treaty binds a party for its whole territory
    unless another intention appears (VCLT art 29), and for the territories of some States one usually does.
    """
    found = _own_standing(acts, instrument, party, on)
    member = acts.corpus.parties.get(party)
    if member is None or member.part_of is None or found.status not in ("no_act_known", "excluded", "in_force"):
        return found
    if not acts.of(instrument.id, party):
        state = _own_standing(acts, instrument, member.part_of, on)
        if state.status != "in_force":
            return msgspec.structs.replace(state, party=party, through=member.part_of, without=())
        return msgspec.structs.replace(found, status="not_known", bond=state.bond, through=member.part_of)
    return msgspec.structs.replace(found, through=member.part_of)


def bonds_of(acts: Acts, instrument: Instrument, party: str) -> list[Bond]:
    """Every span in which a party is bound, in order, whatever the day."""
    return list(_bonds(acts, instrument, acts.of(instrument.id, party)))


def _own_standing(acts: Acts, instrument: Instrument, party: str, on: date) -> Standing:
    own = acts.of(instrument.id, party)
    status, bond = _status(acts.general_day(instrument), instrument, own, bonds_of(acts, instrument, party), on)
    signatures = [a for a in own if a.action == "signature" and (a.date is None or a.date <= on)]
    return Standing(
        party,
        instrument.id,
        on,
        status,
        bond,
        min((a.date for a in signatures if a.date), default=None),
        any(a.date is None for a in signatures),
        None,
        tuple(code for code, others in acts.territories(instrument.id, party) if excluded(others, on)),
        acts.horizon(instrument.id, party),
        tuple(dict.fromkeys(a.note for a in own if a.note)),
        tuple(dict.fromkeys(s for a in own for s in a.source)),
        tuple(_differs(d) for d in acts.disagreements(instrument.id, party)),
    )


def _status(
    general: date | None, instrument: Instrument, acts: Sequence[Action], bonds: Sequence[Bond], on: date
) -> tuple[Status, Bond | None]:
    if instrument.kind == "domestic":
        return "own_statute", None
    if instrument.adopted and on < instrument.adopted:
        return "instrument_not_in_force", None
    for bond in bonds:
        if _covers(bond, on):
            return "in_force", bond
    for bond in bonds:
        if bond.consent and bond.consent <= on and bond.since and on < bond.since:
            return "not_yet_in_force", bond
    if general and on < general and not any(b.consent and b.consent <= on for b in bonds):
        return "instrument_not_in_force", None
    for bond in bonds:
        if bond.since is None and not (bond.until and on > bond.until) and not (bond.consent and on < bond.consent):
            return "not_known", bond
        if bond.since is None and bond.kind == "succession" and not bond.until:
            return "not_known", bond
    if excluded(acts, on):
        return "excluded", None
    ended = [bond for bond in bonds if bond.until and on > bond.until]
    if ended:
        return "left", ended[-1]
    if any(a.action == "provisional_application" and a.date and a.date <= on for a in acts):
        return "applied_provisionally", None
    if any(a.action == "not_bound" and a.date and a.date <= on for a in acts):
        return "not_bound", None
    if any(a.action == "signature" and (a.date is None or a.date <= on) for a in acts):
        return "signed", None
    return "no_act_known", None


def excluded(acts: Iterable[Action], on: date) -> bool:
    """Whether the last word on a territory by that day is that the instrument does not apply to it."""
    spoken = [a for a in acts if a.action.startswith("territorial_") and (a.date is None or a.date <= on)]
    last = max(spoken, key=lambda a: a.date or date.min, default=None)
    return last is not None and last.action == "territorial_exclusion"


def _covers(bond: Bond, on: date) -> bool:
    if bond.until and on > bond.until:
        return False
    if bond.since:
        return bond.since <= on
    settled = bond.consent if bond.kind == "succession" else None
    known = min(filter(None, (settled, bond.known_by)), default=None)
    return known is not None and known <= on


def _bonds(record: Acts, instrument: Instrument, acts: Sequence[Action]) -> Iterable[Bond]:
    """The spans of a party, in order. An act without a day makes one only where no dated act does."""
    starts = [(a.date, 0, _bond(record, instrument, a)) for a in acts if a.action in _STARTS and a.date]
    ends = [(end[0], 1, end[1]) for a in acts if (end := _end(instrument, a))]
    if not starts:
        undated = [a for a in acts if a.action in (*_STARTS, "party", "entry_into_force")]
        starts = [(date.min, 0, _bond(record, instrument, a)) for a in undated[:1]]
    current: Bond | None = None
    for day, _, event in sorted([*starts, *ends], key=lambda entry: entry[:2]):
        if isinstance(event, Bond):
            current = current or event  # a second consent without a departure between only confirms the first
        elif current:
            yield msgspec.structs.replace(current, until=day, ended_by=event)
            current = None
    if current:
        yield current


def _bond(record: Acts, instrument: Instrument, act: Action) -> Bond:
    rule_day = day_for_party(instrument, act, record.general_day(instrument))
    printed = act.entry_into_force or (act.date if act.action in ("bound", "territorial_application") else None)
    since = printed or rule_day
    return Bond(
        kind="party" if act.action == "entry_into_force" else act.action,
        consent=act.date,
        since=since,
        basis="printed" if printed else "rule" if rule_day else "unknown",
        by_rule=rule_day if rule_day != since else None,
        known_by=act.as_at if since is None and act.date is None else None,
    )


def _end(instrument: Instrument, act: Action) -> tuple[date, str] | None:
    """The last day on which a party is bound, and the act that ends it."""
    if act.action == "ceased" and act.date:
        return act.date, act.action
    if act.action == "territorial_exclusion" and act.date:
        return act.date - timedelta(days=1), act.action
    if act.action in ("denunciation", "withdrawal"):
        effect = day_of_leaving(instrument, act)
        return (effect - timedelta(days=1), act.action) if effect else None
    return None


def _differs(d: Disagreement) -> str:
    return f"{d.action}: {d.kept or 'nothing'} kept, {d.other or 'nothing'} in {d.other_source}; {d.reason}"
