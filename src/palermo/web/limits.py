"""How many requests one address may make in a minute."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from palermo.web.mistakes import mistake_page

MINUTE = 60
AS_MANY_AS = 10
"""Requests that an answer which takes work counts as."""
TAKES_WORK = ("/bill", "/cooperation/draft", "/api/v1/bills", "/evidence/impact")


class LimitRequests:
    """Answers with 429 and the seconds to wait, once an address has asked too much."""

    def __init__(self, next: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = next

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = int(time.time())
        key = f"{_asker(request)}:{now // MINUTE}"
        asks = request.method == "POST" or bool(request.GET)
        weight = AS_MANY_AS if asks and request.path.startswith(TAKES_WORK) else 1
        cache.add(key, 0, timeout=2 * MINUTE)
        try:
            asked = cache.incr(key, weight)
        except ValueError:  # the count ran out between the two
            asked = weight
        if asked <= settings.REQUESTS_A_MINUTE:
            return self._next(request)
        response = mistake_page(request, 429, "Too many requests came from your address: wait a minute.")
        response.headers["Retry-After"] = str(MINUTE - now % MINUTE)
        return response


def _asker(request: HttpRequest) -> str:
    """The address that asks: behind a proxy, the one the proxy saw."""
    seen: str = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip() if settings.ORIGIN else ""
    return seen or request.META.get("REMOTE_ADDR", "")
