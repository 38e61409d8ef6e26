"""Laws compared: all of them duty by duty, and two side by side with the conduct that only one of them punishes."""

from __future__ import annotations

from datetime import date
from typing import get_args
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _

from palermo.conformity.compare import LawComparison, SystemPair
from palermo.conformity.verdicts import VerdictOnDay
from palermo.corpus.lookup import formula_of_provision, strict_theory
from palermo.corpus.models import Corpus, Instrument, LegalSystem, Provision
from palermo.ledger.parties import find_instrument, find_legal_systems
from palermo.logic.scenarios import Box
from palermo.reports.boxes import Column, Known, choices_known, columns
from palermo.reports.comparison import comparison_report, only_in
from palermo.reports.duty import ended
from palermo.reports.matrix import Order, in_order, matrix_report
from palermo.web.days import day_asked
from palermo.web.links import duty_page, state_page
from palermo.web.mistakes import Mistake
from palermo.web.page import Page, show
from palermo.web.remembered import remembered
from palermo.web.the_law import comparison, the_law, verdicts
from palermo.web.words import word

FIRST = "palermo-protocol"
PILLARS = ("prosecution", "protection")
"""Whose duties are shown where none are chosen."""
ORDERS: tuple[Order, ...] = get_args(Order)
MOST_DUTIES = 24
"""Provisions shown where none are chosen."""
MOST_DRAWN, MOST_TOLD = 6, 15
"""Boxes of what only one law punishes: so many are drawn, so many more told in words, the others are in the data."""


def pair_page(first: str, second: str) -> str:
    """The page on two laws."""
    return f"/compare/{quote(first)}/{quote(second)}"


@remembered
def compare(request: HttpRequest) -> HttpResponse:
    """Laws by duties."""
    corpus, on = the_law().corpus, day_asked(request)
    first, second = request.GET.get("first", "").strip(), request.GET.get("second", "").strip()
    if first and second:
        return HttpResponseRedirect(_with_choices(request, pair_page(_code(first), _code(second))))
    instrument = find_instrument(corpus, request.GET.get("instrument") or FIRST)
    duties = _duties(request, instrument, on)
    chosen = _laws(request, corpus)
    order = _order(request)
    rows = in_order(chosen, order)
    answers = _answers(instrument, duties, chosen, on)
    report = matrix_report(instrument, duties, rows, answers, on, order)
    more = {
        "rows": rows,
        "duties": [(duty, duty_page(instrument.id, duty.id)) for duty in duties],
        "answers": answers,
        "findings": lambda law: f"{state_page(law.state)}/against/{instrument.id}",
        "instrument": instrument,
        "order": order,
        "orders": [("alphabet", _("of the alphabet")), ("region", _("of regions")), ("tradition", _("of traditions"))],
        "instruments": _instruments(corpus),
        "testable": [duty for duty in instrument.provisions if duty.test is not None],
        "all_laws": sorted(corpus.legal_systems.values(), key=lambda law: word(law.legal_system)),
        "chosen_duties": {duty.id for duty in duties},
        "chosen_laws": {law.id for law in chosen} if request.GET.getlist("law") else set(),
        "choices": _choices(corpus),
    }
    summary = _("What %(laws)s laws give under %(duties)s provisions of the %(instrument)s. It is no ranking.") % {
        "laws": len(chosen),
        "duties": len(duties),
        "instrument": word(instrument.short),
    }
    told = list(answers.values()) if request.GET.get("as") == "json" else None
    page = Page(
        title=_("Compare"),
        report=report,
        template="compare.html",
        summary=summary,
        on=on,
        answer=told if told is not None else (),
        schema="verdicts-1",
        more=more,
    )
    return show(request, page)


def _with_choices(request: HttpRequest, to: str) -> str:
    kept = [(name, request.GET[name]) for name in ("within", "words", "on", "lang") if request.GET.get(name)]
    return f"{to}?{urlencode(kept)}" if kept else to


def _code(name: str) -> str:
    """The code of a State, or the id of a legal system, that a reader names. Raises UnknownName."""
    found = find_legal_systems(the_law().corpus, name)
    return found[0].id if len(found) == 1 else found[0].state


def _duties(request: HttpRequest, instrument: Instrument, on: date) -> list[Provision]:
    asked = list(dict.fromkeys(request.GET.getlist("duty")))
    testable = {duty.id: duty for duty in instrument.provisions if duty.test is not None}
    if not testable:
        raise Mistake(404, f"the {instrument.short} asks nothing of national law that could be tested")
    for id in asked:
        if id not in testable:
            offers = ((f"/compare?{urlencode({'instrument': instrument.id})}", instrument.short),)
            raise Mistake(404, f"the {instrument.short} has no provision {id!r} that could be tested", offers)
    if asked:
        return [duty for id, duty in testable.items() if id in asked]
    asked_that_day = [duty for duty in testable.values() if not ended(duty, on)]
    chosen = [duty for duty in asked_that_day if duty.pillar in PILLARS]
    return (chosen or asked_that_day or list(testable.values()))[:MOST_DUTIES]


def _laws(request: HttpRequest, corpus: Corpus) -> list[LegalSystem]:
    asked = dict.fromkeys(name for name in request.GET.getlist("law") if name.strip())
    found = [law for name in asked for law in find_legal_systems(corpus, name)]
    return list({law.id: law for law in found or corpus.legal_systems.values()}.values())


