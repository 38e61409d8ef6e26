"""What machines ask of a site: whether it lives, what they may read, and which pages there are."""

from __future__ import annotations

from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from palermo.web import links
from palermo.web.page import absolute
from palermo.web.remembered import remembered
from palermo.web.the_law import the_law

PAGES = ("/", "/world", "/states", "/instruments", "/compare", "/bill", "/cooperation", "/questions", "/search")
MORE = ("/concepts", "/data", "/data/coverage", "/data/sources", "/data/texts", "/data/stale", "/data/api", "/about")
OF_ABOUT = ("/about/words", "/about/accessibility", "/about/privacy")
ASKED = ("/search?", "/*?*as=", "/*&as=", "/language")
"""What no crawler needs: answers to every query, and every page in every form."""


@remembered
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read."""
    rules = ["User-agent: *", *(f"Disallow: {path}" for path in ASKED), f"Sitemap: {absolute(request, '/sitemap.xml')}"]
    return HttpResponse("\n".join(rules) + "\n", content_type="text/plain; charset=utf-8")


@remembered
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages there are: States, instruments, duties, laws, concepts."""
    corpus = the_law().corpus
    found = [*PAGES, *MORE, *OF_ABOUT]
    found += map(links.state_page, corpus.parties)
    for id, instrument in corpus.instruments.items():
        found.append(links.instrument_page(id))
        found += [links.duty_page(id, provision.id) for provision in instrument.provisions]
    found += map(links.law_page, corpus.legal_systems)
    found += map(links.concept_page, corpus.concepts)
    listed = "\n".join(f"<url><loc>{escape(absolute(request, path))}</loc></url>" for path in found)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return HttpResponse(f"{head}{listed}\n</urlset>\n", content_type="application/xml")


def health(request: HttpRequest) -> HttpResponse:
    """Whether the site lives and has its law in memory."""
    response = JsonResponse({"status": "ok", "version": the_law().version, "states": len(the_law().corpus.parties)})
    response.headers["Cache-Control"] = "no-store"
    return response


urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("healthz", health, name="health"),
]
