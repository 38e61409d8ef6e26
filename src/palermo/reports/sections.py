"""Sections of a law, a whole law and a whole instrument, written down as the corpus holds them."""

from __future__ import annotations

from collections.abc import Sequence

from palermo.conformity.authorities import of_measure, of_offence
from palermo.conformity.findings import Authority
from palermo.conformity.sections import SectionOfLaw
from palermo.corpus.models import Corpus, Instrument, LegalSystem
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
    entries,
    line,
)
from palermo.reports.provision import formula_entry
from palermo.reports.sources import source_line
from palermo.reports.words import NOT_ADVICE, asked_in_words, day, known


def sections_report(corpus: Corpus, title: str, found: Sequence[SectionOfLaw]) -> Report:
    """Each section with its title or value, its days of force, penalty, conduct, and whether it was read in a text."""
    blocks = tuple(_section(corpus, section) for section in found)
    return Report(title, blocks, NOT_ADVICE, known=known(laws=(s.as_at for s in found)))


def _section(corpus: Corpus, section: SectionOfLaw) -> Section:
    of = section.authority
    says = of.title or of.value or ""
    if section.kind == "measure":
        says = f"{corpus.measures[of.id or ''].meaning}: {of.value}"
    pairs: list[tuple[str, Line]] = [("Law", line(section.system_name)), ("Says", line(says))]
    optional = (
        ("In force", _force(of)),
        ("Penalty", of.penalty),
        ("Graver penalties", "; ".join(section.aggravated)),
        ("Mental element", of.mental),
        ("Consent", of.consent),
        ("Note", of.note),
    )
    pairs += [(name, line(text)) for name, text in optional if text]
    pairs.append(("Read in a text of the law", line("yes" if of.verified else "no (not verified)")))
    if of.source:
        pairs.append(("Source", source_line(of.source)))
    blocks: list[Block] = [Facts(tuple(pairs))]
    if section.conduct is not None:
        blocks.append(Listing("Conduct", (formula_entry(corpus, section.conduct),)))
    return Section(of.cite, f"{section.system}-{of.id}".casefold(), tuple(blocks))


def _force(of: Authority) -> str:
    if not (of.in_force_from or of.in_force_to):
        return ""
    start = f"from {day(of.in_force_from)}" if of.in_force_from else "from a day not known"
    return f"{start}{f' to {day(of.in_force_to)}' if of.in_force_to else ''}"


def law_report(corpus: Corpus, system: LegalSystem) -> Report:
    """All that is encoded of one legal system: acts, offences and measures with their sections, what is to look up."""
    acts = tuple(
        Entry(
            (
                *line(f"{act.title}{f' ({act.citation})' if act.citation else ''}: "),
                *source_line(act.source),
                *line("" if act.verified else " (not verified)"),
            )
        )
        for act in system.acts.values()
    )
    offences = [of_offence(system, offence) for offence in system.offences]
    measures = [of_measure(system, id, value) for id, values in system.measures.items() for value in values]
    rows = tuple(
        (line(cite(of.cite)), line(of.title or ""), line(of.penalty or ""), line(_force(of)), line(_read(of)))
        for of in offences
    )
    values = tuple(
        (line(corpus.measures[of.id or ""].meaning), line(of.value or ""), line(cite(of.cite)), line(_read(of)))
        for of in measures
    )
    blocks: list[Block] = []
    if system.note:
        blocks.append(Paragraph(line(system.note)))
    blocks += [
        Listing("Acts", acts),
        Table("Offences", ("Section", "Offence", "Penalty", "In force", "Verified"), rows),
        Table("Measures", ("Question", "Answer", "Section", "Verified"), values),
    ]
    if system.look_up:
        blocks.append(
            Listing("Known not to be encoded", entries(f"{look.topic}: {look.what}" for look in system.look_up))
        )
    return Report(
        f"{system.legal_system}: the law as it is encoded", tuple(blocks), NOT_ADVICE, known=known((system.as_at,))
    )


def _read(of: Authority) -> str:
    return "yes" if of.verified else "no"


def instrument_report(corpus: Corpus, instrument: Instrument) -> Report:
    """What is encoded of an instrument: its identity and each provision with its verb, in the corpus's own words."""
    pairs: list[tuple[str, Line]] = [("Title", line(instrument.title)), ("Kind", line(instrument.kind))]
    if instrument.adopted:
        pairs.append(("Adopted", line(day(instrument.adopted))))
    general = instrument.entry_into_force.general
    official = instrument.entry_into_force.official or (general.official if general else None)
    if official:
        pairs.append(("Entered into force", line(day(official))))
    if instrument.depositary:
        pairs.append(("Depositary", line(instrument.depositary)))
    pairs += [(key.upper(), line(value)) for key, value in instrument.reference.items()]
    pairs.append(("Text", (*source_line(instrument.text.source), *line(_verified(instrument)))))
    if instrument.note:
        pairs.append(("Note", line(instrument.note)))
    rows = []
    for provision in instrument.provisions:
        says = provision.duty or provision.meaning or ""
        topic = corpus.topics.get(provision.topic, provision.topic)
        rows.append(
            (
                line(cite(instrument.cite(provision))),
                line(provision.title),
                line(f"{provision.pillar}; {topic}"),
                line(asked_in_words(provision.modality, provision.softener, says)),
            )
        )
    table = Table("Provisions, in the words of the corpus", ("Provision", "Title", "Topic", "Says"), tuple(rows))
    return Report(f"{instrument.short}: the instrument as it is encoded", (Facts(tuple(pairs)), table), NOT_ADVICE)


def _verified(instrument: Instrument) -> str:
    return "" if instrument.text.verified else " (not verified)"
