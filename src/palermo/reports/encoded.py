"""What of national law is encoded, how much of it was read in a text, and what is known to be missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

import msgspec

from palermo.corpus.models import Corpus, LegalSystem, MeasureValue, Offence
from palermo.documents.report import Block, Facts, Figure, Listing, Paragraph, Report, Table, entries, line, muted
from palermo.reports.words import known

SHARES = ("under a quarter", "a quarter to a half", "a half to three quarters", "three quarters or more")
"""The classes of the map, of equal width."""
NOT_ENCODED = "not encoded"
MAP_TITLE = "Share of the questions about national law that are answered from a text of the law"
BORDERS = (
    "Small States have a dot. Borders are there to find a State by and say nothing on the status of any territory."
)


class Encoded(msgspec.Struct, frozen=True):
    """Counts for one legal system.

    `measures_asked` are all there are, `measures_read` those answered from a text of the law that somebody read;
    `dated` are values with their first day of force.
    """

    system: str
    name: str
    state: str
    as_at: date
    offences: int
    measures: int
    measures_read: int
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
        measures_read=sum(any(map(system.is_verified, found)) for found in system.measures.values()),
        measures_asked=len(corpus.measures),
        values=len(values),
        verified=sum(system.is_verified(value) for value in values),
        dated=sum(bool(value.in_force and value.in_force.from_) for value in values),
        readings=len(system.readings),
        to_look_up=len(system.look_up),
    )


def by_share(found: list[Encoded]) -> dict[str, list[str]]:
    """The States, by the share of the questions that their legal systems answer from a text that was read."""
    of_state: dict[str, list[Encoded]] = defaultdict(list)
    for one in found:
        of_state[one.state].append(one)
    classes: dict[str, list[str]] = {label: [] for label in SHARES}
    for state, systems in sorted(of_state.items()):
        asked = sum(one.measures_asked for one in systems)
        read = sum(one.measures_read for one in systems)
        classes[SHARES[min(len(SHARES) * read // asked, len(SHARES) - 1) if asked else 0]].append(state)
    return classes


def map_words(found: list[Encoded]) -> str:
    """What the map shows, in words."""
    counts = ", ".join(f"{label} in {len(states)} States" for label, states in by_share(found).items())
    return (
        f"{MAP_TITLE}, on a map of the world in four shades, each with its own pattern: {counts}. Every other place is "
        "hatched: its law is not encoded. The list names the States of each shade."
    )


def encoded_map(found: list[Encoded]) -> str:
    """The map as SVG. Raises world_map.NotDrawn where the library that draws is not installed."""
    from palermo.documents.world_map import world_map

    return world_map(MAP_TITLE, map_words(found), list(by_share(found).items()), NOT_ENCODED)


def encoded_report(found: list[Encoded], names: Mapping[str, str], svg: str = "") -> Report:
    """The map (where it was drawn), the States by share, and the table of what is encoded.

    `names` are those of the States by code.
    """
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
            line(str(e.measures_read)),
            line(f"{e.verified} of {e.values}"),
            line(str(e.dated)),
            line(str(e.to_look_up)),
        )
        for e in found
    )
    heads = ("Legal system", "As at", "Offences", "Measures", "Read", "Verified", "Dated", "To look up")
    told = (
        "A measure not encoded is unknown, never no. Read: measures answered from a text that somebody read. "
        "Verified: the same of offences and all values. To look up: what a file names as known and not encoded."
    )
    shares = entries(
        f"{label} ({len(states)}): {', '.join(sorted(names[state] for state in states)) or 'none'}"
        for label, states in reversed(by_share(found).items())
    )
    blocks: list[Block] = [
        facts,
        Figure(map_words(found), BORDERS, svg),
        Listing(f"States by share of the {found[0].measures_asked if found else 0} questions", shares),
        Table("National law", heads, rows),
        Paragraph(line(muted(told))),
    ]
    return Report("What of national law is encoded", tuple(blocks), known=known(e.as_at for e in found))
