"""Palermo: the law against trafficking in persons, computable.

import palermo
law = palermo.load()
law.assess("GBR", against="palermo-protocol")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from palermo.law import Law, load

__all__ = ["Law", "load"]


def __getattr__(name: str) -> Any:
    """Load the library when it is first asked for, so that the command can start without it."""
    if name in __all__:
        from palermo import law

        return getattr(law, name)
    raise AttributeError(f"module 'palermo' has no attribute {name!r}")
