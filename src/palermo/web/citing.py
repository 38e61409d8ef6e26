"""Ways to cite a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Citation:
    """One citation, in a style such as OSCOLA."""

    style: str
    text: str
