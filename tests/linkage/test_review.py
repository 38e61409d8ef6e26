"""Doubtful pairs go out side by side and come back as answers; every fault is told by row and column."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import numpy as np
import pytest

from palermo.linkage.mapping import read_mapping
from palermo.linkage.model import Pairs
from palermo.linkage.records import Records, prepare
from palermo.linkage.review import Answers, UnusableReview, read_review, write_review

TABLE = "no,first,last,born\n1,Ana,Pop,1990-03-02\n2,Anna,Popa,1990\n3,=1+1,Pop,\n"


@pytest.fixture
def written(tmp_path: Path) -> tuple[Records, Path]:
    (tmp_path / "police.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "shelter.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "map.yaml").write_text(
        "columns: {id: no, given_name: first, family_name: last, birth_date: born}\n", encoding="utf-8"
    )
    mapping = read_mapping(tmp_path / "map.yaml")
    records = prepare([tmp_path / "police.csv", tmp_path / "shelter.csv"], mapping, tmp_path / "records.parquet")
    pairs = Pairs(np.array([0, 2, 1]), np.array([4, 5, 3]), np.array([0.85, 0.52, 0.3]))
    write_review(tmp_path / "review.csv", records, mapping, pairs)
    return records, tmp_path / "review.csv"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def answer(path: Path, *answers: str, delimiter: str = ",") -> None:
    rows = rows_of(path)
    for row, said in zip(rows, answers, strict=True):
        row["same"] = said
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def test_pairs_stand_side_by_side_as_the_agencies_wrote_them(written: tuple[Records, Path]) -> None:
    _, path = written
    rows = rows_of(path)
    assert [row["probability"] for row in rows] == ["0.520", "0.300", "0.850"]  # the most doubtful first
    assert (rows[2]["given_name_a"], rows[2]["given_name_b"]) == ("Ana", "Anna")
    assert (rows[2]["birth_date_a"], rows[2]["birth_date_b"]) == ("1990-03-02", "1990")
    assert {row["same"] for row in rows} == {""}


def test_only_its_owner_may_read_it_and_no_cell_is_a_formula(written: tuple[Records, Path]) -> None:
    _, path = written
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert rows_of(path)[0]["given_name_a"] == "'=1+1"


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_answers_are_read_back(delimiter: str, written: tuple[Records, Path]) -> None:
    records, path = written
    answer(path, "No", "", "yes", delimiter=delimiter)
    assert read_review(path, records) == Answers(same=((0, 4),), different=((2, 5),))


def test_every_fault_is_told_with_row_and_column_and_nothing_of_a_person(written: tuple[Records, Path]) -> None:
    records, path = written
    answer(path, "perhaps Ana", "", "yes")
    path.write_text(path.read_text(encoding="utf-8").replace("police,1,", "police,9,"), encoding="utf-8")
    column = 1 + list(rows_of(path)[0]).index("same")
    with pytest.raises(UnusableReview) as error:
        read_review(path, records)
    assert str(error.value).splitlines() == [
        f"{path}:2:{column}: same: expected yes, no or nothing",
        f"{path}:4:3: id_a: no record to link has this agency and id",
    ]


def test_answers_that_contradict_each_other_are_refused(written: tuple[Records, Path]) -> None:
    records, path = written
    path.write_text(
        "agency_a,id_a,agency_b,id_b,same\npolice,1,police,2,yes\npolice,2,shelter,1,yes\nshelter,1,police,1,no\n",
        encoding="utf-8",
    )
    with pytest.raises(UnusableReview, match=r"review.csv:4: same: no, but other rows say yes"):
        read_review(path, records)
    path.write_text("agency_a,id_a,agency_b,id_b,same\npolice,1,police,2,yes\npolice,2,police,1,no\n", encoding="utf-8")
    with pytest.raises(UnusableReview, match=r"review.csv:3:5: same: line 2 has the other answer"):
        read_review(path, records)


def test_another_table_is_no_table_of_answers(written: tuple[Records, Path]) -> None:
    records, path = written
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnusableReview, match="has no column agency_a"):
        read_review(path, records)
