"""What a bill would change, which sections answer which duties, and models to borrow, written down."""

from __future__ import annotations

from datetime import date

from palermo.conformity.bills import BillTried, FindingChanged, leaves
from palermo.conformity.findings import Assessment, Authority, Finding
from palermo.conformity.models_of import Model
from palermo.corpus.models import Corpus
from palermo.documents.report import (
    Block,
    Entry,
    Facts,
    Line,
    Listing,
    Report,
    Section,
    Table,
    badge,
    cite,
    line,
    muted,
)
from palermo.reports.words import NOT_ADVICE, day, labels, with_softener

MOST_SCENARIOS = 8


def bill_report(corpus: Corpus, found: BillTried) -> Report:
    """The report on a bill: the findings that change, with the scenarios it brings within the law or leaves out."""
    name, short = corpus.parties[found.state].name, corpus.instruments[found.instrument].short
    rows = tuple(
        (line(cite(c.provision), f" {c.title}"), line(c.system_name), line(c.before.value), line(c.after.value))
        for c in found.changed
    )
    heads = ("Provision", "Legal system", "As the law stands", "With the bill")
    blocks: list[Block] = [Facts((("Unchanged", line(f"{found.unchanged} findings")),))]
    if rows:
        blocks.append(Table("Findings that change", heads, rows))
    blocks += [_changed(corpus, change) for change in found.changed if change.closed or change.opened]
    return Report(
        f"{name}: what the bill would change under the {short}, on {day(found.on)}", tuple(blocks), NOT_ADVICE
    )


def _changed(corpus: Corpus, change: FindingChanged) -> Section:
    blocks: list[Block] = []
    for lead, scenarios in (("Brought within the law", change.closed), ("No longer within the law", change.opened)):
        if not scenarios:
            continue
        shown = [Entry(line("; ".join(labels(corpus, scenario)))) for scenario in scenarios[:MOST_SCENARIOS]]
        hidden = len(scenarios) - len(shown)
        if hidden > 0:
            shown.append(Entry(line(muted(f"and {hidden} more scenarios, in the data"))))
        blocks.append(Listing(f"{lead}: {len(scenarios)} scenarios", tuple(shown)))
    anchor = f"{change.provision}-{change.system}".casefold().replace("(", "-").replace(")", "")
    return Section(f"{change.cite}, {change.system_name}", anchor, tuple(blocks))


def concordance_report(corpus: Corpus, found: Assessment) -> Report:
    """The table of concordance: each duty of an instrument beside the sections of law that answer it."""
    short = corpus.instruments[found.instrument].short
    sections = []
    for system in found.systems:
        rows = tuple(
            (
                line(cite(f.provision), f" {f.title}"),
                line(with_softener(f.modality, f.softener)),
                line(f.law.value, " (provisional)" if f.provisional and _authorities(f) else ""),
                _cited(_authorities(f)),
            )
            for f in system.findings
        )
        table = Table(f"{system.name}", ("Duty", "Verb", "Law", "Sections"), rows)
        sections.append(Section(system.name, system.system.casefold(), (table,)))
    title = f"{found.state_name}: table of concordance with the {short}, on {day(found.on)}"
    return Report(title, tuple(sections), NOT_ADVICE)


def _authorities(finding: Finding) -> list[Authority]:
    found: dict[str, Authority] = {}
    for leaf in leaves(finding.answer):
        if leaf.authority:
            found[leaf.authority.cite] = leaf.authority
        if leaf.coverage:
            found |= {o.authority.cite: o.authority for o in leaf.coverage.reached_by}
    return list(found.values())


def _cited(authorities: list[Authority]) -> Line:
    return line("; ".join(f"{a.cite}{'' if a.verified else ' (not verified)'}" for a in authorities) or "none encoded")


def models_report(cited: str, on: date, found: list[Model]) -> Report:
    """Which laws meet a duty, and by which sections."""
    rows = tuple(
        (
            line(model.name),
            line(badge(model.verdict.value), f" on its words {model.on_words.value}" if model.on_words else ""),
            _cited(list(model.authorities)),
        )
        for model in found
        if model.authorities
    )
    silent = [model.name for model in found if not model.authorities]
    blocks: list[Block] = [Table("Laws that answer it", ("Legal system", "Answer", "Sections"), rows)]
    if silent:
        blocks.append(Listing("Nothing encoded", tuple(Entry(line(name)) for name in silent), folded=True))
    return Report(f"{cited}: who meets it, and how, on {day(on)}", tuple(blocks), NOT_ADVICE)
