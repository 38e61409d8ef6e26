"""The addresses of the site. Each module of `pages` has its own; they are stable and made to be cited."""

from __future__ import annotations

from importlib import import_module

from django.urls import URLPattern, URLResolver, path

from palermo.web.api import api
from palermo.web.choice import choose_language

PAGES = (
    "front",
    "world",
    "state",
    "instrument",
    "duty",
    "gap",
    "compare",
    "bill",
    "cooperation",
    "questions",
    "evidence",
    "search",
    "data",
    "about",
    "site",
)
urlpatterns: list[URLPattern | URLResolver] = [path("language", choose_language, name="language")]
urlpatterns.append(path("api/v1/", api.urls))
for name in PAGES:
    urlpatterns += import_module(f"palermo.web.pages.{name}").urlpatterns

handler400 = "palermo.web.mistakes.bad_request"
handler403 = "palermo.web.mistakes.forbidden"
handler404 = "palermo.web.mistakes.not_found"
handler500 = "palermo.web.mistakes.failed"
