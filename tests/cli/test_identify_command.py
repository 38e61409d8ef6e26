"""`palermo identify` as its user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from .running import palermo, refused

CHILD = ("--fact", "act.recruitment=yes", "--fact", "person.child=yes", "--fact", "purpose.forced-labour=yes")


def test_a_case_within_is_told_with_its_reasons() -> None:
    text = palermo("identify", *CHILD).stdout
    assert "UN Trafficking Protocol art 3  [within]" in text
    assert "child under eighteen: yes art 3(c)-(d)" in text


def test_several_laws_and_the_next_question() -> None:
    text = palermo("identify", "--under", "GBR,ARG,palermo-protocol", "--fact", "act.harbouring=yes").stdout
    for law in ("England and Wales", "Scotland", "Northern Ireland", "Argentina"):
        assert law in text
    assert "Next best question: " in text


def test_json_is_of_its_published_schema() -> None:
    found = json.loads(palermo("identify", *CHILD, "--under", "PHL", "--format", "json").stdout)
    jsonschema.validate(found, json.loads(palermo("schema", "identification-1").stdout))
    assert found["answer"]["laws"][0]["truth"] == "true"


def test_facts_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("act.harbouring: yes\nperson.child: yes\npurpose.slavery: yes\nmeans.force: unknown\n")
    assert "[within]" in palermo("identify", "--facts", str(path)).stdout
    path.write_text("act.harbouring: perhaps\n")
    result = palermo("identify", "--facts", str(path))
    assert result.returncode == 2
    assert f"{path}:1:17: act.harbouring: expected yes, no or unknown, not 'perhaps'" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--fact", "act.recruitmnt=yes"), "did you mean act.recruitment?"),
        (("--fact", "act.recruitment"), "expected FACT=yes or FACT=no"),
        (("--fact", "act.transport=yes", "--fact", "circumstance.travel-arranged=no"), "the first entails the second"),
        (("--under", "GHA"), "the corpus holds no law of Ghana"),
        (("--under", "untoc"), "defines no conduct"),
    ],
)
def test_a_mistake_gets_one_clear_line(arguments: tuple[str, ...], expected: str) -> None:
    assert expected in refused("identify", *arguments)


def test_the_interview_takes_not_knowing_for_an_answer() -> None:
    command = [sys.executable, "-m", "palermo", "identify", "--ask", "--format", "json"]
    answers = "d\nr\ny\nn\ns\n"
    result = subprocess.run(command, input=answers, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 0
    facts = json.loads(result.stdout)["answer"]["facts"]
    assert sorted(facts.values()) == [False, True]
    assert result.stderr.count("(d)on't know, (r)ather not say") == 5
