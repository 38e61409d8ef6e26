"""How answers to parts make the answer to the whole: unknown is never no, and practice is not law."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.conformity.answers import combine
from palermo.conformity.findings import Answer, Verdict
from palermo.corpus.duty_tests import AllTests, AnyTest, Practice

ALL, ANY = AllTests((Practice(),)), AnyTest((Practice(),))
YES, PART, NO = Verdict.PROVIDED, Verdict.IN_PART, Verdict.NOT_PROVIDED
UNKNOWN, PRACTICE = Verdict.NOT_ENCODED, Verdict.PRACTICE


def whole(test: AllTests | AnyTest, *verdicts: Verdict) -> Verdict:
    return combine(test, tuple(Answer("measure", verdict, "-") for verdict in verdicts)).verdict


@pytest.mark.parametrize(
    ("test", "parts", "expected"),
    [
        (ALL, (YES, YES), YES),
        (ALL, (YES, NO), PART),
        (ALL, (NO, NO), NO),
        (ALL, (PART, NO), PART),
        (ALL, (YES, UNKNOWN), UNKNOWN),
        (ALL, (NO, UNKNOWN), UNKNOWN),
        (ALL, (YES, NO, UNKNOWN), PART),
        (ALL, (PART, UNKNOWN), PART),
        (ANY, (NO, YES), YES),
        (ANY, (YES, UNKNOWN), YES),
        (ANY, (NO, UNKNOWN), UNKNOWN),
        (ANY, (NO, NO), NO),
        (ANY, (NO, PRACTICE), PRACTICE),
        (ANY, (UNKNOWN, PRACTICE), UNKNOWN),
        (ANY, (PART, PRACTICE), PART),
        (ANY, (YES, PRACTICE), YES),
        (ALL, (YES, PRACTICE), PART),
        (ALL, (PRACTICE, PRACTICE), PRACTICE),
    ],
)
def test_combination(test: AllTests | AnyTest, parts: tuple[Verdict, ...], expected: Verdict) -> None:
    assert whole(test, *parts) is expected


VERDICTS = st.lists(st.sampled_from([YES, PART, NO, UNKNOWN]), min_size=1, max_size=4)


@given(st.sampled_from([ALL, ANY]), VERDICTS)
def test_an_answer_given_while_parts_are_unknown_stands_whatever_they_are(
    test: AllTests | AnyTest, parts: list[Verdict]
) -> None:
    answer = whole(test, *parts)
    settled = {
        whole(test, *choice) for choice in product(*((p,) if p is not UNKNOWN else (YES, PART, NO) for p in parts))
    }
    if answer is UNKNOWN:
        assert len(settled) > 1
    else:
        assert settled == {answer}
