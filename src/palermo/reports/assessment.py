"""An assessment written down: what binds, the findings in one table, then findings with their reasons.

Offences and readings that findings rely on are set out once for each legal system, at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from palermo.conformity.findings import (
    Answer,
    Assessment,
    Authority,
    Coverage,
    Finding,
    Gap,
    OffenceReach,
    OnReading,
    ReadingRelied,
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
    link,
    muted,
    strong,
)
from palermo.logic.scenarios import Box, Further, dimension
from palermo.logic.widening import Amendment, Widening
from palermo.reports.sources import source_line
from palermo.reports.words import (
    NOT_ADVICE,
    asked_in_words,
    box_in_words,
    day,
    finding_in_words,
    known,
    label,
    labels,
    list_of,
    side_in_words,
    standing_in_words,
    with_softener,
)

MOST_WAYS = 4
"""Ways shown in which a gap would be reached after all; the data hold all of them."""
MOST_CONDITIONS = 4
"""Conditions shown under which one offence reaches something; the data hold all of them."""
_SHORT = (Verdict.IN_PART, Verdict.NOT_PROVIDED)


Place = Callable[[str, str], str]
"""The address of a page on a legal system's answer to a provision, by their ids; empty where there is none."""


def no_place(_system: str, _provision: str) -> str:
    """No address."""
    return ""


def assessment_report(
    corpus: Corpus,
    found: Assessment,
    provisions: Iterable[str] = (),
    whole: bool = True,
    drawn_at: Place = no_place,
) -> Report:
    """The report on an assessment.

    With `provisions`, on those alone. Otherwise on all, or, unless `whole`, with the reasons of those alone where some
    law falls short or rests on a reading. `drawn_at` is where the conduct that falls outside is drawn.
    """
    wanted = set(provisions)
    short = corpus.instruments[found.instrument].short
    blocks: list[Block] = [_about(corpus, found, short)]
    if not any(system.encoded for system in found.systems):
        told = f"The corpus holds no law of {found.state_name}: every answer that law could give is not encoded."
        blocks.append(Notice(line(told)))
    shown = [f.provision for f in found.systems[0].findings if not wanted or f.provision in wanted]
    blocks.append(_overview(found, shown))
    detailed = [id for id in shown if wanted or whole or _tells(found, id)]
    if len(detailed) < len(shown):
        told = "Reasons follow for the provisions where law falls short or rests on a reading; --full gives all."
        blocks.append(Notice(line(told)))
    blocks += [_provision(corpus, found, provision, drawn_at) for provision in detailed]
    for system in found.systems:
        blocks += _relied_on(corpus, system, set(detailed))
    title = f"{found.state_name}: national law and the {short}, on {day(found.on)}"
    return Report(title, tuple(blocks), NOT_ADVICE, known=known_of(found))


def known_of(found: Assessment) -> str:
    """Up to which day the law and the acts behind an assessment are known."""
    return known((system.as_at for system in found.systems), (found.standing.known_up_to,))


def _tells(found: Assessment, provision: str) -> bool:
    return any(
        f.law in _SHORT or f.on_words is not None for s in found.systems for f in s.findings if f.provision == provision
    )


def _about(corpus: Corpus, found: Assessment, short: str) -> Facts:
    names = {code: party.name for code, party in corpus.parties.items()}
    sources = [corpus.sources[id].title if id in corpus.sources else id for id in found.standing.sources]
    pairs: list[tuple[str, Line]] = [
        ("Instrument", line(found.instrument_title)),
        ("Standing", line(standing_in_words(found.standing, short, names))),
    ]
    if found.standing.past_horizon:
        pairs.append(("Acts known up to", line(day(found.standing.known_up_to))))
    if sources:
        pairs.append(("Sources of acts", line("; ".join(dict.fromkeys(sources)))))
    pairs += [("Remark", line(note)) for note in found.standing.notes]
    pairs += [("Sources differ", line(note)) for note in found.standing.disagreements]
    pairs += [
        (f"Law of {system.name}", line(f"as it stood up to {day(system.as_at)}"))
        for system in found.systems
        if system.as_at
    ]
    return Facts(tuple(pairs))


