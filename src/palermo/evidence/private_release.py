"""A private release: noisy tables and a synthetic table that agrees with them, and what it spent."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from palermo.evidence import noisy_counts
from palermo.evidence.maximum_entropy import TooManyColumnsTogether, fit, tree_of
from palermo.evidence.noisy_counts import half_width, mean_error, measurement, variance
from palermo.evidence.privacy_budget import spend
from palermo.evidence.private_claims import NOT_FOR_PUBLICATION, Columns, Distance, NoisyTable, PrivateRelease, Utility
from palermo.evidence.private_plan import Plan
from palermo.evidence.release import TOTAL


class CannotRelease(ValueError):
    """The plan asks for what cannot be done; the message says why. Nothing was spent."""


@dataclass(frozen=True, slots=True)
class Released:
    """Noisy counts of each table of the plan, coded synthetic rows, and what is said of them."""

    plan: Plan
    counts: tuple[Any, ...]
    synthetic: Any
    about: PrivateRelease


def release(
    rows: Any,
    plan: Plan,
    epsilon: Decimal,
    ledger: Path,
    budget: Decimal | None = None,
    chance: np.random.Generator | None = None,
) -> Released:
    """Enter the spending in the ledger, count the plan's tables of coded rows with noise, and draw a synthetic table.

    `budget` opens a ledger where there is none. `chance` draws synthetic rows alone; noise comes from OpenDP's own
    source and cannot be repeated. Raises CannotRelease, BudgetRefused, OSError, in all of which nothing was spent.
    """
    shape, axes = plan.shape(), plan.axes()
    try:
        tree_of(shape, axes)
        measured = measurement(shape, axes, [table.share for table in plan.tables], epsilon)
    except TooManyColumnsTogether as error:
        names = ", ".join(list(plan.columns)[axis] for axis in error.columns)
        raise CannotRelease(f"the tables tie too much together ({names}: {error}); leave tables out") from None
    except ValueError as error:
        raise CannotRelease(str(error)) from None
    kept = spend(ledger, plan.data, epsilon, tuple(table.columns for table in plan.tables), budget)
    counts = measured(rows)
    persons = _persons(counts, measured.scales)
    drawn = np.zeros((0, len(shape)), dtype=np.int32)
    if persons:
        deviations = [variance(scale) ** 0.5 for scale in measured.scales]
        fitted = fit(shape, axes, counts, deviations, persons)
        drawn = fitted.draw(persons, chance or np.random.default_rng())
    tables = []
    for columns, table, noisy, spent, scale in zip(
        _names(plan), axes, counts, measured.epsilons, measured.scales, strict=True
    ):
        apart = np.abs(counted(drawn, table, shape) - noisy)
        wide = half_width(scale)
        tables.append(
            NoisyTable(
                columns=columns,
                cells=noisy.size,
                epsilon=spent,
                scale=scale,
                half_width=wide,
                mean_error=mean_error(scale),
                synthetic_distance=float(apart.sum()) / 2 / max(persons, 1),
                synthetic_within=float((apart <= wide).mean()),
            )
        )
    about = PrivateRelease(
        data=plan.data,
        domains_from=plan.domains_from,
        protects=noisy_counts.UNIT,
        mechanism=noisy_counts.MECHANISM,
        composition=noisy_counts.COMPOSITION,
        library=noisy_counts.LIBRARY,
        epsilon=epsilon,
        delta=Decimal(0),
        by_privacy_map=measured.total,
        budget=kept.budget,
        spent=kept.total(),
        persons=persons,
        tables=tuple(tables),
    )
    return Released(plan, tuple(counts), drawn, about)


def _names(plan: Plan) -> list[Columns]:
    order = list(plan.columns)
    return [tuple(order[axis] for axis in table) for table in plan.axes()]


def _persons(counts: list[Any], scales: tuple[float, ...]) -> int:
    """How many persons there are, from the sums of all noisy tables, those with less noise weighing more."""
    weights = [1 / (noisy.size * variance(scale)) for noisy, scale in zip(counts, scales, strict=True)]
    sums = [float(noisy.sum()) for noisy in counts]
    return max(0, round(float(np.average(sums, weights=weights))))


def counted(rows: Any, table: tuple[int, ...], shape: tuple[int, ...]) -> Any:
    """The counts of a table, by its columns' places, in coded rows."""
    own = [shape[axis] for axis in table]
    return np.bincount(np.ravel_multi_index(rows[:, table].T, own), minlength=int(np.prod(own))).reshape(own)


def utility(rows: Any, released: Released) -> Utility:
    """Hold a release against the true rows it was made from."""
    shape, order = released.plan.shape(), list(released.plan.columns)
    noisy = dict(zip(released.plan.axes(), released.counts, strict=True))
    tables = [*noisy, *(pair for pair in combinations(range(len(order)), 2) if pair not in noisy)]
    persons = max(len(rows), 1)
    distances = []
    for table in tables:
        true = counted(rows, table, shape)
        drawn = np.abs(counted(released.synthetic, table, shape) - true)
        blurred = np.abs(noisy[table] - true) if table in noisy else None
        distances.append(
            Distance(
                columns=tuple(order[axis] for axis in table),
                noisy=None if blurred is None else float(blurred.sum()) / 2 / persons,
                noisy_worst=None if blurred is None else int(blurred.max()),
                synthetic=float(drawn.sum()) / 2 / persons,
                synthetic_worst=int(drawn.max()),
            )
        )
    return Utility(
        warning=NOT_FOR_PUBLICATION,
        data=released.plan.data,
        persons=len(rows),
        synthetic_persons=len(released.synthetic),
        distances=tuple(distances),
    )


def written_tables(released: Released) -> str:
    """Noisy and synthetic counts as CSV, with `total` for a column that a table does not tell apart."""
    plan, shape = released.plan, released.plan.shape()
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow([*plan.columns, "noisy", "half_width_95", "synthetic"])
    categories = [column.categories for column in plan.columns.values()]
    for table, noisy, about in zip(plan.axes(), released.counts, released.about.tables, strict=True):
        drawn = counted(released.synthetic, table, shape)
        for cell in np.ndindex(noisy.shape):
            told = dict(zip(table, cell, strict=True))
            names = [own[told[axis]] if axis in told else TOTAL for axis, own in enumerate(categories)]
            lines.writerow([*names, int(noisy[cell]), about.half_width, int(drawn[cell])])
    return text.getvalue()


def written_synthetic(released: Released) -> str:
    """The synthetic table as CSV, a row for each synthetic person."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(released.plan.columns)
    categories = [np.array(column.categories, dtype=object) for column in released.plan.columns.values()]
    lines.writerows(np.stack([own[released.synthetic[:, i]] for i, own in enumerate(categories)], axis=1).tolist())
    return text.getvalue()
