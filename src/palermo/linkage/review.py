"""Doubtful pairs as a table for people to answer, side by side, and the answers read back."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from palermo.linkage.mapping import Mapping
from palermo.linkage.model import Pairs
from palermo.linkage.persons import Gathering
from palermo.linkage.records import Records
from palermo.screening.tables import Table

YES, NO = ("yes", "y", "same", "1", "true"), ("no", "n", "different", "0", "false")
_NAMED = ("agency_a", "id_a", "agency_b", "id_b", "same")
_SHOWN = ("given_name", "family_name", "name", "birth_date", "birth_year", "sex", "nationality", "place")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class UnusableReview(ValueError):
    """A table of answers has faults; the message has each with file, row and column, and nothing of a person."""


class Answers(msgspec.Struct, frozen=True):
    """Pairs of records that reviewers said to be one person, and to be two."""

    same: tuple[tuple[int, int], ...] = ()
    different: tuple[tuple[int, int], ...] = ()


def write_review(path: Path, records: Records, mapping: Mapping, pairs: Pairs) -> None:
    """Write pairs side by side as the agencies have them, with an empty column `same`; the most doubtful first.

    Only the file's owner may read it.
    """
    ranked = np.argsort(np.abs(pairs.probability - 0.5), kind="stable")
    shown = _cells(records, mapping, {*pairs.one.tolist(), *pairs.other.tolist()})
    parts = [part for part in _SHOWN if any(part in cells for cells in shown.values())]
    temporary = path.with_name(f".{path.name}.part")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        beside = [f"{part}_{side}" for part in parts for side in "ab"]
        writer.writerow(("probability", *_NAMED[:4], *beside, "same", "note"))
        for i in ranked:
            a, b = shown[int(pairs.one[i])], shown[int(pairs.other[i])]
            told = [cells.get(part, "") for part in parts for cells in (a, b)]
            named = (a["agency"], a["id"], b["agency"], b["id"])
            writer.writerow((f"{pairs.probability[i]:.3f}", *(_text(cell) for cell in (*named, *told)), "", ""))
    os.replace(temporary, path)


def _text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _cells(records: Records, mapping: Mapping, wanted: set[int]) -> dict[int, dict[str, str]]:
    """What the agencies' tables say of some records, as they say it."""
    found: dict[int, dict[str, str]] = {}
    for part in records.parts:
        columns = mapping.of(part.file)[0].named()
        first = part.first
        for batch in Table(part.file).pieces(list(dict.fromkeys(columns.values()))):
            here = [i for i in range(first, first + batch.num_rows) if i in wanted]
            if here:
                rows = batch.take(pa.array([i - first for i in here], pa.int64()))
                told = {name: rows.column(column).cast(pa.string()).to_pylist() for name, column in columns.items()}
                for at, number in enumerate(here):
                    cells = {name: (column[at] or "").strip() for name, column in told.items()}
                    found[number] = {**cells, "agency": cells.get("agency") or part.file.stem}
            first += batch.num_rows
    return found


def read_review(path: Path, records: Records) -> Answers:
    """Read answers back: yes, no, or nothing for not answered. Raises UnusableReview, OSError, UnicodeDecodeError."""
    faults: list[str] = []
    answers: dict[tuple[int, int], tuple[bool, int]] = {}
    rows = list(_rows(path, faults))
    numbers = _numbers(records, rows)
    for line, columns, row in rows:
        said = row["same"].strip().casefold()
        pair = []
        for side in "ab":
            number = numbers.get((_plain(row[f"agency_{side}"]), _plain(row[f"id_{side}"])))
            if number is None:
                faults.append(_fault(path, line, columns, f"id_{side}", "no record to link has this agency and id"))
            else:
                pair.append(number)
        if said and said not in (*YES, *NO):
            faults.append(_fault(path, line, columns, "same", "expected yes, no or nothing"))
        elif said and len(pair) == 2:
            key = (min(pair), max(pair))
            if answers.setdefault(key, (said in YES, line))[0] != (said in YES):
                faults.append(
                    _fault(path, line, columns, "same", f"line {answers[key][1]} has the other answer for this pair")
                )
    if not faults:
        faults += _contradictions(path, records.rows, answers)
    if faults:
        raise UnusableReview("\n".join(faults))
    same = tuple(pair for pair, (yes, _) in answers.items() if yes)
    return Answers(same, tuple(pair for pair, (yes, _) in answers.items() if not yes))


def _rows(path: Path, faults: list[str]) -> Iterator[tuple[int, Sequence[str], dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        reader = csv.reader(file, delimiter=";" if head.count(";") > head.count(",") else ",")
        columns = [name.strip() for name in next(reader, [])]
        missing = [name for name in _NAMED if name not in columns]
        if missing:
            faults.append(f"{path}:1:1: has no column {missing[0]}; expected those that --review wrote")
            return
        for row in reader:
            if not any(row):
                continue
            if len(row) != len(columns):
                faults.append(f"{path}:{reader.line_num}:1: has {len(row)} cells, expected {len(columns)}")
                continue
            yield reader.line_num, columns, dict(zip(columns, row, strict=True))


def _fault(path: Path, line: int, columns: Sequence[str], column: str, said: str) -> str:
    return f"{path}:{line}:{columns.index(column) + 1}: {column}: {said}"


def _numbers(records: Records, rows: Sequence[tuple[int, Any, dict[str, str]]]) -> dict[tuple[str, str], int]:
    wanted = {_plain(row[f"id_{side}"]) for _, _, row in rows for side in "ab"}
    if not wanted:
        return {}
    ids = pa.array(sorted(wanted), pa.string())
    table = pq.read_table(records.path, columns=["unique_id", "agency", "id"])
    found = table.filter(pc.is_in(table["id"], ids)).to_pylist()
    return {(row["agency"], row["id"]): row["unique_id"] for row in found}


def _contradictions(path: Path, records: int, answers: dict[tuple[int, int], tuple[bool, int]]) -> Iterator[str]:
    gathering = Gathering(records)
    for (one, other), (yes, _) in answers.items():
        if yes:
            gathering.join(one, other)
    for (one, other), (yes, line) in answers.items():
        if not yes and gathering.group(one) == gathering.group(other):
            yield f"{path}:{line}: same: no, but other rows say yes of both by way of further records"
