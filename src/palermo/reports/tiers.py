"""The placement of a country under 22 USC 7107(b), written down step by step."""

from __future__ import annotations

from palermo.corpus.models import Corpus
from palermo.documents.report import Block, Line, Listing, Notice, Paragraph, Report, Table, badge, cite, entries, line
from palermo.evidence.tiers import Settles, Tier, TierFound
from palermo.reports.words import day, list_of

NAMES = {
    Tier.TIER_1: "Tier 1",
    Tier.TIER_2: "Tier 2",
    Tier.TIER_2_WATCH_LIST: "Tier 2 Watch List",
    Tier.TIER_3: "Tier 3",
    Tier.NO_LIST: "on no list",
}
CLOSING = (
    "The statute of one State, used as a yardstick by that State; it binds no other. Facts are those given, and "
    "earlier placements those of the reports as others keyed them. The report's Tier 2 Watch List is only clause (iii) "
    "of the statute's special watch list. This is no legal advice."
)


def tier_report(corpus: Corpus, found: TierFound) -> Report:
    """The report: the tier or those still possible, each step with its provision, and what would settle it."""
    name = corpus.parties[found.party].name
    said = list_of([NAMES[tier] for tier in found.possible])
    blocks: list[Block] = [Notice(line(badge(said), "" if found.tier else " (open)"))]
    if found.on_words:
        worded = list_of([NAMES[tier] for tier in found.on_words])
        blocks.append(
            Paragraph(
                line(
                    f"On its words, every year on the special watch list counts to the limit, and the limit strikes "
                    f"whatever the merits: then {worded}. The tier above is as the reports apply it."
                )
            )
        )
    blocks.append(Paragraph(line(_special(found))))
    if found.years_on_list:
        years = list_of([str(year) for year in found.years_on_list], "and")
        blocks.append(Paragraph(line(f"On the Tier 2 Watch List in the reports before this one: {years}.")))
    rows = tuple(_row(step.asks, step.answer, step.note, step.cite) for step in found.steps)
    blocks.append(Table("Steps", ("Step", "Answer", "Provision"), rows))
    if found.settles:
        blocks.append(Listing("What would settle it", entries(_asked(entry) for entry in found.settles)))
    title = f"{name} in the report of {day(found.report)}, by the statute as in force on {day(found.law_on)}"
    return Report(title, tuple(blocks), CLOSING)


def _special(found: TierFound) -> str:
    if found.special_watch_list is None:
        return "Whether it is on the statute's special watch list is open."
    if not found.special_watch_list:
        return "It is not on the statute's special watch list."
    return f"On the statute's special watch list: {list_of(found.special_watch_list, 'and')}."


def _row(asks: str, answer: str, note: str, where: str) -> tuple[Line, ...]:
    return line(asks, f" ({note})" if note else ""), line(badge(answer)), line(cite(where))


def _asked(entry: Settles) -> Line:
    return line(f"{entry.asks} ", cite(entry.fact))
