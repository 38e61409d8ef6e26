"""What is said of a private release: what it spent, for readers; how far off it is, for the data's holder."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

Columns = tuple[str, ...]
NOT_FOR_PUBLICATION = (
    "NOT FOR PUBLICATION: worked out of the true counts without noise; no part of the release, and covered by no budget"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoisyTable:
    """One table: what it spent, its noise, and how near the synthetic table comes to it.

    `half_width`: at least 95 of 100 noisy counts are no farther from the true one; `mean_error`: how far in the mean.
    `synthetic_distance`: half the sum of all differences of synthetic and noisy counts, as a share of the persons.
    `synthetic_within` is the share of cells whose synthetic count is within `half_width` of the noisy one.
    """

    columns: Columns
    cells: int
    epsilon: float
    scale: float
    half_width: int
    mean_error: float
    synthetic_distance: float
    synthetic_within: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateRelease:
    """What is said with a release; it holds nothing that was not worked out of noisy tables.

    `epsilon` is what was entered in the ledger, `by_privacy_map` what the library's privacy map gives for all tables
    together. `budget` is the most that may ever be spent on the data, `spent` all releases up to this one. `persons`
    is an estimate from the noisy tables, never below 0, and the number of synthetic rows.
    """

    data: str
    domains_from: str
    protects: str
    mechanism: str
    composition: str
    library: str
    epsilon: Decimal
    delta: Decimal
    by_privacy_map: float
    budget: Decimal
    spent: Decimal
    persons: int
    tables: tuple[NoisyTable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far a table of a release is from the truth. Not for publication: it was worked out of the true counts.

    Distances are half the sum of all differences of counts, as a share of the persons (the total variation distance
    where both count as many); `noisy` is left out for columns by which no table was released.
    """

    columns: Columns
    noisy: float | None
    noisy_worst: int | None
    synthetic: float
    synthetic_worst: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Utility:
    """The distances of every released table, and of the synthetic table by every other pair of columns."""

    warning: str
    data: str
    persons: int
    synthetic_persons: int
    distances: tuple[Distance, ...]
