"""The ledger of a privacy budget: what each release from the same data spent, and no more than was allowed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import msgspec


class BudgetRefused(ValueError):
    """Nothing was spent; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """What one release spent."""

    at: datetime
    epsilon: Decimal
    tables: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The most that may ever be spent on the data of some persons, and what was: spendings add up."""

    data: str
    budget: Decimal
    spent: tuple[Spending, ...] = ()

    def total(self) -> Decimal:
        """Epsilon spent by all releases together."""
        return sum((spending.epsilon for spending in self.spent), Decimal(0))

    def left(self) -> Decimal:
        """Epsilon that may still be spent."""
        return self.budget - self.total()


def spend(
    file: Path, data: str, epsilon: Decimal, tables: tuple[tuple[str, ...], ...], budget: Decimal | None = None
) -> Ledger:
    """Enter a spending and keep it on the disk before anything is drawn; returns the ledger with it.

    `budget` opens a ledger where there is none; it cannot change one. Raises BudgetRefused, OSError.
    """
    if not epsilon.is_finite() or epsilon <= 0:
        raise BudgetRefused(f"epsilon is a number above 0, not {epsilon}")
    with _alone(file):
        ledger = _opened(file, data, budget)
        if epsilon > ledger.left():
            raise BudgetRefused(
                f"{file}: {ledger.total()} of the budget of {ledger.budget} is spent on {data}; "
                f"{epsilon} more is too much, {ledger.left()} is left"
            )
        entry = Spending(at=datetime.now(UTC).replace(microsecond=0), epsilon=epsilon, tables=tables)
        ledger = replace(ledger, spent=(*ledger.spent, entry))
        _keep(file, ledger)
    return ledger


def read_ledger(file: Path) -> Ledger:
    """A ledger as it stands. Raises BudgetRefused where it is none, OSError."""
    try:
        ledger = msgspec.json.decode(file.read_bytes(), type=Ledger)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BudgetRefused(f"{file} is no ledger of a budget: {error}") from None
    amounts = (ledger.budget, *(spending.epsilon for spending in ledger.spent))
    if not all(amount.is_finite() and amount > 0 for amount in amounts):
        raise BudgetRefused(f"{file} is no ledger of a budget: every amount is a number above 0")
    return ledger


def _opened(file: Path, data: str, budget: Decimal | None) -> Ledger:
    if not file.exists():
        if budget is None:
            raise BudgetRefused(
                f"there is no ledger {file} yet: say with --budget how much may ever be spent on {data}"
            )
        if not budget.is_finite() or budget <= 0:
            raise BudgetRefused(f"a budget is a number above 0, not {budget}")
        return Ledger(data=data, budget=budget)
    ledger = read_ledger(file)
    if ledger.data != data:
        raise BudgetRefused(f"{file} is the ledger of {ledger.data!r}, not of {data!r}")
    if budget is not None and budget != ledger.budget:
        raise BudgetRefused(f"{file}: the budget is {ledger.budget} and is not changed by a release")
    return ledger


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Two releases at once must not both spend what is left."""
    lock = file.with_name(f".{file.name}.lock")
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        raise BudgetRefused(f"another release is at the ledger; if none is, remove {lock}") from None
    try:
        yield
    finally:
        lock.unlink()


def _keep(file: Path, ledger: Ledger) -> None:
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    with os.fdopen(handle, "wb") as written:
        written.write(msgspec.json.format(msgspec.json.encode(ledger), indent=2) + b"\n")
        written.flush()
        os.fsync(written.fileno())
    os.replace(temporary, file)
