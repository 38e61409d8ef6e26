"""What an impact study rests on: figures of States by year, when a treatment began for each, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import msgspec

from palermo.corpus.shapes import STRICT

CellStatus = Literal["reported", "unknown", "not_reported", "not_applicable", "suppressed"]
AdoptionStatus = Literal["bound", "not_bound", "unknown", "left"]
Suppressed = Literal["out", "low", "high"]


class UnusableStudy(ValueError):
    """The figures or dates cannot answer what is asked; the message says why."""


class Figure(msgspec.Struct, frozen=True):
    """The figure of a State and year. Only a `reported` one has a value, and zero is a value.

    `suppressed`: the source hides a small count that lies between `low` and `high`.
    """

    state: str
    year: int
    indicator: str
    value: float | None
    status: CellStatus = "reported"
    low: float | None = None
    high: float | None = None


class Adoption(msgspec.Struct, frozen=True):
    """When a treatment began for a State: the year from which it counts as treated, and the last one if it ended.

    `not_bound` is not known to be treated in any year; `unknown` means that nobody can tell when. `since` is the day
    on which the treatment began, `consent` that of the act which brought it about, both YYYY-MM-DD.
    """

    state: str
    status: AdoptionStatus
    first_year: int | None = None
    last_year: int | None = None
    since: str | None = None
    consent: str | None = None


class Trait(msgspec.Struct, frozen=True):
    """The class of a State in a moderator, such as `tradition`: `civil_law`."""

    state: str
    moderator: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """What is asked: whether an outcome moved after a treatment, and how that is put to the test.

    `per`: an indicator that the outcome is divided by, times `times`. `log`: the outcome's natural logarithm. `leads`
    and `lags`: how many years before and after are drawn. `placebos`: how many years too early the dates are moved.
    `permutations` of the dates among States, from `seed`. `suppressed`: left out, or taken at an end of their range.
    `opened` is the day from which States could take up the treatment. `event`: an indicator that a State reaches when
    it is at least `event_at`, the second thing whose time is modelled.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    treatment: str
    outcome: str
    first_year: int
    last_year: int
    per: str | None = None
    times: float = 100_000.0
    log: bool = False
    leads: int = 5
    lags: int = 8
    placebos: tuple[int, ...] = (2, 3, 4)
    permutations: int = 199
    seed: int = 1
    level: float = 0.95
    suppressed: Suppressed = "out"
    moderators: tuple[str, ...] = ()
    opened: str | None = None
    event: str | None = None
    event_at: float = 1.0


class Study(msgspec.Struct, frozen=True):
    """All that an estimate needs: nothing else is looked at, so the same study gives the same numbers."""

    specification: Specification
    figures: tuple[Figure, ...]
    adoptions: tuple[Adoption, ...]
    traits: tuple[Trait, ...] = ()
