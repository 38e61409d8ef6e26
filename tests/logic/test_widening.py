"""The smallest widening: it closes the gap, nothing smaller does, and it only widens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from palermo.logic.formula import AllOf, AnyOf, Fact, Formula, NoneOf, concepts_in, holds, nodes
from palermo.logic.scenarios import Comparison, dimension
from palermo.logic.theory import Theory
from palermo.logic.widening import Amendment, amend, smallest_widenings

from .brute import Situation, all_concepts, minimal, reached, situations, subsets
from .strategies import few, many, offences, theories

ALL = 1_000_000
laws = st.lists(offences(), min_size=1, max_size=2).map(lambda law: {f"s {i}": one for i, one in enumerate(law)})
a_gap = st.tuples(offences(), laws, theories())


def missed(required: Formula, law: Mapping[str, Formula], theory: Theory) -> list[Situation]:
    return [s for box in Comparison(required, AnyOf(tuple(law.values())), theory).gap() for s in box.scenarios()]


@many
@given(a_gap)
def test_every_smallest_widening_is_found_and_nothing_else(case: tuple[Formula, dict[str, Formula], Theory]) -> None:
    required, law, theory = case
    scenarios = missed(required, law, theory)
    found = smallest_widenings(scenarios, law, theory, most=ALL)
    closed = [theory.close(scenario) for scenario in scenarios]
    by_size = {
        size: {
            (offence, chosen)
            for offence, formula in law.items()
            for chosen in amendments_of(formula, closed, theory, size)
            if closed and all(holds(amend(formula, chosen), scenario) for scenario in closed)
        }
        for size in range(1, 4)
    }
    smallest = next((widenings for widenings in by_size.values() if widenings), set())
    if smallest or not found:
        assert {(w.offence, w.amendments) for w in found} == smallest
    else:
        assert all(len(widening.amendments) > 3 for widening in found)


def amendments_of(
    formula: Formula, closed: list[Situation], theory: Theory, size: int
) -> Iterator[tuple[Amendment, ...]]:
    """So many amendments of elements that keep out something, none inside another."""
    options = [list(options_for(path, element, closed, theory)) for path, element in elements(formula)]
    for places in combinations([some for some in options if some], size):
        paths = [amendments[0].path for amendments in places]
        if not any(b[: len(a)] == a for a, b in combinations(sorted(paths), 2)):
            yield from (tuple(sorted(chosen, key=lambda a: a.path)) for chosen in product(*places))


def elements(formula: Formula) -> Iterator[tuple[tuple[int, ...], Formula]]:
    """The parts of conjunctions outside exceptions."""
    at = {tuple(int(step) for step in path): node for path, node in nodes(formula)}
    for path, node in at.items():
        above = [at[path[:i]] for i in range(len(path))]
        if path and isinstance(above[-1], AllOf) and not any(isinstance(one, NoneOf) for one in above):
            yield path, node


def options_for(
    path: tuple[int, ...], element: Formula, closed: list[Situation], theory: Theory
) -> Iterator[Amendment]:
    out = [scenario for scenario in closed if not holds(element, scenario)]
    if out:
        yield Amendment(path, concepts_in(element), (), element.cite)
        kinds = {dimension(concept) for concept in listed(element)}
        for wanted in (kinds, {0}) if kinds else ():
            pools = [theory.core({c for c in scenario if dimension(c) in wanted}) for scenario in out]
            hitting = [s for s in subsets(frozenset().union(*pools)) if all(s & pool for pool in pools)]
            if hitting:
                fewest = min(map(len, hitting))
                adds = min(tuple(sorted(s)) for s in hitting if len(s) == fewest)
                yield Amendment(path, concepts_in(element), adds, element.cite)
                break


def listed(element: Formula) -> set[str]:
    """The alternatives that an element lists as mere facts."""
    if isinstance(element, AnyOf):
        return set().union(*(listed(part) for part in element.parts))
    return {element.concept} if isinstance(element, Fact) else set()


@few
@given(a_gap)
def test_new_conduct_is_counted_and_the_least_comes_first(case: tuple[Formula, dict[str, Formula], Theory]) -> None:
    required, law, theory = case
    found = smallest_widenings(missed(required, law, theory), law, theory, most=ALL)
    widened = [amend(law[widening.offence], widening.amendments) for widening in found]
    every = situations(theory, all_concepts(*law.values(), *widened))
    today = reached(AnyOf(tuple(law.values())), every)
    counts = [len(reached(formula, every) - today) for formula in widened]
    assert [widening.new_conduct for widening in found] == counts == sorted(counts)
    assert smallest_widenings(missed(required, law, theory), law, theory) == found[:3]


@few
@given(a_gap)
def test_an_amendment_only_widens_and_only_where_it_adds(case: tuple[Formula, dict[str, Formula], Theory]) -> None:
    required, law, theory = case
    for widening in smallest_widenings(missed(required, law, theory), law, theory):
        formula = law[widening.offence]
        widened = amend(formula, widening.amendments)
        added = {concept for amendment in widening.amendments for concept in amendment.adds}
        for situation in situations(theory, all_concepts(formula, widened)):
            assert holds(widened, situation) or not holds(formula, situation)
            if all(amendment.adds for amendment in widening.amendments) and not situation & added:
                assert holds(widened, situation) is holds(formula, situation)


@few
@given(offences(), laws, theories())
def test_without_exceptions_nothing_is_missed_after_the_widening(
    required: Formula, law: dict[str, Formula], theory: Theory
) -> None:
    if any(isinstance(node, NoneOf) for one in law.values() for _, node in nodes(one)):
        return
    for widening in smallest_widenings(missed(required, law, theory), law, theory):
        widened = {**law, widening.offence: amend(law[widening.offence], widening.amendments)}
        assert not missed(required, widened, theory)


def test_nothing_to_widen() -> None:
    scenario = frozenset({"act.sale"})
    assert smallest_widenings([scenario], {}, Theory()) == []
    assert smallest_widenings([], {"s 1": AllOf((Fact("act.sale"),))}, Theory()) == []
    assert smallest_widenings([scenario], {"s 1": Fact("act.sale")}, Theory()) == []
    assert smallest_widenings([scenario], {"s 1": NoneOf((Fact("act.sale"),))}, Theory()) == []


def test_a_scenario_that_another_offence_reaches_needs_no_widening() -> None:
    law = {
        "s 1": AllOf((Fact("act.sale"), Fact("person.child"))),
        "s 2": AllOf((Fact("act.sale"), Fact("purpose.slavery"))),
    }
    scenarios = [frozenset({"act.sale", "purpose.slavery"}), frozenset({"act.sale", "means.force"})]
    best, *_ = smallest_widenings(scenarios, law, Theory())
    assert best.amendments == (Amendment((1,), ("person.child",), ("means.force",)),)


def test_the_narrowest_words_are_added() -> None:
    theory = Theory([("purpose.prostitution-of-others", "purpose.commercial-sex")])
    law = {"s 1": AllOf((Fact("act.sale"), Fact("purpose.slavery", "s 1(b)")))}
    best, *_ = smallest_widenings([frozenset({"act.sale", "purpose.prostitution-of-others"})], law, theory)
    assert best.amendments == (Amendment((1,), ("purpose.slavery",), ("purpose.prostitution-of-others",), "s 1(b)"),)


def test_a_long_offence_with_many_branches_is_widened_without_trying_all_combinations() -> None:
    acts, means, purposes = (
        [f"{kind}.{i}" for i in range(n)] for kind, n in (("act", 12), ("means", 10), ("purpose", 9))
    )

    def branch(i: int) -> Formula:
        needed = [Fact(f"circumstance.{i}-{j}") for j in range(4)]
        lists = (AnyOf(tuple(Fact(c) for c in some[:3])) for some in (acts, means, purposes))
        return AllOf((*lists, *needed))

    law = {"s 1": AnyOf(tuple(branch(i) for i in range(6)))}
    scenarios = [frozenset(scenario) for scenario in product(acts, means, purposes)]
    found = smallest_widenings(scenarios, law, Theory(), most=1)
    assert [len(widening.amendments) for widening in found] == [7]
    assert minimal({frozenset(scenarios[0])}) == {scenarios[0]}
