"""The day a page is asked for: `?on=2012-01-01`, or today."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from django.http import HttpRequest

FIRST, LAST = date(1815, 1, 1), date(2100, 12, 31)


class BadDay(ValueError):
    """What was asked for is no day; `nearest` is one, as an offer."""

    def __init__(self, asked: str, nearest: date) -> None:
        super().__init__(f"{asked!r} is not a day between {FIRST} and {LAST}; write it as {nearest}")
        self.asked, self.nearest = asked, nearest


def day_asked(request: HttpRequest) -> date:
    """The day in the address, else today. Raises BadDay."""
    return read_day(request.GET.get("on", ""))


def read_day(asked: str) -> date:
    """A day written YYYY-MM-DD; today, where nothing is written. Raises BadDay with the nearest day."""
    if not asked.strip():
        return date.today()
    try:
        found = date.fromisoformat(asked.strip()) if len(asked.strip()) == 10 else None
    except ValueError:
        found = None
    if found is None or not FIRST <= found <= LAST:
        raise BadDay(asked, _nearest(asked))
    return found


def _nearest(asked: str) -> date:
    numbers = [int(part) for part in asked.replace("/", "-").replace(".", "-").split("-") if part.isdecimal()][:3]
    if not numbers or len(str(numbers[0])) != 4:
        return date.today()
    year = min(max(numbers[0], FIRST.year), LAST.year)
    month = min(max(numbers[1], 1), 12) if len(numbers) > 1 else 1
    day = min(max(numbers[2], 1), monthrange(year, month)[1]) if len(numbers) > 2 else 1
    return date(year, month, day)
