"""Many cases at once: three-valued evaluation on packed bits, 64 cases in a word.

Each concept has two planes: the cases where it is known to be true, and those where it is known to be false; where
neither bit is set it is unknown. A formula becomes a program of `and` and `or` over planes, in which parts shared
between formulas are computed once. What it gives is what `questions.decide` gives for every single case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from palermo.logic.formula import AllOf, AtLeast, Fact, Formula, Named, NoneOf
from palermo.logic.gates import EVERY, NONE, Gates, Step
from palermo.logic.kleene import told_apart
from palermo.logic.theory import Theory

Words = NDArray[np.uint64]
Pair = tuple[int, int]
"""The gates that give the plane of known-true cases and that of known-false ones."""

CHUNK = 8000
"""Words evaluated at a time, so that the planes at work stay in the cache.

No power of two, which would put all planes at the same places of it. One thread: steps are too short to share out.
"""


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
        self._gates = Gates()
        self._facts: dict[str, Pair] = {}
        self._formulas: dict[Formula, Pair] = {}
        pairs = [self._formula(told_apart(formula, self.theory)) for formula in formulas.values()]
        clash = self._gates.any(self._gates.all(self._fact(concept)) for concept in self.concepts)
        self._steps, self._sources = self._gates.steps([*(gate for pair in pairs for gate in pair), clash])
        placed = _placed(self._steps, self._sources, 2 * len(self.concepts))
        self._plan, self._found, self._slots, self._written = placed

    @property
    def steps(self) -> int:
        """How many operations on planes the program takes."""
        return len(self._steps)

    def plain_steps(self) -> list[tuple[bool, int, int]]:
        """The program for an engine of another kind: whether each step is an `and`, and what it is of.

        A number from 0 is an earlier step, -(i + 1) an input: the known-true planes of `concepts` and then the
        known-false ones.
        """
        return self._steps

    def plain_results(self) -> list[int | bool]:
        """Where the results are found: a step, an input, or the same for all cases.

        For each output known-true and known-false, and contradictory at the end.
        """
        return self._sources

    def evaluate(
        self, true: Sequence[Words], false: Sequence[Words], length: int
    ) -> tuple[list[Words], list[Words], Words]:
        """Known-true and known-false planes of every output, and the plane of contradictory cases.

        `true` and `false` hold a plane of `length` words for each of `concepts`. Bits past the last case come out
        as whatever they make; the caller cuts them off. Equal planes may be one array: they are to be read only.
        """
        planes = [*true, *false]
        planes += [np.empty(length, dtype=np.uint64) for _ in range(self._written)]
        room = np.empty((self._slots, CHUNK), dtype=np.uint64)
        for start in range(0, length if self._plan else 0, CHUNK):
            stop = min(start + CHUNK, length)
            here = [plane[: stop - start] for plane in room]
            here += [plane[start:stop] for plane in planes]
            for combine, one, other, to in self._plan:
                combine(here[one], here[other], here[to])
        constant = {False: np.zeros(length, dtype=np.uint64), True: np.full(length, ~np.uint64(0))}
        results = [constant[r] if isinstance(r, bool) else planes[r - self._slots] for r in self._found]
        return results[:-1:2], results[1:-1:2], results[-1]

    # --- compiling ----------------------------------------------------------------------------------
    def _fact(self, concept: str) -> Pair:
        """A concept is known to be true where something that entails it is, false where something it entails is."""
        if concept not in self._facts:
            count, above = len(self.concepts), self.theory.above(concept)
            true = [i for i, c in enumerate(self.concepts) if c == concept or concept in self.theory.above(c)]
            false = [count + i for i, c in enumerate(self.concepts) if c == concept or c in above]
            gates = self._gates
            self._facts[concept] = (gates.any(map(gates.input, true)), gates.any(map(gates.input, false)))
        return self._facts[concept]

    def _formula(self, formula: Formula) -> Pair:
        """Strong Kleene logic, part by part."""
        if formula in self._formulas:
            return self._formulas[formula]
        gates = self._gates
        if isinstance(formula, Fact):
            pair = self._fact(formula.concept)
        elif isinstance(formula, Named):
            raise ValueError(f"expand the formula first: it names {formula.name}")
        else:
            parts = [self._formula(part) for part in formula.parts]
            true, false = [t for t, _ in parts], [f for _, f in parts]
            if isinstance(formula, AtLeast):
                pair = self._at_least(formula.n, true), self._at_least(len(parts) - formula.n + 1, false)
            elif isinstance(formula, AllOf):
                pair = gates.all(true), gates.any(false)
            elif isinstance(formula, NoneOf):
                pair = gates.all(false), gates.any(true)
            else:
                pair = gates.any(true), gates.all(false)
        self._formulas[formula] = pair
        return pair

    def _at_least(self, n: int, bits: Sequence[int]) -> int:
        gates = self._gates
        reached = [EVERY, *([NONE] * n)]
        for bit in bits:
            for k in range(n, 0, -1):
                reached[k] = gates.any((reached[k], gates.all((reached[k - 1], bit))))
        return reached[n]


Plan = list[tuple[Any, int, int, int]]


def _placed(
    steps: Sequence[Step], results: Sequence[int | bool], inputs: int
) -> tuple[Plan, list[int | bool], int, int]:
    """The operations with places for their planes.

    First come the places for what lies between, each used again once it is free; then the inputs; then the results
    that a step writes. Gives the plan, where each result is found, how many places lie between and how many are
    written.
    """
    kept = list(dict.fromkeys(r for r in results if not isinstance(r, bool) and r >= 0))
    last = {part: number for number, (_, *parts) in enumerate(steps) for part in parts}
    between: dict[int, int] = {}
    free: list[int] = []
    slots = 0
    for number, (_, *parts) in enumerate(steps):
        free += [between[part] for part in {*parts} if part in between and last[part] == number]
        if number not in kept:
            if not free:
                free.append(slots)
                slots += 1
            between[number] = free.pop()

    def place(gate: int) -> int:
        if gate < 0:
            return slots - gate - 1
        return between[gate] if gate in between else slots + inputs + kept.index(gate)

    plan = [
        (np.bitwise_and if is_and else np.bitwise_or, place(one), place(other), place(number))
        for number, (is_and, one, other) in enumerate(steps)
    ]
    found = [result if isinstance(result, bool) else place(result) for result in results]
    return plan, found, slots, len(kept)
