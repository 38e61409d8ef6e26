"""What somebody who has all tables of a release, and nothing else, can work out about its suppressed cells."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from palermo.evidence.release import Cell, Mark, Release

_EPS = 1e-6


@dataclass(frozen=True, slots=True)
class Bounds:
    """The whole numbers a suppressed cell can be; `most` is None where nothing limits it."""

    least: int
    most: int | None

    @property
    def width(self) -> float:
        """How far apart the ends are: 0 for a cell that is pinned."""
        return math.inf if self.most is None else self.most - self.least


def bounds(release: Release, zeros_shown: bool = True, of: Iterable[Cell] | None = None) -> dict[Cell, Bounds]:
    """The exact range of each suppressed cell that agrees with every published cell of the release.

    `zeros_shown`: zeros are published as such, so whoever reads it knows that a suppressed cell is at least 1.
    Linear programs; where the end of one is not whole, an integer program. Raises ValueError where the published
    cells contradict each other.
    """
    system = System(release, zeros_shown)
    hidden = of if of is not None else (cell for cell, value in release.values.items() if value is Mark.SUPPRESSED)
    return {cell: system.bounds(cell) for cell in hidden}


@dataclass(slots=True)
class System:
    """The equations of a release over its finest cells; those under a published zero or not applicable are left out."""

    release: Release
    zeros_shown: bool
    columns: dict[Cell, int] = field(init=False)
    known: Any = field(init=False)
    sums: Any = field(init=False)
    hidden: Any = field(init=False)

    def __post_init__(self) -> None:
        values, parts = self.release.values, self.release.parts
        nothing = {
            part
            for cell, value in values.items()
            if value is Mark.NOT_APPLICABLE or (isinstance(value, int) and value == 0)
            for part in parts(cell)
        }
        self.columns = {cell: i for i, cell in enumerate(c for c in self.release.finest() if c not in nothing)}
        known = [(cell, value) for cell, value in values.items() if isinstance(value, int) and value > 0]
        self.known = self.matrix([cell for cell, _ in known])
        self.sums = np.array([value for _, value in known], dtype=float)
        hidden = [cell for cell, value in values.items() if value is Mark.SUPPRESSED]
        self.hidden = self.matrix(hidden if self.zeros_shown else [])

    def matrix(self, cells: list[Cell]) -> Any:
        """A row for each cell, with 1 for each finest cell it sums up."""
        rows, columns = [], []
        for i, cell in enumerate(cells):
            for part in self.release.parts(cell):
                if part in self.columns:
                    rows.append(i)
                    columns.append(self.columns[part])
        return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(cells), len(self.columns)))

    def bounds(self, cell: Cell) -> Bounds:
        """The range of one cell."""
        wanted = self.matrix([cell]).toarray()[0]
        least = self._end(wanted)
        most = self._end(-wanted)
        assert least is not None
        return Bounds(math.ceil(least - _EPS), None if most is None else math.floor(-most + _EPS))

    def _end(self, cost: Any) -> float | None:
        """The least value of a sum, None where nothing limits it."""
        more = {"A_eq": self.known, "b_eq": self.sums} if self.known.shape[0] else {}
        if self.hidden.shape[0]:
            more |= {"A_ub": -self.hidden, "b_ub": -np.ones(self.hidden.shape[0])}
        found = linprog(cost, bounds=(0, None), method="highs-ds", **more)
        if found.status == 3:
            return None
        if found.status != 0:
            raise ValueError(f"the published cells contradict each other: {found.message}")
        if np.all(np.abs(found.x - np.round(found.x)) < _EPS):
            return float(found.fun)
        rules = [LinearConstraint(self.known, self.sums, self.sums)] if self.known.shape[0] else []
        if self.hidden.shape[0]:
            rules.append(LinearConstraint(self.hidden, 1, np.inf))
        exact = milp(cost, integrality=np.ones(len(cost)), constraints=rules)
        if exact.status != 0:
            raise ValueError(f"no whole numbers agree with the published cells: {exact.message}")
        return float(exact.fun)
