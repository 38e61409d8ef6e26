"""How a program is told that its question has no answer: why, what was expected, and the nearest that is there."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse

PROGRAMS = "/api/"
"""Who asks below this address is a program: it is answered in JSON, whatever befalls the request."""


class Offer(msgspec.Struct, frozen=True):
    """What may have been meant, and the page on it."""

    name: str
    page: str


class Refused(msgspec.Struct, frozen=True):
    """Why a question has no answer, what was expected, and what comes nearest."""

    error: str
    offers: tuple[Offer, ...] = ()


def asked_by_program(request: HttpRequest) -> bool:
    """Whether the answer is for a program rather than a reader."""
    return request.path.startswith(PROGRAMS)


def refuse(request: HttpRequest, status: int, message: str, offers: tuple[tuple[str, str], ...] = ()) -> HttpResponse:
    """A refusal that teaches. `offers` are pairs of an address and what is found there."""
    told = Refused(message, tuple(Offer(name, page) for page, name in offers))
    return HttpResponse(msgspec.json.encode(told), status=status, content_type="application/json")
