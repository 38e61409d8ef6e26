"""The command as its user meets it: its output, its errors and its exit codes."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from .running import palermo, palermo_in_a_process, refused

COMMANDS = [
    ("assess", "GBR", "--provision", "5(1)", "--on", "2026-03-01"),
    ("status", "NGA", "--format", "json"),
    ("compare", "USA", "PHL", "--format", "csv"),
    ("explain", "purpose.begging"),
    ("assess", "Phillipines"),
    ("asess", "GBR"),
    ("assess",),
    ("--corpus", "no-such-folder", "assess", "GBR"),
    ("check", "--only", "duplicate-ids"),
    ("--help",),
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_process_of_its_own_tells_what_the_tests_are_told(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """The other tests run the command within their own process."""
    ran = palermo_in_a_process(*arguments, cwd=tmp_path)
    assert ran == palermo(*arguments, cwd=tmp_path)
    assert (ran.returncode, ran.stdout == "") in ((0, False), (2, True))
    assert "Traceback" not in ran.stderr


def test_an_assessment_of_the_united_kingdom_says_what_section_2_reaches() -> None:
    result = palermo("assess", "GBR", "--provision", "5(1)", "--on", "2026-03-01")
    assert result.returncode == 0
    text = " ".join(result.stdout.split())
    assert "In force for United Kingdom since 11 March 2006" in text
    assert "Modern Slavery Act 2015 s 2, human trafficking" in text
    assert "only where also travel is arranged or facilitated" in text
    assert "Modern Slavery Act 2015 s 1, slavery, servitude and forced or compulsory labour" in text
    assert "What is left: not reached" in text
    for system in ("England and Wales", "Scotland", "Northern Ireland"):
        assert system in text


def test_text_in_a_pipe_is_plain() -> None:
    result = palermo("status", "NGA")
    assert "\x1b" not in result.stdout
    assert not any(line.endswith(" ") for line in result.stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("assess", "Phillipines"), "did you mean PHL (Philippines)?"),
        (("assess", "GBR", "--against", "palermo-protocl"), "did you mean palermo-protocol?"),
        (("assess", "GBR", "--on", "2012-13-01"), "expected a date such as 2012-01-01, not '2012-13-01'"),
        (("assess", "GBR", "--on", "yesterday"), "expected a date such as 2012-01-01"),
        (("assess", "GBR", "--provision", "5(11)"), "did you mean 5(1)?"),
        (("assess",), "Missing argument 'STATE'"),
        (("assess", "GBR", "--format", "odt"), "'odt' is not one of 'text', 'json', 'html'"),
        (("assess", "GBR", "--format", "docx"), "--format docx needs --out FILE"),
        (("asess", "GBR"), "there is no verb 'asess'; did you mean assess?"),
        (("status", "Atlantis"), "there is no State, organisation or territory 'Atlantis'"),
        (("parties", "untocc"), "did you mean untoc?"),
        (("explain", "palermo-protocol", "55"), "there is no provision '55'"),
        (("explain", "palermo-protocol"), "name a provision of palermo-protocol too"),
        (("explain", "purpose.beging"), "did you mean purpose.begging?"),
        (("compare", "GBR"), "name two States or legal systems, or take --all"),
        (("compare", "--all", "GBR"), "--all compares every two laws of the corpus; name none"),
        (("compare", "GBR", "GHA"), "the corpus holds no law of Ghana"),
        (("compare", "USA", "PHL", "--within", "palermo-protocol 5(1)"), "has no conduct that could be compared"),
        (("schema", "assesment-1"), "did you mean assessment-1?"),
        (("check", "--alone"), "--alone needs a FOLDER"),
    ],
)
def test_a_mistake_gets_one_clear_line(arguments: tuple[str, ...], expected: str) -> None:
    assert expected in refused(*arguments)


def test_a_corpus_folder_that_is_not_there(tmp_path: Path) -> None:
    result = palermo("--corpus", str(tmp_path / "laws"), "assess", "GBR")
    assert (result.returncode, result.stdout) == (2, "")
    assert f"{tmp_path / 'laws'}: there is no such folder" in result.stderr
    assert "Traceback" not in result.stderr


def test_broken_yaml_is_named_with_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "laws"
    (folder / "jurisdictions").mkdir(parents=True)
    (folder / "jurisdictions" / "GHA.yaml").write_text("id: GHA\nstate: [GHA\nlegal_system: Ghana\n")
    result = palermo("check", str(folder))
    assert result.returncode == 2
    assert f"{folder}/jurisdictions/GHA.yaml:3:" in result.stderr
    assert "Traceback" not in result.stderr


def test_check_says_what_is_in_order() -> None:
    result = palermo("check")
    assert result.returncode == 0
    assert result.stdout.startswith("In order: ")


def test_a_bill_laid_over_the_corpus_changes_the_answer(tmp_path: Path) -> None:
    (tmp_path / "jurisdictions").mkdir()
    (tmp_path / "jurisdictions" / "GBR-EAW.yaml").write_text(
        "id: GBR-EAW\noffences:\n"
        "  - id: msa-2015/2\n    title: human trafficking, as the bill has it\n    cite: Bill cl 1\n"
        "    conduct: {formula: palermo-protocol 3}\n    penalty: {max: life, cite: cl 2}\n"
    )
    arguments = ("assess", "GBR-EAW", "--provision", "5(1)", "--format", "json")
    before, after = (json.loads(palermo(*more, *arguments).stdout) for more in ((), ("--corpus", str(tmp_path))))
    verdicts = [answer["answer"]["systems"][0]["findings"][0]["verdict"] for answer in (before, after)]
    assert verdicts == ["provided in part", "provided"]


@pytest.mark.parametrize(
    ("arguments", "schema"),
    [
        (("assess", "PHL", "--against", "untoc", "--on", "2020-01-01"), "assessment-1"),
        (("assess", "GHA"), "assessment-1"),
        (("status", "EUE"), "standings-1"),
        (("parties", "palermo-protocol"), "standings-1"),
        (("compare", "GBR-SCT", "GBR-NIR"), "comparison-1"),
        (("compare", "--all"), "pairs-1"),
        (("explain", "palermo-protocol", "5(1)"), "provision-1"),
        (("explain", "purpose.begging"), "concept-1"),
    ],
)
def test_json_is_of_its_published_schema(arguments: tuple[str, ...], schema: str) -> None:
    found = json.loads(palermo(*arguments, "--format", "json").stdout)
    assert found["schema"] == schema
    published = json.loads(palermo("schema", schema).stdout)
    jsonschema.Draft202012Validator.check_schema(published)
    jsonschema.validate(found, published)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema": schema, "answer": {"on": 3}}, published)


def test_all_laws_by_all_as_table_and_as_matrices(tmp_path: Path) -> None:
    out = tmp_path / "laws.xlsx"
    assert palermo("compare", "--all", "--on", "2026-03-01", "--format", "xlsx", "--out", str(out)).returncode == 0
    rows = list(
        csv.DictReader(palermo("compare", "--all", "--on", "2026-03-01", "--format", "csv").stdout.splitlines())
    )
    row = next(row for row in rows if (row["First"], row["Second"]) == ("GBR-EAW", "GBR-SCT"))
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Pairs", "Distance", "Only in the law of the row", "Laws"]
    heads, *lines = book["Distance"].iter_rows(values_only=True)
    distance = {(line[0], heads[i]): line[i] for line in lines for i in range(1, len(heads))}
    assert distance["GBR-EAW", "GBR-SCT"] == distance["GBR-SCT", "GBR-EAW"] == row["Distance"]
    assert list(heads[1:]) == [line[0] for line in lines] == sorted(heads[1:])
    heads, *lines = book["Only in the law of the row"].iter_rows(values_only=True)
    only = {(line[0], heads[i]): line[i] for line in lines for i in range(1, len(heads))}
    assert only["GBR-EAW", "GBR-SCT"] == row["Scenarios only in the first"]
    assert only["GBR-SCT", "GBR-EAW"] == row["Scenarios only in the second"]


def test_the_schemas_in_the_documentation_are_those_of_the_command() -> None:
    folder = Path(__file__).parents[2] / "docs" / "schema"
    names = palermo("schema").stdout.split()
    assert sorted(path.stem for path in folder.glob("*.json")) == sorted(names)
    for name in names:
        assert (folder / f"{name}.json").read_text(encoding="utf-8") == palermo("schema", name).stdout


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert palermo("assess", "PHL", "--provision", "5(1)", "--format", "html", "--out", str(out)).returncode == 0
    assert out.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert "cannot write" in refused("assess", "PHL", "--format", "json", "--out", str(tmp_path / "no" / "report.json"))
    assert "is a directory" in refused("assess", "PHL", "--format", "json", "--out", str(tmp_path))


def test_a_pipe_closed_early_is_no_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        result = subprocess.run(
            [sys.executable, "-m", "palermo", "parties", "palermo-protocol"],
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    finally:
        os.close(writer)
    assert result.returncode == 2
    assert result.stderr.splitlines() == ["palermo: the output was closed before all of it was written"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str) -> None:
    result = palermo("completion", shell)
    assert result.returncode == 0
    assert "_PALERMO_COMPLETE" in result.stdout


def test_states_instruments_and_provisions_complete() -> None:
    def completed(line: str) -> str:
        words = line.split(" ")
        environment = {
            **os.environ,
            "_PALERMO_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
        }
        command = [str(Path(sys.executable).with_name("palermo"))]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60).stdout

    assert "plain,GBR-SCT" in completed("palermo assess GBR-")
    assert "plain,palermo-protocol" in completed("palermo parties pal")
    assert "plain,6(3)" in completed("palermo explain palermo-protocol 6(")


def test_help_names_every_verb() -> None:
    text = palermo("--help").stdout
    for verb in ("assess", "status", "parties", "compare", "explain", "check"):
        assert verb in text
        assert palermo(verb, "--help").returncode == 0
