"""Two laws side by side."""

from __future__ import annotations

from datetime import date

import pytest

import palermo
from palermo.corpus.lookup import as_read
from palermo.corpus.models import Reading
from palermo.ledger.parties import UnknownName
from palermo.logic.formula import AllOf, AnyOf, Fact, NoneOf, holds
from palermo.logic.theory import Theory

ON = date(2026, 3, 1)


def test_the_comparison_reads_the_same_both_ways(law: palermo.Law) -> None:
    (there,) = law.compare("GBR-EAW", "GBR-SCT", ON).pairs
    (back,) = law.compare("GBR-SCT", "GBR-EAW", ON).pairs
    assert (there.only_first, there.only_second) == (back.only_second, back.only_first)
    assert there.distance == back.distance
    assert (there.first_reaches, there.second_reaches, there.both_reach) == (
        back.second_reaches,
        back.first_reaches,
        back.both_reach,
    )


def test_scotland_punishes_harbouring_without_travel_and_england_does_not(law: palermo.Law) -> None:
    """Human Trafficking and Exploitation (Scotland) Act 2015 s 1; Modern Slavery Act 2015 s 2."""
    (pair,) = law.compare("GBR-SCT", "GBR-EAW", ON).pairs
    only = {scenario for box in pair.only_first for scenario in box.scenarios()}
    assert frozenset(("act.harbouring", "means.deception", "purpose.forced-labour")) in only


def test_what_follows_from_a_scenario_counts_as_reached(law: palermo.Law) -> None:
    """Modern Slavery Act 2015 s 2 asks for travel, which whoever transports a person arranges; it reaches that."""
    (pair,) = law.compare("GBR-EAW", "LUX", ON).pairs
    only_second = {scenario for box in pair.only_second for scenario in box.scenarios()}
    assert frozenset(("act.transport", "means.force", "purpose.slavery")) not in only_second
    assert pair.second_reaches == pair.scenarios
    assert pair.first_reaches == pair.scenarios - sum(len(scenario) == 3 for scenario in only_second) > 0


def test_each_legal_system_of_a_state_is_compared(law: palermo.Law) -> None:
    pairs = law.compare("GBR", "PHL", ON).pairs
    assert [(pair.first, pair.second) for pair in pairs] == [("GBR-EAW", "PHL"), ("GBR-NIR", "PHL"), ("GBR-SCT", "PHL")]


def test_readings_can_be_left_out(law: palermo.Law) -> None:
    (read,) = law.compare("IND", "PHL", ON).pairs
    (words,) = law.compare("IND", "PHL", ON, readings=False).pairs
    assert words.first_reaches < read.first_reaches


def test_a_state_without_law_in_the_corpus_is_named(law: palermo.Law) -> None:
    with pytest.raises(UnknownName, match="holds no law of Ghana"):
        law.compare("GHA", "PHL", ON)
    with pytest.raises(UnknownName, match="one legal system"):
        law.compare("PHL", "PHL", ON)


def test_a_law_as_read_takes_in_what_its_umbrella_term_takes_in() -> None:
    reading = Reading(taken_in="means.fraud", by="means.deception", whose="a court", why="-")
    theory = Theory([("means.false-promise", "means.fraud")])
    law = AllOf((Fact("act.recruitment"), Fact("means.deception"), NoneOf((Fact("person.adult"),))))
    read = as_read(law, {"r": reading}, theory)
    assert read == AllOf(
        (
            Fact("act.recruitment"),
            AnyOf((Fact("means.deception"), Fact("means.fraud"))),
            NoneOf((Fact("person.adult"),)),
        )
    )
    assert holds(read, {"act.recruitment", "means.fraud"})
    assert not holds(law, {"act.recruitment", "means.fraud"})
