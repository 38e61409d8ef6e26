"""Requests counted in a real PostgreSQL: several sites count as one, and a silent database turns nobody away."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psycopg
import pytest


def program(name: str) -> str:
    """Where a program of PostgreSQL is."""
    found = shutil.which(name) or next(
        (str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None
    )
    assert found, f"requests are counted in a real PostgreSQL: install postgresql, so that {name} is found"
    return found


@pytest.fixture(scope="module")
def database() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a PostgreSQL that listens on a socket in a folder of its own, and its process."""
    # it refuses to run as root
    who: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    folder = tempfile.mkdtemp(prefix="pg-", dir="/tmp")  # the path of a socket may be no longer than a hundred letters
    try:
        if who:
            shutil.chown(folder, "nobody", "nogroup")
        data = f"{folder}/data"
        made = [program("initdb"), "-D", data, "-U", "palermo", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]
        subprocess.run(made, check=True, capture_output=True, cwd=folder, **who)
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
        server = subprocess.Popen(
            [program("postgres"), "-D", data, *options], stderr=subprocess.DEVNULL, cwd=folder, **who
        )
        address = f"host={folder} dbname=postgres user=palermo"
        for _attempt in range(600):
            try:
                psycopg.connect(address, connect_timeout=60).close()
                break
            except psycopg.OperationalError:
                assert server.poll() is None, "PostgreSQL ended at once"
                time.sleep(0.1)
        yield address, server
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def site(address: str, requests: int) -> Iterator[int]:
    """The port of a site that counts in a database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"PALERMO_DATABASE": address, "PALERMO_REQUESTS": str(requests), "PALERMO_SECRET_KEY": "of both sites"}
    command = [sys.executable, "-m", "palermo.web", "--port", str(port), "--workers", "2"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **own})
    assert server.stderr
    assert f"http://127.0.0.1:{port}/" in server.stderr.readline()
    try:
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)
        server.stderr.close()


def status(port: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", "/static/no-such-file")
    found = connection.getresponse()
    found.read()
    connection.close()
    return found.status


def test_all_workers_of_all_sites_count_as_one(database: tuple[str, subprocess.Popen[bytes]]) -> None:
    address, _ = database
    with site(address, 40) as one, site(address, 40) as other, ThreadPoolExecutor(8) as readers:
        told = list(readers.map(status, [one, other] * 50))
    # a minute may turn while they are asked, and then as many again are answered
    assert told.count(404) in {40, 80}
    assert told.count(404) + told.count(429) == 100
    with psycopg.connect(address) as connection:
        rows = connection.execute("SELECT asker, asked FROM palermo_requests").fetchall()
    assert sum(asked for _, asked in rows) <= 100
    assert all("127.0.0.1" not in asker for asker, _ in rows)


def test_a_database_that_does_not_answer_turns_nobody_away(database: tuple[str, subprocess.Popen[bytes]]) -> None:
    address, server = database
    with site(address, 1000) as port:
        assert status(port) == 404
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)
        assert [status(port) for _ in range(4)] == [404] * 4
