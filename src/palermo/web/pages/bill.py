"""The workbench: a law changed in a form or as text, and what that changes in the findings. No bill is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from palermo.conformity.bills import BillTried, tried
from palermo.conformity.drafting import NoBill, bill_of_widening, widenings_of
from palermo.conformity.findings import Assessment, Finding, Verdict
from palermo.corpus.duty_tests import Criminalises, leaves
from palermo.corpus.lookup import formula_of_provision
from palermo.corpus.models import Instrument, LegalSystem
from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.yaml_files import written_yaml
from palermo.ledger.parties import UnknownName, find_instrument, find_party
from palermo.logic.patience import TooMuchWork, at_most
from palermo.reports.assessment import widening_in_words
from palermo.reports.bills import bill_report
from palermo.reports.concordance import concordance_report
from palermo.reports.words import box_in_words, label
from palermo.web.bill_form import (
    BILL,
    TooLarge,
    bill_posted,
    checked_size,
    draft_of,
    element_of,
    measure_fields,
    plain_data,
    with_new_offence,
)
from palermo.web.days import day_asked
from palermo.web.language import language
from palermo.web.limits import SECONDS
from palermo.web.links import bill_page
from palermo.web.mistakes import Mistake
from palermo.web.page import Page, show
from palermo.web.the_law import assessment, the_law

MOST_GAPS = 12


@dataclass(frozen=True)
class Asked:
    """What the workbench is opened for."""

    system: LegalSystem
    instrument: Instrument
    on: date

    @property
    def before(self) -> Assessment:
        """The findings as the law stands."""
        return assessment(self.system.id, self.instrument.id, self.on)


@dataclass
class Tried:
    """A bill's text with what came of it: the findings it changes, or why there are none."""

    text: str
    after: Assessment | None = None
    found: BillTried | None = None
    problems: list[Problem] = field(default_factory=list)
    told: str = ""

    @property
    def faulty(self) -> bool:
        """Whether the bill cannot be tried."""
        return bool(self.problems or self.told)


def _asked(request: HttpRequest) -> Asked | None:
    """The legal system and instrument in the address; None where no system is named. Raises Mistake, UnknownName."""
    corpus, name = the_law().corpus, request.GET.get("system", "").strip()
    if not name:
        return None
    instrument = find_instrument(corpus, request.GET.get("instrument") or "palermo-protocol")
    system = corpus.legal_systems.get(name.upper())
    if system is None:
        systems = corpus.systems_of(find_party(corpus, name).code)
        if not systems:
            raise UnknownName(f"no law of {name} is encoded yet")
        if len(systems) > 1:
            offers = tuple((bill_page(s.id, instrument.id), s.legal_system) for s in systems)
            raise Mistake(404, _("This State has several legal systems: choose one."), offers)
        system = systems[0]
    if not any(p.test for p in instrument.provisions):
        raise Mistake(404, _("This instrument asks nothing that a law could be held against."))
    return Asked(system, instrument, day_asked(request))


def _must(request: HttpRequest) -> Asked:
    asked = _asked(request)
    if asked is None:
        raise Mistake(400, _("Say which law the bill changes."))
    return asked


def _try(asked: Asked, text: str) -> Tried:
    """Hold a bill against the instrument: within the time that one question may take."""
    try:
        with at_most(SECONDS):
            text = checked_size(text)
            bill = plain_data(text)
            if bill["id"] != asked.system.id:
                return Tried(text, told=_("The bill changes another law: %(id)s.") % {"id": bill["id"]})
            if set(bill) == {"id"}:
                return Tried(text, asked.before, tried(asked.before, asked.before))
            after = the_law().with_bill(text, BILL).assess(asked.system.id, asked.instrument.id, asked.on)
            return Tried(text, after, tried(asked.before, after))
    except CorpusError as error:
        return Tried(text, problems=error.problems)
    except TooLarge as error:
        return Tried(text, told=str(error))
    except TooMuchWork:
        return Tried(text, told=_("The findings on this bill take too long: make it simpler."))


def _posted(request: HttpRequest, asked: Asked) -> Tried:
    try:
        return _try(asked, bill_posted(request.POST, asked.on))
    except CorpusError as error:
        return Tried(request.POST.get("base", ""), problems=error.problems)
    except (NoBill, TooLarge, ValueError) as error:
        return Tried(request.POST.get("base", "")[:1000], told=str(error))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def workbench(request: HttpRequest) -> HttpResponse:
    """The page: choose a law, or change the one chosen."""
    asked = _asked(request)
    if asked is None:
        return _choice(request)
    if request.method == "POST":
        return _at_work(request, asked, *_done(request, asked))
    offence, text = _begun(request, asked)
    return _at_work(request, asked, _try(asked, text), "form", offence)


