"""What a statute seems to say in the corpus's own terms: concepts, penalties and measures, each with its sentence.

Everything here is a proposal by vocabulary, for a human to confirm. Nothing is concluded from what is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

import msgspec

from palermo.corpus.lookup import UnknownFormula, formula_of_provision
from palermo.corpus.models import Corpus
from palermo.corpus.terms import Term
from palermo.logic.formula import concepts_in
from palermo.statutes.penalties import PenaltyRead, penalty_of, term_in
from palermo.statutes.phrases import Found, Vocabulary
from palermo.statutes.source import Place, Section
from palermo.statutes.words import Word, sentences_of

Role = Literal["offence", "definition", "aggravation", "mention"]
DIMENSIONS = ("act", "means", "purpose", "result", "person", "circumstance")
LONGEST_QUOTE = 320
_TERM = re.compile(r"[“\"«„]\s*(?P<term>[^”\"»“]{2,60}?)\s*[”\"»“]")
VICTIMS = "victims"
"""The matter that by itself makes no section one about trafficking."""
OPENING = 8
"""How many words make the opening of a section."""
AIM_REACHES = 15
"""How many words after words of purpose an aim may stand."""
COMMON_DEFINITION = "palermo-protocol 3"
"""Where two acts of this definition are named, exploitation is what is aimed at."""
WHOLE = ("trafficking", "exploitation")
"""The matters whose definition says what the conduct is; that of another (slavery) only says what a word means."""
TERM_TO_MEANING = 90
"""Characters within which words of definition must follow a quoted term."""
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
    """A section with its words and what was found in them."""

    section: Section
    text: str
    words: Sequence[Word]
    found: Sequence[Found]

    def sentence_of(self, found: Found) -> int:
        return self.words[found.first].sentence

    def named(self, kind: str) -> list[Found]:
        return [f for f in self.found if f.kind == kind]

    def sentences_with(self, *cues: str) -> set[int]:
        return {self.sentence_of(f) for f in self.found if f.kind == "cues" and f.name in cues}

    def words_after(self, cue: str) -> set[int]:
        """The words that stand at or after such a cue in their sentence."""
        firsts: dict[int, int] = {}
        for f in self.found:
            if f.kind == "cues" and f.name == cue:
                firsts.setdefault(self.sentence_of(f), f.first)
        return {i for i, word in enumerate(self.words) if i >= firsts.get(word.sentence, len(self.words))}

    def quote(self, found: Found) -> Support:
        return Support(self.section.number, self.section.place, _quoted(self.text, self.words, found))


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where an entry of a list of definitions begins, where its quoted term ends, and where the entry ends."""

    start: int
    term_end: int
    end: int


def propose(corpus: Corpus, vocabulary: Vocabulary, file: str, title: str, sections: Sequence[Section]) -> StatuteRead:
    """Read every section; keep those about the matter, and the first sentence for each measure."""
    reads = [_read(vocabulary, section) for section in sections]
    about = [read for read in reads if any(f.kind == "matters" and f.name != VICTIMS for f in read.found)]
    common = _common_acts(corpus)
    sections_read = tuple(_section(corpus, vocabulary, read, common) for read in about)
    measures = tuple(_measures(corpus, vocabulary, reads, sections_read))
    return StatuteRead(file, title, vocabulary.phrases.language, len(sections), sections_read, measures)


def _common_acts(corpus: Corpus) -> frozenset[str]:
    """The acts of the common definition; none where the corpus does not hold it."""
    try:
        conduct = formula_of_provision(corpus, None, COMMON_DEFINITION)
    except UnknownFormula:
        return frozenset()
    return frozenset(concept for concept in concepts_in(conduct) if concept.startswith("act."))


def _read(vocabulary: Vocabulary, section: Section) -> _Read:
    text = f"{section.heading}.\n{section.text}" if section.heading else section.text
    words = vocabulary.words(text)
    return _Read(section, text, words, vocabulary.find(words))


