"""The panel: figures as they were published, law as it stood, and cells that say why they are empty."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import palermo
from palermo.corpus.figures import Status
from palermo.corpus.problems import CorpusError
from palermo.evidence.cells import Cell, Column, Panel
from palermo.evidence.panel import UnknownIndicator
from palermo.evidence.panel_files import cells_of_csv, cells_of_json, cells_of_parquet, csv_of, json_of, parquet_of
from palermo.ledger.parties import UnknownName

UNODC = Path(__file__).with_name("unodc-extract.csv")
"""Ten lines in the shape of UNODC's table of 14 April 2025; see `test_figures_of_one_year_agree_across_sources`."""
TODAY = date(2026, 11, 1)
DEFINITION = "criminalised:palermo-protocol 3"


def cell(law: palermo.Law, indicator: str, state: str, year: int, **more: object) -> Cell:
    return law.panel([indicator], [year], [state], today=TODAY, **more).cell(indicator, state, year)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("indicator", "state", "year", "value"),
    [
        # World Bank, World Development Indicators, SP.POP.TOTL
        ("population", "USA", 2001, 284968955),
        # World Bank, World Development Indicators, NY.GDP.PCAP.PP.KD, dollars of 2017
        ("gdp_per_head", "USA", 2019, 62630.87),
        ("gdp_per_head", "DEU", 2019, 53929.64),
        # Home Office, end of year summary 2024, annex: "from 16,990 in the previous year to reach 19,125"
        ("persons_referred", "GBR", 2023, 16990),
        ("persons_referred", "GBR", 2024, 19125),
        # Trafficking in Persons Report 2020, p 515 f, by CQ Researcher of 16 April 2021
        ("tip_prosecuted", "USA", 2019, 343),
        ("tip_convicted", "USA", 2018, 526),
        # Trafficking in Persons Report 2014
        ("tip_tier", "GBR", 2014, 1),
        ("tip_tier", "DZA", 2014, 4),
        ("tip_tier", "AGO", 2014, 3),
    ],
)
def test_a_cell_holds_the_published_figure(
    law: palermo.Law, indicator: str, state: str, year: int, value: float
) -> None:
    found = cell(law, indicator, state, year)
    assert (found.value, found.status) == (value, "reported")
    assert found.source
    assert set(found.source) <= set(law.corpus.sources)


@pytest.mark.parametrize(
    ("instrument", "state", "first_year"),
    [
        ("cets-197", "GBR", 2009),  # ratified 17 December 2008, in force for it on 1 April 2009
        ("cets-197", "MDA", 2008),  # among the first ten, 1 February 2008
        ("palermo-protocol", "USA", 2005),  # ratified 3 November 2005, in force for it on 3 December 2005
        ("palermo-protocol", "NGA", 2003),  # among the first forty, 25 December 2003
    ],
)
def test_a_state_is_bound_from_the_year_of_entry_into_force(
    law: palermo.Law, instrument: str, state: str, first_year: int
) -> None:
    years = range(first_year - 2, first_year + 3)
    made = law.panel(years=years, states=[state], treatment=[instrument], today=TODAY)
    (treated,) = made.treatments
    assert (treated.status, treated.first_year) == ("bound", first_year)
    assert [c.value for c in made.cells if c.indicator.startswith("bound:")] == [0, 0, 1, 1, 1]
    assert [c.value for c in made.cells if c.indicator.startswith("years_bound:")] == [-2, -1, 0, 1, 2]


def test_whom_no_act_names_is_not_bound_only_where_the_table_is_complete(law: palermo.Law) -> None:
    assert law.corpus.instruments["cets-197"].acts.complete != "partial"  # type: ignore[union-attr]
    assert law.corpus.instruments["palermo-protocol"].acts.complete == "partial"  # type: ignore[union-attr]
    never = [code for code in ("BRN", "PRK", "TON") if not law.ledger.acts.of("palermo-protocol", code)]
    assert never
    for state in never:
        assert cell(law, "bound:palermo-protocol", state, 2015).status == "unknown"
        assert cell(law, "bound:cets-197", state, 2015).value == 0


