"""Many cases at once: three-valued evaluation on packed bits, 64 cases in a word.

Each concept has two planes: the cases where it is known to be true, and those where it is known to be false; where
neither bit is set it is unknown. A formula becomes a program of `and` and `or` over planes, in which parts shared
between formulas are computed once. What it gives is what `questions.decide` gives for every single case.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from palermo.logic.formula import AllOf, AtLeast, Fact, Formula, Named, NoneOf, parts_of
from palermo.logic.theory import Theory

if TYPE_CHECKING:
    from oxidd.bdd import BDDFunction

    from palermo.logic.space import Space

Words = NDArray[np.uint64]
Pair = tuple[int, int]
"""The steps that give the plane of known-true cases and that of known-false ones."""

CHUNK = 4096
"""Words evaluated at a time: 32 KiB a plane, so that the planes at work stay in the cache."""
NONE, EVERY = 0, 1
_AND, _OR, _INPUT, _CONSTANT = range(4)


class Program:
    """Formulas compiled for cases of which some concepts are recorded.

    `concepts` are the recorded ones, in the order in which their planes are to be given; `outputs` the names of the
    formulas. `contradictory` is the plane of cases whose facts contradict the theory: what the program says of those
    means nothing.
    """

    def __init__(self, formulas: Mapping[str, Formula], concepts: Sequence[str], theory: Theory | None = None) -> None:
        self.concepts = tuple(concepts)
        self.outputs = tuple(formulas)
        self.theory = theory or Theory()
        self._steps: list[tuple[int, int, int]] = [(_CONSTANT, 0, 0), (_CONSTANT, 1, 0)]
        self._known: dict[tuple[int, int, int], int] = {}
        self._facts: dict[str, Pair] = {}
        self._formulas: dict[Formula, Pair] = {}
        pairs = [self._formula(formula) for formula in formulas.values()]
        clash = self._any(self._and(*self._fact(concept)) for concept in self.concepts)
        self._results = [step for pair in pairs for step in pair] + [clash]
        self._plan, self._sources, self._slots = _planned(self._steps, self._results)

    @property
    def steps(self) -> int:
        """How many operations on planes the program takes."""
        return len(self._plan)

    def plain_steps(self) -> list[tuple[bool, int, int]]:
        """The program for an engine of another kind: whether each step is an `and`, and what it is of.

        A number from 0 is an earlier step, -(i + 1) an input: the known-true planes of `concepts` and then the
        known-false ones.
        """
        return self._plain_plan()[0]

    def plain_results(self) -> list[int | bool]:
        """Where the results are found: a step, an input, or the same for all cases.

        For each output known-true and known-false, and contradictory at the end.
        """
        return self._plain_plan()[1]

    def _plain_plan(self) -> tuple[list[tuple[bool, int, int]], list[int | bool]]:
        numbers: dict[int, int] = {}
        plan: list[tuple[bool, int, int]] = []
        for step in sorted(_needed(self._steps, self._results)):
            kind, one, other = self._steps[step]
            if kind == _INPUT:
                numbers[step] = -one - 1
            elif kind in (_AND, _OR):
                plan.append((kind == _AND, numbers[one], numbers[other]))
                numbers[step] = len(plan) - 1
        return plan, [bool(r) if r in (NONE, EVERY) else numbers[r] for r in self._results]

    def evaluate(
        self, true: Sequence[Words], false: Sequence[Words], length: int
    ) -> tuple[list[Words], list[Words], Words]:
        """Known-true and known-false planes of every output, and the plane of contradictory cases.

        `true` and `false` hold a plane of `length` words for each of `concepts`. Bits past the last case come out
        as whatever they make; the caller cuts them off.
        """
        results = [np.empty(length, dtype=np.uint64) for _ in self._results]
        inputs = [*true, *false]
        starts = range(0, length, CHUNK)
        workers = min(os.cpu_count() or 1, len(starts))
        if workers > 1:
            with ThreadPoolExecutor(workers) as pool:
                parts = [starts[i::workers] for i in range(workers)]
                list(pool.map(lambda part: self._run(part, inputs, results), parts))
        else:
            self._run(starts, inputs, results)
        return results[:-1:2], results[1:-1:2], results[-1]

    def _run(self, starts: Iterable[int], inputs: Sequence[Words], results: Sequence[Words]) -> None:
        room = np.empty((self._slots, CHUNK), dtype=np.uint64)
        for start in starts:
            stop = min(start + CHUNK, len(results[0]))
            here = [plane[: stop - start] for plane in room]
            given = [plane[start:stop] for plane in inputs]
            for is_and, one, other, to in self._plan:
                a = given[-one - 1] if one < 0 else here[one]
                b = given[-other - 1] if other < 0 else here[other]
                (np.bitwise_and if is_and else np.bitwise_or)(a, b, out=here[to])
            for result, source in zip(results, self._sources, strict=True):
                if isinstance(source, bool):
                    result[start:stop] = np.uint64(0xFFFFFFFFFFFFFFFF if source else 0)
                else:
                    result[start:stop] = given[-source - 1] if source < 0 else here[source]

    # --- compiling ----------------------------------------------------------------------------------
    def _step(self, kind: int, one: int, other: int) -> int:
        step = (kind, min(one, other), max(one, other)) if kind in (_AND, _OR) else (kind, one, other)
        if step not in self._known:
            self._known[step] = len(self._steps)
            self._steps.append(step)
        return self._known[step]

    def _and(self, one: int, other: int) -> int:
        if NONE in (one, other):
            return NONE
        if one in (EVERY, other):
            return other
        return one if other == EVERY else self._step(_AND, one, other)

    def _or(self, one: int, other: int) -> int:
        if EVERY in (one, other):
            return EVERY
        if one in (NONE, other):
            return other
        return one if other == NONE else self._step(_OR, one, other)

    def _all(self, bits: Iterable[int]) -> int:
        result = EVERY
        for bit in sorted(set(bits)):
            result = self._and(result, bit)
        return result

    def _any(self, bits: Iterable[int]) -> int:
        result = NONE
        for bit in sorted(set(bits)):
            result = self._or(result, bit)
        return result

    def _fact(self, concept: str) -> Pair:
        """A concept is known to be true where something that entails it is, false where something it entails is."""
        if concept not in self._facts:
            count, above = len(self.concepts), self.theory.above(concept)
            true = [i for i, c in enumerate(self.concepts) if c == concept or concept in self.theory.above(c)]
            false = [i for i, c in enumerate(self.concepts) if c == concept or c in above]
            self._facts[concept] = (
                self._any(self._step(_INPUT, i, 0) for i in true),
                self._any(self._step(_INPUT, count + i, 0) for i in false),
            )
        return self._facts[concept]

    def _formula(self, formula: Formula) -> Pair:
        return self._plain(formula) if plain_is_exact(formula, self.theory) else self._by_diagram(formula)

    def _plain(self, formula: Formula) -> Pair:
        """Strong Kleene logic, part by part."""
        if formula in self._formulas:
            return self._formulas[formula]
        if isinstance(formula, Fact):
            pair = self._fact(formula.concept)
        elif isinstance(formula, AtLeast):
            parts = [self._plain(part) for part in formula.parts]
            pair = (
                self._at_least(formula.n, [true for true, _ in parts]),
                self._at_least(len(parts) - formula.n + 1, [false for _, false in parts]),
            )
        elif isinstance(formula, Named):
            raise ValueError(f"expand the formula first: it names {formula.name}")
        else:
            parts = [self._plain(part) for part in formula.parts]
            if isinstance(formula, AllOf):
                pair = (self._all(true for true, _ in parts), self._any(false for _, false in parts))
            else:
                true, false = self._any(true for true, _ in parts), self._all(false for _, false in parts)
                pair = (false, true) if isinstance(formula, NoneOf) else (true, false)
        self._formulas[formula] = pair
        return pair

    def _at_least(self, n: int, bits: Sequence[int]) -> int:
        reached = [EVERY, *([NONE] * n)]
        for bit in bits:
            for k in range(n, 0, -1):
                reached[k] = self._or(reached[k], self._and(reached[k - 1], bit))
        return reached[n]

    def _by_diagram(self, formula: Formula) -> Pair:
        """Walk the diagram: where a concept is unknown both ways must lead to the answer."""
        from palermo.logic.space import Space

        space = Space((formula,), self.theory)
        diagram = space.diagram(formula)
        return self._everywhere(space, space.world.imp(diagram)), self._everywhere(space, space.world.imp(~diagram))

    def _everywhere(self, space: Space, diagram: BDDFunction) -> int:
        seen: dict[BDDFunction, int] = {}

        def walk(node: BDDFunction) -> int:
            if node not in seen:
                children = node.cofactors()
                if children is None:
                    seen[node] = EVERY if node.satisfiable() else NONE
                else:
                    true, false = self._fact(space.concept_of(node))
                    with_it, without_it = walk(children[0]), walk(children[1])
                    seen[node] = self._and(self._or(false, with_it), self._or(true, without_it))
            return seen[node]

        return walk(diagram)


def plain_is_exact(formula: Formula, theory: Theory) -> bool:
    """Whether strong Kleene logic, after the facts are completed by the theory, is exact for a formula.

    It is where no concept occurs both inside and outside an exception, and no concept entails one of the other side:
    then the unknown concepts can all take their worst value at once, and all their best.
    """
    sides: dict[str, bool] = {}
    for concept, outside in _occurrences(formula, True):
        if sides.setdefault(concept, outside) != outside:
            return False
    return all(sides[narrower] == sides[broader] for narrower, broader in theory.among(sides))


def _occurrences(formula: Formula, outside: bool) -> Iterator[tuple[str, bool]]:
    if isinstance(formula, Fact):
        yield formula.concept, outside
    for part in parts_of(formula):
        yield from _occurrences(part, outside != isinstance(formula, NoneOf))


def _needed(steps: Sequence[tuple[int, int, int]], results: Sequence[int]) -> set[int]:
    needed, todo = set(), list(results)
    while todo:
        step = todo.pop()
        if step not in needed:
            needed.add(step)
            kind, one, other = steps[step]
            if kind in (_AND, _OR):
                todo += (one, other)
    return needed


Plan = list[tuple[bool, int, int, int]]


def _planned(steps: Sequence[tuple[int, int, int]], results: Sequence[int]) -> tuple[Plan, list[int | bool], int]:
    """The operations that the results need, with places for their planes, each used again once it is free.

    In the plan a place is a number from 0, and input i is -(i + 1). Gives the plan, where each result is found (or
    what it is throughout), and how many places there are.
    """
    needed = _needed(steps, results)
    last = {}
    for step in sorted(needed):
        kind, one, other = steps[step]
        if kind in (_AND, _OR):
            last[one] = last[other] = step
    kept, places, free, plan, size = set(results), {}, [], [], 0
    for step in sorted(needed):
        kind, one, other = steps[step]
        if kind == _INPUT:
            places[step] = -one - 1
        if kind not in (_AND, _OR):
            continue
        sources = (places[one], places[other])
        for used in {one, other}:
            if last[used] == step and used not in kept and places[used] >= 0:
                free.append(places[used])
        if not free:
            free.append(size)
            size += 1
        places[step] = free.pop()
        plan.append((kind == _AND, *sources, places[step]))
    sources_of = [bool(steps[r][1]) if steps[r][0] == _CONSTANT else places[r] for r in results]
    return plan, sources_of, size
