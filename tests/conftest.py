"""What the tests share: the shipped corpus, copies of it to change, and a cache of their own."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

import palermo
from palermo.corpus.shipped import shipped_folder

# tests use every core already: threads of their own would wait for each other
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
hypothesis.settings.register_profile("palermo", deadline=None)  # how long something takes is no test
hypothesis.settings.load_profile("palermo")
gc.set_threshold(100_000, 20, 50)  # a worker holds several corpora, which the collector need not walk through often


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache of this run of the tests, which its workers share."""
    own = tmp_path_factory.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PALERMO_CACHE", str(run / "cache"))
        yield


@pytest.fixture(scope="session")
def law(own_cache: None) -> palermo.Law:  # noqa: ARG001 (the cache comes first)
    return palermo.load()


@pytest.fixture
def corpus_copy(tmp_path: Path) -> Path:
    """A copy of the shipped corpus."""
    return Path(shutil.copytree(shipped_folder(), tmp_path / "corpus"))


Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(corpus_copy: Path) -> Edit:
    """Change a text that stands once in a file of a copy of the corpus, and return the copy."""

    def edit(file: str, old: str, new: str) -> Path:
        path = corpus_copy / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return corpus_copy

    return edit
