"""How national law would show that a duty is met: the `test` of a provision."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from palermo.corpus.terms import Term, parse_term
from palermo.logic.formula import Formula, FormulaError, FormulaFault, Path, nearest, parse


class Practice(msgspec.Struct, frozen=True, tag="practice"):
    """Not decidable from law."""


class Criminalises(msgspec.Struct, frozen=True, tag="criminalises"):
    """All conduct of a provision's formula is an offence: narrowed by `when`, and with at least that maximum."""

    provision: str
    when: Formula | None = None
    max_penalty_at_least: Term | None = None


class Measured(msgspec.Struct, frozen=True, tag="measure"):
    """A measure is `yes`, or at least so long."""

    measure: str
    at_least: Term | None = None


class AllTests(msgspec.Struct, frozen=True, tag="all_of"):
    """Every test is met."""

    tests: tuple[DutyTest, ...]


class AnyTest(msgspec.Struct, frozen=True, tag="any_of"):
    """At least one test is met."""

    tests: tuple[DutyTest, ...]


DutyTest = Practice | Criminalises | Measured | AllTests | AnyTest

_HEADS = ("criminalises", "measure", "all_of", "any_of")
_EXTRAS = {"criminalises": {"when", "max_penalty_at_least"}, "measure": {"at_least"}, "all_of": set(), "any_of": set()}


def parse_test(raw: object, concepts: frozenset[str] | None = None) -> DutyTest:
    """Read a test from plain data. Raises FormulaError naming every fault with its path."""
    problems: list[FormulaFault] = []
    test = _parse(raw, (), concepts, problems)
    if problems:
        raise FormulaError(problems)
    return test


def _parse(raw: object, path: Path, concepts: frozenset[str] | None, problems: list[FormulaFault]) -> DutyTest:
    if raw == "practice":
        return Practice()
    heads = [key for key in raw if key in _HEADS] if isinstance(raw, dict) else []
    if not isinstance(raw, dict) or len(heads) != 1:
        told = f"expected practice, or a mapping with one of {', '.join(_HEADS)}"
        problems.append(FormulaFault(path, told, "malformed-test"))
        return Practice()
    head = heads[0]
    for key in raw:
        if key != head and key not in _EXTRAS[head]:
            known = sorted({head, *_EXTRAS[head]})
            told = f"unknown key {key!r}, expected {', '.join(known)}{nearest(str(key), known)}"
            problems.append(FormulaFault((*path, key), told, "malformed-test"))
    body = raw[head]
    here = (*path, head)
    if head in ("all_of", "any_of"):
        if not isinstance(body, list) or not body:
            problems.append(FormulaFault(here, "expected a list with at least one test", "malformed-test"))
            return Practice()
        tests = tuple(_parse(part, (*here, i), concepts, problems) for i, part in enumerate(body))
        return AllTests(tests) if head == "all_of" else AnyTest(tests)
    if not isinstance(body, str):
        problems.append(FormulaFault(here, "expected text (quote a provision's number)", "malformed-test"))
        body = ""
    if head == "measure":
        return Measured(body, _term(raw, "at_least", path, problems))
    when = None
    if "when" in raw:
        try:
            when = parse(raw["when"], concepts)
        except FormulaError as error:
            problems.extend(fault._replace(path=(*path, "when", *fault.path)) for fault in error.problems)
    return Criminalises(body, when, _term(raw, "max_penalty_at_least", path, problems))


def _term(raw: dict[str, object], key: str, path: Path, problems: list[FormulaFault]) -> Term | None:
    if key not in raw:
        return None
    try:
        return parse_term(raw[key])
    except ValueError as error:
        problems.append(FormulaFault((*path, key), str(error), "not-a-term"))
        return None


def leaves(test: DutyTest, path: Path = ()) -> Iterator[tuple[Path, Practice | Criminalises | Measured]]:
    """Every single test inside a test, with its path in the file."""
    if isinstance(test, AllTests | AnyTest):
        head = "all_of" if isinstance(test, AllTests) else "any_of"
        for i, part in enumerate(test.tests):
            yield from leaves(part, (*path, head, i))
    else:
        yield path, test
