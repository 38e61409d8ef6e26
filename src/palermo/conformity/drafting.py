"""Drafting a bill: an offence's elements changed one by one, and the bill that makes a smallest widening.

A bill is plain data in the form of a legal system's file (docs/corpus.md): its entries replace those of the law with
the same id and add to the others. Formulas that the file names are changed where they stand, as a drafter amends the
section that defines a term; what a formula of an instrument says is written out in the offence once it is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from palermo.conformity.bills import leaves
from palermo.conformity.findings import Coverage, Finding
from palermo.corpus.lookup import formula_of_provision
from palermo.corpus.models import Corpus
from palermo.corpus.terms import Term, at_least, parse_term
from palermo.logic.formula import (
    AllOf,
    AnyOf,
    AtLeast,
    Fact,
    Formula,
    Named,
    expand,
    parse,
    parts_of,
    with_parts,
    written,
)
from palermo.logic.widening import Place, Widening

Data = dict[str, Any]
ORDER = ("id", "acts", "formulas", "offences", "measures", "readings")
"""In which order a bill names its parts."""


class NoBill(ValueError):
    """No such bill can be drafted; the message says why."""


@dataclass(slots=True)
class Edits:
    """What changes in one formula, by the place of an element.

    `dropped` elements go; `alternatives` are concepts that suffice instead of an element; `further` are asked for
    beside it, any one of them.
    """

    dropped: set[Place] = field(default_factory=set)
    alternatives: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    further: dict[Place, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.dropped or self.alternatives or self.further)


def edited(formula: Formula, edits: Edits, place: Place = ()) -> Formula | None:
    """The formula with its elements changed; None where nothing of it is left.

    An element of which every part is dropped is dropped itself.
    """
    if place in edits.dropped:
        return None
    parts = [edited(part, edits, (*place, i)) for i, part in enumerate(parts_of(formula))]
    left = tuple(part for part in parts if part is not None)
    if parts and not left:
        return None
    if isinstance(formula, AtLeast):
        formula = AtLeast(min(formula.n, len(left)), left, formula.cite)
    else:
        formula = with_parts(formula, left)
    if further := edits.further.get(place):
        element = Fact(further[0]) if len(further) == 1 else AnyOf(tuple(map(Fact, further)))
        own = formula.parts if isinstance(formula, AllOf) else (formula,)
        formula = AllOf((*own, element), formula.cite if isinstance(formula, AllOf) else None)
    if more := edits.alternatives.get(place):
        own = formula.parts if isinstance(formula, AnyOf) else (formula,)
        formula = AnyOf((*own, *map(Fact, more)), formula.cite if isinstance(formula, AnyOf) else None)
    return formula


class OffenceDraft:
    """An offence of a law as plain data, with the formulas that it names, to be changed."""

    def __init__(self, corpus: Corpus, law: Mapping[str, Any], offence: str) -> None:
        """`law` is a legal system's file as plain data. Raises NoBill, logic.formula.FormulaError, UnknownFormula."""
        found = next((o for o in law.get("offences") or () if o.get("id") == offence), None)
        if found is None:
            raise NoBill(f"there is no offence {offence!r} in the law of {law.get('id')}")
        self.corpus, self.entry = corpus, found
        self._formulas = {name: parse(raw) for name, raw in (law.get("formulas") or {}).items()}
        self._as_written = {"": parse(found["conduct"])}
        self.roots: dict[str, Formula] = {"": self._own(self._as_written[""])}
        for _, node in self.named(""):
            self.roots.setdefault(node, self._own(self._formulas[node]))

    def _own(self, formula: Formula) -> Formula:
        """The formula with all names put in full but those of this file's own formulas."""
        if isinstance(formula, Named):
            if formula.name in self._formulas:
                return formula
            full = formula_of_provision(self.corpus, None, formula.name)
            return expand(full, {})
        return with_parts(formula, tuple(self._own(part) for part in parts_of(formula)))

    def named(self, root: str) -> Iterator[tuple[Place, str]]:
        """The formulas of the file that stand in a root, with their places, and those within them."""
        seen: set[str] = set()
        waiting = [root]
        while waiting:
            formula = self.roots[waiting[0]] if waiting[0] in self.roots else self._own(self._formulas[waiting[0]])
            waiting.pop(0)
            for place, name in _names(formula, ()):
                if name not in seen:
                    seen.add(name)
                    waiting.append(name)
                    yield place, name

    def at(self, place: Place) -> tuple[str, Place]:
        """Where an element of the conduct, put in full, stands: the root (empty: the offence) and the place in it."""
        root, formula = "", self.roots[""]
        here: Place = ()
        for index in place:
            if isinstance(formula, Named):
                root, here, formula = formula.name, (), self.roots[formula.name]
            here = (*here, index)
            formula = parts_of(formula)[index]
        return root, here

    def changed(self, edits: Mapping[str, Edits]) -> tuple[Data | None, Data]:
        """The offence's entry if it changes, and the formulas that change by name, as plain data.

        Raises NoBill where nothing would be left of one.
        """
        entry: Data | None = None
        formulas: Data = {}
        for root, of_root in edits.items():
            if not of_root:
                continue
            found = edited(self.roots[root], of_root)
            if found is None:
                raise NoBill("an offence without any element would punish everything: leave one, or repeal the offence")
            if root:
                formulas[root] = written(found)
            else:
                entry = {**self.entry, "conduct": written(found)}
        return entry, formulas


