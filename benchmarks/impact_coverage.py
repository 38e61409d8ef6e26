"""How often the intervals of `palermo impact` hold a known effect, on panels made for the purpose.

    python benchmarks/impact_coverage.py --runs 500 --write

States come under a treatment in different years, at random. Its effect differs by cohort and grows with the years, as
agreements that take time to be carried out do. `--gaps` adds panels with missing figures, `--write` puts the table into
docs/impact.md.
"""

from __future__ import annotations

import argparse
import re
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np

from palermo.evidence.impact import effects_of
from palermo.evidence.impact_sample import NEVER, Sample, comparable

DOCS = Path(__file__).parents[1] / "docs" / "impact.md"
YEARS = np.arange(2001, 2019)
STATES = 120
COHORTS = {2005: 0.2, 2008: 0.2, 2011: 0.15, 2014: 0.15, NEVER: 0.3}
NAMES = {
    "two_stages": "Two stages (did2s), the main estimate",
    "not_yet": "Callaway-Sant'Anna, not yet treated",
    "never": "Callaway-Sant'Anna, never treated",
    "cohorts": "Sun-Abraham",
    "fixed_effects": "Two-way fixed effects",
}


class Design(NamedTuple):
    """A way of making panels: its name, and the share of figures that are missing at random."""

    name: str
    missing: float


DESIGNS = (Design("no gaps", 0.0), Design("a fifth of the figures missing", 0.2))


def effect(cohort: int, year: int) -> float:
    """The effect on a State of a cohort in a year: larger for those who came early, and growing."""
    early = {2005: 1.2, 2008: 0.8, 2011: 0.4, 2014: 0.2}[cohort]
    return early * (0.5 + 0.25 * (year - cohort))


def target() -> float:
    """The average effect over all treated State-years that the design makes."""
    cells = [(share, effect(c, y)) for c, share in COHORTS.items() if c < NEVER for y in YEARS.tolist() if y >= c]
    return sum(share * value for share, value in cells) / sum(share for share, _ in cells)


def panel(seed: int, missing: float) -> Sample:
    """A panel: effects of States and years, errors that last (AR 0.5), the treatment's effect, gaps."""
    random = np.random.default_rng(seed)
    first = random.choice(list(COHORTS), STATES, p=list(COHORTS.values()))
    errors = np.empty((STATES, len(YEARS)))
    errors[:, 0] = random.normal(size=STATES) / np.sqrt(1 - 0.25)
    for t in range(1, len(YEARS)):
        errors[:, t] = 0.5 * errors[:, t - 1] + random.normal(size=STATES)
    figures = random.normal(size=(STATES, 1)) * 2 + random.normal(size=(1, len(YEARS))) + errors
    for i, cohort in enumerate(first.tolist()):
        if cohort < NEVER:
            figures[i] += [effect(cohort, year) if year >= cohort else 0.0 for year in YEARS.tolist()]
    figures = np.where(random.random(figures.shape) < missing, np.nan, figures)
    return comparable(Sample(tuple(f"S{i:03}" for i in range(STATES)), YEARS, figures, first))


def run(task: tuple[int, float]) -> dict[str, tuple[float, bool, float]]:
    """One panel: by estimator its estimate, whether the interval holds the target, and the interval's width."""
    seed, missing = task
    wanted = target()
    return {
        e.estimator: (e.estimate, e.low <= wanted <= e.high, e.high - e.low) for e in effects_of(panel(seed, missing))
    }


def main() -> None:
    """Run all designs and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--gaps", action="store_true", help="also panels in which a fifth of the figures is missing")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    lines = [
        "| Panels | Estimator | Mean estimate | Intervals that hold the effect | Mean width |",
        "|---|---|---|---|---|",
    ]
    for design in DESIGNS if given.gaps else DESIGNS[:1]:
        with ProcessPoolExecutor(given.workers) as pool:
            runs = list(pool.map(run, [(seed, design.missing) for seed in range(given.runs)], chunksize=10))
        for name, words in NAMES.items():
            estimates, held, widths = zip(*(found[name] for found in runs), strict=True)
            share = np.mean(held)
            lines.append(
                f"| {design.name} | {words} | {np.mean(estimates):.3f} | {share:.1%} | {np.mean(widths):.3f} |"
            )
            print(lines[-1], flush=True)
    told = (
        f"{given.runs:,} panels of {STATES} States and {len(YEARS)} years for each row; the effect is {target():.3f}."
    )
    text = "\n".join([*lines, "", told])
    print(told)
    if given.write:
        old = DOCS.read_text(encoding="utf-8")
        pattern = r"(<!-- coverage: begin -->\n).*?(\n<!-- coverage: end -->)"
        DOCS.write_text(re.sub(pattern, lambda m: m[1] + text + m[2], old, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main()
