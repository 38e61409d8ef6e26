"""How well and how fast `palermo link` counts made-up persons once, on DuckDB and on local Spark, and by keyed hashes.

    python benchmarks/linkage.py            # prints the tables
    python benchmarks/linkage.py --write    # puts them into docs/linkage.md

A million records on DuckDB, and a hundred thousand on both engines (`--spark-records` for more on Spark). It needs the
extras `link` and `spark`, and Java 17 or newer. Temporary files go to a folder of its own and are deleted.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from palermo.linkage.tokens import KINDS, join_tokens  # noqa: E402
from tests.linkage.persons import MAPPING, agency_files  # noqa: E402

PAGE = ROOT / "docs" / "linkage.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SPARK_MEMORY = "8g"


class Persons:
    """The files of agencies in a folder, and the person of each record in the order of the files."""

    def __init__(self, folder: Path, records: int, seed: int) -> None:
        tables, truth = agency_files(records, seed)
        folder.mkdir()
        self.files = []
        for name, table in tables.items():
            self.files.append(folder / f"{name}.parquet")
            pq.write_table(table, self.files[-1])
        (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")
        self.folder, self.records = folder, records
        self.truth = np.concatenate([np.array(numbers) for numbers in truth.values()])
        self.numbers: dict[tuple[str, str], int] = {}
        for name, table in tables.items():
            for case in table["case_no"].to_pylist():
                self.numbers[name, case] = len(self.numbers)

    @property
    def persons(self) -> int:
        """How many there are."""
        return len(np.unique(self.truth))

    @property
    def pairs(self) -> int:
        """How many pairs of records are of one person."""
        return _pairs(self.truth)

    def of_clusters(self, person: np.ndarray[Any, Any]) -> tuple[float, float]:
        """Precision and recall of all pairs within the persons found."""
        _, both = np.unique(np.stack([person, self.truth]), axis=1, return_counts=True)
        right = int((both * (both - 1) // 2).sum())
        return right / max(_pairs(person), 1), right / self.pairs

    def of_links(self, path: Path, bands: tuple[str, ...]) -> tuple[float, float, int]:
        """Precision and recall of the pairs in bands, and how many they are."""
        table = pq.read_table(path).to_pydict()
        right = found = 0
        rows = zip(table["agency_a"], table["id_a"], table["agency_b"], table["id_b"], table["band"], strict=True)
        for agency_a, id_a, agency_b, id_b, band in rows:
            if band in bands:
                found += 1
                right += self.truth[self.numbers[agency_a, id_a]] == self.truth[self.numbers[agency_b, id_b]]
        return right / max(found, 1), right / self.pairs, found


def _pairs(person: np.ndarray[Any, Any]) -> int:
    _, sizes = np.unique(person, return_counts=True)
    return int((sizes * (sizes - 1) // 2).sum())


def watched(command: list[str]) -> dict[str, float]:
    """Run a command: seconds by the clock, seconds of processors, and the peak memory of it and what it starts."""
    environment = {**os.environ, "PYSPARK_SUBMIT_ARGS": f"--driver-memory {SPARK_MEMORY} pyspark-shell"}
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    peak = 0.0
    done = threading.Event()

    def look() -> None:
        nonlocal peak
        while not done.wait(0.2):
            peak = max(peak, _memory(process.pid))

    watcher = threading.Thread(target=look)
    watcher.start()
    said, wrong = process.communicate()
    done.set()
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{wrong[-2000:]}")
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    counts = re.search(r": (\d+) persons.*\nBetween (\d+) and (\d+): (\d+)", said)
    assert counts is not None
    persons, fewest, most, doubtful = map(int, counts.groups())
    return {
        "seconds": time.perf_counter() - start,
        "cpu": used,
        "peak_gib": peak / 2**30,
        "persons": persons,
        "fewest": fewest,
        "most": most,
        "doubtful": doubtful,
    }


def _memory(root: int) -> float:
    """Bytes that a process and all that descend from it hold."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
    family, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in family} - family
        grown = bool(more)
        family |= more
    held = 0
    for pid in family:
        try:
            held += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except OSError:
            continue
    return held


