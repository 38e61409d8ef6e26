"""`palermo serve`: the whole of it in a browser."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen at.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that answer.")
@click.pass_context
def serve(context: click.Context, host: str, port: int, workers: int) -> None:
    """Serve the explorer on this machine, until stopped with Ctrl+C.

    It needs no other service and loads nothing from anywhere. How to run it for many is in docs/production.md.
    """
    if find_spec("django") is None or find_spec("gunicorn") is None:
        raise click.UsageError("the site needs more libraries: pip install 'palermo[web]'")
    overlays: tuple[Path, ...] = context.obj or ()
    if overlays:
        os.environ["PALERMO_CORPUS"] = os.pathsep.join(map(str, overlays))
    given = ["--host", host, "--port", str(port), "--workers", str(workers)]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "palermo.web", *given])
