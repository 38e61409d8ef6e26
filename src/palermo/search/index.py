"""The index: derived from a corpus, kept beside the compiled corpus, and never true of another one."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec

from palermo.corpus.cache import cache_folder, keep, used
from palermo.corpus.models import Corpus
from palermo.search.names import Name, Names
from palermo.search.words import kept_words

COLUMNS = ("cite", "title", "text", "place", "concepts", "notions", "own")
"""What each entry is found by: citations; title; texts; instrument, legal system and States; the concepts of its
conduct; notions of the glossary that its texts name; and, of a concept or party, its names in six languages."""
WEIGHTS = (6.0, 10.0, 2.0, 1.0, 2.0, 2.0, 14.0)

TITLE_COUNTS = 4
"""A notion in a title counts as much as so many times in a text."""

END = "\u00b7"
"""Stands between two citations of an entry, so that no phrase runs from one into the other."""

_TABLES = f"""
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, kind TEXT, name TEXT, title TEXT, cite TEXT, place TEXT, see TEXT, instrument TEXT,
    legal_system TEXT, verified INTEGER, first_day TEXT, last_day TEXT, texts TEXT, concepts TEXT, citations TEXT);
CREATE TABLE entry_state (state TEXT, entry INTEGER, PRIMARY KEY (state, entry)) WITHOUT ROWID;
CREATE TABLE name (mark TEXT, bearer TEXT, language TEXT, text TEXT, words TEXT);
CREATE TABLE word (word TEXT, language TEXT, entries INTEGER, PRIMARY KEY (word, language)) WITHOUT ROWID;
CREATE TABLE code (code TEXT PRIMARY KEY, mark TEXT) WITHOUT ROWID;
CREATE VIRTUAL TABLE kept USING fts5({", ".join(COLUMNS)}, content='', tokenize='ascii');
"""


_KEEP = "INSERT INTO kept (rowid, cite, title, text, place, concepts, notions, own) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class Index:
    """An open index. Safe to ask from several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection, self._lock = connection, Lock()

    def rows(self, query: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Every row of a query."""
        with self._lock:
            return self._connection.execute(query, tuple(values)).fetchall()

    @cached_property
    def names(self) -> Names:
        """What concepts, parties and notions are called."""
        found = self.rows("SELECT mark, bearer, language, text, words FROM name")
        return Names(
            Name(mark, bearer, language, text, tuple(words.split())) for mark, bearer, language, text, words in found
        )


def index_of(corpus: Corpus) -> Index:
    """The index of a corpus: the one kept for it, or a new one, kept if the cache can be written."""
    key = _key(corpus)
    path = cache_folder() / f"{key}.search"
    found = _opened(path, key)
    if found is None:
        found = built(corpus, key)
        keep(path.name, lambda temporary: _copy(found, temporary))
    else:
        used(path)
    return Index(found)


def _key(corpus: Corpus) -> str:
    """A digest of what the index holds and of the code that makes it."""
    digest = blake2b(msgspec.msgpack.encode(corpus), digest_size=16)
    code = Path(__file__).resolve().parent.parent
    for path in sorted(path for floor in ("search", "conformity", "ledger") for path in (code / floor).glob("*.py")):
        digest.update(path.read_bytes())
    digest.update(f"{version('snowballstemmer')} {version('babel')}".encode())
    return digest.hexdigest()


def _opened(path: Path, key: str) -> sqlite3.Connection | None:
    if not path.is_file():
        return None
    try:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        made_for = connection.execute("PRAGMA application_id").fetchone()
    except (sqlite3.Error, OSError):
        return None
    return connection if whole and made_for == (_stamp(key),) else None


def _stamp(key: str) -> int:
    """A number that says for which key a file was made."""
    return int(key[:7], 16)


def _copy(connection: sqlite3.Connection, path: Path) -> None:
    try:
        target = sqlite3.connect(path)
        try:
            connection.backup(target)
        finally:
            target.close()
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def built(corpus: Corpus, key: str = "0" * 7) -> sqlite3.Connection:
    """The index of a corpus, in memory."""
    from palermo.search.entries import Entry, all_entries
    from palermo.search.names import all_names, codes, folded_words, marks
    from palermo.search.words import citation_words, composed, plain_words

    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(_TABLES)
    connection.execute(f"PRAGMA application_id = {_stamp(key)}")
    names, of = list(all_names(corpus)), marks(corpus)
    notions = _Notions(names)
    of_concept = {id: notions.named(kept_words(concept.label.get("en", ""))) for id, concept in corpus.concepts.items()}
    spoken: Counter[tuple[str, str]] = Counter()

    def columns(entry: Entry) -> Iterator[str]:
        title, texts = kept_words(entry.title), [kept_words(text) for text in entry.texts]
        yield f" {END} ".join(" ".join(citation_words(citation)) for citation in entry.citations)
        yield " ".join(title)
        yield f" {END} ".join(" ".join(words) for words in texts)
        instrument = corpus.instruments[entry.instrument].title if entry.instrument else ""
        place = kept_words(" ".join((entry.where, instrument, entry.legal_system or "")))
        yield " ".join((*place, *(of["party", state] for state in entry.states if ("party", state) in of)))
        yield " ".join(of["concept", id] for id in entry.concepts)
        in_title = sorted(notions.named(title))
        named = set().union(*map(notions.named, texts), *(of_concept[id] for id in entry.concepts))
        yield " ".join((*in_title * TITLE_COUNTS, *sorted(named)))
        yield of[entry.kind, entry.id] if entry.kind in ("concept", "party") else ""

    for number, found in enumerate(all_entries(corpus), start=1):
        title, texts = composed(found.title), tuple(map(composed, found.texts))
        entry = replace(found, title=title, texts=texts)
        row = (
            number,
            entry.kind,
            entry.id,
            entry.title,
            entry.cite,
            entry.where,
            entry.see,
            entry.instrument,
            entry.legal_system,
            entry.verified,
            entry.first_day.isoformat() if entry.first_day else None,
            entry.last_day.isoformat() if entry.last_day else None,
            msgspec.json.encode(entry.texts).decode(),
            " ".join(of["concept", id] for id in entry.concepts),
            "\n".join(" ".join(citation_words(citation)) for citation in entry.citations),
        )
        connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        states = {(state, number) for state in entry.states}
        connection.executemany("INSERT INTO entry_state VALUES (?, ?)", states)
        connection.execute(_KEEP, (number, *columns(entry)))
        spoken.update({("en", word) for text in (entry.title, entry.cite, *entry.texts) for word in plain_words(text)})
    spoken.update(set(folded_words(names)))
    words = ((word, language, count) for (language, word), count in spoken.items() if word)
    connection.executemany("INSERT INTO word VALUES (?, ?, ?)", words)
    written = ((name.mark, name.bearer, name.language, name.text, " ".join(name.words)) for name in names)
    connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?)", written)
    connection.executemany("INSERT OR IGNORE INTO code VALUES (?, ?)", codes(corpus))
    connection.execute("INSERT INTO kept (kept) VALUES ('optimize')")
    connection.commit()
    return connection


class _Notions:
    """Which notions of the glossary a text names in English."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_first: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            if name.bearer == "notion" and name.language == "en" and name.words:
                self._by_first[name.words[0]].append(name)

    def named(self, words: tuple[str, ...]) -> set[str]:
        """The marks of the notions whose English words stand in a text."""
        return {
            name.mark
            for i, word in enumerate(words)
            for name in self._by_first.get(word, ())
            if words[i : i + len(name.words)] == name.words
        }
