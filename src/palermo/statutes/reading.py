"""A statute from its file to what it proposes."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from palermo.corpus.models import Corpus
from palermo.logic.formula import nearest
from palermo.statutes.files import read_file
from palermo.statutes.phrases import language_of, vocabulary_of
from palermo.statutes.proposals import StatuteRead, propose
from palermo.statutes.sections import sections_of
from palermo.statutes.source import UnreadableStatute


def read_statute(corpus: Corpus, path: Path, language: str | None = None) -> StatuteRead:
    """Read a file and propose what the corpus could say of it; without `language` it is told from the text.

    Raises UnreadableStatute where the file cannot be read, or no phrases are known for its language.
    """
    known = ", ".join(sorted(corpus.phrases))
    if language is not None and language not in corpus.phrases:
        raise UnreadableStatute(
            f"there are no phrases for the language {language!r}{nearest(language, corpus.phrases)}; known are {known}"
        )
    if find_spec("snowballstemmer") is None:
        raise UnreadableStatute("reading statutes needs the extra: pip install 'palermo[legal]'")
    source = read_file(path)
    text = "\n".join([*(line.text for line in source.lines), *(s.text for s in source.sections)])
    told = language or language_of(corpus, text)
    if told is None:
        raise UnreadableStatute(f"{path}: the language could not be told; give it by --language, one of {known}")
    words = {word for phrases in corpus.phrases.values() for word in phrases.section}
    sections = source.sections or sections_of(source.lines, words)
    return propose(corpus, vocabulary_of(corpus, told), path.name, source.title or path.stem, sections)
