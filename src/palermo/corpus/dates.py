"""Nothing ends, or is done, before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from palermo.corpus.documents import Document, Documents, Where
from palermo.corpus.models import Corpus, EntryIntoForce, EntryRule, InForce, LegalSystem
from palermo.corpus.problems import Problem
from palermo.corpus.references import Places


def check_dates(corpus: Corpus, documents: Documents, places: Places) -> Iterator[Problem]:
    """Every pair of days in the wrong order.

    That an act takes effect before it is done is none: a succession is often backdated to independence.
    """
    for id, instrument in corpus.instruments.items():
        document = documents.instruments[id]
        rules: list[tuple[Where, EntryIntoForce | EntryRule | None]] = [
            (("entry_into_force",), instrument.entry_into_force),
            (("entry_into_force", "general"), instrument.entry_into_force.general),
        ]
        for path, rule in rules:
            official = rule.official if rule else None
            yield from _order(document, (*path, "official"), instrument.adopted, "it was adopted", official)
        for i, provision in enumerate(instrument.provisions):
            yield from _in_force(document, ("provisions", i), provision.in_force)
    for id, system in corpus.legal_systems.items():
        yield from dates_of_law(system, documents.jurisdictions[id])
    for id, statements in corpus.statements.items():
        document = documents.reservations[id]
        yield from _order(document, ("review_by",), statements.as_at, "they are known", statements.review_by)
        for i, statement in enumerate(statements.statements):
            here: Where = ("statements", i, "withdrawn")
            yield from _order(document, here, statement.made, "it was made", statement.withdrawn)
    for id, agreement in corpus.agreements.items():
        begun = max(filter(None, (agreement.signed, agreement.entry_into_force)), default=None)
        if begun and agreement.ended and agreement.ended < begun:
            told = f"{agreement.ended} is before {begun}, when it was signed or entered into force"
            yield places.agreements[id].problem("ended", told, "date-out-of-order")


def dates_of_law(system: LegalSystem, document: Document) -> Iterator[Problem]:
    """What `check_dates` finds in the file of one legal system."""
    yield from _order(document, ("review_by",), system.as_at, "the law was looked at", system.review_by)
    for i, offence in enumerate(system.offences):
        yield from _in_force(document, ("offences", i), offence.in_force)
    for measure, values in system.measures.items():
        for i, value in enumerate(values):
            yield from _in_force(document, ("measures", measure, i), value.in_force)


def _in_force(document: Document, here: Where, in_force: InForce | None) -> Iterator[Problem]:
    if in_force:
        yield from _order(document, (*here, "in_force", "to"), in_force.from_, "it begins", in_force.to)


def _order(document: Document, path: Where, first: date | None, when: str, then: date | None) -> Iterator[Problem]:
    if first and then and then < first:
        yield document.problem(path, f"{then} is before {first}, when {when}", "date-out-of-order")
