"""Figures: any indicator over the years, State by State, with why a figure is missing; and what the indicators mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from palermo.documents.report import Line, Paragraph, Report, Table, line, link, muted
from palermo.documents.world_map import NotDrawn
from palermo.evidence.cells import Cell, Panel
from palermo.evidence.impact import Impact, estimate
from palermo.evidence.impact_study import Specification, UnusableStudy
from palermo.ledger.parties import find_instrument, find_party
from palermo.reports.codebook import codebook_report
from palermo.reports.impact import drawings, impact_report, verdict
from palermo.reports.words import day
from palermo.web.days import day_asked
from palermo.web.mistakes import Mistake
from palermo.web.page import Page, show
from palermo.web.remembered import remembered
from palermo.web.the_law import assessed_states, the_law
from palermo.web.words import state_name, word

FIRST, MOST_YEARS, MOST_STATES = 2001, 60, 60
WIDTH, HEIGHT = 220, 64
"""The size of one small chart."""
SIGNS = {"unknown": "?", "not_reported": "–", "not_applicable": "×", "suppressed": "…"}
LEGEND = (
    "? nobody has looked it up; – the source covers the year and gives no figure; × there was no such State; … the "
    "source hides a small figure."
)
DUE = (
    "The next day known for each; — says that none is known, and the State's own page where to look. Whether a report "
    "came in time is not known, so nothing is called overdue."
)
DEFAULT = "bound:palermo-protocol"


@dataclass(frozen=True)
class Small:
    """One State's chart: the pieces of its line where figures follow on each other, dots, and its words."""

    code: str
    name: str
    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    told: str


@lru_cache(maxsize=256)
def _panel(indicator: str, years: tuple[int, ...], states: tuple[str, ...]) -> Panel:
    return the_law().panel([indicator], years, states or None)


@remembered
def evidence(request: HttpRequest) -> HttpResponse:
    """An indicator over the years: small multiples and the table."""
    corpus = the_law().corpus
    indicator = request.GET.get("indicator", "").strip() or DEFAULT
    years = _years(request)
    states = tuple(
        find_party(corpus, name.strip()).code for name in request.GET.get("states", "").split(",") if name.strip()
    )
    if len(states) > MOST_STATES:
        raise Mistake(404, f"at most {MOST_STATES} States are shown at a time")
    found = _panel(indicator, years, states)
    column = found.columns[0]
    by_state = {
        code: found.cells[i * len(found.years) : (i + 1) * len(found.years)] for i, code in enumerate(found.states)
    }
    told = {code: cells for code, cells in by_state.items() if any(cell.value is not None for cell in cells)}
    values = [cell.value for cells in told.values() for cell in cells if cell.value is not None]
    low, high = (min(0.0, *values), max(values)) if values else (0.0, 1.0)
    order = sorted(told, key=state_name)
    smalls = [_small(code, told[code], years, low, high) for code in order[:MOST_STATES]]
    rows = tuple(_row(code, by_state[code]) for code in sorted(by_state, key=state_name))
    table = Table(f"{column.indicator.label}, {years[0]} to {years[-1]}", ("State", *map(str, years)), rows)
    report = Report(column.indicator.label, (table, Paragraph(line(muted(LEGEND)))))
    more = {
        "smalls": smalls,
        "size": (WIDTH, HEIGHT),
        "entry": column.indicator,
        "indicator": indicator,
        "indicators": _choices(),
        "states": ", ".join(states),
        "years": years,
        "scale": (_number(low), _number(high)),
        "hidden": max(0, len(order) - MOST_STATES),
    }
    summary = _("%(count)s States have a figure in some of these years. A missing figure is never a zero.") % {
        "count": len(told)
    }
    page = Page(
        title=word(column.indicator.label),
        report=report,
        template="evidence.html",
        summary=summary % {"count": len(told)},
        answer=found,
        schema="panel-1",
        more=more,
    )
    return show(request, page)


def _years(request: HttpRequest) -> tuple[int, ...]:
    """The years asked for. Raises Mistake."""
    written = (request.GET.get("from") or str(FIRST), request.GET.get("to") or str(date.today().year))
    if not all(year.isdecimal() and 1900 <= int(year) <= 2100 for year in written):
        raise Mistake(404, "years are written as 2001")
    first, last = map(int, written)
    if not first <= last < first + MOST_YEARS:
        raise Mistake(404, f"from a year to a later one, at most {MOST_YEARS} of them")
    return tuple(range(first, last + 1))


def _small(code: str, cells: Sequence[Cell], years: Sequence[int], low: float, high: float) -> Small:
    def at(i: int, value: float) -> tuple[float, float]:
        x = 4 + i * (WIDTH - 8) / max(1, len(years) - 1)
        y = HEIGHT - 6 - (value - low) * (HEIGHT - 12) / ((high - low) or 1)
        return round(x, 1), round(y, 1)

    runs: list[list[tuple[float, float]]] = [[]]
    for i, cell in enumerate(cells):
        if cell.value is None:
            runs.append([])
        else:
            runs[-1].append(at(i, cell.value))
    known = [(cell.year, cell) for cell in cells if cell.value is not None]
    (first, begin), (last, end) = known[0], known[-1]
    told = f"{first}: {_shown(begin)}" + (f"; {last}: {_shown(end)}" if last != first else "")
    lines = tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1)
    dots = tuple(run[0] for run in runs if len(run) == 1)
    return Small(code, state_name(code), lines, dots, told)


