"""Counts with noise, so that what is published hardly depends on any one person; spending by OpenDP's privacy map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version
from typing import Any

import numpy as np
import opendp.prelude as dp

MECHANISM = "discrete Laplace (two-sided geometric) noise on every cell"
COMPOSITION = "sequential: the epsilons of the tables add up"
UNIT = "one row, added or taken away; each person has one row"
LIBRARY = f"OpenDP {version('opendp')}"
OUTSIDE = 0.05
"""The share of cells that may be farther off than the width that is told."""
LARGEST = 1_000_000
"""Cells of a table."""
LEAST, MOST = Decimal("0.001"), Decimal(100)
"""Between which an epsilon must be: below, all is noise; above, nobody is protected."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """Tables to be counted with noise from coded rows: what each spends, and all of them together.

    `epsilons` are what each table spends, `total` what their composition does, by the privacy map for one row added or
    taken away; `scales` those of the noise.
    """

    shapes: tuple[tuple[int, ...], ...]
    scales: tuple[float, ...]
    epsilons: tuple[float, ...]
    total: float
    composed: Any

    def __call__(self, rows: Any) -> list[Any]:
        """Count and add noise, anew each time; whoever calls has entered the spending in the ledger before."""
        return [np.array(c).reshape(shape) for c, shape in zip(self.composed(rows), self.shapes, strict=True)]


def measurement(
    shape: Sequence[int], tables: Sequence[tuple[int, ...]], shares: Sequence[int], epsilon: Decimal
) -> Measurement:
    """The least noise with which these tables together spend no more than epsilon, parted by shares.

    Raises ValueError for an epsilon not from LEAST to MOST and for a table with more than LARGEST cells.
    """
    if not epsilon.is_finite() or not LEAST <= epsilon <= MOST:
        raise ValueError(f"epsilon {epsilon}: expected one from {LEAST} (all is noise) to {MOST} (nobody is protected)")
    dp.enable_features("contrib", "honest-but-curious")
    shapes = tuple(tuple(shape[axis] for axis in table) for table in tables)
    for own in shapes:
        if math.prod(own) > LARGEST:
            raise ValueError(f"a table of {math.prod(own):,} cells is too large; {LARGEST:,} at most")
    counts = [_counts(table, own) for table, own in zip(tables, shapes, strict=True)]
    most = _rounded_down(epsilon)

    def parts(scale: float) -> list[Any]:
        return [count >> dp.m.then_laplace(scale / share) for count, share in zip(counts, shares, strict=True)]

    scale = sum(shares) / most
    composed: Any = dp.c.make_composition(parts(scale))
    while composed.map(1) > most:  # what rounding adds
        scale *= 1 + 2**-50
        composed = dp.c.make_composition(parts(scale))
    measured = parts(scale)
    return Measurement(
        shapes,
        tuple(scale / share for share in shares),
        tuple(part.map(1) for part in measured),
        composed.map(1),
        composed,
    )


def half_width(scale: float) -> int:
    """The least distance from the true count that no more than OUTSIDE of all noisy counts exceed."""
    q = math.exp(-1 / scale)
    return max(0, math.ceil(scale * math.log(2 / (OUTSIDE * (1 + q))) - 1))


def mean_error(scale: float) -> float:
    """The mean distance of a noisy count from the true one."""
    q = math.exp(-1 / scale)
    return 2 * q / (1 - q * q)


def variance(scale: float) -> float:
    """The variance of the noise."""
    q = math.exp(-1 / scale)
    return 2 * q / (1 - q) ** 2


def _rounded_down(amount: Decimal) -> float:
    near = float(amount)
    return math.nextafter(near, 0) if Fraction(near) > Fraction(amount) else near


def _counts(table: tuple[int, ...], shape: tuple[int, ...]) -> Any:
    """From coded rows to a table's counts: row by row to the number of its cell, then OpenDP's count by categories."""

    def cells(rows: Any) -> list[int]:
        found: list[int] = np.ravel_multi_index(rows[:, table].T, shape).astype(np.int32).tolist()
        return found

    coded = dp.user_domain("coded rows", lambda rows: isinstance(rows, np.ndarray))
    numbered = dp.t.make_user_transformation(
        coded,
        dp.user_distance("rows added or taken away"),
        dp.vector_domain(dp.atom_domain(T="i32")),
        dp.symmetric_distance(),
        cells,
        lambda changed: changed,
    )
    return numbered >> dp.t.then_count_by_categories(categories=list(range(math.prod(shape))), null_category=False)
