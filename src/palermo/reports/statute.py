"""A statute that was read: its sections on the matter, what they seem to say, and on which words that rests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from palermo.corpus.models import Corpus
from palermo.documents.report import (
    Block,
    Entry,
    Facts,
    Line,
    Listing,
    Notice,
    Report,
    Section,
    Span,
    Table,
    badge,
    cite,
    line,
    muted,
    strong,
)
from palermo.reports.words import label
from palermo.statutes.penalties import PenaltyRead
from palermo.statutes.proposals import ConceptRead, SectionRead, StatuteRead

ROLES = {"offence": "punishes", "definition": "defines", "aggravation": "grades", "mention": "mentions"}
GROUPS = {
    "act": "Acts",
    "means": "Means",
    "purpose": "Purposes",
    "result": "Exploitation carried out",
    "person": "Persons",
    "circumstance": "Circumstances",
}
PROPOSED = (
    "Proposed by vocabulary, for a person to confirm against the sentence shown. "
    "What was not found may still be in the law."
)


def statute_report(corpus: Corpus, read: StatuteRead) -> Report:
    """The report on one statute."""
    telling = [s for s in read.sections if s.role != "mention"]
    facts = Facts(
        (
            ("File", line(read.file)),
            ("Language", line(corpus.phrases[read.language].name)),
            ("Sections read", line(str(read.counted))),
            ("On the matter", line(f"{len(read.sections)}, of which {len(telling)} say what the conduct is")),
            ("Measures found", line(str(len(read.measures)))),
        )
    )
    blocks: list[Block] = [facts, Notice(line(PROPOSED))]
    if read.sections:
        blocks.append(Table("Sections on the matter", ("Section", "Heading", "Does", "About", "Where"), _rows(read)))
    blocks += [_section(corpus, section, f"section-{i}") for i, section in enumerate(telling)]
    if read.measures:
        rows = tuple(
            (
                line(m.measure),
                line(strong(str(m.value))),
                line(cite(m.support.section)),
                line(muted(m.support.sentence)),
            )
            for m in read.measures
        )
        blocks.append(Table("Measures", ("Measure", "Value", "Section", "Sentence"), rows))
    return Report(f"Read: {read.title}", tuple(blocks), PROPOSED)


def _rows(read: StatuteRead) -> tuple[tuple[Line, ...], ...]:
    return tuple(
        (
            line(strong(s.number or "-")),
            line(s.heading),
            line(badge(ROLES[s.role])),
            line(", ".join(s.matters)),
            line(muted(str(s.place))),
        )
        for s in read.sections
    )


def _section(corpus: Corpus, section: SectionRead, anchor: str) -> Section:
    blocks: list[Block] = []
    for dimension, group in GROUPS.items():
        found = section.of(dimension)
        if found:
            blocks.append(Listing(group, _entries(corpus, found)))
    if section.child_needs_no_means:
        blocks.append(Notice(line("No means seems to be asked where the person is a child.")))
    if section.aggravated:
        blocks.append(Listing("Graver where", _entries(corpus, section.aggravated)))
    if section.penalty:
        words = Entry(line(muted(section.penalty.support.sentence)))
        blocks.append(Listing("Penalty", (Entry(line(strong(penalty_in_words(section.penalty.penalty))), (words,)),)))
    title = f"{section.number} {section.heading}".strip() or "Whole text"
    return Section(title, anchor, tuple(blocks))


def _entries(corpus: Corpus, found: Iterable[ConceptRead]) -> tuple[Entry, ...]:
    """The concepts under each sentence that names them."""
    by_sentence: dict[str, list[str]] = defaultdict(list)
    for c in found:
        by_sentence[c.support.sentence].append(c.concept)
    return tuple(
        Entry(
            line(*(part for i, id in enumerate(ids) for part in _named(corpus, id, last=i == len(ids) - 1))),
            (Entry(line(muted(sentence))),),
        )
        for sentence, ids in by_sentence.items()
    )


def _named(corpus: Corpus, id: str, last: bool) -> tuple[Span | str, ...]:
    return (strong(label(corpus, id)), " ", cite(id), "" if last else "; ")


def penalty_in_words(penalty: PenaltyRead) -> str:
    """`5 years to 12 years, a fine named too`."""
    ends = [str(term) for term in (penalty.min, penalty.max) if term]
    words = " to ".join(ends)
    if penalty.max is None and penalty.min is not None:
        words = f"{penalty.min} or more"
    elif penalty.min is None and penalty.max is not None:
        words = f"up to {penalty.max}" if penalty.max.amount else str(penalty.max)
    return f"{words}, a fine named too" if penalty.fine else words
