"""Cooperation: on what basis one State can ask another, whether it would refuse, whom to ask, and a draft request.

The States, the form and the day stand in the address. The facts of a case come by POST alone, and none of them is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from palermo.cooperation.answers import Availability, Route, Routes
from palermo.cooperation.facts import NO_FACTS, CaseFacts
from palermo.cooperation.requests import (
    NoRequest,
    RequestDraft,
    draft_in,
    draft_text,
    elements_of,
    kind_of,
    missing,
    new_draft,
    route_of,
)
from palermo.corpus.problems import CorpusError
from palermo.ledger.parties import UnknownName, find_party
from palermo.logic.patience import TooMuchWork, at_most
from palermo.logic.theory import Contradiction
from palermo.reports.network import network_report
from palermo.reports.request_letter import request_letter
from palermo.reports.routes import routes_report
from palermo.reports.what_if import what_if_report
from palermo.web import the_law as remembering
from palermo.web.case_facts import conduct_groups, fact_fields, facts_posted, told
from palermo.web.days import day_asked, read_day
from palermo.web.language import CODES, language
from palermo.web.limits import SECONDS
from palermo.web.mistakes import Mistake
from palermo.web.page import TYPES, Page, show
from palermo.web.remembered import remembered
from palermo.web.the_law import the_law
from palermo.web.words import state_name

MOST_WORDS = 20_000
"""Characters in one element of a draft."""


@dataclass(frozen=True)
class Asked:
    """Who asks whom for what, on which day. `form` is empty where only the two States are named."""

    requesting: str
    requested: str
    form: str
    on: date

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the page's address."""
        return {"from": self.requesting, "to": self.requested, "form": self.form}


def _asked(request: HttpRequest) -> Asked | None:
    """What the address asks; None where one of the States is not named. Raises UnknownName, UnknownForm, BadDay."""
    corpus = the_law().corpus
    on, form = day_asked(request), request.GET.get("form", "").strip()
    if form and form not in corpus.forms:
        offers = tuple((f"/cooperation?form={id}", found.label["en"]) for id, found in corpus.forms.items())
        raise Mistake(404, _("There is no such form of cooperation."), offers)
    here, there = (request.GET.get(name, "").strip() for name in ("from", "to"))
    if not here or not there:
        return None
    one, other = find_party(corpus, here).code, find_party(corpus, there).code
    if one == other:
        raise Mistake(404, _("A State asks another State: name two."))
    return Asked(one, other, form, on)


def _must(request: HttpRequest) -> Asked:
    asked = _asked(request)
    if asked is None:
        raise Mistake(400, _("Name the State that asks and the State that is asked."))
    return asked


def _facts(request: HttpRequest) -> tuple[CaseFacts, list[str]]:
    """The facts that were posted, or none and what is wrong with them."""
    if request.method != "POST":
        return NO_FACTS, []
    try:
        return facts_posted(request.POST), []
    except CorpusError as error:
        return NO_FACTS, told(error)
    except UnknownName as error:
        return NO_FACTS, [str(error)]


def _routes(asked: Asked, facts: CaseFacts) -> Routes:
    if facts == NO_FACTS:
        return remembering.routes(asked.requesting, asked.requested, asked.form, asked.on)
    with at_most(SECONDS):
        return the_law().routes(asked.requesting, asked.requested, asked.form, facts, asked.on)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cooperation(request: HttpRequest) -> HttpResponse:
    """Choose the two States and what is asked; then every route, with the facts that would settle more."""
    asked = _asked(request)
    more = _choices(request)
    if asked is None or not asked.form:
        summary = _("On what basis can one State ask another, and would it be refused?")
        page = Page(
            title=_("Cooperation"), template="cooperation.html", summary=summary, on=day_asked(request), more=more
        )
        return show(request, page)
    facts, faults = _facts(request)
    posted = request.method == "POST"
    try:
        found = _routes(asked, facts)
    except (Contradiction, TooMuchWork) as error:
        faults = [*faults, str(error)]
        found = _routes(asked, NO_FACTS)
    more |= _case(request, found, faults)
    report = routes_report(the_law().corpus, found)
    page = Page(
        title=_("What is known of the case") if posted else _heading(asked),
        report=report,
        template="cooperation.html",
        summary=_summary(asked, found),
        on=asked.on,
        answer=found,
        schema="routes-1",
        more=more,
        private=posted,
        posted="case" if posted else "",
        states=(asked.requesting, asked.requested),
    )
    return show(request, page)


