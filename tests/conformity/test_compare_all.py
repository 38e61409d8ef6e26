"""All encoded laws, each against every other: the same as comparing them one by one."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

import palermo
from palermo.conformity.compare_all import AllLawsCompared, PairOfLaws
from palermo.corpus.lookup import UnknownFormula
from palermo.logic.scenarios import Box

ON = date(2026, 3, 1)
WITH_EXCEPTIONS = [("GBR-EAW", "GBR-SCT"), ("FRA", "IND"), ("NPL", "USA"), ("JPN", "PAK"), ("DEU", "GBR-NIR")]


@pytest.fixture(scope="module")
def everything(law: palermo.Law) -> AllLawsCompared:
    return law.compare_all(ON)


def pair_of(found: AllLawsCompared, one: str, other: str) -> PairOfLaws:
    return next(pair for pair in found.pairs if (pair.first, pair.second) == (one, other))


def scenarios(boxes: tuple[Box, ...]) -> set[frozenset[str]]:
    return {scenario for box in boxes for scenario in box.scenarios()}


def agrees(law: palermo.Law, found: AllLawsCompared, one: str, other: str, readings: bool = True) -> bool:
    (alone,) = law.compare(one, other, found.on, readings=readings).pairs
    pair = pair_of(found, one, other)
    return (
        set(map(frozenset, found.gap(pair.only_first))) == scenarios(alone.only_first)
        and set(map(frozenset, found.gap(pair.only_second))) == scenarios(alone.only_second)
        and pair.distance == alone.distance
    )


def test_every_two_laws_stand_once_in_the_order_of_the_alphabet(law: palermo.Law, everything: AllLawsCompared) -> None:
    ids = [compared.id for compared in everything.laws]
    assert ids == sorted(law.corpus.legal_systems)
    assert [(pair.first, pair.second) for pair in everything.pairs] == list(combinations(ids, 2))


def test_a_pair_is_what_comparing_the_two_gives(law: palermo.Law, everything: AllLawsCompared) -> None:
    ids = [compared.id for compared in everything.laws]
    some = list(combinations(ids, 2))[::67]
    assert all(agrees(law, everything, one, other) for one, other in [*WITH_EXCEPTIONS, *some])


@pytest.mark.parametrize(("on", "readings"), [(ON, False), (date(2012, 6, 1), True)])
def test_so_it_is_on_the_words_alone_and_in_the_past(law: palermo.Law, on: date, readings: bool) -> None:
    found = law.compare_all(on, readings=readings)
    ids = [compared.id for compared in found.laws]
    some = list(combinations(ids, 2))[7::211]
    assert all(agrees(law, found, one, other, readings) for one, other in [*WITH_EXCEPTIONS, *some])


def test_a_law_of_which_nothing_is_encoded_has_no_distance(law: palermo.Law) -> None:
    """Unknown is never no."""
    found = law.compare_all(date(1950, 1, 1))
    bare = {compared.id for compared in found.laws if not compared.offences}
    assert 1 < len(bare) < len(found.laws) - 1
    assert all(compared.incomplete for compared in found.laws if compared.id in bare)
    assert all((pair.distance is None) is bool({pair.first, pair.second} & bare) for pair in found.pairs)
    pair = next(pair for pair in found.pairs if len({pair.first, pair.second} & bare) == 1)
    (alone,) = law.compare(pair.first, pair.second, found.on).pairs
    assert alone.distance is None


def test_within_must_be_a_provision_with_conduct(law: palermo.Law) -> None:
    with pytest.raises(UnknownFormula, match="no conduct"):
        law.compare_all(ON, "palermo-protocol 5(1)")
