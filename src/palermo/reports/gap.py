"""What of a duty's conduct a law leaves out: boxes of scenarios, the ways in, the smallest widenings, the readings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from palermo.conformity.bills import leaves
from palermo.conformity.findings import Coverage, Finding, Gap, SystemFindings, Verdict
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
    badge,
    cite,
    entries,
    line,
    link,
    strong,
)
from palermo.reports.assessment import (
    extent,
    further_entries,
    reached_entry,
    reading_entry,
    reading_said,
    widening_in_words,
)
from palermo.reports.boxes import Column, Known, box_table, columns
from palermo.reports.words import NOT_ADVICE, box_in_words, known, list_of

MOST_WAYS = 8
"""Ways shown in which conduct would be reached after all."""
MOST_DRAWN = 24
"""Boxes drawn; the others are told in words."""


@dataclass(frozen=True)
class GapReport:
    """The report, and the columns of each box by the anchor of its section."""

    report: Report
    drawn: dict[str, tuple[Column, ...]]


def coverages(finding: Finding) -> list[Coverage]:
    """How a law covers each conduct that a duty wants to be punished, in the order of its tests."""
    return list({id(leaf.coverage): leaf.coverage for leaf in leaves(finding.answer) if leaf.coverage}.values())


def gap_report(
    corpus: Corpus,
    system: SystemFindings,
    finding: Finding,
    known_of: Iterable[Known],
    on_day: str,
    widen_at: Callable[[int], str],
) -> GapReport:
    """The report on what a law leaves out of the conduct of a provision.

    `known_of` are the choices that each required conduct knows, in the order of `coverages`; `widen_at` is the address
    of a bill that makes the widening with that number, counted from 1 through the whole finding.
    """
    blocks: list[Block] = [_both_verdicts(finding)]
    cited = {offence.id: offence.cite for offence in corpus.legal_systems[system.system].offences}
    drawn: dict[str, tuple[Column, ...]] = {}
    several, number, box = len(found := coverages(finding)) > 1, 1, 1
    if not found:
        told = f"No offence of {system.name} is encoded for this day, so what it leaves out is not known."
        blocks.append(Notice(line(told)))
    for coverage, choices in zip(found, known_of, strict=True):
        of = f"{coverage.required}: " if several else ""
        if coverage.least_maximum:
            blocks.append(Paragraph(line(f"Counted are offences with a maximum of at least {coverage.least_maximum}.")))
        if not coverage.gaps:
            blocks.append(Notice(line(f"All conduct of {coverage.required} asked for here is reached.")))
        for gap in coverage.gaps[:MOST_DRAWN]:
            anchor = f"gap-{box}"
            drawn[anchor] = columns(corpus, choices, gap.box)
            widenings = _widenings(corpus, gap, cited, number, widen_at)
            blocks.append(_section(corpus, f"{of}Not reached, {box}", anchor, gap, drawn[anchor], widenings))
            number, box = number + len(gap.widenings), box + 1
        rest = coverage.gaps[MOST_DRAWN:]
        if rest:
            listed = entries(box_in_words(corpus, gap.box) for gap in rest)
            blocks.append(Section("More that is not reached", f"more-{box}", (Listing("", listed),)))
            number += sum(len(gap.widenings) for gap in rest)
        blocks += _beside(corpus, coverage, of, f"-{box}" if several else "")
    if finding.unverified:
        lead = "Why the finding is provisional"
        blocks.append(
            Section("Not verified", "not-verified", (Listing(lead, entries(finding.unverified), folded=True),))
        )
    title = f"{system.name}: what falls outside under {finding.cite}, {on_day}"
    return GapReport(Report(title, tuple(blocks), NOT_ADVICE, known=known([system.as_at])), drawn)


def _both_verdicts(finding: Finding) -> Facts:
    on_words = finding.on_words or finding.law
    pairs: list[tuple[str, Line]] = [
        ("With readings", line(badge(finding.law.value))),
        ("On its words alone", line(badge(on_words.value))),
    ]
    if finding.why_not_bound:
        pairs.append(("Binding", line(badge(Verdict.NOT_BOUND.value), f" {finding.why_not_bound}")))
    if finding.provisional:
        pairs.append(("Provisional", line(link("yes: what is not verified", "#not-verified"))))
    return Facts(tuple(pairs))


def _section(
    corpus: Corpus,
    heading: str,
    anchor: str,
    gap: Gap,
    drawn: tuple[Column, ...],
    widenings: Block,
) -> Section:
    said = box_in_words(corpus, gap.box)
    count = len(gap.box.scenarios())
    caption = f"{count} scenario{'s' if count != 1 else ''}: every combination of one marked choice from each column"
    blocks: list[Block] = [Paragraph(line(strong(said))), box_table(corpus, drawn, caption)]
    if gap.box.further:
        blocks.append(Listing("Further facts that would bring it within", further_entries(corpus, gap.box, MOST_WAYS)))
    return Section(heading, anchor, (*blocks, widenings))


def _widenings(
    corpus: Corpus, gap: Gap, cited: Mapping[str, str], number: int, widen_at: Callable[[int], str]
) -> Block:
    """The smallest widenings, each with the address of its bill; the first has that number."""
    found = tuple(
        Entry(
            line(
                "in ",
                cite(cited.get(widening.offence, widening.offence)),
                f": {widening_in_words(corpus, widening)}. ",
                link(f"Try widening {i} as a bill", widen_at(i)),
            )
        )
        for i, widening in enumerate(gap.widenings, start=number)
    )
    if not found:
        return Paragraph(line("No widening of one offence was found that would close it."))
    return Listing("The smallest widenings that would close it", found)


def _beside(corpus: Corpus, coverage: Coverage, of: str, tail: str) -> Iterable[Block]:
    if coverage.on_readings:
        by_id = {reading.id: reading for reading in coverage.readings}
        grouped: dict[tuple[str, ...], list[Entry]] = {}
        for found in coverage.on_readings:
            grouped.setdefault(found.readings, []).append(Entry(line(box_in_words(corpus, found.box))))
        lead = "This is reached only if the words of the law are read so"
        listed = tuple(
            Entry(line(strong(list_of([reading_said(corpus, by_id[id]) for id in readings], "and"))), tuple(boxes))
            for readings, boxes in grouped.items()
        )
        whose = Listing("Whose readings, and why", tuple(reading_entry(corpus, r) for r in coverage.readings))
        yield Section(f"{of}Reached only on a reading", f"readings{tail}", (whose, Listing(lead, listed)))
    if coverage.reached_by:
        most_first = sorted(coverage.reached_by, key=extent, reverse=True)
        listed = tuple(reached_entry(corpus, offence) for offence in most_first)
        yield Section(f"{of}Reached", f"reached{tail}", (Listing("By these sections", listed),))
    if coverage.may_change:
        yield Listing("Could change the answer", entries(coverage.may_change))
