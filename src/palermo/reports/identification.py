"""A case under laws and instruments, written down."""

from __future__ import annotations

from palermo.casework.identify import Identification, UnderLaw
from palermo.corpus.models import Corpus
from palermo.documents.report import (
    Block,
    Entry,
    Listing,
    Paragraph,
    Report,
    Section,
    Table,
    badge,
    cite,
    line,
    muted,
    strong,
)
from palermo.logic.truth import Proof, Truth
from palermo.reports.words import NOT_ADVICE, day, known, label, labels, list_of

ANSWERS = {Truth.TRUE: "within", Truth.FALSE: "outside", Truth.OPEN: "open"}
_NODES = {"all": "all of", "any": "one of", "none": "none of", "at_least": "enough of"}
MOST_SHOWN = 4


def identification_report(corpus: Corpus, found: Identification) -> Report:
    """The report on one case: the answer under each law, with its reasons and what would settle it."""
    rows = tuple((line(law.title), line(badge(ANSWERS[law.truth])), line(law.offence or "")) for law in found.laws)
    blocks: list[Block] = [Table("The case under each law", ("Law", "Answer", "Provision"), rows)]
    if found.next_question:
        meaning = corpus.concepts[found.next_question].meaning
        asked = line("Next best question: ", strong(label(corpus, found.next_question)), f" ({meaning})")
        blocks.insert(0, Paragraph(asked))
    facts = [f"{label(corpus, c)}: {'yes' if value else 'no'}" for c, value in found.facts.items()]
    blocks.append(Listing("Known facts", tuple(Entry(line(fact)) for fact in facts) or (Entry(line("none")),)))
    blocks += [_law(corpus, law) for law in found.laws]
    systems = [corpus.legal_systems[law.name] for law in found.laws if law.name in corpus.legal_systems]
    up_to = known(system.as_at for system in systems)
    return Report(
        f"A case under {len(found.laws)} laws and instruments, on {day(found.on)}",
        tuple(blocks),
        NOT_ADVICE,
        known=up_to,
    )


def _law(corpus: Corpus, law: UnderLaw) -> Section:
    blocks: list[Block] = [Paragraph(line(badge(ANSWERS[law.truth])))]
    if law.within_if:
        ways = [Entry(line(list_of(labels(corpus, way), "and"))) for way in law.within_if[:MOST_SHOWN]]
        hidden = len(law.within_if) - len(ways)
        if hidden > 0:
            ways.append(Entry(line(muted(f"and {hidden} further ways, in the data"))))
        blocks.append(Listing("Within if it is so that", tuple(ways)))
    if law.outside_unless:
        blocks.append(Paragraph(line("Outside unless: ", strong(list_of(labels(corpus, law.outside_unless), "and")))))
    if law.nearest:
        ways = [Entry(line(list_of(labels(corpus, way), "and"))) for way in law.nearest]
        blocks.append(Listing("Nearest within: if it were also so that", tuple(ways)))
    if law.proof is not None and law.truth is not Truth.OPEN:
        blocks.append(Listing("Because", (proof_entry(corpus, law.proof),)))
    if not law.complete:
        blocks.append(Paragraph(line("The offences encoded for that day are not the whole of this law.")))
    return Section(law.title, law.name.casefold().replace(" ", "-"), tuple(blocks))


def proof_entry(corpus: Corpus, proof: Proof) -> Entry:
    """A proof as a list within a list, each step with its pinpoint."""
    place = (" ", cite(proof.cite)) if proof.cite else ()
    value = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.OPEN: "not known"}[proof.truth]
    if proof.concept is not None:
        follows = "" if proof.given or proof.truth is Truth.OPEN else " (follows from another fact)"
        return Entry(line(f"{label(corpus, proof.concept)}: ", strong(value), follows, *place))
    return Entry(
        line(f"{_NODES[proof.node]}: ", strong(value), *place), tuple(proof_entry(corpus, p) for p in proof.because)
    )
