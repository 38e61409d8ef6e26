"""What national law said on 1 June 2006, and since when it says something else."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from itertools import combinations

import pytest

import palermo
from palermo.conformity.findings import Coverage, Finding, Verdict
from palermo.conformity.law_on_day import law_on

IN_2006 = date(2006, 6, 1)

# One State has two legal systems here, so these are the laws of seventeen States.
SYSTEMS = (
    "ARG",
    "CAN",
    "CHE",
    "CHL",
    "COL",
    "CZE",
    "DEU",
    "ESP",
    "EST",
    "FRA",
    "GBR-EAW",
    "GBR-SCT",
    "ITA",
    "LKA",
    "LUX",
    "SVK",
    "SWE",
    "USA",
)


@pytest.fixture(scope="module")
def finding(law: palermo.Law):  # type: ignore[no-untyped-def]
    """The finding of a legal system on the duty to criminalise trafficking, on a day."""

    @cache
    def find(system: str, on: date = IN_2006) -> Finding:
        (found,) = law.assess(system, "palermo-protocol", on).systems
        return next(f for f in found.findings if f.provision == "5(1)")

    return find


def coverage(finding: Finding) -> Coverage:
    assert finding.answer is not None
    assert finding.answer.coverage is not None
    return finding.answer.coverage


def missed(finding: Finding, *concepts: str) -> bool:
    """Whether a scenario with just these concepts is not reached, on the words or on any reading."""
    return any(frozenset(concepts) in gap.box.scenarios() for gap in coverage(finding).gaps)


def reaching(finding: Finding) -> set[str]:
    return {offence.authority.id for offence in coverage(finding).reached_by if offence.authority.id}


def reached_only_where(finding: Finding, offence: str) -> set[str]:
    """The further facts without which the offence reaches nothing of the required conduct."""
    (found,) = (o for o in coverage(finding).reached_by if o.authority.id == offence)
    return set.intersection(*(set(part.only_where) for part in found.reach))


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_law_of_2006_is_encoded(finding, system: str) -> None:  # type: ignore[no-untyped-def]
    """What the law reached is known, whether or not the State was bound by the Protocol that day."""
    found = finding(system)
    assert found.law is not Verdict.NOT_ENCODED
    assert found.verdict in {found.law, Verdict.NOT_BOUND}
    assert coverage(found).reached_by


def test_no_day_has_two_versions_of_one_offence(law: palermo.Law) -> None:
    """A version ends before the next one begins."""
    for system in law.corpus.legal_systems.values():
        versions = defaultdict(list)
        for offence in system.offences:
            versions[offence.id.split("@")[0]].append(offence)
        for several in versions.values():
            for one, other in combinations(several, 2):
                assert one.in_force is not None, f"{one.id} beside {other.id}"
                assert other.in_force is not None, f"{other.id} beside {one.id}"
                first, second = sorted((one.in_force, other.in_force), key=lambda f: f.from_ or date.min)
                assert first.to is not None, f"{one.id} beside {other.id}"
                assert first.to < (second.from_ or date.min), f"{one.id} beside {other.id}"


def test_germany_names_sexual_and_labour_exploitation_but_no_organs(finding) -> None:  # type: ignore[no-untyped-def]
    """StGB ss 232 to 233a as in the law of 11 February 2005; organs came with that of 11 October 2016, BGBl I 2226."""
    then, since = finding("DEU"), finding("DEU", date(2017, 1, 1))
    assert {"deu-stgb/232@2005", "deu-stgb/233@2005", "deu-stgb/233a@2005"} <= reaching(then)
    for purpose in ("purpose.sexual-exploitation", "purpose.slavery"):
        assert not missed(then, "act.recruitment", "means.deception", purpose)
        assert not missed(then, "act.recruitment", "person.child", purpose)  # under 21, s 232(1) second sentence
    assert missed(then, "act.recruitment", "means.deception", "purpose.organ-removal")
    assert missed(then, "act.recruitment", "person.child", "purpose.organ-removal")
    assert not missed(since, "act.recruitment", "means.deception", "purpose.organ-removal")


def test_sweden_asks_for_control_over_the_person(finding) -> None:  # type: ignore[no-untyped-def]
    """Brottsbalken 4:1 a in SFS 2004:406 (and thereby takes control over the person), struck out by SFS 2010:371."""
    then, since = finding("SWE"), finding("SWE", date(2011, 1, 1))
    assert reached_only_where(then, "swe-brb/4-1a@2004") <= {"act.obtaining", "act.exchange-of-control"}
    for purpose in ("purpose.forced-labour", "purpose.organ-removal", "purpose.sexual-exploitation"):
        assert missed(then, "act.recruitment", "means.deception", purpose)
        assert not missed(since, "act.recruitment", "means.deception", purpose)
        assert not missed(since, "act.transfer", "person.child", purpose)


def test_italy_asks_for_a_means_with_children_too(finding) -> None:  # type: ignore[no-untyped-def]
    """Codice penale art 601 in Legge 228/2003; art 601(2) of D.Lgs. 24/2014 did away with it for children."""
    then, since = finding("ITA"), finding("ITA", date(2015, 1, 1))
    assert missed(then, "act.transport", "person.child", "purpose.sexual-exploitation")
    assert not missed(since, "act.transport", "person.child", "purpose.sexual-exploitation")
    assert not missed(then, "act.transport", "means.deception", "purpose.slavery")


def test_spain_knows_illegal_movement_but_no_trafficking_for_organs(finding) -> None:  # type: ignore[no-untyped-def]
    """Código Penal art 318 bis in LO 11/2003; art 177 bis came with LO 5/2010, in force 23 December 2010."""
    then = finding("ESP")
    assert "esp-cp/177bis@2010" not in reaching(then)
    assert {"circumstance.cross-border", "person.irregular-stay"} <= reached_only_where(then, "esp-cp/318bis@2003")
    organs = ("act.harbouring", "means.deception", "purpose.organ-removal")
    assert missed(then, *organs)
    assert missed(finding("ESP", date(2010, 12, 22)), *organs)
    assert not missed(finding("ESP", date(2010, 12, 23)), *organs)


def test_czechia_names_neither_receipt_nor_organs(finding) -> None:  # type: ignore[no-untyped-def]
    """Criminal Act 1961 s 232a; organs stand in s 168 of the Code of 2010, receipt in it from 1 August 2014."""
    then, code, since = finding("CZE"), finding("CZE", date(2010, 6, 1)), finding("CZE", date(2014, 8, 1))
    organs, receipt = (
        ("act.transport", "means.deception", "purpose.organ-removal"),
        ("act.receipt", "means.deception", "purpose.forced-labour"),
    )
    assert (missed(then, *organs), missed(code, *organs), missed(since, *organs)) == (True, False, False)
    assert (missed(then, *receipt), missed(code, *receipt), missed(since, *receipt)) == (True, True, False)


def test_estonia_punishes_enslaving_by_violence_or_deceit(finding) -> None:  # type: ignore[no-untyped-def]
    """Karistusseadustik s 133: helplessness named from 15 March 2007, vulnerability from 14 April 2012."""
    then, since = finding("EST"), finding("EST", date(2012, 4, 14))
    vulnerable = ("act.recruitment", "means.abuse-of-vulnerability", "purpose.forced-labour")
    assert missed(then, *vulnerable)
    assert not missed(since, *vulnerable)
    assert not missed(then, "act.recruitment", "means.deception", "purpose.forced-labour")
    assert "est-kars/175@2002" in reaching(then)  # bringing a child into prostitution needs no means


def test_slovakia_does_not_yet_name_abduction(finding) -> None:  # type: ignore[no-untyped-def]
    """Trestný zákon s 179 in the words of 2006; abduction was added with effect from 1 August 2013."""
    then, since = finding("SVK"), finding("SVK", date(2013, 8, 1))
    abducted = ("act.harbouring", "means.abduction", "purpose.organ-removal")
    assert missed(then, *abducted)
    assert not missed(since, *abducted)
    assert not missed(then, "act.harbouring", "person.child", "purpose.organ-removal")


def test_argentina_chile_and_luxembourg_know_prostitution_only(finding) -> None:  # type: ignore[no-untyped-def]
    """Código Penal arts 127 bis and ter (Ley 25.087), art 367 bis (Ley 19.409); Code pénal arts 379, 379bis (1999)."""
    for system, cured in (("ARG", date(2013, 1, 5)), ("CHL", date(2011, 4, 8)), ("LUX", date(2009, 3, 24))):
        labour = ("act.transport", "means.deception", "purpose.forced-labour")
        assert missed(finding(system), *labour), system
        assert not missed(finding(system, cured), *labour), system
    assert "circumstance.cross-border" in reached_only_where(finding("ARG"), "arg-cp/127bis@1999")
    assert "circumstance.cross-border" in reached_only_where(finding("CHL"), "chl-cp/367bis@2004")


def test_switzerland_knows_sexual_exploitation_only(finding) -> None:  # type: ignore[no-untyped-def]
    """StGB art 196 of 1992; art 182, in force 1 December 2006 (AS 2006 5437), names labour and organs."""
    then, since = finding("CHE"), finding("CHE", date(2006, 12, 1))
    assert "che-stgb/196@1992" in reaching(then)
    assert missed(then, "act.recruitment", "person.child", "purpose.organ-removal")
    assert not missed(since, "act.recruitment", "person.child", "purpose.organ-removal")


def test_england_asks_for_a_border_where_the_exploitation_is_labour(finding) -> None:  # type: ignore[no-untyped-def]
    """Asylum and Immigration Act 2004 s 4(1) to (3); travel within the country is in Sexual Offences Act 2003 s 58."""
    then, since = finding("GBR-EAW"), finding("GBR-EAW", date(2014, 1, 1))
    labour = ("act.transport", "means.deception", "purpose.forced-labour")
    assert missed(then, *labour)
    assert not missed(since, *labour)  # s 4(1A), in force 6 April 2013
    assert reached_only_where(then, "soa-2003/57") <= {"circumstance.travel-arranged"}
    assert "circumstance.cross-border" in {
        fact
        for offence in coverage(then).reached_by
        if offence.authority.id == "aitca-2004/4@2004"
        for part in offence.reach
        for fact in part.only_where
    }


def test_the_united_states_set_no_minimum_before_the_adam_walsh_act(law: palermo.Law) -> None:
    """18 USC 1591(b): up to 40 years since Pub. L. 108-21, ten years to life since Pub. L. 109-248 of 27 July 2006."""

    def penalty(on: date):  # type: ignore[no-untyped-def]
        on_day = law_on(law.corpus, law.corpus.legal_systems["USA"], on)
        (found,) = (o.offence for o in on_day.offences if o.offence.id.split("@")[0] == "usc-18/1591")
        return found.penalty

    then, since = penalty(IN_2006), penalty(date(2006, 7, 27))
    assert (then.min, str(then.max)) == (None, "40 years")
    assert (str(since.min), str(since.max)) == ("10 years", "life")
