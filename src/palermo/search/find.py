"""Search: which entries a query finds, in which order, and the words by which it found them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal

import msgspec

from palermo.corpus.models import Corpus, Language
from palermo.ledger.parties import find_instrument, find_party
from palermo.search.entries import Kind
from palermo.search.index import COLUMNS, WEIGHTS, Index
from palermo.search.names import ANY, Name
from palermo.search.query import Asked, asked_for
from palermo.search.text_folding import folded
from palermo.search.words import (
    FUNCTION_WORDS,
    LANGUAGES,
    citation_words,
    is_han,
    looked_for,
    plain_words,
    stem,
    words_of,
)

Span = tuple[int, int]
"""From a character up to another: `text[start:end]`."""

_Ranked = tuple[str, float]
"""The kind of an entry and its rank; the lower, the better."""

_TITLED = 1.5
"""How much more an entry counts whose title has all the words."""
_NOT_CITED = 3
_MOST_BEGUN = 100
_SNIPPET = 180
_LABELS_SHOWN = 4
_LONGEST_CITATION = 16


class Hit(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry found.

    `id` names it to other verbs, `see` is the command that says more. `marks` are the places of the words found in the
    title, `snippet_marks` those in the snippet. `verified` is whether it was read in a text of the law, None where
    there is no text to read. `cited` says that the query is its name, or its citation or part of it. `score` orders
    hits of one query and means nothing beside another's.
    """

    kind: Kind
    id: str
    title: str
    cite: str
    where: str
    see: str
    score: float
    marks: tuple[Span, ...] = ()
    snippet: str = ""
    snippet_marks: tuple[Span, ...] = ()
    instrument: str | None = None
    legal_system: str | None = None
    verified: bool | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    cited: bool = False


class NotFound(msgspec.Struct, frozen=True):
    """A word of the query that stands nowhere in the corpus, and the nearest that do."""

    word: str
    nearest: tuple[str, ...]


