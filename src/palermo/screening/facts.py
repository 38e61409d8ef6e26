"""Facts of a piece of a table as planes of bits, and the rows whose values say nothing that a mapping knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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
            values, valid = _bitmaps(data, words)
            true[straight] |= values & valid
            false[straight] |= ~values & valid
            continue
        codes, names = _encoded(data)
        known = column.known_values()
        tokens = [_tokens(value, column.separator) for value in names]
        for fact in column.facts:
            for planes, wanted in ((true, {*fact.true}), (false, {*fact.false})):
                if wanted:
                    planes[fact.concept] |= _packed(codes, [bool(wanted & told) for told in tokens], words)
        strange = [bool(told - known) for told in tokens]
        if any(strange):
            bad += _bad(codes, names, tokens, known, strange, name, first_row)
    return Facts([true[c] for c in concepts], [false[c] for c in concepts], words, bad)


def _straight(column: Column) -> str | None:
    """The concept of a column that tells one fact, true with `true` and false with `false`."""
    if len(column.facts) != 1:
        return None
    fact = column.facts[0]
    return fact.concept if "true" in fact.true and "false" in fact.false else None


def _bitmaps(data: pa.BooleanArray, words: int) -> tuple[Words, Words]:
    """The value and validity bits of a Boolean column, taken as they lie where they begin at a whole byte."""
    if data.offset % 8:
        data = pa.concat_arrays([data])
        if data.offset % 8:
            data = pc.and_kleene(data, pa.scalar(True))
    validity, values = data.buffers()
    valid = _words(validity, data.offset, words) if validity is not None else np.full(words, ~np.uint64(0))
    left = len(data) % WORD
    if left:
        valid = valid.copy()
        valid[-1] &= (np.uint64(1) << np.uint64(left)) - np.uint64(1)
    return _words(values, data.offset, words), valid


def _words(buffer: pa.Buffer, offset: int, words: int) -> Words:
    have = np.frombuffer(buffer, dtype=np.uint8)[offset // 8 : offset // 8 + words * 8]
    if len(have) == words * 8:
        return have.view(np.uint64) if have.ctypes.data % 8 == 0 else have.copy().view(np.uint64)
    room = np.zeros(words * 8, dtype=np.uint8)
    room[: len(have)] = have
    return room.view(np.uint64)


def _encoded(data: pa.Array) -> tuple[NDArray[np.int32], list[str]]:
    """A column as numbers of its distinct values and these as text; an empty cell has the number of ""."""
    encoded = data if pa.types.is_dictionary(data.type) else pc.dictionary_encode(data)
    names = [_text(value) for value in encoded.dictionary.to_pylist()]
    if "" not in names:
        names.append("")
    empty = names.index("")
    codes = pc.fill_null(encoded.indices.cast(pa.int32()), empty).to_numpy(zero_copy_only=False)
    return codes, names


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


def _packed(codes: NDArray[np.int32], table: list[bool], words: int) -> Words:
    room = np.zeros(words * 8, dtype=np.uint8)
    bits = np.packbits(np.array(table, dtype=np.bool_)[codes], bitorder="little")
    room[: len(bits)] = bits
    return room.view(np.uint64)


def _bad(
    codes: NDArray[np.int32],
    names: list[str],
    tokens: list[frozenset[str]],
    known: frozenset[str],
    strange: list[bool],
    column: str,
    first_row: int,
) -> Iterator[BadValue]:
    for i in np.flatnonzero(np.array(strange, dtype=np.bool_)[codes]):
        code = int(codes[i])
        what = ", ".join(repr(token) for token in sorted(tokens[code] - known))
        yield BadValue(first_row + int(i), column, names[code], f"the mapping knows no value {what}; taken as unknown")