def _choices(request: HttpRequest) -> dict[str, Any]:
    corpus = the_law().corpus
    parties = sorted(
        (
            (state_name(code), code)
            for code, party in corpus.parties.items()
            if party.kind in ("state", "observer", "other")
        ),
    )
    kept = {name: request.GET.get(name, "") for name in ("from", "to", "form", "on")}
    forms = [(id, form.label.get(language(), form.label["en"])) for id, form in corpus.forms.items()]
    named = {name: _party_code(kept[name]) for name in ("from", "to")}
    query = QueryDict(mutable=True)
    query.update({name: request.GET[name] for name in ("from", "to", "form", "on", "lang") if request.GET.get(name)})
    return {"parties": parties, "forms": forms, "kept": {**kept, **named}, "query": query.urlencode(), "found": None}


def _party_code(name: str) -> str:
    try:
        return find_party(the_law().corpus, name).code if name.strip() else ""
    except UnknownName:
        return name


def _heading(asked: Asked) -> str:
    form = the_law().corpus.forms[asked.form]
    said = form.label.get(language(), form.label["en"])
    return said[0].upper() + said[1:]


def _summary(asked: Asked, found: Routes) -> str:
    names = {"here": state_name(asked.requesting), "there": state_name(asked.requested)}
    number = len(found.routes)
    if not number:
        return _("%(here)s asks %(there)s: no basis is on record. That is not the same as no cooperation.") % names
    if found.availability is Availability.NOT_ESTABLISHED:
        return _("%(here)s asks %(there)s: a basis is on record, but something stands in the way of each.") % names
    said = ngettext(
        "%(here)s asks %(there)s: %(number)s basis is on record.",
        "%(here)s asks %(there)s: %(number)s bases are on record, the first to be used first.",
        number,
    )
    return said % {**names, "number": number}


def _case(request: HttpRequest, found: Routes, faults: list[str]) -> dict[str, Any]:
    """The form with the facts of the case and what can be done next."""
    asked = {key for route in found.routes for c in route.conditions for key in c.ask}
    return {
        "found": found,
        "faults": faults,
        "fields": fact_fields(request.POST, asked),
        "groups": conduct_groups(request.POST),
        "child": request.POST.get("child", ""),
        "letters": [(code, dict(_letter_languages())[code]) for code in CODES],
        "bases": [(route.basis, route.title) for route in found.routes],
    }


