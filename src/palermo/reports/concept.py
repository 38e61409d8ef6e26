"""A concept of the vocabulary, explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from palermo.corpus.models import Corpus
from palermo.documents.report import Block, Entry, Facts, Line, Listing, Paragraph, Report, Span, cite, line
from palermo.logic.formula import concepts_in
from palermo.reports.words import label


def concept_report(corpus: Corpus, id: str, labels: bool = True) -> Report:
    """What a concept means, what it stands below, its codes in data standards, and who names it.

    `labels`: whether it says what other languages call it.
    """
    concept = corpus.concepts[id]
    narrower = [other for other, c in corpus.concepts.items() if id in c.narrower_than]
    pairs: list[tuple[str, Line]] = [("Concept", line(id))]
    for head, others in (
        ("Narrower than", concept.narrower_than),
        ("Broader than", tuple(narrower)),
        ("Entails", concept.entails),
    ):
        if others:
            pairs.append((head, _apart([label(corpus, other) for other in others])))
    if concept.cite:
        pairs.append(("Term of", line(cite(concept.cite))))
    if labels:
        pairs += [(f"Label ({language})", line(text)) for language, text in concept.label.items() if language != "en"]
    for standard, code in (("HTCDS 2.0", concept.htcds), ("IC-TIP", concept.ictip)):
        if code:
            pairs.append((standard, line(code)))
    blocks: list[Block] = [Paragraph(line(f"{concept.meaning}.")), Facts(tuple(pairs))]
    for lead, named in (
        ("Instruments that name it", _provisions(corpus, id)),
        ("Laws that name it", _laws(corpus, id)),
    ):
        entries = tuple(Entry(entry) for entry in named)
        if entries:
            blocks.append(Listing(f"{lead}: {len(entries)}", entries, folded=True))
    return Report(f"{label(corpus, id)}: a concept", tuple(blocks))


def _provisions(corpus: Corpus, id: str) -> Iterator[Line]:
    for instrument in corpus.instruments.values():
        for provision in instrument.provisions:
            if provision.conduct is not None and id in concepts_in(provision.conduct):
                yield line(cite(instrument.cite(provision)), f", {provision.title}")


def _laws(corpus: Corpus, id: str) -> Iterator[Line]:
    for system in corpus.legal_systems.values():
        cited = [offence.cite for offence in system.offences if id in concepts_in(offence.conduct)]
        cited += [name for name, formula in system.formulas.items() if id in concepts_in(formula)]
        if cited:
            yield (*line(system.legal_system, ": "), *_apart([cite(words) for words in dict.fromkeys(cited)], "; "))


def _apart(parts: Sequence[str | Span], between: str = ", ") -> Line:
    """Parts that can each lead somewhere, with a sign between them."""
    return line(*(piece for part in parts for piece in (between, part)))[1:]
