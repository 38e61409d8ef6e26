"""A table of cases goes in, a table of answers comes out: in order, whole, and with every bad cell named."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

import palermo
from palermo.corpus.problems import CorpusError
from palermo.screening.mapping import read_mapping, shipped
from tests.cli.running import palermo as command
from tests.cli.running import refused

HEAD = "case,act.harbouring,means.deception,person.child,purpose.slavery,circumstance.travel-arranged,act.transport\n"
CASES = (
    "a,true,true,false,true,,\n"
    "b,false,,,,,false\n"
    "c,,true,,true,,\n"
    "d,true,maybe,,true,,\n"
    "e,,,,,false,true\n"
    "f,true,false,true,true,true,\n"
)


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text(HEAD + CASES)
    return path


def answers(path: Path) -> dict[str, tuple[object, ...]]:
    table = pq.read_table(path)
    rows = zip(*(table[name].to_pylist() for name in table.column_names), strict=True)
    return {str(row[1]): row for row in rows}


def test_every_row_gets_an_answer_in_its_place(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    result = command("screen", str(cases), "--under", "palermo-protocol,GBR-EAW", "--keep", "case", "--out", str(out))
    assert result.returncode == 0, result.stderr
    found = answers(out)
    assert pq.read_table(out).column_names == ["row", "case", "palermo-protocol", "GBR-EAW"]
    assert [row[0] for row in found.values()] == [1, 2, 3, 4, 5, 6]
    assert found["a"][2] is True
    assert found["a"][3] is None  # nobody said whether anyone travelled
    assert found["c"][2] is None
    assert found["f"][2:] == (True, True)


def test_bad_cells_and_contradictions_are_listed_and_not_dropped(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    result = command("screen", str(cases), "--under", "palermo-protocol", "--keep", "case", "--out", str(out))
    assert "1 cells could not be read and 1 rows contradict themselves" in result.stdout
    with (tmp_path / "out.bad.csv").open(newline="") as file:
        bad = list(csv.DictReader(file))
    assert [(b["row"], b["column"], b["value"]) for b in bad] == [("4", "means.deception", "maybe"), ("5", "", "")]
    assert "taken as unknown" in bad[0]["reason"]
    assert answers(out)["e"][2] is None


def test_all_formats_give_the_same_answers(cases: Path, tmp_path: Path) -> None:
    table = pa.csv.read_csv(cases, convert_options=pa.csv.ConvertOptions(column_types={"means.deception": pa.string()}))
    pq.write_table(table, tmp_path / "cases.parquet")
    with pa.ipc.new_file(tmp_path / "cases.arrow", table.schema) as writer:
        writer.write_table(table)
    found = []
    for suffix in ("csv", "parquet", "arrow"):
        out = tmp_path / f"out-{suffix}.parquet"
        arguments = ("--under", "palermo-protocol,ARG", "--keep", "case", "--out", str(out))
        assert command("screen", str(tmp_path / f"cases.{suffix}"), *arguments).returncode == 0
        found.append(answers(out))
    assert found[0] == found[1] == found[2]


def test_an_answer_can_be_csv_or_arrow(cases: Path, tmp_path: Path) -> None:
    for name in ("out.csv", "out.arrow"):
        assert command("screen", str(cases), "--under", "ARG", "--out", str(tmp_path / name)).returncode == 0
    with (tmp_path / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["row"] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    with pa.ipc.open_file(tmp_path / "out.arrow") as reader:
        assert reader.read_all().num_rows == 6


def test_many_pieces_are_one_table(tmp_path: Path) -> None:
    """Rows that do not fill a word, a chunk or a piece keep their answers."""
    n = 600_001
    values = [True, False, None] * (n // 3 + 1)
    table = pa.table({"act.harbouring": values[:n], "person.child": [True] * n, "purpose.slavery": [True] * n})
    pq.write_table(table, tmp_path / "cases.parquet", row_group_size=100_003)
    out = tmp_path / "out.parquet"
    assert (
        command("screen", str(tmp_path / "cases.parquet"), "--under", "palermo-protocol", "--out", str(out)).returncode
        == 0
    )
    found = pq.read_table(out)
    assert found["row"].to_pylist() == list(range(1, n + 1))
    assert found["palermo-protocol"].to_pylist() == [True if value else None for value in values[:n]]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("nowhere.parquet", "--under", "ARG", "--out", "o.parquet"), "cannot be read"),
        (("cases.txt", "--under", "ARG", "--out", "o.parquet"), "expected a table in .parquet, .arrow, .csv"),
        (("{cases}", "--under", "GHA", "--out", "o.parquet"), "the corpus holds no law of Ghana"),
        (("{cases}", "--under", "ARG", "--out", "o.xlsx"), "expected a table in .parquet, .arrow, .csv"),
        (("{cases}", "--under", "ARG", "--out", "o.parquet", "--keep", "nme"), "has no column 'nme' to keep"),
        (
            ("{cases}", "--under", "ARG", "--out", "o.parquet", "--map", "ctdc-global-2024"),
            "none of the columns of mapping",
        ),
        (("{cases}", "--under", "ARG"), "Missing option '--out'"),
    ],
)
def test_a_mistake_gets_one_clear_line(cases: Path, tmp_path: Path, arguments: tuple[str, ...], expected: str) -> None:
    told = refused("screen", *(a.replace("{cases}", str(cases)) for a in arguments), cwd=tmp_path)
    assert expected in told
    assert not list(tmp_path.glob("o.*"))
    assert not list(tmp_path.glob(".o.*"))


@pytest.mark.parametrize("name", ["ctdc-global-2024", "htcds-2.0"])
def test_the_shipped_mappings_are_in_order(law: palermo.Law, name: str) -> None:
    mapping = read_mapping(shipped()[name], law.corpus.concepts)
    assert mapping.id == name
    assert mapping.concepts()


def test_a_ctdc_shaped_table_goes_through(tmp_path: Path) -> None:
    """In the CTDC dataset a blank is not a no: nothing is outside because nobody ticked it."""
    path = tmp_path / "ctdc.csv"
    path.write_text(
        "ageBroad,meansThreats,isForcedLabour,recruiterRelationFriend\n9--17,,1,1\n30--38,,1,1\n30--38,1,1,1\n"
    )
    out = tmp_path / "out.parquet"
    result = command("screen", str(path), "--under", "palermo-protocol", "--map", "ctdc-global-2024", "--out", str(out))
    assert result.returncode == 0, result.stderr
    assert pq.read_table(out)["palermo-protocol"].to_pylist() == [True, None, True]
    assert "Not in the table, so unknown for every case" in result.stdout


def test_faults_of_a_mapping_have_their_place(law: palermo.Law, tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(
        'id: m\ntitle: m\ncolumns:\n  age:\n    facts:\n      - {concept: person.chld, "true": ["1"], "false": ["1"]}\n'
    )
    with pytest.raises(CorpusError) as caught:
        read_mapping(path, law.corpus.concepts)
    told = [str(problem) for problem in caught.value.problems]
    assert all(line.startswith(f"{path}:6:") for line in told)
    assert any("did you mean person.child?" in line for line in told)
    assert any("is both true and false" in line for line in told)
