"""Which instrument serves between which States on which day, as its own articles say."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

import palermo
from palermo.cooperation.answers import Outcome, Route
from palermo.cooperation.asked import Supposition
from palermo.cooperation.facts import CaseFacts, PersonSought
from palermo.cooperation.routes import routes
from palermo.ledger.between import between

TREATY_REQUIRED = "cooperation.extradition-treaty-required"
TRAFFICKED = {
    "act.recruitment": True,
    "act.transport": True,
    "means.deception": True,
    "purpose.sexual-exploitation": True,
    "person.child": False,
}


def bases(law: palermo.Law, requesting: str, requested: str, form: str, on: date) -> list[str]:
    """The instruments of the corpus among the routes, in order of use."""
    found = law.routes(requesting, requested, form, on=on).routes
    return [route.basis for route in found if route.basis in law.corpus.instruments]


def route_on(law: palermo.Law, basis: str, pair: tuple[str, str], form: str, facts: CaseFacts, on: date) -> Route:
    return next(route for route in law.routes(*pair, form, facts, on).routes if route.basis == basis)


def test_the_investigation_order_serves_from_the_end_of_transposition_on(law: palermo.Law) -> None:
    """Directive 2014/41/EU arts 34(1) and 36(1): 22 May 2017, though in force since 2014."""
    assert "eu-2014-41" not in bases(law, "FRA", "DEU", "hearing", date(2017, 5, 21))
    assert bases(law, "FRA", "DEU", "hearing", date(2017, 5, 22))[0] == "eu-2014-41"


@pytest.mark.parametrize("requesting", ["DNK", "IRL"])
def test_denmark_and_ireland_use_the_conventions_for_evidence_and_the_arrest_warrant_for_surrender(
    law: palermo.Law, requesting: str
) -> None:
    on = date(2026, 1, 1)
    assert "eu-2014-41" not in bases(law, requesting, "DEU", "hearing", on)
    assert "ets-030" in bases(law, requesting, "DEU", "hearing", on)
    assert "eu-2018-1805" not in bases(law, requesting, "DEU", "confiscation", on)
    assert bases(law, requesting, "DEU", "extradition", on)[0] == "eu-arrest-warrant"


def test_surrender_between_the_united_kingdom_and_france_changes_its_basis_with_the_transition_period(
    law: palermo.Law,
) -> None:
    before = bases(law, "GBR", "FRA", "extradition", date(2020, 12, 31))
    after = bases(law, "GBR", "FRA", "extradition", date(2021, 1, 1))
    assert before[0] == "eu-arrest-warrant"
    assert "eu-uk-tca" not in before
    assert after[0] == "eu-uk-tca"
    assert "eu-arrest-warrant" not in after
    assert after.index("eu-uk-tca") < after.index("ets-024")


def test_an_agreement_with_two_sides_holds_across_them_only(law: palermo.Law) -> None:
    on = date(2022, 1, 1)
    pairs = law.ledger.spans.pairs(on)
    where = {code: i for i, code in enumerate(law.ledger.spans.parties)}
    sided = [instrument for instrument in law.corpus.instruments.values() if instrument.one_side]
    assert {"eu-uk-tca", "eu-isl-nor-2006", "eu-usa-extradition-2003"} <= {instrument.id for instrument in sided}
    for instrument in sided:
        held = pairs[law.ledger.spans.instruments.index(instrument.id)]
        one = [where[code] for code in instrument.one_side]
        other = np.setdiff1d(np.arange(len(where)), one)
        assert held.any()
        assert not held[np.ix_(one, one)].any()
        assert not held[np.ix_(other, other)].any()
        history = law.ledger.spans.pair_history(instrument.id)
        assert (history.on(on) == held).all()
    assert "eu-uk-tca" not in bases(law, "FRA", "DEU", "extradition", on)
    assert "eu-isl-nor-2006" not in bases(law, "ISL", "NOR", "extradition", on)


def test_trafficking_is_a_listed_offence_of_the_arrest_warrant(law: palermo.Law) -> None:
    """Framework Decision 2002/584/JHA art 2(2): with three years in the issuing State it is not tested at home."""
    facts = CaseFacts(conduct=TRAFFICKED)
    route = route_on(law, "eu-arrest-warrant", ("FRA", "DEU"), "extradition", facts, date(2026, 1, 1))
    found = next(c for c in route.conditions if c.ground == "dual_criminality")
    assert found.outcome is Outcome.SATISFIED
    assert "not tested" in found.why


@pytest.mark.parametrize(
    ("person", "outcome", "said"),
    [
        (PersonSought(nationality=("DEU",), sought_for="prosecution"), Outcome.OPEN, "comes back"),
        (PersonSought(nationality=("NGA",), resident_in="DEU", sought_for="sentence"), Outcome.OPEN, "enforce"),
        (PersonSought(nationality=("NGA",), resident_in="FRA", sought_for="sentence"), Outcome.SATISFIED, "neither"),
        (PersonSought(nationality=("NGA",)), Outcome.OPEN, "not both said"),
    ],
)
def test_nationals_and_residents_are_surrendered_but_may_serve_the_sentence_at_home(
    law: palermo.Law, person: PersonSought, outcome: Outcome, said: str
) -> None:
    """Framework Decision 2002/584/JHA arts 4(6) and 5(3)."""
    facts = CaseFacts(person=person)
    route = route_on(law, "eu-arrest-warrant", ("FRA", "DEU"), "extradition", facts, date(2026, 1, 1))
    found = next(c for c in route.conditions if c.ground == "national_or_resident")
    assert found.outcome is outcome
    assert said in found.why


def test_a_protocol_is_read_with_its_convention(law: palermo.Law) -> None:
    """ETS 98 adds amnesty and judgments in absence; lapse of time and the threshold stay those of ETS 24."""
    route = route_on(law, "ets-098", ("NOR", "CHE"), "extradition", CaseFacts(), date(2022, 1, 1))
    by_ground = {c.ground: c.cites for c in route.conditions}
    assert len(by_ground) == len(route.conditions)
    assert by_ground["amnesty"] == ("Second Additional Protocol on Extradition art 4",)
    assert by_ground["lapse_of_time"] == ("European Convention on Extradition art 10",)
    assert "penalty_threshold" in by_ground


def test_the_convention_of_1949_needs_a_treaty_or_a_law_that_asks_for_none(law: palermo.Law) -> None:
    """Art 8(1) and (2): the offences are in every treaty, and extraditable between States that need none."""

    def found(needs: str) -> Outcome:
        supposed = Supposition(law=(TREATY_REQUIRED, needs))
        ways = routes(
            law.ledger.acts, law.laws, "UKR", "PHL", "extradition", date(2026, 1, 1), CaseFacts(), supposed
        ).routes
        route = next(route for route in ways if route.basis == "traffic-1949")
        return next(c.outcome for c in route.conditions if c.ground == "extradition_treaty")

    assert found("yes") is Outcome.OBSTACLE
    assert found("no") is Outcome.SATISFIED


def test_precedence_holds_for_the_families_that_it_names(law: palermo.Law) -> None:
    """The trafficking conventions of regions go before the UN Protocol on return."""
    assert bases(law, "ITA", "ROU", "victim-return", date(2026, 1, 1))[0] == "cets-197"


def test_an_arrangement_needs_both_among_its_members(law: palermo.Law) -> None:
    def arranged(requested: str) -> bool:
        found = law.routes("GBR", requested, "extradition", on=date(2026, 1, 1)).routes
        return any(route.basis == "commonwealth-london-scheme" for route in found)

    assert arranged("NGA")
    assert not arranged("USA")


def test_what_holds_between_two_leaves_out_agreements_of_one_of_their_sides(law: palermo.Law) -> None:
    def named(first: str, second: str) -> set[str]:
        return {pair.instrument for pair in between(law.ledger.acts, first, second, date(2022, 1, 1)).instruments}

    assert "eu-uk-tca" in named("FRA", "GBR")
    assert "eu-uk-tca" not in named("FRA", "DEU")


def test_the_trafficking_protocol_comes_first_where_a_victim_goes_home(law: palermo.Law) -> None:
    """Its art 8 says how; art 10(2) of the Protocol on the sale of children asks for cooperation in general."""
    assert bases(law, "GBR", "NGA", "victim-return", date(2026, 1, 1))[0] == "palermo-protocol"
