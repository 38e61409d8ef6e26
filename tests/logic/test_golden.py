"""Known law: the Palermo Protocol held against laws of the shapes there are, answers written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from palermo.logic.formula import Formula, parse
from palermo.logic.questions import decide
from palermo.logic.scenarios import Box, Comparison, Further
from palermo.logic.theory import Contradiction, Theory
from palermo.logic.truth import Truth
from palermo.logic.widening import Amendment, smallest_widenings

# Palermo Protocol (2237 UNTS 319), art 3
ACTS = ["act.harbouring", "act.receipt", "act.recruitment", "act.transfer", "act.transport"]
MEANS = [
    "means.abduction",
    "means.abuse-of-power",
    "means.abuse-of-vulnerability",
    "means.coercion",
    "means.deception",
    "means.force",
    "means.fraud",
    "means.payment-to-controller",
    "means.threat",
]
PURPOSES = [
    "purpose.forced-labour",
    "purpose.organ-removal",
    "purpose.practices-similar-to-slavery",
    "purpose.prostitution-of-others",
    "purpose.servitude",
    "purpose.sexual-exploitation",
    "purpose.slavery",
]
PROTOCOL = {
    "all": [
        {"any": ACTS, "cite": "art 3(a)"},
        {"any": [{"concept": "person.child", "cite": "art 3(c)"}, {"any": MEANS, "cite": "art 3(a)"}]},
        {"any": PURPOSES, "cite": "art 3(a), second sentence"},
    ]
}

# By definition: threat and use of force are forms of coercion (art 3(a): "or other forms of coercion"), exploiting
# the prostitution of others is a form of sexual exploitation ("or other forms"), a journey is arranged travel.
STRICT = Theory(
    [
        ("means.threat", "means.coercion"),
        ("means.force", "means.coercion"),
        ("purpose.prostitution-of-others", "purpose.sexual-exploitation"),
        ("act.transport", "circumstance.travel-arranged"),
    ]
)
# What is left once what another alternative takes in is left out
LEAST_MEANS = [means for means in MEANS if means not in ("means.force", "means.threat")]
LEAST_PURPOSES = [purpose for purpose in PURPOSES if purpose != "purpose.prostitution-of-others"]


def law(raw: Any) -> Formula:
    return parse(raw)


def side(concepts: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple((concept,) for concept in sorted(concepts))


NOTHING = ((),)
REQUIRED = law(PROTOCOL)


def test_the_protocol_has_240_minimal_scenarios() -> None:
    (box,) = Comparison(REQUIRED, REQUIRED, STRICT).reach()
    assert box == Box(
        side(ACTS), side([*LEAST_MEANS, "person.child"]), side(LEAST_PURPOSES), NOTHING, (True, True, True, False)
    )
    assert len(box.scenarios()) == 240


def test_a_law_that_does_not_list_organ_removal() -> None:
    """Art 3(a), second sentence: "the removal of organs" is among the minimum."""
    actual = law(
        {
            "all": [
                {"any": ACTS},
                {"any": ["person.child", *MEANS]},
                {"any": [p for p in PURPOSES if p != "purpose.organ-removal"], "cite": "s 1(3)"},
            ]
        }
    )
    comparison = Comparison(REQUIRED, actual, STRICT)
    assert not comparison.covered
    assert comparison.touched
    assert comparison.excess() == []
    (box,) = comparison.gap()
    assert box == Box(
        side(ACTS),
        side([*LEAST_MEANS, "person.child"]),
        side(["purpose.organ-removal"]),
        NOTHING,
        (True, True, False, False),
    )
    best, second = smallest_widenings(box.scenarios(), {"s 1": actual}, STRICT)
    element = tuple(p for p in PURPOSES if p != "purpose.organ-removal")
    assert best.amendments == (Amendment((2,), element, ("purpose.organ-removal",), "s 1(3)"),)
    assert second.amendments == (Amendment((2,), element, (), "s 1(3)"),)


def modern_slavery_act() -> Formula:
    """Modern Slavery Act 2015 s 2: arranging or facilitating travel with a view to exploitation (purposes of s 3)."""
    return law(
        {
            "all": [
                {"concept": "circumstance.travel-arranged", "cite": "s 2(1)"},
                {"any": [*ACTS, "act.exchange-of-control"], "cite": "s 2(3)"},
                {"any": PURPOSES, "cite": "s 3"},
            ]
        }
    )


def test_a_law_that_needs_travel() -> None:
    """Modern Slavery Act 2015 s 2: harbouring without travel is not reached; with travel arranged it is."""
    actual = modern_slavery_act()
    (box,) = Comparison(REQUIRED, actual, STRICT).gap()
    still = [act for act in ACTS if act != "act.transport"]
    assert box == Box(
        side(still),
        side([*LEAST_MEANS, "person.child"]),
        side(LEAST_PURPOSES),
        NOTHING,
        (False, True, True, False),
        (Further(("circumstance.travel-arranged",)),),
    )
    best, second = smallest_widenings(box.scenarios(), {"msa-2015/2": actual}, STRICT)
    assert best.amendments == (Amendment((0,), ("circumstance.travel-arranged",), tuple(still), "s 2(1)"),)
    assert second.amendments == (Amendment((0,), ("circumstance.travel-arranged",), (), "s 2(1)"),)


def test_a_law_that_asks_for_means_where_the_victim_is_a_child() -> None:
    """Art 3(c): no means needed for a child. Indian Penal Code s 370 asks for means whoever the person is."""
    actual = law({"all": [{"any": ACTS}, {"any": MEANS, "cite": "s 370(1)"}, {"any": PURPOSES}]})
    (box,) = Comparison(REQUIRED, actual, STRICT).gap()
    assert box == Box(
        side(ACTS),
        side(["person.child"]),
        side(LEAST_PURPOSES),
        NOTHING,
        (True, False, True, False),
        tuple(Further((means,)) for means in LEAST_MEANS),
    )
    best, *_ = smallest_widenings(box.scenarios(), {"ipc/370": actual}, STRICT)
    assert best.amendments == (Amendment((1,), tuple(MEANS), ("person.child",), "s 370(1)"),)


def test_a_law_without_means_goes_beyond() -> None:
    """Luxembourg, Code penal art 382-1: means only aggravate. Broader than the Protocol, hence no gap."""
    comparison = Comparison(REQUIRED, law({"all": [{"any": ACTS}, {"any": PURPOSES}]}), STRICT)
    assert comparison.covered
    assert comparison.gap() == []
    assert comparison.excess() == [
        Box(side(ACTS), NOTHING, side(LEAST_PURPOSES), NOTHING, (True, False, True, False)),
    ]


def test_an_umbrella_term_under_words_and_under_a_reading() -> None:
    """Swedish Criminal Code ch 4 s 1a says "unlawful coercion": on a reading it takes in threat and force."""
    required = law({"all": [{"any": ACTS}, {"any": ["means.force", "means.threat", "means.fraud"]}]})
    actual = law({"all": [{"any": ACTS}, {"any": ["means.coercion", "means.fraud"], "cite": "ch 4 s 1a"}]})
    words = Theory([("act.transport", "circumstance.travel-arranged")])
    reading = words | Theory([("means.threat", "means.coercion"), ("means.force", "means.coercion")])
    (box,) = Comparison(required, actual, words).gap()
    assert box == Box(side(ACTS), side(["means.force", "means.threat"]), NOTHING, NOTHING, (True, False, False, False))
    assert Comparison(required, actual, reading).covered
    assert Comparison(required, actual, reading).gap() == []


def test_a_narrow_term_leaves_the_rest_of_an_umbrella() -> None:
    """A law that lists force alone reaches coercion only where it is by force."""
    required = law({"all": ["act.recruitment", "means.coercion"]})
    actual = law({"all": ["act.recruitment", "means.force"]})
    (box,) = Comparison(required, actual, STRICT).gap()
    assert box == Box(
        side(["act.recruitment"]),
        side(["means.coercion"]),
        NOTHING,
        NOTHING,
        further=(Further(("means.force",)),),
    )


def test_a_law_that_needs_exploitation_carried_out_or_a_group() -> None:
    """Ways in that are facts of their own stand side by side; another act or purpose would be another scenario."""
    actual = law(
        {
            "any": [
                {"all": ["act.recruitment", "result.slavery"]},
                {"all": ["act.harbouring", "circumstance.organised-group", "purpose.slavery"]},
                {"all": ["act.transport", "purpose.servitude"]},
            ]
        }
    )
    required = law({"all": [{"any": ["act.recruitment", "act.harbouring"]}, "person.child", "purpose.slavery"]})
    assert Comparison(required, actual, STRICT).gap() == [
        Box(
            side(["act.harbouring"]),
            side(["person.child"]),
            side(["purpose.slavery"]),
            NOTHING,
            further=(Further(("circumstance.organised-group",)),),
        ),
        Box(
            side(["act.recruitment"]),
            side(["person.child"]),
            side(["purpose.slavery"]),
            NOTHING,
            further=(Further(("result.slavery",)),),
        ),
    ]


def test_an_exception_in_the_law_is_a_gap_of_its_own() -> None:
    """Where the law excuses relatives, the gap is the conduct of relatives, and no further fact brings it in."""
    required = law({"all": ["act.sale", "person.child"]})
    actual = law({"all": ["act.sale", "person.child", {"none": ["person.family-tie"], "cite": "s 4"}]})
    (box,) = Comparison(required, actual).gap()
    assert box.means == (("person.child", "person.family-tie"),)
    assert box.further == ()
    best, *_ = smallest_widenings(box.scenarios(), {"s 1": actual}, Theory())
    assert best.amendments == (Amendment((2,), ("person.family-tie",), (), "s 4"),)


def test_two_laws_of_equal_reach_have_no_distance() -> None:
    """The Protocol's one definition, and a law with one offence against children and one against adults."""
    split = law(
        {
            "any": [
                {"all": [{"any": ACTS}, "person.child", {"any": PURPOSES}], "cite": "s 1"},
                {"all": [{"any": ACTS}, {"any": LEAST_MEANS}, {"any": LEAST_PURPOSES}], "cite": "s 2"},
            ]
        }
    )
    there, back = Comparison(REQUIRED, split, STRICT), Comparison(split, REQUIRED, STRICT)
    assert there.covered
    assert back.covered
    assert there.distance() == back.distance() == 0.0
    assert Comparison(REQUIRED, law({"none": [PROTOCOL]}), STRICT).distance() == 1.0


