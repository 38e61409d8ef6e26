"""Two laws side by side, written down."""

from __future__ import annotations

from palermo.conformity.compare import LawComparison, MeasurePair, SystemPair
from palermo.conformity.findings import Authority
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
    Table,
    cite,
    entries,
    line,
    strong,
)
from palermo.logic.scenarios import Box
from palermo.reports.words import NOT_ADVICE, box_in_words, day, known


def comparison_report(corpus: Corpus, found: LawComparison) -> Report:
    """The report on a comparison of two States' laws."""
    sections = tuple(_pair(corpus, found, pair) for pair in found.pairs)
    first, second = (
        corpus.parties[code].name if code in corpus.parties else code for code in (found.first, found.second)
    )
    days = [as_at for pair in found.pairs for as_at in (pair.first_as_at, pair.second_as_at)]
    return Report(
        f"{first} and {second}: two laws side by side, on {day(found.on)}", sections, NOT_ADVICE, known=known(days)
    )


def _pair(corpus: Corpus, found: LawComparison, pair: SystemPair) -> Section:
    blocks: list[Block] = [
        Facts(
            (
                ("Within", line(f"the conduct of {found.within}")),
                (f"Law of {pair.first_name}", line(f"as it stood up to {day(pair.first_as_at)}")),
                (f"Law of {pair.second_name}", line(f"as it stood up to {day(pair.second_as_at)}")),
                ("Scenarios", line(_scenarios(pair))),
                ("Distance", line(_distance(pair))),
            )
        ),
        _only(corpus, f"Punished in {pair.first_name} and not in {pair.second_name}", pair.only_first),
        _only(corpus, f"Punished in {pair.second_name} and not in {pair.first_name}", pair.only_second),
    ]
    if pair.measures:
        rows = tuple(_row(measure) for measure in pair.measures)
        blocks.append(Table("Measures", ("Measure", pair.first_name, pair.second_name), rows))
    if pair.incomplete:
        blocks.append(Listing("Known not to be encoded", entries(pair.incomplete), folded=True))
    for name, offences in ((pair.first_name, pair.first_offences), (pair.second_name, pair.second_offences)):
        if not offences:
            blocks.append(Notice(line(f"No offence of {name} is encoded for {day(found.on)}.")))
    return Section(f"{pair.first_name} and {pair.second_name}", f"{pair.first}-{pair.second}".casefold(), tuple(blocks))


def _scenarios(pair: SystemPair) -> str:
    return (
        f"of {pair.scenarios} minimal scenarios of the definition, {pair.first_name} reaches {pair.first_reaches} "
        f"without further facts, {pair.second_name} {pair.second_reaches}, both {pair.both_reach}"
    )


def _distance(pair: SystemPair) -> str:
    if pair.distance is None:
        return "neither punishes anything of it, as encoded"
    return f"{pair.distance:.3g} of all situations within either are not within both"


def _only(corpus: Corpus, lead: str, boxes: tuple[Box, ...]) -> Listing:
    return Listing(lead, entries(box_in_words(corpus, box) for box in boxes) or (Entry(line("nothing")),))


def _row(pair: MeasurePair) -> tuple[Line, ...]:
    return (line(pair.meaning), _value(pair.first), _value(pair.second))


def _value(authority: Authority | None) -> Line:
    if authority is None:
        return line("not encoded")
    return line(
        strong(str(authority.value)), " ", cite(authority.cite), "" if authority.verified else " (not verified)"
    )
