"""Every two encoded laws within the definition of the UN protocol: all at once, and one pair after the other.

    python benchmarks/pairs.py [--runs N] [--sample N] [--write]

`law.compare_all` is timed as a whole, with nothing kept from one run to the next but the corpus. A sample of the pairs
is compared one by one as well and must give the same scenarios and the same distances; otherwise the run fails. --write
puts the figures into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import palermo
from palermo.conformity.compare import punished
from palermo.conformity.compare_all import AllLawsCompared, PairOfLaws
from palermo.conformity.law_on_day import law_on
from palermo.corpus.lookup import formula_of_provision, strict_theory
from palermo.logic.formula import AllOf
from palermo.logic.scenarios import Comparison

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
DAY = date(2026, 3, 1)
HEADING = "## Laws in pairs"


def timed(run: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds by the clock, seconds of the processor, and what came of it."""
    start, used = time.perf_counter(), time.process_time()
    found = run()
    return time.perf_counter() - start, time.process_time() - used, found


def one_by_one(law: palermo.Law, found: AllLawsCompared, sample: int) -> dict[str, float]:
    """Compare some of the pairs alone. Raises SystemExit where one differs from what comparing all gave."""
    theory = strict_theory(law.corpus)
    definition = formula_of_provision(law.corpus, None, "palermo-protocol 3")
    reach = {
        id: AllOf((definition, punished(law.corpus, law_on(law.corpus, system, DAY), True, theory)))
        for id, system in law.corpus.legal_systems.items()
    }
    some = [pair for pair in found.pairs if pair.distance is not None][:: max(1, len(found.pairs) // sample)]
    wall = used = 0.0
    for pair in some:
        here, cpu, alone = timed(lambda pair=pair: compared(reach[pair.first], reach[pair.second], theory))
        wall, used = wall + here, used + cpu
        if alone != as_sets(found, pair):
            raise SystemExit(f"{pair.first} and {pair.second} differ from their own comparison")
    return {"sample": len(some), "alone": wall / len(some), "alone_cpu": used / len(some)}


def compared(one: Any, other: Any, theory: Any) -> tuple[set[frozenset[str]], set[frozenset[str]], float]:
    """One pair alone: the scenarios each way, merged into boxes, and the distance."""
    there = Comparison(one, other, theory)
    ways = (there.boxes(there.missed), there.excess())
    first, second = ({scenario for box in boxes for scenario in box.scenarios()} for boxes in ways)
    return first, second, there.distance()


def as_sets(found: AllLawsCompared, pair: PairOfLaws) -> tuple[set[frozenset[str]], set[frozenset[str]], float | None]:
    """What comparing all gave for a pair."""
    first, second = (set(map(frozenset, found.gap(gap))) for gap in (pair.only_first, pair.only_second))
    return first, second, pair.distance


def measure(runs: int = 5, sample: int = 60) -> dict[str, Any]:
    """Time both ways."""
    law = palermo.load()
    times = [timed(lambda: law.compare_all(DAY)) for _ in range(runs)]
    found: AllLawsCompared = times[0][2]
    return {
        "laws": len(found.laws),
        "pairs": len(found.pairs),
        "scenarios": sum(len(found.gaps[gap]) for p in found.pairs for gap in (p.only_first, p.only_second)),
        "runs": runs,
        "wall": min(wall for wall, _, _ in times),
        "cpu": min(cpu for _, cpu, _ in times),
        **one_by_one(law, found, sample),
    }


def section(found: dict[str, Any]) -> list[str]:
    """The figures as Markdown."""
    return [
        HEADING,
        "",
        f"`law.compare_all` on {found['laws']} encoded laws within `palermo-protocol 3`, with nothing ready but the "
        f"corpus: {found['pairs']:,} pairs with all {found['scenarios']:,} scenarios that only one of "
        f"the two reaches, both ways, and the distance, in {found['wall']:.2f} s by the clock and {found['cpu']:.2f} s "
        f"of one processor (best of {found['runs']}): {found['wall'] / found['pairs'] * 1e3:.2f} ms a pair. The "
        f"same for one pair alone, its scenarios merged into boxes: {found['alone'] * 1e3:.1f} ms, of the processor "
        f"{found['alone_cpu'] * 1e3:.1f} ms, on average of {found['sample']:.0f} pairs, whose answers were equal.",
        "",
    ]


def machine() -> str:
    """What this ran on, and how busy it was."""
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return (
        f"{os.cpu_count()} cores, {model[1] if model else platform.processor()}; {platform.system()}, Python "
        f"{platform.python_version()}; load over one minute {os.getloadavg()[0]:.1f}"
    )


def main() -> None:
    """Measure, print and perhaps write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/benchmarks.md")
    options = parser.parse_args()
    lines = section(measure(options.runs, options.sample))
    lines[2] += f" Measured by `benchmarks/pairs.py` on {date.today()}: {machine()}."
    print("\n".join(lines))
    if options.write:
        head, _, rest = PAGE.read_text(encoding="utf-8").partition(f"{HEADING}\n")
        _, mark, after = rest.partition("\n## ")
        PAGE.write_text(head + "\n".join(lines) + mark + after, encoding="utf-8")


if __name__ == "__main__":
    main()
