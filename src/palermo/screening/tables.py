"""Tables of cases, read and written in pieces: Parquet, Arrow and CSV."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

FORMATS = (".parquet", ".arrow", ".csv")
ROWS = 1 << 18
"""Rows in a piece."""


class UnreadableTable(ValueError):
    """A table cannot be read or written; the message says why."""


class Table:
    """A table in a file: its columns, and its rows in pieces. Raises UnreadableTable."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.suffix not in FORMATS:
            raise UnreadableTable(f"{path}: expected a table in {', '.join(FORMATS)}")
        try:
            self.columns, self.rows = self._look()
        except (OSError, pa.ArrowInvalid) as error:
            raise UnreadableTable(f"{path}: cannot be read: {_first_line(error)}") from None

    def _look(self) -> tuple[tuple[str, ...], int | None]:
        if self.path.suffix == ".parquet":
            file = pa.parquet.ParquetFile(self.path)
            return tuple(file.schema_arrow.names), file.metadata.num_rows
        if self.path.suffix == ".arrow":
            with pa.memory_map(str(self.path)) as source, pa.ipc.open_file(source) as reader:
                return tuple(reader.schema.names), None
        with pa.csv.open_csv(self.path) as reader:
            return tuple(reader.schema.names), None

    def pieces(self, columns: Sequence[str], coded: Sequence[str] = ()) -> Iterator[pa.RecordBatch]:
        """The rows of some columns in order, piece by piece; of CSV as text. Raises UnreadableTable.

        Texts of the columns `coded` may come as numbers of distinct values, which Parquet holds anyway.
        """
        try:
            yield from self._pieces(list(columns), list(coded))
        except (OSError, pa.ArrowInvalid) as error:
            raise UnreadableTable(f"{self.path}: cannot be read: {_first_line(error)}") from None

    def _pieces(self, columns: list[str], coded: list[str]) -> Iterator[pa.RecordBatch]:
        if self.path.suffix == ".parquet":
            with pa.parquet.ParquetFile(self.path, read_dictionary=coded) as file:
                # one row group at a time: a reader of several holds on to what it has read
                groups = ([i] for i in range(file.num_row_groups))
                batches = (file.iter_batches(ROWS, row_groups=group, columns=columns) for group in groups)
                yield from _joined(chain.from_iterable(batches))
        elif self.path.suffix == ".arrow":
            with pa.memory_map(str(self.path)) as source, pa.ipc.open_file(source) as reader:
                for i in range(reader.num_record_batches):
                    batch = reader.get_batch(i).select(columns)
                    for start in range(0, batch.num_rows, ROWS):
                        yield batch.slice(start, ROWS)
        else:
            convert = pa.csv.ConvertOptions(
                include_columns=columns,
                column_types=dict.fromkeys(columns, pa.string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
            )
            read = pa.csv.ReadOptions(block_size=1 << 25)
            with pa.csv.open_csv(self.path, read_options=read, convert_options=convert) as batches:
                yield from batches


class Writer(AbstractContextManager["Writer"]):
    """Writes a table in pieces to a file that appears only when it is whole. Raises UnreadableTable."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        if path.suffix not in FORMATS:
            raise UnreadableTable(f"{path}: expected a table in {', '.join(FORMATS)}")
        self.path, self._temporary = path, path.with_name(f".{path.name}.part")
        try:
            self._writer = self._open(schema)
        except OSError as error:
            raise UnreadableTable(f"{path}: cannot be written: {_first_line(error)}") from None

    def _open(self, schema: pa.Schema) -> pa.parquet.ParquetWriter | pa.ipc.RecordBatchFileWriter | pa.csv.CSVWriter:
        if self.path.suffix == ".parquet":
            texts = [field.name for field in schema if not pa.types.is_primitive(field.type)]
            return pa.parquet.ParquetWriter(self._temporary, schema, compression="zstd", use_dictionary=texts or False)
        if self.path.suffix == ".arrow":
            return pa.ipc.new_file(self._temporary, schema)
        return pa.csv.CSVWriter(self._temporary, schema)

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows."""
        self._writer.write_batch(batch)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
        if kind is None:
            os.replace(self._temporary, self.path)
        else:
            self._temporary.unlink(missing_ok=True)


def _joined(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches joined where they are small, as those of small row groups are, into pieces of at least ROWS rows."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(b.num_rows for b in held) >= ROWS:
            yield _one(held)
            held = []
    if held:
        yield _one(held)


def _one(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    if len(batches) == 1:
        return batches[0]
    (batch,) = pa.Table.from_batches(batches).unify_dictionaries().combine_chunks().to_batches()
    return batch


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
