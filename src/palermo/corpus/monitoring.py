"""Monitoring as frozen values: mechanisms with their clocks, what bodies recommended to States, what they ask.

`docs/monitoring.md` says what each key means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from palermo.corpus.shapes import STRICT, Day, OneOrMany
from palermo.corpus.terms import Term

Severity = Literal["urge", "recommend", "consider", "invite", "request", "encourage"]
"""How strongly a body words what it asks. What each body means by its words its mechanism says."""
Owing = Literal["state", "body"]
QuestionKind = Literal["law", "practice", "figures"]
Step = Literal[
    "launched",
    "start",
    "questionnaire",
    "reply",
    "visit",
    "draft",
    "adopted",
    "published",
    "recommendation",
    "follow_up",
]
"""What happens in a round, in this order: the body launches the round; the review of the State begins; the
questionnaire is sent, the State's reply comes; a visit; the body approves a draft, adopts its report, publishes it
(with the State's comments, if it made any); the States parties recommend, which may come before the report is
published; the State reports on that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binds:
    """Whom a mechanism reaches: the parties to instruments (the ledger says since when), or a wider circle.

    `once`: with several instruments one duty whichever binds, and not one for each.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    parties_to: Annotated[tuple[str, ...], OneOrMany()] = ()
    once: bool = False
    un_members: bool = False
    every_state: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRule:
    """By when something is due. One of the forms, never two.

    `after_entry`: within this time from the entry into force for the State (`earliest_after_entry`: not before),
    and then `every` so long again. `each_year`: on this day (MM-DD) of every year, from `years_after_entry` on, or
    of one year in `in_years`, or from the day `from_` on. `on_day`: once. `with_clock`: whenever that other clock
    (`mechanism/clock`) of a State falls due. `after_step`: `within` this time from that step of the State's round,
    where its day is known. `no_day`: why no day follows from the text.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    after_entry: Term | None = None
    earliest_after_entry: Term | None = None
    every: Term | None = None
    each_year: str | None = None
    years_after_entry: int | None = None
    once: bool = False
    in_years: int | None = None
    from_: Day | None = None
    on_day: Day | None = None
    with_clock: str | None = None
    after_step: Step | None = None
    within: Term | None = None
    no_day: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One thing that is due under a mechanism, by whom, by when, and where that is laid down.

    `duty` is the encoded provision (`crc 44(1)(a)`). `unless_party`: not for parties to that instrument. `set_by`
    says who may name another day, and that the day by the text then gives way. `look_at` is where a day that is not
    known here is published.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    what: str
    due: DateRule
    cite: str
    owed_by: Owing = "state"
    duty: str | None = None
    only_party: str | None = None
    unless_party: str | None = None
    set_by: str | None = None
    look_at: str | None = None
    note: str | None = None
    source: str | None = None
    verified: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDay:
    """What is known of States, or of all where none is named, under a mechanism: a day or a span.

    `what` is in words, or it is a `step` of a `round` (the number of a round, cycle or cluster). `group`: of the States
    of that group. With `clock` it is the day named for that clock, in place of the one by the text; with `says` and no
    day the body said that it will name one. `said`: the day by which the body had said so; before it, the text holds.
    `under`: under that instrument alone.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    what: str | None = None
    round: int | None = None
    step: Step | None = None
    from_: Day | None = None
    to: Day | None = None
    says: str | None = None
    states: Annotated[tuple[str, ...], OneOrMany()] = ()
    group: str | None = None
    clock: str | None = None
    under: str | None = None
    said: Day | None = None
    source: str
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """States that a mechanism takes together. `states` is empty where nobody has read who is in it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    what: str
    source: str
    states: Annotated[tuple[str, ...], OneOrMany()] = ()
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """A monitoring mechanism: its body, whom it reaches, its clocks, groups, the days known, what its words mean.

    `as_at` is the day up to which its days are known.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: str
    body: str
    binds: Binds
    clocks: tuple[Clock, ...]
    source: str
    verified: bool
    as_at: Day
    groups: tuple[Group, ...] = ()
    known: tuple[KnownDay, ...] = ()
    severities: dict[Severity, str] = field(default_factory=dict)
    note: str | None = None
    review_by: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What a body recommended to a State, in own words, with the duties and the law it concerns.

    `date` is the day of the document; `year` stands where only that is known. `duties` are encoded provisions
    (`palermo-protocol 5(1)`), `measures` keys of measures.yaml. `practice`: it does not turn on law.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    document: str
    severity: Severity
    says: str
    source: str
    verified: bool
    date: Day | None = None
    year: int | None = None
    paragraph: str | None = None
    duties: Annotated[tuple[str, ...], OneOrMany()] = ()
    measures: Annotated[tuple[str, ...], OneOrMany()] = ()
    practice: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendations:
    """The recommendations of one mechanism to one State, as far as they are encoded."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    mechanism: str
    state: str
    as_at: Day
    recommendations: tuple[Recommendation, ...]
    note: str | None = None
    review_by: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a questionnaire, in own words, with the duties it asks about."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    part: str
    asks: str
    kind: QuestionKind
    cite: str
    duties: Annotated[tuple[str, ...], OneOrMany()] = ()
    measures: Annotated[tuple[str, ...], OneOrMany()] = ()
    verified: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """What a body asks States, question by question."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    mechanism: str
    title: str
    source: str
    verified: bool
    as_at: Day
    questions: tuple[Question, ...]
    note: str | None = None
    review_by: Day | None = None

    def question(self, id: str) -> Question:
        """The question with that id. Raises KeyError."""
        for question in self.questions:
            if question.id == id:
                return question
        raise KeyError(id)
