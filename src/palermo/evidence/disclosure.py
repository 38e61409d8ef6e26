"""Publishing counts so that no small one is shown or can be worked out: primary and complementary suppression.

A count under the threshold is suppressed. Then further cells are, until whoever holds all tables of the release can
narrow no suppressed cell to less than the protection asked for (`attack.bounds`); the cells chosen are those through
which, by a linear program, the cell at risk can move at the least cost in what is published. Margins are dearest.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack, vstack

from palermo.evidence.attack import Bounds, System, bounds
from palermo.evidence.release import TOTAL, Cell, Mark, Release, Value

_EPS = 1e-6
_DEARER = 8.0


@dataclass(frozen=True, slots=True)
class Protected:
    """A release that can be published.

    `primary` are the cells that were too small, `secondary` those suppressed with them, and `ranges` says what is left
    to work out of each.
    """

    release: Release
    primary: tuple[Cell, ...]
    secondary: tuple[Cell, ...]
    ranges: dict[Cell, Bounds]


def protect(
    release: Release,
    threshold: int = 5,
    protection: int | None = None,
    zeros: str = "publish",
    told: Callable[[int], None] = lambda _: None,
) -> Protected:
    """Suppress what must be in a release of true counts.

    `threshold`: counts below it are not published; a zero is, unless `zeros` is `suppress`. `protection`: how far
    apart the ends of what can be worked out of a suppressed cell must be, by default the threshold. `told` is called
    with the number of suppressed cells after each round. Raises ValueError for a threshold or protection below 1.
    """
    wide = threshold if protection is None else protection
    if threshold < 1 or wide < 1 or zeros not in ("publish", "suppress"):
        raise ValueError("threshold and protection must be at least 1, zeros publish or suppress")
    shown = zeros == "publish"
    true = {cell: value for cell, value in release.values.items() if isinstance(value, int)}
    primary = [cell for cell, value in true.items() if value < threshold and not (value == 0 and shown)]
    hidden = dict.fromkeys(primary)
    waiting = sorted(primary, key=lambda cell: true[cell])
    while waiting:
        cell = waiting[0]
        system = System(_published(release, hidden), shown)
        if system.bounds(cell).width >= wide:
            waiting.pop(0)  # what is suppressed later can only widen it
            continue
        more = _companions(system, true, hidden, cell, wide) or [_cheapest_around(release, true, hidden, cell, shown)]
        hidden.update(dict.fromkeys(more))
        waiting += more
        told(len(hidden))
    safe = _published(release, hidden)
    return Protected(safe, tuple(primary), tuple(hidden)[len(primary) :], bounds(safe, shown))


def _published(release: Release, hidden: dict[Cell, None]) -> Release:
    values: dict[Cell, Value] = {
        cell: Mark.SUPPRESSED if cell in hidden else value for cell, value in release.values.items()
    }
    return replace(release, values=values)


def _cost(cell: Cell, count: int) -> float:
    """What is lost where a cell is not published: more for a larger count, much more for a margin."""
    return (1.0 + math.log1p(count)) * _DEARER ** sum(category == TOTAL for category in cell)


def _companions(system: System, true: dict[Cell, int], hidden: dict[Cell, None], cell: Cell, wide: int) -> list[Cell]:
    """The published cells that must move, at the least cost, for `cell` to be `wide` more than it is."""
    shown_now = [c for c, value in true.items() if c not in hidden and (value > 0 or not system.zeros_shown)]
    moves, many = system.matrix(shown_now), len(shown_now)
    counts = np.array([true[c] for c in shown_now], dtype=float)
    size = len(system.columns)
    slack = eye_array(many)
    rows = [hstack([moves, -slack]), hstack([-moves, -slack])]
    ends = [counts, -counts]
    if system.zeros_shown:  # a cell that moved to zero would be seen
        for seen in (moves, system.hidden):
            rows.append(hstack([-seen, csr_array((seen.shape[0], many))]))
            ends.append(-np.ones(seen.shape[0]))
    found = linprog(
        np.concatenate([np.zeros(size), [_cost(c, true[c]) for c in shown_now]]),
        A_ub=vstack(rows),
        b_ub=np.concatenate(ends),
        A_eq=hstack([system.matrix([cell]), csr_array((1, many))]),
        b_eq=[true[cell] + wide],
        bounds=(0, None),
    )
    if found.status != 0:
        return []
    return [c for c, moved in zip(shown_now, found.x[size:], strict=True) if moved > _EPS]


def _cheapest_around(
    release: Release, true: dict[Cell, int], hidden: dict[Cell, None], cell: Cell, shown: bool
) -> Cell:
    """The cheapest published cell that shares finest cells with one at risk, or else any."""
    parts = set(release.parts(cell))
    left = [c for c, value in true.items() if c not in hidden and (value > 0 or not shown)]
    around = [c for c in left if not parts.isdisjoint(release.parts(c))]
    return min(around or left, key=lambda c: _cost(c, true[c]))
