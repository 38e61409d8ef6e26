"""What a bill would change, written down."""

from __future__ import annotations

from palermo.conformity.bills import BillTried, FindingChanged
from palermo.corpus.models import Corpus
from palermo.documents.report import (
    Block,
    Entry,
    Facts,
    Listing,
    Report,
    Section,
    Table,
    cite,
    line,
    muted,
)
from palermo.reports.words import NOT_ADVICE, day, labels

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
