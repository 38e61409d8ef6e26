"""What is due on a request that was made: each time limit of its basis, counted from what happened. No storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from palermo.cooperation.answers import Limit, Route
from palermo.corpus.models import Corpus
from palermo.corpus.own_files import read_own_file
from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.shapes import STRICT, Day
from palermo.corpus.terms import Term
from palermo.corpus.yaml_files import place
from palermo.ledger.days import after_months
from palermo.logic.formula import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMade:
    """A request that was made: on what basis, what happened on which day, and what came back.

    `events` are days by the words that the limits of the basis count from (receipt, arrest, consent, ...); `answers`
    are days by the words for what is due (execution, decision, surrender, ...).
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    requesting: str
    requested: str
    form: str
    basis: str
    made: Day
    reference: str | None = None
    events: dict[str, Day] = field(default_factory=dict)
    answers: dict[str, Day] = field(default_factory=dict)


class DueState(StrEnum):
    """How a time limit stands."""

    NOT_RUNNING = "not running yet"
    RUNNING = "running"
    OVERDUE = "overdue"
    IN_TIME = "answered in time"
    LATE = "answered late"
    NO_TERM = "no term named"
    ANSWERED = "answered"


class Due(msgspec.Struct, frozen=True, omit_defaults=True):
    """One time limit of a request on a day: what is due, by when, and whether it came.

    `begins` is the day it is counted from, which itself is not counted; `by` the last day, by the words of the
    instrument alone: holidays and the law of the requested State may move it.
    """

    what: str
    counted_from: str
    state: DueState
    cites: tuple[str, ...]
    begins: date | None = None
    term: Term | None = None
    by: date | None = None
    answered: date | None = None
    says: str | None = None


def due(route: Route, made: RequestMade, on: date) -> list[Due]:
    """Every time limit of the request's basis as it stands on a day, the next to run out first."""
    events = {"request": made.made, **made.events}
    found = [_due(limit, events, made.answers, on) for limit in route.time_limits]
    return sorted(found, key=lambda entry: (entry.answered is not None, entry.by or date.max))


def _due(limit: Limit, events: Mapping[str, date], answers: Mapping[str, date], on: date) -> Due:
    begins = events.get(limit.counted_from)
    by = last_day(begins, limit.term) if begins and limit.term else None
    answered = answers.get(limit.what)
    if answered and answered > on:
        answered = None
    return Due(
        what=limit.what,
        counted_from=limit.counted_from,
        state=_state(begins, by, answered, on),
        cites=limit.cites,
        begins=begins,
        term=limit.term,
        by=by,
        answered=answered,
        says=limit.says,
    )


def _state(begins: date | None, by: date | None, answered: date | None, on: date) -> DueState:
    if answered:
        return DueState.ANSWERED if by is None else DueState.IN_TIME if answered <= by else DueState.LATE
    if begins is None or begins > on:
        return DueState.NOT_RUNNING
    if by is None:
        return DueState.NO_TERM
    return DueState.RUNNING if on <= by else DueState.OVERDUE


def last_day(begins: date, term: Term) -> date:
    """The last day of a term that is counted from a day, which itself is not counted.

    Raises ValueError for a term that has no end.
    """
    if term.unit == "day":
        return begins + timedelta(days=term.amount)
    if term.unit in ("month", "year"):
        return after_months(begins, term.amount * (12 if term.unit == "year" else 1))
    raise ValueError(f"{term} is no time limit")


def read_request_made(file: Path) -> RequestMade:
    """Read a YAML file of a request that was made. Raises CorpusError with every fault, OSError, UnicodeDecodeError."""
    return read_own_file(file, RequestMade)[0]


def check_words(made: RequestMade, route: Route, file: Path) -> None:
    """That the words for events and answers are those of the basis. Raises CorpusError with every other one."""
    events = {limit.counted_from for limit in route.time_limits} | {"request"}
    answers = {limit.what for limit in route.time_limits}
    text = file.read_text(encoding="utf-8-sig")
    problems = [
        Problem(
            file,
            *place(text, (key, word), True),
            f"{word}: no time limit of {route.title} knows it{nearest(word, known)}; it has {', '.join(sorted(known))}",
            "unknown-word",
        )
        for key, words, known in (("events", made.events, events), ("answers", made.answers, answers))
        for word in words
        if word not in known
    ]
    if problems:
        raise CorpusError(problems)


def named(corpus: Corpus, made: RequestMade) -> str:
    """A request in a few words: what, from whom to whom."""
    form = corpus.forms[made.form].label["en"] if made.form in corpus.forms else made.form
    return f"{form}, {made.requesting} to {made.requested}{f' ({made.reference})' if made.reference else ''}"
