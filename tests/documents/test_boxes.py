"""Boxes drawn as columns: exactly the choices of the box are marked, beside all that the definition knows."""

from __future__ import annotations

from itertools import product

import palermo
from palermo.corpus.lookup import formula_of_provision, strict_theory
from palermo.logic.formula import AllOf, AnyOf, Fact
from palermo.logic.scenarios import Comparison
from palermo.reports.boxes import INSIDE, box_table, choices_known, columns


def test_the_marked_choices_are_the_scenarios_of_the_box(law: palermo.Law) -> None:
    theory = strict_theory(law.corpus)
    required = formula_of_provision(law.corpus, None, "palermo-protocol 3")
    # a law that knows one act, two means and one purpose of the definition
    narrow = AllOf(
        (
            Fact("act.transport"),
            AnyOf((Fact("means.coercion"), Fact("means.deception"))),
            Fact("purpose.slavery"),
        )
    )
    known = choices_known(required, theory)
    missed = Comparison(required, narrow, theory)
    drawn_scenarios = set()
    for box in missed.gap():
        drawn = columns(law.corpus, known, box)
        marked = [[of.concepts for of in column.choices if of.inside] for column in drawn]
        scenarios = {frozenset(c for choice in combination for c in choice) for combination in product(*marked)}
        assert scenarios == set(box.scenarios())
        drawn_scenarios |= scenarios
        assert [column.head for column in drawn] == ["Act", "Means", "Purpose"]
        assert len(drawn[0].choices) == 5  # the five acts of article 3(a)
    assert len(drawn_scenarios) == len(missed.missed)


def test_a_kind_of_a_choice_is_named_under_it(law: palermo.Law) -> None:
    theory = strict_theory(law.corpus)
    known = choices_known(formula_of_provision(law.corpus, None, "palermo-protocol 3"), theory)
    assert "purpose.prostitution-of-others" in known.kinds["purpose.sexual-exploitation"]
    assert ("purpose.prostitution-of-others",) not in known.choices[2]


def test_whole_is_said_only_where_a_box_takes_in_all_that_the_definition_knows(law: palermo.Law) -> None:
    theory = strict_theory(law.corpus)
    required = formula_of_provision(law.corpus, None, "palermo-protocol 3")
    known = choices_known(required, theory)
    (box,) = Comparison(required, Fact("act.transport"), theory).gap()
    acts, means, purposes = columns(law.corpus, known, box)
    assert not acts.whole
    assert means.whole == "any means, or none for a child"
    assert purposes.whole == "any purpose"


def test_the_table_has_a_sign_before_each_choice(law: palermo.Law) -> None:
    theory = strict_theory(law.corpus)
    required = formula_of_provision(law.corpus, None, "palermo-protocol 3")
    (box,) = Comparison(required, Fact("act.transport"), theory).gap()
    table = box_table(law.corpus, columns(law.corpus, choices_known(required, theory), box), "what is left")
    acts = ["".join(span.text for span in row[0]) for row in table.rows if row[0]]
    assert len(acts) == 5
    assert [act for act in acts if not act.startswith(INSIDE)] == ["\N{WHITE SQUARE} transport"]
