"""The world: who takes part in an instrument, or what laws answer to a duty, on a map and in a list, on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from markupsafe import Markup

from palermo.conformity.findings import Verdict
from palermo.documents.report import Line, Report, Table, badge, line
from palermo.documents.world_picture import fill, patterns, world_picture
from palermo.ledger.parties import find_instrument
from palermo.reports.ledger import STATUS_WORDS
from palermo.reports.words import day
from palermo.web.days import day_asked
from palermo.web.mistakes import Mistake
from palermo.web.page import Page, show
from palermo.web.remembered import remembered
from palermo.web.the_law import the_law
from palermo.web.words import state_name, word

EARLIEST = 1950
_TAKING_PART = {
    "in_force": 3,
    "applied_provisionally": 3,
    "not_yet_in_force": 2,
    "signed": 1,
    "left": 0,
    "not_bound": 0,
}
_ANSWERS = {Verdict.PROVIDED: 3, Verdict.IN_PART: 2, Verdict.NOT_PROVIDED: 0}


@dataclass(frozen=True)
class Shown:
    """What the map and the list show: a class for each State that has one, and a row for each State."""

    of_state: dict[str, int]
    rows: tuple[tuple[Line, ...], ...]
    heads: tuple[str, ...]
    legend: tuple[tuple[int | None, str], ...]
    counted: int


@remembered
def world(request: HttpRequest) -> HttpResponse:
    """The world, by an instrument (`?instrument=cets-197`) or by a duty (`?duty=palermo-protocol 6(3)`)."""
    corpus = the_law().corpus
    on = _day(request)
    duty = request.GET.get("duty", "").strip()
    if duty:
        shown, about = _by_duty(duty, on), duty
        told = _("What the laws encoded here answer to it: %(count)s legal systems, each as its law stood that day.")
    else:
        instrument = find_instrument(corpus, request.GET.get("instrument") or "palermo-protocol")
        shown, about = _by_instrument(instrument.id, on), word(instrument.short)
        told = _("Who takes part in it: %(count)s are known to be bound on that day.")
    names = {code: state_name(code) for code in corpus.parties}
    table = Table(f"{duty or instrument.short}, {day(on)}", shown.heads, shown.rows)
    more = {
        "picture": Markup(world_picture(shown.of_state, names, about)),  # noqa: S704 (made of numbers and escaped names)
        "legend": [(fill(shade), words) for shade, words in shown.legend],
        "patterns": Markup("".join(patterns())),  # noqa: S704 (fixed)
        "about": about,
        "duty": duty,
        "instrument": "" if duty else instrument.id,
        "instruments": [(id, word(i.short)) for id, i in corpus.instruments.items() if i.state is None],
        "duties": _duties(),
        "years": (EARLIEST, date.today().year + 2, on.year),
    }
    summary = told % {"count": shown.counted}
    report = Report(f"{duty or instrument.short}, on {day(on)}", (table,))
    page = Page(title=_("World"), report=report, template="world.html", summary=summary, on=on, more=more)
    return show(request, page)


def _day(request: HttpRequest) -> date:
    """The day asked for, or the last of a year (today, in this one)."""
    year = request.GET.get("year", "")
    if not year:
        return day_asked(request)
    if not year.isdecimal() or not 1815 <= int(year) <= 2100:
        raise Mistake(404, f"{year!r} is no year between 1815 and 2100")
    return date.today() if int(year) == date.today().year else date(int(year), 12, 31)


def _by_instrument(instrument: str, on: date) -> Shown:
    ledger, corpus = the_law().ledger, the_law().corpus
    standings = ledger.parties(instrument, on)
    of_state = {s.party: _TAKING_PART[s.status] for s in standings if s.status in _TAKING_PART}
    rows = tuple(
        (
            line(corpus.parties[s.party].name),
            line(STATUS_WORDS[s.status]),
            line(str(s.bond.since) if s.bond and s.bond.since else ""),
            line(str(s.known_up_to or "")),
        )
        for s in sorted(standings, key=lambda s: state_name(s.party))
    )
    legend = (
        (3, STATUS_WORDS["in_force"]),
        (2, STATUS_WORDS["not_yet_in_force"]),
        (1, STATUS_WORDS["signed"]),
        (0, _("no longer bound, or takes no part")),
        (None, _("no act known")),
    )
    bound = sum(s.binding for s in standings)
    return Shown(of_state, rows, ("Party", "Standing", "In force", "Known up to"), legend, bound)


def _by_duty(duty: str, on: date) -> Shown:
    corpus = the_law().corpus
    verdicts = the_law().verdicts.on(duty, on)
    of_state: dict[str, int] = {}
    rows: list[tuple[Line, ...]] = []
    for found in sorted(verdicts, key=lambda v: word(corpus.legal_systems[v.system].legal_system)):
        system = corpus.legal_systems[found.system]
        if found.verdict in _ANSWERS:
            # several laws of one State: the map shows the one that provides least, the list shows all
            of_state[system.state] = min(_ANSWERS[found.verdict], of_state.get(system.state, 3))
        words = f", on its words {found.on_words.value}" if found.on_words else ""
        rows.append((line(system.legal_system), line(badge(found.verdict.value), words), line(str(system.as_at))))
    legend = (
        (3, Verdict.PROVIDED.value),
        (2, Verdict.IN_PART.value),
        (0, Verdict.NOT_PROVIDED.value),
        (None, _("not encoded, or a question of practice")),
    )
    counted = sum(v.verdict in _ANSWERS for v in verdicts)
    return Shown(of_state, tuple(rows), ("Legal system", "Answer", "Looked at up to"), legend, counted)


def _duties() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Instruments with the duties that can be held against law."""
    return [
        (id, word(instrument.short), [(f"{id} {p.id}", f"{p.id} {p.title}") for p in instrument.provisions if p.test])
        for id, instrument in the_law().corpus.instruments.items()
        if any(p.test for p in instrument.provisions)
    ]


urlpatterns = [path("world", world, name="world")]
