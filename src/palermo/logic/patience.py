"""A limit on the time that one question may take, for those who answer questions of strangers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_TOLD = "this takes longer than one question may"
_until: ContextVar[float] = ContextVar("until", default=float("inf"))


class TooMuchWork(RuntimeError):
    """A question would take longer than it may."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Within it, long searches raise TooMuchWork once the time is up, and so does what outgrows memory or stack.

    Without it nothing is limited.
    """
    token = _until.set(min(_until.get(), time.monotonic() + seconds))
    try:
        yield
    except (MemoryError, RecursionError) as error:
        raise TooMuchWork(_TOLD) from error
    finally:
        _until.reset(token)


def go_on() -> None:
    """Said by a search at each of its steps. Raises TooMuchWork once the time is up."""
    if time.monotonic() > _until.get():
        raise TooMuchWork(_TOLD)