def _row(code: str, cells: Sequence[Cell]) -> tuple[Line, ...]:
    name = the_law().corpus.parties[code].name
    return (line(name), *(line(_shown(cell)) for cell in cells))


def _shown(cell: Cell) -> str:
    if cell.value is None:
        return SIGNS[cell.status]
    return cell.word or _number(cell.value)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:,.2f}"


@lru_cache(maxsize=1)
def _choices() -> list[tuple[str, str]]:
    """The indicators that can be shown: those with figures, and those worked out of the record, for each instrument."""
    corpus = the_law().corpus
    found = [(id, entry.label) for id, entry in corpus.indicators.items() if not entry.per and entry.ships != "no"]
    per_instrument = [id for id, entry in corpus.indicators.items() if entry.per == "instrument"]
    for id in per_instrument:
        label = corpus.indicators[id].label
        found += [(f"{id}:{key}", f"{label}: {i.short}") for key, i in corpus.instruments.items() if i.state is None]
    for id, entry in corpus.indicators.items():
        if entry.per == "measure":
            found += [
                (f"{id}:{key}", f"{entry.label}: {measure.meaning}"[:160]) for key, measure in corpus.measures.items()
            ]
        if entry.per == "provision":
            found.append((f"{id}:palermo-protocol 3", f"{entry.label}: palermo-protocol 3"))
    return found


@remembered
def codebook(request: HttpRequest) -> HttpResponse:
    """What the indicators mean."""
    report = codebook_report(the_law().corpus)
    summary = _("Each indicator with its meaning, unit, source and terms, and what a missing figure says.")
    return show(request, Page(title=_("Codebook"), report=report, summary=summary))


@remembered
def monitoring(request: HttpRequest) -> HttpResponse:
    """What is due next from every State whose law is encoded, mechanism by mechanism."""
    corpus, on = the_law().corpus, day_asked(request)
    mechanisms = list(corpus.mechanisms.values())
    rows = tuple(_due(code, on, [m.id for m in mechanisms]) for code in sorted(assessed_states(), key=state_name))
    table = Table(f"What is due next, after {day(on)}", ("State", *(m.name for m in mechanisms)), rows)
    summary = _("Reports, reviews and transposition that fall due next, for each State whose law is encoded.")
    report = Report(f"What is due next, after {day(on)}", (Paragraph(line(muted(DUE))), table))
    return show(request, Page(title=_("Monitoring"), report=report, summary=summary, on=on, template="list.html"))


def _due(code: str, on: date, mechanisms: Sequence[str]) -> tuple[Line, ...]:
    """The State, then for each mechanism the next day, a dash where none is known, or nothing where none is due."""
    found: dict[str, list[date | None]] = {}
    for entry in the_law().calendar(code, on).due:
        found.setdefault(entry.mechanism, []).append(entry.by)
    cells = []
    for id in mechanisms:
        days = [by for by in found.get(id, ()) if by]
        cells.append(line(str(min(days)) if days else "—" if id in found else ""))
    return (line(link(the_law().corpus.parties[code].name, f"/states/{code}/calendar")), *cells)


@remembered
def impact(request: HttpRequest) -> HttpResponse:
    """Whether an outcome moved after States came under an instrument: an event study of the corpus' own figures."""
    corpus = the_law().corpus
    treatment, outcome = (request.GET.get(name, "").strip() for name in ("treatment", "outcome"))
    more = {
        "treatments": [(id, word(i.short)) for id, i in corpus.instruments.items() if i.state is None],
        "outcomes": [(id, i.label) for id, i in corpus.indicators.items() if not i.per and i.ships == "yes"],
        "treatment": treatment,
        "outcome": outcome,
    }
    summary = _("Whether a figure moved after States came under an instrument, and how far that can be told at all.")
    if not treatment or not outcome:
        return show(request, Page(title=_("What changed?"), template="impact.html", summary=summary, more=more))
    found = _study(find_instrument(corpus, treatment).id, outcome)
    try:
        drawn = drawings(found)
    except NotDrawn:
        drawn = {}
    page = Page(
        title=_("What changed?"),
        report=impact_report(found, drawn),
        template="impact.html",
        summary=verdict(found),
        answer=found,
        schema="impact-1",
        more=more,
    )
    return show(request, page)


@lru_cache(maxsize=64)
def _study(treatment: str, outcome: str) -> Impact:
    asked = Specification(treatment=treatment, outcome=outcome, first_year=0, last_year=9999)
    try:
        return estimate(the_law().impact_study(asked, years_given=False))
    except UnusableStudy as error:
        raise Mistake(404, str(error)) from None


urlpatterns = [
    path("evidence/impact", impact, name="impact"),
    path("evidence/monitoring", monitoring, name="monitoring"),
    path("evidence", evidence, name="evidence"),
    path("evidence/codebook", codebook, name="codebook"),
]