def linked(people: Persons, engine: str) -> dict[str, Any]:
    """`palermo link` on an engine, held against the truth."""
    out, persons = people.folder / "links.parquet", people.folder / "persons.parquet"
    options = ["--map", str(people.folder / "map.yaml"), "--out", str(out), "--persons", str(persons)]
    files = [str(file) for file in people.files]
    found: dict[str, Any] = watched([sys.executable, "-m", "palermo", "link", *files, *options, "--engine", engine])
    found["records"], found["engine"] = people.records, engine
    found["truth"] = people.persons
    found["same"] = people.of_links(out, ("same",))
    found["possible"] = people.of_links(out, ("same", "doubtful"))
    found["clusters"] = people.of_clusters(pq.read_table(persons)["person"].to_numpy())
    print(f"{engine}, {people.records:,} records: {found['seconds']:.0f} s", flush=True)
    return found


def hashed(people: Persons) -> list[tuple[str, float, float, int]]:
    """Precision and recall of keyed hashes: each kind of token alone, and all of them."""
    key, out = people.folder / "key", people.folder / "tokens.parquet"
    key.write_text(os.urandom(32).hex(), encoding="ascii")
    key.chmod(0o600)
    command = [sys.executable, "-m", "palermo", "link", *(str(file) for file in people.files), "--hash"]
    command += ["--key-file", str(key), "--map", str(people.folder / "map.yaml"), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    found = []
    for name, kinds in (*((kind, (kind,)) for kind in KINDS), ("all of them", tuple(KINDS))):
        person = join_tokens([out], kinds).person
        found.append((name, *people.of_clusters(person), len(np.unique(person))))
    return found


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _processors(run: dict[str, Any]) -> str:
    """Seconds of processors; of Spark's own process nothing is known here."""
    return "" if run["engine"] == "spark" else f"{run['cpu']:,.0f}"


def page(
    runs: list[dict[str, Any]], tokens: list[tuple[int, int, list[tuple[str, float, float, int]]]], told: str
) -> str:
    """The tables."""
    lines = [
        "| records | engine | seconds | CPU s | peak GiB | `same` P / R | persons found, P / R / **F1** | persons "
        "| counted | between | doubtful |",
        "|---:|---|---:|---:|---:|---|---|---:|---:|---|---:|",
    ]
    for run in runs:
        precision, recall = run["clusters"]
        lines.append(
            f"| {run['records']:,} | {run['engine']} | {run['seconds']:,.0f} | {_processors(run)} "
            f"| {run['peak_gib']:.1f} | {run['same'][0]:.3f} / {run['same'][1]:.3f} "
            f"| {precision:.3f} / {recall:.3f} / **{_f1(precision, recall):.3f}** | {run['truth']:,} "
            f"| {run['persons']:,} | {run['fewest']:,} to {run['most']:,} | {run['doubtful']:,} |"
        )
    lines += ["", told, ""]
    for records, persons, rows in tokens:
        lines += [
            f"Keyed hashes, {records:,} records of {persons:,} persons:",
            "",
            "| token | precision | recall | F1 | counted |",
            "|---|---:|---:|---:|---:|",
            *(f"| {name} | {p:.3f} | {r:.3f} | {_f1(p, r):.3f} | {n:,} |" for name, p, r, n in rows),
            "",
        ]
    return "\n".join(lines).rstrip()


def machine(before: float) -> str:
    """What this ran on, and how busy it was."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Measured by `benchmarks/linkage.py` on {date.today()}: {os.cpu_count()} cores, {memory:.0f} GiB of memory; "
        f"{platform.system()}, Python {platform.python_version()}, Splink {version('splink')}, "
        f"DuckDB {version('duckdb')}, Spark {version('pyspark')} local with {SPARK_MEMORY} for its driver. Load over "
        f"one minute: {before:.1f} before, {os.getloadavg()[0]:.1f} after; where it is above {os.cpu_count()}, others "
        "had the processors too, and CPU seconds tell more than those of the clock."
    )


def main() -> None:
    """Print or write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--small", type=int, default=100_000)
    parser.add_argument("--spark-records", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    before = os.getloadavg()[0]
    runs, tokens = [], []
    with tempfile.TemporaryDirectory(prefix="palermo-bench-", dir=os.environ.get("PALERMO_BENCH")) as name:
        for records in sorted({given.records, given.small, given.spark_records}):
            people = Persons(Path(name) / str(records), records, given.seed)
            runs.append(linked(people, "duckdb"))
            if records == given.spark_records:
                runs.append(linked(people, "spark"))
            tokens.append((records, people.persons, hashed(people)))
    text = page(runs, tokens, machine(before))
    print(text)
    if given.write:
        whole = PAGE.read_text(encoding="utf-8")
        head, rest = whole.split(BEGIN)
        PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
