"""One meaning: the single case, planes, DuckDB and a real Spark give the same answers on random laws and cases."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.casework.under import Conduct
from palermo.logic.formula import Formula
from palermo.logic.questions import decide
from palermo.logic.theory import Contradiction, Theory
from palermo.logic.truth import Truth
from palermo.screening.engines import screen_in
from palermo.screening.mapping import of_concepts
from palermo.screening.screen import screen
from palermo.screening.tables import Table
from tests.logic.strategies import CONCEPTS, formulas, theories

CELLS = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.OPEN}
Row = dict[str, bool | None]
ROWS = st.lists(
    st.fixed_dictionaries({c: st.sampled_from([True, False, None]) for c in CONCEPTS}), min_size=1, max_size=80
)
LAWS = st.lists(formulas(), min_size=1, max_size=8)


def table_of(rows: list[Row], folder: Path) -> Table:
    path = folder / "cases.parquet"
    pq.write_table(pa.table({c: pa.array([row[c] for row in rows], pa.bool_()) for c in CONCEPTS}), path)
    return Table(path)


def laws_of(found: list[Formula]) -> list[Conduct]:
    return [Conduct(f"law {i}", f"Law {i}", formula, (), True) for i, formula in enumerate(found)]


def one_by_one(rows: list[Row], laws: list[Conduct], theory: Theory) -> list[list[Truth]]:
    answers = []
    for row in rows:
        facts = {c: value for c, value in row.items() if value is not None}
        try:
            answers.append([decide(law.formula, facts, theory).truth for law in laws])
        except Contradiction:
            answers.append([Truth.OPEN for _ in laws])
    return answers


def read(path: Path, laws: list[Conduct]) -> list[list[Truth]]:
    table = pq.read_table(path)
    columns = [[CELLS[value] for value in table[law.name].to_pylist()] for law in laws]
    return [list(row) for row in zip(*columns, strict=True)]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LAWS, theories(), ROWS)
def test_planes_and_duckdb(tmp_path: Path, found: list[Formula], theory: Theory, rows: list[Row]) -> None:
    laws, table = laws_of(found), table_of(rows, tmp_path)
    mapping = of_concepts(table.columns, CONCEPTS)
    expected = one_by_one(rows, laws, theory)
    planes = screen(table, laws, theory, mapping, tmp_path / "planes.parquet")
    duck = screen_in("duckdb", table, laws, theory, mapping, tmp_path / "duck.parquet")
    assert read(tmp_path / "planes.parquet", laws) == expected
    assert read(tmp_path / "duck.parquet", laws) == expected
    assert (planes.laws, planes.rows, planes.contradictory) == (duck.laws, duck.rows, duck.contradictory)


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(formulas(), min_size=4, max_size=8), theories(), ROWS)
def test_spark(tmp_path: Path, found: list[Formula], theory: Theory, rows: list[Row]) -> None:
    laws, table = laws_of(found), table_of(rows, tmp_path)
    mapping = of_concepts(table.columns, CONCEPTS)
    screen_in("spark", table, laws, theory, mapping, tmp_path / "spark.parquet")
    assert read(tmp_path / "spark.parquet", laws) == one_by_one(rows, laws, theory)


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_texts_and_several_values_in_a_cell_are_read_alike(engine: str, tmp_path: Path) -> None:
    from palermo.logic.formula import AllOf, Fact
    from palermo.screening.mapping import Column, FactOfColumn, Mapping

    path = tmp_path / "cases.csv"
    path.write_text("age,kinds\n9--17,Begging; Slavery\nadult,Begging\n,\nolder,Slavery;Odd\n 9--17 ,slavery\n")
    mapping = Mapping(
        id="m",
        title="m",
        columns={
            "age": Column(facts=(FactOfColumn(concept="person.child", true=("9--17",), false=("adult",)),)),
            "kinds": Column(
                facts=(FactOfColumn(concept="purpose.slavery", true=("Slavery", "slavery")),),
                neutral=("Begging",),
                separator=";",
            ),
        },
    )
    laws = [Conduct("law", "Law", AllOf((Fact("person.child"), Fact("purpose.slavery"))), (), True)]
    table = Table(path)
    mine = screen(table, laws, Theory(), mapping, tmp_path / "planes.parquet")
    theirs = screen_in(engine, table, laws, Theory(), mapping, tmp_path / "theirs.parquet")
    expected = [[Truth.TRUE], [Truth.FALSE], [Truth.OPEN], [Truth.OPEN], [Truth.TRUE]]
    assert read(tmp_path / "planes.parquet", laws) == expected
    assert read(tmp_path / "theirs.parquet", laws) == expected
    assert mine.laws == theirs.laws
    assert (mine.bad, theirs.bad) == (2, 1)  # cells; rows with such cells
