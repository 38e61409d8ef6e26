"""Keyed hashes: equal under one key for what sounds alike, and telling nothing else."""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.linkage.mapping import read_mapping
from palermo.linkage.records import Records, prepare
from palermo.linkage.tokens import KINDS, UnusableKey, UnusableTokens, join_tokens, read_key, token, write_tokens

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
HEAD = "no,first,last,born,sex,nat\n"


def records_of(folder: Path, name: str, table: str) -> Records:
    (folder / f"{name}.csv").write_text(HEAD + table, encoding="utf-8")
    (folder / "map.yaml").write_text(
        "columns: {id: no, given_name: first, family_name: last, birth_date: born, sex: sex, nationality: nat}\n",
        encoding="utf-8",
    )
    return prepare([folder / f"{name}.csv"], read_mapping(folder / "map.yaml"), folder / f"{name}.records")


def tokens_of(folder: Path, name: str, table: str, key: bytes = KEY) -> Path:
    out = folder / f"{name}.tokens"
    write_tokens(records_of(folder, name, table), key, out)
    return out


def test_two_agencies_find_whom_they_share(tmp_path: Path) -> None:
    police = tokens_of(tmp_path, "police", "1,Mohammed,Haddad,1990-03-02,M,SYR\n2,Ana,Pop,1991,F,ROU\n3,Eva,,,,\n")
    shelter = tokens_of(
        tmp_path, "shelter", "8,محمد,Hadad,1990-03-02,M,SYR\n9,Ana,Pop,1991-01-01,F,ROU\n7,Ivo,Pop,,,\n"
    )
    joined = join_tokens([police, shelter])
    assert joined.person.tolist() == [0, 1, 2, 0, 1, 3]
    assert joined.without == 2


def test_a_name_that_namesakes_share_joins_nobody(tmp_path: Path) -> None:
    police = tokens_of(tmp_path, "police", "1,Ana,Pop,1991-04-05,F,ROU\n2,Ana,Pop,1991-09-30,F,ROU\n")
    shelter = tokens_of(tmp_path, "shelter", "8,Ana,Pop,1991,F,ROU\n9,Ana,Pop,1991-04-05,F,ROU\n")
    joined = join_tokens([police, shelter])
    assert joined.person.tolist() == [0, 1, 2, 0]
    assert joined.undecided == 1


def test_records_without_a_birth_date_are_one_where_no_namesake_is_seen(tmp_path: Path) -> None:
    police = tokens_of(tmp_path, "police", "1,Ana,Pop,1991-04-05,F,ROU\n2,Eva,Ilie,1980,F,ROU\n")
    shelter = tokens_of(tmp_path, "shelter", "8,Ana,Pop,1991,F,ROU\n9,Eva,Ilie,1980,F,ROU\n")
    joined = join_tokens([police, shelter])
    assert joined.person.tolist() == [0, 1, 0, 1]
    assert joined.undecided == 0


def test_a_file_of_tokens_holds_no_word_of_the_table(tmp_path: Path) -> None:
    out = tokens_of(tmp_path, "police", "CASE-77,Mohammed,Haddad,1990-03-02,M,SYR\n")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    (row,) = pq.read_table(out).to_pylist()
    assert row.keys() == {"agency", "file", "record", *KINDS}
    told = str(row).casefold() + out.read_bytes().decode("latin-1").casefold()
    assert not [word for word in ("mohammed", "haddad", "hadad", "1990", "syr", "case-77", "mhmt") if word in told]


def test_a_record_that_lacks_a_part_has_no_token_of_it(tmp_path: Path) -> None:
    out = tokens_of(tmp_path, "police", "1,Ana,Pop,1991,F,\n")
    (row,) = pq.read_table(out).to_pylist()
    assert {kind for kind in KINDS if row[kind]} == set()  # no day, no nationality, no place


def test_files_under_other_keys_are_refused(tmp_path: Path) -> None:
    one = tokens_of(tmp_path, "police", "1,Ana,Pop,1991-02-03,F,ROU\n")
    other = tokens_of(tmp_path, "shelter", "1,Ana,Pop,1991-02-03,F,ROU\n", OTHER)
    with pytest.raises(UnusableTokens, match="made with another key"):
        join_tokens([one, other])
    with pytest.raises(UnusableTokens, match="cannot be read"):
        join_tokens([one, tmp_path / "police.csv"])


def test_a_token_is_the_hmac_of_kind_and_parts() -> None:
    told = b"palermo-link-1\x1fname_date\x1fHTT MHMT\x1f1990\x1f0302"
    assert token(KEY, "name_date", ["HTT MHMT", "1990", "0302"]) == hmac.new(KEY, told, hashlib.sha256).hexdigest()


PARTS = st.lists(st.text(st.characters(codec="ascii", categories=("L", "N"))), min_size=1, max_size=4)


@given(PARTS, PARTS)
def test_tokens_are_equal_for_equal_parts_alone(one: list[str], other: list[str]) -> None:
    assert (token(KEY, "k", one) == token(KEY, "k", other)) == (one == other)
    assert token(KEY, "k", one) != token(OTHER, "k", one)
    assert token(KEY, "k", one) != token(KEY, "l", one)


def key_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "key"
    path.write_text(text, encoding="ascii")
    path.chmod(mode)
    return path


def test_a_key_is_read(tmp_path: Path) -> None:
    assert read_key(key_file(tmp_path, KEY.hex() + "\n")) == KEY


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        (KEY.hex(), 0o640, "chmod 600"),
        (KEY.hex(), 0o604, "chmod 600"),
        ("secret", 0o600, "expected 64 hexadecimal digits"),
        (KEY.hex()[:62], 0o600, "expected 64 hexadecimal digits"),
        ("00" * 32, 0o600, "not a random key"),
    ],
)
def test_a_key_that_others_can_read_or_guess_is_refused(text: str, mode: int, said: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableKey, match=said) as error:
        read_key(key_file(tmp_path, text, mode))
    assert text not in str(error.value)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_of_another_user_is_refused(tmp_path: Path) -> None:
    path = key_file(tmp_path, KEY.hex())
    os.chown(path, 65534, 65534)
    with pytest.raises(UnusableKey, match="belongs to another user"):
        read_key(path)
