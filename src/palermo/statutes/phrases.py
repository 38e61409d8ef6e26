"""Finding phrases in a text: the vocabulary of a language, made ready, and what of it a text holds.

A phrase is words in order, compared by their stems: `word*` stands for whatever begins so, `=word` for exactly that
word, `this|that` for either, `...` for up to eight words between, inside one sentence. Where a phrase without a gap is
found, shorter ones inside it are not: `sexual exploitation` is not also `exploitation`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from palermo.corpus.models import Corpus, Phrases
from palermo.statutes.words import Word, fold, stem, words_of

GAP, EXACT, BEGINS = "...", "=", "*"
WIDEST_GAP = 8
NOTHING = "not"


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found: what it stands for (`concepts act.sale`), its first and last word, whether it has a gap."""

    kind: str
    name: str
    first: int
    last: int
    gapped: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    """One word of a phrase: the stems it may have, the folded forms, or what the folded form may begin with."""

    stems: frozenset[str]
    exact: frozenset[str]
    beginnings: tuple[str, ...]

    def fits(self, word: Word) -> bool:
        if word.stem in self.stems or word.folded in self.exact:
            return True
        return bool(self.beginnings and word.folded.startswith(self.beginnings))


@dataclass(frozen=True, slots=True)
class _Pattern:
    kind: str
    name: str
    steps: tuple[_Choice, ...]
    gaps: tuple[bool, ...]


class Vocabulary:
    """The phrases of one language, made ready to be found."""

    def __init__(self, phrases: Phrases, labels: Mapping[str, str] | None = None) -> None:
        """`labels`: for concepts without a phrase of their own."""
        self.phrases = phrases
        self.numbers = {fold(word): number for word, number in phrases.numbers.items()}
        self.skip = frozenset(fold(word) for word in phrases.skip) - self.numbers.keys()
        self._by_stem: dict[str, list[_Pattern]] = defaultdict(list)
        self._by_form: dict[str, list[_Pattern]] = defaultdict(list)
        self._by_beginning: dict[str, list[_Pattern]] = defaultdict(list)
        written: list[tuple[str, str, Sequence[str]]] = [(NOTHING, "", phrases.not_)]
        for kind in ("matters", "cues", "concepts", "measures"):
            written += [(kind, name, texts) for name, texts in getattr(phrases, kind).items()]
        written += [
            ("concepts", name, (label,)) for name, label in (labels or {}).items() if name not in phrases.concepts
        ]
        for kind, name, texts in written:
            for text in texts:
                self._add(kind, name, text)
        self._lengths = sorted({len(key) for key in self._by_beginning})
        self._beginning_with: dict[tuple[str, str], tuple[_Pattern, ...]] = {}

    def _add(self, kind: str, name: str, text: str) -> None:
        steps: list[_Choice] = []
        gaps: list[bool] = []
        for part in _parts(text):
            if part == GAP:
                gaps[-1] = True
                continue
            choice = self._choice(part)
            if choice:
                steps.append(choice)
                gaps.append(False)
        if not steps:
            return
        gaps[-1] = False
        pattern = _Pattern(kind, name, tuple(steps), tuple(gaps))
        for each in steps[0].stems:
            self._by_stem[each].append(pattern)
        for each in steps[0].exact:
            self._by_form[each].append(pattern)
        for each in steps[0].beginnings:
            self._by_beginning[each].append(pattern)

    def _choice(self, part: str) -> _Choice | None:
        alternatives = [word for word in part.split("|") if fold(word) not in self.skip]
        exact = frozenset(fold(word[1:]) for word in alternatives if word[0] == EXACT)
        beginnings = tuple(fold(word[:-1]) for word in alternatives if word[-1] == BEGINS)
        by_stem = [word for word in alternatives if word[0] != EXACT and word[-1] != BEGINS]
        stems = frozenset(stem(word, self.phrases.stemmer) for word in by_stem)
        return _Choice(stems, exact, beginnings) if alternatives else None

    def words(self, text: str) -> Sequence[Word]:
        """The words of a text, function words left out."""
        return words_of(text, self.phrases.stemmer, self.skip)

    def find(self, words: Sequence[Word]) -> list[Found]:
        """Every phrase found, in the order of the text; of two where one lies inside the other, the longer."""
        found = [match for i in range(len(words)) for match in self._at(words, i)]
        whole = sorted({(f.first, f.last) for f in found if not f.gapped and f.kind in (NOTHING, "concepts")})
        kept = [f for f in found if f.kind in ("cues", "measures") or not _inside(f, whole)]
        return [f for f in dict.fromkeys(kept) if f.kind != NOTHING]

    def _at(self, words: Sequence[Word], i: int) -> Iterator[Found]:
        key = words[i].stem, words[i].folded
        patterns = self._beginning_with.get(key)
        if patterns is None:
            patterns = self._beginning_with[key] = tuple(self._beginning_at(*key))
        for pattern in patterns:
            last = _end_of(pattern, words, i)
            if last is not None:
                yield Found(pattern.kind, pattern.name, i, last, any(pattern.gaps))

    def _beginning_at(self, stem_of_word: str, folded: str) -> Iterator[_Pattern]:
        """The patterns whose first word this word can be."""
        yield from self._by_stem.get(stem_of_word, ())
        yield from self._by_form.get(folded, ())
        for length in self._lengths:
            if length <= len(folded):
                yield from self._by_beginning.get(folded[:length], ())


def _end_of(pattern: _Pattern, words: Sequence[Word], first: int) -> int | None:
    at, sentence, end = first, words[first].sentence, len(words)
    for step, gap_before in zip(pattern.steps[1:], pattern.gaps, strict=False):
        reach = min(at + 2 + (WIDEST_GAP if gap_before else 0), end)
        for i in range(at + 1, reach):
            if words[i].sentence != sentence:
                return None
            if step.fits(words[i]):
                at = i
                break
        else:
            return None
    return at


def _inside(found: Found, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a found phrase lies inside a longer one."""
    return any(
        first <= found.first and found.last <= last and (last - first) > (found.last - found.first)
        for first, last in spans
        if first <= found.first <= last
    )


def _parts(text: str) -> Iterable[str]:
    """The words of a phrase as written; marks inside a word part it, as they do in a text."""
    for part in text.split():
        pieces = [] if part == GAP or "|" in part else [part[w.start : w.end] for w in words_of(part, None)]
        if len(pieces) < 2:
            yield part
            continue
        head = EXACT if part[0] == EXACT else ""
        tail = BEGINS if part[-1] == BEGINS else ""
        yield from (f"{head}{piece}" for piece in pieces[:-1])
        yield f"{head}{pieces[-1]}{tail}"


def vocabulary_of(corpus: Corpus, language: str) -> Vocabulary:
    """The vocabulary of a language: its phrases, and labels of concepts where it asks for them. Raises KeyError."""
    phrases = corpus.phrases[language]
    labels = {id: label for id, concept in corpus.concepts.items() if (label := concept.label.get(language))}
    return Vocabulary(phrases, labels if phrases.labels else None)


def language_of(corpus: Corpus, text: str) -> str | None:
    """The language whose function words the text has most of; None where it has none of any.

    A script written without spaces counts by the phrases for the matter itself.
    """
    folded = [word.folded for word in words_of(text[:200_000], None)]
    if not folded:
        return None
    shares = {}
    for language, phrases in corpus.phrases.items():
        own = frozenset(fold(word) for word in phrases.skip)
        shares[language] = sum(word in own for word in folded) / len(folded)
    best = max(shares, key=lambda language: shares[language], default=None)
    return best if best is not None and shares[best] > 0.02 else None
