"""About this site: how it works, its limits and corrections, who can use it, what is kept, words of the field."""

from __future__ import annotations

from typing import get_args

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from palermo.conformity.findings import Verdict
from palermo.corpus.models import Language
from palermo.documents.report import Report, Table, line
from palermo.web.language import language
from palermo.web.page import Page, show
from palermo.web.remembered import remembered
from palermo.web.the_law import the_law


def _tabs() -> list[tuple[str, str]]:
    return [
        ("/about", _("How it works")),
        ("/about/words", _("Words of the field")),
        ("/about/accessibility", _("Accessibility")),
        ("/about/privacy", _("Privacy")),
    ]


def _page(title: str, template: str, summary: str, report: Report | None = None, **more: object) -> Page:
    surroundings = {"tabs": _tabs(), "of": _("About"), **more}
    return Page(title=title, template=template, summary=summary, report=report, more=surroundings)


@remembered
def about(request: HttpRequest) -> HttpResponse:
    """How answers come about, what they mean, their limits, and how to have them corrected."""
    words = (
        (Verdict.PROVIDED, _("The law as encoded answers to the whole of the provision.")),
        (Verdict.IN_PART, _("It answers to a part of it; the finding says which conduct is left out.")),
        (Verdict.NOT_PROVIDED, _("Sections were looked at, and none of them answers to it.")),
        (Verdict.NOT_ENCODED, _("Nobody has written down yet what the law says on it. It is unknown, and never a no.")),
        (Verdict.PRACTICE, _("It turns on what a State does, which no text of law can show.")),
        (Verdict.NOT_BOUND, _("The State is not bound by it on that day; what its law gives is still shown.")),
    )
    summary = _("Law as data, with everything else derived from it: dated, cited, and open to argument.")
    contact = settings.CONTACT
    to = f"mailto:{contact}" if "@" in contact and "/" not in contact else contact
    known = to.startswith(("mailto:", "https://", "http://"))
    more = {"words": words, "contact": contact, "to": to if known else ""}
    return show(request, _page(_("About"), "about.html", summary, **more))


@remembered
def accessibility(request: HttpRequest) -> HttpResponse:
    """Who can use this site and how that was tested."""
    summary = _("This site is made to meet the Web Content Accessibility Guidelines 2.2 at level AA.")
    return show(request, _page(_("Accessibility"), "accessibility.html", summary, contact=settings.CONTACT))


@remembered
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of a reader."""
    return show(request, _page(_("Privacy"), "privacy.html", _("Nothing you ask or answer here is kept.")))


@remembered
def words_of_the_field(request: HttpRequest) -> HttpResponse:
    """Notions of the field as each of the six languages calls them."""
    codes = (language(), *(code for code in get_args(Language) if code != language()))
    glossary = the_law().corpus.glossary.values()
    rows = tuple(
        tuple(line("; ".join(notion.get(code, ()))) for code in codes)
        for notion in sorted(glossary, key=lambda notion: notion.get(codes[0], ("",))[0].casefold())
    )
    names = {code.removesuffix("-hans"): name for code, name in settings.LANGUAGES}
    table = Table("Words of the field", tuple(names[code] for code in codes), rows)
    summary = _("What the law against trafficking is spoken of with, in six languages. Search knows all of these.")
    report = Report("Words of the field in six languages", (table,))
    return show(request, _page(_("Words of the field"), "glossary.html", summary, report, spoken=codes))


urlpatterns = [
    path("about", about, name="about"),
    path("about/words", words_of_the_field, name="glossary"),
    path("about/accessibility", accessibility, name="accessibility"),
    path("about/privacy", privacy, name="privacy"),
]
