"""`palermo serve`: the site starts from nothing, serves with several workers, and stops when told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a site with a ministry's own folder laid over the law."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "parties.csv").write_text(
        "code,name,kind,un_member,part_of,aliases,note\nXTT,Testland,state,no,,,\n", encoding="utf-8"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "palermo", "--corpus", str(folder), "serve", "--port", str(port), "--workers", "2"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ})
    assert server.stderr
    said = server.stderr.readline()
    assert f"http://127.0.0.1:{port}/" in said, said
    yield port
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=60) == 0
    server.stderr.close()


def asked(port: int, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path)
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def test_the_site_answers(served: int) -> None:
    status, content = asked(served, "/")
    assert status == 200
    assert b"<title>Palermo</title>" in content


def test_the_law_laid_over_is_served(served: int) -> None:
    assert b"Testland" in asked(served, "/states/XTT")[1]


def test_static_files_are_served_by_the_same_process(served: int) -> None:
    status, content = asked(served, "/static/palermo.css")
    assert status == 200
    assert b"@font-face" in content


def test_faults_of_the_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "parties.csv").write_text("code,name\nXTT,Testland\n", encoding="utf-8")
    command = [sys.executable, "-m", "palermo", "--corpus", str(tmp_path), "serve", "--port", "18999"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert told.returncode == 2
    assert "Traceback" not in told.stderr


def test_a_port_that_is_taken_is_told(served: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "palermo", "serve", "--port", str(served)]
    told = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=300, check=False)
    assert told.returncode == 2
    assert f"port {served} is taken" in told.stderr
    assert "Traceback" not in told.stderr
