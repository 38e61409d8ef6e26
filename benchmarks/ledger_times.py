"""How long the ledger takes for everybody at once, in one process with the corpus loaded.

    python benchmarks/ledger_times.py

Limits: all pairs of parties x all instruments on one day under 0.2 s; the daily history of all pairs for one
instrument under 2 s.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import palermo


def timed(what: str, limit: float, run: Callable[[], object]) -> None:
    """Print the best of three runs."""
    best = min(_seconds(run) for _ in range(3))
    print(f"{what:70} {best:8.4f} s   limit {limit}")


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    """Time the questions and print them."""
    ledger = palermo.load().ledger
    spans = ledger.spans
    shape = f"{len(spans.parties)} parties, {len(spans.instruments)} instruments"
    timed(f"all pairs x all instruments on one day ({shape})", 0.2, lambda: spans.pairs(date(2026, 1, 1)))

    def history() -> None:
        spans.pair_history("crc").counts(date(1989, 11, 20), date(2026, 12, 31))

    timed("daily history of all pairs for one instrument (crc)", 2.0, history)
    timed("one State, all instruments", 0.2, lambda: ledger.bonds("GBR", date(2026, 1, 1)))
    timed(
        "two States, all instruments, statements, agreements",
        0.2,
        lambda: ledger.between("IND", "SWE", date(2020, 1, 1)),
    )


if __name__ == "__main__":
    main()
