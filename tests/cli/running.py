"""Running the command: within the tests' own process, or in one of its own."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from palermo.cli.main import main


@dataclass(frozen=True)
class Told:
    """What a run of the command wrote, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def palermo(*arguments: str, cwd: Path | None = None, stdin: str = "") -> Told:
    """Run the command in this process, from its entry point to its exit code; its output is no terminal's.

    What it cannot catch fails the test, as the traceback that its user would see.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(cwd or Path.cwd()):
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.setattr(sys, "argv", ["palermo", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
    assert isinstance(left.value.code, int)
    return Told(left.value.code, _text(out), _text(err))


def _text(written: io.TextIOWrapper) -> str:
    assert isinstance(written.buffer, io.BytesIO)
    return written.buffer.getvalue().decode().replace("\r\n", "\n")


def palermo_in_a_process(*arguments: str, cwd: Path | None = None, stdin: str = "") -> Told:
    """Run the command as its user does, in a process of its own."""
    command = [sys.executable, "-m", "palermo", *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, timeout=120, input=stdin)
    return Told(ran.returncode, ran.stdout, ran.stderr)


def refused(*arguments: str, cwd: Path | None = None) -> str:
    """Run a command that must be refused: one line on standard error, nothing on standard output, exit code 2."""
    result = palermo(*arguments, cwd=cwd)
    assert result.returncode == 2, result
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    lines = result.stderr.splitlines()
    assert len(lines) == 1, lines
    return lines[0]
