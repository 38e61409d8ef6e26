"""Nobody who has all tables of a release can work out a count that was suppressed."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.cli.main import run
from palermo.evidence.k_anonymity import standing_out, suggest, suppressed
from palermo.evidence.release import (
    TOTAL,
    BadCounts,
    Cell,
    Mark,
    Release,
    Value,
    read_counts,
    release_of,
    written,
)

pytest.importorskip("scipy")
from palermo.evidence.attack import bounds
from palermo.evidence.disclosure import protect

SHAPES = [
    ((3, 3), (("a", "b"),)),
    ((2, 2, 2), (("a", "b", "c"),)),
    ((2, 3, 2), (("a", "b"), ("b", "c"))),
    ((2, 2, 2), (("a", "b"), ("b", "c"), ("a", "c"))),
]


def categories(shape: tuple[int, ...]) -> list[list[str]]:
    return [[f"{name}{i}" for i in range(size)] for name, size in zip("abc", shape, strict=False)]


@st.composite
def releases(draw: st.DrawFn) -> Release:
    shape, tables = draw(st.sampled_from(SHAPES))
    count = st.one_of(st.just(0), st.integers(1, 6), st.integers(0, 60))
    counts: dict[Cell, Value] = {cell: draw(count) for cell in product(*categories(shape))}
    return release_of("abc"[: len(shape)], counts, tables)


@settings(max_examples=25)
@given(release=releases(), threshold=st.integers(2, 6), zeros=st.sampled_from(["publish", "suppress"]))
def test_an_attacker_with_all_tables_pins_no_suppressed_count_and_the_rest_is_true(
    release: Release, threshold: int, zeros: str
) -> None:
    safe = protect(release, threshold, zeros=zeros)
    found = bounds(safe.release, zeros == "publish")
    assert set(found) == {cell for cell, value in safe.release.values.items() if value is Mark.SUPPRESSED}
    for cell, reach in found.items():
        assert reach.width >= threshold
        true = release.values[cell]
        assert isinstance(true, int)
        assert reach.least <= true
        assert reach.most is None or true <= reach.most
    for cell, value in safe.release.values.items():
        true = release.values[cell]
        assert isinstance(true, int)
        small = 0 < true < threshold or (true == 0 and zeros == "suppress")
        assert value is Mark.SUPPRESSED if small else value in (true, Mark.SUPPRESSED)
    assert safe.primary or safe.release.values == release.values


def brute(release: Release, zeros_shown: bool, most: int) -> dict[Cell, tuple[int, int]]:
    """Every table of whole numbers that agrees with what is published, tried one by one."""
    finest = release.finest()
    seen: dict[Cell, set[int]] = {}
    for numbers in product(range(most + 1), repeat=len(finest)):
        table = dict(zip(finest, numbers, strict=True))
        sums = {cell: sum(table[part] for part in release.parts(cell)) for cell in release.values}
        if all(
            (sums[cell] > 0 or not zeros_shown) if value is Mark.SUPPRESSED else sums[cell] == value
            for cell, value in release.values.items()
        ):
            for cell, value in release.values.items():
                if value is Mark.SUPPRESSED:
                    seen.setdefault(cell, set()).add(sums[cell])
    return {cell: (min(values), max(values)) for cell, values in seen.items()}


@settings(max_examples=25)
@given(counts=st.lists(st.integers(0, 5), min_size=4, max_size=4), hide=st.sets(st.integers(0, 7)))
def test_the_attack_finds_exactly_what_trying_all_tables_finds(counts: list[int], hide: set[int]) -> None:
    release = release_of("ab", dict(zip(product("xy", "pq"), counts, strict=True)), [("a", "b")])
    cells = [cell for cell in release.values if cell != (TOTAL, TOTAL)]
    values: dict[Cell, Value] = dict(release.values)
    for i in hide:
        if values[cells[i]] != 0:
            values[cells[i]] = Mark.SUPPRESSED
    hidden = Release(release.dimensions, release.categories, values)
    total = values[TOTAL, TOTAL]
    assert isinstance(total, int)
    if total <= 9:
        found = {cell: (reach.least, reach.most) for cell, reach in bounds(hidden).items()}
        assert found == brute(hidden, True, total)


def test_a_lone_suppressed_count_is_subtraction_away() -> None:
    counts: dict[Cell, Value] = {("x", "p"): 3, ("x", "q"): 20, ("y", "p"): 30, ("y", "q"): 40}
    release = release_of("ab", counts, [("a", "b")])
    naive = Release(release.dimensions, release.categories, {**release.values, ("x", "p"): Mark.SUPPRESSED})
    assert bounds(naive)["x", "p"].width == 0
    safe = protect(release)
    assert safe.primary == (("x", "p"),)
    assert safe.ranges["x", "p"].width >= 5
    assert safe.release.values[TOTAL, TOTAL] == 93


def test_tables_that_share_a_margin_are_protected_together() -> None:
    counts: dict[Cell, Value] = {cell: 10 + i for i, cell in enumerate(product("xy", "pq", "st"))}
    counts["x", "p", "s"] = counts["x", "p", "t"] = 1
    release = release_of("abc", counts, [("a", "b"), ("b", "c")])
    safe = protect(release)
    assert safe.release.values["x", "p", TOTAL] is Mark.SUPPRESSED
    shared = [cell for cell in safe.release.values if cell[0] == TOTAL == cell[2] and cell[1] != TOTAL]
    assert len(shared) == 2  # one cell for each category of b, not one for each table
    assert all(reach.width >= 5 for reach in bounds(safe.release).values())


def test_zero_unknown_not_applicable_and_suppressed_are_four_things() -> None:
    text = "sex,age,n\nf,child,0\nf,adult,3\nm,child,unknown\nm,adult,12\nx,child,not applicable\nx,adult,7\n"
    release = release_of(("sex", "age"), read_counts(text, ("sex", "age"), "n"), [("sex", "age")])
    assert release.values["m", TOTAL] is Mark.UNKNOWN
    assert release.values["x", TOTAL] == 7
    safe = protect(release).release
    assert safe.values["f", "child"] == 0
    assert safe.values["f", "adult"] is Mark.SUPPRESSED
    assert safe.values["m", "child"] is Mark.UNKNOWN
    assert safe.values["x", "child"] is Mark.NOT_APPLICABLE
    rows = {tuple(row[:2]): row[2] for row in csv.reader(written(safe, "n").splitlines())}
    assert (rows["f", "child"], rows["f", "adult"], rows["m", "child"], rows["x", "child"]) == (
        "0",
        "suppressed",
        "unknown",
        "not applicable",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,n\nx,-1\n", "line 2: expected a whole number"),
        ("a,n\nx,<5\n", "line 2: expected a whole number"),
        ("a,n\nx,1\nx,2\n", "line 3: the same combination stands on line 2"),
        ("b,n\nx,1\n", "no column a"),
        ("a,n\n,1\n", "line 2: an empty category"),
    ],
)
def test_faults_of_a_table_of_counts_are_told_with_their_line(text: str, told: str) -> None:
    with pytest.raises(BadCounts, match=told):
        read_counts(text, ("a",), "n")


def test_a_combination_without_a_row_is_no_zero_unless_said() -> None:
    counts: dict[Cell, Value] = {("x", "p"): 8, ("y", "q"): 9}
    with pytest.raises(BadCounts, match="no count for x, q"):
        release_of("ab", counts, [("a", "b")])
    assert release_of("ab", counts, [("a", "b")], "zero").values["x", "q"] == 0


def test_the_verb_writes_what_can_be_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / "counts.csv", tmp_path / "safe.csv"
    file.write_text("a,b,n\nx,p,2\nx,q,20\ny,p,30\ny,q,40\n")
    assert run(["disclose", str(file), "--by", "a,b", "--out", str(out)]) == 0
    assert "1 suppressed because small, 3 more" in capsys.readouterr().out
    assert out.read_text().startswith("a,b,n\nx,p,suppressed\n")
    assert run(["disclose", str(file), "--by", "a,c", "--out", str(out)]) == 2
    assert "no column c" in capsys.readouterr().err


people = st.lists(
    st.fixed_dictionaries(
        {"age": st.sampled_from("123"), "from": st.sampled_from("ABC"), "sex": st.sampled_from("fm")}
    ),
    max_size=25,
)


@given(rows=people, k=st.integers(1, 5))
def test_with_a_suggestion_carried_out_nobody_stands_out(rows: list[Mapping[str, str]], k: int) -> None:
    columns = ("age", "from", "sex")
    found = suggest(rows, columns, k)
    left = suppressed(rows, found)
    assert standing_out(left, columns, k) == ()
    assert len(found.rows) < k
    assert {i for i, _ in found.cells} | set(found.rows) == set(found.alone)
    assert len(left) == len(rows) - len(found.rows)
