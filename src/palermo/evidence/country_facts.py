"""The file of facts on a country for `palermo tier`, checked with file:line:column."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from palermo.corpus.models import Corpus, PlacementTier
from palermo.corpus.own_files import read_own_file
from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.shapes import STRICT, Day, ReportYear
from palermo.corpus.yaml_files import place
from palermo.evidence.tiers import FACTS, CountryFacts
from palermo.ledger.parties import UnknownName, find_party
from palermo.logic.formula import nearest

Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _FactsFile:
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    country: str
    report: Day
    facts: dict[str, Answer] = field(default_factory=dict)
    placements: dict[Annotated[int, ReportYear()], PlacementTier] = field(default_factory=dict)


def read_country_facts(corpus: Corpus, file: Path) -> CountryFacts:
    """Read a YAML file with `country`, `report` (its day), `facts` (yes, no, unknown) and earlier `placements`.

    The years of `placements` are keys, in quotes.
    Raises CorpusError with every fault, OSError, UnicodeDecodeError.
    """
    read, text = read_own_file(file, _FactsFile, empty={})
    problems = [
        Problem(
            file,
            *place(text, ("facts", name), True),
            f"{name}: no fact of a placement{nearest(name, FACTS)}",
            "unknown-key",
        )
        for name in read.facts
        if name not in FACTS
    ]
    problems += [
        Problem(
            file,
            *place(text, ("placements", str(year)), True),
            f"{year}: not before the report of {read.report.year}",
            "date-out-of-order",
        )
        for year in read.placements
        if year >= read.report.year
    ]
    party = ""
    try:
        party = find_party(corpus, read.country).code
    except UnknownName as error:
        problems.append(Problem(file, *place(text, ("country",)), str(error), "unknown-party"))
    if problems:
        raise CorpusError(problems)
    known = {name: answer == "yes" for name, answer in read.facts.items() if answer != "unknown"}
    return CountryFacts(party=party, report=read.report, facts=known, placements=read.placements)
