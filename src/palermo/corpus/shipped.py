"""Where the corpus that comes with the library lies."""

from __future__ import annotations

from pathlib import Path


def shipped_folder() -> Path:
    """The folder of the shipped corpus: inside the installed package, or beside the sources of a checkout."""
    packaged = Path(__file__).resolve().parent.parent / "shipped"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "corpus"
