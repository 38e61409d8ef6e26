"""Dated events, written down as a table or as a calendar."""

from __future__ import annotations

from collections.abc import Sequence

from palermo.corpus.models import Corpus
from palermo.documents.calendar_file import Dated
from palermo.documents.report import Line, Paragraph, Report, Table, line
from palermo.ledger.chronicle import Event
from palermo.reports.words import KINDS, known

WHAT = {
    "act": "act",
    "in_force": "entry into force",
    "not_in_force": "no longer in force",
    "statement": "statement",
    "statement_withdrawn": "statement withdrawn",
    "provision_in_force": "provision begins to apply",
    "agreement": "agreement",
}


def events_report(corpus: Corpus, title: str, events: Sequence[Event], empty: str) -> Report:
    """Events as a table, in their order; `empty` is said where there are none."""
    if not events:
        return Report(title, (Paragraph(line(empty)),))
    rows = tuple(_row(corpus, event) for event in events)
    tables = (corpus.actions.get(instrument, ()) for instrument in {event.instrument for event in events})
    up_to = (max((act.as_at for act in acts if act.as_at), default=None) for acts in tables)
    table = Table("Events", ("Day", "Party", "Instrument", "What", "Detail"), rows)
    return Report(title, (table,), known=known(acts=up_to))


def _row(corpus: Corpus, event: Event) -> tuple[Line, ...]:
    return (
        line(str(event.date or "day not known")),
        line(corpus.parties[event.party].name),
        line(instrument_of(corpus, event)),
        line(WHAT[event.what]),
        line(detail_of(event)),
    )


def instrument_of(corpus: Corpus, event: Event) -> str:
    """The instrument of an event, or the provision that it is about."""
    instrument = corpus.instruments.get(event.instrument)
    if instrument is None:
        return "bilateral"
    if event.provision:
        return instrument.cite(instrument.provision(event.provision))
    return instrument.short


def detail_of(event: Event) -> str:
    """What is said of an event beside its day and sort."""
    kind = KINDS.get(event.detail, event.detail.replace("_", " ") if event.what == "act" else event.detail)
    return f"{kind} ({event.note})" if event.note else kind


def dated(corpus: Corpus, events: Sequence[Event]) -> list[Dated]:
    """Events that have a day, for a calendar file."""
    found = []
    for event in events:
        if event.date is None:
            continue
        name, instrument = corpus.parties[event.party].name, instrument_of(corpus, event)
        key = "-".join(filter(None, (event.instrument, event.party, event.what, event.provision, str(event.date))))
        found.append(
            Dated(event.date, f"{name}: {instrument}, {WHAT[event.what]}", detail_of(event), key.replace(" ", "_"))
        )
    return found
