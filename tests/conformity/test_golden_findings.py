"""What real laws reach and leave out, section by section, as a lawyer of the State would say it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import pytest

import palermo
from palermo.conformity.findings import Coverage, Finding, OffenceReach, Verdict
from palermo.logic.scenarios import Box

ON = date(2026, 3, 1)
ACTS = {"act.recruitment", "act.transport", "act.transfer", "act.harbouring", "act.receipt"}


@pytest.fixture(scope="module")
def findings(law: palermo.Law):  # type: ignore[no-untyped-def]
    """Find a finding by legal system, provision, instrument and day."""

    @cache
    def find(system: str, provision: str, against: str = "palermo-protocol", on: date = ON) -> Finding:
        (found,) = law.assess(system, against, on).systems
        return next(f for f in found.findings if f.provision == provision)

    return find


def coverage(finding: Finding) -> Coverage:
    assert finding.answer is not None
    assert finding.answer.coverage is not None
    return finding.answer.coverage


def reach(finding: Finding, offence: str) -> OffenceReach:
    return next(o for o in coverage(finding).reached_by if o.authority.id == offence)


def named(boxes: Iterable[Box], side: int) -> set[str]:
    """The concepts on one side of boxes."""
    return {concept for box in boxes for choice in box.choices()[side] for concept in choice}


def missed(finding: Finding, *concepts: str) -> bool:
    """Whether a scenario with just these concepts is among what is not reached."""
    return any(frozenset(concepts) in gap.box.scenarios() for gap in coverage(finding).gaps)


def test_england_section_2_reaches_only_where_travel_is_arranged(findings) -> None:  # type: ignore[no-untyped-def]
    """Modern Slavery Act 2015 s 2(1): arranging or facilitating the travel of another person."""
    finding = findings("GBR-EAW", "5(1)")
    section_2 = reach(finding, "msa-2015/2")
    assert section_2.authority.cite == "Modern Slavery Act 2015 s 2"
    for part in section_2.reach:
        without_travel = "circumstance.travel-arranged" not in part.only_where
        if without_travel:  # transporting a person is arranging travel, s 2(3)
            assert named(part.boxes, 0) == {"act.transport"}
    assert any(part.only_where == ("circumstance.travel-arranged",) for part in section_2.reach)


def test_england_section_1_reaches_what_is_in_fact_done(findings) -> None:  # type: ignore[no-untyped-def]
    """Modern Slavery Act 2015 s 1(1): the person must be held, or made to work; an aim is not enough."""
    section_1 = reach(findings("GBR-EAW", "5(1)"), "msa-2015/1")
    assert {part.only_where for part in section_1.reach} == {
        ("result.slavery",),
        ("result.servitude",),
        ("result.forced-labour",),
    }


def test_england_what_is_left(findings) -> None:  # type: ignore[no-untyped-def]
    """Recruiting or harbouring for exploitation where nobody travels and nothing has happened yet."""
    finding = findings("GBR-EAW", "5(1)")
    assert finding.verdict is Verdict.IN_PART
    assert missed(finding, "act.harbouring", "means.deception", "purpose.forced-labour")
    assert missed(finding, "act.recruitment", "person.child", "purpose.slavery")
    assert not missed(finding, "act.transport", "means.deception", "purpose.forced-labour")
    box = next(
        gap.box
        for gap in coverage(finding).gaps
        if frozenset(("act.harbouring", "means.deception", "purpose.forced-labour")) in gap.box.scenarios()
    )
    assert ("circumstance.travel-arranged",) in {further.concepts for further in box.further if not further.only_for}
    assert finding.look_up  # kidnapping at common law, section 4, the law before 2015


def test_england_before_the_acts_of_2003_and_2004_is_not_encoded(findings) -> None:  # type: ignore[no-untyped-def]
    """The offences of 2003 and later say nothing about the law before them."""
    finding = findings("GBR-EAW", "5(1)", on=date(2002, 1, 1))
    assert finding.law is Verdict.NOT_ENCODED
    assert any("before December 2004" in what for what in finding.look_up)


def test_scotland_needs_no_travel(findings) -> None:  # type: ignore[no-untyped-def]
    """Human Trafficking and Exploitation (Scotland) Act 2015 s 1(3): it is irrelevant whether travel is involved."""
    finding = findings("GBR-SCT", "5(1)")
    assert not missed(finding, "act.harbouring", "means.deception", "purpose.forced-labour")
    assert not missed(finding, "act.recruitment", "person.child", "purpose.slavery")


def test_united_states_sex_trafficking_has_its_own_means_and_child_limb(findings) -> None:  # type: ignore[no-untyped-def]
    """18 USC 1591(a): force, threats of force, fraud or coercion, or a person under 18; a commercial sex act."""
    section_1591 = reach(findings("USA", "5(1)"), "usc-18/1591")
    outright = [box for part in section_1591.reach for box in part.boxes]
    purposes = named(outright, 2)
    assert "purpose.commercial-sex" in {c for part in section_1591.reach for c in part.only_where} | purposes
    assert not purposes & {"purpose.organ-removal", "purpose.forced-labour", "purpose.slavery"} or all(
        "purpose.commercial-sex" in part.only_where for part in section_1591.reach
    )
    child = [box for box in outright if ("person.child",) in box.means]
    assert child
    assert not any(
        "means.abuse-of-power" in choice for box in outright for choice in box.means if len(choice) == 1
    ) or all(part.only_where for part in section_1591.reach)


def test_united_states_labour_offences_are_another_matter(findings) -> None:  # type: ignore[no-untyped-def]
    """18 USC 1589 and 1590 reach labour, with no exemption from the means for a child."""
    finding = findings("USA", "5(1)")
    ids = {offence.authority.id for offence in coverage(finding).reached_by}
    assert {"usc-18/1589", "usc-18/1590"} <= ids


def test_united_states_organ_removal_as_it_really_is(findings) -> None:  # type: ignore[no-untyped-def]
    """Chapter 77 of title 18 does not name it; 42 USC 274e punishes the trade in the organ."""
    finding = findings("USA", "5(1)")
    for act in ACTS:
        for means in ("means.fraud", "means.abuse-of-vulnerability", "person.child"):
            assert missed(finding, act, means, "purpose.organ-removal"), (act, means)


def test_argentina_asks_for_no_means(findings) -> None:  # type: ignore[no-untyped-def]
    """Código Penal art 145 bis, as of Ley 26.842; the means only aggravate (art 145 ter)."""
    base = reach(findings("ARG", "5(1)"), "arg-cp/145bis")
    boxes = [box for part in base.reach if not part.only_where for box in part.boxes]
    assert any(box.all_of[1] for box in boxes)


def test_india_a_child_needs_the_means_all_the_same(findings) -> None:  # type: ignore[no-untyped-def]
    """Bharatiya Nyaya Sanhita 2023 s 143(1) has no exemption from the means for a child."""
    finding = findings("IND", "5(1)")
    assert missed(finding, "act.recruitment", "person.child", "purpose.slavery")


def test_a_state_that_only_signed_is_not_bound_and_its_law_is_still_read(findings) -> None:  # type: ignore[no-untyped-def]
    """Uganda signed the Protocol; its Act of 2009 reaches the conduct all the same."""
    finding = findings("UGA", "5(1)")
    assert finding.verdict is Verdict.NOT_BOUND
    assert finding.law in (Verdict.PROVIDED, Verdict.IN_PART)
    assert finding.why_not_bound is not None
    assert "signed only" in finding.why_not_bound


def test_penalty_thresholds_look_at_the_maximum(findings) -> None:  # type: ignore[no-untyped-def]
    """Directive 2011/36/EU art 4(1): at least five years. Life reaches it (Modern Slavery Act 2015 s 5)."""
    finding = findings("GBR-EAW", "4(1)", "eu-2011-36", date(2018, 1, 1))
    ids = {offence.authority.id for offence in coverage(finding).reached_by}
    assert "msa-2015/2" in ids
    assert "hta-2004/32" not in ids  # three years at most
    assert coverage(finding).least_maximum == "5 years"


def test_a_duty_not_yet_applicable_is_not_bound(law: palermo.Law) -> None:
    """Directive (EU) 2024/1712 art 2(1): the changes had to be in national law by 15 July 2026."""
    (found,) = law.assess("USA", "eu-2011-36", ON).systems
    later = [f for f in found.findings if f.provision.endswith("@2024")]
    assert later
    assert all(f.verdict is Verdict.NOT_BOUND for f in later)


def test_a_state_without_encoded_law_gets_not_encoded(law: palermo.Law) -> None:
    (found,) = law.assess("GHA", on=ON).systems
    assert not found.encoded
    assert {f.verdict for f in found.findings} == {Verdict.NOT_ENCODED, Verdict.PRACTICE}


def test_the_strongest_verb_comes_from_another_instrument(findings) -> None:  # type: ignore[no-untyped-def]
    """Assistance: TIP Protocol art 6(3) says shall consider, CETS 197 art 12(1) shall."""
    finding = findings("GBR-EAW", "6(3)")
    assert finding.modality == "shall_consider"
    assert finding.strongest is not None
    assert finding.strongest.modality == "shall"
    assert "CoE" in finding.strongest.cite


def test_a_reading_is_named_and_its_absence_shown(findings) -> None:  # type: ignore[no-untyped-def]
    """Ugandan law rests on readings for part of art 3: the finding says which, and what the words give."""
    finding = findings("UGA", "5(1)")
    found = coverage(finding)
    assert found.on_readings
    relied = {reading.id for reading in found.readings}
    assert {id for entry in found.on_readings for id in entry.readings} == relied
    assert all(reading.whose and reading.why for reading in found.readings)
    assert finding.provisional == bool(finding.unverified)


def test_morocco_asks_of_a_childs_exploitation_too_that_it_takes_the_will_away(findings) -> None:  # type: ignore[no-untyped-def]
    """Criminal Code art 448-1: no means under eighteen (para 2), but exploitation only as para 4 has it."""
    finding = findings("MAR", "3(c)")
    assert finding.verdict is Verdict.IN_PART
    assert missed(finding, "act.recruitment", "person.child", "purpose.sexual-exploitation")
    assert not missed(finding, "act.recruitment", "person.child", "purpose.forced-labour")


def test_a_law_that_lays_down_no_period_does_not_provide_one_in_part(findings) -> None:  # type: ignore[no-untyped-def]
    """Italy before GRETA's first report: D.Lgs. 286/1998 art 18 has a permit, but no time to recover and reflect."""
    on = date(2014, 9, 22)
    assert findings("ITA", "13(1)", "cets-197", on).verdict is Verdict.NOT_PROVIDED
    assert findings("ITA", "14(1)", "cets-197", on).verdict is Verdict.PROVIDED
