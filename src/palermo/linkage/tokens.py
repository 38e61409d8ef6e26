"""Keyed hashes of persons, so that two agencies count those they share without telling each other a name.

A token is HMAC-SHA-256, under a key that the agencies share and whoever joins the tokens need not have, of how the
names sound with the birth date. Equal tokens tell equal input and nothing else; nearness cannot be computed from them,
which is why they withstand more than Bloom filters do and find less than open linkage does.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from palermo.linkage.model import Integers
from palermo.linkage.persons import Gathering
from palermo.linkage.records import Records

VERSION = "palermo-link-1"
"""Of the rules that make a token; a change of how names are read makes another."""

KINDS: dict[str, tuple[str, ...]] = {
    "name_date": ("name_key", "birth_year", "birth_day"),
    "name_year": ("name_key", "birth_year", "sex", "nationality"),
    "given_date": ("given_sound", "birth_year", "birth_day", "sex", "nationality"),
    "family_date": ("family_sound", "birth_year", "birth_day", "sex", "nationality"),
    "name_place": ("name_key", "sex", "nationality", "place"),
}
"""What each kind of token is made of; a record that lacks a part has no token of that kind."""

DATED = ("name_date", "given_date", "family_date")
"""Kinds with a whole birth date. The others are shared by namesakes too, and join only where that is not seen."""

_KEY_BYTES = 32
_CHECK, _RULES = b"palermo key check", b"palermo rules"


class UnusableKey(ValueError):
    """A key file cannot be used; the message says why and never what stands in it."""


class UnusableTokens(ValueError):
    """Files of tokens cannot be joined; the message says why."""


class Hashed(msgspec.Struct, frozen=True):
    """How many records got tokens, and how many lack what any token needs."""

    records: int
    without: int


class Joined(msgspec.Struct, frozen=True):
    """What a join of tokens found: for each record its agency and its person, agencies by number.

    `without` records have no token at all; `undecided` ones have no birth date and share a token with several persons.
    Both count as persons of their own, so the count errs upwards.
    """

    agencies: tuple[str, ...]
    agency: Integers
    person: Integers
    without: int
    undecided: int


def read_key(path: Path) -> bytes:
    """The key in a file of 64 hexadecimal digits that only its owner can read. Raises UnusableKey, OSError."""
    handle = os.open(path, os.O_RDONLY)
    with os.fdopen(handle, encoding="ascii", errors="replace") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise UnusableKey(f"{path}: expected a plain file")
        if os.name == "posix":
            if status.st_mode & 0o077:
                raise UnusableKey(f"{path}: others than its owner can use it; do: chmod 600 {path}")
            if status.st_uid != os.geteuid():
                raise UnusableKey(f"{path}: belongs to another user; the key must be a file of your own")
        text = file.read(4096).strip()
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise UnusableKey(f"{path}: expected 64 hexadecimal digits; make a key with: openssl rand -hex 32")
    if len({*key}) < 8:
        raise UnusableKey(f"{path}: not a random key; make one with: openssl rand -hex 32")
    return key


def token(key: bytes, kind: str, parts: Sequence[str]) -> str:
    """The token of a kind for the parts of a person, as hexadecimal digits."""
    told = "\x1f".join((VERSION, kind, *parts)).encode()
    return hmac.new(key, told, hashlib.sha256).hexdigest()


def write_tokens(records: Records, key: bytes, out: Path, tell: Callable[[int], object] | None = None) -> Hashed:
    """Write the tokens of records as Parquet: agency, record (numbered from 1 within the file), a column for each kind.

    No name, date or id of the agency is in it. Only the file's owner may read it.
    """
    fields = [("agency", pa.string()), ("file", pa.string()), ("record", pa.int64())]
    schema = pa.schema(
        [*fields, *((kind, pa.string()) for kind in KINDS)],
        metadata={_CHECK: hmac.new(key, _CHECK, hashlib.sha256).hexdigest()[:16], _RULES: VERSION},
    )
    done = without = 0
    temporary = out.with_name(f".{out.name}.part")
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    starts = [part.first for part in records.parts]
    with pq.ParquetWriter(temporary, schema, compression="zstd") as writer, pq.ParquetFile(records.path) as file:
        for batch in file.iter_batches(1 << 16):
            columns = [_tokens(batch, key, kind) for kind in KINDS]
            numbers = batch.column("unique_id").to_numpy()
            parts = np.searchsorted(starts, numbers, side="right") - 1
            arrays = [
                batch.column("agency"),
                pa.array([records.parts[i].file.stem for i in parts.tolist()]),
                pa.array(numbers - np.array(starts)[parts] + 1),
                *(pa.array(column, pa.string()) for column in columns),
            ]
            writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))
            without += sum(not any(row) for row in zip(*columns, strict=True))
            done += batch.num_rows
            if tell is not None:
                tell(done)
    os.replace(temporary, out)
    return Hashed(done, without)


def _tokens(batch: pa.RecordBatch, key: bytes, kind: str) -> list[str | None]:
    parts = (batch.column(name).cast(pa.string()).to_pylist() for name in KINDS[kind])
    return [None if None in row else token(key, kind, row) for row in zip(*parts, strict=True)]


def join_tokens(files: Sequence[Path], kinds: Iterable[str] = KINDS) -> Joined:
    """Join files of tokens: records that share a token are of one person. Raises UnusableTokens.

    A token without a birth date that several persons with different birth dates share joins nobody.
    """
    tables = [_read(file) for file in files]
    for what, said in ((_RULES, "were made by another version of the rules"), (_CHECK, "were made with another key")):
        differing = [
            file for file, table in zip(files, tables, strict=True) if _mark(table, what) != _mark(tables[0], what)
        ]
        if differing:
            raise UnusableTokens(
                f"{differing[0]}: its tokens {said} than those of {files[0]}; nothing in them can be equal"
            )
    table = pa.concat_tables(tables).combine_chunks()
    asked = set(kinds)
    codes = {kind: _codes(table, kind) for kind in KINDS if kind in asked}
    gathering = Gathering(table.num_rows)
    dated = np.zeros(table.num_rows, dtype=np.bool_)
    undecided = np.zeros(table.num_rows, dtype=np.bool_)
    for kind in (kind for kind in codes if kind in DATED):
        dated |= codes[kind] >= 0
        _join_equal(gathering, codes[kind])
    for kind in (kind for kind in codes if kind not in DATED):
        shared = _shared_by_several(codes[kind], gathering.persons(), dated)
        undecided |= shared & ~dated
        _join_equal(gathering, np.where(shared, -1, codes[kind]))
    agencies: Any = table["agency"].combine_chunks().dictionary_encode()
    person = gathering.persons()
    return Joined(
        tuple(agencies.dictionary.to_pylist()),
        agencies.indices.to_numpy().astype(np.int64),
        person,
        int(np.logical_and.reduce([of_kind < 0 for of_kind in codes.values()]).sum()),
        int((undecided & (np.bincount(person)[person] == 1)).sum()),
    )


def _codes(table: pa.Table, kind: str) -> Integers:
    """A number for each token of a kind, -1 for none."""
    coded: Any = table[kind].combine_chunks().dictionary_encode()
    found: Integers = coded.indices.fill_null(-1).to_numpy().astype(np.int64)
    return found


def _join_equal(gathering: Gathering, codes: Integers) -> None:
    told = np.flatnonzero(codes >= 0)
    ranked = told[np.argsort(codes[told], kind="stable")]
    equal = np.flatnonzero(codes[ranked][1:] == codes[ranked][:-1])
    for one, other in zip(ranked[equal].tolist(), ranked[equal + 1].tolist(), strict=True):
        gathering.join(one, other)


def _shared_by_several(codes: Integers, person: Integers, dated: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The records whose token several persons with a birth date share: it is a token of namesakes."""
    of_dated = np.zeros(int(person.max(initial=-1)) + 1, dtype=np.bool_)
    of_dated[person[dated]] = True
    told = (codes >= 0) & of_dated[person]
    pairs = np.unique(np.stack([codes[told], person[told]]), axis=1)
    several = np.bincount(pairs[0], minlength=int(codes.max(initial=-1)) + 2) > 1
    return (codes >= 0) & several[codes]


def _read(file: Path) -> pa.Table:
    try:
        table = pq.read_table(file)
    except (OSError, pa.ArrowInvalid):
        raise UnusableTokens(f"{file}: cannot be read; expected a file that `palermo link --hash` wrote") from None
    if table.schema.metadata is None or _CHECK not in table.schema.metadata:
        raise UnusableTokens(f"{file}: has no tokens; expected a file that `palermo link --hash` wrote")
    return table


def _mark(table: pa.Table, what: bytes) -> Any:
    return table.schema.metadata.get(what)
