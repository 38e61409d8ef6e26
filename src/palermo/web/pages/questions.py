"""A few questions at a time: may this be trafficking, and what is the person entitled to? Nothing of it is kept.

What was answered travels in the body of the form and nowhere else: it stands in no address, no cookie and no log.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palermo.casework.identify import Identification
from palermo.corpus.models import Concept
from palermo.logic.scenarios import DIMENSIONS, dimension
from palermo.logic.theory import Contradiction
from palermo.logic.truth import Truth
from palermo.reports.entitlements import entitlements_report
from palermo.reports.identification import identification_report
from palermo.web.days import day_asked, read_day
from palermo.web.links import law_page
from palermo.web.mistakes import Mistake
from palermo.web.page import Page, show
from palermo.web.remembered import remembered
from palermo.web.the_law import assessed_states, the_law
from palermo.web.words import state_name, word

DEFINITION = "palermo-protocol"
MOST_ANSWERS = 200
ANSWERS = ("yes", "no", "unknown", "silent")
"""`unknown`: the person does not know; `silent`: would rather not say. Both leave a fact open."""


@dataclass(frozen=True)
class Interview:
    """What was answered so far, in order, under which laws and on which day."""

    state: str
    answers: tuple[tuple[str, str], ...]
    on: date

    @property
    def under(self) -> tuple[str, ...]:
        """The definition of the UN Trafficking Protocol, and the law of the State chosen."""
        return (DEFINITION, self.state) if self.state else (DEFINITION,)

    @property
    def facts(self) -> dict[str, bool]:
        """The facts that are known."""
        return {fact: said == "yes" for fact, said in self.answers if said in ("yes", "no")}

    def identified(self) -> Identification:
        """The case under the laws. Raises theory.Contradiction."""
        left_open = [fact for fact, said in self.answers if said not in ("yes", "no")]
        return the_law().identify(self.facts, self.under, self.on, not_to_ask=left_open)


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """The beginning, the next question, or what follows so far."""
    if request.method != "POST":
        states = [(code, state_name(code)) for code in assessed_states()]
        more = {"states": sorted(states, key=lambda entry: entry[1]), "on": day_asked(request)}
        page = Page(title=_("Questions"), template="questions.html", more=more, private=True)
        return show(request, page)
    given = _read(request.POST)
    if "back" in request.POST:
        given = replace(given, answers=given.answers[:-1])
    try:
        found = given.identified()
    except Contradiction as error:
        last = given.answers[-1:]
        given = replace(given, answers=given.answers[:-1])
        return _asked(request, given, given.identified(), contradiction=str(error) if last else "")
    if "stop" in request.POST or found.next_question is None:
        return _told(request, given, found)
    return _asked(request, given, found)


def _read(form: QueryDict) -> Interview:
    """The interview that a form carries, with the answer just given. Raises Mistake."""
    corpus = the_law().corpus
    state = form.get("state", "")
    if state and not corpus.systems_of(state):
        raise Mistake(400, f"the law of {state!r} is not encoded")
    told: list[tuple[str, ...]] = [pair.partition("=")[::2] for pair in form.getlist("told")]
    if form.get("answer"):
        told.append((form.get("asked", ""), form.get("answer", "")))
    if len(told) > MOST_ANSWERS:
        raise Mistake(400, f"at most {MOST_ANSWERS} answers can be taken")
    answers: dict[str, str] = {}
    for pair in told:
        if pair[0] not in corpus.concepts or pair[1] not in ANSWERS:
            raise Mistake(400, "an answer is not one of those offered: start again")
        answers[pair[0]] = pair[1]
    return Interview(state, tuple(answers.items()), read_day(form.get("on", "")))


def _asked(request: HttpRequest, given: Interview, found: Identification, contradiction: str = "") -> HttpResponse:
    """The next question, with what was answered so far."""
    asked = found.next_question
    if asked is None:
        return _told(request, given, found)
    more = {
        "interview": given,
        "asked": asked,
        "question": the_law().corpus.concepts[asked],
        "told": [(word(_label(fact)), said) for fact, said in given.answers],
        "contradiction": contradiction,
    }
    page = Page(title=_("Questions"), template="question.html", more=more, private=True)
    return show(request, page)


def _told(request: HttpRequest, given: Interview, found: Identification) -> HttpResponse:
    """What follows from the answers: how the case stands under each law, and what the person may be entitled to."""
    corpus = the_law().corpus
    report = identification_report(corpus, found)
    within = [law for law in found.laws if law.truth is Truth.TRUE]
    still = [law for law in found.laws if law.truth is Truth.OPEN]
    if within:
        summary = _("On these answers this may be trafficking: the person may be a victim, with rights of their own.")
    elif still:
        summary = _("It cannot be told yet. What is not known is not a no: more may come out later.")
    else:
        summary = _(
            "On these answers the definitions asked about are not met. Other laws may still protect the person."
        )
    more = {
        "interview": given,
        "entitlements": f"/questions/entitlements/{given.state}" if given.state else "",
        "told": [(word(_label(fact)), said) for fact, said in given.answers],
        "laws": [law_page(s.id) for s in corpus.systems_of(given.state)] if given.state else [],
    }
    page = Page(
        title=_("What follows"), report=report, template="follows.html", summary=summary, more=more, private=True
    )
    return show(request, page)


def _label(fact: str) -> str:
    return the_law().corpus.concepts[fact].label["en"]


@remembered
def entitlements(request: HttpRequest, code: str) -> HttpResponse:
    """What a victim is entitled to in a State."""
    corpus, on = the_law().corpus, day_asked(request)
    systems = corpus.systems_of(code)
    if not systems:
        offers = tuple((f"/questions/entitlements/{known}", state_name(known)) for known in assessed_states()[:8])
        raise Mistake(404, f"the law of {code!r} is not encoded", offers)
    report = entitlements_report(corpus, code, [the_law().laws.on(system, on) for system in systems])
    summary = _("What the law of this State gives a victim, section by section, and what is not known.")
    page = Page(
        title=_("Entitlements: %(state)s") % {"state": state_name(code)},
        report=report,
        template="quiet.html",
        summary=summary,
        on=on,
        states=(code,),
    )
    return show(request, page)


@remembered
def sheet(request: HttpRequest) -> HttpResponse:
    """All questions on one sheet, to be printed and asked without a machine."""
    corpus = the_law().corpus
    state = request.GET.get("state", "")
    if state and not corpus.systems_of(state):
        raise Mistake(404, f"the law of {state!r} is not encoded")
    found = the_law().identify({}, (DEFINITION, state) if state else (DEFINITION,), day_asked(request))
    asked = dict.fromkeys(fact for law in found.laws for fact in law.open_questions)
    groups: list[list[Concept]] = [[] for _name in DIMENSIONS]
    for fact in sorted(asked):
        groups[dimension(fact)].append(corpus.concepts[fact])
    headings = (_("What was done"), _("How, and to whom"), _("What for"), _("Circumstances"))
    more = {"groups": [(heading, group) for heading, group in zip(headings, groups, strict=True) if group]}
    summary = _(
        "For a conversation without a machine. Leave open what the person does not know or would rather not say."
    )
    page = Page(title=_("Sheet of questions"), template="sheet.html", summary=summary, more=more)
    return show(request, page)


urlpatterns = [
    path("questions", questions, name="questions"),
    path("questions/sheet", sheet, name="sheet"),
    path("questions/entitlements/<code>", entitlements, name="entitlements"),
]
