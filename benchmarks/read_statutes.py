"""How well `palermo read` proposes what people encoded: precision and recall over the statutes of statutes.csv.

    python benchmarks/read_statutes.py --texts FOLDER [--write] [--only NAM,UGA] [--explain]

FOLDER holds the statutes as files named LEGAL_SYSTEM.ACT.KIND (`NAM.nam-ctip.txt`), got from the places that
statutes.csv names; those that are not there are left out and told. The texts are not part of this repository.

Compared are sets of concepts, one for each act: on the one side the union over the conduct of every offence of the
act that is encoded and in force on the day of its text; on the other the union of what was proposed as conduct in any
section of the whole act. What is proposed as aggravating is compared with nothing. `day` in statutes.csv is that of a
text which is not today's, be it a dated consolidation or the Act as passed. `strict` asks for the same concept;
`by theory` also counts one that the strict theory of the corpus makes broader or narrower. `--explain` lists misses
and extras of statutes of the development set; of the held-back ones it shows nothing but numbers, so that they stay
unseen.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import palermo
from palermo.corpus.lookup import formula_of_system, strict_theory
from palermo.logic.formula import concepts_in, expand
from palermo.logic.theory import Theory

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "reading.md"
BEGIN, END = "<!-- table: benchmarks/read_statutes.py -->", "<!-- end of table -->"


@dataclass(frozen=True, slots=True)
class Compared:
    """One act: concepts encoded and proposed, and how many sections were read."""

    set: str
    legal_system: str
    act: str
    title: str
    language: str
    sections: int
    encoded: frozenset[str]
    proposed: frozenset[str]
    seconds: float


def encoded_concepts(law: palermo.Law, system_id: str, act: str, on: date) -> frozenset[str]:
    """The concepts in the conduct of the act's offences that are in force that day."""
    system = law.corpus.legal_systems[system_id]
    found: set[str] = set()
    for offence in system.offences:
        if (offence.act or offence.id.split("/", 1)[0]) != act or (
            offence.in_force and not offence.in_force.covers(on)
        ):
            continue
        found |= set(concepts_in(expand(offence.conduct, lambda name: formula_of_system(law.corpus, system, name))))
    return frozenset(found)


def compared(law: palermo.Law, row: dict[str, str], texts: Path, on: date) -> Compared | str:
    """One row of the manifest held against its text, or why it could not be."""
    system_id, act = row["legal_system"], row["act"]
    names = row["texts"].split(";") if row["texts"] else [f"{system_id}.{act}"]
    paths = [path for name in names for path in sorted(texts.glob(f"{name}.*"))]
    if len(paths) < len(names):
        return f"{system_id} {act}: no text; it is at {row['where']}"
    start = time.perf_counter()
    reads = [law.read(path, row["language"]) for path in paths]
    seconds = time.perf_counter() - start
    return Compared(
        row["set"],
        system_id,
        act,
        law.corpus.legal_systems[system_id].acts[act].title,
        row["language"],
        sum(read.counted for read in reads),
        encoded_concepts(law, system_id, act, date.fromisoformat(row["day"]) if row["day"] else on),
        frozenset(c.concept for read in reads for section in read.sections for c in section.concepts),
        seconds,
    )


def share(part: int, whole: int) -> str:
    """A percentage, or a dash where there is nothing to share."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


def by_theory(one: Iterable[str], other: frozenset[str], theory: Theory) -> int:
    """How many concepts of one set stand in the other, or above or below something there."""
    above = {broader for concept in other for broader in theory.above(concept)}
    return sum(c in other or c in above or bool(theory.above(c) & other) for c in one)


def table(results: list[Compared], theory: Theory) -> str:
    """A Markdown table with a line for each act, and one for each set."""
    lines = [
        "| set | act | sections | encoded | proposed | recall | precision | recall by theory | precision by theory |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name in dict.fromkeys(r.set for r in results):
        rows = [r for r in results if r.set == name]
        lines += [_line(name, f"{r.legal_system}, {r.title} ({r.language})", [r], theory) for r in rows]
        lines.append(_line(f"**{name}**", f"**all {len(rows)}**", rows, theory))
    return "\n".join(lines) + "\n"


def _line(name: str, act: str, rows: list[Compared], theory: Theory) -> str:
    hits = sum(len(r.encoded & r.proposed) for r in rows)
    encoded, proposed = sum(len(r.encoded) for r in rows), sum(len(r.proposed) for r in rows)
    wide_recall = sum(by_theory(r.encoded, r.proposed, theory) for r in rows)
    wide_precision = sum(by_theory(r.proposed, r.encoded, theory) for r in rows)
    cells = [
        name,
        act,
        str(sum(r.sections for r in rows)),
        str(encoded),
        str(proposed),
        share(hits, encoded),
        share(hits, proposed),
        share(wide_recall, encoded),
        share(wide_precision, proposed),
    ]
    return f"| {' | '.join(cells)} |"


def with_table(page: str, text: str) -> str:
    """A page with the table put between its marks."""
    head, rest = page.split(BEGIN, 1)
    return f"{head}{BEGIN}\n{text}{END}{rest.split(END, 1)[1]}"


def main() -> int:
    """Compare every act whose text is there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, required=True, help="the folder of the statutes' texts")
    parser.add_argument("--only", default="", help="legal systems, parted by commas")
    parser.add_argument("--write", action="store_true", help="put the table into docs/reading.md")
    parser.add_argument("--explain", action="store_true", help="misses and extras of the development set")
    options = parser.parse_args()
    law = palermo.load()
    only = set(filter(None, options.only.split(",")))
    with (HERE / "statutes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not only or row["legal_system"] in only]
    outcomes = [compared(law, row, options.texts, date.today()) for row in rows]
    results = [outcome for outcome in outcomes if isinstance(outcome, Compared)]
    for outcome in outcomes:
        if isinstance(outcome, str):
            print(outcome, file=sys.stderr)
        elif options.explain and outcome.set == "development":
            print(f"{outcome.legal_system} {outcome.act}, {outcome.seconds:.1f} s")
            print("  missed:", ", ".join(sorted(outcome.encoded - outcome.proposed)) or "nothing")
            print("  extra: ", ", ".join(sorted(outcome.proposed - outcome.encoded)) or "nothing")
    text = table(results, strict_theory(law.corpus))
    print(text)
    if options.write:
        PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 0 if results else 2


if __name__ == "__main__":
    sys.exit(main())
