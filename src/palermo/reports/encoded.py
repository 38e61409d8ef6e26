"""What of national law is encoded, how much of it was read in a text, and what is known to be missing."""

from __future__ import annotations

from datetime import date

import msgspec

from palermo.corpus.models import Corpus, LegalSystem, MeasureValue, Offence
from palermo.documents.report import Block, Facts, Paragraph, Report, Table, line, muted
from palermo.reports.words import known


class Encoded(msgspec.Struct, frozen=True):
    """Counts for one legal system. `dated` are values with their first day of force, `measures_asked` all there are."""

    system: str
    name: str
    state: str
    as_at: date
    offences: int
    measures: int
    measures_asked: int
    values: int
    verified: int
    dated: int
    readings: int
    to_look_up: int


def encoded(corpus: Corpus) -> list[Encoded]:
    """The counts of every legal system, by id."""
    return [_of(corpus, corpus.legal_systems[id]) for id in sorted(corpus.legal_systems)]


def _of(corpus: Corpus, system: LegalSystem) -> Encoded:
    values: list[Offence | MeasureValue] = list(system.offences)
    values += [value for found in system.measures.values() for value in found]
    return Encoded(
        system=system.id,
        name=system.legal_system,
        state=system.state,
        as_at=system.as_at,
        offences=len(system.offences),
        measures=len(system.measures),
        measures_asked=len(corpus.measures),
        values=len(values),
        verified=sum(system.is_verified(value) for value in values),
        dated=sum(bool(value.in_force and value.in_force.from_) for value in values),
        readings=len(system.readings),
        to_look_up=len(system.look_up),
    )


def encoded_report(found: list[Encoded]) -> Report:
    """The table of what is encoded."""
    values, verified = sum(e.values for e in found), sum(e.verified for e in found)
    share = f"{verified / values:.0%}" if values else "none"
    facts = Facts(
        (
            ("States", line(str(len({e.state for e in found})))),
            ("Legal systems", line(str(len(found)))),
            ("Values", line(f"{values}, of which {verified} ({share}) were read in a text of the law")),
        )
    )
    rows = tuple(
        (
            line(e.name),
            line(str(e.as_at)),
            line(str(e.offences)),
            line(f"{e.measures} of {e.measures_asked}"),
            line(f"{e.verified} of {e.values}"),
            line(str(e.dated)),
            line(str(e.to_look_up)),
        )
        for e in found
    )
    heads = ("Legal system", "As at", "Offences", "Measures", "Verified", "Dated", "To look up")
    told = "A measure not encoded is unknown, never no. To look up: what a file names as known and not encoded."
    blocks: list[Block] = [facts, Table("National law", heads, rows), Paragraph(line(muted(told)))]
    return Report("What of national law is encoded", tuple(blocks), known=known(e.as_at for e in found))
