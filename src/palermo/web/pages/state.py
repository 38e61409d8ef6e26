"""A State: what binds it, its law, findings on it, its history, what is to come, agreements."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palermo.conformity.findings import Assessment, Verdict
from palermo.corpus.models import Agreement, Party
from palermo.documents.calendar_file import calendar_file
from palermo.documents.report import Block, Line, Listing, Paragraph, Report, Section, Table, badge, entries, line, link
from palermo.ledger.parties import find_party
from palermo.reports.assessment import assessment_report
from palermo.reports.between import between_report
from palermo.reports.chronicle import dated, events_report
from palermo.reports.ledger import status_report
from palermo.reports.legal_system import legal_system_report
from palermo.reports.linked import linked_law
from palermo.reports.monitoring import calendar_report, due_days, register_report
from palermo.reports.words import day
from palermo.web.days import day_asked
from palermo.web.links import gap_page, law_page, state_page
from palermo.web.mistakes import Mistake
from palermo.web.page import Page, absolute, show
from palermo.web.remembered import remembered
from palermo.web.the_law import assessed_states, assessment, bonds, registered, the_law
from palermo.web.words import in_a_row, state_name, word

PILLARS = ("prosecution", "protection", "prevention", "partnership")
VERDICTS = (
    Verdict.PROVIDED,
    Verdict.IN_PART,
    Verdict.NOT_PROVIDED,
    Verdict.NOT_ENCODED,
    Verdict.PRACTICE,
    Verdict.NOT_BOUND,
)
FIRST = ("palermo-protocol", "cets-197", "eu-2011-36")
"""The instruments whose findings stand on a State's first page, as far as they bind it."""


def tabs(code: str) -> list[tuple[str, str]]:
    """The pages on a State."""
    home = state_page(code)
    systems = the_law().corpus.systems_of(code)
    law = [(law_page(systems[0].id), _("Its law"))] if len(systems) == 1 else []
    if len(systems) > 1:
        law = [(f"{home}#laws", _("Its laws"))]
    return [
        (home, _("In short")),
        (f"{home}/bound", _("What binds it")),
        *law,
        (f"{home}/against/palermo-protocol", _("Findings")),
        (f"{home}/agreements", _("Agreements")),
        (f"{home}/history", _("History")),
        (f"{home}/calendar", _("To come")),
        (f"{home}/recommendations", _("Recommendations")),
    ]


def _about(party: Party, title: str, report: Report | None, **more: object) -> Page:
    surroundings = {"tabs": tabs(party.code), "of": state_name(party.code)}
    given = {"template": "state.html", "states": (party.code,), **more}
    return Page(title=title, report=report, more=surroundings, **given)  # type: ignore[arg-type]


def _named(request: HttpRequest, code: str) -> Party | HttpResponseRedirect:
    """The State asked for; where it was asked for by another name, its own address."""
    party = find_party(the_law().corpus, code)
    if party.code == code:
        return party
    rest = request.get_full_path().split("/", 3)[3:]
    _, mark, query = request.get_full_path().partition("?")
    tail = f"/{rest[0]}" if rest else mark + query
    return HttpResponseRedirect(state_page(party.code) + tail)


@remembered
def states(request: HttpRequest) -> HttpResponse:
    """Every State, organisation and territory of the register."""
    corpus = the_law().corpus
    encoded = set(assessed_states())
    rows = tuple(
        (
            line(party.name),
            line(party.code),
            line(party.kind.replace("_", " ")),
            line(badge("law encoded") if code in encoded else ""),
        )
        for code, party in sorted(corpus.parties.items(), key=lambda entry: word(entry[1].name))
    )
    table = Table("States, organisations and territories", ("Name", "Code", "Kind", "Law"), rows)
    summary = _("Everything Palermo knows of a State: what binds it, what its law provides, what is to come.")
    page = Page(title=_("States"), report=Report("States", (table,)), summary=summary, template="list.html")
    return show(request, page)


@remembered
def state(request: HttpRequest, code: str) -> HttpResponse:
    """A State in short."""
    party, on = _named(request, code), day_asked(request)
    if isinstance(party, HttpResponseRedirect):
        return party
    corpus = the_law().corpus
    standing = bonds(party.code, on)
    binding = [s for s in standing if s.binding]
    systems = corpus.systems_of(party.code)
    wanted = [id for id in FIRST if any(s.instrument == id for s in binding)] or [FIRST[0]]
    blocks: list[Block] = [_findings(assessment(party.code, id, on)) for id in wanted]
    blocks.append(_held_against(party, [s.instrument for s in binding]))
    if len(systems) > 1:
        laws = tuple(entries(line(system.legal_system) for system in systems))
        blocks.append(Section("Its laws", "laws", (Listing("", laws),)))
    said = [
        ngettext(
            "%(count)s instrument of those known here is in force for it on this day.",
            "%(count)s instruments of those known here are in force for it on this day.",
            len(binding),
        )
        % {"count": len(binding)},
        _("Its own law is encoded.") if systems else _("Its own law is not encoded yet, so nothing is said of it."),
    ]
    report = Report(f"{party.name}, on {day(on)}", tuple(blocks))
    page = _about(party, state_name(party.code), report, on=on, summary=" ".join(said), answer=binding)
    return show(request, page)


