"""What the reports did with the limit on the Tier 2 Watch List: each country's runs of years, and how they ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

import msgspec

from palermo.corpus.models import Corpus, PlacementTier
from palermo.evidence.tiers import (
    FIRST_YEAR_COUNTED,
    TVPA,
    WAIVABLE,
    WATCH_LIST,
    YEARS_BEFORE_LIMIT,
)


class End(StrEnum):
    """How a run of years on the list ended, by the next report."""

    DOWNGRADED = "downgraded"
    OFF_THE_LIST = "off the list"
    NOT_KNOWN = "not known"


class Run(msgspec.Struct, frozen=True):
    """Consecutive reports with a country on the Tier 2 Watch List.

    `waived` are the years in which it could stand there by waiver alone; `limit` is the report in which it could no
    longer, by the statute of that year's last day for the report; `reached`: the run lasted up to it; `beyond`: it
    lasted longer than the statute allows.
    """

    party: str
    years: tuple[int, ...]
    waived: tuple[int, ...]
    limit: int
    reached: bool
    beyond: bool
    end: End


def runs(corpus: Corpus) -> list[Run]:
    """Every run since the reports that count (2009), by party and year, as the corpus's table of placements has it.

    A run that begins after a year we do not know may have begun earlier.
    """
    placed: dict[str, dict[int, PlacementTier]] = {}
    for row in corpus.placements:
        placed.setdefault(row.party, {})[row.year] = row.tier
    return [run for party in sorted(placed) for run in _runs(corpus, party, placed[party])]


def _runs(corpus: Corpus, party: str, placed: Mapping[int, PlacementTier]) -> Iterator[Run]:
    listed = sorted(year for year, tier in placed.items() if tier == WATCH_LIST and year >= FIRST_YEAR_COUNTED)
    while listed:
        length = next((n for n, year in enumerate(listed) if year != listed[0] + n), len(listed))
        years, listed = tuple(listed[:length]), listed[length:]
        limit = _limit(corpus, years[0])
        after = placed.get(years[-1] + 1)
        end = End.NOT_KNOWN if after is None else End.DOWNGRADED if after == "tier_3" else End.OFF_THE_LIST
        reached = years[-1] + 1 >= limit
        yield Run(party, years, years[YEARS_BEFORE_LIMIT:], limit, reached, years[-1] >= limit, end)


def _limit(corpus: Corpus, first: int) -> int:
    """The first report in which a run that began in `first` can no longer go on, whatever is waived."""
    year = first + YEARS_BEFORE_LIMIT
    while year < first + YEARS_BEFORE_LIMIT + _waivable(corpus, year):
        year += 1
    return year


def _waivable(corpus: Corpus, year: int) -> int:
    """For how many years the limit could be waived, by the law on the last day for the report of a year."""
    due = date(year, 6, 30)
    for provision in corpus.instruments[TVPA].provisions:
        if provision.id in WAIVABLE and provision.in_force and provision.in_force.covers(due):
            return WAIVABLE[provision.id]
    return 0
