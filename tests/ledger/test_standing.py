"""How States stand to instruments: golden cases, and what must hold on every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import palermo
from palermo.corpus.models import Action, Corpus, EntryIntoForce, EntryRule, Instrument, Party, TextRead
from palermo.ledger.acts import Acts
from palermo.ledger.parties import UnknownName, find_instrument, find_party
from palermo.ledger.standing import Standing, standing

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("party", "instrument", "on", "status", "since"),
    [
        # United Kingdom: ratified on 9 February 2006 (TIP Protocol art 17(2))
        ("GBR", "palermo-protocol", date(2006, 3, 10), "not_yet_in_force", date(2006, 3, 11)),
        ("GBR", "palermo-protocol", date(2006, 3, 11), "in_force", date(2006, 3, 11)),
        ("GBR", "palermo-protocol", date(2006, 2, 8), "signed", None),
        ("GBR", "palermo-protocol", date(2000, 11, 14), "instrument_not_in_force", None),
        # United States: ratified on 3 November 2005
        ("USA", "palermo-protocol", date(2005, 12, 3), "in_force", date(2005, 12, 3)),
        # among the first forty: with the Protocol itself (art 17(1))
        ("NGA", "palermo-protocol", date(2003, 12, 24), "not_yet_in_force", date(2003, 12, 25)),
        ("NGA", "palermo-protocol", date(2003, 12, 25), "in_force", date(2003, 12, 25)),
        # Uganda signed on 12 December 2000 and is not known to have ratified
        ("UGA", "palermo-protocol", TODAY, "signed", None),
        # the directive: the United Kingdom opted in later and left with the end of the transition
        ("GBR", "eu-2011-36", date(2011, 6, 1), "not_bound", None),
        ("GBR", "eu-2011-36", date(2015, 1, 1), "in_force", date(2011, 10, 14)),
        ("GBR", "eu-2011-36", date(2020, 12, 31), "in_force", date(2011, 10, 14)),
        ("GBR", "eu-2011-36", date(2021, 1, 1), "left", date(2011, 10, 14)),
        ("DNK", "eu-2011-36", TODAY, "not_bound", None),
        # the United States did not join the Council of Europe's convention
        ("USA", "cets-197", TODAY, "no_act_known", None),
        # a statute is no treaty
        ("PHL", "us-tvpa", TODAY, "own_statute", None),
    ],
)
def test_standing(law: palermo.Law, party: str, instrument: str, on: date, status: str, since: date | None) -> None:
    found = law.ledger.standing(party, instrument, on)
    assert found.status == status
    assert (found.bond.since if found.bond else None) == since


def test_a_succession_is_not_counted_from_its_deposit(law: palermo.Law) -> None:
    """Montenegro succeeded on 23 October 2006; its day goes back to independence and the rule does not give it."""
    found = law.ledger.standing("MNE", "palermo-protocol", date(2007, 1, 1))
    assert found.status == "in_force"
    assert found.bond is not None
    assert (found.bond.kind, found.bond.since if found.bond.basis == "rule" else None) == ("succession", None)


def test_an_organisation_is_a_party(law: palermo.Law) -> None:
    assert law.ledger.standing("EUE", "palermo-protocol", TODAY).status == "in_force"


def test_an_answer_says_up_to_when_it_is_known(law: palermo.Law) -> None:
    found = law.ledger.standing("GBR", "palermo-protocol", TODAY)
    assert found.known_up_to is not None
    assert found.past_horizon


def test_a_date_on_which_sources_differ_is_shown(law: palermo.Law) -> None:
    (difference,) = (
        d for d in law.ledger.standing("AGO", "palermo-protocol", TODAY).disagreements if "2014-09-09" in d
    )
    assert "2014-09-19 kept" in difference


def test_every_party_of_every_table_has_a_standing_on_every_kind_of_day(law: palermo.Law) -> None:
    """Not one party is dropped or fails, whatever it is: organisation, territory, State that ceased to exist."""
    for instrument in law.corpus.instruments:
        named = {act.party for act in law.corpus.actions.get(instrument, ())}
        for on in (date(1900, 1, 1), date(1999, 12, 31), TODAY, date(2100, 1, 1)):
            found = [*law.ledger.parties(instrument, on), *law.ledger.territories(instrument, on)]
            assert {standing.party for standing in found} == named


@pytest.mark.parametrize("name", ["GBR", "gbr", "United Kingdom", "united kingdom "])
def test_a_state_is_found_by_code_and_name(law: palermo.Law, name: str) -> None:
    assert find_party(law.corpus, name).code == "GBR"


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("TIP Protocol", "palermo-protocol"),
        ("UN Trafficking Protocol", "palermo-protocol"),
        ("CETS No 197", "cets-197"),
        ("cets197", "cets-197"),
        ("coe-trafficking", "cets-197"),
        ("C029", "ilo-c029"),
        ("ilo c182", "ilo-c182"),
        ("2237 UNTS 319", "palermo-protocol"),
    ],
)
def test_an_instrument_is_found_by_its_names_and_numbers(law: palermo.Law, name: str, id: str) -> None:
    try:
        found = find_instrument(law.corpus, name).id
    except UnknownName as error:
        found = str(error)
    assert found == id


def test_an_unknown_name_offers_the_nearest(law: palermo.Law) -> None:
    with pytest.raises(UnknownName, match=r"did you mean PHL \(Philippines\)\?"):
        find_party(law.corpus, "Phillipines")
    with pytest.raises(UnknownName, match=r"did you mean palermo-protocol\?"):
        find_instrument(law.corpus, "palermo-protocl")


# --- whatever the acts are ------------------------------------------------------------------------

DAYS = st.dates(date(2001, 1, 1), date(2030, 12, 31))
TREATY = Instrument(
    id="t",
    title="T",
    short="T",
    kind="convention",
    adopted=date(2000, 6, 1),
    entry_into_force=EntryIntoForce(
        general=EntryRule(days_after=90, instruments=1, official=date(2002, 1, 1)), later_party=EntryRule(days_after=30)
    ),
    denunciation=EntryRule(months_after=12),
    text=TextRead(source="-"),
    provisions=(),
)
ACTS = st.lists(
    st.builds(
        Action,
        party=st.just("ITA"),
        action=st.sampled_from(["signature", "ratification", "accession", "denunciation", "withdrawal"]),
        date=DAYS,
    ),
    max_size=6,
    unique_by=lambda act: act.date,
)


def stands(acts: list[Action], on: date) -> Standing:
    parties = {"ITA": Party(code="ITA", name="Italy", kind="state", un_member="yes")}
    corpus = Corpus(instruments={"t": TREATY}, parties=parties, actions={"t": tuple(acts)})
    return standing(Acts(corpus), TREATY, "ITA", on)


@given(ACTS, DAYS)
def test_nobody_is_bound_before_entry_into_force_nor_after_leaving(acts: list[Action], on: date) -> None:
    found = stands(acts, on)
    if found.status == "in_force":
        assert found.bond is not None
        assert found.bond.since is not None
        assert found.bond.since <= on
        assert found.bond.consent is not None
        assert found.bond.since >= max(found.bond.consent + timedelta(days=30), date(2002, 1, 1))
        assert found.bond.until is None or on <= found.bond.until


@given(ACTS, DAYS)
def test_without_a_consent_nobody_is_bound(acts: list[Action], on: date) -> None:
    without = [act for act in acts if act.action not in ("ratification", "accession")]
    assert stands(without, on).status in ("signed", "no_act_known", "instrument_not_in_force")


@given(ACTS, DAYS, DAYS, st.sampled_from(["ratification", "denunciation", "signature"]))
def test_a_later_act_changes_no_earlier_day(acts: list[Action], on: date, day: date, kind: str) -> None:
    later = max([day, on + timedelta(days=1), *(act.date + timedelta(days=1) for act in acts if act.date)])
    more = [*acts, Action(party="ITA", action=kind, date=later)]  # type: ignore[arg-type]
    before, after = stands(acts, on), stands(more, on)
    assert before.status == after.status
    assert (before.bond and before.bond.since) == (after.bond and after.bond.since)


@given(ACTS, DAYS, st.randoms())
def test_the_order_of_the_rows_does_not_matter(acts: list[Action], on: date, random: st.DataObject) -> None:
    shuffled = list(acts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert replace_notes(stands(acts, on)) == replace_notes(stands(shuffled, on))


def replace_notes(found: Standing) -> tuple[object, ...]:
    return (found.status, found.bond, found.signed)


def test_a_party_listed_without_a_day_is_known_only_from_the_list_on() -> None:
    acts = [Action(party="ITA", action="party", as_at=date(2020, 1, 1))]
    assert stands(acts, date(2020, 1, 1)).status == "in_force"
    assert stands(acts, date(2019, 12, 31)).status == "not_known"
    assert stands(acts, date(2001, 12, 31)).status == "instrument_not_in_force"


def test_who_comes_back_is_bound_again() -> None:
    acts = [
        Action(party="ITA", action="ratification", date=date(2003, 1, 1)),
        Action(party="ITA", action="denunciation", date=date(2010, 1, 1)),
        Action(party="ITA", action="accession", date=date(2015, 1, 1)),
    ]
    assert [stands(acts, date(year, 6, 1)).status for year in (2004, 2010, 2012, 2016)] == [
        "in_force",
        "in_force",
        "left",
        "in_force",
    ]


def test_a_printed_day_of_leaving_goes_before_the_rule() -> None:
    notice = Action(party="ITA", action="withdrawal", date=date(2010, 1, 1), entry_into_force=date(2010, 2, 1))
    acts = [Action(party="ITA", action="ratification", date=date(2003, 1, 1)), notice]
    assert stands(acts, date(2010, 2, 1)).status == "left"
    assert stands([acts[0], replace(notice, entry_into_force=None)], date(2010, 12, 31)).status == "in_force"


def test_a_state_may_join_on_its_last_day() -> None:
    """The German Democratic Republic ratified the Convention on the Rights of the Child on the day before it ended."""
    acts = [
        Action(party="ITA", action="ratification", date=date(2003, 1, 1), entry_into_force=date(2003, 1, 1)),
        Action(party="ITA", action="ceased", date=date(2003, 1, 1)),
    ]
    assert stands(acts, date(2003, 1, 1)).status == "in_force"
    assert stands(acts, date(2003, 1, 2)).status == "left"