def test_nothing_is_known_of_a_year_that_ends_after_the_record(law: palermo.Law) -> None:
    assert cell(law, "bound:palermo-protocol", "USA", 2025).status == "unknown"
    assert cell(law, "criminalised:palermo-protocol 3", "IND", 2026).status == "unknown"


@pytest.mark.parametrize(
    ("system", "in_whole"),
    [
        ("ARG", date(2013, 1, 5)),  # Ley 26.842, published on 27 December 2012
        ("CHE", date(2006, 12, 1)),  # Criminal Code art 182, with the accession to the Protocol
        ("CHL", date(2011, 4, 8)),  # Ley 20.507
        ("COL", date(2005, 8, 29)),  # Ley 985
    ],
)
def test_the_first_day_on_which_offences_reach_the_definition(law: palermo.Law, system: str, in_whole: date) -> None:
    state = law.corpus.legal_systems[system].state
    years = [in_whole.year - 1, in_whole.year]
    made = law.panel([DEFINITION], years, [state], today=TODAY)
    assert [entry.in_whole for entry in made.criminalised if entry.legal_system == system] == [in_whole]
    before, after = made.cells
    assert after.value == 2
    assert before.value != 2


def test_derived_verdicts_are_those_of_an_assessment(law: palermo.Law) -> None:
    """The short way to a verdict and the whole finding agree wherever the finding has one."""
    words = {"not provided": 0, "provided in part": 1, "provided": 2}
    compared = 0
    for state in ("CAN", "IND", "SWE", "USA", "BRA", "ESP"):
        for year in (2005, 2015, 2024):
            found = law.assess(state, on=date(year, 12, 31))
            verdicts = {f.law for s in found.systems for f in s.findings if f.provision == "5(1)"}
            derived = cell(law, DEFINITION, state, year)
            if len(verdicts) == 1 and (verdict := next(iter(verdicts))) in words:
                assert derived.value == words[verdict], (state, year)
                compared += 1
    assert compared > 8


def test_no_law_encoded_is_unknown_and_not_a_zero(law: palermo.Law) -> None:
    (state,) = [code for code in ("NRU",) if not law.corpus.systems_of(code)]
    found = cell(law, DEFINITION, state, 2020)
    assert (found.value, found.status) == (None, "unknown")


def test_states_that_ceased_to_exist_are_kept(law: palermo.Law) -> None:
    made = law.panel(["population"], range(2001, 2009), today=TODAY)
    assert {"SCG", "YUG", "MNE", "SRB"} <= set(made.states)
    assert [made.cell("population", "SCG", year).status for year in (2002, 2003, 2006, 2007)] == [
        "not_applicable",
        "not_reported",
        "not_reported",
        "not_applicable",
    ]
    assert cell(law, "tip_convicted", "MNE", 2005).status == "not_applicable"
    assert cell(law, "tip_convicted", "MNE", 2006).status == "unknown"


def test_one_cell_for_each_state_year_and_indicator(law: palermo.Law) -> None:
    made = law.panel(["population", "tip_tier"], [2003, 2001, 2003], treatment=["cets-197"], today=TODAY)
    assert made.years == (2001, 2003)
    keys = [(c.indicator, c.state, c.year) for c in made.cells]
    wanted = [(c.id, state, year) for c in made.columns for state in made.states for year in made.years]
    assert keys == wanted


def test_placed_territories_are_in_the_panel(law: palermo.Law) -> None:
    made = law.panel(["tip_tier"], range(2001, 2026), today=TODAY)
    told = {(c.state, c.year) for c in made.cells if c.word}
    assert told == {(row.party, row.year) for row in law.corpus.placements}