def _overview(found: Assessment, shown: list[str]) -> Table:
    rows = []
    for i, finding in enumerate(found.systems[0].findings):
        if finding.provision in shown:
            head = line(cite(finding.provision), f" {finding.title}")
            verb = line(with_softener(finding.modality, None))
            rows.append((head, verb, *(line(finding_in_words(s.findings[i])) for s in found.systems)))
    return Table("Findings", ("Provision", "Verb", *(system.name for system in found.systems)), tuple(rows))


def _provision(corpus: Corpus, found: Assessment, provision: str, drawn_at: Place) -> Section:
    of_systems = [(s, next(f for f in s.findings if f.provision == provision)) for s in found.systems]
    first = of_systems[0][1]
    asks = asked_in_words(first.modality, first.softener, first.asks)
    topic = corpus.topics.get(first.topic, first.topic)
    facts: list[tuple[str, Line]] = [("Pillar and topic", line(f"{first.pillar}; {topic}"))]
    if first.condition:
        facts.append(("Condition", line(first.condition)))
    if first.strongest and first.strongest.cite != first.cite:
        stronger = with_softener(first.strongest.modality, first.strongest.softener)
        facts.append(("Strongest verb binding", line(f"{stronger}, ", cite(first.strongest.cite))))
    if first.evidence:
        facts.append(("Evidence of practice", line(first.evidence)))
    if first.note:
        facts.append(("Note", line(first.note)))
    blocks: list[Block] = [Paragraph(line(f"{asks}{'' if asks.endswith('.') else '.'}")), Facts(tuple(facts))]
    if len(of_systems) > 1 and all(_bare(f) and f.law is first.law for _, f in of_systems):
        blocks.append(Paragraph(line("All legal systems: ", badge(first.verdict.value))))
    else:
        blocks += [_of_system(corpus, system, finding, drawn_at) for system, finding in of_systems]
    return Section(f"{first.cite}: {first.title}", anchor(first.cite), tuple(blocks))


def _bare(finding: Finding) -> bool:
    """Whether a finding says nothing but its word."""
    rests = any(leaf.authority or leaf.coverage for leaf in _leaves(finding.answer))
    return not (rests or finding.look_up or finding.unverified or finding.comments)


def anchor(text: str) -> str:
    """The place on a page of what is said on a provision (by its citation), or on one law's answer to it."""
    return "".join(c if c.isalnum() else "-" for c in text.casefold()).strip("-")


def _of_system(corpus: Corpus, system: SystemFindings, finding: Finding, drawn_at: Place) -> Section:
    return Section(
        system.name, anchor(f"{finding.cite} {system.system}"), tuple(_said(corpus, system, finding, drawn_at))
    )


def _said(corpus: Corpus, system: SystemFindings, finding: Finding, drawn_at: Place) -> Iterator[Block]:
    parts = [badge(finding.verdict.value)]
    if finding.why_not_bound:
        parts.append(muted(f" {finding.why_not_bound}; what the law gives: {finding.law.value}"))
    if finding.on_words:
        parts.append(muted(f" on a reading; on its words: {finding.on_words.value}"))
    if finding.provisional:
        parts.append(muted(" (provisional)"))
    yield Paragraph(tuple(parts))
    leaves = list(_leaves(finding.answer))
    drawn = drawn_at(system.system, finding.provision)
    if drawn and any(leaf.coverage and (leaf.coverage.gaps or leaf.coverage.on_readings) for leaf in leaves):
        told = f"What falls outside the law of {system.name} under {finding.cite}, drawn"
        yield Paragraph(line(link(told, drawn)))
    plain = tuple(_leaf(leaf) for leaf in leaves if leaf.coverage is None)
    if plain and finding.law is not Verdict.PRACTICE:
        yield Listing("", plain)
    for leaf in leaves:
        if leaf.coverage:
            yield from _coverage(corpus, leaf.coverage)
    if finding.look_up:
        yield Listing("To look up: known not to be encoded", entries(finding.look_up))
    if finding.unverified:
        lead = "Not verified, so the finding is provisional"
        yield Listing(lead, entries(finding.unverified), folded=len(finding.unverified) > 3)
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
    read = "" if authority.verified else " (not verified)"
    said = (*said, *line(f"{value} by ", cite(authority.cite), _force(authority), read))
    return Entry(said, entries([authority.note]) if authority.note else ())


