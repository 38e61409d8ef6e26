"""Reservations, objections and agreements between two parties (VCLT arts 19 to 23)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import palermo
from palermo.corpus.models import (
    Action,
    Corpus,
    EntryIntoForce,
    EntryRule,
    Instrument,
    Party,
    Provision,
    ReservationRegime,
    Statement,
    Statements,
    TextRead,
)
from palermo.ledger.acts import Acts
from palermo.ledger.between import PairStanding, between, pair_standing
from palermo.ledger.parties import UnknownName
from palermo.ledger.statements import touched

ON = date(2020, 1, 1)


def provision(id: str) -> Provision:
    return Provision(
        id=id, title=id, kind="rule", pillar="partnership", topic="scope", meaning="-", verified=True, source="-"
    )


def treaty(**changes: object) -> Instrument:
    return Instrument(
        id="t",
        title="Treaty",
        short="T",
        kind="convention",
        entry_into_force=EntryIntoForce(
            general=EntryRule(official=date(2000, 1, 1)), later_party=EntryRule(days_after=30)
        ),
        denunciation=EntryRule(months_after=12),
        text=TextRead(source="-"),
        provisions=tuple(provision(id) for id in ("2", "2(f)", "9", "16(1)", "29(1)")),
        **changes,  # type: ignore[arg-type]
    )


RESERVATION = Statement(
    id="ITA-1",
    party="ITA",
    kind="reservation",
    says="not bound",
    effect="excludes",
    provisions=("29(1)",),
    made=date(2005, 1, 1),
)


def objection(opposes: bool | None = None, made: date = date(2005, 6, 1)) -> Statement:
    return Statement(
        id="NGA-1",
        party="NGA",
        kind="objection",
        says="objects",
        answers="ITA-1",
        made=made,
        opposes_entry_into_force=opposes,
    )


def pair(*statements: Statement, instrument: Instrument | None = None, on: date = ON) -> PairStanding:
    instrument = instrument or treaty()
    acts = tuple(Action(party=party, action="ratification", date=date(2001, 1, 1)) for party in ("ITA", "NGA"))
    corpus = Corpus(
        instruments={"t": instrument},
        parties={c: Party(code=c, name=c, kind="state", un_member="yes") for c in ("ITA", "NGA")},
        actions={"t": acts},
        statements={"t": Statements(instrument="t", as_at=ON, statements=statements)},
    )
    return pair_standing(Acts(corpus), instrument, "ITA", "NGA", on)


def test_a_reservation_not_objected_to_works_both_ways() -> None:
    """VCLT arts 20(5) and 21(1)."""
    found = pair(RESERVATION)
    assert found.in_force
    assert [(b.rule, b.provisions) for b in found.modifications()] == [("accepted", ("29(1)",))]


def test_a_reservation_that_the_treaty_allows_needs_no_acceptance() -> None:
    """VCLT art 20(1)."""
    allowed = treaty(reservations=ReservationRegime(allowed="listed", only=("29(1)",)))
    assert [b.rule for b in pair(RESERVATION, instrument=allowed).bearings] == ["allowed"]


def test_an_objection_takes_the_provision_out_and_leaves_the_treaty() -> None:
    """VCLT art 21(3)."""
    found = pair(RESERVATION, objection())
    assert found.in_force
    assert [(b.rule, b.objection) for b in found.modifications()] == [("objected", "NGA-1")]


def test_an_objection_that_opposes_entry_into_force_leaves_nothing() -> None:
    """VCLT art 20(4)(b)."""
    found = pair(RESERVATION, objection(opposes=True))
    assert not found.in_force
    assert found.opposed == "NGA-1"


def test_an_objection_does_nothing_before_it_is_made() -> None:
    assert pair(RESERVATION, objection(opposes=True), on=date(2005, 5, 31)).in_force


def test_what_nobody_read_is_neither_a_reservation_nor_none() -> None:
    unread = Statement(id="ITA-2", party="ITA", kind="declaration", says="on record, not read")
    found = pair(unread)
    assert [b.rule for b in found.bearings] == ["not_read"]
    assert found.modifications() == ()


def test_an_article_stands_for_its_parts() -> None:
    of_article_2 = Statement(id="ITA-1", party="ITA", kind="reservation", says="-", provisions=("2",))
    assert touched(treaty(), of_article_2) == ("2", "2(f)")
    of_29 = Statement(id="ITA-1", party="ITA", kind="reservation", says="-", provisions=("29",))
    assert touched(treaty(), of_29) == ("29(1)",)


DAYS = st.dates(date(2002, 1, 1), date(2030, 1, 1))


@given(DAYS, DAYS, DAYS)
def test_a_withdrawn_reservation_bites_on_no_later_day(made: date, withdrawn: date, on: date) -> None:
    """VCLT art 22(3)(a)."""
    made, withdrawn = sorted((made, withdrawn))
    statement = Statement(
        id="ITA-1",
        party="ITA",
        kind="reservation",
        says="-",
        effect="excludes",
        provisions=("29(1)",),
        made=made,
        withdrawn=withdrawn,
    )
    bites = bool(pair(statement, on=on).modifications())
    assert bites == (made <= on < withdrawn)


# --- the real record --------------------------------------------------------------------------------


def test_between_two_real_states(law: palermo.Law) -> None:
    """Italy and Nigeria on 3 May 2011: UNTOC and its two Protocols since 1 September 2006 (Italy's deposit)."""
    found = law.ledger.between("Italy", "Nigeria", date(2011, 5, 3))
    since = {p.instrument: p.since for p in found.instruments if p.in_force}
    for instrument in ("untoc", "palermo-protocol", "smuggling-protocol"):
        assert since[instrument] == date(2006, 9, 1)
    assert "cets-197" not in since


def test_the_dispute_clause_is_out_between_india_and_all_others(law: palermo.Law) -> None:
    """India's reservation under art 15(3) of the Protocol; art 15(2) then binds neither towards the other."""
    found = law.ledger.between("IND", "ITA", date(2013, 1, 1))
    protocol = next(p for p in found.instruments if p.instrument == "palermo-protocol")
    assert [(b.rule, b.provisions) for b in protocol.modifications()] == [("allowed", ("15(2)",))]


def test_sweden_and_the_maldives(law: palermo.Law) -> None:
    """Sweden objected to the reservations of the Maldives to CEDAW and opposed entry into force between the two."""
    day = date(1996, 1, 1)
    cedaw = {p.instrument: p for p in law.ledger.between("SWE", "MDV", day).instruments}["cedaw"]
    assert not cedaw.in_force
    assert cedaw.opposed is not None
    assert {p.instrument: p for p in law.ledger.between("NOR", "MDV", day).instruments}["cedaw"].in_force


PARTIES = ["ITA", "NGA", "GBR", "IND", "SWE", "MDV", "EUE", "HKG", "YUG", "XKX", "USA", "VAT"]


@settings(max_examples=50)
@given(st.sampled_from(PARTIES), st.sampled_from(PARTIES), st.dates(date(1950, 1, 1), date(2026, 12, 31)))
def test_what_is_between_two_is_between_them_the_other_way(law: palermo.Law, first: str, second: str, on: date) -> None:
    if first == second:
        with pytest.raises(UnknownName):
            law.ledger.between(first, second, on)
        return
    there, back = between(law.ledger.acts, first, second, on), between(law.ledger.acts, second, first, on)
    assert [(p.instrument, p.in_force, p.since) for p in there.instruments] == [
        (p.instrument, p.in_force, p.since) for p in back.instruments
    ]
    for one, other in zip(there.instruments, back.instruments, strict=True):
        assert {b.statement for b in one.modifications()} == {b.statement for b in other.modifications()}
    assert [a.id for a in there.agreements] == [a.id for a in back.agreements]


def test_an_agreement_is_known_from_its_signature_and_superseded_by_a_convention(law: palermo.Law) -> None:
    found = {a.id: a for a in law.ledger.between("GBR", "CHE", ON).agreements if a.kind == "extradition"}
    assert any(a.status == "superseded" and a.superseded_by == "ets-024" for a in found.values())
    assert all(a.signed is None or a.signed <= ON for a in found.values())


# --- all at once ------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(st.dates(date(1925, 1, 1), date(2030, 1, 1)))
def test_all_pairs_at_once_are_the_pairs_one_by_one(law: palermo.Law, on: date) -> None:
    spans = law.ledger.spans
    pairs = spans.pairs(on)
    codes = [spans.parties.index(code) for code in PARTIES]
    for i, first in enumerate(PARTIES[:4]):
        for j, second in enumerate(PARTIES):
            if first == second:
                continue
            for found in between(law.ledger.acts, first, second, on).instruments:
                k = spans.instruments.index(found.instrument)
                assert pairs[k, codes[i], codes[j]] == found.in_force, (found, first, second)


@given(
    st.dates(date(1975, 1, 1), date(2030, 1, 1)), st.sampled_from(["cedaw", "palermo-protocol", "iccpr", "cets-210"])
)
def test_the_daily_history_is_every_single_day(law: palermo.Law, on: date, instrument: str) -> None:
    spans = law.ledger.spans
    history = spans.pair_history(instrument)
    that_day = spans.pairs(on)[spans.instruments.index(instrument)]
    assert (history.on(on) == that_day).all()
    assert history.counts(on, on + timedelta(days=3))[0] == that_day.sum() // 2
