"""Cooperation between States as the corpus holds it: its forms, what each instrument offers for them, whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from palermo.corpus.shapes import STRICT, Day, OneOrMany
from palermo.corpus.terms import Term

Family = Literal["extradition", "assistance", "police", "transfer", "return"]
Tier = Literal["mutual_recognition", "regional", "bilateral", "universal", "arrangement", "domestic_law", "reciprocity"]
"""What a basis is, in the order in which it is usually looked to. An arrangement binds nobody."""

Ground = Literal[
    "offence_covered",
    "transnational_group",
    "group_and_presence",
    "suspected_group",
    "dual_criminality",
    "penalty_threshold",
    "sentence_left",
    "treaty_basis",
    "agreement_in_force",
    "law_allows",
    "no_treaty_needed",
    "nationality",
    "ne_bis_in_idem",
    "lapse_of_time",
    "amnesty",
    "age",
    "political_offence",
    "persecution",
    "death_penalty",
    "ill_treatment",
    "life_sentence",
    "absence_at_trial",
    "proceedings_pending",
    "territory",
    "specialty",
    "use_limited",
    "essential_interests",
    "own_law_permits",
    "consent_of_person",
    "final_judgment",
    "national_of_receiving_state",
    "victim_of_requested_state",
    "victim_safety",
    "victim_voluntary",
    "refugee_protection",
    "agreement_of_both",
    "other",
]
"""What a condition turns on. `palermo.cooperation.grounds` holds the rule of each."""

GENERAL = ("bilateral", "domestic_law", "reciprocity")
"""Bases that are neither an instrument of the corpus nor an arrangement of named States."""

Force = Literal["must_refuse", "may_refuse", "binds_requesting", "needed"]
"""What follows where a condition is not met: the requested State has to refuse, or may; `binds_requesting` is a promise
that comes with what is obtained; without what is `needed` the way is not there at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperationForm:
    """One thing a State can ask of another, such as extradition, a hearing, the safe return of a victim.

    `agreements` are the kinds of bilateral agreement that usually provide it, `law` the measure of national law that
    says whether it can be given.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    label: dict[str, str]
    meaning: str
    family: Family
    agreements: tuple[str, ...] = ()
    law: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperationCondition:
    """Something that a way turns on, in own words, with the provisions it stands in.

    `maximum` is the least maximum penalty, under both laws or under the one named by `under`; `sentence` the least
    sentence passed or left. `waived_from` is the maximum in the requesting State from which a listed offence is not
    tested for dual criminality. `cure` is what usually helps, with its provisions.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    ground: Ground
    provisions: Annotated[tuple[str, ...], OneOrMany()]
    force: Force
    says: str
    maximum: Term | None = None
    under: Literal["both", "requesting", "requested"] = "both"
    sentence: Term | None = None
    waived_from: Term | None = None
    cure: str | None = None
    cure_provisions: Annotated[tuple[str, ...], OneOrMany()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What an instrument lays down on a practical matter, in own words, with the provisions."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    says: str
    provisions: Annotated[tuple[str, ...], OneOrMany()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """Within which time something has to be done; without a term where the instrument names none."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    what: str
    from_: str
    term: Term | None = None
    says: str | None = None
    provisions: Annotated[tuple[str, ...], OneOrMany()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How an instrument provides some forms of cooperation.

    `contents` are the ids of what a request must hold (`palermo.cooperation.requests`), each with the provision that
    asks for it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    forms: Annotated[tuple[str, ...], OneOrMany()]
    provisions: Annotated[tuple[str, ...], OneOrMany()]
    says: str
    duty: Literal["shall", "shall_consider", "may"] = "shall"
    conditions: tuple[CooperationCondition, ...] = ()
    channel: Clause | None = None
    languages: Clause | None = None
    form: Clause | None = None
    time_limits: tuple[TimeLimit, ...] = ()
    costs: Clause | None = None
    contents: dict[str, str] | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedence:
    """That this basis is used rather than another between States that have both, and why."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    over: str
    why: str
    provisions: Annotated[tuple[str, ...], OneOrMany()] = ()
    families: tuple[Family, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What one instrument, or one arrangement of several States, offers for cooperation.

    An instrument is in force between two States as the ledger says. An arrangement that binds nobody names its
    `members` here. The ids `bilateral`, `domestic_law` and `reciprocity` (GENERAL) say what holds for any bilateral
    treaty, for national law, and for a promise of reciprocity. `common` are conditions of all its ways.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    tier: Tier
    as_at: Day
    source: str
    verified: bool
    ways: tuple[Way, ...]
    title: str | None = None
    members: tuple[str, ...] = ()
    common: tuple[CooperationCondition, ...] = ()
    precedence: tuple[Precedence, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestElement:
    """A part that a request can hold: its heading by language, and what the drafter is to write."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    label: dict[str, str]
    asks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestKind:
    """A kind of request that can be drafted: for which forms, in which order, with which fixed parts by language.

    `only_on` are the bases it belongs to, if it is not for all. `closing` names fixed parts of `request_phrases`.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    forms: tuple[str, ...]
    title: dict[str, str]
    elements: tuple[str, ...]
    opening: dict[str, str]
    closing: tuple[str, ...] = ()
    only_on: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CentralAuthority:
    """Whom a State has named to receive requests: for which instrument or family, in which languages, who says so."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    party: str
    name: str
    families: tuple[Family, ...] = ()
    instrument: str | None = None
    languages: tuple[str, ...] = ()
    part: str | None = None
    channel: str | None = None
    note: str | None = None
    source: tuple[str, ...] = ()
    as_at: Day | None = None
    verified: Literal["yes", "no"] = "no"
