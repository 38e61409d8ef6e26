"""The whole linkage: agencies' tables in, links, persons and a count out, nothing left behind."""

from __future__ import annotations

import csv
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from palermo.linkage.mapping import Mapping
from palermo.linkage.model import Integers, Pairs, score
from palermo.linkage.persons import bands, persons_of
from palermo.linkage.records import Unread, prepare
from palermo.linkage.review import Answers, read_review, write_review

SAME, DIFFERENT = 0.9, 0.1
"""Pairs at least so probable are the same person, pairs less probable than this are not; between is doubtful."""

MOST_PROBABLE = 0.5
"""The count takes a doubtful pair for one person from here on."""


class AgencyCount(msgspec.Struct, frozen=True):
    """An agency's records, and how many persons they are of."""

    name: str
    records: int
    persons: int


class Linked(msgspec.Struct, frozen=True):
    """What a linkage found.

    `persons` is the count with each doubtful pair decided by its probability, `fewest` with all of them taken for one
    person, `most` with none. `on_several` counts persons of more than one agency, `largest` the records of the person
    with most. `untrained` are parts of a person whose weights are not from these records.
    """

    records: int
    persons: int
    fewest: int
    most: int
    agencies: tuple[AgencyCount, ...]
    on_several: int
    largest: int
    same: int
    doubtful: int
    answered: int
    unread: tuple[Unread, ...]
    empty: tuple[str, ...]
    untrained: tuple[str, ...]


def link(
    files: Sequence[Path],
    mapping: Mapping,
    out: Path,
    *,
    engine: str = "duckdb",
    same: float = SAME,
    different: float = DIFFERENT,
    review: Path | None = None,
    reviewed: Path | None = None,
    persons: Path | None = None,
    lists: Path | None = None,
    tell: Callable[[int], object] | None = None,
) -> Linked:
    """Link the records of agencies and count persons.

    `out` gets the pairs (agencies, ids, probability, band), `persons` the person of each record, `lists` a table of
    overlaps for `palermo hidden`, `review` the doubtful pairs to be answered; `reviewed` has such answers, which win.
    Temporary files lie in a folder of their own, for this user alone, and are deleted. Raises UnreadableTable,
    UnusableReview, OSError, UnicodeDecodeError.
    """
    with tempfile.TemporaryDirectory(prefix="palermo-link-") as name:
        folder = Path(name)
        records = prepare(files, mapping, folder / "records.parquet", tell)
        answers = read_review(reviewed, records) if reviewed else Answers()
        pairs, untrained = score(records, engine, folder)
        pairs, answered = _with_answers(pairs, answers)
        band = bands(pairs.probability, same, different)
        named = pq.read_table(records.path, columns=["agency", "id"])
        _write_pairs(out, pairs, band, answered, named)
        if review is not None:
            doubtful = np.array([b == "doubtful" for b in band], dtype=np.bool_)
            write_review(review, records, mapping, _some(pairs, doubtful))

        def gathered(from_probability: float) -> Integers:
            return persons_of(records.rows, pairs, from_probability, answers.same, answers.different)

        number = gathered(min(max(MOST_PROBABLE, different), same))
        fewest, most = (len(np.unique(gathered(p))) for p in (different, same))
        if persons is not None:
            _write(persons, named.append_column("person", pa.array(number + 1)))
    agencies, overlaps, counts = overlaps_of(named["agency"].to_pylist(), number)
    if lists is not None:
        write_lists(lists, agencies, overlaps)
    return Linked(
        records=records.rows,
        persons=sum(overlaps.values()),
        fewest=fewest,
        most=most,
        agencies=counts,
        on_several=sum(persons for lists_on, persons in overlaps.items() if len(lists_on) > 1),
        largest=int(np.bincount(number).max(initial=0)),
        same=band.count("same"),
        doubtful=band.count("doubtful"),
        answered=int(answered.sum()),
        unread=records.unread,
        empty=records.empty,
        untrained=untrained,
    )


def overlaps_of(
    agencies: Sequence[str], persons: Integers
) -> tuple[list[str], Counter[tuple[str, ...]], tuple[AgencyCount, ...]]:
    """The agencies, how many persons each set of them knows, and the records and persons of each."""
    names = sorted({*agencies})
    on: dict[int, set[str]] = {}
    for agency, person in zip(agencies, persons.tolist(), strict=True):
        on.setdefault(person, set()).add(agency)
    overlaps = Counter(tuple(sorted(which)) for which in on.values())
    records = Counter(agencies)
    counts = tuple(
        AgencyCount(name, records[name], sum(n for which, n in overlaps.items() if name in which)) for name in names
    )
    return names, overlaps, counts


def write_lists(path: Path, agencies: Sequence[str], overlaps: Counter[tuple[str, ...]]) -> None:
    """Write how many persons each set of agencies knows, as `palermo hidden` reads it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((*agencies, "count"))
        for which, persons in sorted(overlaps.items(), key=lambda entry: (len(entry[0]), entry[0])):
            writer.writerow((*(int(name in which) for name in agencies), persons))


def _with_answers(pairs: Pairs, answers: Answers) -> tuple[Pairs, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """The pairs with what reviewers said of them as certain; pairs that were not among them are added."""
    said = {**dict.fromkeys(answers.same, 1.0), **dict.fromkeys(answers.different, 0.0)}
    if not said:
        return pairs, np.zeros(len(pairs.one), dtype=np.bool_)
    keys = zip(np.minimum(pairs.one, pairs.other).tolist(), np.maximum(pairs.one, pairs.other).tolist(), strict=True)
    places = {key: i for i, key in enumerate(keys) if key in said}
    probability = pairs.probability.copy()
    answered = np.zeros(len(probability), dtype=np.bool_)
    for key, i in places.items():
        probability[i], answered[i] = said[key], True
    new = [key for key in said if key not in places]
    return (
        Pairs(
            np.concatenate([pairs.one, np.array([one for one, _ in new], dtype=np.int64)]),
            np.concatenate([pairs.other, np.array([other for _, other in new], dtype=np.int64)]),
            np.concatenate([probability, np.array([said[key] for key in new], dtype=np.float64)]),
        ),
        np.concatenate([answered, np.ones(len(new), dtype=np.bool_)]),
    )


def _some(pairs: Pairs, which: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Pairs:
    return Pairs(pairs.one[which], pairs.other[which], pairs.probability[which])


def _write_pairs(
    out: Path,
    pairs: Pairs,
    band: Sequence[str],
    answered: np.ndarray[tuple[int], np.dtype[np.bool_]],
    named: pa.Table,
) -> None:
    a, b = (named.take(pa.array(numbers)) for numbers in (pairs.one, pairs.other))
    table = pa.table(
        {
            "agency_a": a["agency"],
            "id_a": a["id"],
            "agency_b": b["agency"],
            "id_b": b["id"],
            "probability": pairs.probability,
            "band": pa.array(band, pa.string()),
            "reviewed": answered,
        }
    )
    _write(out, table.sort_by([("probability", "descending")]))


def _write(path: Path, table: pa.Table) -> None:
    """Write a table at once, for its owner alone to read."""
    temporary = path.with_name(f".{path.name}.part")
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    pq.write_table(table, temporary, compression="zstd")
    os.replace(temporary, path)