def _section(corpus: Corpus, vocabulary: Vocabulary, read: _Read, common: Set[str]) -> SectionRead:
    matters = [f for f in read.named("matters") if f.name != VICTIMS]
    graver = read.words_after("aggravation")
    telling = _telling(read, matters)
    concepts = [f for f in read.named("concepts") if telling is None or read.sentence_of(f) in telling]
    penalties = _penalties(vocabulary, read)
    penal = penalties.keys() | read.sentences_with("offence")
    entries = _entries(read)
    if entries is not None and _punishes_first(read, penal, entries[0]):
        entries = None
    if entries is not None:
        concepts = [f for f in concepts if _in_entry_on_the_matter(entries, read, f, matters, concepts)]
    role = _role(read, concepts, matters, graver, penal if entries is None else set())
    conduct: tuple[ConceptRead, ...] = ()
    aggravated: tuple[ConceptRead, ...] = ()
    if role != "mention":
        grades = [f for f in concepts if role == "aggravation" or _grades(corpus, f, graver)]
        conduct = _named_once(corpus, read, [f for f in concepts if f not in grades], role, common)
        aggravated = tuple(ConceptRead(f.name, read.quote(f)) for f in _first_of_each(grades))
    return SectionRead(
        read.section.number,
        read.section.heading,
        read.section.place,
        role,
        tuple(dict.fromkeys(f.name for f in matters)),
        read.quote(matters[0]),
        conduct,
        aggravated,
        None if role == "mention" else _penalty(read, penalties, graver),
        any(f.name == "no-means-for-child" for f in read.named("cues")),
    )


def _telling(read: _Read, matters: Sequence[Found]) -> set[int] | None:
    """The sentences that speak of the matter; None for all, where the heading or the opening words name it."""
    if read.words and any(f.first < OPENING and read.sentence_of(f) <= 1 for f in matters):
        return None
    return {read.sentence_of(f) for f in (*matters, *read.named("concepts")) if f.kind == "matters" or _is_aim(f)}


def _is_aim(found: Found) -> bool:
    return found.name.startswith(("purpose.", "result."))


def _grades(corpus: Corpus, found: Found, graver: set[int]) -> bool:
    """Whether a concept makes the offence graver rather than being part of it."""
    return corpus.concepts[found.name].grades or found.last in graver


def _role(read: _Read, concepts: Sequence[Found], matters: Sequence[Found], graver: set[int], penal: Set[int]) -> Role:
    """An offence is punished, a definition says what a matter is, an aggravation makes graver what stands elsewhere."""
    plain = [f for f in concepts if f.last not in graver]
    if concepts and not plain:
        return "aggravation"
    in_conduct = {f.name for f in plain if f.name.startswith(("act.", "means.", "purpose.", "result."))}
    on_matter = {read.sentence_of(f) for f in (*matters, *(f for f in plain if _is_aim(f)))}
    if in_conduct and penal and (penal & on_matter or any(f.first < OPENING for f in matters)):
        return "offence"
    defining = {read.sentence_of(f) for f in matters} & (read.sentences_with("definition"))
    if defining and len(in_conduct) > 1:
        return "definition"
    return "mention"


def _named_once(
    corpus: Corpus, read: _Read, found: Iterable[Found], role: Role, common: Set[str]
) -> tuple[ConceptRead, ...]:
    """Each concept once, by its first sentence.

    A purpose that no words of purpose go before is exploitation carried out; where its sentence names an act as well,
    it may be either what is done or what that act is for, and both are proposed.
    """
    aims = [f for f in read.named("cues") if f.name == "purpose"]
    acts = [f for f in read.named("concepts") if f.name.startswith("act.")]
    with_act = {read.sentence_of(f) for f in acts}
    moved = {f.name for f in acts} & common
    named: dict[str, ConceptRead] = {}
    for f in found:
        concepts = [f.name]
        if role == "offence" and f.name.startswith("purpose.") and len(moved) < 2 and not _aimed_at(read, f, aims):
            done = _carried_out(corpus, f.name)
            concepts = [done, f.name] if read.sentence_of(f) in with_act else [done]
        for concept in concepts:
            named.setdefault(concept, ConceptRead(concept, read.quote(f)))
    return tuple(sorted(named.values(), key=lambda c: DIMENSIONS.index(c.concept.partition(".")[0])))


def _first_of_each(found: Iterable[Found]) -> Iterable[Found]:
    first: dict[str, Found] = {}
    for f in found:
        first.setdefault(f.name, f)
    return first.values()


def _carried_out(corpus: Corpus, purpose: str) -> str:
    """The result that a purpose becomes when carried out, of the same name if there is one; else the purpose itself."""
    same = purpose.replace("purpose.", "result.", 1)
    results = [id for id, concept in corpus.concepts.items() if id.startswith("result.") and purpose in concept.entails]
    return same if same in corpus.concepts else min(results, default=purpose)


def _aimed_at(read: _Read, found: Found, aims: Sequence[Found]) -> bool:
    """Whether words of purpose stand shortly before the phrase in its sentence."""
    return any(
        aim.first <= found.first <= aim.last + AIM_REACHES and read.sentence_of(aim) == read.sentence_of(found)
        for aim in aims
    )


