"""The data: downloads and their description for catalogues, what is encoded, schemas, the interface for programs."""

from __future__ import annotations

import json
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from markupsafe import Markup

from palermo.corpus.file_schemas import FILES, file_schema
from palermo.documents.report import Figure, Listing, Report, Table, entries, line, link
from palermo.documents.world_picture import fill, world_picture
from palermo.reports.data_package import catalogue, descriptor
from palermo.reports.encoded import BORDERS, MAP_TITLE, SHARES, by_share, encoded, encoded_report
from palermo.reports.sources import source_line
from palermo.reports.stale import stale, stale_report
from palermo.schemas import NAMES, schema_text
from palermo.web.api import api
from palermo.web.api.described import operations, shapes
from palermo.web.days import day_asked
from palermo.web.mistakes import Mistake
from palermo.web.page import Page, absolute, show
from palermo.web.remembered import remembered
from palermo.web.the_law import corpus_files_zipped, package, tables, the_law
from palermo.web.words import state_name

ON_A_PAGE = 400
"""How many sources a page lists."""


def _tabs() -> list[tuple[str, str]]:
    return [
        ("/data", _("Downloads")),
        ("/data/coverage", _("What is encoded")),
        ("/data/sources", _("Sources")),
        ("/data/texts", _("Texts")),
        ("/data/stale", _("To be looked at again")),
        ("/data/api", _("Interface for programs")),
    ]


def _page(title: str, template: str, report: Report | None = None, **more: object) -> Page:
    surroundings = {"tabs": _tabs(), "of": _("Data"), **more.pop("more", {})}  # type: ignore[dict-item]
    return Page(title=title, template=template, report=report, more=surroundings, **more)  # type: ignore[arg-type]


@remembered
def data(request: HttpRequest) -> HttpResponse:
    """What can be downloaded, and how programs use it."""
    on = day_asked(request)
    found = tables(on)
    more = {
        "tables": found,
        "rows": sum(len(table.rows) for table in found),
        "answers": NAMES,
        "files": tuple(FILES),
        "home": _home(request),
        "version": the_law().version,
    }
    summary = _("Everything here can be taken away, free, under a licence that lets you share and change it.")
    return show(request, _page(_("Data"), "data.html", summary=summary, on=on, more=more))


@remembered
def coverage(request: HttpRequest) -> HttpResponse:
    """What of national law is encoded, on a map and in a table."""
    corpus = the_law().corpus
    found = encoded(corpus)
    names = {code: state_name(code) for code in corpus.parties}
    shares = by_share(found)
    of_state = {state: number for number, share in enumerate(SHARES) for state in shares[share]}
    more = {
        "picture": Markup(world_picture(of_state, names, _("What of national law is encoded"))),  # noqa: S704 (made of numbers and escaped names)
        "legend": [(fill(number), share) for number, share in reversed(list(enumerate(SHARES)))]
        + [(fill(None), _("not encoded"))],
        "about": MAP_TITLE,
        "borders": BORDERS,
    }
    english = {code: party.name for code, party in corpus.parties.items()}
    report = encoded_report(found, english)
    report = Report(report.title, tuple(b for b in report.blocks if not isinstance(b, Figure)), known=report.known)
    summary = _("A measure that is not encoded is unknown, never no.")
    page = _page(
        _("What is encoded"), "coverage.html", report, summary=summary, answer=found, schema="coverage-1", more=more
    )
    return show(request, page)


