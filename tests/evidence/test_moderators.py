"""Classes of States: words as they are, few numbers too, many parted at the median of what was before the treatment."""

from __future__ import annotations

import msgspec
import numpy as np

from palermo.evidence.impact_questions import moderator_names
from palermo.evidence.impact_sample import usable
from palermo.evidence.impact_study import Figure, Study, Trait
from palermo.evidence.moderators import classes_of

from .panels import sample, study


def with_figures(value_of: object, moderator: str = "income") -> tuple[Study, list[str | None]]:
    plain = study(sample(16), moderators=(moderator,))
    more = tuple(
        Figure(a.state, year, moderator, float(value_of(i, year)))  # type: ignore[operator]
        for i, a in enumerate(plain.adoptions)
        for year in range(2001, 2013)
    )
    asked = msgspec.structs.replace(plain, figures=(*plain.figures, *more))
    return asked, classes_of(asked, usable(asked)[0], moderator)


def test_numbers_are_parted_at_the_median_of_the_treated_before_they_were_treated() -> None:
    # after 2004 the figures turn round, which must not matter to the cohorts of 2005
    _, classes = with_figures(lambda i, year: i if year < 2005 else 100 - i)
    first = [found for i, found in enumerate(classes) if i % 4 == 0]
    assert first == sorted(first, key=lambda word: str(word).startswith("above"))
    assert {str(found).split(" ")[0] for found in classes} == {"up", "above"}


def test_few_numbers_are_classes_by_themselves() -> None:
    assert set(with_figures(lambda i, _: i % 3)[1]) == {"0", "1", "2"}


def test_a_state_without_a_figure_before_the_treatment_has_no_class() -> None:
    asked, _ = with_figures(lambda i, _: i)
    cut = tuple(f for f in asked.figures if f.indicator != "income" or f.state != "S00" or f.year >= 2005)
    changed = msgspec.structs.replace(asked, figures=cut)
    assert classes_of(changed, usable(changed)[0], "income")[0] is None


def test_words_are_classes() -> None:
    plain = study(sample(16), moderators=("tradition",))
    told = tuple(Trait(a.state, "tradition", "civil_law") for a in plain.adoptions[:5])
    asked = msgspec.structs.replace(plain, traits=told)
    classes = classes_of(asked, usable(asked)[0], "tradition")
    assert classes[:5] == ["civil_law"] * 5
    assert set(classes[5:]) == {None}


def test_the_fields_words_for_moderators_are_indicators() -> None:
    named = moderator_names(["resources", "tradition", "resources", "income"])
    assert named == ("gdp_per_head", "tradition", "income")


def test_an_effect_that_differs_by_class_is_found_in_each() -> None:
    from palermo.evidence.impact import estimate

    made = sample(40, noise=0.3, effects=0)
    strong = np.arange(40) % 8 < 4
    figures = made.figures + np.where(made.under & strong[:, None], 3.0, 0.0)
    plain = study(type(made)(made.states, made.years, figures, made.first), moderators=("kind",))
    told = tuple(Trait(s, "kind", "strong" if k else "weak") for s, k in zip(made.states, strong, strict=True))
    found = estimate(msgspec.structs.replace(plain, traits=told))
    by_class = {c.value: c for c in found.classes}
    assert by_class["strong"].low < 3 < by_class["strong"].high
    assert by_class["weak"].low < 0 < by_class["weak"].high
    assert found.differences[0].p < 0.001
