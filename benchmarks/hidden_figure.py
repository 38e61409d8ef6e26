"""Published estimates of hidden populations beside Palermo's, and how far a bootstrap interval moves with its seed.

    python benchmarks/hidden_figure.py            # prints the table
    python benchmarks/hidden_figure.py --write    # puts it into docs/hidden-figure.md

It takes about two minutes on one core; `--seeds 5` is quicker.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from palermo.evidence.hidden_population import estimate  # noqa: E402
from tests.evidence.published import Published, published  # noqa: E402

PAGE = ROOT / "docs" / "hidden-figure.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
HEAD = (
    "| | Lists | Model chosen by | Published | Palermo | Published 95 % | Palermo 95 % |\n|---|---|---|---|---|---|---|"
)


def main() -> None:
    """Print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--seeds", type=int, default=20)
    given = parser.parse_args()
    started = time.perf_counter()
    rows = [_row(row, given.seeds) for row in published()]
    told = (
        f"Bootstrap ends are the middle of {given.seeds} runs of 1,000 resamples, with the least and the greatest of "
        "those runs in brackets; a published end is one such run."
    )
    table = "\n".join([BEGIN, HEAD, *rows, "", told, END])
    print(table)
    print(f"{time.perf_counter() - started:.0f} s", file=sys.stderr)
    if given.write:
        text = PAGE.read_text(encoding="utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        PAGE.write_text(before + table + after, encoding="utf-8")


def _row(row: Published, seeds: int) -> str:
    wanted = row.interactions.split(",") if row.interactions else []
    found = estimate(row.read(), row.method, interactions=wanted, bootstrap=0)  # type: ignore[arg-type]
    digits = len(row.value.partition(".")[2])
    value = found.estimate if row.quantity == "estimate" else found.multinomial
    was, ours = "", ""
    if row.low:
        was = f"{float(row.low):,.{digits}f} to {float(row.high):,.{digits}f}"
    if row.interval == "profile":
        interval = found.interval("profile")
        assert interval is not None
        assert interval.high is not None
        ours = f"{interval.low:,.{digits}f} to {interval.high:,.{digits}f}"
    elif row.interval == "bca":
        ours = _seeds(row, seeds)
    lists = f"{row.lists}{f', {row.choice}' if row.choice else ''}".replace(",", ", ").replace(",  ", ", ")
    method = f"{row.method}{', multinomial' if row.quantity == 'multinomial' else ''}"
    cells = (row.id, lists, method, f"{float(row.value):,.{digits}f}", f"{value:,.{digits}f}", was, ours)
    return f"| {' | '.join(cells)} |"


def _seeds(row: Published, seeds: int) -> str:
    intervals = [estimate(row.read(), row.method, seed=seed).interval() for seed in range(seeds)]  # type: ignore[arg-type]
    lows = np.array([i.low for i in intervals if i])
    highs = np.array([i.high if i.high is not None else np.inf for i in intervals if i])
    told = [f"{np.median(ends):,.0f} ({ends.min():,.0f} to {ends.max():,.0f})" for ends in (lows, highs)]
    return " to ".join(told)


if __name__ == "__main__":
    main()
