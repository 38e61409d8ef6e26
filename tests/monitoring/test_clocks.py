"""What is due, by the texts: reports to the treaty bodies, the ILO and GRETA, transposition, the TIP Report."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import palermo
from palermo.corpus.monitoring import DateRule
from palermo.corpus.monitoring_references import wrong_date_rule
from palermo.corpus.terms import Term, parse_term
from palermo.monitoring.clocks import MonitoringDue, after, next_day


def of(law: palermo.Law, state: str, mechanism: str, clock: str, on: date) -> list[MonitoringDue]:
    found = law.calendar(state, on).due
    return [entry for entry in found if (entry.mechanism, entry.clock) == (mechanism, clock)]


def day_of(law: palermo.Law, state: str, mechanism: str, clock: str, on: date) -> date | None:
    (found,) = of(law, state, mechanism, clock, on)
    return found.by


def test_the_first_report_under_the_crc_is_due_two_years_after_entry_into_force(law: palermo.Law) -> None:
    """CRC art 44(1)(a); the Convention entered into force for the United Kingdom on 15 January 1992."""
    on = date(1993, 1, 1)
    (found,) = of(law, "GBR", "crc-reporting", "first", on)
    assert found.by == date(1994, 1, 15)
    assert (found.under, found.bound_since) == ("crc", date(1992, 1, 15))
    assert (found.duty, found.basis) == ("crc 44(1)(a)", "text")
    assert of(law, "GBR", "crc-reporting", "first", date(1994, 1, 15)) == []


def test_later_reports_under_the_crc_follow_every_five_years(law: palermo.Law) -> None:
    """CRC art 44(1)(b): thereafter, that is seven years from entry into force and then every five."""
    assert day_of(law, "GBR", "crc-reporting", "periodic", date(1993, 1, 1)) == date(1999, 1, 15)
    assert day_of(law, "GBR", "crc-reporting", "periodic", date(1999, 1, 15)) == date(2004, 1, 15)


def test_cedaw_asks_within_a_year_and_then_every_four(law: palermo.Law) -> None:
    """CEDAW art 18(1); in force for the United Kingdom on 7 May 1986."""
    assert day_of(law, "GBR", "cedaw-reporting", "first", date(1986, 6, 1)) == date(1987, 5, 7)
    assert day_of(law, "GBR", "cedaw-reporting", "periodic", date(1986, 6, 1)) == date(1991, 5, 7)
    assert day_of(law, "GBR", "cedaw-reporting", "periodic", date(2026, 1, 1)) == date(2027, 5, 7)


def test_the_sale_of_children_protocol_goes_with_the_crc_except_for_who_is_no_party_to_it(law: palermo.Law) -> None:
    """CRC-OPSC art 12(2): with the reports under the Convention; other parties every five years."""
    on = date(2026, 1, 1)
    (with_crc,) = of(law, "FRA", "crc-opsc-reporting", "with-crc", on)
    assert with_crc.by == day_of(law, "FRA", "crc-reporting", "periodic", on) == date(2027, 9, 6)
    assert of(law, "FRA", "crc-opsc-reporting", "periodic", on) == []
    assert of(law, "USA", "crc-opsc-reporting", "with-crc", on) == []
    assert day_of(law, "USA", "crc-opsc-reporting", "periodic", on) == date(2030, 1, 23)
    assert of(law, "USA", "crc-reporting", "periodic", on) == []


def test_the_first_ilo_report_is_due_on_1_september_of_the_year_after_entry_into_force(law: palermo.Law) -> None:
    """ILO Constitution art 22. Protocol 29 entered into force for Argentina on 9 November 2017."""
    found = of(law, "ARG", "ilo-article-22", "first", date(2018, 1, 1))
    assert [(entry.under, entry.by) for entry in found] == [("ilo-p029", date(2018, 9, 1))]
    assert of(law, "ARG", "ilo-article-22", "first", date(2018, 9, 1)) == []


def test_a_day_that_the_committee_will_name_takes_the_place_of_the_one_by_the_text(law: palermo.Law) -> None:
    """CRC, concluding observations of 2023 on the United Kingdom, para 61: the Committee will set the day."""
    (found,) = of(law, "GBR", "crc-reporting", "periodic", date(2026, 1, 1))
    assert (found.by, found.basis, found.by_text) == (None, "to_be_named", date(2029, 1, 15))
    assert "eight years" in (found.says or "")
    (with_crc,) = of(law, "GBR", "crc-opsc-reporting", "with-crc", date(2026, 1, 1))
    assert (with_crc.by, with_crc.says) == (None, found.says)
    (before,) = of(law, "GBR", "crc-reporting", "periodic", date(2023, 1, 1))
    assert (before.by, before.basis) == (date(2024, 1, 15), "text")


def test_one_year_of_an_ilo_cycle_gives_those_that_follow(tmp_path: Path) -> None:
    """ILO Constitution art 22: one year in three for a fundamental convention; each convention has its own."""
    (tmp_path / "monitoring").mkdir()
    (tmp_path / "monitoring" / "ilo-article-22.yaml").write_text(
        "known:\n  - {what: report, states: LVA, clock: regular, under: ilo-c029, from: 2021-09-01, source: letter}\n",
        encoding="utf-8",
    )
    law = palermo.load(tmp_path)
    found = {entry.under: entry for entry in of(law, "LVA", "ilo-article-22", "regular", date(2026, 1, 1))}
    counted = found["ilo-c029"]
    assert (counted.by, counted.basis, counted.unverified) == (date(2027, 9, 1), "text", True)
    assert found["ilo-c105"].by is None


def test_the_year_of_a_regular_ilo_report_is_not_guessed(law: palermo.Law) -> None:
    found = of(law, "ARG", "ilo-article-22", "regular", date(2026, 1, 1))
    assert {entry.under for entry in found} >= {"ilo-c029", "ilo-p029", "ilo-c105", "ilo-c182"}
    assert {(entry.by, entry.basis, entry.again) for entry in found} == {(None, "not_known", "every 3 years")}
    assert all("NORMLEX" in (entry.look_at or "") for entry in found)
    technical = of(law, "ARG", "ilo-article-22-technical", "regular", date(2026, 1, 1))
    assert {entry.again for entry in technical} == {"every 6 years"}


def test_transposition_of_the_directive_of_2024(law: palermo.Law) -> None:
    """Directive (EU) 2024/1712 art 2(1): by 15 July 2026. Denmark does not take part."""
    assert day_of(law, "DEU", "eu-directive-2024", "transposition", date(2026, 7, 14)) == date(2026, 7, 15)
    assert of(law, "DEU", "eu-directive-2024", "transposition", date(2026, 7, 15)) == []
    assert of(law, "DNK", "eu-directive-2024", "transposition", date(2026, 1, 1)) == []


def test_the_deadlines_of_the_directives_on_trafficking(law: palermo.Law) -> None:
    """Directive 2011/36/EU art 23(1) and (2); arts 19b and 23(3) as amended in 2024, which nobody has read here."""
    assert day_of(law, "DEU", "eu-directive", "commission-2015", date(2014, 1, 1)) == date(2015, 4, 6)
    assert day_of(law, "DEU", "eu-directive", "commission-2016", date(2014, 1, 1)) == date(2016, 4, 6)
    (plan,) = of(law, "DEU", "eu-directive-2024", "action-plan", date(2026, 11, 26))
    assert (plan.by, plan.owed_by, plan.unverified) == (date(2028, 7, 15), "state", True)
    (report,) = of(law, "DEU", "eu-directive-2024", "evaluation", date(2026, 11, 26))
    assert (report.by, report.owed_by) == (date(2030, 7, 15), "body")


def test_the_terms_of_an_untoc_review_are_counted_for_the_states_of_a_group(law: palermo.Law, tmp_path: Path) -> None:
    """UNODC on the Procedures and rules: two and four weeks, six months from the start; group two: 1 November 2021."""
    on = date(2021, 11, 2)
    (unknown,) = of(law, "LVA", "untoc-review", "self-assessment", on)
    assert (unknown.by, unknown.basis) == (None, "not_known")
    assert "6 months" in (unknown.says or "")
    groups = {entry.group for entry in law.calendar("LVA", on).known if entry.mechanism == "untoc-review"}
    assert groups >= {"first", "second", "third"}
    (tmp_path / "monitoring").mkdir()
    (tmp_path / "monitoring" / "untoc-review.yaml").write_text(
        "groups:\n  - {id: second, what: the second, states: LVA, source: our file, verified: true}\n", encoding="utf-8"
    )
    ours = palermo.load(tmp_path)
    days = {clock: day_of(ours, "LVA", "untoc-review", clock, on) for clock in ("focal-point", "experts")}
    assert days == {"focal-point": date(2021, 11, 15), "experts": date(2021, 11, 29)}
    assert day_of(ours, "LVA", "untoc-review", "self-assessment", on) == date(2022, 5, 1)
    assert day_of(ours, "EST", "untoc-review", "self-assessment", on) is None


def test_the_committee_of_the_parties_names_the_day_of_the_report_on_its_recommendation(law: palermo.Law) -> None:
    """CETS 197 art 38(7); the recommendation to Finland of 21 June 2024 asks for it by 21 June 2026."""
    (found,) = of(law, "FIN", "greta", "committee", date(2025, 1, 1))
    assert (found.by, found.basis) == (date(2026, 6, 21), "named")
    (before,) = of(law, "FIN", "greta", "committee", date(2024, 6, 20))
    assert before.by is None


def test_the_steps_of_an_evaluation_are_dated(law: palermo.Law) -> None:
    """Greece's second round, as GRETA's page on the State gives it, and the draft as its newsletter of 2022 does."""
    steps = {
        entry.step: entry.from_
        for entry in law.calendar("GRC", date(2024, 1, 1)).known
        if (entry.mechanism, entry.round, entry.of_all) == ("greta", 2, False)
    }
    assert steps == {
        "questionnaire": date(2021, 2, 4),
        "reply": date(2021, 7, 5),
        "visit": date(2022, 2, 28),
        "draft": date(2022, 6, 27),
        "published": date(2023, 3, 23),
        "recommendation": date(2023, 6, 16),
    }


def test_greta_begins_between_one_and_two_years_after_entry_into_force(law: palermo.Law) -> None:
    """CETS 197 art 38(1) and GRETA's monitoring procedure; in force for the United Kingdom on 1 April 2009."""
    (found,) = of(law, "GBR", "greta", "first-round", date(2009, 5, 1))
    assert (found.earliest, found.by, found.owed_by) == (date(2010, 4, 1), date(2011, 4, 1), "body")
    assert of(law, "USA", "greta", "first-round", date(2009, 5, 1)) == []