@pytest.mark.parametrize(
    ("facts", "truth", "asked"),
    [
        ({}, Truth.OPEN, {*ACTS, "person.child", *LEAST_MEANS, *LEAST_PURPOSES}),
        ({"act.harbouring": True, "person.child": True}, Truth.OPEN, set(LEAST_PURPOSES)),
        ({"act.harbouring": True, "person.child": True, "purpose.begging": True}, Truth.OPEN, set(LEAST_PURPOSES)),
        ({"act.harbouring": True, "person.child": True, "purpose.slavery": True}, Truth.TRUE, set()),
        (
            {"act.harbouring": True, "person.child": False, "purpose.slavery": True, "means.coercion": False},
            Truth.OPEN,
            set(LEAST_MEANS) - {"means.coercion"},
        ),
        (dict.fromkeys(ACTS, False), Truth.FALSE, set()),
    ],
)
def test_what_still_matters_for_a_person_in_front_of_a_caseworker(
    facts: dict[str, bool], truth: Truth, asked: set[str]
) -> None:
    """Of a broader concept and its narrower ones only the broader is asked: it alone decides."""
    decision = decide(REQUIRED, facts, STRICT)
    assert decision.truth is truth
    assert set(decision.open_questions) == asked


def test_the_reasons_carry_their_citations() -> None:
    facts = {"act.harbouring": True, "means.threat": True, "person.child": False, "purpose.slavery": True}
    proof = decide(REQUIRED, facts, STRICT).proof
    act, person, purpose = proof.because
    assert proof.truth is Truth.TRUE
    assert (act.cite, purpose.cite) == ("art 3(a)", "art 3(a), second sentence")
    (means,) = person.because
    (reason,) = means.because
    assert (means.cite, reason.concept, reason.given) == ("art 3(a)", "means.coercion", False)


def test_facts_that_cannot_be() -> None:
    with pytest.raises(Contradiction) as caught:
        decide(REQUIRED, {"means.threat": True, "means.coercion": False}, STRICT)
    assert (caught.value.narrower, caught.value.broader) == ("means.threat", "means.coercion")


def test_a_page_of_scenarios_is_merged_into_few_boxes() -> None:
    """A law short of one act, one means and one purpose, of which each alone is a box."""
    actual = law(
        {
            "all": [
                {"any": ACTS[1:]},
                {"any": ["person.child", *MEANS[1:]]},
                {"any": [p for p in PURPOSES if p != "purpose.organ-removal"]},
            ]
        }
    )
    comparison = Comparison(REQUIRED, actual, STRICT)
    assert len(comparison.missed) == 240 - 4 * 7 * 5
    boxes = comparison.gap()
    assert [(len(b.act), len(b.means), len(b.purpose)) for b in boxes] == [(1, 8, 6), (5, 8, 1), (5, 1, 6)]
    assert [b.all_of[:3] for b in boxes] == [(False, True, True), (True, True, False), (True, False, True)]
