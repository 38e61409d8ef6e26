"""The explorer under load: how long warm pages take, how large they are, how many a second two workers give.

    python benchmarks/explorer.py [--seconds N] [--write]

Starts the site with two workers on this machine, asks each page once so that it is in memory, then asks it again and,
with wrk (Debian's package of that name), as often as eight connections can. Sizes are as sent, packed. --write puts the
figures into docs/explorer.md.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "explorer.md"
HEADING = "## Under load"
PAGES = (
    "/",
    "/world",
    "/world?duty=palermo-protocol%205(1)",
    "/states",
    "/states/GBR",
    "/states/GBR/against/palermo-protocol",
    "/states/GBR/bound",
    "/law/GBR-EAW",
    "/instruments/palermo-protocol",
    "/instruments/palermo-protocol/parties",
    "/compare",
    "/compare/GBR-EAW/SWE",
    "/cooperation?from=GBR&to=VNM&form=extradition",
    "/questions",
    "/search?q=forced+labour",
    "/about",
    "/api/v1/states/GBR/findings/palermo-protocol",
)


def asked(port: int, path: str) -> tuple[int, int, float]:
    """The status of a page, its size as sent and the milliseconds until all of it was there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    start = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    content = answer.read()
    took = (time.perf_counter() - start) * 1e3
    connection.close()
    return answer.status, len(content), took


def first_page(port: int) -> int:
    """Bytes of the front page with its style sheet, script and the fonts that English text loads."""
    total = 0
    for path in ("/", *linked(port)):
        total += asked(port, path)[1]
    return total


def linked(port: int) -> list[str]:
    """What the front page loads."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/")
    page = connection.getresponse().read().decode()
    found = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    connection.close()
    fonts = [
        "/static/fonts/source-serif-4-latin-wght-normal.woff2",
        "/static/fonts/source-sans-3-latin-wght-normal.woff2",
    ]
    return found + fonts


def load(port: int, path: str, seconds: int) -> tuple[float, float]:
    """Pages a second and the 99th percentile of milliseconds that wrk saw."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("install wrk (Debian: apt-get install wrk)")
    command = [
        wrk,
        "-t2",
        "-c8",
        f"-d{seconds}s",
        "--latency",
        "-H",
        "Accept-Encoding: gzip",
        f"http://127.0.0.1:{port}{path}",
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])  # type: ignore[index]
    slow = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    assert slow
    if "Non-2xx" in said:
        raise SystemExit(f"{path}: {said}")
    return rate, float(slow[1]) * {"us": 1e-3, "ms": 1.0, "s": 1e3}[slow[2]]


def measure(seconds: int) -> list[str]:
    """The figures as Markdown."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PALERMO_REQUESTS": str(10**9)}
    server = subprocess.Popen(
        [sys.executable, "-m", "palermo.web", "--port", str(port), "--workers", "2"], env=environment
    )
    try:
        wait_for(port)
        rows = []
        for path in PAGES:
            status, size, cold = asked(port, path)
            if status != 200:
                print(f"{path}: {status}", file=sys.stderr)
                continue
            for _ in range(12):  # both workers and all their threads
                asked(port, path)
            warm = statistics.median(asked(port, path)[2] for _ in range(20))
            rate, slow = load(port, path, seconds)
            rows.append(f"| `{path}` | {size / 1e3:.0f} | {cold:.0f} | {warm:.1f} | {rate:,.0f} | {slow:.0f} |")
        first = first_page(port)
    finally:
        server.terminate()
        server.wait()
    return [
        HEADING,
        "",
        f"Two workers, eight connections of wrk for {seconds} seconds each, on {machine()}, {date.today()}, by "
        "`benchmarks/explorer.py`. Cold: asked for the first time. Warm: the median of twenty, from memory.",
        "",
        "| page | kB sent | cold ms | warm ms | pages a second | 99 % within ms |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
        f"The front page with all it loads (style sheet, script, fonts): {first / 1e3:.0f} kB.",
        "",
    ]


def wait_for(port: int) -> None:
    """Until the site answers."""
    for _ in range(300):
        try:
            asked(port, "/")
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the site did not start within a minute")


def machine() -> str:
    """What this ran on, and how busy it was."""
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return f"{os.cpu_count()} cores, {model[1] if model else 'unknown'}, load over one minute {os.getloadavg()[0]:.1f}"


def main() -> None:
    """Measure, print and perhaps write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/explorer.md")
    options = parser.parse_args()
    lines = measure(options.seconds)
    print("\n".join(lines))
    if options.write:
        head, _, rest = PAGE.read_text(encoding="utf-8").partition(f"{HEADING}\n")
        _, mark, after = rest.partition("\n## ")
        PAGE.write_text(head + "\n".join(lines) + mark + after, encoding="utf-8")


if __name__ == "__main__":
    main()