def _force(authority: Authority) -> str:
    start = f" in force from {day(authority.in_force_from)}" if authority.in_force_from else ""
    return f"{start}{f' to {day(authority.in_force_to)}' if authority.in_force_to else ''}"


def _coverage(corpus: Corpus, coverage: Coverage) -> Iterator[Block]:
    if coverage.least_maximum:
        yield Paragraph(line(f"Counted are offences with a maximum of at least {coverage.least_maximum}."))
    if coverage.reached_by:
        most_first = sorted(coverage.reached_by, key=extent, reverse=True)
        yield Listing("Reached by", tuple(reached_entry(corpus, offence) for offence in most_first))
    if coverage.gaps:
        yield Listing("What is left: not reached", tuple(_gap(corpus, gap) for gap in coverage.gaps))
    elif coverage.verdict is Verdict.PROVIDED:
        yield Paragraph(line(f"All conduct of {coverage.required} asked for here is reached."))
    if coverage.on_readings:
        by_id = {reading.id: reading for reading in coverage.readings}
        said = tuple(_on_reading(corpus, found, by_id) for found in coverage.on_readings)
        yield Listing("Reached only on a reading, not on the words", said)
    if coverage.may_change:
        yield Listing("Could change the answer", entries(coverage.may_change))


def extent(offence: OffenceReach) -> tuple[int, int]:
    """How much an offence reaches: first what asks for no further act, means or attribute, then all of it."""
    sizes = [(_foreign(part.only_where), sum(len(box.scenarios()) for box in part.boxes)) for part in offence.reach]
    return (sum(size for foreign, size in sizes if not foreign), sum(size for _, size in sizes))


def _foreign(concepts: Iterable[str]) -> int:
    """How many facts are acts, means or attributes of the person, and not mere circumstances."""
    return sum(dimension(concept) in (0, 1) for concept in concepts)


def reached_entry(corpus: Corpus, offence: OffenceReach) -> Entry:
    """What an offence reaches, and under which conditions."""
    below = []
    for reach in offence.reach[:MOST_CONDITIONS]:
        boxes = " | ".join(box_in_words(corpus, box) for box in reach.boxes)
        where = list_of(labels(corpus, reach.only_where), "and")
        lead = f"only where also {where}: " if reach.only_where else "without more: "
        below.append(Entry(line(strong(lead), boxes)))
    hidden = len(offence.reach) - len(below)
    if hidden > 0:
        below.append(
            Entry(line(muted(f"and under {hidden} further condition{'s' if hidden > 1 else ''}, in the data")))
        )
    read = "" if offence.authority.verified else " (not verified)"
    return Entry(line(cite(offence.authority.cite), f", {offence.authority.title}{read}"), tuple(below))


def _gap(corpus: Corpus, gap: Gap) -> Entry:
    below = (*further_entries(corpus, gap.box), *(_widening(corpus, widening) for widening in gap.widenings[:1]))
    return Entry(line(strong(box_in_words(corpus, gap.box))), below)


def further_entries(corpus: Corpus, box: Box, most: int = MOST_WAYS) -> tuple[Entry, ...]:
    """The further facts that would bring conduct of a box within the law, at most so many ways of them."""
    below = []
    whole = sorted((w for w in box.further if not w.only_for), key=_weight)
    for way in whole[:most]:
        below.append(Entry(line("reached only where also: ", strong(list_of(labels(corpus, way.concepts), "and")))))
    parts = sorted((w for w in box.further if w.only_for), key=_weight)
    if parts and not whole:
        below += [_for_part(corpus, box, way) for way in parts[:most]]
    hidden = len(box.further) - len(below)
    if hidden > 0:
        of = "for part of it " if whole else ""
        below.append(Entry(line(muted(f"{of}{'or ' if whole else 'and '}in {hidden} further ways, in the data"))))
    return tuple(below)


