"""Agencies' tables are read as their mapping says: missing is told apart, and no fault names a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from palermo.corpus.problems import CorpusError
from palermo.linkage.mapping import read_mapping
from palermo.linkage.records import prepare
from palermo.screening.tables import UnreadableTable

MAP = """\
columns: {id: no, given_name: first, family_name: last, birth_date: born, sex: sex, nationality: nat}
date_format: "%d.%m.%Y"
files:
  shelter: {columns: {id: case, name: whole, birth_year: year}, date_format: "%Y-%m-%d"}
"""


def mapping_file(folder: Path, text: str = MAP) -> Path:
    path = folder / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str = MAP, **tables: str) -> Any:
    files = []
    for name, content in tables.items():
        files.append(folder / f"{name}.csv")
        files[-1].write_text(content, encoding="utf-8")
    records = prepare(files, read_mapping(mapping_file(folder, text)), folder / "records.parquet")
    return records, pq.read_table(records.path).to_pylist()


POLICE = "no,first,last,born,sex,nat\n"


def test_unknown_is_apart_from_any_value(tmp_path: Path) -> None:
    _, rows = read(
        tmp_path,
        MAP.split("files:", maxsplit=1)[0],
        police=POLICE + "1,Ana,Pop,01.01.1990,F,ROU\n2,unknown,Pop,,,-\n3,Ana,Pop,1990,woman,rou\n",
    )
    assert [row["birth_year"] for row in rows] == [1990, None, 1990]
    assert [row["birth_day"] for row in rows] == [None, None, None]  # 1 January stands for an unknown day
    assert [row["sex"] for row in rows] == ["female", None, "female"]
    assert [row["nationality"] for row in rows] == ["rou", None, "rou"]
    assert rows[1]["given"] is None
    assert rows[1]["name_key"] is None


def test_order_of_names_does_not_change_the_key(tmp_path: Path) -> None:
    _, rows = read(tmp_path, MAP.split("files:", maxsplit=1)[0], police=POLICE + "1,Wei,Zhang,,,\n2,Zhang,Wei,,,\n")
    assert rows[0]["name_key"] == rows[1]["name_key"]
    assert rows[0]["name"] != rows[1]["name"]


def test_each_file_has_its_own_columns_and_dates(tmp_path: Path) -> None:
    records, rows = read(
        tmp_path,
        MAP.replace(
            "given_name: first, family_name: last, birth_date: born, sex: sex, nationality: nat", "sex: sex"
        ).replace("files:", "files:\n  police: {columns: {given_name: first, family_name: last, birth_date: born}}"),
        police="no,first,last,born,sex\n1,Ana,Pop,02.03.1990,F\n",
        shelter='case,whole,year,sex\n7,"Pop, Ana",1990,F\n8,Ana Pop,1991,F\n',
    )
    assert [(row["agency"], row["id"]) for row in rows] == [("police", "1"), ("shelter", "7"), ("shelter", "8")]
    assert [row["birth_day"] for row in rows] == ["0302", None, None]
    assert {row["name_key"] for row in rows} == {rows[0]["name_key"]}
    assert rows[0]["name"] == rows[1]["name"]
    assert records.empty == ("nationality", "place")


def test_dates_that_are_none_are_counted_and_taken_as_unknown(tmp_path: Path) -> None:
    records, rows = read(
        tmp_path,
        MAP.split("files:", maxsplit=1)[0],
        police=POLICE + "1,Ana,Pop,31.02.1990,,\n2,Ana,Pop,spring,,\n3,Ana,Pop,02.03.1990,,\n4,Ana,Pop,02.03.1590,,\n",
    )
    assert [row["birth_year"] for row in rows] == [None, None, 1990, None]
    (unread,) = records.unread
    assert (unread.column, unread.cells, unread.first_row) == ("born", 3, 1)


def test_dates_of_parquet_are_read(tmp_path: Path) -> None:
    from datetime import date

    path = tmp_path / "police.parquet"
    pq.write_table(pa.table({"no": [1], "first": ["Ana"], "born": [date(1990, 3, 2)]}), path)
    text = "columns: {id: no, given_name: first, birth_date: born}\n"
    records = prepare([path], read_mapping(mapping_file(tmp_path, text)), tmp_path / "records.parquet")
    assert pq.read_table(records.path)["birth_day"].to_pylist() == ["0302"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("no,first,last,born,sex\n1,Ana,Pop,,\n", "has no column 'nat' for nationality"),
        (POLICE + "1,Ana,Pop,,,\n,Bea,Pop,,,\n", "row 2: column 'no' has no id"),
        (POLICE + "1,Ana,Pop,,,\n2,Bea,Pop,,,\n1,Eva,Pop,,,\n", "row 3: the id is that of"),
    ],
)
def test_faults_name_the_row_and_no_person(table: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableTable, match="police") as error:
        read(tmp_path, MAP.split("files:", maxsplit=1)[0], police=table)
    assert said in str(error.value)
    assert not {"Ana", "Bea", "Eva", "Pop"} & {*str(error.value).replace(":", " ").split()}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("columns: {id: no, given_name: a, colour: b}\n", "1:34"),
        ("columns: {id: no, birth_date: b}\n", "1:10"),
        ('columns: {id: no, name: b}\ndate_format: "%d/%m"\n', "2:14"),
        ("columns: {id: no, name: b}\nunknown_days: [1 January]\n", "2:16"),
    ],
)
def test_a_mapping_is_told_its_faults_with_their_place(text: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=f"map.yaml:{place}: "):
        read_mapping(mapping_file(tmp_path, text))
