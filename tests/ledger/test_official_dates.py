"""Each day of entry into force that a source prints for a party, against the day the rule gives.

The corpus keeps a printed day only where its source is independent of the rule. A day that differs needs its legal
reason here, or the corpus is wrong.
"""

from __future__ import annotations

from datetime import date

import palermo
from palermo.ledger.days import CONSENTS, day_for_party

REASONS = {
    ("ets-086", "MCO"): (
        "the Dutch gazette prints 1 May 2009, the first of a month; ninety days from 30 January 2009 (art 5(3)) end on "
        "30 April, and the convention knows no first of the month: a slip in the list"
    ),
    ("traffic-1910", "CHE"): (
        "the convention's own day is not known, so its rule gives none; six months from the deposit (art 9) end on "
        "30 July 1926, and the Swiss compilation, which contradicts itself, prints 1 August"
    ),
    ("traffic-1921", "CHE"): (
        "art 11 counts from the ratification itself (20 January 1926); the Swiss compilation prints the first of the "
        "next month"
    ),
}
"""(instrument, party) -> why the printed day is not the day of the rule."""


def printed(law: palermo.Law) -> list[tuple[str, str, date, date | None]]:
    found = []
    for id, acts in law.corpus.actions.items():
        instrument = law.corpus.instruments[id]
        if instrument.entry_into_force.later_party is None:
            continue
        for act in acts:
            if act.action in CONSENTS and act.date and act.entry_into_force:
                by_rule = day_for_party(instrument, act, law.ledger.acts.general_day(instrument))
                found.append((id, act.party, act.entry_into_force, by_rule))
    return found


def test_the_rule_gives_the_printed_day(law: palermo.Law) -> None:
    wrong = [row for row in printed(law) if row[2] != row[3] and row[:2] not in REASONS]
    assert wrong == []


def test_no_reason_is_kept_for_a_day_that_agrees(law: palermo.Law) -> None:
    differ = {row[:2] for row in printed(law) if row[2] != row[3]}
    assert set(REASONS) <= differ


def test_there_are_enough_days_to_mean_something(law: palermo.Law) -> None:
    later = [row for row in printed(law) if row[2] != law.corpus.instruments[row[0]].entry_into_force.official]
    assert len(later) >= 100
