"""What holds of every answer on cooperation, whatever the States, the form and the facts."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import palermo
from palermo.cooperation.answers import Availability, Outcome, Routes
from palermo.cooperation.asked import Supposition
from palermo.cooperation.facts import CaseFacts, PersonSought, VictimConcerned
from palermo.cooperation.routes import UnknownForm, routes
from palermo.ledger.parties import UnknownName

ON = date(2026, 11, 25)
LAW = palermo.load()
STATES = sorted(LAW.corpus.parties)
FORMS = sorted(LAW.corpus.forms)
ORDER = list(Availability)
yes_no = st.sampled_from([True, False, None])
some_states = st.none() | st.lists(st.sampled_from(STATES), max_size=2, unique=True).map(tuple)
people = st.builds(
    PersonSought,
    nationality=some_states,
    present_in=st.none() | st.sampled_from(STATES),
    finally_judged_in=some_states,
    judgment_final=yes_no,
    consents=yes_no,
    judged_in_absence=yes_no,
)
facts = st.builds(
    CaseFacts,
    conduct=st.dictionaries(
        st.sampled_from(["act.recruitment", "means.deception", "purpose.forced-labour", "person.child"]), yes_no
    ),
    transnational=yes_no,
    organised_group=yes_no,
    evidence_in_requested_state=yes_no,
    person=people,
    victim=st.builds(VictimConcerned, nationality=some_states, seeks_asylum=yes_no, wishes_to_return=yes_no),
    barred_by_time_in=some_states,
    death_penalty_possible=yes_no,
    both_agree=yes_no,
)
pairs = st.lists(st.sampled_from(STATES), min_size=2, max_size=2, unique=True)
days = st.dates(date(1950, 1, 1), date(2030, 1, 1))


def ask(pair: list[str], form: str, on: date, known: CaseFacts, supposed: Supposition | None = None) -> Routes:
    return routes(LAW.ledger.acts, LAW.laws, pair[0], pair[1], form, on, known, supposed or Supposition())


@settings(max_examples=60)
@given(pairs, st.sampled_from(FORMS), days, facts)
def test_any_two_parties_get_an_answer(pair: list[str], form: str, on: date, known: CaseFacts) -> None:
    """Territories, organisations and States that ceased to exist among them; on any day."""
    found = ask(pair, form, on, known)
    established = [r.availability is not Availability.NOT_ESTABLISHED for r in found.routes]
    assert established == sorted(established, reverse=True)
    assert found.availability is min((r.availability for r in found.routes), key=ORDER.index, default=ORDER[-1])
    for route in found.routes:
        outcomes = {(c.outcome, c.force) for c in route.conditions}
        if route.availability is Availability.AVAILABLE:
            assert {outcome for outcome, _ in outcomes} <= {Outcome.SATISFIED, Outcome.PROMISE}
        if (Outcome.OBSTACLE, "must_refuse") in outcomes or (Outcome.OBSTACLE, "needed") in outcomes:
            assert route.availability is Availability.NOT_ESTABLISHED
    msgspec.json.encode(found)


@settings(max_examples=40)
@given(pairs, st.sampled_from(FORMS), facts, st.sampled_from(sorted(LAW.corpus.bases)))
def test_more_in_force_never_makes_it_worse(pair: list[str], form: str, known: CaseFacts, basis: str) -> None:
    before = ask(pair, form, ON, known)
    after = ask(pair, form, ON, known, Supposition(in_force=basis))
    assert ORDER.index(after.availability) <= ORDER.index(before.availability)


@settings(max_examples=40)
@given(pairs, st.sampled_from(FORMS), facts)
def test_an_open_fact_is_settled_only_by_saying_it(pair: list[str], form: str, known: CaseFacts) -> None:
    """A condition that names the fact it waits for is open; one that names none does not wait for the user."""
    for route in ask(pair, form, ON, known).routes:
        for condition in route.conditions:
            assert condition.outcome is Outcome.OPEN or not condition.ask


def test_names_that_lead_nowhere_are_told(law: palermo.Law) -> None:
    with pytest.raises(UnknownForm, match="did you mean extradition"):
        law.routes("GBR", "IND", "extraditon")
    with pytest.raises(UnknownName, match="same party"):
        law.routes("GBR", "United Kingdom", "hearing")
    with pytest.raises(UnknownName):
        law.routes("GBR", "Ruritania", "hearing")


class TestWhatIf:
    def test_a_notice_opens_extradition(self, law: palermo.Law) -> None:
        """Viet Nam does not take UNTOC as basis; were it to, the route would be there (UNTOC art 16(4), (5)(a))."""
        found = law.what_if("KEN", "VNM", on=ON)
        change = next(c for c in found.changes if c.supposed.takes_as_basis == "untoc")
        (opened,) = change.opens
        assert (opened.form, opened.before) == ("extradition", Availability.NOT_ESTABLISHED)
        assert opened.after is Availability.CONDITIONS
        assert opened.by == "UNTOC"

    def test_an_accession_opens_what_the_instrument_offers(self, law: palermo.Law) -> None:
        """On the day before UNTOC was in force for Japan, assistance hung on it."""
        found = law.what_if("KEN", "JPN", on=date(2017, 8, 9))
        change = next(c for c in found.changes if c.supposed.in_force == "untoc")
        assert {"hearing", "search", "confiscation"} <= {opened.form for opened in change.opens}

    def test_only_what_opens_something_is_named(self, law: palermo.Law) -> None:
        for change in law.what_if("GBR", "IND", on=ON).changes:
            assert change.opens


class TestNetwork:
    @pytest.mark.parametrize("form", ["extradition", "hearing", "victim-return"])
    def test_agrees_with_the_single_answers(self, law: palermo.Law, form: str) -> None:
        """A pair that the network calls connected has an established route, and the other way round."""
        found = law.network(form, ON)
        apart = {(entry.party, other) for entry in found.unconnected for other in entry.cannot_ask}
        for one, other in [
            ("KEN", "IND"),
            ("KEN", "VNM"),
            ("KEN", "LVA"),
            ("KEN", "MWI"),
            ("GBR", "JPN"),
            ("GBR", "XKX"),
            ("COL", "GRC"),
            ("BRA", "ARG"),
            ("NLD", "NGA"),
            ("PRK", "IRN"),
        ]:
            single = law.routes(one, other, form, on=ON).availability
            assert ((one, other) in apart) is (single is Availability.NOT_ESTABLISHED), (one, other)

    def test_counts_every_ordered_pair_once(self, law: palermo.Law) -> None:
        found = law.network("extradition", ON)
        states = len(found.states)
        assert found.by_treaty + found.by_law + found.not_established == states * (states - 1)
        assert found.not_established == sum(len(entry.cannot_ask) for entry in found.unconnected)

    def test_a_step_connects_what_it_says(self, law: palermo.Law) -> None:
        """The pairs that a notice under UNTOC art 16(5)(a) would connect are those parties that cannot ask today."""
        found = law.network("extradition", ON)
        step = next(s for s in found.steps if s.kind == "takes as basis of extradition" and s.instrument == "untoc")
        cannot = [e.party for e in found.unconnected if step.party in e.cannot_ask]
        bound = [p for p in cannot if law.ledger.standing(p, "untoc", ON).binding]
        assert step.connects == len(bound)
