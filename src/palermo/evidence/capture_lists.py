"""Lists of known cases: which cases stand on which lists, read from CSV, counted by capture pattern."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from palermo.corpus.problems import CorpusError, Problem

COUNT_COLUMNS = ("count", "n", "freq", "frequency", "cases")
MOST_LISTS = 10
_ON, _OFF = ("1", "1.0"), ("0", "0.0")


class UnusableLists(ValueError):
    """The lists cannot be estimated from or a list is not known; the message says why."""


class CaptureLists(msgspec.Struct, frozen=True):
    """Cases counted by capture pattern.

    `cases` maps a pattern to a positive number of cases; bit i of a pattern is set where the case stands on list i.
    """

    names: tuple[str, ...]
    cases: dict[int, int]

    @property
    def observed(self) -> int:
        """How many cases stand on at least one list."""
        return sum(self.cases.values())

    def overlap(self, pattern: int) -> int:
        """How many cases stand on all lists of a pattern, whatever others they stand on."""
        return sum(count for seen, count in self.cases.items() if seen & pattern == pattern)

    def label(self, pattern: int) -> str:
        """A pattern or an interaction in words: `LA*NG`."""
        return "*".join(name for i, name in enumerate(self.names) if pattern >> i & 1)


def capture_lists(names: Sequence[str], rows: Sequence[tuple[Sequence[int], int]]) -> CaptureLists:
    """Lists from rows of 0s and 1s with a count each; rows of one pattern are added up, empty ones left out.

    Raises UnusableLists for fewer than two lists or more than MOST_LISTS, for no cases, and for a case on no list.
    """
    if not 2 <= len(names) <= MOST_LISTS:
        raise UnusableLists(f"an estimate needs 2 to {MOST_LISTS} lists, not {len(names)}; join small lists with +")
    if len({name.casefold() for name in names}) < len(names):
        raise UnusableLists(f"two lists have the same name: {', '.join(names)}")
    cases: Counter[int] = Counter()
    for row, count in rows:
        if count < 0:
            raise UnusableLists(f"a number of cases cannot be negative: {count}")
        pattern = sum(1 << i for i, on in enumerate(row) if on)
        if count and not pattern:
            raise UnusableLists("a case that stands on no list cannot have been counted")
        if count:
            cases[pattern] += count
    if not cases:
        raise UnusableLists("there are no cases on the lists")
    return CaptureLists(tuple(names), dict(sorted(cases.items())))


def chosen(lists: CaptureLists, choice: Sequence[str]) -> CaptureLists:
    """Some of the lists, in the order of `choice`; `B+E` joins two into one. Cases on none of them are left out.

    Raises UnusableLists for a list that is not known or is named twice.
    """
    known = {name.casefold(): i for i, name in enumerate(lists.names)}
    groups: list[int] = []
    for joined in choice:
        group = 0
        for name in joined.split("+"):
            if name.strip().casefold() not in known:
                raise UnusableLists(f"there is no list {name.strip()!r}; the lists are {', '.join(lists.names)}")
            group |= 1 << known[name.strip().casefold()]
        if any(group & other for other in groups):
            raise UnusableLists(f"a list is named twice: {', '.join(choice)}")
        groups.append(group)
    names = ["+".join(lists.names[i] for i in range(len(lists.names)) if group >> i & 1) for group in groups]
    rows = [([int(bool(seen & group)) for group in groups], count) for seen, count in lists.cases.items()]
    return capture_lists(names, [(row, count) for row, count in rows if any(row)])


def read_lists(path: Path, choice: Sequence[str] = ()) -> CaptureLists:
    """Read lists from a CSV file: a column of 0 and 1 for each list, and one named as in COUNT_COLUMNS.

    Without a column of counts every row is one case. `choice` takes some lists and joins others, as in `chosen`; other
    columns are then not looked at. Raises CorpusError with the place of every fault, OSError, UnicodeDecodeError, and
    UnusableLists.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        head = [name.strip() for name in next(rows, [])]
        if not head:
            raise CorpusError(
                [Problem(path, 1, 1, "expected a head naming the lists; the file is empty", "wrong-columns")]
            )
        counting = [i for i, name in enumerate(head) if name.casefold() in COUNT_COLUMNS]
        columns = _columns(path, head, counting, choice)
        problems: list[Problem] = []
        read: list[tuple[list[int], int]] = []
        while True:
            line = rows.line_num + 1
            try:
                row = next(rows, None)
            except csv.Error as error:
                raise CorpusError([Problem(path, line, 1, f"cannot be read as CSV: {error}", "not-csv")]) from None
            if row is None:
                break
            if any(cell.strip() for cell in row):
                _read_row(path, line, row, head, columns, counting, read, problems)
    if problems:
        raise CorpusError(problems)
    lists = capture_lists([head[i] for i in columns], read)
    return chosen(lists, choice) if choice else lists


def _columns(path: Path, head: list[str], counting: list[int], choice: Sequence[str]) -> list[int]:
    folded = [name.casefold() for name in head]
    problems = [
        Problem(
            path,
            1,
            i + 1,
            f"the column {name!r} is named twice" if name else "this column has no name",
            "wrong-columns",
        )
        for i, name in enumerate(head)
        if not name or folded.index(name.casefold()) < i
    ]
    problems += [
        Problem(path, 1, i + 1, f"a second column of counts: {head[i]!r}", "wrong-columns") for i in counting[1:]
    ]
    if problems:
        raise CorpusError(problems)
    wanted = {part.strip().casefold() for joined in choice for part in joined.split("+")}
    columns = [i for i, name in enumerate(folded) if i not in counting and (not wanted or name in wanted)]
    if unknown := sorted(wanted - set(folded)):
        known = ", ".join(name for i, name in enumerate(head) if i not in counting)
        raise UnusableLists(f"{path}: there is no list {unknown[0]!r}; the lists are {known}")
    return columns


def _wrong_head(name: str) -> str:
    return f"the column {name!r} is named twice" if name else "this column has no name"


def _read_row(
    path: Path,
    line: int,
    row: list[str],
    head: list[str],
    columns: list[int],
    counting: list[int],
    read: list[tuple[list[int], int]],
    problems: list[Problem],
) -> None:
    if len(row) != len(head):
        problems.append(Problem(path, line, 1, f"expected {len(head)} cells, found {len(row)}", "wrong-cells"))
        return
    before = len(problems)
    pattern = []
    for i in columns:
        cell = row[i].strip()
        if cell not in (*_ON, *_OFF):
            message = f"expected 0 or 1 for list {head[i]!r}, found {cell!r}"
            told = f"{message}; name the lists if this column is none"
            problems.append(Problem(path, line, i + 1, told, "wrong-type"))
        pattern.append(int(cell in _ON))
    count = 1
    for i in counting:
        cell = row[i].strip().removesuffix(".0")
        if cell.isascii() and cell.isdigit():
            count = int(cell)
        else:
            told = f"expected a whole number of cases, found {row[i].strip()!r}"
            problems.append(Problem(path, line, i + 1, told, "wrong-type"))
    if len(problems) > before:
        return
    if any(pattern):
        read.append((pattern, count))
    elif count and len(columns) + len(counting) == len(head):
        told = "this case stands on no list, so nobody can have counted it"
        problems.append(Problem(path, line, 1, told, "wrong-value"))