def _entries(read: _Read) -> list[_Entry] | None:
    """The entries of a list of definitions, each a quoted term and what it means; None where there is no such list."""
    defining = [read.words[f.first].start for f in read.named("cues") if f.name == "definition"]
    terms: list[re.Match[str]] = []
    at = 0
    while match := _TERM.search(read.text, at):
        defined = any(match.end() <= start <= match.end() + TERM_TO_MEANING for start in defining)
        inside = any(match.start() <= start < match.end() for start in defining)
        if defined and not inside:
            terms.append(match)
            at = match.end()
        else:
            at = match.start() + 1
    if len(terms) < FEWEST_ENTRIES:
        return None
    ends = [*(term.start() for term in terms[1:]), len(read.text)]
    return [_Entry(term.start(), term.end(), end) for term, end in zip(terms, ends, strict=True)]


def _punishes_first(read: _Read, penal: Set[int], first: _Entry) -> bool:
    """Whether an offence stands before the entries: then they only say what its words mean, and so are part of it."""
    return any(word.sentence in penal and word.start < first.start for word in read.words)


def _in_entry_on_the_matter(
    entries: Sequence[_Entry], read: _Read, found: Found, matters: Sequence[Found], concepts: Sequence[Found]
) -> bool:
    """Whether a phrase stands before all entries, is itself a term, or says what trafficking or exploitation is."""
    at = read.words[found.first].start
    entry = next((entry for entry in reversed(entries) if entry.start <= at), None)
    if entry is None:
        return True

    def in_term(other: Found) -> bool:
        return entry.start <= read.words[other.first].start < entry.term_end

    if in_term(found):
        return True
    return any(in_term(f) for f in matters if f.name in WHOLE) and not any(in_term(f) for f in concepts if _is_aim(f))


def _penalties(vocabulary: Vocabulary, read: _Read) -> dict[int, SentenceOfPenalty]:
    """The penalty of each sentence that lays one down."""
    found: dict[int, SentenceOfPenalty] = {}
    for sentence in sorted(read.sentences_with("prison", "life", "death")):
        words, inside, first = _within(read, sentence)
        penalty = penalty_of(words, inside, vocabulary)
        if penalty:
            cue = next(f for f in inside if f.kind == "cues" and f.name in ("prison", "life", "death"))
            whole = Found(cue.kind, cue.name, cue.first + first, cue.last + first, cue.gapped)
            found[sentence] = SentenceOfPenalty(penalty, read.quote(whole))
    return found


def _within(read: _Read, sentence: int) -> tuple[Sequence[Word], list[Found], int]:
    """The words of a sentence, what was found in it (counted from its first word), and where that word stands."""
    at = [i for i, word in enumerate(read.words) if word.sentence == sentence]
    first = at[0]
    found = [
        Found(f.kind, f.name, f.first - first, f.last - first, f.gapped)
        for f in read.found
        if read.sentence_of(f) == sentence
    ]
    return read.words[first : at[-1] + 1], found, first


def _penalty(read: _Read, penalties: Mapping[int, SentenceOfPenalty], graver: set[int]) -> SentenceOfPenalty | None:
    """The first penalty outside sentences of aggravation; where there is none, the first of all."""
    spoilt = {read.words[i].sentence for i in graver}
    plain = (said for sentence, said in penalties.items() if sentence not in spoilt)
    return next(plain, next(iter(penalties.values()), None))


def _measures(
    corpus: Corpus, vocabulary: Vocabulary, reads: Sequence[_Read], about: Sequence[SectionRead]
) -> Iterable[MeasureRead]:
    """The first sentence for each measure: in sections about the matter or its victims before others."""
    concerned = {(s.number, s.place) for s in about}
    ranked = sorted(
        (
            (_distance(read, concerned), i, f)
            for i, read in enumerate(reads)
            for f in read.found
            if f.kind == "measures"
        ),
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
    words, inside, _ = _within(read, read.sentence_of(found))
    term = term_in(words, inside, vocabulary)
    if term is None:
        return None
    if kind == "age":
        return term.amount if term.unit == "year" else None
    return str(Term(term.amount, term.unit))


def _quoted(text: str, words: Sequence[Word], found: Found) -> str:
    """The sentence around a phrase, cut to what can be read at a glance."""
    begins, ends = sentences_of(text)[words[found.first].sentence]
    start, end = begins, ends
    first, last = words[found.first].start, words[found.last].end
    if end - start > LONGEST_QUOTE:
        start = max(start, first - LONGEST_QUOTE // 2)
        end = min(end, max(last, start + LONGEST_QUOTE))
    head = "" if start == begins else "… "
    tail = "" if end == ends else " …"
    return head + " ".join(text[start:end].split()) + tail
