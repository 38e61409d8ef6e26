"""An assessment written down: what binds, the findings in one table, then each finding with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palermo.conformity.findings import (
    Answer,
    Assessment,
    Authority,
    Coverage,
    Finding,
    Gap,
    OffenceReach,
    OnReading,
    SystemFindings,
    Verdict,
)
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
    badge,
    cite,
    entries,
    line,
    muted,
    strong,
)
from palermo.logic.scenarios import DIMENSIONS, Further
from palermo.logic.widening import Amendment, Widening
from palermo.reports.words import (
    NOT_ADVICE,
    box_in_words,
    day,
    label,
    labels,
    list_of,
    side_in_words,
    standing_in_words,
    with_softener,
)

MOST_FURTHER = 6
"""Ways shown in which a gap would be reached after all; the data hold all of them."""
MOST_BOXES = 4
"""Boxes shown of what one offence reaches under one condition; the data hold all of them."""


def assessment_report(corpus: Corpus, found: Assessment, provisions: Iterable[str] = ()) -> Report:
    """The report on an assessment; of the given provisions only, if any are given."""
    wanted = set(provisions)
    short = corpus.instruments[found.instrument].short
    blocks: list[Block] = [_about(corpus, found, short)]
    if not any(system.encoded for system in found.systems):
        blocks.append(
            Notice(
                line(f"The corpus holds no law of {found.state_name}: every answer that law could give is not encoded.")
            )
        )
    blocks.append(_overview(found, wanted))
    for finding in found.systems[0].findings:
        if not wanted or finding.provision in wanted:
            blocks.append(_provision(corpus, found, finding.provision))
    title = f"{found.state_name}: national law and the {short}, on {day(found.on)}"
    return Report(title, tuple(blocks), NOT_ADVICE)


def _about(corpus: Corpus, found: Assessment, short: str) -> Facts:
    names = {code: party.name for code, party in corpus.parties.items()}
    pairs: list[tuple[str, Line]] = [
        ("Instrument", line(found.instrument_title)),
        ("Standing", line(standing_in_words(found.standing, short, names))),
    ]
    if found.standing.past_horizon:
        pairs.append(("Acts known up to", line(day(found.standing.known_up_to))))
    pairs += [("Sources of acts", line(list_of(found.standing.sources, "and")))] if found.standing.sources else []
    pairs += [("Remark", line(note)) for note in found.standing.notes]
    pairs += [("Sources differ", line(note)) for note in found.standing.disagreements]
    pairs += [
        (f"Law of {system.name}", line(f"as it stood up to {day(system.as_at)}"))
        for system in found.systems
        if system.as_at
    ]
    return Facts(tuple(pairs))


def _overview(found: Assessment, wanted: set[str]) -> Table:
    rows = []
    for i, finding in enumerate(found.systems[0].findings):
        if not wanted or finding.provision in wanted:
            head = line(cite(finding.provision), f" {finding.title}")
            rows.append(
                (head, line(with_softener(finding.modality, None)), *(_cell(s.findings[i]) for s in found.systems))
            )
    heads = ("Provision", "Verb", *(system.name for system in found.systems))
    return Table("Findings", heads, tuple(rows))


def _cell(finding: Finding) -> Line:
    marks = [finding.verdict.value]
    if finding.verdict is Verdict.NOT_BOUND:
        marks.append(f"law: {finding.law.value}")
    if finding.on_words:
        marks.append(f"on its words {finding.on_words.value}")
    if finding.provisional and finding.law not in (Verdict.NOT_ENCODED, Verdict.PRACTICE):
        marks.append("provisional")
    return line(", ".join(marks))


def _provision(corpus: Corpus, found: Assessment, provision: str) -> Section:
    of_systems = [(s, next(f for f in s.findings if f.provision == provision)) for s in found.systems]
    first = of_systems[0][1]
    verb = with_softener(first.modality, first.softener)
    asks = f"{verb} {first.asks}" if verb else first.asks
    blocks: list[Block] = [Paragraph(line(f"{asks}{'' if asks.endswith('.') else '.'}"))]
    facts: list[tuple[str, Line]] = [
        ("Pillar and topic", line(f"{first.pillar}; {corpus.topics.get(first.topic, first.topic)}"))
    ]
    if first.condition:
        facts.append(("Condition", line(first.condition)))
    if first.strongest and first.strongest.cite != first.cite:
        stronger = with_softener(first.strongest.modality, first.strongest.softener)
        facts.append(("Strongest verb binding", line(f"{stronger}, ", cite(first.strongest.cite))))
    if first.evidence:
        facts.append(("Evidence of practice", line(first.evidence)))
    if first.note:
        facts.append(("Note", line(first.note)))
    blocks.append(Facts(tuple(facts)))
    if len(of_systems) > 1 and all(_bare(f) and f.law is first.law for _, f in of_systems):
        blocks.append(Paragraph(line("All legal systems: ", badge(first.verdict.value))))
    else:
        blocks += [_of_system(corpus, system, finding) for system, finding in of_systems]
    return Section(f"{first.cite}: {first.title}", _anchor(first.cite), tuple(blocks))


def _bare(finding: Finding) -> bool:
    """Whether a finding says nothing but its word."""
    rests = any(leaf.authority or leaf.coverage for leaf in _leaves(finding.answer))
    return not (rests or finding.look_up or finding.unverified or finding.comments)


def _anchor(text: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in text.casefold()).strip("-")


def _of_system(corpus: Corpus, system: SystemFindings, finding: Finding) -> Section:
    return Section(system.name, _anchor(f"{finding.cite} {system.system}"), tuple(_said(corpus, finding)))


def _said(corpus: Corpus, finding: Finding) -> Iterator[Block]:
    parts = [badge(finding.verdict.value)]
    if finding.why_not_bound:
        parts.append(muted(f" {finding.why_not_bound}; what the law gives: {finding.law.value}"))
    if finding.on_words:
        parts.append(muted(f" on a reading; on its words: {finding.on_words.value}"))
    if finding.provisional:
        parts.append(muted(" (provisional)"))
    yield Paragraph(tuple(parts))
    coverages = []
    plain: list[Entry] = []
    for leaf in _leaves(finding.answer):
        if leaf.coverage:
            coverages.append(leaf)
        else:
            plain.append(_leaf(leaf))
    if plain and finding.law is not Verdict.PRACTICE:
        yield Listing("", tuple(plain))
    for leaf in coverages:
        assert leaf.coverage is not None
        yield from _coverage(corpus, leaf.coverage)
    if finding.look_up:
        yield Listing("To look up: known not to be encoded", entries(finding.look_up))
    if finding.unverified:
        yield Listing(
            "Not verified, so the finding is provisional",
            entries(finding.unverified),
            folded=len(finding.unverified) > 3,
        )
    for comment in finding.comments:
        yield Notice(line(f"{comment.by}, {day(comment.date)}: {comment.says} ", cite(comment.source)))


def _leaves(answer: Answer | None) -> Iterator[Answer]:
    if answer is None:
        return
    if answer.parts:
        for part in answer.parts:
            yield from _leaves(part)
    else:
        yield answer


def _leaf(leaf: Answer) -> Entry:
    authority = leaf.authority
    said: Line = (*line(f"{leaf.asks}: "), strong(leaf.verdict.value))
    if authority is None:
        return Entry(said)
    value = "" if authority.value in (None, "yes", "no", "partial") else f" {authority.value}"
    force = _force(authority)
    said = (*said, *line(f"{value} by ", cite(authority.cite), force, "" if authority.verified else " (not verified)"))
    return Entry(said, entries([authority.note]) if authority.note else ())


def _force(authority: Authority) -> str:
    start = f" in force from {day(authority.in_force_from)}" if authority.in_force_from else ""
    return f"{start}{f' to {day(authority.in_force_to)}' if authority.in_force_to else ''}"


def _coverage(corpus: Corpus, coverage: Coverage) -> Iterator[Block]:
    if coverage.least_maximum:
        yield Paragraph(line(f"Counted are offences with a maximum of at least {coverage.least_maximum}."))
    if coverage.gaps:
        yield Listing("Not reached", tuple(_gap(corpus, gap) for gap in coverage.gaps))
    elif coverage.verdict is Verdict.PROVIDED:
        yield Paragraph(line(f"All conduct of {coverage.required} is reached."))
    if coverage.on_readings:
        yield Listing(
            "Reached only on a reading, not on the words", tuple(_on_reading(corpus, c) for c in coverage.on_readings)
        )
    if coverage.readings:
        yield Listing("Readings relied on", tuple(_readings(corpus, coverage)), folded=len(coverage.readings) > 4)
    if coverage.reached_by:
        yield Listing("Reached by", tuple(_reached(corpus, offence) for offence in coverage.reached_by))
    if coverage.may_change:
        yield Listing("Could change the answer", entries(coverage.may_change))


def _readings(corpus: Corpus, coverage: Coverage) -> Iterator[Entry]:
    for reading in coverage.readings:
        said = f"{label(corpus, reading.by)} takes in {label(corpus, reading.taken_in)}"
        whose = f" ({reading.whose}{'' if reading.verified else '; not verified'}): {reading.why}"
        yield Entry(line(strong(said), whose, " " if reading.cite else "", cite(reading.cite) if reading.cite else ""))


def _gap(corpus: Corpus, gap: Gap) -> Entry:
    box = gap.box
    below = [_further(corpus, gap, further) for further in _telling(box.further)]
    hidden = len(box.further) - len(below)
    if hidden > 0:
        below.append(Entry(line(muted(f"and {hidden} further way{'s' if hidden > 1 else ''}, in the data"))))
    below += [_widening(corpus, widening) for widening in gap.widenings[:1]]
    return Entry(line(strong(box_in_words(corpus, box))), tuple(below))


def _telling(further: tuple[Further, ...]) -> list[Further]:
    """The ways worth showing first: few facts, circumstances before others, for the whole box before parts of it."""
    from palermo.logic.scenarios import dimension

    def weight(way: Further) -> tuple[bool, int, int]:
        foreign = sum(dimension(concept) in (0, 1) for concept in way.concepts)
        return (bool(way.only_for), foreign, len(way.concepts))

    return sorted(further, key=weight)[:MOST_FURTHER]


def _further(corpus: Corpus, gap: Gap, further: Further) -> Entry:
    facts = list_of(labels(corpus, further.concepts), "and")
    said = line("reached only where also: ", strong(facts))
    if further.only_for:
        parts = [
            side_in_words(corpus, side, False, i)
            for i, side in enumerate(further.only_for[: len(DIMENSIONS)])
            if side and side != gap.box.choices()[i]
        ]
        said = (*said, *line(muted(f" (for {'; '.join(parts)})" if parts else "")))
    return Entry(said)


def _widening(corpus: Corpus, widening: Widening) -> Entry:
    changes = "; ".join(_amendment(corpus, amendment) for amendment in widening.amendments)
    return Entry(line("smallest widening: in ", cite(widening.offence), f" {changes}"))


def _amendment(corpus: Corpus, amendment: Amendment) -> str:
    element = list_of(labels(corpus, amendment.element[:4])) + (" and so on" if len(amendment.element) > 4 else "")
    place = f" ({amendment.cite})" if amendment.cite else ""
    if not amendment.adds:
        return f"drop the element “{element}”{place}"
    return f"to the element “{element}”{place} add {list_of(labels(corpus, amendment.adds))} as an alternative"


def _on_reading(corpus: Corpus, found: OnReading) -> Entry:
    return Entry(line(strong(box_in_words(corpus, found.box)), muted(f" on {list_of(found.readings, 'and')}")))


def _reached(corpus: Corpus, offence: OffenceReach) -> Entry:
    authority = offence.authority
    penalty = f"; penalty: {authority.penalty}" if authority.penalty else ""
    head = line(
        cite(authority.cite),
        f", {authority.title}{_force(authority)}{penalty}",
        "" if authority.verified else " (not verified)",
    )
    below = []
    for reach in offence.reach:
        shown = [box_in_words(corpus, box) for box in reach.boxes[:MOST_BOXES]]
        hidden = len(reach.boxes) - len(shown)
        more = f" | and {hidden} more in the data" if hidden > 0 else ""
        lead = (
            f"only where also {list_of(labels(corpus, reach.only_where), 'and')}: "
            if reach.only_where
            else "without more: "
        )
        below.append(Entry(line(strong(lead), " | ".join(shown) + more)))
    if authority.mental:
        below.append(Entry(line(muted(f"mental element: {authority.mental}"))))
    if authority.consent:
        below.append(Entry(line(muted(f"consent: {authority.consent}"))))
    if authority.note:
        below.append(Entry(line(muted(authority.note))))
    return Entry(head, tuple(below))
