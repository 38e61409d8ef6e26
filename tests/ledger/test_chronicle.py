"""History, timeline, changes and calendar are the same events, seen from different sides."""

from __future__ import annotations

from datetime import date

import pytest

import palermo
from palermo.ledger.chronicle import Event
from palermo.ledger.parties import find_party


def events(found: list[Event], **wanted: str) -> list[Event]:
    return [e for e in found if all(getattr(e, name) == value for name, value in wanted.items())]


def test_the_history_of_a_state_holds_its_acts_and_what_follows(law: palermo.Law) -> None:
    """The United Kingdom and the Protocol: signed, ratified on 9 February 2006, in force on 11 March 2006."""
    found = events(law.ledger.history("GBR"), instrument="palermo-protocol")
    assert [(e.what, e.detail, e.date) for e in found if e.what in ("act", "in_force")] == [
        ("act", "signature", date(2000, 12, 14)),
        ("act", "ratification", date(2006, 2, 9)),
        ("in_force", "by the instrument's rule", date(2006, 3, 11)),
    ]


def test_leaving_is_an_event_of_its_own(law: palermo.Law) -> None:
    """Turkey is no longer bound by the Istanbul Convention from 1 July 2021 on."""
    found = events(law.ledger.history("TUR"), instrument="cets-210", what="not_in_force")
    assert [e.date for e in found] == [date(2021, 7, 1)]


def test_events_come_in_order_of_time(law: palermo.Law) -> None:
    for found in (law.ledger.history("USA"), law.ledger.timeline("untoc")):
        days = [e.date for e in found if e.date]
        assert days == sorted(days)


def test_a_timeline_is_made_of_the_histories_of_its_parties(law: palermo.Law) -> None:
    timeline = law.ledger.timeline("ilo-p029")
    for party in ("GBR", "ARG", "THA"):
        assert events(timeline, party=party) == events(law.ledger.history(party), instrument="ilo-p029")


def test_changes_are_those_of_the_days_asked_for(law: palermo.Law) -> None:
    found = law.ledger.changes(date(2023, 2, 20), date(2023, 2, 20))
    bhutan = events(found, party="BTN", detail="accession")
    assert {e.instrument for e in bhutan} >= {"palermo-protocol", "untoc"}
    assert all(e.date == date(2023, 2, 20) for e in found)


def test_the_calendar_shows_what_is_to_come_and_nothing_else(law: palermo.Law) -> None:
    """On 20 July 2024 the changes of Directive (EU) 2024/1712 were to apply from 15 July 2026."""
    found = law.ledger.calendar("DEU", date(2024, 7, 20))
    assert all(e.date and e.date > date(2024, 7, 20) for e in found)
    coming = events(found, instrument="eu-2011-36", what="provision_in_force")
    assert date(2026, 7, 15) in {e.date for e in coming}
    assert events(law.ledger.calendar("CHE", date(2024, 7, 20)), instrument="eu-2011-36") == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("DE", "DEU"),
        ("Alemania", "DEU"),
        ("Allemagne", "DEU"),
        ("ألمانيا", "DEU"),
        ("德国", "DEU"),
        ("Германия", "DEU"),
        ("Cote d'Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Burma", "MMR"),
        ("Swaziland", "SWZ"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("SUN", "SUN"),
        ("USSR", "SUN"),
        ("Kosovo", "XKX"),
        ("European Union", "EUE"),
        ("Vatican", "VAT"),
        ("Chinese Taipei", "TWN"),
        ("Cook Islands", "COK"),
        ("Palestine", "PSE"),
    ],
)
def test_a_state_is_found_by_any_of_its_names(law: palermo.Law, name: str, code: str) -> None:
    assert find_party(law.corpus, name).code == code
