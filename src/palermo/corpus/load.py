"""Loading the corpus: the shipped one, with folders laid over it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from palermo.corpus.cache import fingerprint, load_compiled, load_compiled_evidence, store_compiled
from palermo.corpus.figures import Evidence
from palermo.corpus.models import Corpus
from palermo.corpus.shipped import shipped_folder


def load_corpus(overlays: Sequence[Path] = (), base: Path | None = None, keep: bool = True) -> Corpus:
    """The shipped corpus (or `base`) with each folder of `overlays` laid over it, from the cache if nothing changed.

    Without `keep` what was read is not put into the cache. Raises problems.CorpusError with every fault of the files.
    """
    folders = [base or shipped_folder(), *overlays]
    key = fingerprint(folders)
    corpus = load_compiled(key)
    return corpus if corpus is not None else _compiled(folders, key, keep)[0]


def load_evidence(overlays: Sequence[Path] = (), base: Path | None = None) -> Evidence:
    """The country-year figures of the same folders, which are kept apart because few questions need them.

    Raises problems.CorpusError with every fault of the files.
    """
    folders = [base or shipped_folder(), *overlays]
    key = fingerprint(folders)
    evidence = load_compiled_evidence(key)
    return evidence if evidence is not None else _compiled(folders, key, keep=True)[1]


def _compiled(folders: Sequence[Path], key: str, keep: bool) -> tuple[Corpus, Evidence]:
    from palermo.corpus.reading import read_with_evidence

    corpus, evidence = read_with_evidence(folders)
    if keep:
        store_compiled(key, corpus, evidence)
    return corpus, evidence
