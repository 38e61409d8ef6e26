"""Country-year facts as frozen values: the codebook of indicators, the figures, and from when to when a State existed.

A figure is one cell of the panel as a table of `evidence/` or a user's own file has it. What is missing is said in
one of four ways, none of which is a zero: see `Status`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from palermo.corpus.shapes import STRICT, Day, OneOrMany

IndicatorKind = Literal["count", "rate", "amount", "score", "category", "yes_no", "years", "days"]
Ships = Literal["yes", "no", "derived"]
Family = Literal["instrument", "provision", "measure"]
Status = Literal["reported", "unknown", "not_reported", "not_applicable", "suppressed"]
"""`reported`: there is a value, zero among them. The four others have none. `unknown`: nobody has looked up or handed
over a figure. `not_reported`: the source covers the State and the year and gives no figure. `not_applicable`: there
was no such State that year, or the question does not arise. `suppressed`: the source hides a small figure, which lies
between two bounds."""

WHOLE_NUMBERS = ("count", "yes_no", "category", "years", "days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A year from which a series is not what it was before; `states`: for those alone."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    year: int
    what: str
    states: tuple[str, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A word that a category may be, with its number in tables; without one, the status that the word stands for."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    label: str
    value: int | None = None
    status: Literal["not_reported", "not_applicable"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """The years of a source, and what the absence of a State in it means."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    from_: int
    to: int
    absent: Literal["unknown", "not_reported"] = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One column of the panel: its meaning, unit, source and terms, and what its missing cells mean.

    `ships`: whether the corpus may carry figures, a user has to hand over the file, or it is derived from the law.
    `per`: a derived indicator of which there is one for each instrument, provision or measure. `least` and `most`
    bound every figure. `notes` say what a user of the figures has to know.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    label: str
    meaning: str
    kind: IndicatorKind
    unit: str
    source: Annotated[tuple[str, ...], OneOrMany()]
    terms: str
    ships: Ships
    missing: str
    as_at: Day | None = None
    per: Family | None = None
    covers: Covers | None = None
    least: float | None = None
    most: float | None = None
    words: dict[str, Code] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One cell. `value` of a category is its code, `word` the category; `low` and `high` bound what is suppressed.

    Without `source` and `as_at` those of the indicator hold; `unit` only says again what the codebook says.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    state: str
    year: int
    indicator: str
    value: float | None = None
    word: str | None = None
    status: Status = "reported"
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    source: tuple[str, ...] = ()
    as_at: Day | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Existence:
    """From which day to which there is, or was, a State; one that always was while figures are kept has no row."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    state: str
    first_day: Day | None = None
    last_day: Day | None = None
    source: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All figures of a corpus, read and checked, in the order of their tables; existence by State."""

    figures: tuple[Figure, ...] = ()
    existence: dict[str, Existence] = field(default_factory=dict)


FIGURE_COLUMNS = (
    "state",
    "year",
    "indicator",
    "value",
    "word",
    "status",
    "low",
    "high",
    "unit",
    "source",
    "as_at",
    "note",
)
EXISTENCE_COLUMNS = ("state", "first_day", "last_day", "source", "note")