@remembered
def sources(request: HttpRequest) -> HttpResponse:
    """Where acts, statements and agreements were found."""
    corpus = the_law().corpus
    acts = tuple(
        (line(s.title), line(s.publisher or ""), source_line(s.where or ""), line(str(s.as_at or "")))
        for s in sorted(corpus.sources.values(), key=lambda source: source.title)
    )
    asked = request.GET.get("part", "1")
    parts = range(1, -(-len(acts) // ON_A_PAGE) + 1)
    if asked not in map(str, parts):
        raise Mistake(404, f"{asked!r} is no part of the list, which has {len(parts)}")
    first = (int(asked) - 1) * ON_A_PAGE
    shown = acts[first : first + ON_A_PAGE]
    table = Table("Sources", ("Title", "Publisher", "Where", "Current up to"), shown)
    others = tuple(entries(line(link(f"Part {n} of {len(parts)}", f"/data/sources?part={n}")) for n in parts))
    summary = _("Where acts, statements and agreements were found. Each law names the texts it was read in.")
    return show(
        request, _page(_("Sources"), "state.html", Report("Sources", (table, Listing("", others))), summary=summary)
    )


@remembered
def texts(request: HttpRequest) -> HttpResponse:
    """The texts in which instruments and national law were read."""
    corpus = the_law().corpus
    of_instruments = tuple(
        (line(i.short), source_line(i.text.source), line("yes" if i.text.verified else "no"))
        for i in sorted(corpus.instruments.values(), key=lambda i: i.short)
    )
    table = Table("Texts of instruments", ("Instrument", "Text", "Read"), of_instruments)
    summary = _("The texts in which instruments were read. Each law names its own, statute by statute.")
    return show(request, _page(_("Texts"), "state.html", Report("Texts", (table,)), summary=summary))


@remembered
def to_look_at(request: HttpRequest) -> HttpResponse:
    """The files that somebody should look at again."""
    on = day_asked(request)
    found = stale(the_law().corpus, on)
    summary = _("Files whose review is due on that day, or not scheduled, and where to look.")
    title = _("To be looked at again")
    page = _page(title, "state.html", stale_report(found, on), summary=summary, on=on, answer=found, schema="stale-1")
    return show(request, page)


@remembered
def interface(request: HttpRequest) -> HttpResponse:
    """The interface for programs: every operation, its parameters, and the shape of its answer."""
    document = api.get_openapi_schema()
    summary = _("Ask by HTTP, get JSON. No key is needed. Every answer stands under the name of its schema.")
    more = {"operations": list(operations(document)), "shapes": shapes(document), "home": _home(request)}
    return show(request, _page(_("Interface for programs"), "interface.html", summary=summary, more=more))


@remembered
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One table of the package as CSV."""
    on = day_asked(request)
    for found in tables(on):
        if found.name == name:
            return _file(found.csv().encode(), "text/csv; charset=utf-8", f"{name}.csv")
    known = tuple((f"/data/{found.path}", found.title) for found in tables(on))
    raise Mistake(404, f"there is no table {name!r}", known[:4])


@remembered
def whole(request: HttpRequest) -> HttpResponse:
    """All tables as a Data Package in a zip."""
    on = day_asked(request)
    return _file(package(on, _home(request)), "application/zip", f"palermo-data-{on}.zip")


@remembered
def corpus_zip(request: HttpRequest) -> HttpResponse:
    """The files of the corpus themselves."""
    return _file(corpus_files_zipped(), "application/zip", "palermo-corpus.zip")


@remembered
def described(request: HttpRequest) -> HttpResponse:
    """The datapackage.json: the tables beside it are the resources it names."""
    today = date.today()
    return _json(descriptor(tables(today), today, the_law().version), "application/json")


@remembered
def catalog(request: HttpRequest) -> HttpResponse:
    """What a catalogue needs to know (DCAT 3)."""
    today = date.today()
    return _json(catalogue(tables(today), today, the_law().version, _home(request)), "application/ld+json")


@remembered
def schema(request: HttpRequest, name: str) -> HttpResponse:
    """The JSON schema of an answer or of a corpus file."""
    if name in FILES:
        text = file_schema(name, the_law().corpus)
    elif name in NAMES:
        text = schema_text(name)
    else:
        raise Mistake(404, f"there is no schema {name!r}", (("/data", "Data"),))
    return HttpResponse(text, content_type="application/schema+json")


def _home(request: HttpRequest) -> str:
    return absolute(request, "/").rstrip("/")


def _json(value: object, kind: str) -> HttpResponse:
    return HttpResponse(json.dumps(value, indent=1, ensure_ascii=False), content_type=kind)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


urlpatterns = [
    path("data", data, name="data"),
    path("data/coverage", coverage, name="coverage"),
    path("data/sources", sources, name="sources"),
    path("data/texts", texts, name="texts"),
    path("data/stale", to_look_at, name="stale"),
    path("data/api", interface, name="interface"),
    path("data/palermo-data.zip", whole, name="package"),
    path("data/palermo-corpus.zip", corpus_zip, name="corpus"),
    path("data/datapackage.json", described, name="datapackage"),
    path("data/catalog.jsonld", catalog, name="catalog"),
    path("data/tables/<name>.csv", table, name="table"),
    path("data/schema/<name>.json", schema, name="schema"),
]
