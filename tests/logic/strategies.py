"""Random law: formulas, theories and facts over a few concepts of every dimension."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import settings
from hypothesis import strategies as st

from palermo.logic.formula import AllOf, AnyOf, AtLeast, Fact, Formula, NoneOf
from palermo.logic.theory import Theory

CONCEPTS = (
    "act.harbouring",
    "act.transport",
    "means.coercion",
    "means.force",
    "person.child",
    "purpose.slavery",
    "result.slavery",
    "circumstance.cross-border",
)
ONLY_IN_THEORY = ("means.threat",)
"""A concept that no formula names, by way of which others may be linked."""

few = settings(deadline=None, max_examples=30)
many = settings(deadline=None, max_examples=80)

cites = st.none() | st.sampled_from(["art 3(a)", "s 2(1)"])


def some(concepts: Sequence[str]) -> st.SearchStrategy[set[str]]:
    """Any of the concepts, by the bits of one number."""
    chosen = st.integers(0, 2 ** len(concepts) - 1)
    return chosen.map(lambda bits: {concept for i, concept in enumerate(concepts) if bits >> i & 1})


def _nodes(parts: st.SearchStrategy[Formula], exceptions: bool) -> st.SearchStrategy[Formula]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    at_least = several.flatmap(lambda ps: st.builds(AtLeast, st.integers(1, len(ps)), st.just(ps), cites))
    plain = st.builds(AllOf, several, cites) | st.builds(AnyOf, several, cites) | at_least
    return plain | st.builds(NoneOf, several, cites) if exceptions else plain


def facts_in_law(concepts: Sequence[str] = CONCEPTS) -> st.SearchStrategy[Formula]:
    return st.builds(Fact, st.sampled_from(concepts), cites)


def formulas(concepts: Sequence[str] = CONCEPTS, exceptions: bool = True) -> st.SearchStrategy[Formula]:
    """Any expanded formula; without exceptions it only asks for facts and never for their absence."""
    return st.recursive(facts_in_law(concepts), lambda parts: _nodes(parts, exceptions), max_leaves=10)


def one_sided(asked: Sequence[str], excluded: Sequence[str], depth: int = 3) -> st.SearchStrategy[Formula]:
    """A formula in which no concept is asked for here and excluded there."""
    if depth == 0:
        return facts_in_law(asked)
    parts = one_sided(asked, excluded, depth - 1)
    exception = st.lists(one_sided(excluded, asked, depth - 1), min_size=1, max_size=2).map(tuple)
    return facts_in_law(asked) | _nodes(parts, exceptions=False) | st.builds(NoneOf, exception, cites)


def offences() -> st.SearchStrategy[Formula]:
    """A formula of the shape of an offence: a conjunction of lists, exceptions and deeper formulas."""
    listed = st.lists(facts_in_law(), min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
    elements = facts_in_law() | listed | formulas()
    return st.lists(elements, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))) | formulas()


@st.composite
def theories(draw: st.DrawFn, circles: bool = True) -> Theory:
    """Up to four implications; with circles, sometimes one the other way round."""
    concepts = st.sampled_from([*CONCEPTS, *ONLY_IN_THEORY])
    theory = Theory()
    for narrower, broader in draw(st.lists(st.tuples(concepts, concepts), max_size=4)):
        if narrower not in theory.close({broader}):
            theory |= Theory([(narrower, broader)])
    if circles and theory.implications and draw(st.booleans()):
        narrower, broader = min(theory.implications)
        theory |= Theory([(broader, narrower)])
    return theory


@st.composite
def known_facts(draw: st.DrawFn, theory: Theory) -> dict[str, bool]:
    """Some facts of a situation that the theory allows."""
    concepts = (*CONCEPTS, *ONLY_IN_THEORY)
    true = theory.close(draw(some(concepts)))
    return {concept: concept in true for concept in draw(some(concepts))}


def theories_with_facts(circles: bool = True) -> st.SearchStrategy[tuple[Theory, dict[str, bool]]]:
    return theories(circles).flatmap(lambda theory: st.tuples(st.just(theory), known_facts(theory)))
