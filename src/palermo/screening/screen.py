"""A table of cases held against laws, in pieces of constant size: the answer for every row, nothing dropped."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa

from palermo.casework.under import Conduct
from palermo.logic.planes import Program, Words
from palermo.logic.theory import Theory
from palermo.screening.facts import BadValue, facts_of
from palermo.screening.mapping import Mapping
from palermo.screening.tables import Table, UnreadableTable, Writer

ROW = "row"
"""The column of the answer that counts the rows of the table from 1."""


class Counts(msgspec.Struct, frozen=True):
    """How many cases are within a law, outside it, and open."""

    name: str
    title: str
    within: int
    outside: int
    open: int


class Screened(msgspec.Struct, frozen=True):
    """What a screening found.

    `missing` are columns of the mapping that the table lacks: their facts are unknown for every case. `bad` counts
    cells that could not be read, `contradictory` rows whose facts contradict each other; both are listed in
    `bad_file`, if there are any.
    """

    rows: int
    laws: tuple[Counts, ...]
    missing: tuple[str, ...]
    bad: int
    contradictory: int
    bad_file: str | None = None


def screen(
    table: Table,
    laws: Sequence[Conduct],
    theory: Theory,
    mapping: Mapping,
    out: Path,
    keep: Sequence[str] = (),
    tell: Callable[[int], object] | None = None,
) -> Screened:
    """Hold every case of a table against laws and write a table of answers.

    The answer has the row's number, the columns of `keep` and a column for each law: true within, false outside,
    empty where the facts do not settle it. `tell` is called with the number of rows after each piece. Raises
    UnreadableTable.
    """
    used = [name for name in mapping.columns if name in table.columns]
    if not used:
        wanted = ", ".join(list(mapping.columns)[:5])
        raise UnreadableTable(f"{table.path}: has none of the columns of mapping {mapping.id} ({wanted}, ...)")
    unknown = [name for name in keep if name not in table.columns]
    if unknown:
        raise UnreadableTable(f"{table.path}: has no column {unknown[0]!r} to keep")
    program = Program({law.name: law.formula for law in laws}, mapping.concepts(), theory)
    found = np.zeros((len(laws), 2), dtype=np.int64)
    rows = bad = contradictory = 0
    bad_path = out.with_name(f"{out.stem}.bad.csv")
    columns, coded = [*used, *(name for name in keep if name not in used)], [name for name in used if name not in keep]
    with _BadFile(bad_path) as bad_file, ThreadPoolExecutor(1) as beside:
        writer: Writer | None = None
        writing: Future[None] | None = None
        try:
            for batch in table.pieces(columns, coded):
                facts = facts_of(batch, mapping, rows + 1)
                true, false, clash = program.evaluate(facts.true, facts.false, facts.words)
                contradictions = _numbers(clash, batch.num_rows)
                for i in contradictions:
                    reason = "the facts of the row contradict each other; every answer is left open"
                    facts.bad.append(BadValue(rows + 1 + int(i), "", "", reason))
                usable = ~clash & _mask(batch.num_rows, facts.words)
                answer = _answer(batch, laws, true, false, usable, rows + 1, keep)
                found += [(_count(t & usable), _count(f & usable)) for t, f in zip(true, false, strict=True)]
                if writer is None:
                    writer = Writer(out, answer.schema)
                if writing is not None:
                    writing.result()
                writing = beside.submit(writer.write, answer)
                bad_file.write(facts.bad)
                rows += batch.num_rows
                bad += len(facts.bad) - len(contradictions)
                contradictory += len(contradictions)
                if tell is not None:
                    tell(rows)
            if writer is None:
                writer = Writer(out, _schema(laws, keep))
            if writing is not None:
                writing.result()
        except BaseException as error:
            if writing is not None:
                wait([writing])
            if writer is not None:
                writer.__exit__(type(error), error, None)
            raise
        writer.__exit__(None, None, None)
    both = zip(laws, found.tolist(), strict=True)
    counts = tuple(Counts(law.name, law.title, w, o, rows - w - o) for law, (w, o) in both)
    missing = tuple(name for name in mapping.columns if name not in table.columns)
    return Screened(rows, counts, missing, bad, contradictory, str(bad_path) if bad + contradictory else None)


class _BadFile:
    """The list of bad cells, in a file that is there only if there are any."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.unlink(missing_ok=True)

    def __enter__(self) -> _BadFile:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def write(self, bad: Sequence[BadValue]) -> None:
        if not bad:
            return
        new = not self.path.exists()
        with self.path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            if new:
                writer.writerow(("row", "column", "value", "reason"))
            writer.writerows((b.row, b.column, b.value, b.reason) for b in sorted(bad, key=lambda b: (b.row, b.column)))


def _mask(rows: int, words: int) -> Words:
    mask = np.full(words, ~np.uint64(0))
    if rows % 64:
        mask[-1] = (np.uint64(1) << np.uint64(rows % 64)) - np.uint64(1)
    return mask


def _count(plane: Words) -> int:
    return int(np.bitwise_count(plane).sum())


def _numbers(plane: Words, rows: int) -> Sequence[int]:
    if not plane.any():
        return ()
    bits = np.unpackbits(plane.view(np.uint8), bitorder="little")[:rows]
    return [int(i) for i in np.flatnonzero(bits)]


def _answer(
    batch: pa.RecordBatch,
    laws: Sequence[Conduct],
    true: Sequence[Words],
    false: Sequence[Words],
    usable: Words,
    first_row: int,
    keep: Sequence[str],
) -> pa.RecordBatch:
    counted = np.arange(first_row, first_row + batch.num_rows, dtype=np.int64)
    numbers = pa.Array.from_buffers(pa.int64(), len(counted), [None, pa.py_buffer(counted)])  # pa.array loads pandas
    columns: list[pa.Array] = [numbers, *(batch.column(name) for name in keep)]
    for t, f in zip(true, false, strict=True):
        valid = (t | f) & usable
        buffers = [pa.py_buffer(np.ascontiguousarray(valid)), pa.py_buffer(np.ascontiguousarray(t))]
        columns.append(pa.BooleanArray.from_buffers(pa.bool_(), batch.num_rows, buffers))
    return pa.RecordBatch.from_arrays(columns, names=[ROW, *keep, *(law.name for law in laws)])


def _schema(laws: Sequence[Conduct], keep: Sequence[str]) -> pa.Schema:
    kept = [(name, pa.string()) for name in keep]
    return pa.schema([(ROW, pa.int64()), *kept, *((law.name, pa.bool_()) for law in laws)])
