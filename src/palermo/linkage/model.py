"""The probability that two records are of one person: a Fellegi-Sunter model, trained and applied by Splink.

Each part of a person is compared in levels, from equal to different; a part that either record lacks says nothing.
Everything is SQL that DuckDB and Spark have alike, so both give the same levels.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from palermo.linkage.records import Records
from palermo.screening.tables import UnreadableTable

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

ENGINES = ("duckdb", "spark")
KEPT_FROM = 0.01
"""Pairs less probable than this are different and not kept."""

_SCORED_FROM = 0.0005
_OTHERS = 1.5
"""Of the records that bear a name, how many are taken to be the pair itself when its frequency is asked."""

_SAMPLED_PAIRS = 5_000_000
_TRAINING_PAIRS = 2_000_000
_SEED = 1
_ENOUGH = 50
"""Pairs of one person from which on trained weights are better than those begun with."""
_CERTAIN_RULES_FIND = 0.6
"""The share of true pairs that the strict rules below are taken to find; it only sets where training begins."""


class Pairs(msgspec.Struct, frozen=True):
    """Pairs of records by their numbers, and the probability that each is of one person."""

    one: Integers
    other: Integers
    probability: Floats


class Level(msgspec.Struct, frozen=True):
    """A level of agreement.

    Its condition, how often records of one person are taken to meet it before any training, and the column by the
    frequency of whose value it is weighed.
    """

    condition: str
    of_one: float
    by_frequency_of: str | None = None


def _near(part: str, overlap: str) -> str:
    """A word in common, or few letters different."""
    letters = f"greatest(length({part}_l), length({part}_r))"
    slips = f"CASE WHEN {letters} >= 7 THEN 2 WHEN {letters} >= 4 THEN 1 ELSE 0 END"
    return (
        f"({overlap}({part}_words_l, {part}_words_r) OR "
        f"(abs(length({part}_l) - length({part}_r)) <= 2 AND levenshtein({part}_l, {part}_r) <= {slips}))"
    )


def _name_levels(engine: str) -> list[Level]:
    """Both names at once, since given and family names go together: a frequent pair is weighed as a pair."""
    overlap = "list_has_any" if engine == "duckdb" else "arrays_overlap"
    given_near, family_near = _near("given", overlap), _near("family", overlap)
    given, family = "given_sound_l = given_sound_r", "family_sound_l = family_sound_r"
    no_given = "(given_l IS NULL OR given_r IS NULL)"
    no_family = "(family_l IS NULL OR family_r IS NULL)"
    return [
        Level("name_l = name_r", 0.30, "name"),
        Level("name_key_l = name_key_r", 0.25, "name_key"),
        Level(f"{family} AND {given_near}", 0.10, "family_sound"),
        Level(f"{given} AND {family_near}", 0.08, "given_sound"),
        Level(f"{family} AND {no_given}", 0.03, "family_sound"),
        Level(f"{given} AND {no_family}", 0.03, "given_sound"),
        Level(f"{given_near} AND {family_near}", 0.05),
        Level("given_sound_l = family_sound_r OR family_sound_l = given_sound_r", 0.03),
        Level(family, 0.05, "family_sound"),
        Level(given, 0.05, "given_sound"),
        Level("ELSE", 0.03),
    ]


def _comparisons(engine: str, empty: Sequence[str]) -> dict[str, tuple[str, list[Level]]]:
    same_year = "birth_year_l = birth_year_r"
    same_day = "birth_day_l = birth_day_r"
    no_day = "(birth_day_l IS NULL OR birth_day_r IS NULL)"
    turned = "concat(substr(birth_day_l, 3, 2), substr(birth_day_l, 1, 2)) = birth_day_r"
    near_years = "abs(birth_year_l - birth_year_r)"
    digit = "levenshtein(cast(birth_year_l AS varchar(4)), cast(birth_year_r AS varchar(4))) = 1"
    all_of_them = {
        "name": (
            "(given_l IS NULL OR given_r IS NULL) AND (family_l IS NULL OR family_r IS NULL)",
            _name_levels(engine),
        ),
        "birth_year": (
            "birth_year_l IS NULL OR birth_year_r IS NULL",
            [
                Level(f"{same_year} AND {same_day}", 0.72),
                Level(f"{same_year} AND ({turned} OR levenshtein(birth_day_l, birth_day_r) = 1)", 0.04),
                Level(f"{same_day} AND {digit}", 0.02),
                Level(f"{same_year} AND {no_day}", 0.12),
                Level(f"{near_years} <= 2 AND {no_day}", 0.06),
                Level(same_year, 0.02),
                Level("ELSE", 0.02),
            ],
        ),
        "sex": _same("sex", 0.98),
        "nationality": _same("nationality", 0.95),
        "place": _same("place", 0.8, by_frequency=True),
    }
    return {part: levels for part, levels in all_of_them.items() if part not in empty}


def _same(part: str, of_one: float, by_frequency: bool = False) -> tuple[str, list[Level]]:
    equal = Level(f"{part}_l = {part}_r", of_one, part if by_frequency else None)
    return f"{part}_l IS NULL OR {part}_r IS NULL", [equal, Level("ELSE", 1 - of_one)]


_BLOCKS: tuple[tuple[str, ...], ...] = (
    ("name_key",),
    ("birth_year", "birth_day", "nationality"),
    ("birth_year", "birth_day", "given_sound"),
    ("birth_year", "birth_day", "family_sound"),
    ("birth_year", "family_sound", "substr(given_sound, 1, 1)"),
    ("birth_year", "given_sound", "substr(family_sound, 1, 1)"),
)
"""Pairs that agree in all columns of one of these are compared."""

_TRAINING_BLOCKS: tuple[tuple[str, ...], ...] = (
    ("birth_year", "birth_day"),
    ("name_key", "sex", "nationality"),
)
"""The first trains all but birth dates, among strangers born on one day; the second birth dates and places, among
people of one name: sex and nationality go with names, and training on them there would mistake namesakes for one."""

_GO_WITH_NAMES = ("sex", "nationality")
_STRANGERS = """
    SELECT {shares}
    FROM {table} AS l JOIN {table} AS r ON l.name_key = r.name_key AND l.unique_id < r.unique_id
    WHERE abs(l.birth_year - r.birth_year) > 3
