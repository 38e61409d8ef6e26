"""What concepts, States and the notions of the glossary are called in six languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from palermo.corpus.models import Corpus
from palermo.ledger.parties import names_in_un_languages
from palermo.search.words import FUNCTION_WORDS, composed, contains, is_han, kept_words, looked_for, plain_words

Bearer = Literal["concept", "party", "notion"]
ANY = ""
"""The language of a name that holds in each, such as a former name of a State."""


class Name(NamedTuple):
    """One name. `mark` stands for its bearer in the index: the same mark, the same bearer."""

    mark: str
    bearer: Bearer
    language: str
    text: str
    words: tuple[str, ...]
    """The words of `text` as they are kept."""


def marks(corpus: Corpus) -> dict[tuple[Bearer, str], str]:
    """The mark of each concept, party and notion of the glossary, by id."""
    found: dict[tuple[Bearer, str], str] = {("concept", id): f"c{i}" for i, id in enumerate(corpus.concepts)}
    found |= {("party", code): f"p{i}" for i, code in enumerate(corpus.parties)}
    return found | {("notion", id): f"n{i}" for i, id in enumerate(corpus.glossary)}


def all_names(corpus: Corpus) -> Iterator[Name]:
    """Every name with its words; a party's codes are not among them."""
    of = marks(corpus)
    for id, concept in corpus.concepts.items():
        for language, text in concept.label.items():
            yield _name(of["concept", id], "concept", language, text)
    for id, notion in corpus.glossary.items():
        for language, texts in notion.items():
            for text in texts:
                yield _name(of["notion", id], "notion", language, text)
    for code, party in corpus.parties.items():
        yield _name(of["party", code], "party", "en", party.name)
        for alias in party.aliases:
            if not _is_code(alias):
                yield _name(of["party", code], "party", ANY, alias)
    for party, language, text in names_in_un_languages(corpus):
        yield _name(of["party", party.code], "party", language, text)


def codes(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Each code of a party with its mark. Many a code is a word too (IN, ARE), so it counts only in capitals."""
    of = marks(corpus)
    for code in corpus.parties:
        yield code, of["party", code]
    for code, party in corpus.parties.items():
        yield from ((alias.replace(".", ""), of["party", code]) for alias in party.aliases if _is_code(alias))


def _is_code(alias: str) -> bool:
    return len(alias.replace(".", "")) <= len("GBR")


def _name(mark: str, bearer: Bearer, language: str, text: str) -> Name:
    text = composed(text)
    return Name(mark, bearer, language, text, kept_words(text, language))


class Names:
    """The names of an index, found by their words."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = list(names)
        self._by_word: dict[tuple[str, str], list[Name]] = defaultdict(list)
        self._by_mark: dict[str, list[Name]] = defaultdict(list)
        for name in self.names:
            self._by_mark[name.mark].append(name)
            for word in set(name.words):
                self._by_word[name.language, word].append(name)
                if is_han(word):
                    self._by_word[name.language, word[0]].append(name)

    def of(self, mark: str, language: str) -> list[Name]:
        """The names of one bearer in a language."""
        return [name for name in self._by_mark[mark] if name.language in (language, ANY)]

    def with_words(self, words: tuple[str, ...], language: str) -> list[Name]:
        """The names of concepts and parties in which these words follow each other."""
        if not words:
            return []
        near = [*self._by_word[language, words[0]], *self._by_word[ANY, words[0]]]
        return [name for name in near if name.bearer != "notion" and contains(name.words, words)]

    def wholly_in(self, words: frozenset[str], language: str) -> list[Name]:
        """The names of notions and parties all of whose words are among these: `traite`, `traite des personnes`."""
        near = {name for word in words for key in (language, ANY) for name in self._by_word[key, word]}
        found = []
        for name in near:
            needed = looked_for(name.text, language)
            content = [word for word in needed if word not in FUNCTION_WORDS] or needed
            if name.bearer != "concept" and words.issuperset(content):
                found.append(name)
        return sorted(found)


def folded_words(names: Iterable[Name]) -> Iterator[tuple[str, str]]:
    """Each language with each word of its names, endings and all."""
    for name in names:
        for word in plain_words(name.text):
            yield name.language, word
