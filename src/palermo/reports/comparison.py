"""Two laws side by side, written down."""

from __future__ import annotations

from palermo.conformity.compare import LawComparison, MeasurePair, SystemPair
from palermo.conformity.compare_all import AllLawsCompared
from palermo.conformity.findings import Authority
from palermo.corpus.models import Corpus
from palermo.documents.report import (
    Block,
    Entry,
    Facts,
    Line,
    Listing,
    Notice,
    Paragraph,
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


_DISTANCE = (
    "The distance is the share of all situations within either law that is not within both, by exact counting over the "
    "facts that the two laws and the definition name: 0 where they reach the same, 1 where nothing is common. It says "
    "how far two laws differ, not which is better, and the order is that of the alphabet."
)
_ONLY = (
    "A scenario is a minimal situation within the definition that the one law reaches and the other does not. "
    "`palermo compare FIRST SECOND` tells those of a pair."
)


def all_compared_report(found: AllLawsCompared, matrices: bool = False) -> Report:
    """The report on every two laws: a row for each pair and, if asked for, matrices of all laws by all."""
    incomplete = {law.id for law in found.laws if law.incomplete}
    unencoded = [law.legal_system for law in found.laws if not law.offences]
    rows = []
    cells: dict[tuple[str, str], tuple[str, str]] = {}
    for pair in found.pairs:
        first = second = distance = "not encoded"
        if pair.distance is not None:
            first, second = (str(len(found.gaps[gap])) for gap in (pair.only_first, pair.only_second))
            distance = f"{pair.distance:.6g}"
        cells[pair.first, pair.second], cells[pair.second, pair.first] = (first, distance), (second, distance)
        lacking = [id for id in (pair.first, pair.second) if id in incomplete]
        rows.append(tuple(map(line, (pair.first, pair.second, first, second, distance, ", ".join(lacking)))))
    heads = ("First", "Second", "Scenarios only in the first", "Scenarios only in the second", "Distance")
    blocks: list[Block] = [
        Facts(
            (
                ("Within", line(f"the conduct of {found.within}")),
                ("Laws", line("as they are read" if found.readings else "on their words alone")),
            )
        ),
        Paragraph(line(_ONLY)),
        Paragraph(line(_DISTANCE)),
        *(Notice(line(f"No offence of {name} is encoded for {day(found.on)}.")) for name in unencoded),
        Table("Pairs", (*heads, "Not all encoded"), tuple(rows)),
    ]
    if matrices:
        blocks.append(_matrix(found, "Distance", {pair: distance for pair, (_, distance) in cells.items()}))
        blocks.append(_matrix(found, "Only in the law of the row", {pair: only for pair, (only, _) in cells.items()}))
    blocks.append(_laws(found))
    return Report(f"Every two of {len(found.laws)} laws, on {day(found.on)}", tuple(blocks), NOT_ADVICE)


def _matrix(found: AllLawsCompared, caption: str, cells: dict[tuple[str, str], str]) -> Table:
    ids = [law.id for law in found.laws]
    rows = tuple((line(one), *(line(cells.get((one, other), "")) for other in ids)) for one in ids)
    return Table(caption, ("", *ids), rows)


def _laws(found: AllLawsCompared) -> Table:
    rows = (
        (law.id, law.legal_system, day(law.as_at), str(law.offences), "; ".join(law.incomplete)) for law in found.laws
    )
    heads = ("Law", "Legal system", "As it stood up to", "Offences", "Known not to be encoded")
    return Table("Laws", heads, tuple(tuple(map(line, row)) for row in rows))


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
        _only(corpus, only_in(pair.first_name, pair.second_name), pair.only_first),
        _only(corpus, only_in(pair.second_name, pair.first_name), pair.only_second),
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
        return "none can be told: no offence is encoded of one of them or of both"
    return f"{pair.distance:.3g} of all situations within either are not within both"


def only_in(one: str, other: str) -> str:
    """What stands above the conduct that one law punishes and another does not."""
    return f"Punished in {one} and not in {other}"


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
