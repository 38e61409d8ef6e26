"""Laws as SQL, so that tables are screened where they lie: the same steps as on planes, lowered to suit the engine.

DuckDB computes fastest on small integers with bit operations, Spark on Booleans; both get the same program. Nothing in
it compares or computes on values of the table beyond equality with listed texts, which all engines do alike.
"""

from __future__ import annotations

from collections.abc import Mapping as Table
from collections.abc import Sequence
from typing import Any

from sqlglot import exp

from palermo.logic.formula import Formula
from palermo.logic.planes import Program
from palermo.logic.theory import Theory
from palermo.screening.mapping import Column, Mapping

CLASH = "palermo_clash"
BAD = "palermo_bad"


def screening_sql(
    dialect: str,
    source: str,
    columns: Sequence[str],
    laws: Table[str, Formula],
    theory: Theory,
    mapping: Mapping,
    keep: Sequence[str],
) -> str:
    """A SELECT that gives the kept columns and one three-valued column for each law, for every row of `source`.

    `source` is a table expression of the dialect; `columns` are those it has. Two further columns say whether the
    row's facts contradict each other and whether one of its cells could not be read.
    """
    bits = _Bits(dialect)
    concepts = mapping.concepts()
    program = Program(laws, concepts, theory)
    used = {name: column for name, column in mapping.columns.items() if name in columns}
    facts = []
    for i, concept in enumerate(concepts):
        for letter, side in (("t", "true"), ("f", "false")):
            told = [
                bits.holds(name, column, getattr(fact, side))
                for name, column in used.items()
                for fact in column.facts
                if fact.concept == concept and getattr(fact, side)
            ]
            facts.append(exp.alias_(bits.any(told), f"{letter}{i}"))
    bad = exp.alias_(bits.any([bits.strange(name, column) for name, column in used.items()]), BAD)
    kept = [exp.column(name, quoted=True) for name in keep]
    inner = exp.select(*kept, *facts, bad).from_(source)
    names = {-(i + 1): f"t{i}" for i in range(len(concepts))}
    names |= {-(len(concepts) + i + 1): f"f{i}" for i in range(len(concepts))}
    steps = []
    for number, (is_and, one, other) in enumerate(program.plain_steps()):
        value = (bits.both if is_and else bits.either)(names[one], names[other])
        names[number] = f"s{number}"
        steps.append(exp.alias_(value, names[number]))
    results = program.plain_results()
    values = [bits.constant(r) if isinstance(r, bool) else exp.column(names[r]) for r in results]
    clash = bits.truth(values[-1])
    answers = []
    for name, true, false in zip(laws, values[:-1:2], values[1:-1:2], strict=True):
        case = (
            exp.Case().when(clash, exp.null()).when(bits.truth(true), exp.true()).when(bits.truth(false), exp.false())
        )
        answers.append(exp.alias_(exp.cast(case, "boolean"), name, quoted=True))
    middle = (
        exp.select("*", *steps).from_(inner.subquery("facts"))
        if steps
        else exp.select("*").from_(inner.subquery("facts"))
    )
    outer = exp.select(*kept, *answers, exp.alias_(clash.copy(), CLASH), exp.alias_(bits.truth(exp.column(BAD)), BAD))
    return outer.from_(middle.subquery("steps")).sql(dialect=dialect)


class _Bits:
    """How an engine holds one bit: DuckDB as 0 and 1, Spark as a Boolean that is never null."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self.small = dialect == "duckdb"

    def constant(self, value: bool) -> Any:
        return exp.cast(exp.Literal.number(int(value)), "tinyint") if self.small else exp.convert(value)

    def truth(self, bit: Any) -> Any:
        return exp.EQ(this=bit.copy(), expression=exp.Literal.number(1)) if self.small else bit.copy()

    def _of(self, condition: Any) -> Any:
        certain = exp.Coalesce(this=condition, expressions=[exp.false()])
        return exp.cast(certain, "tinyint") if self.small else certain

    def any(self, bits: Sequence[Any]) -> Any:
        result = self.constant(False) if not bits else bits[0]
        for bit in bits[1:]:
            result = exp.BitwiseOr(this=result, expression=bit) if self.small else exp.or_(result, bit)
        return result

    def both(self, one: str, other: str) -> Any:
        a, b = exp.column(one), exp.column(other)
        return exp.BitwiseAnd(this=a, expression=b) if self.small else exp.and_(a, b)

    def either(self, one: str, other: str) -> Any:
        a, b = exp.column(one), exp.column(other)
        return exp.BitwiseOr(this=a, expression=b) if self.small else exp.or_(a, b)

    def holds(self, name: str, column: Column, values: Sequence[str]) -> Any:
        """Whether a cell has one of the values."""
        listed = [exp.Literal.string(value) for value in values]
        if column.separator is None:
            return self._of(exp.In(this=_text(name), expressions=listed))
        overlap = "arrays_overlap" if self.dialect == "spark" else "list_has_any"
        return self._of(_call(overlap, self._tokens(name, column.separator), exp.array(*listed)))

    def strange(self, name: str, column: Column) -> Any:
        """Whether a cell has a value that the mapping does not know."""
        known = [exp.Literal.string(value) for value in sorted(column.known_values())]
        if column.separator is None:
            return self._of(exp.Not(this=exp.In(this=_text(name), expressions=known)))
        tokens = self._tokens(name, column.separator)
        if self.dialect == "spark":
            odd = _call("size", _call("array_except", tokens, exp.array(*known)))
            return self._of(exp.GT(this=odd, expression=exp.Literal.number(0)))
        return self._of(exp.Not(this=_call("list_has_all", exp.array(*known), tokens)))

    def _tokens(self, name: str, separator: str) -> Any:
        split = "split" if self.dialect == "spark" else "regexp_split_to_array"
        return _call(split, _text(name), exp.Literal.string(f"[ ]*[{separator}][ ]*"))


def _call(name: str, *arguments: Any) -> Any:
    """A function of the engine's own, by its name: sqlglot's general ones quote or rename what we mean."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def _text(name: str) -> Any:
    return exp.Trim(this=exp.cast(exp.column(name, quoted=True), "text"))