class Found(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a query found.

    `match` says whether each hit has all words of the query, or, as nothing has them all, any. `total` and `by_kind`
    count all that was found, `hits` are the first of them.
    """

    query: str
    match: Literal["all", "any", "none"]
    total: int
    by_kind: dict[str, int]
    hits: tuple[Hit, ...]
    not_found: tuple[NotFound, ...] = ()
    kinds: tuple[Kind, ...] = ()
    state: str | None = None
    instrument: str | None = None
    language: Language | None = None
    on: date | None = None


class _Reach(msgspec.Struct):
    """Under what one part of a query is looked for.

    `english` are words that follow each other in a text, `labels` the same in the names of a language; `named` are
    concepts and parties with a name found by it, `meant` notions and parties of which it is the name or part of the
    name that the query gives whole.
    """

    asked: Asked
    citation: tuple[str, ...]
    english: set[tuple[str, ...]]
    labels: dict[str, set[tuple[str, ...]]]
    named: dict[str, Name]
    meant: set[str]


def search(
    corpus: Corpus,
    index: Index,
    query: str,
    kinds: Collection[Kind] = (),
    state: str | None = None,
    instrument: str | None = None,
    language: Language | None = None,
    on: date | None = None,
    limit: int = 20,
) -> Found:
    """What a query finds, best first: what it cites, then by how much and where its words stand.

    `kinds` are the kinds of entry wanted, all if none is named; `state` a party or a legal system; `language` the
    one language the words are to be taken for; `on` leaves out what is known not to have been in force that day.
    Raises query.NothingAsked, ledger.parties.UnknownName.
    """
    parts = asked_for(query)
    conditions, values, place = _conditions(corpus, kinds, state, instrument, on)
    reaches = _reaches(index, parts, (language,) if language else LANGUAGES)
    clauses = [_clause(reach, language) for reach in reaches]
    cited = _cited(index, query, conditions, values) | _called(index, query, language, conditions, values)
    match: Literal["all", "any", "none"] = "all"
    found = _matching(index, " AND ".join(clauses), conditions, values) if all(clauses) else {}
    if not found and not cited:
        match = "any"
        loose = [clause for clause in (_clause(reach, language, loose=True) for reach in reaches) if clause]
        found = _matching(index, " OR ".join(loose), conditions, values) if loose else {}
    in_title = [_title_clause(reach) for reach in reaches]
    titled = _matching(index, " AND ".join(in_title), conditions, values) if all(in_title) else {}
    for id in titled.keys() & found.keys():
        found[id] = (found[id][0], found[id][1] * _TITLED)
    found |= {id: found.get(id, cited[id][1]) for id in cited}
    order = sorted(found, key=lambda id: (*_nearness(cited.get(id)), found[id][1], id))
    return Found(
        query=_printable(query),
        match=match if found else "none",
        total=len(found),
        by_kind=dict(Counter(found[id][0] for id in order).most_common()),
        hits=tuple(_hit(index, id, -found[id][1], cited.get(id, (_NOT_CITED,))[0], reaches) for id in order[:limit]),
        not_found=_not_found(index, reaches, clauses),
        kinds=tuple(kinds),
        state=place,
        instrument=find_instrument(corpus, instrument).id if instrument else None,
        language=language,
        on=on,
    )


def _nearness(cited: tuple[int, _Ranked] | None) -> tuple[int, bool]:
    """How near the query comes to an entry's citation; the law cited comes before what is only said of it."""
    return (cited[0], cited[1][0] in ("measure", "statement")) if cited else (_NOT_CITED, False)


_PINPOINT = re.compile(r"[a-z]|\d+")


def _printable(query: str) -> str:
    return " ".join(query.encode("utf-8", "replace").decode().split())


def _conditions(
    corpus: Corpus, kinds: Collection[Kind], state: str | None, instrument: str | None, on: date | None
) -> tuple[str, list[Any], str | None]:
    """SQL conditions on entries, their values, and the State or legal system asked for."""
    conditions, values, place = [""], list[Any](), None
    if kinds:
        conditions.append(f"entry.kind IN ({', '.join('?' * len(kinds))})")
        values += kinds
    if state and state.upper() in corpus.legal_systems and state.upper() not in corpus.parties:
        place = state.upper()
        conditions.append("entry.legal_system = ?")
        values.append(place)
    elif state:
        place = find_party(corpus, state).code
        conditions.append("entry.id IN (SELECT entry FROM entry_state WHERE state = ?)")
        values.append(place)
    if instrument:
        conditions.append("entry.instrument = ?")
        values.append(find_instrument(corpus, instrument).id)
    if on:
        conditions.append("coalesce(entry.first_day, '') <= ? AND coalesce(entry.last_day, '9999-12-31') >= ?")
        values += [on.isoformat()] * 2
    return " AND ".join(conditions), values, place


def _reaches(index: Index, parts: Sequence[Asked], languages: Sequence[str]) -> list[_Reach]:
    reaches = [_reach(index, part, languages) for part in parts]
    words = [reach for reach in reaches if reach.asked.kind == "word"]
    for language in languages:
        whole = frozenset(word for reach in words for each in reach.labels[language] for word in each)
        for name in index.names.wholly_in(whole, language):
            needed = set(looked_for(name.text, language)) - FUNCTION_WORDS
            covered = [r for r in words if any(needed.intersection(each) for each in r.labels[language])]
            both = set.intersection(*(set(reach.named) for reach in covered)) if len(covered) > 1 else None
            for reach in covered:
                reach.meant.add(name.mark)
                if both is not None:  # two words that make one name are not looked for one by one in others
                    reach.named = {mark: reach.named[mark] for mark in both}
    return reaches


def _reach(index: Index, asked: Asked, languages: Sequence[str]) -> _Reach:
    labels: dict[str, set[tuple[str, ...]]] = {}
    for language in languages:
        if asked.kind == "beginning":
            labels[language] = {(stem(word, language),) for word in _begun(index, folded(asked.text), language)}
        else:
            labels[language] = {looked_for(asked.text, language)} - {()}
    english = labels.get("en") or {looked_for(asked.text)} - {()}
    named: dict[str, Name] = {}
    meant: set[str] = set()
    for language in languages:
        for words in labels[language]:
            for name in index.names.with_words(words, language):
                named.setdefault(name.mark, name)
            if asked.kind == "phrase":
                meant.update(
                    name.mark
                    for name in index.names.wholly_in(frozenset(words), language)
                    if looked_for(name.text, language) == words
                )
    for (mark,) in index.rows("SELECT mark FROM code WHERE code = ?", [asked.text.replace(".", "")]):
        named.setdefault(mark, Name(mark, "party", ANY, asked.text, ()))
        meant.add(mark)
    return _Reach(asked, citation_words(asked.text), english, labels, named, meant)


def _begun(index: Index, beginning: str, language: str) -> list[str]:
    """The words of a language that begin so, the most frequent first."""
    query = """SELECT word FROM word WHERE word >= ? AND word < ? AND language IN (?, '')
        ORDER BY entries DESC, word LIMIT ?"""
    return [word for (word,) in index.rows(query, [beginning, f"{beginning}\U0010ffff", language, _MOST_BEGUN])]


def _clause(reach: _Reach, language: str | None, loose: bool = False) -> str:
    """The condition of the full-text index under which an entry has a part of the query; none if nothing can."""
    texts = "{title text place}" if language in (None, "en") else "{title}"
    english = reach.english
    if loose:
        english = {(word,) for words in english for word in words if is_han(word)} | {
            words for words in english if not is_han(words[0])
        }
    concepts = {mark for mark, name in reach.named.items() if name.bearer == "concept"}
    sides = (
        ("{cite}", [_phrase(reach.citation, reach.asked.kind == "beginning")] if reach.citation else []),
        (texts, [_phrase(words) for words in sorted(english)]),
        ("{own}", [_phrase((mark,)) for mark in sorted(reach.named)]),
        ("{concepts}", [_phrase((mark,)) for mark in sorted(concepts)]),
        ("{place notions}", [_phrase((mark,)) for mark in sorted(reach.meant)]),
    )
    parts = [f"{columns} : ({' OR '.join(phrases)})" for columns, phrases in sides if phrases]
    return f"({' OR '.join(parts)})" if parts else ""


def _title_clause(reach: _Reach) -> str:
    phrases = [*map(_phrase, sorted(reach.english)), *(_phrase((mark,)) for mark in sorted(reach.named))]
    return f"{{title own}} : ({' OR '.join(phrases)})" if phrases else ""


def _phrase(words: Sequence[str], begins: bool = False) -> str:
    """Words that follow each other, as the full-text index asks for them; they hold letters and figures only.

    `begins`: the last need only begin so, as a single Chinese character does a pair.
    """
    begins = begins or (len(words) == 1 and len(words[0]) == 1 and is_han(words[0]))
    return f'"{" ".join(words)}"{" *" if begins else ""}'


def _matching(index: Index, match: str, conditions: str, values: Sequence[Any]) -> dict[int, _Ranked]:
    """The entries that fulfil a condition."""
    assert len(WEIGHTS) == len(COLUMNS)
    query = f"""SELECT entry.id, entry.kind, bm25(kept, {", ".join(map(str, WEIGHTS))})
        FROM kept JOIN entry ON entry.id = kept.rowid WHERE kept MATCH ? {conditions}"""  # noqa: S608 (conditions of our own, values apart)
    return {id: (kind, rank) for id, kind, rank in index.rows(query, [match, *values])}


def _cited(index: Index, query: str, conditions: str, values: Sequence[Any]) -> dict[int, tuple[int, _Ranked]]:
    """Entries of whose citation the query is the whole (0), a part with its last pinpoint (1) or another part (2)."""
    words = citation_words(query)
    if not any(c.isdecimal() for word in words for c in word) or len(words) > _LONGEST_CITATION:
        return {}
    found = _matching(index, f"{{cite}} : {_phrase(words)}", conditions, values)
    cited = {}
    for id, ranked in found.items():
        ((text,),) = index.rows("SELECT citations FROM entry WHERE id = ?", [id])
        cited[id] = (min(_closeness(citation.split(), words) for citation in text.split("\n")), ranked)
    return cited


def _closeness(citation: Sequence[str], words: Sequence[str]) -> int:
    if tuple(citation) == tuple(words):
        return 0
    length = len(words)
    for i in range(len(citation) - length + 1):
        below = citation[i + length : i + length + 1]
        if tuple(citation[i : i + length]) == tuple(words) and not (below and _PINPOINT.fullmatch(below[0])):
            return 1
    return 2


def _called(
    index: Index, query: str, language: str | None, conditions: str, values: Sequence[Any]
) -> dict[int, tuple[int, _Ranked]]:
    """The concepts and parties of which the query is a name: as good as cited in whole."""
    marks: set[str] = set()
    for each in (language,) if language else LANGUAGES:
        words = looked_for(query, each)
        named = index.names.with_words(words, each)
        marks.update(name.mark for name in named if looked_for(name.text, each) == words)
    if not marks:
        return {}
    match = f"{{own}} : ({' OR '.join(_phrase((mark,)) for mark in sorted(marks))})"
    return {id: (0, ranked) for id, ranked in _matching(index, match, conditions, values).items()}


def _hit(index: Index, id: int, score: float, closeness: int, reaches: Sequence[_Reach]) -> Hit:
    query = """SELECT kind, name, title, cite, place, see, instrument, legal_system, verified, first_day, last_day,
        texts, concepts FROM entry WHERE id = ?"""
    ((kind, name, title, cite, where, see, instrument, system, verified, first, last, texts, concepts),) = index.rows(
        query, [id]
    )
    wanted = [_sought(index, reach) for reach in reaches]
    own = [mark for (mark,) in index.rows("SELECT mark FROM code WHERE code = ?", [name])] if kind == "party" else []
    candidates = [(text, "en", _marks(text, wanted, "en")) for text in msgspec.json.decode(texts)]
    candidates += _labels(index, reaches, concepts.split() or own)
    snippet, marks = "", list[Span]()
    if candidates:
        text, _, places = max(candidates, key=lambda candidate: len({number for number, _ in candidate[2]}))
        snippet, marks = _cut(text, _joined(span for _, span in places))
    return Hit(
        kind=kind,
        id=name,
        title=title,
        cite=cite,
        where=where,
        see=see,
        score=round(score, 6),
        marks=tuple(_joined(span for _, span in _marks(title, wanted, "en"))),
        snippet=snippet,
        snippet_marks=tuple(marks),
        instrument=instrument,
        legal_system=system,
        verified=None if verified is None else bool(verified),
        in_force_from=date.fromisoformat(first) if first else None,
        in_force_to=date.fromisoformat(last) if last else None,
        cited=closeness < _NOT_CITED,
    )


def _sought(index: Index, reach: _Reach) -> set[tuple[str, ...]]:
    """The words that make an English text one that the part of the query finds."""
    meant = {looked_for(name.text) for mark in reach.meant for name in index.names.of(mark, "en")}
    return (reach.english | meant) - {()}


def _labels(
    index: Index, reaches: Sequence[_Reach], marks: Sequence[str]
) -> list[tuple[str, str, list[tuple[int, Span]]]]:
    """For each language, the names of an entry's concepts, or its own, that the query finds, as a text."""
    shown: dict[str, dict[str, str]] = {}
    for mark in marks:
        for name in (reach.named[mark] for reach in reaches if mark in reach.named):
            english = next((n.text for n in index.names.of(mark, "en") if n.language == "en"), name.text)
            text = name.text if name.text == english else f"{english} ({name.text})"
            shown.setdefault(name.language, {}).setdefault(mark, text)
    found = []
    for language, texts in shown.items():
        text = "; ".join(list(texts.values())[:_LABELS_SHOWN])
        sought = [reach.labels.get(language) or reach.english for reach in reaches]
        found.append((text, language, _marks(text, sought, language)))
    return found


def _marks(text: str, wanted: Sequence[set[tuple[str, ...]]], language: str) -> list[tuple[int, Span]]:
    """Where each part of a query stands in a text, with the number of the part."""
    words = words_of(text, language)
    by_first: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for number, each in enumerate(wanted):
        for sequence in each:
            by_first.setdefault(sequence[0], []).append((number, sequence))
    found = []
    for i, word in enumerate(words):
        for number, sequence in by_first.get(word.kept, ()):
            if tuple(w.kept for w in words[i : i + len(sequence)]) == sequence:
                found.append((number, (word.start, words[i + len(sequence) - 1].end)))
        if is_han(word.kept) and len(word.kept) > 1:
            found += [(number, (word.start, word.start + 1)) for number, _ in by_first.get(word.kept[0], ())]
    return found


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _cut(text: str, marks: list[Span]) -> tuple[str, list[Span]]:
    """The part of a text with the most of the words found, whole words only, and their places in it."""
    if len(text) <= _SNIPPET:
        return text, marks
    starts = [start for start, _ in marks] or [0]
    best = max(starts, key=lambda begin: sum(begin <= start < begin + _SNIPPET * 2 // 3 for start in starts))
    begin = max(0, min(best - _SNIPPET // 4, len(text) - _SNIPPET))
    end = min(len(text), begin + _SNIPPET)
    if begin:
        begin = text.find(" ", begin, best) + 1 or begin
    if end < len(text):
        end = (
            max(text.rfind(" ", begin + 1, end), max((e for s, e in marks if s < end), default=0))
            if " " in text[begin + 1 : end]
            else end
        )
    head, tail = ("… " if begin else ""), (" …" if end < len(text) else "")
    shift = len(head) - begin
    inside = [(s + shift, e + shift) for s, e in marks if s >= begin and e <= end]
    return f"{head}{text[begin:end]}{tail}", inside


def _not_found(index: Index, reaches: Sequence[_Reach], clauses: Sequence[str]) -> tuple[NotFound, ...]:
    """The words of a query that find nothing by themselves, whatever the filters, with the nearest that would."""
    found = []
    for reach, clause in zip(reaches, clauses, strict=True):
        if clause and index.rows("SELECT 1 FROM kept WHERE kept MATCH ? LIMIT 1", [clause]):
            continue
        words = plain_words(reach.asked.text)
        if len(words) > 1:
            words = [word for word in words if not index.rows("SELECT 1 FROM word WHERE word = ? LIMIT 1", [word])]
        found += [NotFound(word, _nearest(index, word)) for word in words or [_printable(reach.asked.text)]]
    return tuple(found)


def _nearest(index: Index, word: str) -> tuple[str, ...]:
    query = "SELECT word FROM word WHERE length(word) BETWEEN ? AND ? GROUP BY word ORDER BY sum(entries) DESC"
    near = [other for (other,) in index.rows(query, [len(word) - 2, len(word) + 2])]
    return tuple(get_close_matches(word, near, n=3, cutoff=0.75))
