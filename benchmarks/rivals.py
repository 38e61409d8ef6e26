"""The engines of benchmarks/screening.py, each given the same definitions and facts in the form that suits it.

    python benchmarks/rivals.py ENGINE FOLDER ROWS PASSES

is run by screening.py in a process of its own for each engine. FOLDER holds task.json and facts.npy; the answers go to
ENGINE.npy there, as packed planes, and the measures to standard output as JSON. Nothing here but `planes` uses Palermo.

An engine makes its program, takes the facts into its own memory, is timed from there to answers in its own memory, and
then gives these as arrays of 1 (true), 0 (false) and -1 (open), which screening.py compares.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import reduce
from importlib.metadata import version
from operator import and_, or_
from pathlib import Path
from typing import Any

import numpy as np

Node = list[Any]
"""["fact", concept], ["unknown"], ["all" | "any" | "none", node, ...]"""


class Task:
    """What every engine is given: recorded concepts, what follows from them, and the definitions."""

    def __init__(self, folder: Path, rows: int) -> None:
        data = json.loads((folder / "task.json").read_text(encoding="utf-8"))
        self.concepts: list[str] = data["concepts"]
        self.true_with: dict[str, list[int]] = data["true_with"]
        self.false_with: dict[str, list[int]] = data["false_with"]
        self.laws: dict[str, Node] = data["laws"]
        self.rows = rows
        planes = np.load(folder / "facts.npy", mmap_mode="r")
        words = -(-rows // 64)
        self.true, self.false = (np.array(side[:, :words]) for side in planes)
        self.folder = folder
        self.more_memory = 0
        """Peak memory of another process that the engine needs, in KiB."""

    def values(self) -> np.ndarray:
        """The facts as 1, 0 and -1, a row for each concept."""
        true, false = (np.unpackbits(s.view(np.uint8), axis=1, bitorder="little") for s in (self.true, self.false))
        return np.where(true == 1, 1, np.where(false == 1, 0, -1)).astype(np.int8)[:, : self.rows]

    def shared(self) -> list[Node]:
        """Sub-formulas that stand in more than one place, the inner ones first."""
        times: Counter[str] = Counter()
        order: dict[str, Node] = {}

        def walk(node: Node) -> None:
            text = json.dumps(node)
            times[text] += 1
            if times[text] == 1 and node[0] not in ("fact", "unknown"):
                for part in node[1:]:
                    walk(part)
                order[text] = node

        for law in self.laws.values():
            walk(law)
        return [node for text, node in order.items() if times[text] > 1]


class Pairs:
    """Definitions as two conditions each, known true and known false, in the text of some language."""

    def __init__(self, task: Task, both: str, either: str, yes: Callable[[int], str], no: Callable[[int], str]) -> None:
        self.task, self.both, self.either, self.yes, self.no = task, both, either, yes, no
        self.names: dict[str, tuple[str | None, str | None]] = {}
        self.lines: list[tuple[str, str]] = []
        for number, node in enumerate(task.shared()):
            self.names[json.dumps(node)] = self._named(f"s{number}", self.of(node))
        self.laws = [self._named(f"law{i}", self.of(node)) for i, node in enumerate(task.laws.values())]

    def _named(self, name: str, pair: tuple[str | None, str | None]) -> tuple[str | None, str | None]:
        named: list[str | None] = []
        for letter, text in zip("tf", pair, strict=True):
            if text is not None:
                self.lines.append((f"{name}_{letter}", text))
            named.append(None if text is None else f"{name}_{letter}")
        return named[0], named[1]

    def of(self, node: Node) -> tuple[str | None, str | None]:
        """The two conditions of a node; None where it is never so."""
        if node[0] == "unknown":
            return None, None
        text = json.dumps(node)
        if text in self.names:
            return self.names[text]
        if node[0] == "fact":
            true = self._join(self.either, [self.yes(i) for i in self.task.true_with[node[1]]])
            return true, self._join(self.either, [self.no(i) for i in self.task.false_with[node[1]]])
        parts = [self.of(part) for part in node[1:]]
        if node[0] == "all":
            return self._all([t for t, _ in parts]), self._any([f for _, f in parts])
        pair = self._any([t for t, _ in parts]), self._all([f for _, f in parts])
        return (pair[1], pair[0]) if node[0] == "none" else pair

    def _all(self, texts: list[str | None]) -> str | None:
        return None if None in texts else self._join(self.both, [t for t in texts if t])

    def _any(self, texts: list[str | None]) -> str | None:
        return self._join(self.either, [t for t in texts if t])

    @staticmethod
    def _join(word: str, texts: list[str]) -> str | None:
        texts = list(dict.fromkeys(texts))
        return None if not texts else texts[0] if len(texts) == 1 else f"({f' {word} '.join(texts)})"


Engine = Iterator[Any]
"""Yields once its program is made; then what to time; then is sent the outcome and yields the answers."""


def by_kleene(
    task: Task,
    recorded: list[Any],
    unknown: Any,
    all_of: Callable[[list[Any]], Any],
    any_of: Callable[[list[Any]], Any],
    inverse: Callable[[Any], Any],
    or_true: Callable[[Any, Any], Any],
    and_false: Callable[[Any, Any], Any],
) -> list[Any]:
    """The laws in an engine whose own logic is Kleene's, each sub-formula once.

    `or_true` makes its first argument true where the second is, `and_false` makes it false where the second is.
    """
    known: dict[str, Any] = {}
    for concept, sources in task.true_with.items():
        fact = recorded[task.concepts.index(concept)] if concept in task.concepts else unknown
        for i in sources:
            fact = fact if recorded[i] is fact else or_true(fact, recorded[i])
        for i in task.false_with[concept]:
            own = concept in task.concepts and task.concepts.index(concept) == i
            fact = fact if own else and_false(fact, recorded[i])
        known[json.dumps(["fact", concept])] = fact

    def of(node: Node) -> Any:
        if node[0] == "unknown":
            return unknown
        text = json.dumps(node)
        if text not in known:
            parts = [of(part) for part in node[1:]]
            whole = all_of(parts) if node[0] == "all" else any_of(parts)
            known[text] = inverse(whole) if node[0] == "none" else whole
        return known[text]

    return [of(node) for node in task.laws.values()]


def layers(lines: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Named conditions in layers, each made of those before it."""
    depth: dict[str, int] = {}
    found: list[list[tuple[str, str]]] = []
    for name, text in lines:
        used = [depth[word] for word in re.findall(r"\w+", text) if word in depth]
        depth[name] = max(used, default=-1) + 1
        found += [[] for _ in range(depth[name] + 1 - len(found))]
        found[depth[name]].append((name, text))
    return found


