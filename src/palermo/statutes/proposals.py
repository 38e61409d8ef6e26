"""What a statute seems to say in the corpus's own terms: concepts, penalties and measures, each with its sentence.

Everything here is a proposal by vocabulary, for a human to confirm. Nothing is concluded from what is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from palermo.corpus.models import Corpus
from palermo.corpus.terms import Term
from palermo.statutes.penalties import PenaltyRead, penalty_of, term_in
from palermo.statutes.phrases import Found, Vocabulary
from palermo.statutes.source import Place, Section
from palermo.statutes.words import Word

Role = Literal["offence", "definition", "aggravation", "mention"]
DIMENSIONS = ("act", "means", "purpose", "result", "person", "circumstance")
LONGEST_QUOTE = 320
_ENTRY = re.compile(r"(?:^|[;.:,—\n]\s*)(?=[“\"«„][^”\"»“]{2,60}[”\"»“])")
FEWEST_ENTRIES = 3
"""From so many quoted terms on, a section is a list of definitions."""


class Support(msgspec.Struct, frozen=True):
    """The sentence that a proposal rests on, and where it stands."""

    section: str
    place: Place
    sentence: str


class ConceptRead(msgspec.Struct, frozen=True):
    """A concept that a section seems to name."""

    concept: str
    support: Support


class SentenceOfPenalty(msgspec.Struct, frozen=True):
    """A penalty that a section seems to lay down."""

    penalty: PenaltyRead
    support: Support


class SectionRead(msgspec.Struct, frozen=True):
    """A section about the matter: which matters it names and where, its part in the law, and what it proposes.

    `concepts` belong to the conduct, `aggravated` to what makes it graver. `child_needs_no_means`: the section seems
    to say that a means is not asked where the person is a child.
    """

    number: str
    heading: str
    place: Place
    role: Role
    matters: tuple[str, ...]
    because: Support
    concepts: tuple[ConceptRead, ...] = ()
    aggravated: tuple[ConceptRead, ...] = ()
    penalty: SentenceOfPenalty | None = None
    child_needs_no_means: bool = False

    def of(self, dimension: str) -> tuple[ConceptRead, ...]:
        """The concepts of one dimension of the conduct."""
        return tuple(read for read in self.concepts if read.concept.startswith(f"{dimension}."))


class MeasureRead(msgspec.Struct, frozen=True):
    """A measure that the statute seems to provide, with the value that its kind takes."""

    measure: str
    value: str | int
    support: Support


class StatuteRead(msgspec.Struct, frozen=True):
    """A whole statute: the sections about the matter, and measures."""

    file: str
    title: str
    language: str
    counted: int
    sections: tuple[SectionRead, ...]
    measures: tuple[MeasureRead, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """A section with its words, what was found in them, and which sentences are of what kind."""

    section: Section
    text: str
    words: Sequence[Word]
    found: Sequence[Found]

    def sentence_of(self, found: Found) -> int:
        return self.words[found.first].sentence

    def sentences_with(self, *cues: str) -> set[int]:
        return {self.sentence_of(f) for f in self.found if f.kind == "cues" and f.name in cues}

    def quote(self, found: Found) -> Support:
        return Support(self.section.number, self.section.place, _quoted(self.text, self.words, found))


def propose(corpus: Corpus, vocabulary: Vocabulary, file: str, title: str, sections: Sequence[Section]) -> StatuteRead:
    """Read every section; keep those about the matter, and the first sentence for each measure."""
    reads = [_read(vocabulary, section) for section in sections]
    about = [read for read in reads if any(f.kind == "matters" and f.name != "victims" for f in read.found)]
    sections_read = tuple(section for read in about if (section := _section(corpus, vocabulary, read)))
    measures = tuple(_measures(corpus, vocabulary, reads, sections_read))
    return StatuteRead(file, title, vocabulary.phrases.language, len(sections), sections_read, measures)


def _read(vocabulary: Vocabulary, section: Section) -> _Read:
    text = f"{section.heading}.\n{section.text}" if section.heading else section.text
    words = vocabulary.words(text)
    return _Read(section, text, words, vocabulary.find(words))


def _section(corpus: Corpus, vocabulary: Vocabulary, read: _Read) -> SectionRead:
    matters = [f for f in read.found if f.kind == "matters"]
    concepts = [f for f in read.found if f.kind == "concepts"]
    graver = read.sentences_with("aggravation")
    penal = read.sentences_with("offence", "prison", "life", "death")
    defining = read.sentences_with("definition")
    entries = _entries(read)
    role = _role(read, concepts, matters, penal, defining, graver)
    conduct: list[Found] = []
    aggravated: list[Found] = []
    if role != "mention":
        for f in concepts:
            if entries is not None and not _in_entry_on_the_matter(entries, read, f, matters):
                continue
            is_graver = role == "aggravation" or read.sentence_of(f) in graver
            (aggravated if is_graver else conduct).append(f)
    in_conduct = _named_once(corpus, read, conduct, of_conduct=True)
    penalty = None if role == "mention" else _penalty(vocabulary, read, graver)
    return SectionRead(
        read.section.number,
        read.section.heading,
        read.section.place,
        role,
        tuple(dict.fromkeys(f.name for f in matters if f.name != "victims")),
        read.quote(next(f for f in matters if f.name != "victims")),
        in_conduct,
        tuple(c for c in _named_once(corpus, read, aggravated, of_conduct=False) if c.concept[:6] != "means." or role == "aggravation"),
        penalty,
        any(f.kind == "cues" and f.name == "no-means-for-child" for f in read.found),
    )


def _role(
    read: _Read,
    concepts: Sequence[Found],
    matters: Sequence[Found],
    penal: set[int],
    defining: set[int],
    graver: set[int],
) -> Role:
    """An offence is punished, a definition says what a matter is, an aggravation makes graver what stands elsewhere."""
    of_conduct = {f.name.partition(".")[0] for f in concepts}
    sentences = {word.sentence for word in read.words}
    if graver and graver >= penal | {read.sentence_of(f) for f in concepts} and "purpose" not in of_conduct:
        return "aggravation"
    if penal and of_conduct & {"act", "purpose", "result", "means"}:
        return "offence"
    if (defining or read.sentences_with("purpose")) and of_conduct & {"purpose", "act", "result"}:
        return "definition"
    return "mention" if sentences else "mention"


def _named_once(corpus: Corpus, read: _Read, found: Iterable[Found], of_conduct: bool) -> tuple[ConceptRead, ...]:
    """Each concept once, by its first sentence; a purpose carried out is a result."""
    aims = [f for f in read.found if f.kind == "cues" and f.name in ("purpose", "definition")]
    named: dict[str, ConceptRead] = {}
    for f in found:
        concept = f.name
        if of_conduct and concept.startswith("purpose.") and not _aimed_at(read, f, aims):
            carried_out = concept.replace("purpose.", "result.", 1)
            concept = carried_out if carried_out in corpus.concepts else concept
        named.setdefault(concept, ConceptRead(concept, read.quote(f)))
    return tuple(sorted(named.values(), key=lambda c: DIMENSIONS.index(c.concept.partition(".")[0])))


def _aimed_at(read: _Read, found: Found, aims: Sequence[Found]) -> bool:
    """Whether words of purpose, or of definition, stand before the phrase in its sentence."""
    return any(aim.first <= found.first and read.sentence_of(aim) == read.sentence_of(found) for aim in aims)


def _entries(read: _Read) -> list[tuple[int, int]] | None:
    """Where each entry of a list of definitions begins and ends; None where the section is no such list."""
    starts = [match.end() for match in _ENTRY.finditer(read.text)]
    if len(starts) < FEWEST_ENTRIES:
        return None
    return list(zip(starts, [*starts[1:], len(read.text)], strict=True))


def _in_entry_on_the_matter(
    entries: Sequence[tuple[int, int]], read: _Read, found: Found, matters: Sequence[Found]
) -> bool:
    """Whether the entry a phrase stands in defines the matter itself: its quoted term is one."""
    at = read.words[found.first].start
    entry = next(((start, end) for start, end in entries if start <= at < end), None)
    if entry is None:
        return False
    term_ends = re.compile(r"[”\"»“]").search(read.text, entry[0] + 2)
    until = term_ends.start() if term_ends else entry[0]
    return any(entry[0] <= read.words[f.first].start < until for f in matters)


def _penalty(vocabulary: Vocabulary, read: _Read, graver: set[int]) -> SentenceOfPenalty | None:
    """The first penalty outside sentences of aggravation; where there is none, the first of all."""
    first: SentenceOfPenalty | None = None
    for sentence in sorted(read.sentences_with("prison", "life", "death")):
        at = [i for i, word in enumerate(read.words) if word.sentence == sentence]
        offset = at[0]
        inside = [
            Found(f.kind, f.name, f.first - offset, f.last - offset, f.gapped)
            for f in read.found
            if read.sentence_of(f) == sentence
        ]
        penalty = penalty_of(read.words[at[0] : at[-1] + 1], inside, vocabulary)
        if penalty is None:
            continue
        cue = next(f for f in read.found if f.name in ("prison", "life", "death") and read.sentence_of(f) == sentence)
        said = SentenceOfPenalty(penalty, read.quote(cue))
        if sentence not in graver:
            return said
        first = first or said
    return first


def _measures(
    corpus: Corpus, vocabulary: Vocabulary, reads: Sequence[_Read], about: Sequence[SectionRead]
) -> Iterable[MeasureRead]:
    """The first sentence for each measure: in sections about the matter or its victims before others."""
    concerned = {(s.number, s.place) for s in about}
    ranked = sorted(
        ((_distance(read, concerned), i, f) for i, read in enumerate(reads) for f in read.found if f.kind == "measures"),
        key=lambda ranked: ranked[:2],
    )
    seen: set[str] = set()
    for _, i, f in ranked:
        value = _value(corpus, vocabulary, reads[i], f)
        if f.name not in seen and value is not None:
            seen.add(f.name)
            yield MeasureRead(f.name, value, reads[i].quote(f))


def _distance(read: _Read, concerned: set[tuple[str, Place]]) -> int:
    if (read.section.number, read.section.place) in concerned:
        return 0
    return 1 if any(f.kind == "matters" for f in read.found) else 2


def _value(corpus: Corpus, vocabulary: Vocabulary, read: _Read, found: Found) -> str | int | None:
    kind = corpus.measures[found.name].kind
    if kind == "yes_no":
        return "yes"
    sentence = read.sentence_of(found)
    at = [i for i, word in enumerate(read.words) if word.sentence == sentence]
    near = range(max(at[0], found.first - 12), min(at[-1] + 1, found.last + 24))
    words = [read.words[i] for i in near]
    inside = [
        Found(f.kind, f.name, f.first - near.start, f.last - near.start, f.gapped)
        for f in read.found
        if f.kind == "cues" and f.first in near
    ]
    term = term_in(words, inside, vocabulary)
    if term is None:
        return None
    if kind == "age":
        return term.amount if term.unit == "year" else None
    return str(Term(term.amount, term.unit))


def _quoted(text: str, words: Sequence[Word], found: Found) -> str:
    """The sentence around a phrase, cut to what can be read at a glance."""
    sentence = words[found.first].sentence
    own = [word for word in words if word.sentence == sentence]
    start, end = own[0].start, own[-1].end
    first, last = words[found.first].start, words[found.last].end
    if end - start > LONGEST_QUOTE:
        start = max(start, first - LONGEST_QUOTE // 2)
        end = min(end, max(last, start + LONGEST_QUOTE))
    head = "" if start == own[0].start else "… "
    tail = "" if end == own[-1].end else " …"
    return head + " ".join(text[start:end].split()) + tail
