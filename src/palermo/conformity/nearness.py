"""How near one law stands to another: tradition first, then language, then region. Nearness says nothing of quality."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, get_args

from palermo.corpus.models import Corpus, LegalSystem
from palermo.ledger.parties import UnknownName, find_legal_systems

Ground = Literal["own_law", "same_systems", "same_origin", "shared_system", "same_language", "same_region"]
"""What brings two laws near each other, the strongest first.

They are of one State; they are made of the same systems of law; their commercial law came from the same place; they
share one system of law; they are published in a language in common; they lie in the same region.
"""
GROUNDS: tuple[Ground, ...] = get_args(Ground)


def near_to(corpus: Corpus, name: str) -> tuple[LegalSystem, ...]:
    """The legal systems of a State, or the one named, if it is known what is near them.

    Raises UnknownName where the corpus holds no law of the State, or neither tradition, languages nor region of it.
    """
    systems = find_legal_systems(corpus, name)
    if not any(system.tradition or system.languages or system.region for system in systems):
        raise UnknownName(
            f"{systems[0].id} names no tradition, languages or region, so that nothing is known to be near"
        )
    return systems


def grounds(system: LegalSystem, of: Collection[LegalSystem]) -> tuple[Ground, ...]:
    """What brings a legal system near to the nearest of others, in the order of GROUNDS; empty where none is known."""
    return min((_between(system, other) for other in of), key=order)


def order(found: Collection[Ground]) -> tuple[bool, ...]:
    """The key by which nearer laws come first."""
    return tuple(ground not in found for ground in GROUNDS)


def _between(first: LegalSystem, second: LegalSystem) -> tuple[Ground, ...]:
    one, other = first.tradition, second.tradition
    mine, theirs = set(one.systems if one else ()), set(other.systems if other else ())
    holds: dict[Ground, bool] = {
        "own_law": first.state == second.state,
        "same_systems": bool(mine) and mine == theirs,
        "same_origin": bool(one and other and one.origin and one.origin == other.origin),
        "shared_system": bool(mine & theirs) and mine != theirs,
        "same_language": bool(set(first.languages) & set(second.languages)),
        "same_region": bool(first.region) and first.region == second.region,
    }
    return tuple(ground for ground in GROUNDS if holds[ground])
