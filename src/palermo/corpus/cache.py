"""The compiled corpus: one file, valid for exactly one state of the corpus files and of this library."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import msgspec

from palermo.corpus.collecting import uncollected
from palermo.corpus.figures import Evidence
from palermo.corpus.folders import corpus_files
from palermo.corpus.models import Corpus

T = TypeVar("T")

KEPT = 8
"""How many compiled states are kept."""


def cache_folder() -> Path:
    """Where compiled corpora lie: PALERMO_CACHE, or a folder of the user's cache."""
    chosen = os.environ.get("PALERMO_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "palermo"


def fingerprint(folders: Sequence[Path]) -> str:
    """A digest of every corpus file's name and content and of the code that reads them."""
    digest = blake2b(digest_size=16)
    code = Path(__file__).resolve().parent.parent
    readers = sorted([*(code / "corpus").glob("*.py"), *(code / "logic").glob("*.py")])
    for root, files in [(code, readers), *((folder, corpus_files(folder)) for folder in folders)]:
        digest.update(f"{len(files)}\0".encode())
        for path in files:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def load_compiled(key: str) -> Corpus | None:
    """The compiled corpus of that fingerprint, or None where there is none that can be read."""
    return _load(f"{key}.msgpack", Corpus)


def load_compiled_evidence(key: str) -> Evidence | None:
    """The compiled figures of that fingerprint, or None where there are none that can be read."""
    return _load(f"{key}.evidence", Evidence)


def _load(name: str, type: type[T]) -> T | None:
    try:
        file = cache_folder() / name
        content = file.read_bytes()
        used(file)
        with uncollected():
            return msgspec.msgpack.decode(content, type=type)
    except (OSError, msgspec.DecodeError):
        return None


def store_compiled(key: str, corpus: Corpus, evidence: Evidence) -> None:
    """Keep a compiled corpus. Where the folder cannot be written, the next load is slower and nothing else."""
    keep(f"{key}.msgpack", lambda path: path.write_bytes(msgspec.msgpack.encode(corpus)))
    keep(f"{key}.evidence", lambda path: path.write_bytes(msgspec.msgpack.encode(evidence)))


def used(file: Path) -> None:
    """Note that a file of the cache was used: the least lately used of its kind are dropped first."""
    with contextlib.suppress(OSError):
        os.utime(file)


def keep(name: str, write: Callable[[Path], object]) -> None:
    """Put a file, written whole by `write`, into the cache, and drop the least lately used of its kind; or do nothing.

    Raises nothing where the folder cannot be written.
    """
    folder = cache_folder()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".compiling-")
        os.close(handle)
        try:
            write(Path(temporary))
            os.replace(temporary, folder / name)
        except BaseException:
            os.unlink(temporary)
            raise
        for old in sorted(folder.glob(f"*{Path(name).suffix}"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            old.unlink()
