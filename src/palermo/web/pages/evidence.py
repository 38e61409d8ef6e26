"""Figures: any indicator over the years, State by State, with why a figure is missing; and what the indicators mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from palermo.documents.report import Line, Paragraph, Report, Table, line, muted
from palermo.evidence.cells import Cell, Panel
from palermo.ledger.parties import find_party
from palermo.reports.codebook import codebook_report
from palermo.web.mistakes import Mistake
from palermo.web.page import Page, show
from palermo.web.remembered import remembered
from palermo.web.the_law import the_law
from palermo.web.words import state_name, word

FIRST, MOST_YEARS, MOST_STATES = 2001, 60, 60
WIDTH, HEIGHT = 220, 64
"""The size of one small chart."""
SIGNS = {"unknown": "?", "not_reported": "–", "not_applicable": "×", "suppressed": "…"}
LEGEND = (
    "? nobody has looked it up; – the source covers the year and gives no figure; × there was no such State; … the "
    "source hides a small figure."
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


urlpatterns = [
    path("evidence", evidence, name="evidence"),
    path("evidence/codebook", codebook, name="codebook"),
]
