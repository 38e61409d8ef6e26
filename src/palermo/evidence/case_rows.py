"""Rows of a table of cases as numbers of the categories that a plan publishes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa

from palermo.evidence.private_plan import Plan


class OutsideDomain(ValueError):
    """A value has no category in the plan; the message says where and what to do."""


def coded_rows(pieces: Iterable[pa.RecordBatch], plan: Plan) -> Any:
    """Persons by columns, each value the place of its category in the plan's list. Raises OutsideDomain."""
    done = 0
    coded = []
    for piece in pieces:
        columns = [
            _coded(piece.column(name).cast(pa.string()).dictionary_encode(), name, plan, done) for name in plan.columns
        ]
        coded.append(np.stack(columns, axis=1))
        done += piece.num_rows
    return np.concatenate(coded) if coded else np.zeros((0, len(plan.columns)), dtype=np.int32)


def _coded(values: pa.DictionaryArray, name: str, plan: Plan, done: int) -> Any:
    column = plan.columns[name]
    numbers = {category: i for i, category in enumerate(column.categories)}
    known = [*(None if value is None else value.strip() for value in values.dictionary.to_pylist()), None]
    codes = np.array([numbers.get(column.category_of(value) or "", -1) for value in known], dtype=np.int32)
    which = values.indices.fill_null(len(known) - 1).to_numpy(zero_copy_only=False)
    found: Any = codes[which]
    if (found < 0).any():
        first = int(np.argmax(found < 0))
        value = known[which[first]]
        told = f"{value!r} is not among its categories" if value else "is empty, and `unknown` is not a category"
        raise OutsideDomain(
            f"row {done + first + 1}, {name}: {told}; name in the plan an `else` that takes in all other values. "
            "A category added because it stands in the data would give away that somebody has it"
        )
    return found
