"""How long the command takes, as its user waits: whole processes, the compiled corpus in place.

    python benchmarks/command_times.py [RUNS]

Prints minimum and median of each command, and the limit it should keep on an idle machine with two cores.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

COMMANDS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("--help",), 0.3),
    (("assess", "GBR"), 1.0),
    (("assess", "USA"), 1.0),
    (("assess", "IND", "--format", "json"), 1.0),
    (("assess", "GHA"), 1.0),
    (("status", "NGA"), 1.0),
    (("parties", "palermo-protocol"), 1.0),
    (("compare", "GBR-SCT", "USA"), 1.0),
)


def seconds(arguments: tuple[str, ...]) -> float:
    """The wall time of one process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "palermo", *arguments], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Run every command several times and print a table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    seconds(("status", "NGA"))
    print(f"{'command':45} {'min s':>7} {'median':>7} {'limit':>6}")
    for arguments, limit in COMMANDS:
        times = [seconds(arguments) for _ in range(runs)]
        print(f"{'palermo ' + ' '.join(arguments):45} {min(times):7.2f} {statistics.median(times):7.2f} {limit:6.1f}")


if __name__ == "__main__":
    main()