def query(task: Task, both: str, either: str, one: str) -> str:
    """A SELECT of one three-valued column for each law from a table `facts` of columns t0.. and f0.. ."""
    pairs = Pairs(task, both, either, "t{}".format, "f{}".format)
    source = "facts"
    for number, layer in enumerate(layers(pairs.lines)):
        named = ", ".join(f"{text} AS {name}" for name, text in layer)
        source = f"(SELECT *, {named} FROM {source}) AS layer{number}"  # noqa: S608 (our own names)
    cases = []
    for number, (true, false) in enumerate(pairs.laws):
        whens = [f"WHEN {true}{one} THEN TRUE" if true else "", f"WHEN {false}{one} THEN FALSE" if false else ""]
        case = f"CASE {' '.join(whens)} ELSE NULL END" if true or false else "NULL"
        cases.append(f"CAST({case} AS BOOLEAN) AS law{number}")
    return f"SELECT {', '.join(cases)} FROM {source}"  # noqa: S608 (our own names)


def arrow_facts(task: Task) -> Any:
    """The facts as an Arrow table of Booleans with nulls."""
    import pyarrow as pa

    values = task.values()
    columns = [pa.array(row == 1, mask=row < 0) for row in values]
    return pa.table(columns, names=[f"c{i}" for i in range(len(values))])


def from_arrow(columns: list[Any]) -> np.ndarray:
    """Answers from Arrow Boolean arrays."""
    import pyarrow as pa

    out = []
    for column in columns:
        whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        values = whole.cast(pa.bool_()).cast(pa.int8()).fill_null(-1)
        out.append(values.to_numpy(zero_copy_only=False))
    return np.array(out, dtype=np.int8)


def from_pairs(task: Task, pairs: Pairs, found: dict[str, Any]) -> np.ndarray:
    """Answers from arrays of known true and known false."""
    never = np.zeros(task.rows, dtype=bool)
    both = [(found[t] if t else never, found[f] if f else never) for t, f in pairs.laws]
    return np.array([np.where(t, 1, np.where(f, 0, -1)) for t, f in both], dtype=np.int8)


