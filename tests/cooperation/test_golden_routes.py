"""Routes between real States, written from the instruments by hand: bases in order, conditions, citations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

import palermo
from palermo.cooperation.answers import Availability, ConditionTested, Outcome, Route, Routes
from palermo.cooperation.facts import CaseFacts, PersonSought, VictimConcerned

ON = date(2026, 11, 25)
FORCED_LABOUR = {
    "act.recruitment": True,
    "act.transport": True,
    "means.deception": True,
    "purpose.forced-labour": True,
    "person.child": False,
}
GROUP = CaseFacts(conduct=FORCED_LABOUR, transnational=True, organised_group=True)


@dataclass(frozen=True)
class Case:
    """Who asks whom for what on which day, and what the instruments say must come out.

    `order` are the bases that must come first, in that order; `absent` those that must not be among the routes.
    `conditions` are (basis, ground, outcome, a citation among those it rests on).
    """

    why: str
    requesting: str
    requested: str
    form: str
    on: date
    order: tuple[str, ...]
    answer: Availability
    conditions: tuple[tuple[str, str, Outcome, str], ...] = ()
    absent: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    facts: CaseFacts = field(default_factory=CaseFacts)


NOT_ESTABLISHED, CONDITIONS = Availability.NOT_ESTABLISHED, Availability.CONDITIONS
SATISFIED, OPEN, OBSTACLE, PROMISE = Outcome.SATISFIED, Outcome.OPEN, Outcome.OBSTACLE, Outcome.PROMISE

CASES = (
    Case(
        "India notified that it takes UNTOC as basis (UNTOC art 16(5)(a)); no treaty with Kenya is on record",
        "KEN",
        "IND",
        "extradition",
        ON,
        ("untoc", "commonwealth-london-scheme", "domestic_law"),
        CONDITIONS,
        (("untoc", "treaty_basis", SATISFIED, "UNTOC, IND-2"), ("untoc", "dual_criminality", OPEN, "UNTOC art 16(1)")),
        missing=("bilateral",),
    ),
    Case(
        "UNTOC entered into force for India on the thirtieth day after 5 May 2011 (UNTOC art 38(2))",
        "KEN",
        "IND",
        "extradition",
        date(2011, 6, 4),
        ("untoc",),
        CONDITIONS,
    ),
    Case(
        "one day earlier it was not in force between the two; the Extradition Act of India asks for no treaty",
        "KEN",
        "IND",
        "extradition",
        date(2011, 6, 3),
        ("commonwealth-london-scheme", "domestic_law"),
        CONDITIONS,
        absent=("untoc",),
        missing=("untoc",),
    ),
    Case(
        "Viet Nam notified that it does not take UNTOC as basis of extradition (UNTOC art 16(5)(a))",
        "KEN",
        "VNM",
        "extradition",
        ON,
        ("untoc",),
        NOT_ESTABLISHED,
        (("untoc", "treaty_basis", OPEN, "UNTOC, VNM-4"),),
    ),
    Case(
        "Latvia takes UNTOC as basis of extradition",
        "KEN",
        "LVA",
        "extradition",
        ON,
        ("untoc",),
        CONDITIONS,
        (("untoc", "treaty_basis", SATISFIED, "UNTOC, LVA-2"),),
    ),
    Case(
        "the law of Lithuania asks for a treaty, and Lithuania takes UNTOC as one (UNTOC art 16(4), (5)(a))",
        "KEN",
        "LTU",
        "extradition",
        ON,
        ("untoc",),
        CONDITIONS,
        (
            ("untoc", "treaty_basis", SATISFIED, "UNTOC, LTU"),
            ("domestic_law", "no_treaty_needed", OBSTACLE, "law of"),
        ),
        missing=("bilateral", "ets-024"),
    ),
    Case(
        "the law of the United States asks for a treaty, and it does not take UNTOC as one; Viet Nam has none with it",
        "VNM",
        "USA",
        "extradition",
        ON,
        (),
        NOT_ESTABLISHED,
        (("untoc", "treaty_basis", OBSTACLE, "UNTOC, USA"), ("domestic_law", "no_treaty_needed", OBSTACLE, "law of")),
        missing=("bilateral",),
    ),
    Case(
        "the law of Malawi asks for a treaty; whether it takes UNTOC as one is not on record, and nothing is inferred",
        "KEN",
        "MWI",
        "extradition",
        ON,
        ("untoc",),
        NOT_ESTABLISHED,
        (("untoc", "treaty_basis", OPEN, "UNTOC art 16(4)"), ("domestic_law", "no_treaty_needed", OBSTACLE, "law of")),
        missing=("bilateral",),
    ),
    Case(
        "a bilateral treaty goes before UNTOC, whose offences it is deemed to contain (UNTOC art 16(3))",
        "KEN",
        "USA",
        "extradition",
        ON,
        ("ext-usa-ken-1965", "untoc"),
        CONDITIONS,
        (
            ("ext-usa-ken-1965", "specialty", PROMISE, "the agreement"),
            ("untoc", "treaty_basis", SATISFIED, "UNTOC art 16(4)"),
            ("domestic_law", "no_treaty_needed", OBSTACLE, "law of"),
        ),
    ),
    Case(
        "the day before UNTOC entered into force for Japan, assistance rested on law and promise alone",
        "GBR",
        "JPN",
        "hearing",
        date(2017, 8, 9),
        (),
        NOT_ESTABLISHED,
        absent=("untoc",),
        missing=("untoc",),
        facts=GROUP,
    ),
    Case(
        "Japan accepted on 11 July 2017: UNTOC has been in force for it since 10 August 2017 (UNTOC art 38(2))",
        "GBR",
        "JPN",
        "hearing",
        date(2017, 8, 10),
        ("untoc",),
        CONDITIONS,
        (("untoc", "suspected_group", OPEN, "UNTOC art 18(1)"),),
    ),
    Case(
        "assistance asks only for reasonable grounds to suspect; evidence in the requested State is link enough "
        "(UNTOC art 18(1))",
        "GBR",
        "JPN",
        "hearing",
        ON,
        ("untoc",),
        CONDITIONS,
        (("untoc", "suspected_group", SATISFIED, "UNTOC art 18(1)"),),
        facts=CaseFacts(organised_group=True, transnational=False, evidence_in_requested_state=True),
    ),
    Case(
        "extradition asks for more: a group, and a transnational offence or the person in the requested State "
        "(UNTOC art 16(1))",
        "KEN",
        "IND",
        "extradition",
        ON,
        ("untoc",),
        CONDITIONS,
        (("untoc", "group_and_presence", SATISFIED, "UNTOC art 16(1)"),),
        facts=CaseFacts(organised_group=True, transnational=False, person=PersonSought(present_in="IND")),
    ),
    Case(
        "without an organised criminal group UNTOC is no basis (UNTOC art 3(1)), though the law of India may be",
        "KEN",
        "IND",
        "extradition",
        ON,
        ("commonwealth-london-scheme", "domestic_law"),
        CONDITIONS,
        (("untoc", "group_and_presence", OBSTACLE, "UNTOC art 16(1)"),),
        facts=CaseFacts(organised_group=False),
    ),
    Case(
        "Chinese Taipei is party to no UN treaty: its own law on mutual assistance is the basis",
        "GBR",
        "TWN",
        "hearing",
        ON,
        ("domestic_law", "reciprocity"),
        CONDITIONS,
        (("domestic_law", "law_allows", SATISFIED, "law of"),),
        absent=("untoc",),
        missing=("untoc",),
    ),
    Case(
        "Chinese Taipei does not extradite its nationals",
        "GBR",
        "TWN",
        "extradition",
        ON,
        ("domestic_law",),
        CONDITIONS,
        (
            ("domestic_law", "nationality", OBSTACLE, "law of"),
            ("domestic_law", "no_treaty_needed", SATISFIED, "law of"),
        ),
        facts=CaseFacts(person=PersonSought(nationality=("TWN",))),
    ),
    Case(
        "the Holy See is a party to UNTOC",
        "ITA",
        "VAT",
        "hearing",
        date(2026, 1, 1),
        (),
        CONDITIONS,
        (("untoc", "dual_criminality", OPEN, "UNTOC art 18(9)"),),
    ),
    Case(
        "Kosovo is party to neither: nothing is on record, which is not no cooperation",
        "GBR",
        "XKX",
        "hearing",
        ON,
        (),
        NOT_ESTABLISHED,
        absent=("untoc",),
        missing=("untoc", "bilateral"),
    ),
    Case(
        "Panama declared that it need not assist where the facts are no offence there: it works both ways",
        "COL",
        "PAN",
        "hearing",
        ON,
        ("untoc",),
        CONDITIONS,
        (("untoc", "other", OPEN, "UNTOC, PAN-1"),),
        facts=GROUP,
    ),
    Case(
        "the same when Panama asks Colombia (VCLT art 21(1)(b))",
        "PAN",
        "COL",
        "hearing",
        ON,
        ("untoc",),
        CONDITIONS,
        (("untoc", "other", OPEN, "UNTOC, PAN-1"),),
        facts=GROUP,
    ),
    Case(
        "the law of Greece asks for no treaty (UNTOC art 16(6)); its reservation for the Constitution bites",
        "COL",
        "GRC",
        "extradition",
        ON,
        ("untoc",),
        CONDITIONS,
        (("untoc", "other", OPEN, "UNTOC, GRC-1"),),
    ),
    Case(
        "the law of Nepal keeps its nationals back; UNTOC then asks it to prosecute (UNTOC art 16(10))",
        "IND",
        "NPL",
        "extradition",
        ON,
        ("ext-ind-npl",),
        CONDITIONS,
        (
            ("ext-ind-npl", "nationality", OBSTACLE, "the agreement"),
            ("untoc", "nationality", OBSTACLE, "UNTOC art 16(10)"),
        ),
        facts=CaseFacts(person=PersonSought(nationality=("NPL",), present_in="NPL")),
    ),
    Case(
        "the law of Bangladesh does not bar nationals",
        "IND",
        "BGD",
        "extradition",
        ON,
        ("saarc-2002", "ext-ind-bgd"),
        CONDITIONS,
        (("ext-ind-bgd", "nationality", SATISFIED, "the agreement"),),
        facts=CaseFacts(person=PersonSought(nationality=("BGD",))),
    ),
    Case(
        "information may be passed on without a request; the receiver keeps to limits of use (UNTOC art 18(4), (5))",
        "NGA",
        "NLD",
        "information",
        ON,
        (),
        Availability.CONDITIONS,
        (("untoc", "use_limited", PROMISE, "UNTOC art 18(5)"),),
    ),
    Case(
        "a State of origin eases and accepts the return of its national (UN Trafficking Protocol art 8(1))",
        "NLD",
        "NGA",
        "victim-return",
        ON,
        ("palermo-protocol",),
        CONDITIONS,
        (
            ("palermo-protocol", "victim_of_requested_state", SATISFIED, "UN Trafficking Protocol art 8(1)"),
            ("palermo-protocol", "victim_voluntary", OBSTACLE, "UN Trafficking Protocol art 8(2)"),
        ),
        facts=CaseFacts(victim=VictimConcerned(nationality=("NGA",), wishes_to_return=False)),
    ),
    Case(
        "whoever seeks asylum is not returned: refugee law comes first (UN Trafficking Protocol art 14(1))",
        "NLD",
        "NGA",
        "victim-return",
        ON,
        (),
        NOT_ESTABLISHED,
        (("palermo-protocol", "refugee_protection", OBSTACLE, "UN Trafficking Protocol art 14(1)"),),
        facts=CaseFacts(victim=VictimConcerned(nationality=("NGA",), seeks_asylum=True)),
    ),
    Case(
        "no duty of return where the person is neither a national nor was a permanent resident (art 8(1))",
        "NLD",
        "NGA",
        "victim-return",
        ON,
        (),
        NOT_ESTABLISHED,
        (("palermo-protocol", "victim_of_requested_state", OBSTACLE, "UN Trafficking Protocol art 8(1)"),),
        facts=CaseFacts(
            conduct={"person.child": False},
            victim=VictimConcerned(nationality=("GHA",), permanent_residence_in=()),
        ),
    ),
    Case(
        "art 17 lets States conclude agreements on sentenced persons; it moves nobody by itself",
        "GBR",
        "VNM",
        "transfer-of-sentenced-persons",
        ON,
        (),
        CONDITIONS,
        (("untoc", "agreement_of_both", OPEN, "UNTOC art 17"),),
    ),
    Case(
        "UNTOC is the necessary and sufficient basis of confiscation where a treaty is asked for (UNTOC art 13(6))",
        "NGA",
        "VNM",
        "confiscation",
        ON,
        ("untoc",),
        CONDITIONS,
        (("untoc", "treaty_basis", SATISFIED, "UNTOC art 13(6)"),),
        facts=GROUP,
    ),
    Case(
        "members of the Union surrender on arrest warrants, in place of the Convention (FD 2002/584 art 31)",
        "FRA",
        "DEU",
        "extradition",
        ON,
        ("eu-arrest-warrant",),
        CONDITIONS,
        (("eu-arrest-warrant", "dual_criminality", SATISFIED, "2002/584/JHA art 2(2)"),),
        facts=GROUP,
    ),
    Case(
        "requests made before 1 January 2004 were not dealt with on arrest warrants (FD 2002/584 art 31(1))",
        "AUT",
        "NLD",
        "extradition",
        date(2003, 12, 31),
        (),
        CONDITIONS,
        absent=("eu-arrest-warrant",),
    ),
    Case(
        "a European Investigation Order serves since 22 May 2017 (Directive 2014/41 art 34(1))",
        "AUT",
        "NLD",
        "hearing",
        date(2017, 5, 22),
        ("eu-2014-41",),
        CONDITIONS,
    ),
    Case(
        "one day earlier the conventions served",
        "AUT",
        "NLD",
        "hearing",
        date(2017, 5, 21),
        (),
        CONDITIONS,
        absent=("eu-2014-41",),
        missing=("eu-2014-41",),
    ),
    Case(
        "Denmark takes no part in the Order: the convention of 2000 comes first, then that of the Council of Europe",
        "FRA",
        "DNK",
        "hearing",
        ON,
        ("eu-mla-2000", "ets-030"),
        CONDITIONS,
        absent=("eu-2014-41",),
        missing=("eu-2014-41",),
    ),
    Case(
        "nor does Ireland",
        "FRA",
        "IRL",
        "hearing",
        ON,
        ("ets-030",),
        CONDITIONS,
        absent=("eu-2014-41",),
        missing=("eu-2014-41",),
    ),
    Case(
        "the arrest warrant held with the United Kingdom to the end of the transition period",
        "GBR",
        "FRA",
        "extradition",
        date(2020, 12, 31),
        ("eu-arrest-warrant",),
        CONDITIONS,
        absent=("eu-uk-tca",),
    ),
    Case(
        "from the next day on surrender rests on the Trade and Cooperation Agreement, then on the Convention",
        "GBR",
        "FRA",
        "extradition",
        date(2021, 1, 1),
        ("eu-uk-tca", "ets-024"),
        CONDITIONS,
        absent=("eu-arrest-warrant",),
        missing=("eu-arrest-warrant",),
    ),
    Case(
        "the Agreement binds across its two sides, not members of the Union among themselves",
        "DEU",
        "FRA",
        "extradition",
        ON,
        ("eu-arrest-warrant",),
        CONDITIONS,
        absent=("eu-uk-tca",),
    ),
    Case(
        "the Convention takes the place of bilateral treaties, which may only supplement it (ETS 24 art 28)",
        "CHE",
        "AUT",
        "extradition",
        ON,
        ("ets-098", "ets-024", "ext-che-aut-1972"),
        CONDITIONS,
        absent=("eu-arrest-warrant",),
        missing=("eu-arrest-warrant",),
    ),
    Case(
        "between the Union and the United States the agreement of 2003 stands beside the bilateral treaty",
        "USA",
        "DEU",
        "extradition",
        ON,
        ("eu-usa-extradition-2003", "ext-usa-deu-2006", "untoc"),
        CONDITIONS,
        missing=("eu-arrest-warrant", "ets-024"),
    ),
    Case(
        "two members of the Commonwealth without a treaty: the Scheme binds nobody and works through the law of each",
        "GBR",
        "KEN",
        "hearing",
        ON,
        ("untoc",),
        CONDITIONS,
        (("commonwealth-harare-scheme", "law_allows", OPEN, "Harare Scheme"),),
        missing=("bilateral",),
    ),
    Case(
        "members of ASEAN have a treaty of their own on assistance",
        "PHL",
        "VNM",
        "hearing",
        ON,
        ("asean-mlat",),
        CONDITIONS,
    ),
    Case(
        "in the Americas the Inter-American Convention on assistance comes before UNTOC",
        "ARG",
        "BRA",
        "hearing",
        ON,
        ("oas-a55",),
        CONDITIONS,
        facts=GROUP,
    ),
    Case(
        "confiscation orders are recognised since 19 December 2020 (Regulation 2018/1805 art 41)",
        "FRA",
        "DEU",
        "confiscation",
        date(2020, 12, 19),
        ("eu-2018-1805",),
        CONDITIONS,
    ),
    Case(
        "not one day earlier",
        "FRA",
        "DEU",
        "confiscation",
        date(2020, 12, 18),
        ("untoc",),
        Availability.AVAILABLE,
        absent=("eu-2018-1805",),
        facts=GROUP,
    ),
    Case(
        "a Council of Europe party of destination and of origin: safe return under CETS 197 art 16 comes first",
        "ROU",
        "MDA",
        "victim-return",
        ON,
        ("cets-197",),
        CONDITIONS,
        (("cets-197", "victim_of_requested_state", SATISFIED, "art 16"),),
        facts=CaseFacts(victim=VictimConcerned(nationality=("MDA",))),
    ),
)


def ask(law: palermo.Law, case: Case) -> Routes:
    return law.routes(case.requesting, case.requested, case.form, case.facts, case.on)


def route(found: Routes, basis: str) -> Route:
    return next(r for r in found.routes if r.basis == basis)


def condition(found: Routes, basis: str, ground: str) -> ConditionTested:
    return next(c for c in route(found, basis).conditions if c.ground == ground)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.requesting}-{c.requested}-{c.form}-{c.on}")
def test_the_instruments_say_so(law: palermo.Law, case: Case) -> None:
    found = ask(law, case)
    bases = [r.basis for r in found.routes]
    assert bases[: len(case.order)] == list(case.order), case.why
    assert found.availability is case.answer, case.why
    assert not set(case.absent) & set(bases), case.why
    assert set(case.missing) <= {m.basis for m in found.missing}, case.why
    for basis, ground, outcome, cited in case.conditions:
        tested = [c for c in route(found, basis).conditions if c.ground == ground]
        cites = [c for t in tested for c in (*t.cites, *(r.cite for r in (*t.requested, *t.requesting)))]
        assert outcome in {t.outcome for t in tested}, case.why
        assert any(cited in cite for cite in cites), f"{case.why}: {cites}"


def test_every_route_can_be_checked(law: palermo.Law) -> None:
    """No condition without a reason and a citation, no route without a word on why it stands where it does."""
    for case in CASES:
        for found in ask(law, case).routes:
            assert found.cites
            assert found.why_here
            assert all(c.why and c.cites for c in found.conditions)


class TestDualCriminality:
    """The same facts under two real laws: recruitment for the removal of organs, by deceit."""

    facts = CaseFacts(
        conduct={
            "act.recruitment": True,
            "act.receipt": False,
            "means.deception": True,
            "purpose.organ-removal": True,
            "person.child": False,
        }
    )

    def test_differs_between_two_laws_for_the_right_reason(self, law: palermo.Law) -> None:
        """Pakistan's Act of 2018 knows forced labour and commercial sex, not organs; India's s 143 names organs."""
        to_india = law.routes("NLD", "IND", "hearing", self.facts, ON)
        to_pakistan = law.routes("NLD", "PAK", "hearing", self.facts, ON)
        reached = condition(to_india, "domestic_law", "dual_criminality")
        missed = condition(to_pakistan, "domestic_law", "dual_criminality")
        assert reached.outcome is SATISFIED
        assert any("s 143" in cited.cite for cited in reached.requested)
        assert missed.outcome is not SATISFIED
        assert "Pakistan" in missed.why
        assert "it would be one" in missed.why

    def test_is_open_where_facts_are_missing_and_names_them(self, law: palermo.Law) -> None:
        found = law.routes("NLD", "GBR", "hearing", CaseFacts(conduct=FORCED_LABOUR), ON)
        english = next(u for u in found.under_requested if u.system == "GBR-EAW")
        assert english.truth == "true"
        bare = law.routes("NLD", "GBR", "hearing", CaseFacts(conduct={"act.recruitment": True}), ON)
        asked = condition(bare, "untoc", "dual_criminality")
        assert asked.outcome is OPEN
        assert "conduct" in asked.ask

    def test_may_be_overlooked_in_assistance_and_not_in_extradition(self, law: palermo.Law) -> None:
        """UNTOC art 18(9) leaves it to the requested State; art 16(1) does not."""
        assistance = condition(law.routes("NLD", "IND", "hearing", self.facts, ON), "untoc", "dual_criminality")
        extradition = condition(law.routes("NLD", "IND", "extradition", self.facts, ON), "untoc", "dual_criminality")
        assert assistance.force == "may_refuse"
        assert extradition.force == "must_refuse"

    def test_unknown_law_is_open_and_not_no(self, law: palermo.Law) -> None:
        found = condition(law.routes("NLD", "KEN", "hearing", self.facts, ON), "untoc", "dual_criminality")
        assert found.outcome is OPEN
        assert "not encoded" in found.why
