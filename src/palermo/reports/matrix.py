"""Laws by duties: a table of bare verdicts, in the order of the alphabet, of regions or of traditions; never a rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from palermo.conformity.verdicts import VerdictOnDay
from palermo.corpus.models import Instrument, LegalSystem, Provision
from palermo.documents.report import Line, Paragraph, Report, Table, badge, line, muted
from palermo.reports.concordance import SYSTEMS
from palermo.reports.words import NOT_ADVICE, day, known, list_of

Order = Literal["alphabet", "region", "tradition"]
_HEADS = {"region": "Region", "tradition": "Tradition"}
_TOLD = (
    "What each law gives, whether or not the instrument binds the State. Rows stand in the order chosen, never by what "
    "they say: a table of this kind is no ranking, and the words of one column weigh otherwise than those of another."
)


@dataclass(frozen=True)
class Rows:
    """Laws under a heading, which is empty where all stand together."""

    heading: str
    laws: tuple[LegalSystem, ...]


def in_order(laws: Sequence[LegalSystem], order: Order) -> tuple[Rows, ...]:
    """Laws in the order of the alphabet, or under their region or their tradition, the headings by the alphabet too."""
    groups: dict[str, list[LegalSystem]] = {}
    for law in sorted(laws, key=lambda law: law.legal_system.casefold()):
        groups.setdefault(_group(law, order), []).append(law)
    return tuple(Rows(heading, tuple(found)) for heading, found in sorted(groups.items()))


def _group(law: LegalSystem, order: Order) -> str:
    if order == "region":
        return (law.region or "region not known").replace("_", " ").capitalize()
    if order == "tradition":
        systems = law.tradition.systems if law.tradition else ()
        return (list_of([SYSTEMS[system] for system in systems], "and") or "tradition not known").capitalize()
    return ""


def matrix_report(
    instrument: Instrument,
    duties: Sequence[Provision],
    rows: Sequence[Rows],
    answers: Mapping[tuple[str, str], VerdictOnDay],
    on: date,
    order: Order = "alphabet",
) -> Report:
    """The matrix; `answers` by the ids of a legal system and of a provision."""
    grouped = (_HEADS[order],) if order in _HEADS else ()
    lines: list[tuple[Line, ...]] = []
    for group in rows:
        for law in group.laws:
            of_group = (line(group.heading),) if grouped else ()
            cells = (_cell(answers[law.id, duty.id]) for duty in duties)
            lines.append((line(law.legal_system), *of_group, *cells))
    heads = ("Legal system", *grouped, *(f"{duty.id} {duty.title}" for duty in duties))
    title = f"Laws and the {instrument.short}, on {day(on)}"
    table = Table(title, heads, tuple(lines))
    as_at = known(law.as_at for group in rows for law in group.laws)
    return Report(title, (Paragraph(line(_TOLD)), table), NOT_ADVICE, known=as_at)


def _cell(answer: VerdictOnDay) -> Line:
    words = muted(f", on its words {answer.on_words.value}") if answer.on_words else ""
    return line(badge(answer.verdict.value), words)