def _begun(request: HttpRequest, asked: Asked) -> tuple[str, str]:
    """The offence to show first and the text to begin with: an empty bill, or a smallest widening."""
    provision, number = request.GET.get("provision", ""), request.GET.get("widening", "")
    empty = written_yaml({"id": asked.system.id})
    if not number:
        return _first_offence(asked), empty
    finding = next((f for f in asked.before.systems[0].findings if f.provision == provision), None)
    if finding is None or not number.isdecimal():
        raise Mistake(
            404,
            _("There is no such gap to be closed."),
            ((bill_page(asked.system.id, asked.instrument.id), _("Bill")),),
        )
    try:
        law = the_law().written(asked.system.id).data
        bill = bill_of_widening(the_law().corpus, law, finding, int(number))
    except NoBill as error:
        raise Mistake(404, str(error), ((bill_page(asked.system.id, asked.instrument.id), _("Bill")),)) from None
    return widenings_of(finding)[int(number) - 1][1].offence, written_yaml(bill)


def _first_offence(asked: Asked) -> str:
    """The offence that reaches most of what is asked, or the first one."""
    for finding in asked.before.systems[0].findings:
        if finding.answer and finding.answer.coverage and finding.answer.coverage.reached_by:
            reached = finding.answer.coverage.reached_by
            most = max(reached, key=lambda o: sum(len(b.scenarios()) for part in o.reach for b in part.boxes))
            return str(most.authority.id)
    return asked.system.offences[0].id if asked.system.offences else ""


def _done(request: HttpRequest, asked: Asked) -> tuple[Tried, str, str]:
    """What the button that was pressed makes of the bill: the bill, the mode, and the offence shown."""
    do, mode = request.POST.get("do", ""), request.POST.get("mode", "form")
    offence = request.POST.get("offence", "") or request.POST.get("painted", "")
    if do == "read":
        return _read(request, asked), "text", offence
    made = _posted(request, asked)
    if do in ("text", "form"):
        return made, do, offence or _first_offence(asked)
    if do == "new" and not made.faulty:
        bill, offence = with_new_offence(plain_data(made.text), _asked_conduct(asked))
        return _try(asked, written_yaml(bill)), "form", offence
    return made, "text" if mode != "form" else "form", offence


