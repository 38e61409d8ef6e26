"""Nearness of laws: of one tradition, in one language, of one region; never of quality."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import palermo
from palermo.conformity.nearness import grounds, near_to, order
from palermo.ledger.parties import UnknownName

from ..conftest import Edit


def test_every_law_says_its_tradition_and_its_languages(law: palermo.Law) -> None:
    for system in law.corpus.legal_systems.values():
        assert system.tradition
        assert system.tradition.systems
        assert system.languages


def test_no_law_is_nearer_to_one_than_itself(law: palermo.Law) -> None:
    systems = law.corpus.legal_systems.values()
    for one in systems:
        assert all(order(grounds(one, [one])) <= order(grounds(other, [one])) for other in systems)


def test_nearness_is_the_same_both_ways(law: palermo.Law) -> None:
    systems = list(law.corpus.legal_systems.values())
    for one in systems:
        for other in systems:
            assert grounds(one, [other]) == grounds(other, [one])


@pytest.mark.parametrize(
    ("nearer", "farther", "to"),
    [
        ("IRL", "IND", "GBR-EAW"),  # common law alone, before common law with others
        ("IND", "FRA", "GBR-EAW"),
        ("ARG", "DEU", "ESP"),  # the French family of the civil law, before the German one
        ("DEU", "MAR", "FRA"),  # civil law alone, before civil law with Muslim law
        ("AUT", "KOR", "DEU"),
        ("DNK", "EST", "SWE"),
        ("BRA", "FRA", "PRT"),  # of two equally near in tradition, the one in the same language
    ],
)
def test_tradition_goes_before_language_and_region(law: palermo.Law, nearer: str, farther: str, to: str) -> None:
    of = law.corpus.legal_systems
    assert order(grounds(of[nearer], [of[to]])) < order(grounds(of[farther], [of[to]]))


def test_of_several_laws_of_a_state_the_nearest_counts(law: palermo.Law) -> None:
    of = law.corpus.legal_systems
    assert grounds(of["ZAF"], near_to(law.corpus, "GBR")) == grounds(of["ZAF"], [of["GBR-SCT"]])


def test_what_is_not_known_brings_nothing_near(law: palermo.Law) -> None:
    unknown = replace(law.corpus.legal_systems["IRL"], id="X", state="X", tradition=None, languages=(), region=None)
    assert grounds(unknown, law.corpus.legal_systems.values()) == ()
    origin_unknown = law.corpus.legal_systems["GBR-SCT"]
    assert "same_origin" not in grounds(origin_unknown, [origin_unknown])


def test_a_law_that_says_nothing_of_itself_is_refused(law: palermo.Law) -> None:
    bare = replace(law.corpus.legal_systems["IRL"], tradition=None, languages=(), region=None)
    corpus = replace(law.corpus, legal_systems={"IRL": bare})
    with pytest.raises(UnknownName, match="IRL names no tradition"):
        near_to(corpus, "Ireland")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("systems: [common_law]", "systems: [roman_law]", "common_law"),
        ("systems: [common_law]", "systems: []", "systems is empty"),
        ("source: [juriglobe, ", "source: [juriglob, ", "did you mean juriglobe?"),
        ("languages: [en, ga]", "languages: [english]", "no code of a language"),
        ("region: northern_europe", "region: north_europe", "northern_europe"),
    ],
)
def test_a_slip_is_found_at_its_line(edited: Edit, old: str, new: str, message: str) -> None:
    from palermo.corpus.problems import CorpusError

    folder = edited("jurisdictions/IRL.yaml", old, new)
    with pytest.raises(CorpusError, match=re.escape(message)) as raised:
        palermo.load(base=folder)
    assert "IRL.yaml:" in str(raised.value)