def _order(request: HttpRequest) -> Order:
    asked = request.GET.get("order") or "alphabet"
    for order in ORDERS:
        if order == asked:
            return order
    raise Mistake(400, f"{asked!r} is no order of laws; there are {', '.join(ORDERS)}")


def _answers(
    instrument: Instrument, duties: list[Provision], laws: list[LegalSystem], on: date
) -> dict[tuple[str, str], VerdictOnDay]:
    wanted = {law.id for law in laws}
    return {
        (answer.system, duty.id): answer
        for duty in duties
        for answer in verdicts(f"{instrument.id} {duty.id}", on)
        if answer.system in wanted
    }


def _instruments(corpus: Corpus) -> list[tuple[str, str]]:
    return [(id, word(i.short)) for id, i in corpus.instruments.items() if any(p.test for p in i.provisions)]


def _choices(corpus: Corpus) -> list[tuple[str, str]]:
    """States, and legal systems of those that have several, with their names."""
    found = [(law.id, word(law.legal_system)) for law in corpus.legal_systems.values()]
    several = {law.state for law in corpus.legal_systems.values() if law.id != law.state}
    found += [(code, word(corpus.parties[code].name)) for code in several if code not in corpus.legal_systems]
    return sorted(found, key=lambda choice: choice[1])


@remembered
def pair(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """Two laws side by side."""
    corpus, on = the_law().corpus, day_asked(request)
    one, other = _code(first), _code(second)
    if (one, other) != (first, second):
        return HttpResponseRedirect(_with_choices(request, pair_page(one, other)))
    within, words = request.GET.get("within") or f"{FIRST} 3", bool(request.GET.get("words"))
    found = comparison(one, other, on, within, not words)
    report = comparison_report(corpus, found)
    names = {"first": _name(corpus, one), "second": _name(corpus, other)}
    more = {
        "boxes": _boxes(corpus, found, within),
        "first": one,
        "second": other,
        "within": within,
        "words": words,
        "choices": _choices(corpus),
        "definitions": _definitions(corpus),
        "distances": [(_reached(p), _apart(p)) for p in found.pairs],
        "names": names,
    }
    page = Page(
        title=_("%(first)s and %(second)s") % names,
        report=report,
        template="pair.html",
        summary=_("The conduct of the definition that only one of two laws punishes, both ways, and their measures."),
        on=on,
        answer=found,
        schema="comparison-1",
        more=more,
        states=tuple({corpus.legal_systems[id].state for p in found.pairs for id in (p.first, p.second)}),
    )
    return show(request, page)


def _apart(found: SystemPair) -> str:
    """How far two laws are apart, in a sentence."""
    names = {"first": word(found.first_name), "second": word(found.second_name)}
    if found.distance is None:
        return _("Between %(first)s and %(second)s no distance can be told: no offence is encoded of one.") % names
    if found.distance == 0:
        return _("Within the definition the law of %(first)s and that of %(second)s reach the same.") % names
    told = _(
        "Of all situations that the law of %(first)s or that of %(second)s reaches, %(share)s %% are not within both."
    )
    return told % {**names, "share": f"{100 * found.distance:.3g}"}


def _reached(found: SystemPair) -> str:
    """How many scenarios of the definition each of two laws reaches, in a sentence."""
    told = _(
        "Of the %(scenarios)s minimal scenarios of the definition, %(first)s reaches %(one)s without further facts, "
        "%(second)s reaches %(other)s, and both reach %(both)s."
    )
    names = {"first": word(found.first_name), "second": word(found.second_name)}
    numbers = {"one": found.first_reaches, "other": found.second_reaches, "both": found.both_reach}
    return told % {**names, **numbers, "scenarios": found.scenarios}


def _name(corpus: Corpus, code: str) -> str:
    law = corpus.legal_systems.get(code)
    return word(law.legal_system if law else corpus.parties[code].name)


def _definitions(corpus: Corpus) -> list[tuple[str, str]]:
    return [
        (f"{id} {provision.id}", f"{instrument.cite(provision)}: {provision.title}")
        for id, instrument in corpus.instruments.items()
        for provision in instrument.provisions
        if provision.conduct is not None
    ]


Drawn = tuple[list[tuple[tuple[Column, ...], int]], list[tuple[Column, ...]], int]
"""Boxes to draw with their numbers of scenarios, those to tell in words, and the number of all."""


def _boxes(corpus: Corpus, found: LawComparison, within: str) -> dict[str, Drawn]:
    """The boxes of each list in the report, by what stands above it."""
    definition = choices_known(formula_of_provision(corpus, None, within), strict_theory(corpus))
    most = MOST_DRAWN if len(found.pairs) == 1 else 2
    drawn: dict[str, Drawn] = {}
    for p in found.pairs:
        drawn[only_in(p.first_name, p.second_name)] = _drawn(corpus, definition, p.only_first, most)
        drawn[only_in(p.second_name, p.first_name)] = _drawn(corpus, definition, p.only_second, most)
    return drawn


def _drawn(corpus: Corpus, definition: Known, boxes: tuple[Box, ...], most: int) -> Drawn:
    shown = [(columns(corpus, definition, box), len(box.scenarios())) for box in boxes[:most]]
    return shown, [columns(corpus, definition, box) for box in boxes[most : most + MOST_TOLD]], len(boxes)


urlpatterns = [
    path("compare", compare, name="compare"),
    path("compare/<first>/<second>", pair, name="compare-pair"),
]