def planes(task: Task) -> Engine:
    """Palermo: a program of bit operations in NumPy."""
    from screening import definitions

    from palermo.logic.planes import Program

    formulas, theory = definitions()
    program = Program(formulas, task.concepts, theory)
    yield f"{program.steps} steps"
    true, false, clash = yield lambda: program.evaluate(list(task.true), list(task.false), task.true.shape[1])
    assert not np.unpackbits(clash.view(np.uint8), bitorder="little")[: task.rows].any()
    sides = (
        np.unpackbits(np.array(s).view(np.uint8), axis=1, bitorder="little")[:, : task.rows] for s in (true, false)
    )
    yes, no = sides
    yield np.where(yes == 1, 1, np.where(no == 1, 0, -1)).astype(np.int8)


def python(task: Task) -> Engine:
    """One generated function of local Booleans, called for each row."""
    pairs = Pairs(task, "and", "or", "t{}".format, "f{}".format)
    names = [f"{side}{i}" for side in "tf" for i in range(len(task.concepts))]
    body = [f"    ({', '.join(names)}) = row", *(f"    {name} = {text}" for name, text in pairs.lines)]
    body.append(f"    return ({', '.join(f'1 if {t} else 0 if {f} else -1' for t, f in pairs.laws)},)")
    space: dict[str, Any] = {}
    exec("\n".join(["def law(row):", *body]), space)  # noqa: S102 (our own text)
    law = space["law"]
    yield "a generated function, row by row"
    values = task.values()
    rows = [(*r,) for r in np.concatenate([values == 1, values == 0]).T.tolist()]
    answers = yield lambda: [law(row) for row in rows]
    yield np.array(answers, dtype=np.int8).T


def pandas(task: Task) -> Engine:
    """Series of Arrow Booleans, whose `&` and `|` are Kleene's; each sub-formula once."""
    import pandas as pd

    yield "bool[pyarrow], Kleene logic"
    frame = arrow_facts(task).to_pandas(types_mapper=pd.ArrowDtype)
    facts = [frame[name] for name in frame.columns]
    unknown = pd.Series(pd.NA, index=frame.index, dtype="bool[pyarrow]")

    def run() -> list[Any]:
        return by_kleene(
            task,
            facts,
            unknown,
            lambda parts: reduce(and_, parts),
            lambda parts: reduce(or_, parts),
            lambda whole: ~whole,
            lambda fact, other: fact | other.fillna(value=False),
            lambda fact, other: fact & other.fillna(value=True),
        )

    answers = yield run
    yield from_arrow([answer.array.__arrow_array__() for answer in answers])


def polars(task: Task) -> Engine:
    """Series of Booleans without nulls, two a fact; each shared condition once."""
    import polars as pl

    pairs = Pairs(task, "&", "|", "t{}".format, "f{}".format)
    steps = [(name, compile(text, name, "eval")) for name, text in pairs.lines]
    yield "Series, two Booleans a fact"
    values = task.values()
    given = {f"t{i}": pl.Series(row == 1) for i, row in enumerate(values)}
    given |= {f"f{i}": pl.Series(row == 0) for i, row in enumerate(values)}

    def run() -> dict[str, Any]:
        space = dict(given)
        for name, code in steps:
            space[name] = eval(code, {}, space)  # noqa: S307 (our own text)
        return space

    found = yield run
    yield from_pairs(task, pairs, {name: series.to_numpy() for name, series in found.items()})


def polars_lazy(task: Task) -> Engine:
    """A lazy query of Kleene `&` and `|`, whose common sub-expressions Polars finds itself."""
    import polars as pl

    laws = by_kleene(
        task,
        [pl.col(f"c{i}") for i in range(len(task.concepts))],
        pl.lit(None, dtype=pl.Boolean),
        lambda parts: reduce(and_, parts),
        lambda parts: reduce(or_, parts),
        lambda whole: ~whole,
        lambda fact, other: fact | other.fill_null(value=False),
        lambda fact, other: fact & other.fill_null(value=True),
    )
    yield "a lazy query, Kleene logic"
    frame = pl.from_arrow(arrow_facts(task)).lazy()
    answers = yield lambda: frame.select(law.alias(f"law{i}") for i, law in enumerate(laws)).collect()
    yield from_arrow([answers[f"law{i}"].to_arrow() for i in range(len(laws))])


def duckdb(task: Task) -> Engine:
    """SQL on pairs of 0 and 1, shared conditions in sub-queries; into a table in memory."""
    import duckdb as engine
    import pyarrow as pa

    select = query(task, "&", "|", " = 1")
    yield "SQL on pairs of TINYINT"
    values = task.values()
    columns = {f"t{i}": pa.array((row == 1).astype(np.int8)) for i, row in enumerate(values)}
    columns |= {f"f{i}": pa.array((row == 0).astype(np.int8)) for i, row in enumerate(values)}
    connection = engine.connect()
    connection.register("given", pa.table(columns))
    connection.execute("CREATE TABLE facts AS SELECT * FROM given")
    yield lambda: connection.execute(f"CREATE OR REPLACE TEMP TABLE answers AS {select}").fetchall()
    table = connection.sql("SELECT * FROM answers").to_arrow_table()
    yield from_arrow(table.columns)


