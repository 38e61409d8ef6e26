"""A network of gates gives what its formulas say, in few steps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from palermo.logic.gates import EVERY, NONE, Gates

from .strategies import many

INPUTS = 6


def of(steps: list[tuple[bool, int, int]], found: int | bool, bits: int) -> bool:
    values: list[bool] = []

    def value(number: int) -> bool:
        return values[number] if number >= 0 else bool(bits >> (-number - 1) & 1)

    for is_and, one, other in steps:
        values.append(value(one) and value(other) if is_and else value(one) or value(other))
    return found if isinstance(found, bool) else value(found)


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[int], list[list[int]], Gates]:
    """Gates with what each must give for every input."""
    gates = Gates()
    known = [NONE, EVERY, *(gates.input(i) for i in range(INPUTS))]
    rows = range(2**INPUTS)
    tables = [[0] * len(rows), [1] * len(rows), *([bits >> i & 1 for bits in rows] for i in range(INPUTS))]
    for _ in range(draw(st.integers(1, 12))):
        chosen = draw(st.lists(st.integers(0, len(known) - 1), max_size=5))
        every = draw(st.booleans())
        known.append((gates.all if every else gates.any)(known[i] for i in chosen))
        join = all if every else any
        tables.append([int(join(tables[i][bits] for i in chosen)) for bits in rows])
    return known, tables, gates


@many
@given(networks())
def test_it_gives_what_was_asked(network: tuple[list[int], list[list[int]], Gates]) -> None:
    known, tables, gates = network
    steps, found = gates.steps(known)
    for result, table in zip(found, tables, strict=True):
        assert [of(steps, result, bits) for bits in range(2**INPUTS)] == [bool(bit) for bit in table]


def test_what_several_gates_share_is_one_step() -> None:
    gates = Gates()
    a, b, c, d = (gates.input(i) for i in range(4))
    steps, _ = gates.steps([gates.any((a, b, c)), gates.any((a, b, d)), gates.any((b, a))])
    assert len(steps) == 3


def test_what_makes_no_difference_is_left_out() -> None:
    gates = Gates()
    a, b, c = (gates.input(i) for i in range(3))
    assert gates.all((a, gates.any((a, b)))) == a
    assert gates.any((gates.any((a, b)), c)) == gates.any((c, b, a))
    assert gates.any((gates.all((a, b)), gates.all((a, c)))) == gates.all((a, gates.any((b, c))))
