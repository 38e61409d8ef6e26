"""A study in a folder: everything it rests on, its numbers, and how to reckon them anew."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import msgspec

from palermo.corpus.models import Corpus
from palermo.corpus.own_files import read_own_file
from palermo.evidence.impact import Impact
from palermo.evidence.impact_files import read_adoptions, read_panel, read_traits
from palermo.evidence.impact_study import Adoption, Figure, Specification, Study, Trait

LIBRARIES = ("palermo", "numpy", "pandas", "pyfixest", "scipy", "statsmodels")
PANEL, TREATMENT, TRAITS = "panel.csv", "treatment.csv", "traits.csv"
SPECIFICATION, RESULTS, VERSIONS, READ_ME = "specification.yaml", "results.json", "versions.json", "README.txt"
_READ_ME = """Study of {treatment} and {outcome}, made by Palermo.

panel.csv           the figures used: state, year, indicator, value, status; an empty value is no zero
treatment.csv       the year from which each State counts as treated
traits.csv          classes of States that do not change
specification.yaml  what was asked
results.json        the numbers
versions.json       of the libraries that gave them
*.svg               the figures drawn

palermo impact --from .     reckons the numbers anew from these files and says whether they are the same
"""


def versions() -> dict[str, str]:
    """The versions of Python and of the libraries whose change could change a number."""
    found = {"python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "not installed"
    return found


def files(study: Study, found: Impact, drawings: Mapping[str, str]) -> dict[str, str]:
    """The files of a study's folder, by their names."""
    import yaml

    asked = study.specification
    plain = {
        name: list(value) if isinstance(value, tuple) else value for name, value in dataclasses.asdict(asked).items()
    }
    return {
        PANEL: _table(Figure, study.figures),
        TREATMENT: _table(Adoption, study.adoptions),
        TRAITS: _table(Trait, study.traits),
        SPECIFICATION: yaml.safe_dump(plain, sort_keys=False, allow_unicode=True),
        RESULTS: results(found),
        VERSIONS: json.dumps(versions(), indent=2) + "\n",
        READ_ME: _READ_ME.format(treatment=asked.treatment, outcome=asked.outcome),
        **{f"{name}.svg": drawing for name, drawing in drawings.items() if drawing},
    }


def results(found: Impact) -> str:
    """The numbers as text, every float to its last digit."""
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n"


def read_bundle(corpus: Corpus, folder: Path) -> Study:
    """The study of a folder. Raises CorpusError with every fault of its files, OSError, UnicodeDecodeError."""
    asked, _ = read_own_file(folder / SPECIFICATION, Specification)
    indicators = [name for name in (asked.outcome, asked.per, asked.event) if name]
    figures, _ = read_panel(corpus, folder / PANEL, [*indicators, *asked.moderators])
    return Study(asked, figures, read_adoptions(corpus, folder / TREATMENT), read_traits(folder / TRAITS))


def differences(folder: Path, found: Impact) -> list[str]:
    """Where the numbers of a folder are not those found now, and which versions differ. Raises OSError."""
    there = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
    here = json.loads(results(found))
    told = list(_apart(there, here, ""))
    if not told:
        return []
    before = json.loads((folder / VERSIONS).read_text(encoding="utf-8"))
    told += [
        f"version of {name}: {before.get(name, 'none')} then, {now} now"
        for name, now in versions().items()
        if before.get(name) != now
    ]
    return told


def _apart(there: Any, here: Any, place: str) -> Iterable[str]:
    if isinstance(there, dict) and isinstance(here, dict):
        for name in sorted(there.keys() | here.keys()):
            yield from _apart(there.get(name), here.get(name), f"{place}.{name}" if place else name)
    elif isinstance(there, list) and isinstance(here, list) and len(there) == len(here):
        for i, (one, other) in enumerate(zip(there, here, strict=True)):
            yield from _apart(one, other, f"{place}[{i}]")
    elif there != here:
        yield f"{place}: {there} then, {here} now"


def _table(kind: type[msgspec.Struct], rows: Iterable[msgspec.Struct]) -> str:
    names = [field.name for field in msgspec.structs.fields(kind)]
    text = io.StringIO()
    written = csv.writer(text, lineterminator="\n")
    written.writerow(names)
    for row in rows:
        values = [getattr(row, name) for name in names]
        written.writerow(
            ["" if value is None else repr(value) if isinstance(value, float) else value for value in values]
        )
    return text.getvalue()