def test_the_tip_report_was_due_on_30_june_from_2021_on(law: palermo.Law) -> None:
    """22 USC 7107(b)(1) as amended by Pub. L. 116-283: 30 June; before, 1 June, which is not counted here."""
    assert day_of(law, "ZMB", "tip-report", "report", date(2024, 6, 29)) == date(2024, 6, 30)
    assert day_of(law, "ZMB", "tip-report", "report", date(2024, 6, 30)) == date(2025, 6, 30)
    assert day_of(law, "ZMB", "tip-report", "report", date(2019, 1, 1)) == date(2021, 6, 30)


def test_what_is_known_of_a_state_is_shown_and_of_others_not(law: palermo.Law) -> None:
    visit = ("visit, round 4", date(2025, 4, 7), date(2025, 4, 11))
    known = {(entry.what, entry.from_, entry.to) for entry in law.calendar("LVA", date(2026, 1, 1)).known}
    assert visit in known
    assert visit not in {(e.what, e.from_, e.to) for e in law.calendar("EST", date(2026, 1, 1)).known}


def test_a_day_that_the_body_named_goes_before_the_text(tmp_path: Path) -> None:
    (tmp_path / "monitoring").mkdir()
    (tmp_path / "monitoring" / "crc-reporting.yaml").write_text(
        "known:\n"
        "  - {what: next report, states: GBR, clock: periodic, from: 2028-01-14, source: CRC/C/X, verified: true}\n",
        encoding="utf-8",
    )
    law = palermo.load(tmp_path)
    (found,) = of(law, "GBR", "crc-reporting", "periodic", date(2026, 1, 1))
    assert (found.by, found.basis, found.by_text) == (date(2028, 1, 14), "named", date(2029, 1, 15))
    assert of(law, "FRA", "crc-reporting", "periodic", date(2026, 1, 1))[0].basis == "text"


