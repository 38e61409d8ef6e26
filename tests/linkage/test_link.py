"""Made-up persons with known truth are linked, counted, reviewed and written; DuckDB and a real Spark agree."""

from __future__ import annotations

import csv
import logging
import stat
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from palermo.cli.main import run
from palermo.linkage.link import Linked, link
from palermo.linkage.mapping import read_mapping
from palermo.linkage.records import prepare
from palermo.linkage.tokens import join_tokens, write_tokens
from tests.linkage.persons import MAPPING, agency_files


class Made:
    """Files of made-up persons in a folder, and who each record is of."""

    def __init__(self, folder: Path, records: int) -> None:
        tables, truth = agency_files(records, 7)
        self.files = []
        for name, table in tables.items():
            self.files.append(folder / f"{name}.parquet")
            pq.write_table(table, self.files[-1])
        (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")
        self.mapping = read_mapping(folder / "map.yaml")
        self.truth = np.concatenate([np.array(numbers) for numbers in truth.values()])
        cases = [(name, case) for name, table in tables.items() for case in table["case_no"].to_pylist()]
        self.person = dict(zip(cases, self.truth.tolist(), strict=True))
        self.persons = len({*self.person.values()})
        self.pairs = pairs_within(self.truth)

    def is_one(self, row: dict[str, Any]) -> bool:
        return self.person[row["agency_a"], row["id_a"]] == self.person[row["agency_b"], row["id_b"]]


def pairs_within(person: np.ndarray[Any, Any]) -> int:
    _, sizes = np.unique(person, return_counts=True)
    return int((sizes * (sizes - 1) // 2).sum())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("persons"), 1500)


@pytest.fixture(scope="module")
def linked(made: Made, tmp_path_factory: pytest.TempPathFactory) -> tuple[Linked, Path]:
    folder = tmp_path_factory.mktemp("linked")
    names = {"review": "review.csv", "persons": "persons.parquet", "lists": "lists.csv"}
    paths = {option: folder / name for option, name in names.items()}
    return link(made.files, made.mapping, folder / "links.parquet", **paths), folder  # type: ignore[arg-type]


def rows_of(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return found


def test_pairs_called_the_same_are_and_most_are_found(made: Made, linked: tuple[Linked, Path]) -> None:
    rows = rows_of(linked[1] / "links.parquet")
    same = [made.is_one(row) for row in rows if row["band"] == "same"]
    either = [made.is_one(row) for row in rows if row["band"] != "different"]
    assert np.mean(same) > 0.97
    assert sum(same) / made.pairs > 0.6
    assert sum(either) / made.pairs > 0.75
    assert {row["band"] for row in rows} == {"same", "doubtful", "different"}


def test_the_count_lies_in_its_range_and_nearer_the_truth_than_the_records(
    made: Made, linked: tuple[Linked, Path]
) -> None:
    found, _ = linked
    assert found.fewest <= found.persons <= found.most < found.records
    assert abs(found.persons - made.persons) < 0.3 * (found.records - made.persons)
    assert found.untrained == ()


def test_persons_and_lists_say_what_is_counted(linked: tuple[Linked, Path]) -> None:
    found, folder = linked
    persons = rows_of(folder / "persons.parquet")
    assert len(persons) == found.records
    assert len({row["person"] for row in persons}) == found.persons
    with (folder / "lists.csv").open(encoding="utf-8", newline="") as file:
        lists = list(csv.DictReader(file))
    assert sum(int(row["count"]) for row in lists) == found.persons
    for agency in found.agencies:
        assert sum(int(row["count"]) for row in lists if row[agency.name] == "1") == agency.persons
    from palermo.evidence.capture_lists import read_lists

    assert len(read_lists(folder / "lists.csv").names) == 4


def test_answers_win(made: Made, linked: tuple[Linked, Path], tmp_path: Path) -> None:
    found, folder = linked
    with (folder / "review.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == found.doubtful
    for row in rows:
        row["same"] = "yes" if made.is_one(row) else "no"
    answers = tmp_path / "answers.csv"
    with answers.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    out = tmp_path / "links.parquet"
    after = link(made.files, made.mapping, out, reviewed=answers)
    assert after.answered == found.doubtful
    assert after.doubtful == 0
    assert after.fewest == after.persons == after.most
    assert abs(after.persons - made.persons) <= abs(found.persons - made.persons)
    answered = [row for row in rows_of(out) if row["reviewed"]]
    assert all((row["band"] == "same") == made.is_one(row) for row in answered)


def test_only_their_owner_may_read_what_is_written(linked: tuple[Linked, Path]) -> None:
    for name in ("links.parquet", "persons.parquet", "review.csv"):
        assert stat.S_IMODE((linked[1] / name).stat().st_mode) == 0o600


def test_nothing_of_a_person_is_printed_logged_or_left_behind(
    made: Made,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    files = [str(file) for file in made.files[:2]]
    options = ["--map", str(made.files[0].parent / "map.yaml"), "--out", str(tmp_path / "links.parquet")]
    assert run(["link", *files, *options]) == 0
    said = capsys.readouterr()
    told = (said.out + said.err + caplog.text).casefold()
    assert "persons" in told
    words = {cell for file in made.files[:2] for cell in pq.read_table(file)["first_name"].to_pylist() if cell}
    assert not {word for word in words if len(word) > 4 and word.casefold() in told}
    assert list(temporary.iterdir()) == []


def test_keyed_hashes_find_fewer_and_hardly_a_false_one(made: Made, tmp_path: Path) -> None:
    records = prepare(made.files, made.mapping, tmp_path / "records.parquet")
    write_tokens(records, bytes(range(32)), tmp_path / "tokens.parquet")
    person = join_tokens([tmp_path / "tokens.parquet"]).person
    _, both = np.unique(np.stack([person, made.truth]), axis=1, return_counts=True)
    right = int((both * (both - 1) // 2).sum())
    assert right / pairs_within(person) > 0.97
    assert 0.5 < right / made.pairs < 0.9


@pytest.mark.parametrize(
    ("table", "mapped"),
    [
        ("no,first,last,born\n1,Ana,Pop,1990-03-02\n", ", birth_date: born"),
        ("no,first,last,born\n1,Ana,Pop,1990-03-02\n2,Ana,Pop,1990-03-02\n3,Bea,Ion,\n", ", birth_date: born"),
        ("no,first,last\n1,Ana,Pop\n2,Ana,Popa\n", ""),
    ],
)
def test_a_few_records_are_linked_by_the_weights_begun_with(table: str, mapped: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    text = f"columns: {{id: no, given_name: first, family_name: last{mapped}}}\n"
    (tmp_path / "map.yaml").write_text(text, encoding="utf-8")
    found = link([tmp_path / "a.csv"], read_mapping(tmp_path / "map.yaml"), tmp_path / "links.parquet")
    assert found.records == table.count("\n") - 1
    assert 1 <= found.fewest <= found.persons <= found.most <= found.records
    assert set(found.untrained) == ({"name", "birth_year"} if mapped else {"name"})


def test_spark_says_what_duckdb_says(tmp_path: Path) -> None:
    few = Made(tmp_path, 400)
    found = {}
    for engine in ("duckdb", "spark"):
        out = tmp_path / f"{engine}.parquet"
        link(few.files, few.mapping, out, engine=engine)
        rows = rows_of(out)
        found[engine] = {(r["agency_a"], r["id_a"], r["agency_b"], r["id_b"]): r["probability"] for r in rows}
    strong = {
        engine: {frozenset([key[:2], key[2:]]) for key, p in pairs.items() if p >= 0.9}
        for engine, pairs in found.items()
    }
    assert len(strong["duckdb"]) > 100
    apart = strong["duckdb"] ^ strong["spark"]  # random samples for training are not the same ones
    assert len(apart) <= 0.05 * len(strong["duckdb"])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--out", "x"], "linking needs --map"),
        (["--map", "m"], "linking needs --out"),
        (["--hash", "--map", "m", "--out", "x"], "--hash needs --key-file"),
        (["--hash", "--tokens"], "give one of the two"),
        (["--map", "m", "--out", "x", "--key-file", "k"], "--key-file says nothing without --hash"),
        (["--tokens", "--review", "r"], "--review says nothing with --tokens"),
        (["--map", "m", "--out", "x", "--same", "0.3", "--different", "0.6"], "must not be above"),
        (["--map", "absent.yaml", "--out", "x"], "cannot use absent.yaml"),
    ],
)
def test_mistakes_are_told_in_one_line(options: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["link", "a.csv", *options]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
