"""A provision of an instrument: what it asks, which laws meet it, where law falls short, and models to borrow."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _

from palermo.conformity.findings import Verdict
from palermo.corpus.duty_tests import Criminalises, leaves
from palermo.corpus.lookup import provision_named
from palermo.corpus.models import Instrument, LegalSystem, Provision
from palermo.documents.report import (
    Block,
    Listing,
    Paragraph,
    Report,
    Section,
    badge,
    entries,
    line,
    link,
)
from palermo.ledger.parties import find_instrument, find_legal_systems
from palermo.logic.formula import Formula
from palermo.reports.assessment import anchor
from palermo.reports.concordance import models_report
from palermo.reports.duty import answers_table, ended, same_topic
from palermo.reports.provision import asked, formula_entry, tested_by
from palermo.reports.words import NOT_ADVICE, list_of
from palermo.web.days import day_asked
from palermo.web.links import duty_page, gap_page, instrument_page, state_page
from palermo.web.mistakes import Mistake
from palermo.web.page import Page, show
from palermo.web.remembered import remembered
from palermo.web.the_law import assessed_states, models, the_law, verdicts
from palermo.web.words import in_a_row, state_name, word

MOST_MODELS = 20
"""Laws shown as models unless all are asked for."""
SHORT = (Verdict.IN_PART, Verdict.NOT_PROVIDED)


def named(instrument: str, provision: str) -> tuple[Instrument, Provision]:
    """The provision of that address. Raises UnknownName, UnknownFormula."""
    home = find_instrument(the_law().corpus, instrument)
    found, id = provision_named(the_law().corpus, home, provision)
    return found, found.provision(id)


def _moved(request: HttpRequest, home: Instrument, instrument: str) -> HttpResponseRedirect | None:
    """Where the instrument was asked for by its title, its own address."""
    if home.id == instrument:
        return None
    rest = request.get_full_path().split("/", 3)[3]
    return HttpResponseRedirect(f"{instrument_page(home.id)}/{rest}")


def _about(home: Instrument, provision: Provision, title: str, report: Report, **more: object) -> Page:
    page, duty = duty_page(home.id, provision.id), f"{home.id} {provision.id}"
    tested = provision.test is not None
    tabs = [
        (page, _("What it asks, who meets it")),
        *([(f"{page}/models", _("Models to borrow")), (_on_map(duty), _("On the map"))] if tested else []),
        (instrument_page(home.id), word(home.short)),
    ]
    surroundings = {"tabs": tabs, "of": home.cite(provision), **more.pop("more", {})}  # type: ignore[dict-item]
    return Page(title=title, report=report, more=surroundings, **more)  # type: ignore[arg-type]


def _on_map(duty: str) -> str:
    from urllib.parse import urlencode

    return f"/world?{urlencode({'duty': duty})}"


@remembered
def duty(request: HttpRequest, instrument: str, provision: str) -> HttpResponse:
    """What a provision asks and who meets it."""
    home, found = named(instrument, provision)
    on = day_asked(request)
    if moved := _moved(request, home, instrument):
        return moved
    corpus = the_law().corpus
    conducts = list(_conducts(home, found))
    blocks: list[Block] = [Section("What it asks", "asks", (*asked(corpus, home, found), *_tested(home, found)))]
    for cited, formula in conducts:
        heading = "The conduct it defines" if found.conduct is formula else f"The conduct of {cited}"
        listed = Listing("", (formula_entry(corpus, formula),))
        blocks.append(Section(heading, f"conduct-{anchor(cited)}", (listed,)))
    if found.test is not None and not ended(found, on):
        blocks += _answers(home, found, on)
    others = same_topic(corpus, home, found, on)
    if others:
        blocks.append(Section("The same topic elsewhere", "elsewhere", (others,)))
    cited = home.cite(found)
    report = Report(f"{cited}: {found.title}", tuple(blocks), NOT_ADVICE)
    drawn = {f"conduct-{anchor(cited)}": formula for cited, formula in conducts}
    page = _about(
        home,
        found,
        cited,
        report,
        on=on,
        summary=_in_short(found, f"{home.id} {found.id}", on),
        answer=found,
        schema="provision-1",
        template="duty.html",
        more={"subject": found.title, "drawn": drawn},
    )
    return show(request, page)


def _tested(home: Instrument, provision: Provision) -> tuple[Block, ...]:
    return () if provision.test is None else (tested_by(the_law().corpus, home, provision.test),)


def _conducts(home: Instrument, provision: Provision) -> list[tuple[str, Formula]]:
    """The conduct that a provision defines, and the conduct that its test names, each with its citation."""
    corpus = the_law().corpus
    found: dict[str, Formula] = {}
    if provision.conduct is not None:
        found[home.cite(provision)] = provision.conduct
    for _path, test in leaves(provision.test) if provision.test is not None else ():
        if isinstance(test, Criminalises):
            other, id = provision_named(corpus, home, test.provision)
            conduct = other.provision(id).conduct
            if conduct is not None:
                found.setdefault(other.cite(other.provision(id)), conduct)
    return list(found.items())


def _in_short(provision: Provision, duty: str, on: date) -> str:
    said = {
        "shall": _("States must do this."),
        "shall_endeavour": _("States must try to do this."),
        "shall_consider": _("States must consider this; who considered it and decided otherwise breaches nothing."),
        "may": _("States may do this; not doing it is no failure."),
    }
    kinds = {
        "definition": _("It says what words of this instrument mean."),
        "rule": _("It is a rule on the instrument itself."),
    }
    told = said.get(provision.modality or "", kinds.get(provision.kind, ""))
    if ended(provision, on):
        return _("It is no longer in force on this day.")
    if provision.test is None:
        return told
    counted = Counter(answer.verdict for answer in verdicts(duty, on))
    counts = in_a_row(f"{word(v.value)}: {counted[v]}" for v in Verdict if counted[v])
    laws = _("What the encoded laws answer: %(counts)s.") % {"counts": counts}
    return f"{told} {laws}".strip()


def _answers(home: Instrument, provision: Provision, on: date) -> list[Block]:
    corpus = the_law().corpus
    found = verdicts(f"{home.id} {provision.id}", on)
    place = anchor(home.cite(provision))

    def reasons(system: LegalSystem) -> str:
        return f"{state_page(system.state)}/against/{home.id}#{place}"

    told = "What each law gives, whether or not the instrument binds the State. The order is that of the alphabet."
    table = answers_table(corpus, found, on, reasons)
    blocks: list[Block] = [Section("Who meets it", "answers", (Paragraph(line(told)), table))]
    on_conduct = any(isinstance(test, Criminalises) for _, test in leaves(provision.test)) if provision.test else False
    short = sorted(
        ((corpus.legal_systems[a.system].legal_system, a.system, a.verdict) for a in found if a.verdict in SHORT),
        key=lambda entry: entry[0].casefold(),
    )
    if on_conduct and short:
        links = entries(
            line(link(name, gap_page(system, home.id, provision.id)), " ", badge(verdict.value))
            for name, system, verdict in short
        )
        lead = "Conduct that falls outside, drawn as boxes of scenarios"
        blocks.append(Section("Open gaps", "gaps", (Listing(lead, links),)))
    return blocks


@remembered
def borrowed(request: HttpRequest, instrument: str, provision: str) -> HttpResponse:
    """Which laws meet a duty, by which sections: nearest to a State first, if one is named."""
    home, found = named(instrument, provision)
    on = day_asked(request)
    if moved := _moved(request, home, instrument):
        return moved
    corpus = the_law().corpus
    if found.test is None:
        offers = ((duty_page(home.id, found.id), home.cite(found)),)
        raise Mistake(404, f"{home.cite(found)} asks nothing of national law that could be tested", offers)
    near = request.GET.get("near", "").strip()
    systems = find_legal_systems(corpus, near) if near else ()
    given = models(f"{home.id} {found.id}", near, on)
    whose = list_of([system.legal_system for system in systems], "and")
    shown = given if request.GET.get("all") else given[:MOST_MODELS]
    report = models_report(corpus, home.cite(found), on, list(shown), whose)
    title = _("%(provision)s: models to borrow") % {"provision": home.cite(found)}
    page = _about(
        home,
        found,
        title,
        report,
        on=on,
        summary=_("Laws that meet this duty, with the sections that do, to borrow from. Nearness is no rank."),
        answer=given,
        schema="models-1",
        template="models.html",
        more={
            "subject": found.title,
            "near": systems[0].state if systems else "",
            "shown": len(shown),
            "known": len(given),
            "states": [(code, state_name(code)) for code in assessed_states()],
        },
    )
    return show(request, page)


urlpatterns = [
    path("instruments/<instrument>/<path:provision>/models", borrowed, name="models"),
    path("instruments/<instrument>/<path:provision>", duty, name="duty"),
]
