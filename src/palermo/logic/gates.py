"""A network of `and` and `or` gates over inputs, made small: said shorter where that is sure, common pairs only once.

Every gate has a number. A gate's parts are a set, so that order and repetition make no difference, and an `and` in an
`and` is one gate. Nothing is negated: a network is for the known-true and the known-false bits side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from itertools import combinations

NONE, EVERY = 0, 1
"""The gates that give the same for all cases: false and true."""
Step = tuple[bool, int, int]
"""Whether it is an `and`, and what it is of: an earlier step from 0, or input i as -(i + 1)."""
_CONSTANT, _INPUT, _AND, _OR = range(4)
_Gate = tuple[int, frozenset[int]]


class Gates:
    """A network that grows from its inputs; equal gates have one number."""

    def __init__(self) -> None:
        self._gates: list[_Gate] = [(_CONSTANT, frozenset((0,))), (_CONSTANT, frozenset((1,)))]
        self._numbers = {gate: number for number, gate in enumerate(self._gates)}

    def input(self, number: int) -> int:
        """The gate of an input."""
        return self._gate(_INPUT, frozenset((number,)))

    def all(self, gates: Iterable[int]) -> int:
        """True where all of the gates are; with none, everywhere."""
        return self._of(_AND, gates)

    def any(self, gates: Iterable[int]) -> int:
        """True where any of the gates is; with none, nowhere."""
        return self._of(_OR, gates)

    def _gate(self, kind: int, parts: frozenset[int]) -> int:
        gate = (kind, parts)
        if gate not in self._numbers:
            self._numbers[gate] = len(self._gates)
            self._gates.append(gate)
        return self._numbers[gate]

    def _of(self, kind: int, gates: Iterable[int]) -> int:
        other, idle, settling = (_OR, EVERY, NONE) if kind == _AND else (_AND, NONE, EVERY)
        parts: set[int] = set()
        for gate in gates:
            its_kind, its_parts = self._gates[gate]
            parts |= its_parts if its_kind == kind else {gate}
        if settling in parts:
            return settling
        parts.discard(idle)
        lists = {part: self._gates[part][1] for part in sorted(parts) if self._gates[part][0] == other}
        for part, held in lists.items():
            # a part that another makes idle: a beside (a or b), and (a or b) beside (a or b or c)
            if not held.isdisjoint(parts) or any(o < held for o in lists.values()):
                parts.discard(part)
        times = Counter(p for part, held in lists.items() if part in parts for p in held)
        common = min(times, key=lambda p: (-times[p], p), default=None)
        if common is not None and times[common] > 1:
            # the part most lists share stands before them: (a and b) or (a and c) becomes a and (b or c)
            sharing = [part for part in lists if part in parts and common in lists[part]]
            left = self._of(kind, [self._of(other, lists[part] - {common}) for part in sharing])
            return self._of(kind, [*parts.difference(sharing), self._of(other, (common, left))])
        if len(parts) < 2:
            return parts.pop() if parts else idle
        return self._gate(kind, frozenset(parts))

    def steps(self, results: Sequence[int]) -> tuple[list[Step], list[int | bool]]:
        """The network as steps of two parts each, and where each result is found: a step, an input or a constant."""
        pairs = self._in_pairs(results)
        numbers: dict[int, int] = {}
        steps: list[Step] = []
        todo = [(gate, False) for gate in reversed(results) if gate > EVERY]
        while todo:
            gate, ready = todo.pop()
            if gate in numbers:
                continue
            kind, parts = pairs[gate]
            if kind == _INPUT:
                numbers[gate] = -parts[0] - 1
            elif not ready:
                todo += [(gate, True), *((part, False) for part in reversed(parts))]
            elif len(parts) == 1:
                numbers[gate] = numbers[parts[0]]
            else:
                numbers[gate] = len(steps)
                steps.append((kind == _AND, numbers[parts[0]], numbers[parts[1]]))
        return steps, [bool(gate) if gate <= EVERY else numbers[gate] for gate in results]

    def _in_pairs(self, results: Sequence[int]) -> dict[int, tuple[int, tuple[int, ...]]]:
        """The gates that results need, with at most two parts each.

        The pair of parts that most gates have becomes a gate of its own, over and over.
        """
        wide, todo = {}, list(results)
        pairs: dict[int, tuple[int, tuple[int, ...]]] = {}
        while todo:
            gate = todo.pop()
            kind, parts = self._gates[gate]
            if kind in (_AND, _OR) and gate not in wide:
                wide[gate] = (kind, set(parts))
                todo += parts
            elif kind == _INPUT:
                pairs[gate] = (kind, tuple(parts))
        users: dict[tuple[int, int, int], set[int]] = {}
        for gate in sorted(wide):
            kind, held = wide[gate]
            for one, other in combinations(sorted(held), 2):
                users.setdefault((kind, one, other), set()).add(gate)
        queue = [(-len(gates), pair) for pair, gates in users.items()]
        heapify(queue)
        number = len(self._gates)
        while queue:
            times, pair = heappop(queue)
            gates = users.get(pair, set())
            if len(gates) != -times:
                if gates:
                    heappush(queue, (-len(gates), pair))
                continue
            kind, one, other = pair
            pairs[number] = (kind, (one, other))
            del users[pair]
            for gate in sorted(gates):
                held = wide[gate][1]
                held -= {one, other}
                for part in held:
                    for old in (one, other):
                        users[kind, min(part, old), max(part, old)].discard(gate)
                    users.setdefault((kind, part, number), set()).add(gate)
                held.add(number)
            touched = {part for gate in gates for part in wide[gate][1] if part != number}
            for part in sorted(touched):
                heappush(queue, (-len(users[kind, part, number]), (kind, part, number)))
            number += 1
        pairs |= {gate: (kind, tuple(held)) for gate, (kind, held) in wide.items()}
        return pairs