def test_a_party_whose_day_is_not_known_gets_no_day(law: palermo.Law) -> None:
    unknown = [
        found
        for party in law.corpus.parties
        for found in [law.ledger.standing(party, "crc", date(2026, 1, 1))]
        if found.binding and found.bond and found.bond.since is None
    ]
    for standing in unknown:
        (entry,) = of(law, standing.party, "crc-reporting", "periodic", date(2026, 1, 1))
        assert (entry.by, entry.basis) == (None, "not_known")
        assert "does not show" in (entry.says or "")
    assert unknown, "the table has no such party any more: take another instrument"


@given(st.dates(date(1950, 1, 1), date(2030, 1, 1)), st.integers(1, 10), st.integers(1, 10), st.integers(0, 30_000))
def test_a_periodic_clock_falls_due_after_the_day_and_within_one_period(
    since: date, first: int, every: int, later: int
) -> None:
    on = since + timedelta(days=later)
    rule = DateRule(after_entry=Term(first, "year"), every=Term(every, "year"))
    _, by = next_day(rule, since, on)
    assert by is not None
    assert by > on
    start = after(since, Term(first, "year"))
    assert by >= start
    assert (by.year - start.year) % every == 0
    if by > start:
        earlier = after(start, Term(by.year - start.year - every, "year"))
        assert earlier <= on


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2000, 12, 31)))
def test_a_yearly_clock_falls_due_within_the_year_to_come(on: date, day: date) -> None:
    _, by = next_day(DateRule(each_year=f"{day:%m-%d}"), None, on)
    assert by is not None
    assert on < by <= on + timedelta(days=366)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (DateRule(), "here: none"),
        (DateRule(no_day="x", on_day=date(2020, 1, 1)), "here: on_day, no_day"),
        (DateRule(each_year="02-30"), "not '02-30'"),
        (DateRule(no_day="x", every=parse_term("1 year")), "every stands only beside after_entry"),
    ],
)
def test_a_clock_says_one_thing(rule: DateRule, told: str) -> None:
    assert told in (wrong_date_rule(rule) or "")
