"""The plan of a private release: whose data, which columns with which published categories, which tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar

from palermo.corpus.own_files import read_own_file
from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.shapes import STRICT, OneOrMany
from palermo.corpus.yaml_files import place
from palermo.evidence.release import TOTAL
from palermo.logic.formula import nearest

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedColumn:
    """Every category a column may have, known without looking at the data; `else` takes in all other values."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    categories: tuple[str, ...]
    else_: str | None = None

    def category_of(self, value: str | None) -> str | None:
        """The category of a value; of an empty one, `unknown` where that is a category. None: it has none."""
        if value in self.categories:
            return value
        if not value and UNKNOWN in self.categories:
            return UNKNOWN
        return self.else_


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTable:
    """A table of counts by some columns, and its share of the budget beside those of the others."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    columns: Annotated[tuple[str, ...], OneOrMany()]
    share: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be released of a table of cases with one row a person.

    `data`: whose data, as the ledger of the budget names them. `domains_from`: where the categories are published.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    data: str
    domains_from: str
    columns: dict[str, PlannedColumn]
    tables: tuple[PlannedTable, ...]

    def shape(self) -> tuple[int, ...]:
        """The number of categories of each column."""
        return tuple(len(column.categories) for column in self.columns.values())

    def axes(self) -> list[tuple[int, ...]]:
        """The places of each table's columns among the plan's, in the plan's order."""
        order = {name: i for i, name in enumerate(self.columns)}
        return [tuple(sorted(order[name] for name in table.columns)) for table in self.tables]


def read_plan(file: Path) -> Plan:
    """Read a plan from YAML. Raises CorpusError with every fault, OSError, UnicodeDecodeError."""
    plan, text = read_own_file(file, Plan, empty={})
    problems = [Problem(file, *place(text, path), told, rule) for path, told, rule in _faults(plan)]
    if problems:
        raise CorpusError(problems)
    return plan


Fault = tuple[tuple[str | int, ...], str, str]


def _faults(plan: Plan) -> Iterator[Fault]:
    for name, column in plan.columns.items():
        here = ("columns", name, "categories")
        if not column.categories:
            yield here, f"{name} has no category", "empty-text"
        for category, times in Counter(column.categories).items():
            if times > 1:
                yield here, f"{category} stands twice among the categories of {name}", "duplicate-key"
        if TOTAL in column.categories:
            yield (
                here,
                f"{TOTAL!r} is no category: it stands where a table does not tell a column apart",
                "unknown-word",
            )
        if column.else_ is not None and column.else_ not in column.categories:
            told = f"{column.else_!r} is not among the categories of {name}{nearest(column.else_, column.categories)}"
            yield ("columns", name, "else"), told, "unknown-word"
        if not any(name in table.columns for table in plan.tables):
            yield ("columns", name), f"no table has {name}: put it in one, or take the column away", "missing-key"
    seen: set[frozenset[str]] = set()
    for i, table in enumerate(plan.tables):
        for j, name in enumerate(table.columns):
            if name not in plan.columns:
                told = f"{name!r} is none of the columns of the plan{nearest(name, plan.columns)}"
                yield ("tables", i, "columns", j), told, "unknown-word"
        if not table.columns or len(set(table.columns)) < len(table.columns):
            yield ("tables", i, "columns"), "a table has one or more columns, each once", "duplicate-key"
        elif frozenset(table.columns) in seen:
            yield ("tables", i), f"the table by {', '.join(table.columns)} stands twice", "duplicate-key"
        seen.add(frozenset(table.columns))
        if table.share < 1:
            yield ("tables", i, "share"), f"a share is 1 or more, not {table.share}", "wrong-type"
