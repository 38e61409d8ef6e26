"""Jinja2 for the pages: the blocks of reports, words in the reader's language, addresses that keep the day."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from jinja2.runtime import Context
from markupsafe import Markup

from palermo.documents.report import Span, Table, right_to_left
from palermo.documents.spreadsheet import tables
from palermo.documents.web_page import paint_blocks
from palermo.reports.words import label
from palermo.web import links, words
from palermo.web.language import CODES, language
from palermo.web.the_law import the_law

STATIC = Path(__file__).parent / "static"


def environment(**options: Any) -> jinja2.Environment:
    """The environment that Django's Jinja2 backend asks for."""
    options |= {"undefined": jinja2.StrictUndefined, "extensions": ["jinja2.ext.i18n"]}
    made = jinja2.Environment(**options)  # noqa: S701 (Django asks for escaping in the options)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext, ngettext=translation.ngettext, newstyle=True
    )
    paint_blocks(made)
    made.filters["quoted"] = lambda part: quote(str(part), safe="")
    made.globals |= {
        "said": said,
        "word": words.word,
        "concept": lambda id: said(label(the_law().corpus, id)),
        "address": address,
        "exports": exports,
        "taking": taking,
        "page_address": page_address,
        "static": static,
        "url": lambda name, *args: reverse(name, args=args),
        "day": words.day_in_words,
        "language": language,
        "direction": lambda: "rtl" if right_to_left(language()) else "ltr",
        "languages": [(code.removesuffix("-hans"), name) for code, name in settings.LANGUAGES],
        "codes": CODES,
    }
    return made


def said(text: str) -> Markup | str:
    """Words of a report in the reader's language; what is not translated is marked as English."""
    if language() == "en":
        return text
    found = words.translated(text)
    if found == text and right_to_left(language()) and any(c.isdigit() for c in text):
        return Markup('<bdi dir="ltr">{}</bdi>').format(text)
    if found is not None:
        return found
    bare = text.strip()
    before, after = text[: text.index(bare)], text[text.index(bare) + len(bare) :]
    return Markup('{}<bdi lang="en">{}</bdi>{}').format(before, bare, after)


@jinja2.pass_context
def address(context: Context, span: Span) -> str:
    """Where the words of a span lead: to a page of this site that explains them, else to where they were read."""
    if span.address.startswith("/"):
        return page_address(context, span.address)
    page = context.get("page")
    states = page.states if page else ()
    found = links.of_words(span.text, states) if span.style in ("cite", "plain", "strong") else None
    if found:
        return page_address(context, found)
    return span.address if span.address.startswith(("https://", "http://", "#")) else ""


@jinja2.pass_context
def page_address(context: Context, path: str, **more: Any) -> str:
    """An address of this site that keeps the day and language the reader asked for."""
    path, _, anchor = path.partition("#")
    asked = context["request"].GET
    kept = {name: asked[name] for name in ("on", "lang") if asked.get(name)}
    kept = {name: str(value) for name, value in {**kept, **more}.items() if value not in (None, "")}
    mark = "&" if "?" in path else "?"
    return path + (f"{mark}{urlencode(kept)}" if kept else "") + (f"#{anchor}" if anchor else "")


@jinja2.pass_context
def exports(context: Context, table: Table) -> Markup:
    """Links to take a table away."""
    page = context.get("page")
    numbers = (
        {id(found): i for i, found in enumerate(tables(page.report.blocks), start=1)} if page and page.report else {}
    )
    if id(table) not in numbers:
        return Markup("")
    asked = context["request"].GET.copy()
    shown = []
    for form in ("csv", "xlsx", "json"):
        asked["as"], asked["table"] = form, str(numbers[id(table)])
        shown.append(_taken(page.posted, context["request"].path, asked.urlencode(), form.upper()))
    label = translation.gettext("This table as")
    return Markup('<p class="take">{} {}</p>').format(label, Markup(" ").join(shown))


def _taken(posted: str, path: str, query: str, words: str) -> Markup:
    """A way to take something away: a link, or a button of the form that the page was made of."""
    if posted:
        to = f"{path}?{query}"
        return Markup('<button class="plain" form="{}" formaction="{}">{}</button>').format(posted, to, words)
    return Markup('<a href="?{}" rel="nofollow">{}</a>').format(query, words)


@jinja2.pass_context
def taking(context: Context, form: str) -> Markup:
    """A way to take the whole page away in a form."""
    asked = context["request"].GET.copy()
    asked.pop("table", None)
    asked["as"] = form
    return _taken(context["page"].posted, context["request"].path, asked.urlencode(), form.upper())


@cache
def static(name: str) -> str:
    """The address of a static file; it changes with the file's content."""
    return f"{settings.STATIC_URL}{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"
