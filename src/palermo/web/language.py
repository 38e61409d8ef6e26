"""The language a reader gets: the one in the address (?lang=ar), else the one chosen, else the browser's."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

OF_DJANGO = {"zh": "zh-hans"}
CODES = tuple(code.removesuffix("-hans") for code, _ in settings.LANGUAGES)


class ByAddressOrChoice:
    """Turns the language on for a request."""

    def __init__(self, next: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = next

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        code = OF_DJANGO.get(asked, asked) if asked in CODES else translation.get_language_from_request(request)
        with translation.override(code):
            response = self._next(request)
        response.headers.setdefault("Content-Language", code.removesuffix("-hans"))
        response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary"), "Accept-Language, Cookie"]))
        return response


def language() -> str:
    """The reader's language: `ar`, `en`, `es`, `fr`, `ru` or `zh`."""
    return (translation.get_language() or "en").split("-")[0]
