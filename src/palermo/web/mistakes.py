"""What a reader is told who asked for something that is not there: what was expected, and the nearest that is."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from palermo.mistakes import mistakes
from palermo.web.days import BadDay
from palermo.web.refusal import asked_by_program, refuse
from palermo.web.the_law import the_law

Offer = tuple[str, str]
"""An address and what is found there."""


class Mistake(ValueError):
    """A request that has no answer: the status to give, the message, and what is offered instead."""

    def __init__(self, status: int, message: str, offers: tuple[Offer, ...] = ()) -> None:
        super().__init__(message)
        self.status, self.offers = status, offers


class TellMistakes:
    """Turns what the library says of a mistaken question into a page."""

    def __init__(self, next: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = next

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._next(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page for a mistake of the reader; nothing for one of ours."""
        if isinstance(error, BadDay):
            query = request.GET.copy()
            query["on"] = str(error.nearest)
            offers = ((f"{request.path}?{query.urlencode()}", str(error.nearest)),)
            return mistake_page(request, 404, str(error), offers)
        if isinstance(error, Mistake):
            return mistake_page(request, error.status, str(error), error.offers)
        if isinstance(error, mistakes()):
            return mistake_page(request, 404, str(error), nearest_pages(request.path))
        return None


def nearest_pages(path: str) -> tuple[Offer, ...]:
    """The addresses that a path becomes if a part of it is put right: the nearest code of a State, or instrument."""
    corpus = the_law().corpus
    known = {code.casefold(): (code, party.name) for code, party in corpus.parties.items()}
    known |= {party.name.casefold(): (code, party.name) for code, party in corpus.parties.items()}
    known |= {id: (id, instrument.short) for id, instrument in corpus.instruments.items()}
    parts = path.strip("/").split("/")
    found: dict[str, str] = {}
    for i, part in enumerate(parts[1:4], start=1):
        for near in get_close_matches(part.casefold(), known, n=3, cutoff=0.7):
            id, name = known[near]
            if id != part:
                found["/" + "/".join(quote(p, safe="") for p in (*parts[:i], id, *parts[i + 1 :]))] = name
    return tuple(found.items())[:4]


def mistake_page(request: HttpRequest, status: int, message: str, offers: tuple[Offer, ...] = ()) -> HttpResponse:
    """A page that says what was wrong and offers the nearest; for a program, the same as JSON."""
    if asked_by_program(request):
        return refuse(request, status, message, offers)
    titles = {404: _("Not found"), 429: _("Too many requests"), 403: _("Not allowed")}
    context = {"title": titles.get(status, _("That cannot be answered")), "message": message, "offers": offers}
    return render(request, "mistake.html", context, status=status, using="jinja2")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that is none."""
    return mistake_page(request, 404, _("There is no page at this address."), nearest_pages(request.path))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that cannot be read."""
    if isinstance(exception, RequestDataTooBig):
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024
        return mistake_page(request, 400, _("The request is larger than the %(most)s kB it may be.") % {"most": most})
    return mistake_page(request, 400, _("The request cannot be read."))


def failed(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours."""
    return mistake_page(request, 500, _("Something went wrong here, and it is not your doing."))


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that did not come from this site."""
    return mistake_page(request, 403, _("The form has grown old: go back, load the page again and repeat."))