def _findings(found: Assessment) -> Block:
    """How many provisions get which answer, pillar by pillar; the words lead to the findings."""
    short = the_law().corpus.instruments[found.instrument].short
    rows: list[tuple[Line, ...]] = []
    for system in found.systems:
        for pillar in PILLARS:
            counted = Counter(f.verdict for f in system.findings if f.pillar == pillar)
            if counted:
                name = line(f"{system.name}: " if len(found.systems) > 1 else "", pillar)
                rows.append((name, *(line(str(counted[v]) if counted[v] else "") for v in VERDICTS)))
    heads = ("Pillar", *(verdict.value for verdict in VERDICTS))
    told = Paragraph(line("Numbers of provisions, which are no score: one provision may weigh more than ten others."))
    address = f"{state_page(found.state)}/against/{quote(found.instrument)}"
    table = Table(f"Findings on the {short}", heads, tuple(rows))
    more = Listing("", entries([line(link(f"Findings on the {short}, one by one", address))]))
    return Section(short, f"findings-{found.instrument}", (table, told, more))


def _held_against(party: Party, binding: list[str]) -> Block:
    instruments = the_law().corpus.instruments
    tested = [id for id in binding if any(p.test is not None for p in instruments[id].provisions)]
    links = [line(link(instruments[id].short, f"{state_page(party.code)}/against/{quote(id)}")) for id in tested]
    lead = "Hold its law against an instrument that binds it"
    return Section("Against other instruments", "against", (Listing(lead, entries(links)),))


@remembered
def against(request: HttpRequest, code: str, instrument: str) -> HttpResponse:
    """The findings on a State's law."""
    party, on = _named(request, code), day_asked(request)
    if isinstance(party, HttpResponseRedirect):
        return party
    corpus = the_law().corpus
    found = assessment(party.code, instrument, on)
    report = assessment_report(
        corpus, found, drawn_at=lambda system, provision: gap_page(system, found.instrument, provision)
    )
    title = _("%(state)s and the %(instrument)s") % {
        "state": state_name(party.code),
        "instrument": word(corpus.instruments[found.instrument].short),
    }
    page = _about(party, title, report, on=on, answer=found, schema="assessment-1", summary=_in_short(found))
    return show(request, page)


def _in_short(found: Assessment) -> str:
    counted = Counter(f.verdict for system in found.systems for f in system.findings)
    parts = [f"{word(verdict.value)}: {counted[verdict]}" for verdict in VERDICTS if counted[verdict]]
    told = _("Each provision was held against the law as encoded. %(counts)s.") % {"counts": in_a_row(parts)}
    return told if any(s.encoded for s in found.systems) else f"{told} {_('No law of this State is encoded yet.')}"


@remembered
def bound(request: HttpRequest, code: str) -> HttpResponse:
    """Every instrument and how the State stands to it."""
    party, on = _named(request, code), day_asked(request)
    if isinstance(party, HttpResponseRedirect):
        return party
    standing = list(bonds(party.code, on))
    report = status_report(the_law().ledger, party.code, on, standing)
    title = _("%(state)s: what binds it") % {"state": state_name(party.code)}
    return show(request, _about(party, title, report, on=on, answer=standing, schema="standings-1"))


