"""Which files make up a corpus folder."""

from __future__ import annotations

from pathlib import Path

from palermo.corpus.problems import CorpusError, Problem


def corpus_files(folder: Path) -> list[Path]:
    """The files of a corpus folder, sorted; of a single YAML file (a bill), itself.

    Raises CorpusError where there is no folder or nothing in it.
    """
    if folder.is_file() and folder.suffix in (".yaml", ".yml"):
        return [folder]
    if not folder.is_dir():
        message = "is not a folder" if folder.exists() else "there is no such folder"
        told = f"{message}; expected a corpus folder as docs/corpus.md shows"
        raise CorpusError([Problem(folder, 0, 0, told, "no-such-folder")])
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".yaml", ".yml", ".csv") and path.is_file() and not path.name.startswith(".")
    ]
    if not found:
        told = "holds no corpus file; expected YAML and CSV as docs/corpus.md shows"
        raise CorpusError([Problem(folder, 0, 0, told, "empty-folder")])
    return found
