"""Sections of a law as they are encoded: offences and measures by id, citation or part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from palermo.conformity.authorities import of_measure, of_offence, penalty_text
from palermo.conformity.findings import Authority
from palermo.corpus.models import Corpus, InForce, LegalSystem
from palermo.ledger.parties import UnknownName, find_legal_systems
from palermo.logic.formula import Formula, nearest


class SectionOfLaw(msgspec.Struct, frozen=True, omit_defaults=True):
    """An offence or the value of a measure in one version. `conduct` is what an offence punishes, as its file gives it.

    `aggravated` are the penalties where further facts are present.
    """

    system: str
    system_name: str
    as_at: date
    kind: Literal["offence", "measure"]
    authority: Authority
    conduct: Formula | None = None
    aggravated: tuple[str, ...] = ()


def sections(corpus: Corpus, law: str, section: str, on: date | None = None) -> list[SectionOfLaw]:
    """What is encoded of a section in the legal systems of a State, or in the one of that id.

    `section` is the id of an offence or measure, or a citation as the corpus writes it, whole or a part of it (`s 45`).
    With `on` only what nothing known speaks against being in force that day. Raises UnknownName, offering the nearest.
    """
    systems = find_legal_systems(corpus, law)
    every = [found for system in systems for found in _all(system, on)]
    wanted = section.casefold().strip()
    exact = [s for s in every if wanted in (s.authority.cite.casefold(), (s.authority.id or "").casefold())]
    part = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    found = exact or [s for s in every if wanted and part.search(s.authority.cite.casefold())]
    if not found:
        known = [name for s in every for name in (s.authority.cite, s.authority.id or "")]
        when = f" in force on {on}" if on else ""
        raise UnknownName(f"no section {section!r} is encoded of {law}{when}{nearest(section, known)}")
    return found


def _all(system: LegalSystem, on: date | None) -> Iterator[SectionOfLaw]:
    for offence in system.offences:
        if _stands(offence.in_force, on):
            graver = tuple(penalty_text(a) for a in offence.aggravated)
            yield SectionOfLaw(
                system.id,
                system.legal_system,
                system.as_at,
                "offence",
                of_offence(system, offence),
                offence.conduct,
                graver,
            )
    for id, values in system.measures.items():
        for value in values:
            if _stands(value.in_force, on):
                yield SectionOfLaw(
                    system.id, system.legal_system, system.as_at, "measure", of_measure(system, id, value)
                )


def _stands(in_force: InForce | None, on: date | None) -> bool:
    return on is None or in_force is None or in_force.covers(on)
