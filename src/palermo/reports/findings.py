"""The findings of an assessment in a few lines each: the word, the sections relied on, the reading, what to look up."""

from __future__ import annotations

from collections.abc import Iterator

from palermo.conformity.bills import leaves
from palermo.conformity.findings import Assessment, Finding, SystemFindings, Verdict
from palermo.corpus.models import Corpus
from palermo.documents.report import Block, Entry, Facts, Listing, Paragraph, Report, Section, badge, cite, line
from palermo.reports.assessment import known_of
from palermo.reports.words import NOT_ADVICE, day, finding_in_words, label, list_of, standing_in_words, with_softener

PILLARS = ("prevention", "protection", "prosecution", "partnership")
MEANING = {
    Verdict.NOT_ENCODED: "Not encoded: nobody has written this down yet. It is not a no; what to look up is named.",
    Verdict.PRACTICE: "Practice: law alone cannot show it; the evidence that would is named in the full finding.",
    Verdict.NOT_BOUND: "Not bound: the instrument does not bind the State that day, for the reason given.",
}
PROVISIONAL = "Provisional: an input was not read in a text of the law."


def findings_report(corpus: Corpus, found: Assessment) -> Report:
    """The findings pillar by pillar, with their citations; the words that ask for it are explained once."""
    names = {code: party.name for code, party in corpus.parties.items()}
    short = corpus.instruments[found.instrument].short
    blocks: list[Block] = [
        Facts(
            (
                ("Instrument", line(found.instrument_title)),
                ("Standing", line(standing_in_words(found.standing, short, names))),
            )
        )
    ]
    every = [finding for system in found.systems for finding in system.findings]
    said = [text for verdict, text in MEANING.items() if any(f.verdict is verdict for f in every)]
    if any("provisional" in finding_in_words(f) for f in every):
        said.append(PROVISIONAL)
    blocks += [Paragraph(line(text)) for text in said]
    for system in found.systems:
        sections = tuple(_pillar(corpus, system, pillar) for pillar in PILLARS if _of(system, pillar))
        blocks += sections if len(found.systems) == 1 else [Section(system.name, system.system, sections)]
    title = f"{found.state_name}: national law and the {short}, on {day(found.on)}"
    return Report(title, tuple(blocks), NOT_ADVICE, known=known_of(found))


def _of(system: SystemFindings, pillar: str) -> list[Finding]:
    return [finding for finding in system.findings if finding.pillar == pillar]


def _pillar(corpus: Corpus, system: SystemFindings, pillar: str) -> Section:
    told = tuple(_finding(corpus, finding) for finding in _of(system, pillar))
    return Section(pillar.capitalize(), f"{system.system}-{pillar}", (Listing("", told),))


def _finding(corpus: Corpus, finding: Finding) -> Entry:
    verb = with_softener(finding.modality, finding.softener)
    head = line(
        cite(finding.cite), f" {finding.title}{f' ({verb})' if verb else ''}: ", badge(finding_in_words(finding))
    )
    return Entry(head, tuple(Entry(line(text)) for text in _below(corpus, finding)))


def _below(corpus: Corpus, finding: Finding) -> Iterator[str]:
    if finding.why_not_bound:
        yield finding.why_not_bound
    authorities = _authorities(finding)
    if authorities:
        yield f"rests on {list_of(authorities, 'and')}"
    coverages = [leaf.coverage for leaf in leaves(finding.answer) if leaf.coverage]
    gaps = sum(len(list(gap.box.scenarios())) for coverage in coverages for gap in coverage.gaps)
    if gaps:
        yield f"{gaps} smallest situations that no encoded offence reaches; ask for this provision to see them"
    for whose, why in _readings(corpus, finding):
        yield f"on the reading of {whose}: {why}"
    if finding.look_up:
        yield f"look up: {'; '.join(finding.look_up)}"
    for comment in finding.comments:
        yield f"{comment.by}, {day(comment.date)}: {comment.says} ({comment.source})"


def _authorities(finding: Finding) -> list[str]:
    """The sections a finding rests on, each once, those not read in a text marked."""
    found: dict[str, bool] = {}
    for leaf in leaves(finding.answer):
        reached = [of.authority for of in leaf.coverage.reached_by] if leaf.coverage else []
        for authority in (*([leaf.authority] if leaf.authority else []), *reached):
            found[authority.cite] = found.get(authority.cite, True) and authority.verified
    return [place if verified else f"{place} (not verified)" for place, verified in found.items()]


def _readings(corpus: Corpus, finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.on_words is None:
        return
    seen: set[str] = set()
    for leaf in leaves(finding.answer):
        for reading in leaf.coverage.readings if leaf.coverage else ():
            if reading.id not in seen:
                seen.add(reading.id)
                place = f" ({reading.cite})" if reading.cite else ""
                yield reading.whose, f"{label(corpus, reading.by)} takes in {label(corpus, reading.taken_in)}{place}"
