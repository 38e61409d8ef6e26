"""Pairs become persons: joined transitively, but never against what reviewers said."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from palermo.linkage.link import overlaps_of
from palermo.linkage.model import Pairs
from palermo.linkage.persons import bands, persons_of

RECORDS = 12
PAIR = st.tuples(st.integers(0, RECORDS - 1), st.integers(0, RECORDS - 1)).filter(lambda p: p[0] != p[1])
SCORED = st.lists(st.tuples(PAIR, st.floats(0.01, 1.0)), max_size=30)


def pairs_of(scored: list[tuple[tuple[int, int], float]]) -> Pairs:
    return Pairs(
        np.array([one for (one, _), _ in scored], np.int64),
        np.array([other for (_, other), _ in scored], np.int64),
        np.array([p for _, p in scored], np.float64),
    )


@given(SCORED)
def test_persons_are_the_connected_groups(scored: list[tuple[tuple[int, int], float]]) -> None:
    found = persons_of(RECORDS, pairs_of(scored), 0.5)
    groups = [{i} for i in range(RECORDS)]
    for (one, other), probability in scored:
        if probability >= 0.5:
            a = next(g for g in groups if one in g)
            b = next(g for g in groups if other in g)
            if a is not b:
                groups.remove(b)
                a |= b
    assert {frozenset(np.flatnonzero(found == n).tolist()) for n in found} == {frozenset(g) for g in groups}


@given(SCORED, st.lists(PAIR, max_size=6))
def test_nobody_said_to_be_two_persons_is_one(
    scored: list[tuple[tuple[int, int], float]], different: list[tuple[int, int]]
) -> None:
    found = persons_of(RECORDS, pairs_of(scored), 0.01, (), different)
    assert all(found[one] != found[other] for one, other in different)


@given(SCORED)
def test_taking_more_pairs_never_counts_more_persons(scored: list[tuple[tuple[int, int], float]]) -> None:
    counts = [len({*persons_of(RECORDS, pairs_of(scored), p).tolist()}) for p in (0.1, 0.5, 0.9)]
    assert counts == sorted(counts)


def test_where_a_chain_must_break_its_weakest_pair_gives() -> None:
    chain = pairs_of([((0, 1), 0.95), ((1, 2), 0.6), ((2, 3), 0.9)])
    found = persons_of(4, chain, 0.5, different=[(0, 3)])
    assert found.tolist() == [0, 0, 1, 1]


def test_answers_of_yes_come_first() -> None:
    found = persons_of(3, pairs_of([((0, 1), 0.99)]), 0.5, same=[(1, 2)], different=[(0, 2)])
    assert found.tolist() == [0, 1, 1]


def test_bands() -> None:
    assert bands(np.array([0.95, 0.9, 0.5, 0.1, 0.05]), 0.9, 0.1) == [
        "same",
        "same",
        "doubtful",
        "doubtful",
        "different",
    ]


def test_overlaps_count_each_person_once_for_each_set_of_agencies() -> None:
    names, overlaps, counts = overlaps_of(["a", "b", "a", "a", "b"], np.array([0, 0, 1, 1, 2]))
    assert names == ["a", "b"]
    assert overlaps == {("a", "b"): 1, ("a",): 1, ("b",): 1}
    assert [(c.records, c.persons) for c in counts] == [(3, 2), (2, 2)]