def test_every_cell_has_a_value_exactly_where_it_is_reported(law: palermo.Law) -> None:
    made = law.panel(
        ["population", "gdp_per_head", "tip_tier", "legal_origin", "measure:victim.non-punishment", DEFINITION],
        [2001, 2006, 2014, 2020, 2025],
        ["GBR", "SCG", "MNE", "TWN", "COK", "IND", "HKG"],
        ["palermo-protocol", "cets-197", "ilo-p029"],
        [UNODC],
        today=TODAY,
    )
    for found in made.cells:
        assert (found.status == "reported") == (found.value is not None), found
        assert found.low is None or found.high is None or found.low <= found.high
    wide = made.wide()
    for column in made.columns:
        assert (
            ~(wide.status[column.id] == "reported") == [[math.isnan(v) for v in r] for r in wide.values[column.id]]
        ).all()


# files of sources


def test_a_figure_that_the_source_hides_keeps_its_bounds(law: palermo.Law) -> None:
    found = cell(law, "persons_convicted", "SWE", 2003, with_=[UNODC])
    assert (found.status, found.value, found.low, found.high) == ("suppressed", None, 0, 4)


def test_a_state_that_the_table_leaves_out_is_not_reported_and_without_a_table_unknown(law: palermo.Law) -> None:
    assert cell(law, "persons_convicted", "SWE", 2005, with_=[UNODC]).status == "not_reported"
    assert cell(law, "persons_convicted", "SWE", 2024, with_=[UNODC]).status == "unknown"
    assert cell(law, "persons_convicted", "SWE", 2005).status == "unknown"


def test_figures_of_one_year_agree_across_sources(law: palermo.Law) -> None:
    """UNODC's figures for the United States are those of the Department of Justice's fiscal years 2018 and 2019."""
    for year in (2018, 2019):
        for ours, theirs in (("tip_prosecuted", "persons_prosecuted"), ("tip_convicted", "persons_convicted")):
            assert cell(law, ours, "USA", year).value == cell(law, theirs, "USA", year, with_=[UNODC]).value
    assert cell(law, "detected_victims", "GBR", 2020, with_=[UNODC]).value == 10582


def test_a_cell_printed_with_two_values_has_none_and_what_was_left_out_is_told(law: palermo.Law) -> None:
    made = law.panel(["detected_victims_male"], [2019], ["AUS"], with_=[UNODC], today=TODAY)
    (found,) = made.cells
    assert (found.status, found.value) == ("unknown", None)
    assert found.note is not None
    assert "<5; 21" in found.note
    assert [(p.rule, p.line) for p in made.left_out] == [("duplicate-figure", 9), ("unknown-party", 10)]


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_own_figures_stand_before_those_of_the_corpus_and_zero_is_a_value(law: palermo.Law, tmp_path: Path) -> None:
    own = table(
        tmp_path, "state,year,indicator,value\nFrance,2005,population,60000000\nNauru,2005,detected_victims,0\n"
    )
    assert cell(law, "population", "FRA", 2005, with_=[own]).value == 60000000
    zero = cell(law, "detected_victims", "NRU", 2005, with_=[own])
    assert (zero.value, zero.status) == (0, "reported")


@pytest.mark.parametrize(
    ("row", "place", "rule"),
    [
        ("Atlantis,2005,population,1,,", (2, 1), "unknown-party"),
        ("FRA,2005,populaton,1,,", (2, 10), "unknown-indicator"),
        ("FRA,2005,population,1.5,,", (2, 21), "wrong-figure"),
        ("FRA,2005,population,nan,,", (2, 21), "wrong-figure"),
        ('FRA,2005,population,"60,000",,', (2, 21), "wrong-type"),
        ("FRA,2005,population,,,", (2, 21), "wrong-figure"),
        ("FRA,2005,population,60000,,thousands", (2, 28), "wrong-unit"),
        ("FRA,2005,bound,1,,", (2, 10), "unknown-indicator"),
        ("FRA,2005,population,5,unknown,", (2, 21), "wrong-figure"),
        ("FRA,2005,population,,suppressed,", (2, 1), "wrong-figure"),
        ("FRA,2005,population,1,,\nFrance,2005,population,2,,", (3, 1), "duplicate-figure"),
    ],
)
def test_faults_of_own_figures_are_told_at_their_place(
    law: palermo.Law, tmp_path: Path, row: str, place: tuple[int, int], rule: str
) -> None:
    own = table(tmp_path, f"state,year,indicator,value,status,unit\n{row}\n")
    with pytest.raises(CorpusError) as told:
        law.panel(["population"], [2005], with_=[own])
    first = told.value.problems[0]
    assert (first.line, first.column, first.rule) == (*place, rule)


