"""What of a duty's conduct a law leaves out, drawn so that one sees at a glance what falls outside."""

from __future__ import annotations

from datetime import date

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palermo.conformity.answers import required_conduct
from palermo.conformity.bills import leaves as answers_of
from palermo.conformity.coverage import Coverer
from palermo.conformity.findings import Assessment, Finding, SystemFindings
from palermo.corpus.duty_tests import Criminalises, leaves
from palermo.corpus.models import Instrument, LegalSystem, Provision
from palermo.reports.assessment import anchor
from palermo.reports.boxes import Known, choices_known
from palermo.reports.duty import ended
from palermo.reports.gap import coverages, gap_report
from palermo.reports.words import day
from palermo.web.days import day_asked
from palermo.web.links import bill_page, duty_page, gap_page, law_page, state_page
from palermo.web.mistakes import Mistake
from palermo.web.page import Page, show
from palermo.web.pages.duty import named
from palermo.web.remembered import remembered
from palermo.web.the_law import assessment, the_law
from palermo.web.words import word


@remembered
def gap(request: HttpRequest, system: str, instrument: str, provision: str) -> HttpResponse:
    """The gap of a legal system against a provision."""
    on = day_asked(request)
    home, found = named(instrument, provision)
    law = _law(system, home, found)
    findings_at = f"{state_page(law.state)}/against/{home.id}#{anchor(home.cite(found))}"
    tests = [t for _path, t in leaves(found.test) if isinstance(t, Criminalises)] if found.test else []
    if not tests:
        told = f"{home.cite(found)} does not ask that conduct be punished, so there is no gap of conduct to draw"
        raise Mistake(404, told, ((findings_at, home.cite(found)), (duty_page(home.id, found.id), found.title)))
    assessed = assessment(law.state, home.id, on)
    of_system, finding = _finding(assessed, law, found, findings_at)
    report = gap_report(
        the_law().corpus,
        of_system,
        finding,
        _known(law, home, tests, finding, on),
        f"on {day(on)}",
        lambda number: bill_page(law.id, home.id, found.id, number),
    )
    cited = home.cite(found)
    tabs = [
        (gap_page(law.id, home.id, found.id), _("What falls outside")),
        (findings_at, _("The finding")),
        (law_page(law.id), _("Its law")),
        (duty_page(home.id, found.id), _("The duty")),
    ]
    page = Page(
        title=word(law.legal_system),
        report=report.report,
        template="gap.html",
        summary=_in_short(finding),
        on=on,
        answer=_only(assessed, of_system, finding),
        schema="assessment-1",
        more={"drawn": report.drawn, "tabs": tabs, "of": cited, "subject": f"{cited}: {found.title}"},
        states=(law.state,),
    )
    return show(request, page)


def _law(system: str, home: Instrument, provision: Provision) -> LegalSystem:
    corpus = the_law().corpus
    found = corpus.legal_systems.get(system)
    if found is None:
        near = [corpus.legal_systems[system.upper()]] if system.upper() in corpus.legal_systems else []
        near = near or list(corpus.systems_of(system.upper()))
        offers = tuple((gap_page(law.id, home.id, provision.id), law.legal_system) for law in near)
        raise Mistake(404, f"there is no legal system {system!r} in the corpus", offers)
    return found


def _finding(
    assessed: Assessment, law: LegalSystem, provision: Provision, elsewhere: str
) -> tuple[SystemFindings, Finding]:
    for system in assessed.systems:
        for finding in system.findings:
            if system.system == law.id and finding.provision == provision.id:
                return system, finding
    told = (
        f"no law is held against {provision.id} on {day(assessed.on)}: it is not in force, or not asked of this State"
    )
    offers = [(elsewhere, assessed.instrument_title)]
    if ended(provision, assessed.on) and provision.in_force and provision.in_force.to:
        until = provision.in_force.to
        offers.insert(0, (f"{gap_page(law.id, assessed.instrument, provision.id)}?on={until}", day(until)))
    raise Mistake(404, told, tuple(offers))


def _known(law: LegalSystem, home: Instrument, tests: list[Criminalises], finding: Finding, on: date) -> list[Known]:
    """The choices that each conduct asked for knows, in the order of `coverages`."""
    corpus = the_law().corpus
    coverer = Coverer(corpus, the_law().laws.on(law, on))
    answers = [answer for answer in answers_of(finding.answer) if answer.kind == "criminalises"]
    by_coverage = {
        id(answer.coverage): test for answer, test in zip(answers, tests, strict=True) if answer.coverage is not None
    }
    asked = [by_coverage[id(coverage)] for coverage in coverages(finding)]
    return [
        choices_known(required_conduct(corpus, home, test), coverer.theory(test.max_penalty_at_least)) for test in asked
    ]


def _in_short(finding: Finding) -> str:
    found = coverages(finding)
    gaps = sum(len(coverage.gaps) for coverage in found)
    if not found:
        return _("What this law leaves out of the conduct asked for is not known on that day.")
    if not gaps and any(coverage.on_readings for coverage in found):
        return _("All the conduct asked for is reached, but part of it only if words of the law are read widely.")
    if not gaps:
        return _("All the conduct asked for is reached by the law as encoded.")
    counted = ngettext(
        "Of the conduct asked for, the law as encoded leaves out what one box shows.",
        "Of the conduct asked for, the law as encoded leaves out what %(count)s boxes show.",
        gaps,
    )
    return f"{counted % {'count': gaps}} {_('A box is every combination of one marked choice from each column.')}"


def _only(assessed: Assessment, system: SystemFindings, finding: Finding) -> Assessment:
    alone = msgspec.structs.replace(system, findings=(finding,))
    return msgspec.structs.replace(assessed, systems=(alone,))


urlpatterns = [path("gap/<system>/<instrument>/<path:provision>", gap, name="gap")]
