"""Dated entries as a calendar file that calendar programs subscribe to or import."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

import msgspec
from icalendar import Calendar
from icalendar import Event as Entry


class Dated(msgspec.Struct, frozen=True):
    """One day in a calendar. `key` names it for good, so that a later file replaces it."""

    day: date
    title: str
    text: str
    key: str


def calendar_file(title: str, entries: Iterable[Dated], stamped: date) -> str:
    """The entries as iCalendar text; `stamped` is the day the answer was given for."""
    calendar = Calendar()
    calendar.add("prodid", "-//Palermo//Treaty calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    for dated in entries:
        entry = Entry()
        entry.add("uid", f"{dated.key}@palermo")
        entry.add("dtstamp", datetime.combine(stamped, time(), UTC))
        entry.add("dtstart", dated.day)
        entry.add("summary", dated.title)
        entry.add("description", dated.text)
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    return str(calendar.to_ical().decode("utf-8"))
