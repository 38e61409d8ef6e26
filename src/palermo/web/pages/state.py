"""A State: what binds it, and its law held against an instrument."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from palermo.ledger.parties import find_party
from palermo.reports.assessment import assessment_report
from palermo.web.days import day_asked
from palermo.web.page import Page, show
from palermo.web.remembered import remembered
from palermo.web.the_law import assessment, the_law


@remembered
def against(request: HttpRequest, code: str, instrument: str) -> HttpResponse:
    """The findings on a State's law."""
    corpus, on = the_law().corpus, day_asked(request)
    party = find_party(corpus, code)
    found = assessment(party.code, instrument, on)
    report = assessment_report(corpus, found)
    page = Page(title=report.title, report=report, on=on, answer=found, schema="assessment-1", states=(party.code,))
    return show(request, page)


urlpatterns = [path("states/<code>/against/<instrument>", against, name="against")]
