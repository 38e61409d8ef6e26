"""Loading the corpus: the shipped one, with folders laid over it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from palermo.corpus.cache import fingerprint, load_compiled, store_compiled
from palermo.corpus.models import Corpus
from palermo.corpus.shipped import shipped_folder


def load_corpus(overlays: Sequence[Path] = (), base: Path | None = None, keep: bool = True) -> Corpus:
    """The shipped corpus (or `base`) with each folder of `overlays` laid over it, from the cache if nothing changed.

    Without `keep` what was read is not put into the cache. Raises problems.CorpusError with every fault of the files.
    """
    folders = [base or shipped_folder(), *overlays]
    key = fingerprint(folders)
    corpus = load_compiled(key)
    if corpus is None:
        from palermo.corpus.reading import read_corpus

        corpus = read_corpus(folders)
        if keep:
            store_compiled(key, corpus)
    return corpus
