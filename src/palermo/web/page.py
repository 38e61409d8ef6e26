"""A page: a report with its surroundings, and every form in which it can be taken away.

`?as=json|csv|xlsx|pdf|docx|ics|jsonld` gives the whole, `&table=2` the second table alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from palermo.documents.report import Block, Report, Section, Table
from palermo.documents.spreadsheet import csv_text, spreadsheet, tables
from palermo.web.citing import Citation, of_page
from palermo.web.mistakes import Mistake

TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar; charset=utf-8",
    "jsonld": "application/ld+json",
}
ALTERNATES = ("json", "jsonld", "ics")
OF_TABLES = ("csv", "xlsx", "json")


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a page shows.

    `report` is painted below `template`'s own part; `answer` is what `?as=json` gives, under its `schema`. `summary`
    says in plain language what the page says. `on` is the day asked for, None where a page knows no days. `cites` are
    ways to cite what the page is about, shown before those to cite the page itself. `calendar` gives an iCalendar file.
    `private`: nothing of it may be kept anywhere. `states` are the ones the page is about: citations that several laws
    share are taken for theirs. `posted` is the id of the form whose fields the page was made of: what is taken away is
    then asked by that form. `linked` says the same to programs that follow links (JSON-LD).
    """

    title: str
    report: Report | None = None
    template: str = "page.html"
    summary: str = ""
    on: date | None = None
    answer: Any = None
    schema: str = ""
    cites: tuple[Citation, ...] = ()
    calendar: Callable[[], str] | None = None
    linked: Callable[[], Mapping[str, Any]] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    private: bool = False
    posted: str = ""
    states: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms in which the whole can be taken away."""
        of_report = ("pdf", "docx", "xlsx") if self.report and any(tables(self.report.blocks)) else ("pdf", "docx")
        return (
            *(of_report if self.report else ()),
            *(("json",) if self.answer is not None else ()),
            *(("ics",) if self.calendar else ()),
            *(("jsonld",) if self.linked else ()),
        )

    @property
    def alternates(self) -> tuple[tuple[str, str], ...]:
        """The forms that programs look for in the head of a page, with their types."""
        return tuple((form, TYPES[form].split(";")[0]) for form in self.forms if form in ALTERNATES)


def show(request: HttpRequest, page: Page) -> HttpResponse:
    """The page as HTML, or in the form asked for. Raises Mistake for a form it cannot be given in."""
    form = request.GET.get("as", "")
    if form:
        response = _taken_away(request, page, form)
        if page.private:
            response.headers["Cache-Control"] = "no-store"
        return response
    cites = page.cites if page.private or not page.report else (*page.cites, *_of_itself(request, page))
    sections = [b for b in page.report.blocks if isinstance(b, Section)] if page.report else []
    response = render(
        request, page.template, {"page": page, "cites": cites, "sections": sections, **page.more}, using="jinja2"
    )
    response.headers["Cache-Control"] = "no-store" if page.private else "private, max-age=60"
    return response


def absolute(request: HttpRequest, path: str) -> str:
    """A path of this site as an address to give away: under the origin the site is known by, where that is set."""
    return settings.ORIGIN + path if settings.ORIGIN else request.build_absolute_uri(path)


def _of_itself(request: HttpRequest, page: Page) -> tuple[Citation, ...]:
    assert page.report
    return of_page(request, page.report.title or page.title, page.on)


def _taken_away(request: HttpRequest, page: Page, form: str) -> HttpResponse:
    if "table" in request.GET:
        content = _table(page, form, request.GET["table"])
    elif form not in page.forms:
        raise Mistake(404, f"this page cannot be had as {form!r}, only as {', '.join(page.forms) or 'a web page'}")
    elif form == "json":
        content = msgspec.json.format(msgspec.json.encode({"schema": page.schema, "answer": page.answer}), indent=1)
    elif form == "ics":
        assert page.calendar
        content = page.calendar().encode()
    elif form == "jsonld":
        assert page.linked
        content = msgspec.json.format(msgspec.json.encode(page.linked()), indent=1)
    else:
        assert page.report
        content = _painted(page.report, form)
    response = HttpResponse(content, content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(request)}.{form}"'
    return response


def _table(page: Page, form: str, number: str) -> bytes:
    found = list(tables(page.report.blocks)) if page.report else []
    if form not in OF_TABLES or not number.isdecimal() or not 1 <= int(number) <= len(found):
        raise Mistake(404, f"this page has {len(found)} tables, each as {', '.join(OF_TABLES)}")
    table = found[int(number) - 1]
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(_as_data(table)), indent=1)
    alone: tuple[Block, ...] = (table,)
    report = Report(page.title, alone)
    return csv_text(report).encode() if form == "csv" else spreadsheet(report)


def _as_data(table: Table) -> dict[str, Any]:
    rows = [
        {head: "".join(span.text for span in cell) for head, cell in zip(table.heads, row, strict=True)}
        for row in table.rows
    ]
    return {"caption": table.caption, "rows": rows}


def _painted(report: Report, form: str) -> bytes:
    if form == "pdf":
        from palermo.documents.pdf import NoFont, pdf

        try:
            return pdf(report)
        except NoFont:
            raise Mistake(404, "this page has letters that stand in no font for PDF here; take another form") from None
    if form == "docx":
        from palermo.documents.word_file import word_file

        return word_file(report)
    return spreadsheet(report)


def _file_name(request: HttpRequest) -> str:
    words = "".join(c if c.isascii() and c.isalnum() else "-" for c in request.path.strip("/")) or "palermo"
    return words + (f"-{request.GET['on'][:10]}" if request.GET.get("on", "").replace("-", "").isdecimal() else "")
