"""Lengths of time as law states them: 30 days, 6 months, 5 years, life."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import msgspec

_TERM = re.compile(r"(\d+) (day|month|year)s?")
_WORDS = ("life", "death")


class Term(msgspec.Struct, frozen=True):
    """An amount with its unit (day, month, year), or the words `life` and `death`, which exceed any amount."""

    amount: int
    unit: str

    def __str__(self) -> str:
        if self.unit in _WORDS:
            return self.unit
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import PydanticCustomError, core_schema

        def read(raw: object) -> Term:
            try:
                return parse_term(raw)
            except ValueError as error:
                raise PydanticCustomError("not-a-term", "{text}", {"text": str(error)}) from error

        return core_schema.no_info_plain_validator_function(read)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        return {"$comment": "term"}


def parse_term(raw: object) -> Term:
    """Read `30 days`, `6 months`, `5 years`, `life` or `death`. Raises ValueError for anything else."""
    if isinstance(raw, str):
        if raw in _WORDS:
            return Term(0, raw)
        found = _TERM.fullmatch(raw)
        if found:
            return Term(int(found[1]), found[2])
    raise ValueError(f"expected a length of time such as 30 days, 6 months, 5 years, life or death, not {raw!r}")


@lru_cache(maxsize=512)
def days(term: Term) -> tuple[float, float]:
    """The fewest and the most days a term can have, counted from the first of any month.

    A month has 28 to 31 days, twelve of them 365 or 366; `life` and `death` have no end.
    """
    if term.unit in _WORDS:
        return (float("inf"), float("inf"))
    if term.unit == "day":
        return (term.amount, term.amount)
    months = term.amount * (12 if term.unit == "year" else 1)
    starts = [12 * 2000 + i for i in range(48)]
    lengths = [(_first(start + months) - _first(start)) / timedelta(days=1) for start in starts]
    return (min(lengths), max(lengths))


def _first(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def at_least(term: Term, least: Term) -> bool | None:
    """Whether a term is at least as long as another; None where it depends on the calendar."""
    if term.unit in _WORDS and least.unit in _WORDS:
        return _WORDS.index(term.unit) >= _WORDS.index(least.unit)
    if term.unit in ("month", "year") and least.unit in ("month", "year"):
        months = {"month": 1, "year": 12}
        return term.amount * months[term.unit] >= least.amount * months[least.unit]
    shortest, longest = days(term)
    need_shortest, need_longest = days(least)
    if shortest >= need_longest:
        return True
    return False if longest < need_shortest else None
