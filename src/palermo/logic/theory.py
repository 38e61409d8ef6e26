"""What holds between concepts: implications from the narrower to the broader.

The strict theory holds by definition; readings add implications that hold by interpretation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property


class Contradiction(ValueError):
    """The known facts say yes to a concept and no to one that it entails."""

    def __init__(self, narrower: str, broader: str) -> None:
        self.narrower, self.broader = narrower, broader
        super().__init__(f"{narrower} is given as true and {broader} as false, but the first entails the second")


class _Above(dict[str, frozenset[str]]):
    """All concepts that each entails, found when it is first asked for."""

    def __init__(self, direct: Mapping[str, set[str]]) -> None:
        super().__init__()
        self._direct = direct

    def __missing__(self, concept: str) -> frozenset[str]:
        found: set[str] = set()
        todo = [concept]
        while todo:
            more = self._direct.get(todo.pop(), set()) - found
            found |= more
            todo += more
        self[concept] = above = frozenset(found - {concept})
        return above


class Theory:
    """A set of implications (narrower, broader). Concepts that imply each other have the same reach. Immutable."""

    def __init__(self, implications: Iterable[tuple[str, str]] = ()) -> None:
        self.implications = frozenset(implications)

    @property
    def circle(self) -> str | None:
        """A concept that by way of others is narrower than itself, if there is one."""
        return next((a for a, b in sorted(self.implications) if a == b or a in self.above(b)), None)

    @cached_property
    def _direct(self) -> Mapping[str, set[str]]:
        direct: dict[str, set[str]] = {}
        for narrower, broader in self.implications:
            direct.setdefault(narrower, set()).add(broader)
        return direct

    @cached_property
    def _entailed(self) -> _Above:
        return _Above(self._direct)

    @cached_property
    def _above(self) -> Mapping[str, frozenset[str]]:
        return {concept: self.above(concept) for concept in self._direct}

    @cached_property
    def _below(self) -> Mapping[str, frozenset[str]]:
        below: dict[str, set[str]] = {}
        for narrower, broader_ones in self._above.items():
            for broader in broader_ones:
                below.setdefault(broader, set()).add(narrower)
        return {broader: frozenset(narrower) for broader, narrower in below.items()}

    @cached_property
    def _with_equals(self) -> frozenset[str]:
        return frozenset(concept for concept in self._above if len(self.equals(concept)) > 1)

    def __or__(self, other: Theory) -> Theory:
        return Theory(self.implications | other.implications)

    def above(self, concept: str) -> frozenset[str]:
        """All concepts that this one entails."""
        return self._entailed[concept]

    def equals(self, concept: str) -> frozenset[str]:
        """The concept with all that it entails and that entail it."""
        return frozenset({concept, *(other for other in self.above(concept) if concept in self.above(other))})

    def among(self, concepts: Collection[str]) -> list[tuple[str, str]]:
        """The implications that hold between these concepts, also by way of others, in a fixed order."""
        return [(a, b) for a in concepts for b in sorted(self.above(a)) if b in concepts]

    def families(self, concepts: Collection[str]) -> list[tuple[str, ...]]:
        """The concepts in groups that implications between them link, in order of appearance."""
        family = {concept: {concept} for concept in concepts}
        for one, other in self.among(concepts):
            if family[one] is not family[other]:
                family[one] |= family[other]
                for concept in family[other]:
                    family[concept] = family[one]
        groups: dict[int, list[str]] = {}
        for concept in concepts:
            groups.setdefault(id(family[concept]), []).append(concept)
        return [tuple(group) for group in groups.values()]

    def close(self, concepts: Iterable[str]) -> frozenset[str]:
        """The concepts with all that they entail."""
        given = frozenset(concepts)
        return given.union(*map(self._entailed.__getitem__, given))

    def core(self, concepts: Collection[str], preferred: Collection[str] = ()) -> frozenset[str]:
        """The concepts without those that others among them entail.

        Of equals one stays: a preferred one if there is any, else the first in the alphabet.
        """
        given = frozenset(concepts)
        entailed = given.intersection(set().union(*map(self._entailed.__getitem__, given)))
        unsure = entailed & self._with_equals
        if not unsure:
            return given - entailed

        def rank(concept: str) -> tuple[bool, str]:
            return (concept not in preferred, concept)

        def replaced(concept: str) -> bool:
            narrower = self._below[concept] & given
            equals = narrower & self.above(concept)
            return len(equals) < len(narrower) or any(rank(other) < rank(concept) for other in equals)

        return given - entailed | frozenset(concept for concept in unsure if not replaced(concept))

    def complete(self, facts: Mapping[str, bool]) -> dict[str, bool]:
        """The known facts with all that follows: broader concepts of true ones, narrower ones of false ones.

        Raises Contradiction where the facts cannot all be so.
        """
        known = dict(facts)
        for concept, value in facts.items():
            if value:
                for broader in sorted(self.above(concept)):
                    if facts.get(broader) is False:
                        raise Contradiction(concept, broader)
                    known[broader] = True
        for narrower, above in self._above.items():
            if narrower not in known and any(facts.get(broader) is False for broader in above):
                known[narrower] = False
        return known