def _weight(way: Further) -> tuple[int, int, tuple[str, ...]]:
    """Mere circumstances first, then the fewer facts."""
    return (_foreign(way.concepts), len(way.concepts), way.concepts)


def _for_part(corpus: Corpus, box: Box, way: Further) -> Entry:
    sides = enumerate(zip(way.only_for, box.choices(), strict=True))
    parts = [side_in_words(corpus, side, False, i) for i, (side, all_of_it) in sides if side and side != all_of_it]
    facts = list_of(labels(corpus, way.concepts), "and")
    served = muted(f" (for {'; '.join(parts)})" if parts else "")
    return Entry(line("reached only where also: ", strong(facts), served))


def _widening(corpus: Corpus, widening: Widening) -> Entry:
    return Entry(line("smallest widening: in ", cite(widening.offence), f" {widening_in_words(corpus, widening)}"))


def widening_in_words(corpus: Corpus, widening: Widening) -> str:
    """What changes in the offence."""
    return "; ".join(_amendment(corpus, amendment) for amendment in widening.amendments)


def _amendment(corpus: Corpus, amendment: Amendment) -> str:
    element = list_of(labels(corpus, amendment.element[:4])) + (" and so on" if len(amendment.element) > 4 else "")
    place = f" ({amendment.cite})" if amendment.cite else ""
    if not amendment.adds:
        return f"drop the element “{element}”{place}"
    return f"to the element “{element}”{place} add {list_of(labels(corpus, amendment.adds))} as an alternative"


def _on_reading(corpus: Corpus, found: OnReading, by_id: dict[str, ReadingRelied]) -> Entry:
    readings = list_of([reading_said(corpus, by_id[id]) for id in found.readings], "and")
    return Entry(line(strong(box_in_words(corpus, found.box)), f", if {readings}"))


def reading_said(corpus: Corpus, reading: ReadingRelied) -> str:
    """A reading in words."""
    return f"“{label(corpus, reading.by)}” takes in “{label(corpus, reading.taken_in)}”"


def _relied_on(corpus: Corpus, system: SystemFindings, provisions: set[str]) -> Iterator[Section]:
    offences: dict[str, Authority] = {}
    readings: dict[str, ReadingRelied] = {}
    for finding in system.findings:
        for leaf in _leaves(finding.answer) if finding.provision in provisions else ():
            if leaf.coverage:
                offences |= {str(o.authority.id): o.authority for o in leaf.coverage.reached_by}
                readings |= {reading.id: reading for reading in leaf.coverage.readings}
    blocks: list[Block] = []
    if offences:
        blocks.append(Listing("Offences", tuple(_offence(authority) for authority in offences.values())))
    if readings:
        blocks.append(Listing("Readings", tuple(reading_entry(corpus, reading) for reading in readings.values())))
    if blocks:
        heading = f"{system.name}: offences{' and readings' if readings else ''} relied on"
        yield Section(heading, anchor(f"relied {system.system}"), tuple(blocks))


def _offence(authority: Authority) -> Entry:
    read = "" if authority.verified else " (not verified)"
    head = line(cite(authority.cite), f" [{authority.id}], {authority.title}{_force(authority)}{read}")
    said = (
        ("penalty: ", authority.penalty),
        ("mental element: ", authority.mental),
        ("consent: ", authority.consent),
        ("", authority.note),
    )
    below = [Entry(line(f"{lead}{text}")) for lead, text in said if text]
    if authority.source:
        below.append(Entry((*line("source: "), *source_line(authority.source))))
    return Entry(head, tuple(below))


def reading_entry(corpus: Corpus, reading: ReadingRelied) -> Entry:
    """A reading: whose it is, why, and whether it was verified."""
    whose = f" ({reading.whose}{'' if reading.verified else '; not verified'}): {reading.why}"
    place = (" ", cite(reading.cite)) if reading.cite else ()
    return Entry(line(strong(reading_said(corpus, reading)), whose, *place))
