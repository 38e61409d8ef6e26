"""A bill, as text: the file of one legal system whose entries replace and add to the law as it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from palermo.corpus.documents import Document, File
from palermo.corpus.models import Corpus
from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.reading import corpus_with
from palermo.corpus.yaml_files import place, read_yaml
from palermo.logic.formula import nearest


def read_bill(corpus: Corpus, text: str, file: Path) -> dict[str, Any]:
    """The plain data of a bill that names a legal system of the corpus. Raises CorpusError with its fault."""
    data, problems = read_yaml(file, text)
    if problems:
        raise CorpusError(problems)
    if not isinstance(data, dict):
        raise CorpusError([Problem(file, 1, 1, "expected a mapping", "wrong-type")])
    named = data.get("id")
    if not isinstance(named, str) or named not in corpus.legal_systems:
        known = nearest(str(named), corpus.legal_systems)
        told = f"id: expected the legal system that the bill changes, not {named!r}{known}"
        raise CorpusError([Problem(file, *place(text, ("id",)), told, "unknown-legal-system")])
    return data


def corpus_with_bill(corpus: Corpus, law: Callable[[str], Document], text: str, file: Path) -> Corpus:
    """The corpus with a bill laid over the law that it names; `law` gives a legal system's file as it is written.

    `file` is the bill's name in messages. Raises CorpusError with every fault of the bill.
    """
    system = read_bill(corpus, text, file)["id"]
    return corpus_with(corpus, law(system), File(file, text, file.parent))