def _letter_languages() -> list[tuple[str, str]]:
    from django.conf import settings

    return [(code.removesuffix("-hans"), name) for code, name in settings.LANGUAGES]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def what_if(request: HttpRequest) -> HttpResponse:
    """Every form of cooperation of the two today, and what one change would open."""
    asked = _must(request)
    facts, faults = _facts(request)
    if faults:
        raise Mistake(400, "; ".join(faults))
    try:
        with at_most(SECONDS):
            found = (
                remembering.what_if(asked.requesting, asked.requested, asked.on)
                if facts == NO_FACTS
                else the_law().what_if(asked.requesting, asked.requested, facts, asked.on)
            )
    except TooMuchWork as error:
        raise Mistake(400, str(error)) from None
    names = {"here": state_name(asked.requesting), "there": state_name(asked.requested)}
    posted = request.method == "POST"
    page = Page(
        title=_("What if"),
        report=what_if_report(the_law().corpus, found),
        template="cooperation_what_if.html",
        summary=_("What %(here)s can ask of %(there)s today, and which single change would open more.") % names,
        on=asked.on,
        answer=found,
        schema="what-if-1",
        more={**_choices(request), "posted": request.POST.lists() if posted else ()},
        private=posted,
        posted="again" if posted else "",
        states=(asked.requesting, asked.requested),
    )
    return show(request, page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """A draft request: what its basis asks for, filled in by its author, taken away as a letter or to go on with."""
    corpus = the_law().corpus
    if request.method != "POST":
        query = request.GET.urlencode()
        return HttpResponseRedirect("/cooperation" + (f"?{query}" if query else ""))
    try:
        made, found, faults = _draft(request)
    except CorpusError as error:
        raise Mistake(400, "; ".join(told(error))) from None
    route = route_of(found, made.basis)
    form = request.GET.get("as", "")
    if form in ("docx", "pdf", "yaml"):
        return _taken(form, made, route)
    if form:
        raise Mistake(404, _("A request can be had as DOCX, PDF or YAML."))
    _id, kind = kind_of(corpus, made.form, made.basis)
    page = Page(
        title=_("Draft request"),
        template="cooperation_draft.html",
        summary=_("Palermo sends nothing and keeps nothing: take the draft with you before you leave this page."),
        more={
            "draft": made,
            "route": route,
            "kind": kind,
            "elements": [(e, corpus.request_elements[e.id]) for e in elements_of(corpus, made, route)],
            "lacking": missing(corpus, made, route),
            "obstacles": route.obstacles(),
            "faults": faults,
            "letters": _letter_languages(),
            "query": urlencode(
                {**Asked(made.requesting, made.requested, made.form, made.on).query, "on": str(made.on)}
            ),
            "bases": [(r.basis, r.title) for r in found.routes],
            "names": (state_name(made.requesting), state_name(made.requested)),
        },
        private=True,
    )
    return show(request, page)


def _draft(request: HttpRequest) -> tuple[RequestDraft, Routes, list[str]]:
    """The draft that the fields, a file or the routes page stand for. Raises CorpusError, NoRequest, Mistake."""
    corpus = the_law().corpus
    file = request.FILES.get("file")
    if request.POST.get("do") == "read":
        if file is None or not hasattr(file, "read"):
            raise Mistake(400, _("Choose a file to open: a draft as YAML, of one megabyte at most."))
        try:
            made = draft_in(file.read().decode("utf-8-sig"), corpus, Path(_("The file")))
        except UnicodeDecodeError:
            raise Mistake(400, _("The file is no text in UTF-8.")) from None
        if made.form not in corpus.forms:
            raise NoRequest(f"there is no form of cooperation {made.form!r}")
        here, there = (find_party(corpus, code).code for code in (made.requesting, made.requested))
        asked = Asked(here, there, made.form, made.on)
        if asked.requesting == asked.requested:
            raise Mistake(404, _("A State asks another State: name two."))
        return made, _routes(asked, NO_FACTS), []
    asked = _must(request)
    if not asked.form:
        raise Mistake(400, _("Say what is asked for."))
    if "drafted" not in request.POST:
        facts, faults = _facts(request)
        try:
            found = _routes(asked, facts)
        except (Contradiction, TooMuchWork) as error:
            faults, found = [*faults, str(error)], _routes(asked, NO_FACTS)
        return new_draft(corpus, found, request.POST.get("basis") or None, _letter_language(request)), found, faults
    found = _routes(asked, NO_FACTS)
    begun = new_draft(corpus, found, request.POST.get("basis") or None, _letter_language(request))
    return _filled(request.POST, begun, found), found, []


def _letter_language(request: HttpRequest) -> str:
    return request.POST.get("language") or language()


def _filled(posted: QueryDict, begun: RequestDraft, found: Routes) -> RequestDraft:
    """The draft with what its author wrote."""
    corpus = the_law().corpus
    route = route_of(found, begun.basis)
    ids = [element.id for element in elements_of(corpus, begun, route)]
    written = {id: _text(posted, f"element:{id}") for id in ids}
    return RequestDraft(
        requesting=begun.requesting,
        requested=begun.requested,
        form=begun.form,
        basis=begun.basis,
        language=begun.language,
        on=begun.on,
        reference=_text(posted, "reference"),
        dated=read_day(_text(posted, "dated")) if _text(posted, "dated") else None,
        letterhead=_lines(posted, "letterhead"),
        addressee=_lines(posted, "addressee"),
        confidential="confidential" in posted,
        urgent=_text(posted, "urgent"),
        elements=written,
        annexes=_lines(posted, "annexes"),
        signatory=_lines(posted, "signatory"),
    )


def _text(posted: QueryDict, name: str) -> str:
    text = posted.get(name, "")[:MOST_WORDS].replace("\r\n", "\n").strip()
    return "".join(c for c in text if c.isprintable() or c == "\n")


def _lines(posted: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in _text(posted, name).splitlines() if line.strip())


def _taken(form: str, made: RequestDraft, route: Route) -> HttpResponse:
    """The draft as a letter, or as YAML to be opened again."""
    corpus = the_law().corpus
    if form == "yaml":
        content, kind = draft_text(corpus, made, route).encode(), "application/yaml; charset=utf-8"
    elif form == "docx":
        from palermo.documents.letter_word import letter_word

        content, kind = letter_word(request_letter(corpus, made, route)), TYPES[form]
    else:
        from palermo.documents.letter_pdf import letter_pdf

        content, kind = letter_pdf(request_letter(corpus, made, route)), TYPES[form]
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="request.{form}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@remembered
def network(request: HttpRequest) -> HttpResponse:
    """The whole world for one form of cooperation."""
    corpus, on = the_law().corpus, day_asked(request)
    form = request.GET.get("form") or "extradition"
    if form not in corpus.forms:
        offers = tuple((f"/cooperation/network?form={id}", found.label["en"]) for id, found in corpus.forms.items())
        raise Mistake(404, _("There is no such form of cooperation."), offers)
    found = remembering.network(form, on)
    label = corpus.forms[form].label
    page = Page(
        title=_("Network"),
        report=network_report(corpus, found),
        template="cooperation_network.html",
        summary=_("Between which States a basis is on record: %(form)s.")
        % {"form": label.get(language(), label["en"])},
        on=on,
        answer=found,
        schema="network-1",
        more={"forms": [(id, f.label.get(language(), f.label["en"])) for id, f in corpus.forms.items()], "form": form},
    )
    return show(request, page)


urlpatterns = [
    path("cooperation", cooperation, name="cooperation"),
    path("cooperation/what-if", what_if, name="what-if"),
    path("cooperation/draft", draft, name="draft"),
    path("cooperation/network", network, name="network"),
]
