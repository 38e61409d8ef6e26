"""An instrument: what it is and asks, its parties on any day, its history."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _

from palermo.corpus.models import Instrument
from palermo.documents.report import Block, Figure, Report, Table, line
from palermo.documents.step_chart import step_chart
from palermo.documents.world_map import NotDrawn
from palermo.ledger.parties import find_instrument
from palermo.ledger.standing import bonds_of
from palermo.reports.chronicle import events_report
from palermo.reports.instrument import instrument_report
from palermo.reports.ledger import parties_report
from palermo.reports.linked import linked_instrument
from palermo.web.citing import of_law
from palermo.web.days import day_asked
from palermo.web.links import instrument_page
from palermo.web.page import Page, absolute, show
from palermo.web.remembered import remembered
from palermo.web.the_law import the_law
from palermo.web.words import word


def _tabs(id: str) -> list[tuple[str, str]]:
    home = instrument_page(id)
    return [
        (home, _("In short")),
        (f"{home}/parties", _("Parties")),
        (f"{home}/timeline", _("History")),
        (f"/world?instrument={id}", _("On the map")),
    ]


def _about(instrument: Instrument, title: str, report: Report, **more: object) -> Page:
    surroundings = {"tabs": _tabs(instrument.id), "of": word(instrument.short)}
    return Page(title=title, report=report, template="state.html", more=surroundings, **more)  # type: ignore[arg-type]


def _named(request: HttpRequest, id: str) -> Instrument | HttpResponseRedirect:
    """The instrument asked for; where it was asked for by its title, its own address."""
    found = find_instrument(the_law().corpus, id)
    return found if found.id == id else HttpResponseRedirect(instrument_page(found.id))


@remembered
def instruments(request: HttpRequest) -> HttpResponse:
    """Every instrument of the corpus."""
    corpus, on = the_law().corpus, day_asked(request)
    spans = the_law().ledger.spans
    bound = dict(zip(spans.instruments, spans.bound(on).sum(axis=1).tolist(), strict=True))
    rows = tuple(
        (
            line(instrument.short),
            line(instrument.kind),
            line(str(instrument.adopted or "")),
            line(str(bound.get(id, ""))),
            line(str(len(instrument.provisions))),
            line(instrument.title if instrument.title != instrument.short else ""),
        )
        for id, instrument in sorted(corpus.instruments.items(), key=lambda entry: entry[1].short)
    )
    heads = ("Instrument", "Kind", "Adopted", "Known to be bound", "Provisions", "Title")
    summary = _("Treaties, directives and statutes on trafficking in persons and on cooperation against it.")
    report = Report("Instruments", (Table("Instruments", heads, rows),))
    return show(request, Page(title=_("Instruments"), report=report, summary=summary, on=on, template="list.html"))


@remembered
def instrument(request: HttpRequest, id: str) -> HttpResponse:
    """What an instrument is and asks."""
    found = _named(request, id)
    if isinstance(found, HttpResponseRedirect):
        return found
    report = instrument_report(the_law().corpus, found)
    counted = Counter(p.modality for p in found.provisions if p.kind == "duty")
    summary = _("%(duties)s duties; %(shall)s of them say “shall” without more.") % {
        "duties": sum(counted.values()),
        "shall": counted["shall"],
    }
    address = absolute(request, instrument_page(found.id))
    linked = partial(linked_instrument, the_law().corpus, found, address)
    return show(
        request, _about(found, word(found.short), report, summary=summary, linked=linked, cites=of_law(found.id))
    )


@remembered
def parties(request: HttpRequest, id: str) -> HttpResponse:
    """Who is bound by an instrument on a day, and how many were over time."""
    found, on = _named(request, id), day_asked(request)
    if isinstance(found, HttpResponseRedirect):
        return found
    ledger = the_law().ledger
    standings = ledger.parties(found.id, on)
    report = parties_report(ledger, found.id, on, standings)
    chart = _over_time(found)
    blocks: tuple[Block, ...] = (*report.blocks[:1], *((chart,) if chart else ()), *report.blocks[1:])
    title = _("%(instrument)s: parties") % {"instrument": word(found.short)}
    report = Report(report.title, blocks, known=report.known)
    return show(request, _about(found, title, report, on=on, answer=standings, schema="standings-1"))


def _over_time(instrument: Instrument) -> Figure | None:
    """How many parties were known to be bound, day by day, up to today."""
    acts = the_law().ledger.acts
    steps: Counter[date] = Counter()
    for party in acts.named(instrument.id):
        for bond in bonds_of(acts, instrument, party):
            start = bond.since or bond.known_by
            if start and start <= date.today():
                steps[start] += 1
                if bond.until and bond.until <= date.today():
                    steps[bond.until] -= 1
    if len(steps) < 2:
        return None
    counts, number = [], 0
    for on in sorted(steps):
        number += steps[on]
        counts.append((on, number))
    counts.append((date.today(), number))
    caption = "Parties known to be bound, through time"
    told = f"From {counts[0][1]} on {counts[0][0]} to {number} today, as far as days are known."
    try:
        return Figure(told, caption, step_chart(caption, told, counts, "parties"))
    except NotDrawn:
        return Figure(told, caption)


@remembered
def timeline(request: HttpRequest, id: str) -> HttpResponse:
    """All that happened to an instrument."""
    found = _named(request, id)
    if isinstance(found, HttpResponseRedirect):
        return found
    events = the_law().ledger.timeline(found.id)
    report = events_report(the_law().corpus, f"{found.short}: timeline", events, "No acts on it are encoded.")
    title = _("%(instrument)s: history") % {"instrument": word(found.short)}
    return show(request, _about(found, title, report, answer=events, schema="events-1"))


urlpatterns = [
    path("instruments", instruments, name="instruments"),
    path("instruments/<id>", instrument, name="instrument"),
    path("instruments/<id>/parties", parties, name="parties"),
    path("instruments/<id>/timeline", timeline, name="timeline"),
]
