"""How long routes take: between two States with a warm library, and the network of the whole world.

    python benchmarks/routes.py

Each pair is asked with the conduct of one case given, which holds both laws against it. The time is that of the second
question on a pair, when the laws of the day are worked out already, and beside it that of the first.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from datetime import date

import palermo
from palermo.cooperation.facts import CaseFacts, PersonSought

DAY = date(2026, 11, 25)
FACTS = CaseFacts(
    conduct={
        "act.recruitment": True,
        "act.transport": True,
        "means.deception": True,
        "purpose.forced-labour": True,
        "person.child": False,
    },
    transnational=True,
    organised_group=True,
    person=PersonSought(nationality=("NGA",), sought_for="prosecution", finally_judged_in=()),
)
STATES = ("GBR", "DEU", "USA", "IND", "VNM", "NGA", "BRA", "TWN", "ZAF", "JPN")
FORMS = ("extradition", "hearing", "victim-return")


def main() -> None:
    """Print how long each question takes."""
    law = palermo.load()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for form in FORMS:
        first, again = [], []
        for one in STATES:
            for other in STATES:
                if one != other:
                    for times in (first, again):
                        started = time.perf_counter()
                        law.routes(one, other, form, FACTS, DAY)
                        times.append(1000 * (time.perf_counter() - started))
        told = f"median {statistics.median(again):.1f} ms, slowest {max(again):.1f} ms"
        print(
            f"{form}, {len(again)} ordered pairs, warm: {told} (first time: median {statistics.median(first):.1f} ms)"
        )
    started = time.perf_counter()
    _ = law.ledger.spans
    print(f"spans of all parties, once: {time.perf_counter() - started:.2f} s")
    for form in FORMS:
        started = time.perf_counter()
        found = law.network(form, DAY)
        pairs = len(found.states) * (len(found.states) - 1)
        print(f"network, {form}, {pairs:,} ordered pairs: {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main()
