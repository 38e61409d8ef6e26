"""The whole world for one form of cooperation, written down."""

from __future__ import annotations

from palermo.cooperation.network import Network
from palermo.corpus.models import Corpus
from palermo.documents.report import Block, Facts, Paragraph, Report, Table, line, muted
from palermo.reports.routes import NO_MORE
from palermo.reports.words import NOT_ADVICE, day, list_of

MOST_NAMED = 12
"""How many States are named in a cell before the rest is counted."""


def network_report(corpus: Corpus, found: Network) -> Report:
    """The report on all pairs of States for one form: how many have a basis, who lacks one, what would connect most."""
    pairs = len(found.states) * (len(found.states) - 1)
    counts = (
        ("States", line(str(len(found.states)))),
        ("Ordered pairs, who asks whom", line(f"{pairs:,}")),
        ("with a treaty on record", line(f"{found.by_treaty:,}")),
        ("on the law of the State asked alone", line(f"{found.by_law:,}")),
        ("not established from the record", line(f"{found.not_established:,}")),
    )
    steps = tuple(
        (
            line(corpus.parties[step.party].name),
            line(step.kind),
            line(corpus.instruments[step.instrument].short),
            line(f"{step.connects:,}"),
        )
        for step in found.steps
    )
    rows = tuple(
        (
            line(corpus.parties[entry.party].name),
            line(str(len(entry.cannot_ask))),
            line(_named(corpus, entry.cannot_ask)),
        )
        for entry in sorted(found.unconnected, key=lambda entry: corpus.parties[entry.party].name)
    )
    blocks: list[Block] = [Facts(counts), Paragraph(line(muted(NO_MORE)))]
    if steps:
        heads = ("State", "Step", "Instrument", "Pairs it would connect")
        blocks.append(Table("Steps that would connect most", heads, steps))
    if rows:
        blocks.append(Table("Whom a State has no basis on record to ask", ("State", "How many", "Whom"), rows))
    title = f"{corpus.forms[found.form].label['en'].capitalize()} in the world, on {day(found.on)}"
    return Report(title, tuple(blocks), NOT_ADVICE)


def _named(corpus: Corpus, codes: tuple[str, ...]) -> str:
    names = [corpus.parties[code].name for code in codes]
    if len(names) <= MOST_NAMED:
        return list_of(names, "and")
    return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
