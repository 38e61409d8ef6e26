"""What is due on a request, written down and as entries of a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from palermo.cooperation.answers import Route
from palermo.cooperation.tracking import Due, RequestMade, named
from palermo.corpus.models import Corpus
from palermo.documents.calendar_file import Dated
from palermo.documents.report import Block, Line, Paragraph, Report, Table, badge, cite, line, muted
from palermo.reports.words import NOT_ADVICE, day

COUNTED = (
    "Counted by the words of the instrument: the day counted from is left out. Holidays, the law of the requested "
    "State and agreements of the two may move a day."
)


def tracking_report(corpus: Corpus, made: RequestMade, route: Route, found: Sequence[Due], on: date) -> Report:
    """The report on a request: each time limit, by when, and whether an answer came."""
    heads = ("What", "Counted from", "By", "How it stands", "Answered", "Rule")
    blocks: list[Block] = [Paragraph(line(f"Made on {day(made.made)} on the basis of {route.title}."))]
    if found:
        blocks.append(Table("Time limits", heads, tuple(_row(entry) for entry in found)))
    else:
        none = f"{route.title} names no time limit for this; the law of the requested State may."
        blocks.append(Paragraph(line(none)))
    blocks.append(Paragraph(line(muted(COUNTED))))
    title = named(corpus, made)
    return Report(f"{title[0].upper()}{title[1:]}: what is due on {day(on)}", tuple(blocks), NOT_ADVICE)


def _row(entry: Due) -> tuple[Line, ...]:
    term = f", {entry.term}" if entry.term else ""
    return (
        line(entry.what),
        line(f"{entry.counted_from}{f' on {day(entry.begins)}' if entry.begins else ''}{term}"),
        line(day(entry.by) if entry.by else ""),
        line(badge(entry.state.value)),
        line(day(entry.answered) if entry.answered else ""),
        line(entry.says or "", " " if entry.says else "", cite(", ".join(entry.cites))),
    )


def due_days(corpus: Corpus, made: RequestMade, found: Sequence[Due]) -> list[Dated]:
    """The days on which something is due and has not come, for a calendar. Nothing on a person goes there."""
    return [
        Dated(
            entry.by,
            f"{entry.what} due: {named(corpus, made)}",
            f"{entry.term} from {entry.counted_from} on {entry.begins} ({', '.join(entry.cites)})",
            f"{made.requesting}-{made.requested}-{made.form}-{made.basis}-{made.made}-{entry.what}".replace(" ", "-"),
        )
        for entry in found
        if entry.by and not entry.answered
    ]