"""
"""Namesakes who are certainly not one person."""


_FREQUENCY = """
    SELECT {column},
        cast(greatest(count(*) - {others}, 0.5) AS double) / (SELECT count({column}) FROM {table}) AS tf_{column}
    FROM {table} WHERE {column} IS NOT NULL GROUP BY {column}
"""

_PRIOR_MOVES = 50.0
"""How many times more or fewer matches the scores may tell than the model began with."""


def score(records: Records, engine: str, folder: Path) -> tuple[Pairs, tuple[str, ...]]:
    """Train a model on records and score the pairs of them that may be of one person.

    `folder` takes temporary files. Also told: parts of a person whose weights could not be trained, for want of pairs,
    and are those the model began with. Raises UnreadableTable where the engine is missing.
    """
    comparisons = _comparisons(engine, records.empty)
    if "name" in records.empty:
        raise UnreadableTable("no record has a name; there is nothing to link by")
    if records.rows < 2:
        nothing = np.zeros(0, dtype=np.int64)
        return Pairs(nothing, nothing, np.zeros(0)), tuple(comparisons)
    with _quiet():
        table, forget = _engine(engine, records, folder)
        linker, trained = _trained(table, comparisons, records.rows)
        found = linker.inference.predict(threshold_match_probability=_SCORED_FROM, warning_mode="never")
        scored = folder / "pairs.parquet"
        found.to_parquet(str(scored), overwrite=True)
        begun = linker.misc.save_model_to_json()["probability_two_random_records_match"]
        forget()
    pairs = pq.read_table(scored, columns=["unique_id_l", "unique_id_r", "match_probability"])
    one, other, probability = (column.to_numpy() for column in pairs.columns)
    probability = _with_prior(probability, begun * records.rows * (records.rows - 1) / 2)
    kept = probability >= KEPT_FROM
    return Pairs(one[kept], other[kept], probability[kept]), tuple(part for part in comparisons if part not in trained)


def _with_prior(probability: Floats, expected: float) -> Floats:
    """Probabilities with the share of matches among all pairs set to what they themselves add up to.

    This is the step of expectation maximisation for that share alone, repeated until it rests; `expected` is the number
    of matches that the probabilities were made with.
    """
    odds = probability / np.maximum(1 - probability, 1e-15)
    times = 1.0
    for _ in range(100):
        now = float((times * odds / (1 + times * odds)).sum()) / max(expected, 1e-9)
        now = min(max(now, 1 / _PRIOR_MOVES), _PRIOR_MOVES)
        if abs(now - times) < 1e-4 * times:
            break
        times = now
    moved: Floats = times * odds / (1 + times * odds)
    return moved


def _trained(table: Any, comparisons: dict[str, tuple[str, list[Level]]], rows: int) -> tuple[Any, set[str]]:
    from splink import Linker, block_on

    linker = Linker(table, _settings(comparisons, rows), log_level=None, validate_settings=False)
    _frequencies(linker, table, comparisons)
    training = linker.training
    if {"name", "birth_year"} <= comparisons.keys():
        certain = block_on("name_key", "birth_year", "birth_day")
        with suppress(ValueError):  # in a small table nearly all pairs may meet the rule: then the first guess stays
            training.estimate_probability_two_random_records_match([certain], _CERTAIN_RULES_FIND)
    training.estimate_u_using_random_sampling(_SAMPLED_PAIRS, seed=_SEED, min_count_per_level=None, num_chunks=1)
    for block in _TRAINING_BLOCKS:
        columns = [key for key in block if _part_of(key) in comparisons]
        if columns and comparisons.keys() - {_part_of(key) for key in columns}:
            _maximise(training, block_on(*columns))
    model = linker.misc.save_model_to_json()
    trained = _finished(model, comparisons, rows, _among_namesakes(linker, table, comparisons))
    finished = Linker(table, model, log_level=None, validate_settings=False)
    _frequencies(finished, table, comparisons)
    return finished, trained


def _frequencies(linker: Any, table: Any, comparisons: dict[str, tuple[str, list[Level]]]) -> None:
    """How frequent each value is among other records than the two compared.

    A rare name that only one person bears would otherwise count as more frequent the more records that person has.
    """
    columns = {level.by_frequency_of for _, levels in comparisons.values() for level in levels} - {None}
    for column in sorted(str(column) for column in columns):
        found = linker.misc.query_sql(_FREQUENCY.format(column=column, others=_OTHERS, table=table.physical_name))
        linker.table_management.register_term_frequency_lookup(found, column)


def _among_namesakes(linker: Any, table: Any, comparisons: dict[str, Any]) -> dict[str, float]:
    """How often strangers of one name agree in what goes with names."""
    parts = [part for part in _GO_WITH_NAMES if part in comparisons]
    if not parts or "birth_year" not in comparisons:
        return {}
    shares = ", ".join(f"avg(CASE WHEN l.{p} = r.{p} THEN 1.0 WHEN l.{p} <> r.{p} THEN 0.0 END) AS {p}" for p in parts)
    (found,) = linker.misc.query_sql(_STRANGERS.format(shares=shares, table=table.physical_name)).as_record_list()
    return {part: float(share) for part, share in found.items() if share is not None}


def _maximise(training: Any, block: Any) -> None:
    from splink.internals.exceptions import EMTrainingException

    try:
        training.estimate_parameters_using_expectation_maximisation(
            block, estimate_without_term_frequencies=True, max_pairs=_TRAINING_PAIRS, record_sample_proportion=0.1
        )
    except EMTrainingException:  # no pair agrees on the block: the weights stay as they are
        return


def _part_of(key: str) -> str:
    column = key.removeprefix("substr(").split(",")[0]
    if column.startswith(("name", "given", "family")):
        return "name"
    return "birth_year" if column.startswith("birth_") else column


def _settings(comparisons: dict[str, tuple[str, list[Level]]], rows: int) -> dict[str, Any]:
    from splink import block_on

    rules = [block_on(*keys) for keys in _BLOCKS if {_part_of(key) for key in keys} <= comparisons.keys()]
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": 1 / max(rows, 2),
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "blocking_rules_to_generate_predictions": rules,
        "comparisons": [
            {
                "output_column_name": part,
                "comparison_levels": [
                    {"sql_condition": empty, "label_for_charts": "unknown", "is_null_level": True},
                    *(_level(level) for level in levels),
                ],
            }
            for part, (empty, levels) in comparisons.items()
        ],
    }


def _level(level: Level) -> dict[str, Any]:
    found: dict[str, Any] = {
        "sql_condition": level.condition,
        "label_for_charts": level.condition,
        "m_probability": level.of_one,
    }
    if level.by_frequency_of:
        found["tf_adjustment_column"] = level.by_frequency_of
    return found


def _finished(
    model: dict[str, Any], comparisons: dict[str, tuple[str, list[Level]]], rows: int, namesakes: dict[str, float]
) -> set[str]:
    """Mend a trained model in place and tell which comparisons were trained.

    Levels that training never met keep what they began with, and so do all where it met too few pairs. Among random
    pairs some are of one person; in a small table these are most of those that agree, so they are taken out of the
    share of agreement among strangers. What goes with names is weighed as among namesakes: that is where it has to
    tell persons apart.
    """
    of_one_person = model["probability_two_random_records_match"]
    pairs = rows * (rows - 1) / 2
    enough = of_one_person * pairs >= _ENOUGH
    trained = set()
    for comparison in model["comparisons"]:
        levels = comparison["comparison_levels"][1:]
        begun = comparisons[comparison["output_column_name"]][1]
        found = [level.get("m_probability", start.of_one) for level, start in zip(levels, begun, strict=True)]
        started = [start.of_one for start in begun]
        if enough and found != started:
            trained.add(comparison["output_column_name"])
        m = _shares(found if enough else started)
        met = [level.get("u_probability", 0.0) for level in levels]
        least = 1 / max(pairs, 1e3)
        u = _shares([max(seen - of_one_person * one, seen / 20, least) for seen, one in zip(met, m, strict=True)])
        share = namesakes.get(comparison["output_column_name"])
        if share is not None:
            u = _shares([share, 1 - share])
        for level, one, stranger in zip(levels, m, u, strict=True):
            level["m_probability"], level["u_probability"] = one, stranger
    return trained


def _shares(values: Sequence[float]) -> list[float]:
    values = [max(value, 1e-6) for value in values]
    total = sum(values)
    return [value / total for value in values]


def _engine(engine: str, records: Records, folder: Path) -> tuple[Any, Callable[[], object]]:
    """The records in an engine, and how all that Splink makes of them there is forgotten."""
    if engine == "duckdb":
        import duckdb
        from splink import DuckDBAPI

        connection = duckdb.connect(config={"temp_directory": str(folder / "spill")})
        path = str(records.path).replace("'", "''")
        connection.execute(f"CREATE TABLE persons AS SELECT * FROM read_parquet('{path}')")  # noqa: S608 (our path)
        api: Any = DuckDBAPI(connection)
        return api.register("persons"), connection.close
    from palermo.screening.spark import spark_session

    session = spark_session()
    from splink.internals.spark.database_api import SparkAPI

    if session.sparkContext._jsc.sc().getCheckpointDir().isEmpty():
        session.sparkContext.setCheckpointDir(str(folder))
    api = SparkAPI(  # type: ignore[no-untyped-call]
        spark_session=session,
        break_lineage_method="parquet",
        register_udfs_automatically=False,  # the jar of similarity functions is not needed
    )
    before = {table.name for table in session.catalog.listTables()}

    def forget() -> None:
        for table in session.catalog.listTables():
            if table.isTemporary and table.name not in before:
                session.catalog.dropTempView(table.name)

    return api.register(session.read.parquet(str(records.path))), forget


@contextmanager
def _quiet() -> Iterator[None]:
    """Splink's messages are for who trains models by hand; none reaches the user's terminal or logs."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of PySpark, about pandas, which is not used
            yield
    finally:
        logger.setLevel(before)
