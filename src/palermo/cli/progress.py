"""How far a long command is, told on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress(label: str, length: int = 0) -> Iterator[Callable[[int], object]]:
    """A bar on standard error, if that is a terminal; what it gives is told how much is done, of `length` if known."""
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield lambda done: bar.update(done - bar.pos)
