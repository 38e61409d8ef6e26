"""Tables that users hand over: what they mean, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

import palermo
from palermo.corpus.problems import CorpusError
from palermo.corpus.rules import RULES
from palermo.evidence.impact_files import read_adoptions, read_panel
from palermo.evidence.impact_study import Adoption, Figure, Trait

WIDE = (
    "state,year,victims,kind,other\nGBR,2010,0,north,x\nFrance,2010,<5,south,\nFRA,2011,,south,\nGBR,2011,7.5,north,\n"
)
TIDY = """state,year,indicator,value,status,low,high
GBR,2010,victims,0,,,
FRA,2010,victims,,suppressed,0,4
FRA,2011,victims,,not_reported,,
GBR,2011,victims,7.5,reported,,
GBR,2011,ignored,words,,,
"""
FIGURES = (
    Figure("FRA", 2010, "victims", None, "suppressed", 0.0, 4.0),
    Figure("FRA", 2011, "victims", None, "not_reported"),
    Figure("GBR", 2010, "victims", 0.0),
    Figure("GBR", 2011, "victims", 7.5),
)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "panel.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", [WIDE, TIDY, WIDE.replace("state", "iso3")])
def test_wide_and_tidy_mean_the_same(law: palermo.Law, tmp_path: Path, text: str) -> None:
    assert read_panel(law.corpus, written(tmp_path, text), ["victims"])[0] == FIGURES


def test_a_moderator_in_words_is_a_trait(law: palermo.Law, tmp_path: Path) -> None:
    _, traits = read_panel(law.corpus, written(tmp_path, WIDE), ["victims"], ["kind"])
    assert traits == (Trait("FRA", "kind", "south"), Trait("GBR", "kind", "north"))


def test_parquet_is_read_as_csv_is(law: palermo.Law, tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    table = {"state": ["GBR", "FRA"], "year": [2010, 2011], "victims": [0.1 + 0.2, None]}
    parquet.write_table(pyarrow.table(table), tmp_path / "panel.parquet")
    found, _ = read_panel(law.corpus, tmp_path / "panel.parquet", ["victims"])
    assert found == (Figure("FRA", 2011, "victims", None, "not_reported"), Figure("GBR", 2010, "victims", 0.1 + 0.2))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("state,year,victims\nGBR,2010,many\n", "panel.csv:2:3: expected a number"),
        ('state,year,victims\nGBR,2010,"1,200"\n', "panel.csv:2:3: expected a number"),
        ("state,year,victims\nAtlantis,2010,1\n", "panel.csv:2:1: there is no State"),
        ("state,year,victims\nGBR,10,1\n", "panel.csv:2:2: expected a year"),
        ("state,year,victims\nGBR,2010,1\nGB,2010,2\n", "panel.csv:3:1: victims of GB in 2010 stands at line 2 too"),
        ("state,year,victims\nGBR,2010\n", "panel.csv:2:1: expected 3 cells, found 2"),
        ("state,year,other\nGBR,2010,1\n", "there is no column 'victims'; there is other"),
        ("country,victims\nGBR,1\n", "expected columns state and year"),
        ("state,year,victims,victims\nGBR,2010,1,2\n", "the column 'victims' is named twice"),
        ("state,year,indicator,value,status\nGBR,2010,victims,,reported\n", ":2:4: a reported figure has a value"),
        (
            "state,year,indicator,value,status\nGBR,2010,victims,3,unknown\n",
            ":2:4: a figure that is unknown has no value",
        ),
        ("state,year,indicator,value,status\nGBR,2010,victims,3,perhaps\n", ":2:5: expected one of reported"),
    ],
)
def test_faults_are_told_with_their_place_and_rule(law: palermo.Law, tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(CorpusError) as error:
        read_panel(law.corpus, written(tmp_path, text), ["victims"])
    assert told in str(error.value)
    assert {problem.rule for problem in error.value.problems} <= RULES.keys()


def test_dates_of_a_user(law: palermo.Law, tmp_path: Path) -> None:
    text = "state,since,until\nGBR,2009-04-01,\nFrance,2008,2015\nCAN,,\n"
    assert read_adoptions(law.corpus, written(tmp_path, text)) == (
        Adoption("CAN", "not_bound"),
        Adoption("FRA", "left", 2008, 2015),
        Adoption("GBR", "bound", 2009, None, "2009-04-01"),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("state,since\nGBR,soon\n", ":2:2: expected a day such as 2012-01-31, or a year"),
        ("state,since\nGBR,2009\nGBR,2010\n", ":3:1: GBR is named twice"),
        ("state,began\nGBR,2009\n", "expected columns state and since"),
        ("state,since,status\nGBR,2009,perhaps\n", ":2:3: expected one of bound"),
    ],
)
def test_faults_in_dates(law: palermo.Law, tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(CorpusError) as error:
        read_adoptions(law.corpus, written(tmp_path, text))
    assert told in str(error.value)
    assert {problem.rule for problem in error.value.problems} <= RULES.keys()
