"""`palermo hidden` as its user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from ..evidence.published import FOLDER
from .running import palermo, refused

UK = str(FOLDER / "uk-2013.csv")


def table(tmp_path: Path, text: str) -> str:
    path = tmp_path / "lists.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_report_says_the_figure_and_how_far_it_carries() -> None:
    text = " ".join(palermo("hidden", UK, "--method", "aic", "--bootstrap", "50").stdout.split())
    assert "About 11,400 cases, of whom 2,744 were seen" in text
    assert "No case stands on both lists of" in text
    assert "9,982 13,182" in text


def test_json_is_of_its_published_schema() -> None:
    run = palermo(
        "hidden", UK, "--method", "bic", "--lists", "LA,NG,PF+NCA,GO", "--bootstrap", "50", "--format", "json"
    )
    found = json.loads(run.stdout)
    jsonschema.validate(found, json.loads(palermo("schema", "hidden-1").stdout))
    assert found["answer"]["interactions"] == ["LA*NG", "LA*PF+NCA"]
    assert found["answer"]["bootstrap"]["resamples"] == 50


def test_a_page(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert palermo("hidden", UK, "--bootstrap", "0", "--format", "html", "--out", str(out)).returncode == 0
    assert "PF*NCA" in out.read_text(encoding="utf-8")


def test_one_row_a_case_is_counted(tmp_path: Path) -> None:
    rows = ["1,0"] * 8 + ["0,1"] * 18 + ["1,1"] * 2
    path = table(tmp_path, "\n".join(["Police,Shelter", *rows]) + "\n")
    found = json.loads(palermo("hidden", path, "--method", "main", "--bootstrap", "0", "--format", "json").stdout)
    assert round(found["answer"]["estimate"], 6) == 100  # 10 * 20 / 2


def test_the_count_may_stand_in_any_column_and_case(tmp_path: Path) -> None:
    path = table(tmp_path, "COUNT,a,b\n8,1,0\n18,0,1\n2,1.0,1.0\n0,0,0\n")
    found = json.loads(palermo("hidden", path, "--method", "main", "--bootstrap", "0", "--format", "json").stdout)
    assert round(found["answer"]["estimate"], 6) == 100


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b,n\n1,0,8\n0,2,3\n", "lists.csv:3:2: expected 0 or 1 for list 'b', found '2'"),
        ("a,b,n\n1,0,-8\n", "lists.csv:2:3: expected a whole number of cases, found '-8'"),
        ("a,b,n\n1,0,2.5\n", "lists.csv:2:3: expected a whole number of cases, found '2.5'"),
        ("a,b,n\n1,0\n", "lists.csv:2:1: expected 3 cells, found 2"),
        ("a,b,n\n0,0,4\n", "lists.csv:2:1: this case stands on no list"),
        ("a,A,n\n1,0,4\n", "lists.csv:1:2: the column 'A' is named twice"),
        ("a,b,n,count\n1,0,4,4\n", "lists.csv:1:4: a second column of counts: 'count'"),
        ("", "lists.csv:1:1: expected a head naming the lists"),
    ],
)
def test_faults_in_a_table_are_told_with_their_place(tmp_path: Path, text: str, message: str) -> None:
    result = palermo("hidden", table(tmp_path, text))
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_all_faults_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    told = palermo("hidden", table(tmp_path, "a,b,n\nx,0,1\n1,1,1\n1,y,z\n")).stderr
    assert [place in told for place in (":2:1:", ":4:2:", ":4:3:")] == [True, True, True]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,n\n1,4\n", "an estimate needs 2 to 10 lists, not 1"),
        ("a,b,n\n1,0,0\n", "there are no cases on the lists"),
        ("a,b,n\n1,0,4\n0,1,3\n", "no case stands on two lists"),
        ("a,b,n\n1,0,4\n1,1,3\n", "no finite estimate exists for this model and these lists: b lies within a"),
    ],
)
def test_lists_without_an_estimate_are_refused(tmp_path: Path, text: str, message: str) -> None:
    assert message in refused("hidden", table(tmp_path, text))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--lists", "LA,XX"], "there is no list"),
        (["--lists", "LA,LA+NG"], "a list is named twice"),
        (["--interactions", "LA*NG"], "interactions are given only with the method model"),
        (["--method", "model", "--interactions", "LA*XX"], "there is no list 'xx' in 'LA*XX'"),
        (["--method", "model", "--interactions", "LA"], "expected an interaction of different lists such as LA*NG"),
        (["--method", "bic", "--order", "9"], "an order between 2 and 5 is possible, not 9"),
        (["--threshold", "2"], "a threshold of stepwise is between 0 and 1"),
        (["--method", "main", "--threshold", "0.1"], "a threshold goes with stepwise or aic or bayes, not with"),
    ],
)
def test_mistakes_are_told_in_one_line(arguments: list[str], message: str) -> None:
    assert message in refused("hidden", UK, *arguments)


def test_a_file_that_is_not_there() -> None:
    assert "cannot read" in refused("hidden", "nowhere.csv")