def spark(task: Task) -> Engine:
    """Spark SQL on pairs of Booleans from a table cached in memory; the answers are made and let go."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    from pyspark.sql import SparkSession

    select = query(task, "AND", "OR", "")
    values = task.values()
    columns = {f"t{i}": pa.array(row == 1) for i, row in enumerate(values)}
    columns |= {f"f{i}": pa.array(row == 0) for i, row in enumerate(values)}
    columns["at"] = pa.array(np.arange(task.rows))
    pq.write_table(pa.table(columns), task.folder / "spark.parquet")
    session = (
        SparkSession.builder.master(f"local[{os.cpu_count()}]")
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "ERROR")
        .config("spark.driver.memory", "4g")
        .getOrCreate()
    )
    yield f"SQL on pairs of Booleans, local[{os.cpu_count()}], noop sink"
    facts = session.read.parquet(str(task.folder / "spark.parquet")).cache()
    facts.count()
    facts.createOrReplaceTempView("facts")
    answers = session.sql(select.replace("SELECT", "SELECT at,", 1))
    yield lambda: answers.write.format("noop").mode("overwrite").save()
    task.more_memory = peak_memory(session.sparkContext._gateway.proc.pid)
    answers.write.mode("overwrite").parquet(str(task.folder / "spark-answers"))
    table = pq.read_table(task.folder / "spark-answers").sort_by("at")
    session.stop()
    yield from_arrow([table[f"law{i}"] for i in range(len(task.laws))])


def openfisca(task: Task) -> Engine:
    """A tax and benefit system of Boolean variables, two for each fact, shared condition and law."""
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.periods import period as period_of
    from openfisca_core.simulation_builder import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity("person", "persons", "A case", is_person=True)
    system = TaxBenefitSystem([person])
    pairs = Pairs(task, "&", "|", "person('t{}', period)".format, "person('f{}', period)".format)
    common = {"value_type": bool, "entity": person, "definition_period": DateUnit.DAY}
    inputs = [f"{side}{i}" for side in "tf" for i in range(len(task.concepts))]
    for name in inputs:
        system.add_variable(type(name, (Variable,), dict(common)))
    names = {name for name, _ in pairs.lines}
    for name, text in pairs.lines:
        code = re.sub(r"\b(?:s|law)\d+_[tf]\b", lambda m: f"person('{m[0]}', period)", text)
        formula = eval(f"lambda person, period: {code}")  # noqa: S307 (our own text)
        system.add_variable(type(name, (Variable,), {**common, "formula": formula}))
    yield f"{len(inputs) + len(names)} Boolean variables, two a fact"
    values = task.values()
    given = {f"t{i}": row == 1 for i, row in enumerate(values)} | {f"f{i}": row == 0 for i, row in enumerate(values)}
    laws = [name for pair in pairs.laws for name in pair if name]
    day = period_of("2026-03-01")

    def run() -> dict[str, np.ndarray]:
        simulation = SimulationBuilder().build_default_simulation(system, task.rows)
        for name, value in given.items():
            simulation.set_input(name, day, value)
        return {name: simulation.calculate(name, day) for name in laws}

    yield from_pairs(task, pairs, (yield run))


def clingo(task: Task) -> Engine:
    """Rules for known true and known false of every sub-formula, grounded over all rows at once."""
    import clingo as engine

    rules: list[str] = []
    names: dict[str, tuple[str, str]] = {}

    def of(node: Node) -> tuple[str, str]:
        text = json.dumps(node)
        if text not in names:
            number = len(names)
            names[text] = (f"y{number}", f"n{number}")
            yes, no = names[text]
            if node[0] == "fact":
                rules.extend(f"{yes}(R) :- t(R,{i})." for i in task.true_with[node[1]])
                rules.extend(f"{no}(R) :- f(R,{i})." for i in task.false_with[node[1]])
            elif node[0] != "unknown":
                parts = [of(part) for part in node[1:]]
                if node[0] == "all":
                    some, every, one, other = no, yes, 1, 0
                else:
                    some, every = (no, yes) if node[0] == "none" else (yes, no)
                    one, other = 0, 1
                rules.extend(f"{some}(R) :- {part[one]}(R)." for part in parts)
                rules.append(f"{every}(R) :- {', '.join(f'{part[other]}(R)' for part in parts)}.")
        return names[text]

    laws = [of(node) for node in task.laws.values()]
    number_of = {name: (i, value) for i, pair in enumerate(laws) for name, value in zip(pair, (1, 0), strict=True)}
    shown = "\n".join(f"#show {name}/1." for name in number_of)
    program = "\n".join([*dict.fromkeys(rules), shown])
    yield f"{len(rules)} rules on pairs"
    values = task.values()
    given = "".join(
        f"{'t' if values[i, r] == 1 else 'f'}({r},{i}).\n"
        for i in range(len(values))
        for r in range(task.rows)
        if values[i, r] >= 0
    )

    def run() -> np.ndarray:
        control = engine.Control(["--warn=none"])
        control.add("base", [], program)
        control.add("base", [], given)
        control.ground([("base", [])])
        out = np.full((len(laws), task.rows), -1, dtype=np.int8)
        with control.solve(yield_=True) as models:
            for model in models:
                for symbol in model.symbols(shown=True):
                    i, value = number_of[symbol.name]
                    out[i, symbol.arguments[0].number] = value
        return out

    yield (yield run)


def zen(task: Task) -> Engine:
    """A decision graph of one expression node, called for each row with its facts as Booleans."""
    import zen as engine

    pairs = Pairs(task, "and", "or", "t{}".format, "f{}".format)
    lines = [(n, re.sub(r"\b((?:s|law)\d+_[tf])\b", r"$.\1", text)) for n, text in pairs.lines]
    expressions = [{"id": name, "key": name, "value": text} for name, text in lines]
    graph = {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
            {
                "id": "laws",
                "name": "laws",
                "type": "expressionNode",
                "position": {"x": 1, "y": 0},
                "content": {"expressions": expressions},
            },
            {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
        ],
        "edges": [
            {"id": "a", "type": "edge", "sourceId": "in", "targetId": "laws"},
            {"id": "b", "type": "edge", "sourceId": "laws", "targetId": "out"},
        ],
    }
    decision = engine.ZenEngine().create_decision(json.dumps(graph))
    yield f"one expression node of {len(lines)} expressions"
    values = task.values()
    rows = []
    for r in range(task.rows):
        row = {f"t{i}": bool(values[i, r] == 1) for i in range(len(values))}
        rows.append(row | {f"f{i}": bool(values[i, r] == 0) for i in range(len(values))})
    results = yield lambda: [decision.evaluate(row)["result"] for row in rows]
    yield np.array(
        [[1 if t and row[t] else 0 if f and row[f] else -1 for row in results] for t, f in pairs.laws], dtype=np.int8
    )


ENGINES: dict[str, tuple[Callable[[Task], Engine], str, str]] = {
    "planes": (planes, "Palermo, planes", "numpy"),
    "polars": (polars, "Polars", "polars"),
    "polars_lazy": (polars_lazy, "Polars, lazy", "polars"),
    "openfisca": (openfisca, "OpenFisca-core", "openfisca-core"),
    "pandas": (pandas, "pandas", "pandas"),
    "duckdb": (duckdb, "DuckDB", "duckdb"),
    "spark": (spark, "Spark", "pyspark"),
    "python": (python, "plain Python", ""),
    "zen": (zen, "zen-engine", "zen-engine"),
    "clingo": (clingo, "clingo", "clingo"),
}
"""The function of each engine, its name and its distribution."""


def peak_memory(process: int | str) -> int:
    """The most memory that a process has held, in KiB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0])


def main() -> None:
    """Run one engine and print its measures."""
    name, folder, rows, passes = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    make, _, distribution = ENGINES[name]
    task = Task(folder, rows)
    start = time.perf_counter()
    engine = make(task)
    note = next(engine)
    prepared = time.perf_counter() - start
    run = next(engine)
    seconds = []
    for _ in range(passes):
        start = time.perf_counter()
        outcome = run()
        seconds.append(time.perf_counter() - start)
    peak = peak_memory("self")
    answers = engine.send(outcome)
    assert answers.shape == (len(task.laws), rows), f"{name}: {answers.shape}"
    np.save(folder / f"{name}.npy", answers)
    measures = {
        "prepare": prepared,
        "seconds": seconds,
        "peak_mib": (peak + task.more_memory) / 1024,
        "note": note,
        "version": version(distribution) if distribution else sys.version.split()[0],
    }
    print(json.dumps(measures))


if __name__ == "__main__":
    main()
