"""What bodies recommended, the law then and now, and whether it changed: by dates of force, never a guess."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import palermo
from palermo.conformity.findings import Verdict
from palermo.ledger.parties import UnknownName
from palermo.monitoring.recommendations import Registered

NOW = date(2026, 11, 1)


def entry(law: palermo.Law, state: str, mechanism: str, id: str, on: date = NOW) -> Registered:
    found = law.recommendations(state, [mechanism], on=on).recommendations
    return next(made for made in found if made.id == id)


def test_zambia_changed_the_law_that_the_tip_report_of_2019_spoke_of(law: palermo.Law) -> None:
    """Amend the law so that child sex trafficking needs no force: Act 16 of 2022, in force on 16 November 2022."""
    made = entry(law, "ZMB", "tip-report", "2019-2")
    (system,) = made.systems
    assert system.law.state == "changed"
    assert {change.day for change in system.law.changes} == {date(2022, 11, 16)}
    assert [found.now for found in made.findings] == [Verdict.PROVIDED]


def test_before_the_amendment_nothing_had_changed_that_is_known(law: palermo.Law) -> None:
    made = entry(law, "ZMB", "tip-report", "2019-2", on=date(2022, 11, 15))
    assert made.systems[0].law.state == "not_known"


def test_each_legal_system_of_a_state_is_told_apart(law: palermo.Law) -> None:
    """GRETA(2016)21 para 210, age: s 12 of the Scottish Act began on 31 January 2018; s 51 MSA had begun before."""
    made = entry(law, "GBR", "greta", "2016-210-4")
    states = {of.system: of.law.state for of in made.systems}
    assert states == {"GBR-EAW": "not_changed", "GBR-NIR": "not_changed", "GBR-SCT": "changed"}
    assert made.severity == "urge"
    assert (made.date, made.paragraph) == (date(2016, 7, 8), "210")


def test_support_beyond_45_days_in_england_and_wales_became_law_in_2023(law: palermo.Law) -> None:
    """Modern Slavery Act 2015 s 50A, in force on 30 January 2023."""
    made = entry(law, "GBR", "greta", "2016-support")
    of = next(of for of in made.systems if of.system == "GBR-EAW")
    assert (of.law.state, {change.day for change in of.law.changes}) == ("changed", {date(2023, 1, 30)})


def test_a_law_known_only_up_to_an_earlier_day_says_nothing_of_what_followed(law: palermo.Law) -> None:
    made = entry(law, "TZA", "tip-report", "2022-1")
    assert made.systems[0].law.state == "not_known"
    assert "known up to 2013-05-09" in (made.systems[0].law.why or "")


def test_a_law_without_dates_of_force_is_not_known_to_have_stayed(law: palermo.Law) -> None:
    made = entry(law, "JPN", "tip-report", "2018-2")
    assert made.systems[0].law.state == "not_known"


def test_a_state_without_encoded_law_gets_no_answer(law: palermo.Law) -> None:
    made = entry(law, "MNE", "greta", "2012-victim")
    assert (made.encoded, made.systems) == (False, ())
    assert {found.now for found in made.findings} == {Verdict.NOT_ENCODED}


def test_what_is_about_practice_is_not_judged_by_law(law: palermo.Law) -> None:
    made = entry(law, "LSO", "tip-report", "2022-1")
    assert {of.law.state for of in made.systems} == {"not_law"}


def test_a_recommendation_is_not_listed_before_it_was_made(law: palermo.Law) -> None:
    assert law.recommendations("ZMB", on=date(2017, 12, 31)).recommendations == ()


def test_severity_and_mechanism_narrow_the_list(law: palermo.Law) -> None:
    found = law.recommendations("GBR", on=NOW).recommendations
    urged = law.recommendations("GBR", severities=["urge"], on=NOW).recommendations
    assert {made.severity for made in urged} == {"urge"}
    assert len(urged) < len(found)
    with pytest.raises(UnknownName, match="did you mean greta"):
        law.recommendations("GBR", ["greata"])


def test_a_folder_of_ones_own_adds_recommendations(tmp_path: Path) -> None:
    folder = tmp_path / "monitoring" / "recommendations"
    folder.mkdir(parents=True)
    (folder / "greta-GBR.yaml").write_text(
        "recommendations:\n  - id: own\n    document: our note\n    date: 2024-01-01\n    severity: invite\n"
        "    says: look again\n    duties: [cets-197 26]\n    source: our files\n    verified: true\n"
        "as_at: 2024-01-01\nreview_by: 2025-01-01\n",
        encoding="utf-8",
    )
    law = palermo.load(tmp_path)
    ids = {made.id for made in law.recommendations("GBR", ["greta"], on=NOW).recommendations}
    assert ids >= {"own", "2016-210-4"}


def test_every_recommendation_says_where_it_was_read_and_leads_to_a_finding_or_is_about_practice(
    law: palermo.Law,
) -> None:
    made = [(m, e) for m in law.corpus.recommendations.values() for e in m.recommendations]
    assert len(made) > 20
    assert len({m.state for m, _ in made}) >= 5
    assert all(e.source and e.document and (e.date or e.year) for _, e in made)
    for _, e in made:
        tests = []
        for duty in e.duties:
            name, _, id = duty.partition(" ")
            tests.append(law.corpus.instruments[name].provision(id).test)
        assert e.practice or e.measures or any(test is not None for test in tests), e.id


def test_namibia_brought_its_act_into_force_after_the_tip_report_of_2018_asked_for_it(law: palermo.Law) -> None:
    """Carry out the law: Combating of Trafficking in Persons Act 1 of 2018, in force by GN 335/2019."""
    made = entry(law, "NAM", "tip-report", "2018-4")
    (system,) = made.systems
    assert made.date == date(2018, 6, 28)
    assert system.law.state == "changed"
    begun = {change.id: change for change in system.law.changes if change.what == "in force from"}
    assert (begun["nam-ctip/3"].day, begun["nam-ctip/3"].verified) == (date(2019, 11, 14), True)


def test_korea_enacted_the_non_punishment_that_the_tip_report_of_2019_asked_for(law: palermo.Law) -> None:
    """Act on Prevention of Human Trafficking and Protection of Victims art 4(2), in force on 1 January 2023."""
    made = entry(law, "KOR", "tip-report", "2019-4")
    (finding,) = made.findings
    assert (finding.then, finding.now) == (Verdict.NOT_ENCODED, Verdict.PROVIDED)
    assert [(change.id, change.day) for change in made.systems[0].law.changes] == [
        ("victim.non-punishment", date(2023, 1, 1))
    ]


def test_a_change_of_law_may_leave_a_duty_less_fully_met_and_says_where_it_was_not_read(law: palermo.Law) -> None:
    """Ecuador: since a change of 2020 COIP art 91 asks for a means, for children too (TIP Reports of 2021 and 2022)."""
    made = entry(law, "ECU", "tip-report", "2018-3")
    (finding,) = made.findings
    assert (finding.then, finding.now) == (Verdict.PROVIDED, Verdict.IN_PART)
    changed = {change.id: change.verified for change in made.systems[0].law.changes}
    assert changed == {"ecu-coip/91": True, "ecu-coip/91@2020": False}


def test_the_measures_that_a_recommendation_names_narrow_what_counts_as_a_change(tmp_path: Path) -> None:
    """22 USC 7106(b)(2) asks for a permit to stay and for non-punishment; in Chile only the permit changed, in 2022."""
    folder = tmp_path / "monitoring" / "recommendations"
    folder.mkdir(parents=True)
    head = "as_at: 2024-01-01\nreview_by: 2025-01-01\nrecommendations:\n"
    asked = (
        "  - id: {id}\n    document: our note\n    date: 2020-01-01\n    severity: recommend\n    says: see to it\n"
        "    duties: [us-tvpa 7106(b)(2)]\n{measures}    source: our files\n    verified: true\n"
    )
    wide = asked.format(id="wide", measures="")
    narrow = asked.format(id="narrow", measures="    measures: [victim.non-punishment]\n")
    (folder / "tip-report-CHL.yaml").write_text(head + wide + narrow, encoding="utf-8")
    own = palermo.load(tmp_path)
    wide_since, narrow_since = (entry(own, "CHL", "tip-report", id).systems[0].law for id in ("wide", "narrow"))
    assert wide_since.state == "changed"
    assert {change.id for change in wide_since.changes} == {
        "victim.residence-permit",
        "victim.residence-personal-situation",
    }
    assert (narrow_since.state, narrow_since.changes) == ("not_known", ())
    assert "victim.non-punishment" in (narrow_since.why or "")


def test_the_register_reaches_most_of_the_encoded_states_and_gives_each_paragraph_once(law: palermo.Law) -> None:
    made = [(m, e) for m in law.corpus.recommendations.values() for e in m.recommendations]
    assert len(made) >= 200
    encoded = {system.state for system in law.corpus.legal_systems.values()}
    assert len(encoded & {m.state for m, _ in made}) >= 50
    for m, _ in made:
        assert len({e.id for e in m.recommendations}) == len(m.recommendations), m.id
