"""Facts of a piece of a table as planes of bits, and the rows whose values say nothing that a mapping knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import pyarrow as pa

from palermo.logic.planes import Words
from palermo.screening.mapping import Column, Mapping

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORD = 64


class BadValue(msgspec.Struct, frozen=True):
    """A cell that cannot be read: the row counted from 1, the column, its value and what is wrong."""

    row: int
    column: str
    value: str
    reason: str


class Facts(msgspec.Struct):
    """Planes of known-true and known-false cases for each concept of a mapping, and the bad values met."""

    true: list[Words]
    false: list[Words]
    words: int
    bad: list[BadValue]


def facts_of(batch: pa.RecordBatch, mapping: Mapping, first_row: int) -> Facts:
    """The facts of a piece of a table whose first row is `first_row`."""
    concepts = mapping.concepts()
    words = -(-batch.num_rows // WORD)
    true = {c: np.zeros(words, dtype=np.uint64) for c in concepts}
    false = {c: np.zeros(words, dtype=np.uint64) for c in concepts}
    bad: list[BadValue] = []
    for name in batch.schema.names:
        column = mapping.columns.get(name)
        if column is None:
            continue
        data = batch.column(name)
        straight = _straight(column)
        if pa.types.is_boolean(data.type) and straight:
            values, told = _bitmaps(data, words)
            true[straight] |= values & told
            false[straight] |= ~values & told
            continue
        codes, valid, names = _encoded(data, words)
        known = column.known_values()
        tokens = [_tokens(value, column.separator) for value in names]
        for fact in column.facts:
            for planes, wanted in ((true, {*fact.true}), (false, {*fact.false})):
                if wanted:
                    marks = [bool(wanted & cell) for cell in tokens]
                    planes[fact.concept] |= _packed(codes, valid, marks, words)
        strange = [bool(cell - known) for cell in tokens]
        if any(strange):
            rows = np.flatnonzero(_unpacked(_packed(codes, valid, strange, words), batch.num_rows))
            bad += _bad(rows, codes, names, tokens, known, name, first_row)
    return Facts([true[c] for c in concepts], [false[c] for c in concepts], words, bad)


def _straight(column: Column) -> str | None:
    """The concept of a column that tells one fact, true with `true` and false with `false`."""
    if len(column.facts) != 1:
        return None
    fact = column.facts[0]
    return fact.concept if "true" in fact.true and "false" in fact.false else None


def _bitmaps(data: pa.BooleanArray, words: int) -> tuple[Words, Words]:
    """The value and validity bits of a Boolean column, taken as they lie where they begin at a whole byte."""
    data = _from_whole_byte(data)
    valid = _validity(data, words)
    if valid is None:
        valid = np.full(words, ~np.uint64(0))
    left = len(data) % WORD
    if left:
        valid = valid.copy()
        valid[-1] &= (np.uint64(1) << np.uint64(left)) - np.uint64(1)
    return _words(data.buffers()[1], data.offset, words), valid


def _validity(data: pa.Array, words: int) -> Words | None:
    validity = data.buffers()[0]
    return None if validity is None else _words(validity, data.offset, words)


def _from_whole_byte(data: pa.Array) -> pa.Array:
    """The column itself, or a copy where its bits begin within a byte."""
    return data.take(pa.array(np.arange(len(data)))) if data.offset % 8 else data


def _words(buffer: pa.Buffer, offset: int, words: int) -> Words:
    have = np.frombuffer(buffer, dtype=np.uint8)[offset // 8 : offset // 8 + words * 8]
    if len(have) == words * 8:
        return have.view(np.uint64) if have.ctypes.data % 8 == 0 else have.copy().view(np.uint64)
    room = np.zeros(words * 8, dtype=np.uint8)
    room[: len(have)] = have
    return room.view(np.uint64)


def _encoded(data: pa.Array, words: int) -> tuple[NDArray[np.int32], Words | None, list[str]]:
    """A column as numbers of its distinct values, where it has one, and these as text; the last is "" for no value.

    The numbers of empty cells are whatever they are.
    """
    encoded = data if pa.types.is_dictionary(data.type) else data.dictionary_encode()
    names = [*(_text(value) for value in encoded.dictionary.to_pylist()), ""]
    indices = encoded.indices
    if indices.type != pa.int32():
        indices = indices.cast(pa.int32())  # only where it must: this loads pyarrow.compute
    indices = _from_whole_byte(indices)
    codes = np.frombuffer(indices.buffers()[1], dtype=np.int32)[indices.offset : indices.offset + len(indices)]
    return codes, _validity(indices, words), names


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _tokens(value: str, separator: str | None) -> frozenset[str]:
    if separator is None:
        return frozenset((value,))
    return frozenset(part.strip() for part in value.split(separator)) or frozenset(("",))


def _packed(codes: NDArray[np.int32], valid: Words | None, table: list[bool], words: int) -> Words:
    """The plane of cells whose value is marked in the table; its last mark is for empty ones."""
    room = np.zeros(words * 8, dtype=np.uint8)
    bits = np.packbits(np.array(table, dtype=np.bool_).take(codes, mode="clip"), bitorder="little")
    room[: len(bits)] = bits
    plane = room.view(np.uint64)
    if valid is not None:
        plane = plane | ~valid if table[-1] else plane & valid
    return plane


def _unpacked(plane: Words, rows: int) -> NDArray[np.uint8]:
    return np.unpackbits(plane.view(np.uint8), bitorder="little")[:rows]


def _bad(
    rows: NDArray[np.int64],
    codes: NDArray[np.int32],
    names: list[str],
    tokens: list[frozenset[str]],
    known: frozenset[str],
    column: str,
    first_row: int,
) -> Iterator[BadValue]:
    for i in rows:
        code = int(codes[i])
        what = ", ".join(repr(token) for token in sorted(tokens[code] - known))
        yield BadValue(first_row + int(i), column, names[code], f"the mapping knows no value {what}; taken as unknown")