def _names(formula: Formula, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(formula, Named):
        yield place, formula.name
    for i, part in enumerate(parts_of(formula)):
        yield from _names(part, (*place, i))


def widenings_of(finding: Finding) -> list[tuple[Coverage, Widening]]:
    """The smallest widenings that close a finding's gaps, numbered from 1 in this order, with the coverage lacking."""
    coverages = {id(leaf.coverage): leaf.coverage for leaf in leaves(finding.answer) if leaf.coverage}
    return [
        (coverage, widening) for coverage in coverages.values() for gap in coverage.gaps for widening in gap.widenings
    ]


def bill_of_widening(corpus: Corpus, law: Mapping[str, Any], finding: Finding, number: int) -> Data:
    """The bill that makes the widening of a finding with that number, counted from 1.

    `law` is the legal system's file as plain data. Raises NoBill.
    """
    found = widenings_of(finding)
    if not 1 <= number <= len(found):
        raise NoBill(f"there are {len(found)} smallest widenings for {finding.cite}")
    coverage, widening = found[number - 1]
    draft = OffenceDraft(corpus, law, widening.offence)
    least = parse_term(coverage.least_maximum) if coverage.least_maximum else None
    edits: dict[str, Edits] = {}
    for amendment in widening.amendments:
        root, place = draft.at(_in_conduct(draft.entry, amendment.path, least))
        of_root = edits.setdefault(root, Edits())
        if amendment.adds:
            of_root.alternatives[place] = amendment.adds
        else:
            of_root.dropped.add(place)
    entry, formulas = draft.changed(edits)
    return bill_with({"id": law["id"]}, [entry] if entry else [], formulas)


def _in_conduct(offence: Mapping[str, Any], place: Place, least: Term | None) -> Place:
    """A place in the conduct with a maximum of at least `least` (one form of the offence or another) as one in it."""
    if least is None:
        return place
    forms = [(False, (offence.get("penalty") or {}).get("max"))]
    forms += [(True, form["max"]) for form in offence.get("aggravated") or () if form.get("max") is not None]
    reaching = [graver for graver, maximum in forms if maximum and at_least(parse_term(maximum), least)]
    if not reaching[place[0]]:
        return place[1:]
    if place[1] == 0 and place[2:]:
        return place[2:]
    raise NoBill(f"the graver form of {offence['id']} would have to change: write it in the text of the bill")


def bill_with(
    bill: Mapping[str, Any],
    offences: Sequence[Data] = (),
    formulas: Mapping[str, Any] = {},
    measures: Data | None = None,
) -> Data:
    """A bill with these entries put in, in place of those with the same id."""
    known = {offence.get("id"): i for i, offence in enumerate(bill.get("offences") or ())}
    listed = list(bill.get("offences") or ())
    for offence in offences:
        if offence["id"] in known:
            listed[known[offence["id"]]] = offence
        else:
            listed.append(offence)
    merged = {
        **bill,
        "formulas": {**(bill.get("formulas") or {}), **formulas},
        "offences": listed,
        "measures": {**(bill.get("measures") or {}), **(measures or {})},
    }
    order = [*ORDER, *(key for key in merged if key not in ORDER)]
    return {key: merged[key] for key in order if merged.get(key)}
