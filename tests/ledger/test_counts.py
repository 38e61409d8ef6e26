"""How many parties an instrument has on a day, against the count of the depositary."""

from __future__ import annotations

import pytest

import palermo

COUNTED = [
    "cat",
    "cedaw",
    "cedaw-op",
    "cets-197",
    "cets-201",
    "cets-210",
    "cmw",
    "crc",
    "crc-opac",
    "crc-opsc",
    "ilo-c029",
    "ilo-c182",
    "ilo-p029",
    "slavery-1953",
    "traffic-1947-protocol",
    "traffic-1949-protocol",
]
"""Instruments whose every party is in the table, and for which there is a count to hold it against."""
SHORT = {"palermo-protocol": 1, "slavery-1956": 1, "untoc": 3}
"""How many parties of the depositary's count the table cannot name."""


def parties(law: palermo.Law, instrument: str) -> tuple[int, int]:
    """Parties by the table on the day of the count (those waiting for entry into force included), and counted."""
    acts = law.corpus.instruments[instrument].acts
    assert acts is not None
    assert acts.on is not None
    assert acts.counted is not None
    found = law.ledger.parties(instrument, acts.on)
    return sum(s.status in ("in_force", "not_yet_in_force") for s in found), acts.counted


@pytest.mark.parametrize("instrument", COUNTED)
def test_the_table_counts_what_the_depositary_counts(law: palermo.Law, instrument: str) -> None:
    ours, counted = parties(law, instrument)
    assert ours == counted


@pytest.mark.parametrize("instrument", SHORT)
def test_what_is_missing_is_known(law: palermo.Law, instrument: str) -> None:
    ours, counted = parties(law, instrument)
    assert counted - ours == SHORT[instrument]


def test_every_complete_table_with_a_count_is_held_against_it(law: palermo.Law) -> None:
    complete = {
        id
        for id, instrument in law.corpus.instruments.items()
        if instrument.acts and instrument.acts.complete != "partial" and instrument.acts.counted
    }
    assert complete == set(COUNTED)
