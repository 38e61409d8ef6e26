"""Search in everything the corpus holds, in six languages; and the concepts of the vocabulary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palermo.corpus.models import Language
from palermo.documents.report import Line, Report, Table, cite, line
from palermo.logic.formula import nearest
from palermo.reports.concept import concept_report
from palermo.reports.legal_system import act_anchor
from palermo.reports.search import in_force, marked, search_table
from palermo.search.entries import Kind
from palermo.search.find import Found, Hit
from palermo.search.query import NothingAsked
from palermo.web import links
from palermo.web.days import day_asked
from palermo.web.mistakes import Mistake
from palermo.web.page import Page, show
from palermo.web.remembered import remembered
from palermo.web.the_law import the_law
from palermo.web.words import state_name, translated, word

STEP, MOST = 20, 200
"""How many hits a page has at first and at most; each asking for more adds a step."""


@dataclass(frozen=True)
class Shown:
    """A hit as it stands on the page: where it leads, its title and snippet with what was found marked."""

    hit: Hit
    to: str
    title: Line
    snippet: Line
    english: bool
    in_force: str


def _kind_names() -> dict[str, str]:
    return {
        "instrument": _("Instruments"),
        "provision": _("Provisions"),
        "offence": _("Offences"),
        "measure": _("Measures of a law"),
        "act": _("Statutes"),
        "statement": _("Reservations and declarations"),
        "agreement": _("Agreements"),
        "concept": _("Concepts"),
        "party": _("States and organisations"),
    }


def _one_of() -> dict[str, str]:
    return {
        "instrument": _("Instrument"),
        "provision": _("Provision"),
        "offence": _("Offence"),
        "measure": _("Measure of a law"),
        "act": _("Statute"),
        "statement": _("Statement"),
        "agreement": _("Agreement"),
        "concept": _("Concept"),
        "party": _("Party"),
    }


@remembered
def search(request: HttpRequest) -> HttpResponse:
    """What words find: `?q=forced labour&kind=offence&state=NOR&instrument=&language=&on=&limit=`."""
    asked = request.GET
    query, kinds, limit = asked.get("q", "").strip(), _kinds(asked.getlist("kind")), _limit(asked.get("limit", ""))
    on = day_asked(request) if asked.get("on", "").strip() else None
    spoken: Any = asked.get("language", "")
    if spoken and spoken not in get_args(Language):
        raise Mistake(404, f"there is no language {spoken!r} here; there are {', '.join(get_args(Language))}")
    more: dict[str, Any] = {
        "kinds": _kind_names(),
        "one_of": _one_of(),
        "asked": {"q": query, "kind": kinds, "language": spoken, "on": on or ""},
        "state": asked.get("state", ""),
        "instrument": asked.get("instrument", ""),
        "states": _states(),
        "laws": _parts_of_states(),
        "instruments": sorted(((id, word(i.short)) for id, i in _instruments()), key=lambda pair: pair[1]),
        "spoken": spoken,
        "filtered": any(asked.get(name) for name in ("kind", "state", "instrument", "language", "on")),
        "found": None,
        "unfit": "",
    }
    if query:
        try:
            state, instrument = asked.get("state") or None, asked.get("instrument") or None
            found = the_law().search(query, kinds, state, instrument, spoken or None, on, limit)
        except NothingAsked as error:
            more["unfit"] = str(error)
        else:
            return show(request, _page(query, found, limit, more))
    told = _("Provisions, national law, statements, agreements, concepts and parties: by words of six languages.")
    return show(request, Page(title=_("Search"), template="search.html", summary=told, more=more))


def _page(query: str, found: Found, limit: int, more: dict[str, Any]) -> Page:
    more |= {
        "found": found,
        "hits": tuple(map(_shown, found.hits)),
        "meant": [(missing.word, [(near, _with(query, missing.word, near)) for near in missing.nearest])
                  for missing in found.not_found],
        "next": min(limit + STEP, MOST) if found.total > limit and limit < MOST else 0,
    }  # fmt: skip
    counted = ngettext("%(count)s entry was found.", "%(count)s entries were found.", found.total)
    summary = counted % {"count": found.total} if found.total else _("Nothing was found.")
    return Page(
        title=_("Search"),
        report=search_table(found, leads_to) if found.hits else None,
        template="search.html",
        summary=summary,
        answer=found,
        schema="search-1",
        more=more,
    )


def _kinds(asked: list[str]) -> tuple[Kind, ...]:
    known: tuple[Kind, ...] = get_args(Kind)
    for kind in filter(None, asked):
        if kind not in known:
            raise Mistake(404, f"there is no kind {kind!r}{nearest(kind, known)}; there are {', '.join(known)}")
    return tuple(kind for kind in known if kind in asked)


def _limit(asked: str) -> int:
    if not asked:
        return STEP
    if not asked.isascii() or not asked.isdecimal() or not 1 <= int(asked[:6]) <= MOST:
        raise Mistake(404, f"{asked!r} is no number of hits between 1 and {MOST}")
    return int(asked)


def _states() -> list[tuple[str, str]]:
    found = ((code, state_name(code)) for code in the_law().corpus.parties)
    return sorted(found, key=lambda pair: pair[1])


def _parts_of_states() -> list[tuple[str, str]]:
    corpus = the_law().corpus
    return [(id, word(s.legal_system)) for id, s in sorted(corpus.legal_systems.items()) if id not in corpus.parties]


def _instruments() -> list[tuple[str, Any]]:
    return list(the_law().corpus.instruments.items())


def _with(query: str, wrong: str, right: str) -> str:
    """The query with a word put right."""
    put, number = re.subn(re.escape(wrong), lambda _: right, query, count=1, flags=re.IGNORECASE)
    return put if number else right


def _shown(hit: Hit) -> Shown:
    own = translated(hit.title) if hit.kind in ("concept", "party", "instrument") else None
    title = marked(hit.title, hit.marks) if own is None or own == hit.title else line(own)
    return Shown(hit, leads_to(hit), title, marked(hit.snippet, hit.snippet_marks), own is None, in_force(hit))


def leads_to(hit: Hit) -> str:
    """The page of this site that says more of a hit."""
    corpus = the_law().corpus
    below = hit.id.partition(" ")[2]
    if hit.kind == "concept":
        return links.concept_page(hit.id)
    if hit.kind == "party":
        return links.state_page(hit.id)
    if hit.kind == "agreement":
        return f"{links.state_page(corpus.agreements[hit.id].first)}/agreements"
    if hit.instrument:
        if hit.kind == "provision":
            return links.duty_page(hit.instrument, below)
        return links.instrument_page(hit.instrument) + ("/parties" if hit.kind == "statement" else "")
    assert hit.legal_system
    if hit.kind == "offence":
        return links.law_page(hit.legal_system, below)
    return f"{links.law_page(hit.legal_system)}#{'measures' if hit.kind == 'measure' else act_anchor(below)}"


@remembered
def concepts(request: HttpRequest) -> HttpResponse:
    """The vocabulary: every fact that formulas of the law are made of."""
    corpus = the_law().corpus
    rows = tuple(
        (line(concept.label["en"]), line(concept.meaning), line(cite(concept.cite or "")), line(id))
        for id, concept in sorted(corpus.concepts.items(), key=lambda entry: word(entry[1].label["en"]))
    )
    table = Table("Concepts", ("Concept", "Meaning", "Term of", "Id"), rows)
    summary = _("The facts that the law is written in here. Each has a name in six languages.")
    page = Page(title=_("Concepts"), report=Report("Concepts", (table,)), summary=summary, template="list.html")
    return show(request, page)


@remembered
def concept(request: HttpRequest, id: str) -> HttpResponse:
    """A concept: what it means, what it is called, and which instruments and laws name it."""
    corpus = the_law().corpus
    found = corpus.concepts.get(id)
    if found is None:
        near = [known for known in corpus.concepts if id.casefold() in known or known.endswith(id.casefold())][:4]
        offers = tuple((links.concept_page(known), corpus.concepts[known].label["en"]) for known in near)
        raise Mistake(404, f"there is no concept {id!r} in the vocabulary", offers)
    page = Page(
        title=word(found.label["en"]),
        report=concept_report(corpus, id, labels=False),
        template="concept.html",
        answer=found,
        schema="concept-1",
        more={"labels": [(code, found.label[code]) for code in get_args(Language) if code in found.label]},
    )
    return show(request, page)


urlpatterns = [
    path("search", search, name="search"),
    path("concepts", concepts, name="concepts"),
    path("concepts/<id>", concept, name="concept"),
]
