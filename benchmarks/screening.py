"""Palermo's planes beside what one would pick instead, in one run; and what `palermo screen` takes as a whole.

    python benchmarks/screening.py [--rows N] [--only ENGINES] [--huge] [--write]

50 national definitions with their readings, 25 facts a row, a fifth of them unknown. Each engine runs in a process of
its own and must give the same answers; otherwise the run fails. The rivals are installed from constraints.txt into
.venv-bench. --huge screens 100 million rows as well, --write puts the tables into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pairs
from rivals import ENGINES

import palermo
from palermo.casework.under import conducts, theory_of
from palermo.logic.formula import AllOf, AtLeast, Fact, Formula, NoneOf, concepts_in, parts_of
from palermo.logic.kleene import assuming, told_apart
from palermo.logic.theory import Theory

HERE = Path(__file__).parent
VENV = HERE.parent / ".venv-bench"
PAGE = HERE.parent / "docs" / "benchmarks.md"
DAY = date(2026, 3, 1)
LAWS, FACTS, UNKNOWN = 50, 25, 0.2
MOST_ROWS = {"spark": 1_000_000, "python": 100_000, "zen": 4_000, "clingo": 2_000}
"""Engines too slow for the full table get so many rows; their time for all is extrapolated."""
PASSES = {
    "planes": 30,
    "polars": 15,
    "polars_lazy": 5,
    "openfisca": 9,
    "pandas": 5,
    "duckdb": 5,
    "spark": 3,
    "python": 3,
}
MAPPING = "ctdc-global-2024"
WATCH = """
import json, os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
took = time.perf_counter() - start
print(json.dumps({"seconds": took, "cpu": used.ru_utime + used.ru_stime, "peak_mib": used.ru_maxrss / 1024}))
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""A small process between, since a child's peak memory takes in that of the process that started it."""


# --- the task -------------------------------------------------------------------------------------
def national() -> tuple[dict[str, Formula], Theory]:
    """Every encoded law as one formula, with its readings written in."""
    corpus = palermo.load().corpus
    found = conducts(corpus, sorted(corpus.legal_systems), DAY)
    return {law.name: law.formula for law in sorted(found, key=lambda law: law.name)}, theory_of(corpus)


def definitions() -> tuple[dict[str, Formula], Theory]:
    """The definitions of the benchmark: the first by id that define anything that day."""
    laws, theory = national()
    punished = {name: formula for name, formula in laws.items() if concepts_in(formula)}
    return dict(list(punished.items())[:LAWS]), theory


def most_used(laws: dict[str, Formula]) -> list[str]:
    """The concepts that most definitions use."""
    times = Counter(concept for formula in laws.values() for concept in set(concepts_in(formula)))
    return sorted(times, key=lambda concept: (-times[concept], concept))[:FACTS]


