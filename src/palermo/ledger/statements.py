"""Which statements of a party stand on a day, and which provisions they touch."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from palermo.corpus.models import Corpus, Effect, Instrument, Statement, StatementKind

Rule = Literal["accepted", "allowed", "as_reservation", "objected", "opposed", "choice", "reading", "not_read"]
"""What follows from a statement between two parties:

- `accepted`: not objected to, it modifies the provisions both ways (VCLT arts 20(5), 21(1));
- `allowed`: the same, expressly allowed by the instrument, so that no acceptance is needed (VCLT art 20(1));
- `as_reservation`: worded as a declaration; where it amounts to a reservation (VCLT art 2(1)(d)), as `accepted`;
- `objected`: the provisions do not apply between the two as far as the reservation goes (VCLT art 21(3));
- `opposed`: the objector opposes entry into force, so nothing is in force between the two (VCLT art 20(4)(b));
- `choice`: an option or opt-out that a clause of the instrument offers; it works as the clause says;
- `reading`: how the party understands a provision, without changing it;
- `not_read`: the statement is on record and nobody has read what it does.
"""


class Bearing(msgspec.Struct, frozen=True, omit_defaults=True):
    """A statement of one party and what follows from it towards another.

    `provisions` are those of the instrument that it touches; none where it speaks of the whole. `objection` is the
    other party's objection.
    """

    statement: str
    party: str
    kind: StatementKind
    rule: Rule
    says: str
    effect: Effect | None = None
    provisions: tuple[str, ...] = ()
    made: date | None = None
    objection: str | None = None
    objection_says: str | None = None
    note: str | None = None
    verified: bool = False


def stands(statement: Statement, on: date) -> bool:
    """Whether a statement is made and not withdrawn by that day; one without a day is taken to be made."""
    return not (statement.made and statement.made > on) and not (statement.withdrawn and statement.withdrawn <= on)


def standing_statements(corpus: Corpus, instrument: str, party: str, on: date) -> list[Statement]:
    """What a party has said on an instrument and stands that day, objections among it."""
    found = corpus.statements.get(instrument)
    return [s for s in (found.statements if found else ()) if s.party == party and stands(s, on)]


def touched(instrument: Instrument, statement: Statement) -> tuple[str, ...]:
    """The provisions of the instrument that a statement touches: an article stands for all its parts."""
    return tuple(
        provision.id
        for provision in instrument.provisions
        if any(provision.id == named or provision.id.startswith(f"{named}(") for named in statement.provisions)
    )


def bearings(corpus: Corpus, instrument: Instrument, party: str, towards: str, on: date) -> list[Bearing]:
    """What a party's statements do between it and another party that day."""
    answered = {s.answers: s for s in standing_statements(corpus, instrument.id, towards, on) if s.answers}
    return [
        _bearing(instrument, statement, answered.get(statement.id))
        for statement in standing_statements(corpus, instrument.id, party, on)
        if statement.kind != "objection"
    ]


def _bearing(instrument: Instrument, statement: Statement, objection: Statement | None) -> Bearing:
    return Bearing(
        statement=statement.id,
        party=statement.party,
        kind=statement.kind,
        rule=_rule(instrument, statement, objection),
        says=statement.says,
        effect=statement.effect,
        provisions=touched(instrument, statement),
        made=statement.made,
        objection=objection.id if objection else None,
        objection_says=objection.says if objection else None,
        note=statement.note,
        verified=statement.verified,
    )


def _rule(instrument: Instrument, statement: Statement, objection: Statement | None) -> Rule:
    if objection is not None:
        return "opposed" if objection.opposes_entry_into_force else "objected"
    if statement.effect is None:
        return "not_read"
    if statement.kind in ("notification", "opt_in", "opt_out") or statement.effect in ("accepts", "informs"):
        return "choice"
    if statement.kind == "interpretative_declaration":
        return "reading"
    regime = instrument.reservations
    listed = regime is not None and regime.allowed == "listed"
    if listed and statement.provisions and set(statement.provisions) <= set(regime.only if regime else ()):
        return "allowed"
    return "accepted" if statement.kind == "reservation" else "as_reservation"
