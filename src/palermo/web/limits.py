"""How many requests one address may make in a minute, and how long the answer to one may take."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from palermo.web.mistakes import mistake_page
from palermo.web.shared_count import asked_so_far

MINUTE = 60
SECONDS = 8.0
"""How long an answer may take that is worked out for what a stranger wrote: a bill, a case."""
IMPACT = "/evidence/impact"
TAKES_WORK = {"/bill/findings": 3, "/bill": 10, "/cooperation/draft": 10, "/api/v1/bills": 10, IMPACT: 10}
"""Answers that take work when something is asked of them, and as how many requests each counts. Findings that follow
the writer count less, since a page asks for them at every pause of the hand."""


class LimitRequests:
    """Answers with 429 and the seconds to wait, once an address has asked too much."""

    def __init__(self, next: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = next

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = int(time.time())
        asks = request.method == "POST" or (request.path == IMPACT and bool(request.GET))
        weight = _weight(request.path) if asks else 1
        if asked_so_far(_asker(request), now // MINUTE, weight) <= settings.REQUESTS_A_MINUTE:
            return self._next(request)
        response = mistake_page(request, 429, "Too many requests came from your address: wait a minute.")
        response.headers["Retry-After"] = str(MINUTE - now % MINUTE)
        return response


def _weight(path: str) -> int:
    return next((weight for beginning, weight in TAKES_WORK.items() if path.startswith(beginning)), 1)


def _asker(request: HttpRequest) -> str:
    """The address that asks: behind a proxy, the one the proxy saw."""
    seen: str = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip() if settings.ORIGIN else ""
    return seen or request.META.get("REMOTE_ADDR", "")
