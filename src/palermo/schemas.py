"""The published shapes of JSON answers."""

from __future__ import annotations

import json
from typing import Any

import msgspec

NAMES = (
    "assessment-1",
    "standings-1",
    "comparison-1",
    "provision-1",
    "concept-1",
    "between-1",
    "events-1",
    "identification-1",
    "bill-1",
    "models-1",
    "coverage-1",
    "routes-1",
    "what-if-1",
    "network-1",
    "due-1",
    "search-1",
    "pairs-1",
    "reading-1",
    "problems-1",
    "rules-1",
    "stale-1",
    "hidden-1",
    "calendar-1",
    "recommendations-1",
    "answers-1",
    "panel-1",
    "panel-wide-1",
    "codebook-1",
    "panel-metadata-1",
    "statistical-tables-1",
    "impact-1",
    "sections-1",
    "citation-1",
    "tier-1",
    "legal-system-1",
    "verdicts-1",
    "private-release-1",
    "private-utility-1",
)


def type_of(name: str) -> Any:
    """The type of an answer by the name of its schema. Raises KeyError."""
    from palermo.casework.identify import Identification
    from palermo.citations.names import Citation
    from palermo.conformity.bills import BillTried
    from palermo.conformity.compare import LawComparison
    from palermo.conformity.compare_all import AllLawsCompared
    from palermo.conformity.findings import Assessment
    from palermo.conformity.models_of import Model
    from palermo.conformity.sections import SectionOfLaw
    from palermo.conformity.verdicts import VerdictOnDay
    from palermo.cooperation.answers import Routes
    from palermo.cooperation.network import Network
    from palermo.cooperation.tracking import Due
    from palermo.cooperation.what_if import WhatIf
    from palermo.corpus.figures import Indicator
    from palermo.corpus.models import Concept, LegalSystem, Provision
    from palermo.corpus.problems import Reported
    from palermo.corpus.rules import Rule
    from palermo.evidence.cells import Panel, WideTable
    from palermo.evidence.hidden_population import HiddenPopulation
    from palermo.evidence.impact import Impact
    from palermo.evidence.private_claims import PrivateRelease, Utility
    from palermo.evidence.tiers import TierFound
    from palermo.ledger.between import Between
    from palermo.ledger.chronicle import Event
    from palermo.ledger.standing import Standing
    from palermo.monitoring.answers import QuestionnaireAnswered
    from palermo.monitoring.clocks import StateCalendar
    from palermo.monitoring.recommendations import Register
    from palermo.reports.encoded import Encoded
    from palermo.reports.panel_metadata import Heading
    from palermo.reports.stale import Stale
    from palermo.reports.statistical_tables import StatisticalTable
    from palermo.search.find import Found
    from palermo.statutes.proposals import StatuteRead

    answers = (
        Assessment,
        list[Standing],
        LawComparison,
        Provision,
        Concept,
        Between,
        list[Event],
        Identification,
        BillTried,
        list[Model],
        list[Encoded],
        Routes,
        WhatIf,
        Network,
        list[Due],
        Found,
        AllLawsCompared,
        StatuteRead,
        list[Reported],
        list[Rule],
        list[Stale],
        HiddenPopulation,
        StateCalendar,
        Register,
        QuestionnaireAnswered,
        Panel,
        WideTable,
        dict[str, Indicator],
        list[Heading],
        list[StatisticalTable],
        Impact,
        list[SectionOfLaw],
        Citation,
        TierFound,
        LegalSystem,
        list[VerdictOnDay],
        PrivateRelease,
        Utility,
    )
    return dict(zip(NAMES, answers, strict=True))[name]


def enveloped(name: str, answer: Any) -> dict[str, Any]:
    """An answer in its envelope, as plain data: what `--format json` prints and a tool of an assistant gives."""
    return {"schema": name, "answer": msgspec.to_builtins(answer)}


def schema(name: str) -> dict[str, Any]:
    """The JSON schema of an answer, with its envelope `{schema, answer}`. Raises KeyError for an unknown name."""
    (answer,), components = msgspec.json.schema_components([type_of(name)], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        "type": "object",
        "properties": {"schema": {"const": name}, "answer": answer},
        "required": ["schema", "answer"],
        "$defs": components,
    }


def schema_text(name: str) -> str:
    """The JSON schema of an answer as text. Raises KeyError for an unknown name."""
    return json.dumps(schema(name), indent=2, sort_keys=True) + "\n"
