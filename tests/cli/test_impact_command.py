"""`palermo impact` as its user meets it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from palermo.cli.main import run as run_here
from palermo.schemas import schema_text

from .running import palermo, refused

# fmt: off
STATES = (
    "ALB", "AUT", "BEL", "BGR", "CAN", "CHE", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA",
    "GBR", "GRC", "HRV", "HUN", "IRL", "ITA", "JPN", "KOR", "LTU", "LUX", "LVA", "MEX", "MLT", "NLD",
    "NOR", "NZL", "POL", "PRT", "ROU", "SRB", "SVK", "SVN", "SWE", "TUR", "USA", "AUS",
)
# fmt: on
BEGAN = {state: (2009, 2011, 2013, None)[i % 4] for i, state in enumerate(STATES)}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A panel in which the outcome rises by 5 once treated, a tenth of it missing, and the dates."""
    folder = tmp_path_factory.mktemp("tables")
    random = np.random.default_rng(7)
    rows = ["state,year,victims,origin"]
    for state in STATES:
        own = random.normal()
        for year in range(2005, 2017):
            began = BEGAN[state]
            value = own + 0.3 * (year - 2005) + random.normal() * 0.8 + (5 if began and year >= began else 0)
            rows.append(f"{state},{year},{'' if random.random() < 0.1 else value},{'old' if state < 'H' else 'new'}")
    (folder / "panel.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    dates = ["state,since", *(f"{state},{began or ''}" for state, began in BEGAN.items())]
    (folder / "dates.csv").write_text("\n".join(dates) + "\n", encoding="utf-8")
    return folder


def written(tables: Path, form: str, *arguments: str) -> str:
    """What the command writes into a file, run here; it must succeed."""
    out = tables / f"answer-{form}"
    assert run_here(["impact", *arguments, "--format", form, "--out", str(out)]) == 0
    return out.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bundle(tables: Path, own_cache: None) -> tuple[Path, str]:  # noqa: ARG001 (the cache comes first)
    folder = tables / "bundle"
    text = written(
        tables, "text", "--treatment", "a treaty", "--outcome", "victims", "--panel", str(tables / "panel.csv"),
        "--dates", str(tables / "dates.csv"), "--moderator", "origin", "--placebos", "2", "--permutations", "19",
        "--bundle", str(folder),
    )  # fmt: skip
    return folder, " ".join(text.split())


def test_the_report_says_what_may_be_said_and_the_limits(bundle: tuple[Path, str]) -> None:
    text = bundle[1]
    assert "Under a treaty, victims were on average" in text
    assert "higher" in text
    assert "biased in this design" in text
    assert "A missing figure is no 0" in text
    assert "origin: old" in text
    assert "An estimate is no finding about any State" in text


def test_a_bundle_holds_all_and_gives_the_same_numbers_to_the_last_digit(
    bundle: tuple[Path, str], tmp_path: Path
) -> None:
    folder, _ = bundle
    names = {path.name for path in folder.iterdir()}
    assert names >= {"panel.csv", "treatment.csv", "traits.csv", "specification.yaml", "results.json", "versions.json"}
    assert names >= {"effects.svg", "years.svg"}
    moved = Path(shutil.copytree(folder, tmp_path / "elsewhere"))
    again = json.loads(written(tmp_path, "json", "--from", str(moved)))
    assert again["answer"] == json.loads((folder / "results.json").read_text(encoding="utf-8"))
    jsonschema.validate(again, json.loads(schema_text("impact-1")))


def test_another_process_gives_the_same_numbers(bundle: tuple[Path, str]) -> None:
    """Nothing depends on the order in which a process happens to keep its sets."""
    folder, _ = bundle
    code = (
        "import sys, palermo; from pathlib import Path\n"
        "from palermo.evidence.impact import estimate\n"
        "from palermo.evidence.impact_bundle import differences, read_bundle\n"
        "folder = Path(sys.argv[1])\n"
        "print(differences(folder, estimate(read_bundle(palermo.load().corpus, folder))))"
    )
    for seed in ("1", "2"):
        told = subprocess.run(
            [sys.executable, "-c", code, str(folder)],
            capture_output=True, text=True, check=True, timeout=600, env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout  # fmt: skip
        assert told.strip() == "[]"


def test_a_bundle_whose_figures_were_changed_is_found_out(bundle: tuple[Path, str], tmp_path: Path) -> None:
    moved = Path(shutil.copytree(bundle[0], tmp_path / "elsewhere"))
    lines = (moved / "panel.csv").read_text(encoding="utf-8").splitlines()
    first = lines[1].split(",")
    lines[1] = ",".join([*first[:3], "99.5", "reported", "", ""])
    (moved / "panel.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = written(tmp_path, "text", "--from", str(moved))
    assert "these numbers are not the same" in text
    assert "effects[0].estimate" in text


def test_a_page_with_its_charts(bundle: tuple[Path, str], tmp_path: Path) -> None:
    page = written(tmp_path, "html", "--from", str(bundle[0]))
    assert page.count("data:image/svg+xml") == 2
    assert "every number is the same to the last digit" in page


def test_dates_come_from_the_acts_of_states(tables: Path) -> None:
    text = written(
        tables, "json", "--treatment", "CoE Trafficking Convention", "--outcome", "victims",
        "--panel", str(tables / "panel.csv"), "--permutations", "0", "--placebos", "2",
    )  # fmt: skip
    found = json.loads(text)["answer"]
    assert found["specification"]["treatment"] == "cets-197"
    assert found["specification"]["opened"] == "2005-05-16"
    assert found["survival"][0]["event"] == "consent to cets-197"
    assert {"USA", "JPN", "AUS", "KOR"} <= set(found["figures"]["controls"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--outcome", "victims"], "give --treatment and --outcome, or --from a folder"),
        (["--treatment", "cets-197", "--outcome", "victms"], "there is no indicator 'victms'"),
        (["--treatment", "cets-1977", "--outcome", "victims", "--panel", "{panel}"], "did you mean cets-197"),
        (["--treatment", "cets-197", "--outcome", "victims", "--panel", "nowhere.csv"], "cannot read nowhere.csv"),
        (
            ["--treatment", "t", "--outcome", "victims", "--panel", "{panel}", "--years", "2012"],
            "expected years such as",
        ),
        (["--treatment", "t", "--outcome", "victims", "--panel", "{panel}", "--placebos", "no"], "expected numbers of"),
        (["--treatment", "t", "--outcome", "victims", "--panel", "{panel}", "--with", "more.csv"], "not both"),
        (["--from", "nowhere"], "cannot read nowhere"),
        (["--from", "x", "--outcome", "victims"], "--from takes all from the folder"),
        (
            ["--treatment", "cets-197", "--outcome", "victims", "--panel", "{panel}", "--states", "USA,JPN"],
            "no State has figures",
        ),
    ],
)
def test_mistakes_are_told_in_one_line(tables: Path, arguments: list[str], message: str) -> None:
    assert message in refused("impact", *(a.format(panel=tables / "panel.csv") for a in arguments))


def test_a_column_that_is_not_there_is_told_with_those_that_are(tables: Path) -> None:
    run = palermo("impact", "--treatment", "cets-197", "--outcome", "x", "--panel", str(tables / "panel.csv"))
    assert run.returncode == 2
    assert "panel.csv:1:1: there is no column 'x'; there is victims, origin" in run.stderr
    assert "Traceback" not in run.stderr