@remembered
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Everything known of a State in order of time."""
    party = _named(request, code)
    if isinstance(party, HttpResponseRedirect):
        return party
    corpus = the_law().corpus
    events = the_law().ledger.history(party.code)
    heading = f"{party.name}: treaty history"
    report = events_report(corpus, heading, events, "The corpus knows no act of it.")
    title = _("%(state)s: treaty history") % {"state": state_name(party.code)}
    page = _about(
        party,
        title,
        report,
        answer=events,
        schema="events-1",
        calendar=lambda: calendar_file(heading, dated(corpus, events), date.today()),
    )
    return show(request, page)


@remembered
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """What is to come for a State."""
    party, on = _named(request, code), day_asked(request)
    if isinstance(party, HttpResponseRedirect):
        return party
    corpus = the_law().corpus
    found = the_law().calendar(party.code, on)
    heading = f"{party.name}: what is to come after {day(on)}"
    report = calendar_report(corpus, heading, found)
    title = _("%(state)s: what is to come") % {"state": state_name(party.code)}
    page = _about(
        party,
        title,
        report,
        on=on,
        answer=found,
        schema="calendar-1",
        summary=_("Law that begins, reports that are due, reviews: with the day, or with where to look for it."),
        calendar=lambda: calendar_file(heading, due_days(corpus, found), on),
    )
    return show(request, page)


@remembered
def recommendations(request: HttpRequest, code: str) -> HttpResponse:
    """What bodies recommended to a State, and whether its law changed since."""
    party, on = _named(request, code), day_asked(request)
    if isinstance(party, HttpResponseRedirect):
        return party
    found = registered(party.code, on)
    report = register_report(the_law().corpus, found)
    title = _("%(state)s: recommendations") % {"state": state_name(party.code)}
    told = _("What monitoring bodies recommended, what the law gave then and gives now. It is a sample, not a record.")
    page = _about(party, title, report, on=on, answer=found, schema="recommendations-1", summary=told)
    return show(request, page)


@remembered
def agreements(request: HttpRequest, code: str) -> HttpResponse:
    """The bilateral agreements of a State."""
    party = _named(request, code)
    if isinstance(party, HttpResponseRedirect):
        return party
    corpus = the_law().corpus
    own = [a for a in corpus.agreements.values() if party.code in (a.first, a.second)]
    rows = tuple(_agreement(party, a) for a in sorted(own, key=lambda a: (_other(party, a), a.signed or date.max)))
    heads = ("With", "Kind", "Title", "Signed", "In force", "Ended", "Reference")
    told = "As sources list them: that they were concluded, not that each is in force today."
    report = Report(f"{party.name}: agreements", (Paragraph(line(told)), Table("Bilateral agreements", heads, rows)))
    title = _("%(state)s: agreements") % {"state": state_name(party.code)}
    return show(request, _about(party, title, report, answer=own))


def _other(party: Party, agreement: Agreement) -> str:
    code = agreement.second if agreement.first == party.code else agreement.first
    return the_law().corpus.parties[code].name


def _agreement(party: Party, agreement: Agreement) -> tuple[Line, ...]:
    days = (agreement.signed, agreement.entry_into_force, agreement.ended)
    return (
        line(_other(party, agreement)),
        line(agreement.kind.replace("_", " ")),
        line(agreement.title),
        *(line(str(found or "")) for found in days),
        line(agreement.reference or ""),
    )


@remembered
def between(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """What is in force between two States."""
    party, on = _named(request, code), day_asked(request)
    if isinstance(party, HttpResponseRedirect):
        return party
    second = find_party(the_law().corpus, other)
    found = the_law().ledger.between(party.code, second.code, on)
    report = between_report(the_law().corpus, found)
    names = {"first": state_name(party.code), "second": state_name(second.code)}
    title = _("Between %(first)s and %(second)s") % names
    page = _about(party, title, report, on=on, answer=found, schema="between-1", states=(party.code, second.code))
    return show(request, page)


@remembered
def law(request: HttpRequest, system: str) -> HttpResponse:
    """The law of a legal system, section by section."""
    corpus, on = the_law().corpus, day_asked(request)
    found = corpus.legal_systems.get(system)
    if found is None:
        known = corpus.legal_systems.get(system.upper())
        offers = ((law_page(known.id), known.legal_system),) if known else ()
        raise Mistake(404, f"there is no legal system {system!r} in the corpus", offers)
    on_day = the_law().laws.on(found, on)
    report = legal_system_report(corpus, on_day)
    title = word(found.legal_system)
    told = _("The law as encoded, section by section: what is punished, what victims are entitled to, what is missing.")
    party = corpus.parties[found.state]
    surroundings = {"on": on, "answer": found, "schema": "legal-system-1", "summary": told}
    address = absolute(request, law_page(system))
    linked = partial(linked_law, corpus, on_day, address)
    return show(request, _about(party, title, report, linked=linked, **surroundings))


urlpatterns = [
    path("states", states, name="states"),
    path("states/<code>", state, name="state"),
    path("states/<code>/bound", bound, name="bound"),
    path("states/<code>/history", history, name="history"),
    path("states/<code>/calendar", calendar, name="calendar"),
    path("states/<code>/recommendations", recommendations, name="recommendations"),
    path("states/<code>/agreements", agreements, name="agreements"),
    path("states/<code>/against/<instrument>", against, name="against"),
    path("states/<code>/between/<other>", between, name="between"),
    path("law/<system>", law, name="law"),
]
