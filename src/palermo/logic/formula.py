"""What a law reaches, as a Boolean formula over concepts.

A formula is one of six frozen nodes. A situation is a set of concepts that are true in it. Every node may
carry `cite`, the place in the law where its words stand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Set
from difflib import get_close_matches
from typing import Any, NamedTuple

import msgspec


class Fact(msgspec.Struct, frozen=True, tag="fact", omit_defaults=True):
    """Holds where the concept is true."""

    concept: str
    cite: str | None = None


class AllOf(msgspec.Struct, frozen=True, tag="all", omit_defaults=True):
    """Holds where every part holds (always, if there are none)."""

    parts: tuple[Formula, ...]
    cite: str | None = None


class AnyOf(msgspec.Struct, frozen=True, tag="any", omit_defaults=True):
    """Holds where at least one part holds (never, if there are none)."""

    parts: tuple[Formula, ...]
    cite: str | None = None


class NoneOf(msgspec.Struct, frozen=True, tag="none", omit_defaults=True):
    """Holds where no part holds: an exception."""

    parts: tuple[Formula, ...]
    cite: str | None = None


class AtLeast(msgspec.Struct, frozen=True, tag="at_least", omit_defaults=True):
    """Holds where at least `n` parts hold."""

    n: int
    parts: tuple[Formula, ...]
    cite: str | None = None


class Named(msgspec.Struct, frozen=True, tag="formula", omit_defaults=True):
    """Holds where the formula of that name holds."""

    name: str
    cite: str | None = None


Formula = Fact | AllOf | AnyOf | NoneOf | AtLeast | Named

NEVER = AnyOf(())
ALWAYS = AllOf(())

Path = tuple[str | int, ...]
Holding = Callable[[Set[str]], bool]
"""Whether a formula holds where exactly these concepts are true."""
_LISTS: dict[str, Any] = {"all": AllOf, "any": AnyOf, "none": NoneOf}
_KEYS = ("all", "any", "none", "at_least", "formula", "concept")


class FormulaFault(NamedTuple):
    """What is wrong with a formula: the path inside it, the words, and the rule that is broken."""

    path: Path
    message: str
    rule: str = "malformed-formula"


class FormulaError(ValueError):
    """A formula is not of the grammar, or names a concept that is not known; `problems` holds every fault."""

    def __init__(self, problems: list[FormulaFault]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{_place(fault.path)}{fault.message}" for fault in problems))


def _place(path: Path) -> str:
    return f"{'.'.join(map(str, path))}: " if path else ""


def nearest(word: str, known: Collection[str]) -> str:
    """The tail of an error message that offers the nearest valid word, or nothing."""
    matches = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean {matches[0]}?" if matches else ""


def parse(raw: object, concepts: Collection[str] | None = None) -> Formula:
    """Read a formula from plain data (what YAML gives).

    `concepts` are the known concept ids; without them any id is taken. Raises FormulaError naming every
    fault with its path.
    """
    problems: list[FormulaFault] = []
    formula = _parse(raw, (), concepts, problems)
    if problems:
        raise FormulaError(problems)
    return formula


def _parse(raw: object, path: Path, concepts: Collection[str] | None, problems: list[FormulaFault]) -> Formula:
    if isinstance(raw, str):
        return _fact(raw, None, path, concepts, problems)
    if not isinstance(raw, dict):
        problems.append(FormulaFault(path, f"expected a concept id or one of {', '.join(_KEYS)}, not {_kind(raw)}"))
        return NEVER
    cite = raw.get("cite")
    if cite is not None and not isinstance(cite, str):
        problems.append(FormulaFault((*path, "cite"), f"expected text, not {_kind(cite)}"))
        cite = None
    heads = [key for key in raw if key != "cite"]
    if len(heads) != 1:
        found = ", ".join(map(str, heads)) or "none"
        problems.append(
            FormulaFault(path, f"expected exactly one of {', '.join(_KEYS)} (and perhaps cite), found {found}")
        )
        return NEVER
    head, body = heads[0], raw[heads[0]]
    here = (*path, head)
    if head in _LISTS:
        return _LISTS[head](_parts(body, here, concepts, problems), cite)  # type: ignore[no-any-return]
    if head == "at_least":
        return _at_least(body, here, cite, concepts, problems)
    if head in ("formula", "concept"):
        if not isinstance(body, str):
            problems.append(FormulaFault(here, f"expected a name, not {_kind(body)}"))
            return NEVER
        return Named(body, cite) if head == "formula" else _fact(body, cite, here, concepts, problems)
    offered = nearest(str(head), _KEYS)
    problems.append(
        FormulaFault(here, f"unknown key {head!r} in a formula, expected one of {', '.join(_KEYS)}{offered}")
    )
    return NEVER


def _fact(
    concept: str, cite: str | None, path: Path, concepts: Collection[str] | None, problems: list[FormulaFault]
) -> Formula:
    if concepts is not None and concept not in concepts:
        told = f"unknown concept {concept!r}, expected one of concepts.yaml{nearest(concept, concepts)}"
        problems.append(FormulaFault(path, told, "unknown-concept"))
    return Fact(concept, cite)


def _parts(
    raw: object, path: Path, concepts: Collection[str] | None, problems: list[FormulaFault]
) -> tuple[Formula, ...]:
    if not isinstance(raw, list) or not raw:
        problems.append(FormulaFault(path, "expected a list with at least one part"))
        return ()
    return tuple(_parse(part, (*path, i), concepts, problems) for i, part in enumerate(raw))


def _at_least(
    raw: object, path: Path, cite: str | None, concepts: Collection[str] | None, problems: list[FormulaFault]
) -> Formula:
    if not isinstance(raw, dict) or set(raw) != {"n", "of"}:
        problems.append(FormulaFault(path, "expected {n: number, of: [..]}"))
        return NEVER
    parts = _parts(raw["of"], (*path, "of"), concepts, problems)
    n = raw["n"]
    if parts and (not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= len(parts)):
        problems.append(FormulaFault((*path, "n"), f"expected a whole number from 1 to {len(parts)}, not {_kind(n)}"))
        return NEVER
    return AtLeast(n, parts, cite)


def written(formula: Formula) -> Any:
    """A formula as plain data of the grammar, which `parse` reads back."""
    cited = {"cite": formula.cite} if formula.cite else {}
    if isinstance(formula, Fact):
        return {"concept": formula.concept, **cited} if cited else formula.concept
    if isinstance(formula, Named):
        return {"formula": formula.name, **cited}
    parts = [written(part) for part in formula.parts]
    if isinstance(formula, AtLeast):
        return {"at_least": {"n": formula.n, "of": parts}, **cited}
    head = next(key for key, node in _LISTS.items() if isinstance(formula, node))
    return {head: parts, **cited}


def _kind(raw: object) -> str:
    return {dict: "a mapping", list: "a list", type(None): "nothing"}.get(type(raw), f"{raw!r}")


def parts_of(formula: Formula) -> tuple[Formula, ...]:
    """The parts a node is made of; none for a fact or a name."""
    return () if isinstance(formula, Fact | Named) else formula.parts


def with_parts(formula: Formula, parts: tuple[Formula, ...]) -> Formula:
    """The same node over other parts."""
    return formula if isinstance(formula, Fact | Named) else msgspec.structs.replace(formula, parts=parts)


def needed(formula: AllOf | AnyOf | NoneOf | AtLeast) -> int:
    """How many parts must hold for the node to hold; of an exception, for it to fail."""
    if isinstance(formula, AllOf):
        return len(formula.parts)
    return formula.n if isinstance(formula, AtLeast) else 1


def nodes(formula: Formula, path: Path = ()) -> Iterator[tuple[Path, Formula]]:
    """Every node with its path (the index of each part on the way), the formula itself first."""
    yield path, formula
    for i, part in enumerate(parts_of(formula)):
        yield from nodes(part, (*path, i))


def concepts_in(formula: Formula) -> tuple[str, ...]:
    """The concepts a formula speaks of, each once, in order of appearance."""
    return tuple(dict.fromkeys(node.concept for _, node in nodes(formula) if isinstance(node, Fact)))


def names_in(formula: Formula) -> tuple[str, ...]:
    """The named formulas a formula refers to, each once."""
    return tuple(dict.fromkeys(node.name for _, node in nodes(formula) if isinstance(node, Named)))


def expand(formula: Formula, resolve: Callable[[str], Formula] | Mapping[str, Formula]) -> Formula:
    """Put the named formulas in place of their names.

    A name's own `cite` goes to the node put in its place if that has none. Raises KeyError for an unknown name
    and RecursionError for a formula that names itself.
    """
    find: Callable[[str], Formula] = resolve.__getitem__ if isinstance(resolve, Mapping) else resolve
    return _expand(formula, find, ())


def _expand(formula: Formula, find: Callable[[str], Formula], seen: tuple[str, ...]) -> Formula:
    if isinstance(formula, Named):
        if formula.name in seen:
            raise RecursionError(" -> ".join((*seen, formula.name)))
        found = _expand(find(formula.name), find, (*seen, formula.name))
        return msgspec.structs.replace(found, cite=formula.cite) if formula.cite and not found.cite else found
    return with_parts(formula, tuple(_expand(part, find, seen) for part in parts_of(formula)))


def holds(formula: Formula, true: Collection[str]) -> bool:
    """Whether an expanded formula holds where exactly these concepts are true."""
    if isinstance(formula, Fact):
        return formula.concept in true
    if isinstance(formula, Named):
        raise ValueError(f"expand the formula first: it names {formula.name}")
    if isinstance(formula, AtLeast):
        return sum(holds(part, true) for part in formula.parts) >= formula.n
    settling = not isinstance(formula, AllOf)
    for part in formula.parts:  # a loop: `any` over a generator takes twice as long, and this is asked very often
        if (part.concept in true if isinstance(part, Fact) else holds(part, true)) is settling:
            return isinstance(formula, AnyOf)
    return not isinstance(formula, AnyOf)


def holding(formula: Formula) -> Holding:
    """`holds` of one expanded formula, made ready to be asked of many situations."""
    if isinstance(formula, Fact):
        concept = formula.concept
        return lambda true: concept in true
    if isinstance(formula, Named):
        raise ValueError(f"expand the formula first: it names {formula.name}")
    if isinstance(formula, AtLeast):
        n, each = formula.n, tuple(map(holding, formula.parts))
        return lambda true: sum(part(true) for part in each) >= n
    facts = frozenset(part.concept for part in formula.parts if isinstance(part, Fact))
    others = tuple(holding(part) for part in formula.parts if not isinstance(part, Fact))
    if isinstance(formula, AllOf):
        return lambda true: facts <= true and _each(others, true)
    if isinstance(formula, AnyOf):
        return lambda true: not facts.isdisjoint(true) or _one(others, true)
    return lambda true: facts.isdisjoint(true) and not _one(others, true)


def _each(parts: tuple[Holding, ...], true: Set[str]) -> bool:
    for part in parts:  # noqa: SIM110 (a loop: `all` over a generator takes twice as long)
        if not part(true):
            return False
    return True


def _one(parts: tuple[Holding, ...], true: Set[str]) -> bool:
    for part in parts:  # noqa: SIM110 (a loop: `any` over a generator takes twice as long)
        if part(true):
            return True
    return False
