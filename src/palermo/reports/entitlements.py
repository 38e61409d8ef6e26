"""What a victim is entitled to under the law of a State on a day, and what is not encoded."""

from __future__ import annotations

from collections.abc import Sequence

from palermo.conformity.authorities import of_measure
from palermo.conformity.law_on_day import LawOnDay
from palermo.corpus.models import Corpus
from palermo.documents.report import (
    Block,
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
    muted,
    strong,
)
from palermo.reports.words import NOT_ADVICE, day, known

OF_VICTIMS = "victim."
ASK = "What is not encoded is unknown, and is no refusal: ask a lawyer or the authority that identifies victims."


def entitlements_report(corpus: Corpus, state: str, laws: Sequence[LawOnDay]) -> Report:
    """One table for each legal system: every entitlement encoded, with its section; what is unknown is listed apart."""
    name, on = corpus.parties[state].name, laws[0].on
    blocks: list[Block] = [Notice(line(ASK))]
    for law in laws:
        held = {**law.undated, **law.measures}
        rows = tuple(_row(corpus, law, id) for id in sorted(held) if id.startswith(OF_VICTIMS))
        unknown = sorted(m.meaning for id, m in corpus.measures.items() if id.startswith(OF_VICTIMS) and id not in held)
        told: list[Block] = []
        if rows:
            told.append(
                Table(
                    f"Entitlements in {law.system.legal_system}",
                    ("To what", "Answer", "By which section", "Remark"),
                    rows,
                )
            )
        else:
            told.append(Paragraph(line(muted("Nothing on victims is encoded."))))
        if unknown:
            told.append(Listing("Not encoded", entries(unknown), folded=True))
        blocks.append(Section(law.system.legal_system, f"of-{law.system.id.casefold()}", tuple(told)))
    up_to = known(law.system.as_at for law in laws)
    return Report(f"{name}: what a victim is entitled to, on {day(on)}", tuple(blocks), NOT_ADVICE, known=up_to)


def _row(corpus: Corpus, law: LawOnDay, id: str) -> tuple[Line, ...]:
    value = law.measures.get(id) or law.undated[id]
    authority = of_measure(law.system, id, value)
    read = "" if authority.verified else " (not verified)"
    since = "" if id in law.measures else f"as the law stood on {day(law.system.as_at)}. "
    return (
        line(corpus.measures[id].meaning),
        line(strong(str(value.value))),
        line(cite(authority.cite), read),
        line(f"{since}{value.note or ''}"),
    )
