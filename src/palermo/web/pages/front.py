"""The front page: the questions one can put, and where they are answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from palermo.web.page import Page, show
from palermo.web.remembered import remembered
from palermo.web.the_law import assessed_states, the_law


@remembered
def front(request: HttpRequest) -> HttpResponse:
    """The front page."""
    corpus = the_law().corpus
    counts = {
        "instruments": len(corpus.instruments),
        "provisions": sum(len(i.provisions) for i in corpus.instruments.values()),
        "systems": len(corpus.legal_systems),
        "states": len(assessed_states()),
    }
    title = _("The law against trafficking in persons, as answers")
    return show(request, Page(title=title, template="front.html", more={"counts": counts}))


urlpatterns = [path("", front, name="front")]
