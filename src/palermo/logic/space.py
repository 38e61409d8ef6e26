"""The space of all situations over some concepts, and sets of situations in it as decision diagrams.

All answers are exact. The diagrams are oxidd's; this module adds what law asks of them: the theory between
concepts, minimal situations, model counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, cast

from palermo.logic.formula import AllOf, AnyOf, AtLeast, Fact, Formula, NoneOf, concepts_in
from palermo.logic.patience import go_on
from palermo.logic.theory import Theory

if TYPE_CHECKING:
    from oxidd.bdd import BDDFunction

    Minimal = tuple[tuple[int, ...], BDDFunction]

Situation = frozenset[str]

_MOST_NODES = 1 << 22
"""Room for the diagrams of one space; only what is used takes memory. The largest law so far uses a tenth."""
_CACHE = 1 << 16


class Space:
    """Situations over the concepts of some formulas, of which only those the theory allows exist.

    `world` is the diagram of all situations that the theory allows, `linked` the concepts of which it says anything. A
    space holds two threads and a few megabytes while it lives: keep its answers, not the space.
    """

    def __init__(self, formulas: Iterable[Formula], theory: Theory | None = None) -> None:
        from oxidd.bdd import BDDManager  # late: half of what it takes to import palermo.logic

        found = dict.fromkeys(concept for formula in formulas for concept in concepts_in(formula))
        self.concepts: tuple[str, ...] = tuple(sorted(found))
        self.theory = theory or Theory()
        self._manager = BDDManager(_MOST_NODES, _CACHE, 1)
        families = self.theory.families(found)
        # What stands together in a law or is linked by the theory lies together in the diagrams, which are then small,
        # even those of many laws in one space.
        order = [concept for family in families for concept in family]
        first = {concept: min(self.theory.equals(concept) & found.keys()) for concept in order}
        variables = {concept: i for i, concept in enumerate(dict.fromkeys(first[concept] for concept in order))}
        self._index = {concept: variables[first[concept]] for concept in self.concepts}
        self._named: list[list[str]] = [[] for _ in variables]
        for concept, i in self._index.items():
            self._named[i].append(concept)
        if variables:
            self._manager.add_vars(len(variables))
        self._known: dict[BDDFunction, Minimal] = {}
        self._linked = [frozenset(family) for family in families if len(family) > 1]
        self.linked: frozenset[str] = frozenset().union(*self._linked)
        self._allowed: dict[frozenset[str], BDDFunction] = {}
        self.nothing: BDDFunction = self._manager.false()
        self.world: BDDFunction = self.allowed(found.keys())

    def allowed(self, concepts: Collection[str]) -> BDDFunction:
        """The situations that the theory allows as far as it speaks of these concepts alone.

        Implications between them by way of others are taken in.
        """
        result = self._manager.true()
        for family in self._linked:
            named = family.intersection(concepts)
            if len(named) < 2:
                continue
            if named not in self._allowed:
                links = self._manager.true()
                for narrower, broader in self.theory.among(named):
                    links &= self._var(narrower).imp(self._var(broader))
                self._allowed[named] = links
            result &= self._allowed[named]
        return result

    def _var(self, concept: str) -> BDDFunction:
        return self._manager.var(self._index[concept])

    def diagram(self, formula: Formula) -> BDDFunction:
        """The set of situations in which an expanded formula holds (whether or not the theory allows them)."""
        return self._diagram(formula, None)

    def diagrams(self, formulas: Sequence[Formula]) -> list[BDDFunction]:
        """The diagram of each formula. Parts that formulas share, the very same objects, are worked out once."""
        known: dict[int, BDDFunction] = {}
        return [self._diagram(formula, known) for formula in formulas]

    def _diagram(self, formula: Formula, known: dict[int, BDDFunction] | None) -> BDDFunction:
        """`known` are the diagrams of parts by their identity; all of these parts must live as long as it does."""
        if isinstance(formula, Fact):
            return self._var(formula.concept)
        if known is not None and id(formula) in known:
            return known[id(formula)]
        if isinstance(formula, AllOf):
            result = self._manager.true()
            for part in formula.parts:
                result &= self._diagram(part, known)
        elif isinstance(formula, AnyOf | NoneOf):
            result = self._manager.false()
            for part in formula.parts:
                result |= self._diagram(part, known)
            if isinstance(formula, NoneOf):
                result = ~result
        elif isinstance(formula, AtLeast):
            result = self._at_least(formula.n, [self._diagram(part, known) for part in formula.parts])
        else:
            raise ValueError(f"expand the formula first: it names {formula.name}")
        if known is not None:
            known[id(formula)] = result
        return result

    def _at_least(self, n: int, parts: list[BDDFunction]) -> BDDFunction:
        # reached[k]: at least k of the parts seen so far hold
        reached = [self._manager.true()] + [self._manager.false()] * n
        for part in parts:
            for k in range(n, 0, -1):
                reached[k] |= reached[k - 1] & part
        return reached[n]

    def given(self, true: Iterable[str], false: Iterable[str] = ()) -> BDDFunction:
        """The situations with these concepts true and those false. Concepts outside the space are passed over."""
        result = self._manager.true()
        for concept in true:
            if concept in self._index:
                result &= self._var(concept)
        for concept in false:
            if concept in self._index:
                result &= ~self._var(concept)
        return result

    def possible(self, diagram: BDDFunction) -> bool:
        """Whether the theory allows any situation of the set."""
        return (diagram & self.world).satisfiable()

    def count(self, diagram: BDDFunction) -> int:
        """How many situations of the set the theory allows: exact."""
        return self.size(diagram & self.world)

    def size(self, diagram: BDDFunction) -> int:
        """How many situations are in the set, whether or not the theory allows them: exact."""
        return int(diagram.sat_count(self._manager.num_vars()))

    def minimal(self, diagram: BDDFunction) -> list[Situation]:
        """The situations of the set of which no part is in the set, smallest first.

        Each is given with all concepts true in it, those that follow by the theory included.
        """
        return self.additions(diagram, (), ())

    def additions(self, diagram: BDDFunction, true: Collection[str], false: Collection[str]) -> list[Situation]:
        """What is least to be added to `true`, leaving out `false`, to come to a situation of the set."""
        given = self.given(true, false)
        settled = self.given((*true, *false))
        left = (diagram & self.world & given).exists(settled)
        found = [self.situation(mask) for mask in self._minimal(left)[0]]
        return sorted(found, key=lambda situation: (len(situation), sorted(situation)))

    def minimal_masks(self, diagram: BDDFunction) -> tuple[int, ...]:
        """The minimal situations of a set as bit masks, in which bit `index(concept)` says whether it is true."""
        return self._minimal(diagram & self.world)[0]

    def situation(self, mask: int) -> Situation:
        """The concepts that are true by a bit mask."""
        concepts: list[str] = []
        while mask:
            concepts += self._named[(mask & -mask).bit_length() - 1]
            mask &= mask - 1
        return frozenset(concepts)

    def index(self, concept: str) -> int:
        """The number of a concept's variable, which equal concepts share."""
        return self._index[concept]

    def mask(self, concepts: Iterable[str]) -> int:
        """The bit mask of a situation: some concepts with all that follows from them."""
        mask = 0
        for concept in self.theory.close(concepts):
            if concept in self._index:
                mask |= 1 << self._index[concept]
        return mask

    def _minimal(self, diagram: BDDFunction) -> Minimal:
        """The minimal situations as bit masks, and the diagram of all that contain one of them.

        What contains a minimal situation without the topmost concept is cut off before those with the concept
        are sought, so the work grows with what is found and not with the size of the diagram.
        """
        if diagram not in self._known:
            go_on()
            children = diagram.cofactors()
            if children is None:
                self._known[diagram] = ((0,) if diagram.satisfiable() else (), diagram)
            else:
                with_it, without_it = children
                topmost = cast("int", diagram.node_var())
                fewer, above_fewer = self._minimal(without_it)
                more, above_more = self._minimal(with_it & ~above_fewer)
                found = (*fewer, *(mask | 1 << topmost for mask in more))
                self._known[diagram] = found, above_fewer | self._manager.var(topmost) & above_more
        return self._known[diagram]

    def tells_apart(self, concept: str, one: BDDFunction, other: BDDFunction) -> bool:
        """Whether a situation of one set and one of another differ in nothing but the concept (its equals aside)."""
        variable = self._var(concept)
        with_it, without_it = (
            [(diagram & value).exists(variable) for diagram in (one, other)] for value in (variable, ~variable)
        )
        apart = with_it[0] & without_it[1] | without_it[0] & with_it[1]
        return bool(apart.satisfiable())

    def falls(self, diagram: BDDFunction, concept: str) -> bool:
        """Whether the concept alone can bring a situation out of the set, among those that the theory allows."""
        variable = self._var(concept)
        without = (diagram & self.world & ~variable).exists(variable)
        return bool((without & (~diagram & self.world & variable).exists(variable)).satisfiable())
