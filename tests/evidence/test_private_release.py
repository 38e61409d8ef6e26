"""What is published depends on noisy tables alone, and no more is spent than was allowed. All persons are made up."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.cli.main import run
from palermo.corpus.problems import CorpusError
from palermo.evidence.privacy_budget import BudgetRefused, read_ledger, spend
from palermo.evidence.private_plan import Plan, PlannedColumn, PlannedTable, read_plan
from palermo.schemas import schema_text

pytest.importorskip("pyarrow")
pytest.importorskip("opendp")
pytest.importorskip("scipy")
import pyarrow as pa

from palermo.evidence import private_release
from palermo.evidence.case_rows import OutsideDomain, coded_rows
from palermo.evidence.maximum_entropy import TooManyColumnsTogether, fit, tree_of
from palermo.evidence.noisy_counts import half_width, mean_error, measurement, variance
from palermo.evidence.private_release import CannotRelease, counted, release, utility

PLAN = """\
data: made-up persons
domains_from: the codebook, edition 3
columns:
  sex: {categories: [female, male, unknown]}
  form: {categories: [sexual exploitation, forced labour, other], else: other}
  age: {categories: ["0-17", "18+"]}
tables:
  - {columns: [form, sex], share: 3}
  - {columns: [form, age]}
"""
TABLES = (("sex", "form"), ("form", "age"))


def planned(tmp_path: Path, text: str = PLAN) -> Plan:
    file = tmp_path / "plan.yaml"
    file.write_text(text, encoding="utf-8")
    return read_plan(file)


def persons(n: int) -> Any:
    chance = np.random.default_rng(7)
    form = chance.integers(0, 3, n)
    sex = np.where(chance.random(n) < 0.8, form % 2, 2)
    return np.stack([sex, form, chance.integers(0, 2, n)], axis=1).astype(np.int32)


# what is spent


@settings(max_examples=40, deadline=None)
@given(
    epsilon=st.decimals("0.01", "10", places=3),
    shares=st.lists(st.integers(1, 9), min_size=1, max_size=5),
)
def test_the_privacy_map_of_all_tables_together_stays_within_epsilon(epsilon: Decimal, shares: list[int]) -> None:
    found = measurement((2, 3), [(0,), (1,), (0, 1), (0,), (1,)][: len(shares)], shares, epsilon)
    assert Fraction(found.total) <= Fraction(epsilon)
    assert found.total == pytest.approx(float(epsilon), rel=1e-9)
    assert sum(found.epsilons) == pytest.approx(found.total)
    for spent, share in zip(found.epsilons, shares, strict=True):
        assert spent == pytest.approx(float(epsilon) * share / sum(shares))


def test_two_persons_more_may_change_the_figures_twice_as_much() -> None:
    found = measurement((2, 3), [(0,), (0, 1)], [1, 1], Decimal("0.5"))
    assert found.composed.map(2) == pytest.approx(2 * found.composed.map(1))


@pytest.mark.parametrize("epsilon", ["0", "-1", "0.0001", "101", "NaN", "Infinity"])
def test_an_epsilon_that_protects_nobody_or_drowns_all_is_refused(epsilon: str) -> None:
    with pytest.raises(ValueError, match="expected one from"):
        measurement((2,), [(0,)], [1], Decimal(epsilon))


@settings(max_examples=40, deadline=None)
@given(asked=st.lists(st.decimals("0.01", "0.6", places=2), min_size=1, max_size=12))
def test_releases_spend_no_more_than_the_budget_and_all_that_is_left(
    tmp_path_factory: pytest.TempPathFactory, asked: list[Decimal]
) -> None:
    file, budget = tmp_path_factory.mktemp("ledger") / "budget.json", Decimal(1)
    total = Decimal(0)
    for epsilon in asked:
        before = file.read_bytes() if file.exists() else None
        if total + epsilon <= budget:
            total += epsilon
            assert spend(file, "x", epsilon, TABLES, budget).total() == total
        else:
            with pytest.raises(BudgetRefused, match="is left"):
                spend(file, "x", epsilon, TABLES)
            assert file.read_bytes() == before
    assert read_ledger(file).left() == budget - total
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_tenth_may_be_spent_ten_times_of_one(tmp_path: Path) -> None:
    for _ in range(10):
        spend(tmp_path / "b", "x", Decimal("0.1"), TABLES, Decimal(1))
    assert read_ledger(tmp_path / "b").left() == 0


def test_releases_at_once_do_not_spend_what_is_left_twice(tmp_path: Path) -> None:
    file = tmp_path / "budget.json"
    spend(file, "x", Decimal("0.25"), TABLES, Decimal(1))

    def try_it(_: int) -> bool:
        while True:
            try:
                spend(file, "x", Decimal("0.25"), TABLES)
            except BudgetRefused as refusal:
                if "is left" in str(refusal):
                    return False
            else:
                return True

    with ThreadPoolExecutor(8) as many:
        done = sum(many.map(try_it, range(40)))
    assert done == 3
    assert read_ledger(file).left() == 0


def test_a_ledger_cannot_be_opened_anew_widened_or_taken_for_another(tmp_path: Path) -> None:
    file = tmp_path / "budget.json"
    with pytest.raises(BudgetRefused, match="say with --budget how much"):
        spend(file, "x", Decimal(1), TABLES)
    spend(file, "x", Decimal(1), TABLES, Decimal(2))
    with pytest.raises(BudgetRefused, match="is not changed by a release"):
        spend(file, "x", Decimal(1), TABLES, Decimal(20))
    with pytest.raises(BudgetRefused, match="the ledger of 'x', not of 'y'"):
        spend(file, "y", Decimal(1), TABLES)
    file.write_text('{"data": "x", "budget": "-3"}')
    with pytest.raises(BudgetRefused, match="is no ledger"):
        spend(file, "x", Decimal(1), TABLES)
    file.write_text("spent: nothing")
    with pytest.raises(BudgetRefused, match="is no ledger"):
        spend(file, "x", Decimal(1), TABLES)


# the noise


@pytest.mark.parametrize("scale", [0.3, 1.0, 4.0, 37.5])
def test_what_is_said_of_the_noise_is_true_of_its_distribution(scale: float) -> None:
    q = np.exp(-1 / scale)
    numbers = np.arange(-3000, 3001)
    chances = (1 - q) / (1 + q) * q ** np.abs(numbers)
    assert chances.sum() == pytest.approx(1)
    assert mean_error(scale) == pytest.approx((np.abs(numbers) * chances).sum())
    assert variance(scale) == pytest.approx((numbers**2 * chances).sum())
    wide = half_width(scale)
    assert chances[np.abs(numbers) > wide].sum() <= 0.05
    assert wide == 0 or chances[np.abs(numbers) > wide - 1].sum() > 0.05


def test_the_noise_is_the_one_that_is_told_and_zero_is_blurred_too() -> None:
    found = measurement((5000,), [(0,)], [1], Decimal("0.25"))
    (noise,) = found(np.zeros((0, 1), dtype=np.int32))
    (scale,) = found.scales
    error = (variance(scale) / noise.size) ** 0.5
    assert abs(noise.mean()) < 6 * error
    assert np.abs(noise).mean() == pytest.approx(mean_error(scale), abs=6 * error)
    assert (noise < 0).any()
    assert not np.array_equal(noise, found(np.zeros((0, 1), dtype=np.int32))[0])


# the distribution of most entropy


SHAPE = (2, 3, 2, 4)


@settings(max_examples=15, deadline=None)
@given(
    tables=st.lists(st.sets(st.integers(0, 3), min_size=1, max_size=2), min_size=1, max_size=5),
    seed=st.integers(0, 1000),
)
def test_tables_without_noise_are_met_and_drawn(tables: list[set[int]], seed: int) -> None:
    chance = np.random.default_rng(seed)
    rows = np.stack([chance.integers(0, size, 600) for size in SHAPE], axis=1)
    axes = [tuple(sorted(table)) for table in tables]
    true = [counted(rows, table, SHAPE) for table in axes]
    fitted = fit(SHAPE, axes, true, [1.0] * len(axes), len(rows))
    drawn = fitted.draw(len(rows), chance)
    assert drawn.shape == rows.shape
    for table, counts in zip(axes, true, strict=True):
        assert np.abs(fitted.marginal(table) * len(rows) - counts).max() < 1.5
        assert np.abs(counted(drawn, table, SHAPE) - counts).max() <= 6


def every_table(shape: Sequence[int], tables: Sequence[tuple[int, ...]], weights: Sequence[Any]) -> Any:
    """The joint distribution of given weights, written out."""
    joint = np.zeros(shape)
    for cell in product(*map(range, shape)):
        joint[cell] = sum(w[tuple(cell[a] for a in table)] for table, w in zip(tables, weights, strict=True))
    joint = np.exp(joint)
    return joint / joint.sum()


def test_columns_that_no_table_joins_are_drawn_independently_given_what_joins_them() -> None:
    chance = np.random.default_rng(2)
    shape, axes = (2, 3, 2), [(0, 1), (1, 2)]
    joint = every_table(shape, axes, [chance.normal(size=(2, 3)), chance.normal(size=(3, 2))])
    noisy = [joint.sum(axis=2) * 20000, joint.sum(axis=0) * 20000]
    drawn = fit(shape, axes, noisy, [1.0, 1.0], 20000).draw(20000, chance)
    assert counted(drawn, (0, 1, 2), shape) == pytest.approx(joint * 20000, abs=400)


def test_tables_that_no_persons_could_have_are_met_as_nearly_as_can_be() -> None:
    apart = np.array([[0.0, 500.0], [500.0, 0.0]])  # a is not b, b is not c, and c is not a
    fitted = fit((2, 2, 2), [(0, 1), (1, 2), (0, 2)], [apart] * 3, [5.0] * 3, 1000)
    for pair in ((0, 1), (1, 2), (0, 2)):
        assert fitted.marginal(pair) * 1000 == pytest.approx(np.array([[500, 1000], [1000, 500]]) / 3, abs=1)


def test_tables_that_tie_too_much_together_are_refused_before_anything_is_spent(tmp_path: Path) -> None:
    size = 130
    with pytest.raises(TooManyColumnsTogether):
        tree_of((size,) * 3, [(0, 1), (1, 2), (0, 2)])
    assert len(tree_of((size,) * 3, [(0, 1), (1, 2)]).cliques) == 2
    column = PlannedColumn(categories=tuple(map(str, range(size))))
    plan = Plan(
        data="x",
        domains_from="y",
        columns={"a": column, "b": column, "c": column},
        tables=tuple(PlannedTable(columns=pair) for pair in (("a", "b"), ("b", "c"), ("c", "a"))),
    )
    with pytest.raises(CannotRelease, match=r"a, b, c: 3 columns with 2,197,000"):
        release(np.zeros((1, 3), dtype=np.int32), plan, Decimal(1), tmp_path / "budget.json", Decimal(1))
    assert list(tmp_path.iterdir()) == []


# the release


def test_all_that_is_published_is_worked_out_of_the_noisy_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(tmp_path)
    real = measurement(plan.shape(), plan.axes(), [3, 1], Decimal("0.5"))
    once = real(persons(300))

    class Fixed:
        scales, epsilons, total = real.scales, real.epsilons, real.total

        def __call__(self, _: Any) -> list[Any]:
            return once

    monkeypatch.setattr(private_release, "measurement", lambda *_: Fixed())
    made = [
        release(rows, plan, Decimal("0.5"), tmp_path / str(i), Decimal(1), np.random.default_rng(1))
        for i, rows in enumerate((persons(300), persons(9000), np.zeros((0, 3), dtype=np.int32)))
    ]
    assert made[0].about == made[1].about == made[2].about
    assert all(np.array_equal(made[0].synthetic, other.synthetic) for other in made)


def test_with_little_noise_the_synthetic_table_is_like_the_true_one(tmp_path: Path) -> None:
    plan, rows = planned(tmp_path), persons(4000)
    made = release(rows, plan, Decimal(20), tmp_path / "budget.json", Decimal(20))
    assert made.about.persons == pytest.approx(4000, abs=30)
    assert all(table.synthetic_distance < 0.01 for table in made.about.tables)
    found = utility(rows, made)
    assert found.warning.startswith("NOT FOR PUBLICATION")
    assert [row.columns for row in found.distances] == [("sex", "form"), ("form", "age"), ("sex", "age")]
    assert all(row.synthetic < 0.03 for row in found.distances)
    assert found.distances[2].noisy is None
    for row, (table, noisy) in zip(found.distances, zip(plan.axes(), made.counts, strict=True), strict=False):
        true = counted(rows, table, plan.shape())
        assert row.noisy == pytest.approx(np.abs(noisy - true).sum() / 2 / 4000)


def test_nobody_at_all_gives_a_release_too(tmp_path: Path) -> None:
    made = release(np.zeros((0, 3), dtype=np.int32), planned(tmp_path), Decimal(1), tmp_path / "b", Decimal(1))
    assert len(made.synthetic) == made.about.persons


# what is read


def test_values_take_published_categories_alone(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    batch = pa.RecordBatch.from_pydict(
        {"sex": ["male", None, "", " female "], "form": ["begging", "forced labour", None, "other"], "age": ["18+"] * 4}
    )
    assert coded_rows([batch, batch], plan).tolist() == [[1, 2, 1], [2, 1, 1], [2, 2, 1], [0, 2, 1]] * 2
    for wrong, told in (("17", "row 6, age: '17' is not among"), (None, "row 6, age: is empty")):
        more = pa.RecordBatch.from_pydict({"sex": ["male"] * 2, "form": ["other"] * 2, "age": ["18+", wrong]})
        with pytest.raises(OutsideDomain, match=told):
            coded_rows([batch, more], plan)


def test_numbers_are_categories_by_how_they_are_written() -> None:
    column = PlannedColumn(categories=("1", "2"))
    plan = Plan(data="x", domains_from="y", columns={"a": column}, tables=(PlannedTable(columns=("a",)),))
    batch = pa.RecordBatch.from_pydict({"a": pa.array([2, 1, 2], pa.int64())})
    assert coded_rows([batch], plan).tolist() == [[1], [0], [1]]


@pytest.mark.parametrize(
    ("old", "new", "at", "rule"),
    [
        ("else: other", "else: others", (5, 73), "unknown-word"),
        ("[female, male, unknown]", "[female, male, male]", (4, 21), "duplicate-key"),
        ("[female, male, unknown]", "[female, male, total]", (4, 21), "unknown-word"),
        ("columns: [form, age]", "columns: [form, agee]", (9, 22), "unknown-word"),
        ("columns: [form, age]", "columns: form", (6, 8), "missing-key"),
        ("columns: [form, age]", "columns: [sex, form]", (9, 5), "duplicate-key"),
        ("share: 3", "share: 0", (8, 35), "wrong-type"),
        ("domains_from: the codebook, edition 3\n", "", (1, 1), "missing-key"),
    ],
)
def test_faults_of_a_plan_are_told_with_their_place(
    tmp_path: Path, old: str, new: str, at: tuple[int, int], rule: str
) -> None:
    assert PLAN.count(old) == 1
    with pytest.raises(CorpusError) as told:
        planned(tmp_path, PLAN.replace(old, new))
    found = [(p.line, p.column, p.rule) for p in told.value.problems]
    assert (*at, rule) in found


# the verb


def test_the_verb_from_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases, plan, ledger = tmp_path / "cases.csv", tmp_path / "plan.yaml", tmp_path / "cases.csv.budget.json"
    plan.write_text(PLAN, encoding="utf-8")
    names = [column.categories for column in read_plan(plan).columns.values()]
    lines = [",".join(own[i] for own, i in zip(names, row, strict=True)) for row in persons(500)]
    cases.write_text("\n".join(["sex,form,age", *lines, ",begging,18+", ""]), encoding="utf-8")

    def verb(out: str, *more: str) -> int:
        return run(["synthesise", str(cases), str(plan), "--epsilon", "0.6", "--out", str(tmp_path / out), *more])

    def refused(told: str, *arguments: str) -> None:
        before = ledger.read_bytes() if ledger.exists() else None
        assert verb(*arguments) == 2
        assert told in capsys.readouterr().err
        assert (ledger.read_bytes() if ledger.exists() else None) == before

    refused("say with --budget how much", "one")
    refused("not for publication", "one", "--budget", "1", "--utility", str(tmp_path / "one" / "utility.json"))
    assert verb("one", "--budget", "1", "--utility", str(tmp_path / "utility.json")) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "by no more than a factor of 1.82" in told
    assert "0.6 of 1 spent" in told
    assert "NOT FOR PUBLICATION" in told
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == ["noisy.csv", "release.json", "synthetic.csv"]
    about = json.loads((tmp_path / "one/release.json").read_text())
    jsonschema.validate(about, json.loads(schema_text("private-release-1")))
    assert (about["answer"]["epsilon"], about["answer"]["delta"]) == ("0.6", "0")
    assert [table["epsilon"] for table in about["answer"]["tables"]] == pytest.approx([0.45, 0.15])
    jsonschema.validate(
        json.loads((tmp_path / "utility.json").read_text()), json.loads(schema_text("private-utility-1"))
    )

    rows = list(csv.DictReader((tmp_path / "one/synthetic.csv").read_text().splitlines()))
    assert len(rows) == about["answer"]["persons"]
    cells = list(csv.DictReader((tmp_path / "one/noisy.csv").read_text().splitlines()))
    assert len(cells) == 3 * 3 + 3 * 2
    for cell in cells:
        like = sum(all(cell[name] in (row[name], "total") for name in row) for row in rows)
        assert like == int(cell["synthetic"])

    refused("is there already", "one")
    refused("0.4 is left", "two")
    assert not (tmp_path / "two").exists()
    cases.write_text("sex,form,age\nmale,other,40\n", encoding="utf-8")
    refused("row 1, age: '40' is not among its categories", "two")
    cases.write_text("sex,form\nmale,other\n", encoding="utf-8")
    refused("no column age", "two")