def _read(request: HttpRequest, asked: Asked) -> Tried:
    file = request.FILES.get("file")
    if file is None or not hasattr(file, "read"):
        return Tried("", told=_("Choose a file to open: a bill as YAML, of one megabyte at most."))
    try:
        return _try(asked, file.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Tried("", told=_("The file is no text in UTF-8."))


def _asked_conduct(asked: Asked) -> Any:
    """The conduct that the instrument asks to be an offence, or that of the Palermo Protocol."""
    corpus = the_law().corpus
    for provision in asked.instrument.provisions:
        for _path, test in leaves(provision.test) if provision.test else ():
            if isinstance(test, Criminalises):
                return formula_of_provision(corpus, asked.instrument, test.provision)
    return formula_of_provision(corpus, None, "palermo-protocol 3")


def _choice(request: HttpRequest) -> HttpResponse:
    corpus = the_law().corpus
    systems = sorted(corpus.legal_systems.values(), key=lambda s: s.legal_system)
    instruments = [i for i in corpus.instruments.values() if any(p.test for p in i.provisions)]
    summary = _("Change a law and see at once which findings change, and which conduct comes within it or leaves it.")
    more = {"systems": systems, "instruments": sorted(instruments, key=lambda i: i.short), "chosen": "palermo-protocol"}
    return show(request, Page(title=_("Try a bill"), template="bill_choice.html", summary=summary, more=more))


def _at_work(request: HttpRequest, asked: Asked, made: Tried, mode: str, offence: str) -> HttpResponse:
    corpus = the_law().corpus
    mode = "form" if mode == "form" and not made.problems else "text"  # a faulty bill is mended as text
    more: dict[str, Any] = {
        **_shown(asked, made),
        "asked": asked,
        "mode": mode,
        "query": _query(request),
        "concepts": sorted((label(corpus, id, language()), id) for id in corpus.concepts),
        "measures": corpus.measures,
        "offence": None,
    }
    if mode == "form":
        more |= _form(asked, made, offence)
    summary = _("The law of %(system)s, held against the %(instrument)s: before and with your bill.") % {
        "system": asked.system.legal_system,
        "instrument": asked.instrument.short,
    }
    page = Page(
        title=_("Bill: %(system)s") % {"system": asked.system.legal_system},
        template="bill.html",
        summary=summary,
        on=asked.on,
        more=more,
        private=True,
        states=(asked.system.state,),
    )
    return show(request, page)


def _form(asked: Asked, made: Tried, offence: str) -> dict[str, Any]:
    """What the form shows; in the text's stead where the bill cannot be shown so."""
    try:
        bill = plain_data(made.text)
        listed = [(o.id, o.title, o.cite) for o in asked.system.offences]
        known = {id for id, _title, _cite in listed}
        listed += [
            (str(o.get("id")), str(o.get("title", "")), str(o.get("cite", "")))
            for o in bill.get("offences") or ()
            if o.get("id") not in known
        ]
        fields = measure_fields(asked.instrument, asked.system.id, bill)
        found = {
            "offences": listed,
            "fields": fields,
            "changed": {str(o.get("id")) for o in bill.get("offences") or ()},
        }
        if offence:
            draft = draft_of(bill, made.text, offence)
            found |= {"offence": draft.entry, "element": element_of(draft)}
        return found
    except (CorpusError, NoBill, TooLarge, AttributeError, TypeError) as error:
        made.told = made.told or str(error)
        return {"mode": "text", **_shown(asked, made)}


def _shown(asked: Asked, made: Tried) -> dict[str, Any]:
    """What the findings' part of the page shows."""
    report = bill_report(the_law().corpus, made.found) if made.found else None
    return {
        "made": made,
        "report": report,
        "changes": len(made.found.changed) if made.found else 0,
        "gaps": [] if made.found and made.found.changed else list(_gaps(asked)),
        "places": [(p.line or 1, p.column or 1, p.message) for p in made.problems],
    }


def _gaps(asked: Asked) -> list[dict[str, Any]]:
    """What the law leaves out today, each with the way to begin with its smallest widening."""
    corpus, found, seen = the_law().corpus, [], set()
    for finding in asked.before.systems[0].findings:
        number = 1
        for box, words in _of_finding(finding):
            named = box_in_words(corpus, box.box)
            if words and named not in seen:
                seen.add(named)
                found.append(
                    {
                        "cite": finding.cite,
                        "box": named,
                        "widening": widening_in_words(corpus, words),
                        "offence": words.offence,
                        "to": {"provision": finding.provision, "widening": number},
                    }
                )
            number += len(box.widenings)
    return found[:MOST_GAPS]


def _of_finding(finding: Finding) -> list[tuple[Any, Any]]:
    """The gaps of a finding with the best widening of each."""
    coverages = {id(coverage): coverage for coverage, _w in widenings_of(finding)}.values()
    if finding.law is Verdict.PROVIDED:
        return []
    return [(gap, gap.widenings[0] if gap.widenings else None) for c in coverages for gap in c.gaps]


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    for name in ("provision", "widening", "as", "table"):
        kept.pop(name, None)
    return kept.urlencode()


def _not_taken(request: HttpRequest, asked: Asked, made: Tried) -> HttpResponse:
    """The workbench with the faults of a bill of which nothing can be taken away."""
    asked_for = request.GET.copy()
    for name in ("as", "table"):
        asked_for.pop(name, None)
    request.GET = QueryDict(asked_for.urlencode())
    response = _at_work(request, asked, made, request.POST.get("mode", "form"), request.POST.get("painted", ""))
    response.status_code = 422
    return response


@never_cache
@require_POST
def findings(request: HttpRequest) -> HttpResponse:
    """The part of the page with the findings, as one types; or the report on the bill to be taken away."""
    asked = _must(request)
    made = _posted(request, asked)
    if request.GET.get("as"):
        if made.found is None:
            return _not_taken(request, asked, made)
        report = bill_report(the_law().corpus, made.found)
        return show(request, Page(title=report.title, report=report, answer=made.found, schema="bill-1", private=True))
    context = {**_shown(asked, made), "page": Page(title="", states=(asked.system.state,)), "asked": asked}
    context |= {"text_too": request.POST.get("mode") == "form", "query": _query(request)}
    response = render(request, "bill_findings.html", context, using="jinja2")
    response.headers["Cache-Control"] = "no-store"
    return response


@never_cache
@require_POST
def concordance(request: HttpRequest) -> HttpResponse:
    """The table of concordance of the law with the bill."""
    asked = _must(request)
    made = _posted(request, asked)
    if made.after is None:
        return _not_taken(request, asked, made)
    after = the_law().with_bill(made.text, BILL)
    report = concordance_report(after.corpus, made.after)
    page = Page(
        title=report.title, report=report, answer=made.after, schema="assessment-1", private=True, posted="again"
    )
    if request.GET.get("as"):
        return show(request, page)
    return show(
        request,
        Page(**{**vars(page), "template": "bill_concordance.html", "more": {"made": made, "query": _query(request)}}),
    )


@never_cache
@require_POST
def file(request: HttpRequest) -> HttpResponse:
    """The bill as a file, to be opened again."""
    asked = _must(request)
    made = _posted(request, asked)
    response = HttpResponse(made.text, content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="bill-{asked.system.id}.yaml"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _back(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A view that is asked by POST; whoever comes to it by an address is led to the workbench."""

    def seen(request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            query = _query(request)
            return HttpResponseRedirect("/bill" + (f"?{query}" if query else ""))
        return view(request)

    return seen


urlpatterns = [
    path("bill", workbench, name="bill"),
    path("bill/findings", _back(findings), name="bill-findings"),
    path("bill/concordance", _back(concordance), name="bill-concordance"),
    path("bill/file", _back(file), name="bill-file"),
]
