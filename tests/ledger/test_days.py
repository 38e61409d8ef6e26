"""The rules of entry into force, on days counted by hand and by property."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import palermo
from palermo.corpus.models import Corpus, EntryRule
from palermo.ledger.days import after_months, by_rule, first_of_month_after, general_by_rule, general_day

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("rule", "deposit", "force"),
    [
        # TIP Protocol art 17(2): the thirtieth day after the deposit (United Kingdom)
        (EntryRule(days_after=30), date(2006, 2, 9), date(2006, 3, 11)),
        # UNTOC art 38(1): the ninetieth day after the fortieth deposit
        (EntryRule(days_after=90), date(2003, 7, 1), date(2003, 9, 29)),
        # CETS 197 art 42(4): first of the month after three months (United Kingdom; Germany)
        (EntryRule(first_of_month_after_months=3), date(2008, 12, 17), date(2009, 4, 1)),
        (EntryRule(first_of_month_after_months=3), date(2012, 12, 19), date(2013, 4, 1)),
        # ILO C029 art 28(3): twelve months after registration
        (EntryRule(months_after=12), date(1931, 6, 3), date(1932, 6, 3)),
        # Rome Statute art 126(2): first day of the month after the sixtieth day (Switzerland)
        (EntryRule(first_of_month_after_days=60), date(2001, 10, 12), date(2002, 1, 1)),
        # 1926 Slavery Convention art 12: on the day of the deposit
        (EntryRule(days_after=0), date(1930, 11, 1), date(1930, 11, 1)),
    ],
)
def test_a_deposit_takes_effect_by_the_rule(rule: EntryRule, deposit: date, force: date) -> None:
    assert by_rule(rule, deposit) == force


def test_a_rule_that_counts_nothing_gives_no_day() -> None:
    assert by_rule(EntryRule(), date(2000, 1, 1)) is None


def test_the_last_day_of_a_long_month_stays_in_a_short_one() -> None:
    assert after_months(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert after_months(date(2024, 2, 29), 12) == date(2025, 2, 28)


@given(days, st.integers(0, 600))
def test_months_are_counted_one_by_one(day: date, months: int) -> None:
    later = after_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(days, st.integers(0, 24))
def test_the_first_of_the_month_comes_after_the_whole_period(day: date, months: int) -> None:
    force = first_of_month_after(day, months)
    assert force.day == 1
    assert after_months(day, months) < force
    assert (force - after_months(day, months)).days <= 31


@given(
    days,
    days,
    st.sampled_from([EntryRule(days_after=30), EntryRule(months_after=12), EntryRule(first_of_month_after_months=3)]),
)
def test_who_deposits_later_is_never_bound_earlier(one: date, other: date, rule: EntryRule) -> None:
    first, second = (by_rule(rule, day) for day in sorted((one, other)))
    assert first is not None
    assert second is not None
    assert first <= second


@pytest.mark.parametrize("instrument", ["palermo-protocol", "untoc"])
def test_the_fortieth_deposit_gives_the_official_day(law: palermo.Law, instrument: str) -> None:
    """TIP Protocol art 17(1), UNTOC art 38(1): the table of deposits yields the day the depositary announced.

    Both tables lack a late party, which does not touch the fortieth deposit.
    """
    found = replace(law.corpus.instruments[instrument], acts=None)
    official = {"palermo-protocol": date(2003, 12, 25), "untoc": date(2003, 9, 29)}[instrument]
    assert general_by_rule(law.corpus, found) == general_day(law.corpus, found) == official


@pytest.mark.parametrize(
    ("instrument", "official"),
    [("ilo-c029", date(1932, 5, 1)), ("ilo-c182", date(2000, 11, 19)), ("ilo-p029", date(2016, 11, 9))],
)
def test_two_registrations_and_twelve_months_give_the_official_day(
    law: palermo.Law, instrument: str, official: date
) -> None:
    """ILO C029 art 28(2), C182 art 10(2), P029 art 8(2)."""
    found = law.corpus.instruments[instrument]
    assert general_by_rule(law.corpus, found) == general_day(law.corpus, found) == official


def test_every_official_day_agrees_with_the_deposits_where_both_are_known(law: palermo.Law) -> None:
    corpus: Corpus = law.corpus
    computed = {i.id: general_by_rule(corpus, i) for i in corpus.instruments.values()}
    assert sum(day is not None for day in computed.values()) >= 15
    for id, day in computed.items():
        assert day in (None, general_day(corpus, corpus.instruments[id])), id