def make_facts(concepts: list[str], theory: Theory, rows: int) -> np.ndarray:
    """Random cases that the theory allows, with a fifth of the facts unknown: packed planes, known true and false."""
    random = np.random.default_rng(2026)
    holds = {concept: random.random(rows) < 0.3 for concept in concepts}
    for concept in concepts:
        for broader in theory.above(concept) & holds.keys():
            holds[broader] |= holds[concept]
    planes = np.zeros((2, len(concepts), -(-rows // 64) * 8), dtype=np.uint8)
    for i, concept in enumerate(concepts):
        known = random.random(rows) >= UNKNOWN
        for side, where in enumerate((holds[concept] & known, ~holds[concept] & known)):
            bits = np.packbits(where, bitorder="little")
            planes[side, i, : len(bits)] = bits
    return planes.view(np.uint64)


def as_node(formula: Formula, settled: set[str]) -> list[Any]:
    """A formula as plain lists; facts that nothing recorded can settle are unknown."""
    if isinstance(formula, Fact):
        return ["fact", formula.concept] if formula.concept in settled else ["unknown"]
    parts = [as_node(part, settled) for part in parts_of(formula)]
    if isinstance(formula, AtLeast):
        return ["any", *(["all", *some] for some in combinations(parts, formula.n))]
    return ["all" if isinstance(formula, AllOf) else "none" if isinstance(formula, NoneOf) else "any", *parts]


def write_task(folder: Path, rows: int) -> dict[str, Any]:
    """Put definitions and facts where the engines find them."""
    laws, theory = definitions()
    concepts = most_used(laws)
    named = sorted({*concepts, *(concept for formula in laws.values() for concept in concepts_in(formula))})
    true_with = {c: [i for i, r in enumerate(concepts) if r == c or c in theory.above(r)] for c in named}
    false_with = {c: [i for i, r in enumerate(concepts) if r == c or r in theory.above(c)] for c in named}
    settled = {concept for concept in named if true_with[concept] or false_with[concept]}
    task = {
        "concepts": concepts,
        "true_with": {concept: true_with[concept] for concept in named if concept in settled},
        "false_with": {concept: false_with[concept] for concept in named if concept in settled},
        "laws": {name: as_node(assuming(told_apart(formula, theory), {}), settled) for name, formula in laws.items()},
    }
    (folder / "task.json").write_text(json.dumps(task), encoding="utf-8")
    np.save(folder / "facts.npy", make_facts(concepts, theory, rows))
    return task


# --- the engines ----------------------------------------------------------------------------------
def install() -> Path:
    """The Python of a virtual environment with the rivals, made once for each state of constraints.txt."""
    lock, ready, python = HERE / "constraints.txt", VENV / ".lock", VENV / "bin" / "python"
    if ready.exists() and ready.read_bytes() == lock.read_bytes():
        return python
    print(f"installing the rivals into {VENV.name} ...", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    arguments = ["--quiet", "--require-hashes", "-r", str(lock)]
    if shutil.which("uv", path=str(Path(sys.executable).parent)):
        command = [sys.executable, "-m", "uv", "pip", "install", "--python", str(python), *arguments]
    else:
        command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True)
    shutil.copy(lock, ready)
    return python


def run_engine(name: str, folder: Path, rows: int, python: Path) -> dict[str, Any]:
    """Run an engine in a process of its own and compare its answers with those of planes. Raises SystemExit."""
    used = min(rows, MOST_ROWS.get(name, rows))
    executable = sys.executable if name == "planes" else str(python)
    command = [executable, str(HERE / "rivals.py"), name, str(folder), str(used), str(PASSES.get(name, 1))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    answers = np.load(folder / f"{name}.npy", mmap_mode="r")
    expected = np.load(folder / "planes.npy", mmap_mode="r")[:, :used]
    if not np.array_equal(answers, expected):
        law, row = (int(i) for i in np.argwhere(answers != expected)[0])
        raise SystemExit(f"{name} differs from planes: law {law}, row {row}: {answers[law, row]}, {expected[law, row]}")
    best = min(found["seconds"])
    found |= {"engine": name, "rows": used, "best": best, "median": statistics.median(found["seconds"])}
    found |= {"rate": used / best, "all": best * rows / used}
    if name == "planes":
        found["version"] = f"NumPy {found['version']}"
    return found


def bandwidth() -> dict[str, float]:
    """What the memory gives, in bytes a second: the best of ten passes over arrays of 256 MiB, one thread."""
    a, b, c = (np.ones(1 << 25) for _ in range(3))
    copy = min(seconds(lambda: np.copyto(b, a)) for _ in range(10))

    def triad() -> None:
        np.multiply(c, 3.0, out=a)
        np.add(a, b, out=a)

    three = min(seconds(triad) for _ in range(5))
    return {"copy": 2 * a.nbytes / copy, "triad": 5 * a.nbytes / three}


def seconds(run: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


# --- the whole command ----------------------------------------------------------------------------
def write_cases(path: Path, rows: int) -> None:
    """A table of the shape of CTDC's: columns of text, mostly empty, in row groups."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from palermo.screening.mapping import read_mapping, shipped

    mapping = read_mapping(shipped()[MAPPING], palermo.load().corpus.concepts)
    random = np.random.default_rng(2026)
    shares: dict[str, dict[str, float]] = {
        "gender": {"Woman": 0.65, "Man": 0.25, "Trans/Transgender/NonConforming": 0.01},
        "ageBroad": {
            "0--8": 0.03,
            "9--17": 0.2,
            "18--20": 0.1,
            "21--23": 0.08,
            "24--26": 0.07,
            "27--29": 0.06,
            "30--38": 0.15,
            "39--47": 0.08,
            "48+": 0.03,
        },
    }
    names = [name for name in mapping.columns if name != "meansWithholdDocuments"]
    size = min(rows, 250_000)
    schema = pa.schema([(name, pa.string()) for name in names])
    with pq.ParquetWriter(path, schema) as writer:
        for _ in range(rows // size):
            columns = []
            for name in names:
                share = shares.get(name, {"1": 0.2})
                codes = random.choice(len(share) + 1, size, p=[*share.values(), 1 - sum(share.values())])
                numbers = pa.array(codes.astype(np.int32), mask=codes == len(share))
                columns.append(pa.DictionaryArray.from_arrays(numbers, pa.array(list(share))).cast(pa.string()))
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))


def run_screen(cases: Path, out: Path, under: str) -> dict[str, float]:
    """Run `palermo screen` as its user does: seconds of the whole process, and its peak memory."""
    command = [sys.executable, "-m", "palermo", "screen", str(cases), "--map", MAPPING, "--under", under]
    command += ["--on", str(DAY), "--out", str(out)]
    done = subprocess.run([sys.executable, "-c", WATCH, *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"palermo screen failed:\n{done.stderr}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def screenings(folder: Path, huge: bool) -> list[dict[str, Any]]:
    """`palermo screen` on tables of growing size; a million rows several times."""
    laws, _ = definitions()
    found = []
    for rows in (1_000_000, 10_000_000, *((100_000_000,) if huge else ())):
        cases, out = folder / "cases.parquet", folder / "answers.parquet"
        write_cases(cases, rows)
        named = {f"{len(laws)} laws": ",".join(laws), "1 definition": "palermo-protocol"}
        for label, under in list(named.items())[: 1 if rows > 10_000_000 else 2]:
            runs = [run_screen(cases, out, under) for _ in range(5 if rows == 1_000_000 else 1)]
            best = min(runs, key=lambda run: run["seconds"])
            sizes = {"in_mb": cases.stat().st_size / 1e6, "out_mb": out.stat().st_size / 1e6}
            found.append({"rows": rows, "under": label, "runs": len(runs), **best, **sizes})
            print(f"palermo screen, {rows:,} rows, {label}: {best['seconds']:.2f} s", flush=True)
        cases.unlink()
        out.unlink()
    return found


# --- the page -------------------------------------------------------------------------------------
def machine() -> str:
    """What this ran on, and how busy it was."""
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {model[1] if model else platform.processor()}, {memory:.0f} GiB of memory; "
        f"{platform.system()}, Python {platform.python_version()}, NumPy {version('numpy')}, "
        f"pyarrow {version('pyarrow')}"
    )


def engines_table(found: list[dict[str, Any]], rows: int) -> list[str]:
    """The engines side by side, the fastest first."""
    planes = next(f for f in found if f["engine"] == "planes")
    lines = [
        "| engine | version | how | rows | seconds, best | median | rows/s | peak MiB | times planes |",
        "|---|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for f in sorted(found, key=lambda f: -f["rate"]):
        ratio = f"{f['all'] / planes['all']:,.0f}" if f is not planes else "1"
        lines.append(
            f"| {ENGINES[f['engine']][1]} | {f['version']} | {f['note']} | {f['rows']:,}"
            f"{'' if f['rows'] == rows else '*'} | {f['best']:.4f} | {f['median']:.4f} | {f['rate']:,.0f} "
            f"| {f['peak_mib']:,.0f} | {ratio} |"
        )
    return lines


def page(results: dict[str, Any]) -> str:
    """The results as Markdown."""
    rows, speed = results["rows"], results["bandwidth"]
    width = (2 * FACTS + 2 * LAWS) / 8
    lines = [
        "# Benchmarks",
        "",
        f"Made by `python benchmarks/screening.py` on {results['day']}: {results['machine']}. "
        f"Load over one minute: {results['load_before']:.1f} before, {results['load_after']:.1f} after; what else ran "
        "then is in the figures. What is measured, and how, is told in `benchmarks/README.md`.",
        "",
        f"## {LAWS} national definitions x {rows:,} rows x {FACTS} facts, {UNKNOWN:.0%} unknown",
        "",
        *engines_table(results["engines"], rows),
        "",
        "Every engine gave the same answer as planes for every law and row that it was given. "
        "`*`: fewer rows, and the last column goes by the time per row.",
        "",
    ]
    planes = next((f for f in results["engines"] if f["engine"] == "planes"), None)
    if planes:
        bound = width * rows / speed["copy"]
        lines += [
            f"Memory moves {speed['copy'] / 1e9:.1f} GB/s (copy) and {speed['triad'] / 1e9:.1f} GB/s (triad in two "
            f"passes), one thread. The job must read {2 * FACTS / 8} and write {2 * LAWS / 8} bytes a row, which takes "
            f"{bound * 1e3:.2f} ms: planes take {planes['best'] / bound:.1f} times that.",
            "",
        ]
    if "pairs" in results:
        lines += pairs.section(results["pairs"])
    if "screen" in results:
        lines += [
            "## `palermo screen`, the whole process",
            "",
            f"A Parquet table of texts as in the mapping `{MAPPING}`, answers written as Parquet; start, corpus, "
            "reading and writing included.",
            "",
            "| rows | under | seconds, best | of runs | CPU s | peak MiB | MB in | MB out |",
            "|---:|---|---:|---:|---:|---:|---:|---:|",
            *(
                f"| {s['rows']:,} | {s['under']} | {s['seconds']:.2f} | {s['runs']} | {s['cpu']:.2f} "
                f"| {s['peak_mib']:,.0f} | {s['in_mb']:.0f} | {s['out_mb']:.0f} |"
                for s in results["screen"]
            ),
            "",
        ]
    return "\n".join(lines)


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", default=",".join(ENGINES), help="engines, parted by commas; planes always runs")
    parser.add_argument("--skip", default="", help="parts to leave out: pairs, screen")
    parser.add_argument("--huge", action="store_true", help="screen 100 million rows as well")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    options = parser.parse_args()
    python, skip = install(), options.skip.split(",")
    results: dict[str, Any] = {"rows": options.rows, "day": date.today(), "machine": machine()}
    results["load_before"] = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="palermo-bench-", dir=os.environ.get("PALERMO_BENCH")) as name:
        folder = Path(name)
        write_task(folder, options.rows)
        results["bandwidth"] = bandwidth()
        results["engines"] = []
        for engine in ["planes", *(e for e in options.only.split(",") if e and e != "planes")]:
            results["engines"].append(run_engine(engine, folder, options.rows, python))
            print(f"{engine}: {results['engines'][-1]['rate']:,.0f} rows/s", flush=True)
        if "pairs" not in skip:
            results["pairs"] = pairs.measure()
        if "screen" not in skip:
            results["screen"] = screenings(folder, options.huge)
    results["load_after"] = os.getloadavg()[0]
    text = page(results)
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
