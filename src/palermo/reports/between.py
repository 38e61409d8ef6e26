"""Two parties on a day, written down."""

from __future__ import annotations

from collections.abc import Sequence

from palermo.corpus.models import Corpus, Instrument
from palermo.documents.report import (
    Block,
    Entry,
    Facts,
    Line,
    Listing,
    Paragraph,
    Report,
    Section,
    Table,
    cite,
    line,
    muted,
    strong,
)
from palermo.ledger.between import AgreementBetween, Between, PairStanding
from palermo.ledger.statements import Bearing
from palermo.reports.ledger import STATUS_WORDS
from palermo.reports.words import NOT_ADVICE, day, known, list_of

RULES = {
    "accepted": "works both ways: no objection by the other is known (VCLT arts 20(5), 21(1))",
    "allowed": "works both ways: the instrument allows it expressly (VCLT art 20(1))",
    "as_reservation": "worded as a declaration; where it amounts to a reservation (VCLT art 2(1)(d)) it works both "
    "ways, since no objection by the other is known",
    "objected": "the other objected without opposing entry into force: the provision does not apply between the two as "
    "far as the reservation goes (VCLT art 21(3))",
    "opposed": "the other objected and opposed entry into force: nothing is in force between them (VCLT art 20(4)(b))",
    "choice": "a choice or notice that the instrument provides for",
    "reading": "how the party understands it; changes no duty",
    "not_read": "on record; what it does has not been read",
}
AGREEMENT_WORDS = {
    "in_force": "entered into force, no end known",
    "signed": "signed; entry into force not known",
    "ended": "ended",
    "superseded": "superseded",
    "not_yet": "not yet in force",
    "not_known": "concluded; days not known",
}


def between_report(corpus: Corpus, found: Between) -> Report:
    """The report on two parties: what is in force between them, how statements change it, what they agreed."""
    first, second = (corpus.parties[code].name for code in (found.first, found.second))
    blocks: list[Block] = []
    binding = [pair for pair in found.instruments if pair.in_force]
    rows = tuple(_row(corpus, pair) for pair in binding)
    blocks.append(Table("In force between the two", ("Instrument", "Since", "Changed by statements"), rows))
    told = [pair for pair in found.instruments if pair.bearings]
    blocks += [_pair(corpus, pair) for pair in told]
    if found.agreements:
        heads = ("Kind", "Agreement", "Standing", "Signed", "In force")
        agreements = tuple(_agreement(corpus, agreement) for agreement in found.agreements)
        blocks.append(Table("Agreements of the two", heads, agreements))
        told_up_to = "A row says that an agreement was concluded; an end that no source prints is not known here."
        blocks.append(Paragraph(line(muted(told_up_to))))
    else:
        blocks.append(Paragraph(line("No bilateral agreement of the two is encoded, which is not proof of none.")))
    blocks.append(Table("Not in force between the two", ("Instrument", first, second), _not(corpus, found)))
    days = [standing.known_up_to for pair in found.instruments for standing in (pair.first, pair.second)]
    return Report(
        f"{first} and {second}: what is in force between them, on {day(found.on)}",
        tuple(blocks),
        NOT_ADVICE,
        known=known(acts=days),
    )


def _row(corpus: Corpus, pair: PairStanding) -> tuple[Line, ...]:
    changed = list(dict.fromkeys(p for b in pair.modifications() for p in outermost(b.provisions) or ("the whole",)))
    unread = sum(bearing.rule == "not_read" for bearing in pair.bearings)
    said = list_of(changed, "and")
    if unread:
        said = f"{said}{'; ' if said else ''}{unread} statement{'s' if unread > 1 else ''} not read"
    if pair.statements_known_up_to is None:
        said = said or "statements not encoded"
    since = day(pair.since) if pair.since else "day not known"
    return (line(corpus.instruments[pair.instrument].short), line(since), line(said))


def _pair(corpus: Corpus, pair: PairStanding) -> Section:
    instrument = corpus.instruments[pair.instrument]
    blocks: list[Block] = []
    if pair.opposed:
        blocks.append(Paragraph(line(strong("Not in force between the two: "), f"objection {pair.opposed}.")))
    entries = tuple(_bearing(corpus, instrument, bearing) for bearing in pair.bearings)
    blocks.append(Listing("Statements that stand that day", entries))
    blocks.append(Facts((("Statements known up to", line(day(pair.statements_known_up_to))),)))
    return Section(instrument.short, f"statements-{instrument.id}", tuple(blocks))


def _bearing(corpus: Corpus, instrument: Instrument, bearing: Bearing) -> Entry:
    name = corpus.parties[bearing.party].name
    cites = [instrument.cite(instrument.provision(id)) for id in outermost(bearing.provisions)]
    kind = bearing.kind.replace("_", " ")
    made = f", {day(bearing.made)}" if bearing.made else ""
    head = line(
        cite(bearing.statement), f" {name}, {kind}{made}: {bearing.says}", "" if bearing.verified else " (not verified)"
    )
    below = [Entry(line(strong(f"{bearing.effect or 'effect not read'}: "), RULES[bearing.rule]))]
    if cites:
        below.append(Entry(line(f"touches {list_of(cites, 'and')}")))
    if bearing.objection_says:
        below.append(Entry(line(cite(bearing.objection or ""), f": {bearing.objection_says}")))
    if bearing.note:
        below.append(Entry(line(muted(bearing.note))))
    return Entry(head, tuple(below))


def outermost(provisions: Sequence[str]) -> list[str]:
    """Provisions without those that are part of another among them."""
    return [p for p in provisions if not any(p != whole and p.startswith(f"{whole}(") for whole in provisions)]


def _agreement(corpus: Corpus, agreement: AgreementBetween) -> tuple[Line, ...]:
    by = corpus.instruments.get(agreement.superseded_by or "")
    superseded = f" by {by.short if by else agreement.superseded_by}" if agreement.superseded_by else ""
    ended = f" on {day(agreement.ended)}" if agreement.ended else ""
    note = f" ({agreement.note})" if agreement.note else ""
    return (
        line(agreement.kind.replace("_", " ")),
        line(agreement.title),
        line(f"{AGREEMENT_WORDS[agreement.status]}{superseded}{ended}{note}"),
        line(str(agreement.signed or "")),
        line(str(agreement.entry_into_force or "")),
    )


def _not(corpus: Corpus, found: Between) -> tuple[tuple[Line, ...], ...]:
    return tuple(
        (
            line(corpus.instruments[pair.instrument].short),
            line(STATUS_WORDS[pair.first.status]),
            line(STATUS_WORDS[pair.second.status]),
        )
        for pair in found.instruments
        if not pair.in_force
    )
