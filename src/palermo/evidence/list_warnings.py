"""What lists of cases cannot support, said aloud beside an estimate that rests on them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from palermo.evidence.capture_lists import CaptureLists
from palermo.evidence.hidden_population import Bootstrap, Caveat, HiddenPopulation, Posterior

_FEW_SHARED = 20
_WIDE = 3.0
_NEAR = 6.0
"""Up to which difference in BIC a model still competes."""
_FEW_DRAWS = 2000


def warnings_of(lists: CaptureLists, found: HiddenPopulation, ends: tuple[float, float] | None) -> list[Caveat]:
    """What the lists cannot support. `ends` are the least and the greatest estimate of all resamples."""
    said: list[Caveat] = []

    def warn(kind: str, text: str) -> None:
        said.append(Caveat(kind, text))

    filled = [i for i, size in enumerate(found.lists) if size.cases]
    if empty := [size.name for size in found.lists if not size.cases]:
        warn("empty-list", f"Nobody stands on {', '.join(empty)}: it tells nothing.")
    apart = [(a, b) for a, b in combinations(filled, 2) if not lists.overlap(1 << a | 1 << b)]
    if apart:
        named = ", ".join(lists.label(1 << a | 1 << b) for a, b in apart)
        warn(
            "no-overlap",
            f"No case stands on both lists of {len(apart)} of {len(filled) * (len(filled) - 1) // 2} pairs ({named}). "
            "Chance, or two lists that exclude each other: the figures alone cannot tell.",
        )
    for a, b in ((a, b) for a in filled for b in filled if a != b):
        if lists.overlap(1 << a) == lists.overlap(1 << a | 1 << b):
            warn(
                "nested",
                f"Every case on {lists.names[a]} stands on {lists.names[b]} too. If one list is made from the other, "
                "they are one list: leave one out.",
            )
    if found.shared < _FEW_SHARED:
        warn("few-shared", f"Only {found.shared} cases stand on more than one list; the whole estimate rests on them.")
    if len(filled) < 3:
        warn("two-lists", "With two lists their independence is assumed; nothing in the figures can show otherwise.")
    elif found.method != "bayes" and not _all_pairs_possible(lists):
        warn(
            "not-all-pairs",
            "The model with every two-list interaction has no estimate for these lists, so dependence between lists "
            "cannot be judged in full.",
        )
    near = [other.estimate for other in found.competitors if other.bic - found.competitors[0].bic < _NEAR]
    if near and max(near) > 1.5 * min(near):
        warn(
            "models-disagree",
            f"Models that fit nearly as well (BIC within {_NEAR:.0f}) give from {min(near):,.0f} to {max(near):,.0f}.",
        )
    wide = found.main_interval
    if wide and (wide.high is None or wide.high > _WIDE * wide.low):
        warn("wide", "The 95 % interval is so wide that the figure says little more than an order of magnitude.")
    if found.bootstrap and ends:
        _warn_of_bootstrap(found, found.bootstrap, ends, warn)
    if found.posterior:
        _warn_of_posterior(found.posterior, found.threshold or 0.0, warn)
    return said


def _warn_of_bootstrap(
    found: HiddenPopulation, bootstrap: Bootstrap, ends: tuple[float, float], warn: Callable[[str, str], None]
) -> None:
    if bootstrap.without_estimate:
        warn(
            "resamples-without-estimate",
            f"{bootstrap.without_estimate} of {bootstrap.resamples} resamples have no finite estimate.",
        )
    share = {chosen.interactions: chosen.share for chosen in bootstrap.models}.get(found.interactions, 0.0)
    if share < 0.5 and found.method not in {"main", "model"}:
        warn("unstable-choice", f"Only {share:.0%} of resamples choose this model; the choice of a model is uncertain.")
    bca = [i for i in found.intervals if i.kind == "bca"]
    if any(i.low <= ends[0] or i.high is None or i.high >= ends[1] for i in bca):
        warn(
            "end-of-resamples",
            "An end of a bootstrap interval is the outermost of all resamples, so it moves with the seed.",
        )


def _warn_of_posterior(posterior: Posterior, threshold: float, warn: Callable[[str, str], None]) -> None:
    warn(
        "choice-taken-as-certain",
        "The interval takes the interactions that were retained as certain; the doubt about them is not in it.",
    )
    for strength in posterior.strengths:
        if strength.otherwise is not None:
            turned = "were left out" if strength.retained else "were retained"
            warn(
                "near-the-threshold",
                f"{strength.term} is {strength.deviations:.2f} deviations away from zero, hardly off the threshold of "
                f"{threshold:g}. If it {turned}, about {strength.otherwise:,.0f} cases would be the answer.",
            )
    if posterior.effective < _FEW_DRAWS:
        warn(
            "few-draws",
            f"The draws are worth only {posterior.effective:,.0f} of equal weight, so the ends of the interval are "
            "rough: the model has more terms than these lists can tell.",
        )


def _all_pairs_possible(lists: CaptureLists) -> bool:
    from palermo.evidence.loglinear import Space, fit

    space = Space(len(lists.names))
    return bool(fit(space, space.counts(lists.cases), space.sizes <= 2).usable[0])
