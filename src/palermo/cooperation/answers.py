"""What the answers on cooperation look like: routes, their conditions, and whether the requested State would refuse.

These are the shapes that `--format json` prints; `docs/schema/` publishes them.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from palermo.conformity.conduct_on_facts import ConductUnderLaw
from palermo.corpus.cooperation import Force, Ground, Tier
from palermo.corpus.terms import Term
from palermo.ledger.between import AgreementBetween
from palermo.ledger.statements import Bearing


class Availability(StrEnum):
    """The three answers. The last is not `no cooperation`: there may be a basis that nobody has encoded."""

    AVAILABLE = "available"
    CONDITIONS = "available under conditions"
    NOT_ESTABLISHED = "not established from the record"


class Outcome(StrEnum):
    """How a condition stands on what is known."""

    SATISFIED = "satisfied"
    OBSTACLE = "an obstacle"
    OPEN = "open"
    PROMISE = "a promise to keep"


class Cited(msgspec.Struct, frozen=True, omit_defaults=True):
    """A pinpoint citation, and what was found there. `verified`: somebody read it in the text."""

    cite: str
    says: str | None = None
    verified: bool = True


class ConditionTested(msgspec.Struct, frozen=True, omit_defaults=True):
    """One condition of a route on the facts of the case.

    `requesting` and `requested` are the sections of national law and the statements that it rests on, on either side.
    `ask` names the facts (of the facts file) that would settle it. `cure` is what usually helps.
    """

    ground: Ground
    outcome: Outcome
    says: str
    why: str
    cites: tuple[str, ...]
    force: Force
    requesting: tuple[Cited, ...] = ()
    requested: tuple[Cited, ...] = ()
    ask: tuple[str, ...] = ()
    cure: str | None = None
    cure_cites: tuple[str, ...] = ()


class Practical(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is laid down on a practical matter, and where."""

    says: str
    cites: tuple[str, ...] = ()


class Limit(msgspec.Struct, frozen=True, omit_defaults=True):
    """A time limit: of what, counted from what. Without a term the instrument names none, and `says` what it says."""

    what: str
    counted_from: str
    term: Term | None = None
    says: str | None = None
    cites: tuple[str, ...] = ()


class WhomToAsk(msgspec.Struct, frozen=True, omit_defaults=True):
    """A central authority as named by its State, or as found in a source."""

    name: str
    source: tuple[str, ...]
    part: str | None = None
    languages: tuple[str, ...] = ()
    channel: str | None = None
    as_at: date | None = None
    note: str | None = None
    verified: bool = False


class Route(msgspec.Struct, frozen=True, omit_defaults=True):
    """One basis on which the requesting State can ask.

    `basis` is the id of an instrument or agreement, `domestic_law` or `reciprocity`. `why_here` says why the route
    stands where it does in the order. `statements` are those of both States that touch the provisions used.
    """

    basis: str
    title: str
    tier: Tier
    availability: Availability
    says: str
    cites: tuple[str, ...]
    duty: str
    conditions: tuple[ConditionTested, ...]
    why_here: str
    since: date | None = None
    statements: tuple[Bearing, ...] = ()
    agreements: tuple[AgreementBetween, ...] = ()
    channel: Practical | None = None
    authorities: tuple[WhomToAsk, ...] = ()
    languages: Practical | None = None
    form: Practical | None = None
    time_limits: tuple[Limit, ...] = ()
    costs: Practical | None = None
    contents: dict[str, str] = {}
    provisional: tuple[str, ...] = ()
    note: str | None = None

    def obstacles(self) -> tuple[ConditionTested, ...]:
        """The conditions known not to be met."""
        return tuple(c for c in self.conditions if c.outcome is Outcome.OBSTACLE)


class MissingBasis(msgspec.Struct, frozen=True, omit_defaults=True):
    """A basis that the corpus knows and that is not there between the two, and what would have to change."""

    basis: str
    title: str
    tier: Tier
    why: str
    would_take: str


class Routes(msgspec.Struct, frozen=True, omit_defaults=True):
    """Every basis for one form of cooperation that one State can ask of another on a day, in order of use."""

    requesting: str
    requested: str
    form: str
    on: date
    availability: Availability
    routes: tuple[Route, ...]
    missing: tuple[MissingBasis, ...]
    under_requesting: tuple[ConductUnderLaw, ...] = ()
    under_requested: tuple[ConductUnderLaw, ...] = ()
    known_up_to: date | None = None
