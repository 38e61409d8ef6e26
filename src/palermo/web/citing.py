"""Ways to cite a page, and what it is about, in three styles: OSCOLA, Bluebook and United Nations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from palermo.citations.answers import AnswerCited, cite_answer
from palermo.citations.styles import STYLES
from palermo.web.the_law import the_law

NAMES = {"oscola": "OSCOLA", "bluebook": "Bluebook", "un": "United Nations"}


@dataclass(frozen=True)
class Citation:
    """One citation, in a style such as OSCOLA; `of` is what is cited, where it is not the page."""

    style: str
    text: str
    of: str = ""


def of_page(request: HttpRequest, title: str, on: date | None) -> tuple[Citation, ...]:
    """The page itself as a source, with the day it speaks of in its address."""
    asked = {name: value for name, value in request.GET.items() if name not in ("as", "table", "lang", "on")}
    if on:
        asked["on"] = str(on)
    origin = settings.ORIGIN or f"{request.scheme}://{request.get_host()}"
    address = f"{origin}{request.path}" + (f"?{urlencode(asked)}" if asked else "")
    answer = AnswerCited(title, on, the_law().version, address, date.today())
    return tuple(Citation(NAMES[style], cite_answer(answer, style)) for style in STYLES)


def of_law(name: str, on: date | None = None) -> tuple[Citation, ...]:
    """An instrument, provision or section itself. Raises UnknownName, UnknownFormula."""
    return tuple(Citation(NAMES[style], the_law().cite(name, style, on), name) for style in STYLES)
