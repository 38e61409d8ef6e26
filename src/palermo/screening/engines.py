"""Screening where the data is: the same laws run by DuckDB or Spark."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from palermo.casework.under import Conduct
from palermo.logic.theory import Theory
from palermo.screening.mapping import Mapping
from palermo.screening.screen import ROW, Counts, Screened
from palermo.screening.spark import spark_session
from palermo.screening.sql import BAD, CLASH, screening_sql
from palermo.screening.tables import Table, UnreadableTable


def screen_in(
    engine: str,
    table: Table,
    laws: Sequence[Conduct],
    theory: Theory,
    mapping: Mapping,
    out: Path,
    keep: Sequence[str] = (),
) -> Screened:
    """Screen a Parquet or CSV table with `duckdb` or `spark` and write Parquet.

    The answer is that of `screen.screen`, with two more columns that mark contradictory rows and rows with cells that
    could not be read, since a table in a warehouse has no row numbers to list them by. Raises UnreadableTable.
    """
    if table.path.suffix not in (".parquet", ".csv") or out.suffix != ".parquet":
        raise UnreadableTable(f"{engine} reads parquet or csv and writes parquet; for other files take planes")
    if not set(mapping.columns) & set(table.columns):
        raise UnreadableTable(f"{table.path}: has none of the columns of mapping {mapping.id}")
    run = _duckdb if engine == "duckdb" else _spark
    return run(table, laws, theory, mapping, out, keep)


def _duckdb(
    table: Table, laws: Sequence[Conduct], theory: Theory, mapping: Mapping, out: Path, keep: Sequence[str]
) -> Screened:
    import duckdb

    path = str(table.path).replace("'", "''")
    reader = f"read_parquet('{path}')" if table.path.suffix == ".parquet" else f"read_csv('{path}', all_varchar=true)"
    source = f"(SELECT row_number() OVER () AS {ROW}, * FROM {reader}) AS cases"  # noqa: S608 (a path, with its quotes doubled)
    formulas = {law.name: law.formula for law in laws}
    query = screening_sql("duckdb", source, table.columns, formulas, theory, mapping, [ROW, *keep])
    temporary = out.with_name(f".{out.name}.part")
    with duckdb.connect() as connection:
        target = str(temporary).replace("'", "''")
        connection.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        answers: Any = connection.read_parquet(str(temporary))
        counted = answers.aggregate(_counting([law.name for law in laws])).limit(1).fetchall()[0]
    os.replace(temporary, out)
    return _screened(table, laws, mapping, counted)


def _spark(
    table: Table, laws: Sequence[Conduct], theory: Theory, mapping: Mapping, out: Path, keep: Sequence[str]
) -> Screened:
    session = spark_session()
    reader = session.read
    cases = (
        reader.parquet(str(table.path.resolve()))
        if table.path.suffix == ".parquet"
        else reader.csv(str(table.path.resolve()), header=True, multiLine=True, escape='"')
    )
    cases.createOrReplaceTempView("palermo_cases")
    formulas = {law.name: law.formula for law in laws}
    query = screening_sql("spark", "palermo_cases", table.columns, formulas, theory, mapping, keep)
    folder = out.with_name(f".{out.name}.parts")
    try:
        session.sql(query).write.mode("overwrite").parquet(str(folder.resolve()))
        answers = session.read.parquet(str(folder.resolve()))
        answers.createOrReplaceTempView("palermo_answers")
        quoted = _counting([law.name for law in laws]).replace('"', "`")
        counted = tuple(session.sql(f"SELECT {quoted} FROM palermo_answers").collect()[0])  # noqa: S608 (our names)
        if out.is_dir():
            shutil.rmtree(out)
        else:
            out.unlink(missing_ok=True)
        os.replace(folder, out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return _screened(table, laws, mapping, counted)


def _counting(names: Sequence[str]) -> str:
    parts = ["count(*)"]
    for name in names:
        quoted = f'"{name}"'
        parts += [f"count(CASE WHEN {quoted} THEN 1 END)", f"count(CASE WHEN NOT {quoted} THEN 1 END)"]
    parts += [f"count(CASE WHEN {BAD} THEN 1 END)", f"count(CASE WHEN {CLASH} THEN 1 END)"]
    return ", ".join(parts)


def _screened(table: Table, laws: Sequence[Conduct], mapping: Mapping, counted: Sequence[int]) -> Screened:
    rows, *both, bad, clash = counted
    counts = tuple(
        Counts(law.name, law.title, within, outside, rows - within - outside)
        for law, within, outside in zip(laws, both[::2], both[1::2], strict=True)
    )
    missing = tuple(name for name in mapping.columns if name not in table.columns)
    return Screened(rows, counts, missing, bad, clash, "the answer's own columns" if bad + clash else None)
