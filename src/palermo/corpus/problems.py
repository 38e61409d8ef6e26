"""Faults in corpus files and warnings about them: where, what, what was expected, by which rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from palermo.corpus.rules import RULES, Level


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One breach of a rule at a place of a file.

    Line and column count from 1, and are 0 where there is no place inside the file. Raises ValueError for a rule
    that is not in the catalogue.
    """

    file: Path
    line: int
    column: int
    message: str
    rule: str

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise ValueError(f"there is no rule {self.rule!r} in palermo.corpus.rules")

    @property
    def level(self) -> Level:
        """Whether it keeps the corpus from being used."""
        return RULES[self.rule].level

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else f"{self.file}"
        return f"{place}: {self.message} [{self.rule}]"


class Reported(msgspec.Struct, frozen=True):
    """A problem as it is published; line and column are left out where there is no place inside the file."""

    rule: str
    level: Level
    file: str
    line: int | None
    column: int | None
    message: str


def reported(problem: Problem) -> Reported:
    """A problem as it is published."""
    line, column = (problem.line, problem.column) if problem.line else (None, None)
    return Reported(problem.rule, problem.level, str(problem.file), line, column, problem.message)


class CorpusError(ValueError):
    """The corpus cannot be used; `problems` lists every fault found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))