def test_a_file_of_nothing_known_is_refused(law: palermo.Law, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="expected state,year,indicator"):
        law.panel(["population"], [2005], with_=[table(tmp_path, "a,b\n1,2\n")])


def test_indices_of_others_are_read_from_their_files(law: palermo.Law, tmp_path: Path) -> None:
    policy = table(
        tmp_path,
        '"countryname","year","prosecution","prevention","protection","iso"\n'
        '"Canada",2001,5,4,3,"CAN"\n"Kosovo",2009,NA,NA,2,"KOS"\n',
    )
    assert cell(law, "policy_prevention", "CAN", 2001, with_=[policy]).value == 4
    assert cell(law, "policy_protection", "XKX", 2009, with_=[policy]).value == 2
    assert cell(law, "policy_prosecution", "XKX", 2009, with_=[policy]).status == "unknown"
    slavery = tmp_path / "gsi.csv"
    slavery.write_text("Country,Government response total (%)\nAlbania,61.5\nAngola,\n", encoding="utf-8")
    assert cell(law, "response_total", "ALB", 2023, with_=[slavery]).value == 61.5
    assert cell(law, "response_total", "AGO", 2023, with_=[slavery]).status == "unknown"


def test_what_may_not_be_passed_on_is_not_in_the_corpus(law: palermo.Law) -> None:
    kept_out = {id for id, entry in law.corpus.indicators.items() if entry.ships != "yes"}
    assert "detected_victims" in kept_out
    assert not kept_out & {figure.indicator for figure in law.evidence.figures}


def test_every_indicator_that_ships_has_figures(law: palermo.Law) -> None:
    shipped = {id for id, entry in law.corpus.indicators.items() if entry.ships == "yes"} - {"tip_tier"}
    assert shipped == {figure.indicator for figure in law.evidence.figures}


@pytest.mark.parametrize(
    "name", ["nothing", "bound", "population:GBR", "bound:nothing", "criminalised:untoc 1", "measure:x"]
)
def test_an_unknown_indicator_is_refused(law: palermo.Law, name: str) -> None:
    with pytest.raises((UnknownIndicator, UnknownName)):
        law.panel([name], [2005])


# round trips

NUMBERS = st.one_of(st.integers(0, 10**12).map(float), st.floats(allow_nan=False, allow_infinity=False, width=64))
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda text: text == text.strip())


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    status: Status = draw(st.sampled_from(("reported", "unknown", "not_reported", "not_applicable", "suppressed")))
    low, high = sorted((draw(NUMBERS), draw(NUMBERS))) if status == "suppressed" else (None, None)
    return Cell(
        state=draw(st.sampled_from(("GBR", "SCG", "XKX"))),
        year=draw(st.integers(1990, 2100)),
        indicator="population",
        value=draw(NUMBERS) if status == "reported" else None,
        status=status,
        word=draw(st.none() | st.just("tier_1")),
        low=low,
        high=high,
        source=tuple(draw(st.lists(st.sampled_from(("a", "b-1")), max_size=2))),
        as_at=draw(st.none() | st.dates()),
        note=draw(st.none() | TEXTS),
    )


@given(st.lists(cells(), max_size=8))
def test_every_way_of_missing_survives_the_files(law: palermo.Law, made: list[Cell]) -> None:
    column = Column("population", law.corpus.indicators["population"])
    panel = Panel((), (), (column,), tuple(made))
    assert cells_of_csv(csv_of(panel)) == tuple(made)
    assert cells_of_json(json_of(panel)) == tuple(made)
    assert cells_of_parquet(parquet_of(panel)) == tuple(made)
