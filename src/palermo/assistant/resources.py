"""What an assistant can read: the lists of instruments, laws and concepts, and each instrument and law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mcp.server.mcpserver.exceptions import ResourceNotFoundError

from palermo.documents.markdown import markdown
from palermo.documents.report import Line, Report, Table, line
from palermo.law import Law
from palermo.ledger.parties import UnknownName, find_instrument
from palermo.logic.formula import nearest
from palermo.reports.sections import instrument_report, law_report
from palermo.reports.words import day, label


@dataclass(frozen=True, slots=True)
class Resources:
    """Texts of a corpus by their address."""

    law: Law

    def instruments(self) -> str:
        """Every instrument of the corpus: id, short title, title, day of adoption."""
        rows = (
            (i.id, i.short, i.title, day(i.adopted) if i.adopted else "") for i in self.law.corpus.instruments.values()
        )
        return _table("Instruments", ("Id", "Short title", "Title", "Adopted"), rows)

    def laws(self) -> str:
        """Every legal system of which the corpus holds law: id, State, name, the day up to which it was looked at."""
        rows = ((s.id, s.state, s.legal_system, day(s.as_at)) for s in self.law.corpus.legal_systems.values())
        return _table("Legal systems", ("Id", "State", "Law", "As known at"), rows)

    def concepts(self) -> str:
        """Every fact that a case can have: id, label, meaning."""
        corpus = self.law.corpus
        rows = ((id, label(corpus, id), concept.meaning) for id, concept in corpus.concepts.items())
        return _table("Facts of a case", ("Id", "Label", "Meaning"), rows)

    def instrument(self, id: str) -> str:
        """One instrument: its identity and each provision with its verb, in the words of the corpus."""
        try:
            found = find_instrument(self.law.corpus, id)
        except UnknownName as error:
            raise ResourceNotFoundError(str(error)) from None
        return markdown(instrument_report(self.law.corpus, found))

    def legal_system(self, id: str) -> str:
        """One legal system: acts, offences and measures with their sections, and what is known not to be encoded."""
        systems = self.law.corpus.legal_systems
        if id.upper() not in systems:
            raise ResourceNotFoundError(f"there is no legal system {id!r}{nearest(id.upper(), systems)}")
        return markdown(law_report(self.law.corpus, systems[id.upper()]))


def _table(title: str, heads: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    cells: tuple[tuple[Line, ...], ...] = tuple(tuple(map(line, row)) for row in rows)
    return markdown(Report(title, (Table("", heads, cells),)))
