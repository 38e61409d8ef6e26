"""Writing the corpus down: the first draft of a file, and the schemas by which an editor checks it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from palermo.conformity.findings import Finding, Verdict
from palermo.corpus.file_schemas import FILES, file_schema
from palermo.corpus.shipped import shipped_folder
from palermo.corpus.yaml_files import read_yaml
from palermo.law import load
from palermo.reports.new_jurisdiction import new_jurisdiction

from .running import palermo, refused

FOLDERS = {
    "mechanism-file": "monitoring/*.yaml",
    "recommendations-file": "monitoring/recommendations/*.yaml",
    "questionnaire-file": "monitoring/questionnaires/*.yaml",
    "cooperation-file": "cooperation/*.yaml",
    "forms-file": "forms.yaml",
    "jurisdiction-file": "jurisdictions/[A-C]*.yaml",
    "instrument-file": "instruments/[a-d]*.yaml",
    "reservations-file": "reservations/*.yaml",
    "concepts-file": "concepts.yaml",
    "measures-file": "measures.yaml",
    "readings-file": "readings.yaml",
    "phrases-file": "phrases/*.yaml",
    "sources-file": "sources/*.yaml",
    "glossary-file": "glossary.yaml",
    "indicators-file": "evidence/indicators.yaml",
    "request_elements-file": "request_elements.yaml",
    "request_kinds-file": "request_kinds.yaml",
}


def draft_of_kuwait(tmp_path: Path) -> Path:
    path = tmp_path / "jurisdictions" / "KWT.yaml"
    path.parent.mkdir()
    assert palermo("new", "jurisdiction", "kwt", "--out", str(path)).returncode == 0
    return path


def findings(folder: Path) -> dict[str, Finding]:
    (system,) = load(folder).assess("KWT").systems
    assert system.findings
    return {finding.provision: finding for finding in system.findings}


def test_a_draft_is_in_order_and_says_nothing_yet(tmp_path: Path) -> None:
    draft_of_kuwait(tmp_path)
    assert palermo("--corpus", str(tmp_path), "check").returncode == 0
    found = findings(tmp_path)
    assert {finding.verdict for finding in found.values()} <= {Verdict.NOT_ENCODED, Verdict.PRACTICE}


def test_a_file_that_says_there_is_no_offence_is_believed(tmp_path: Path) -> None:
    path = draft_of_kuwait(tmp_path)
    path.write_text(path.read_text() + "offences_known_from: 2020-01-01\n")
    assert findings(tmp_path)["5(1)"].verdict is Verdict.NOT_PROVIDED


def test_a_draft_asks_every_question_and_says_who_asks() -> None:
    corpus = load().corpus
    draft = new_jurisdiction(corpus, "KWT", corpus.legal_systems["ARG"].as_at)
    for measure in corpus.measures:
        assert f"# {measure}: {{value: " in draft
    told = " ".join(draft[draft.index("recovery and reflection period") :].replace("#", "").split())
    assert told[: told.index("victim.reflection-period:")].count("CoE Trafficking Convention art 13(1)") == 1
    assert "22 USC" not in draft  # the minimum standards of the United States are no duty of Kuwait


def test_an_answered_question_is_an_answer(tmp_path: Path) -> None:
    path = draft_of_kuwait(tmp_path)
    text = path.read_text()
    line = next(line for line in text.splitlines() if line.strip().startswith("# criminal.attempt:"))
    answered = "  criminal.attempt: {value: yes, cite: Penal Code s 46, source: synthetic, verified: false}"
    text = text.replace(line, answered).replace("# measures:", "measures:")
    path.write_text(text)
    assert findings(tmp_path)["5(2)(a)"].verdict is Verdict.PROVIDED


def test_no_draft_is_written_over_a_law(tmp_path: Path) -> None:
    assert "GBR-SCT is encoded already" in refused("new", "jurisdiction", "GBR-SCT")
    assert "did you mean KWT?" in refused("new", "jurisdiction", "KWTT")
    path = draft_of_kuwait(tmp_path)
    path.write_text("mine")
    assert "is there already" in refused("new", "jurisdiction", "KWT", "--out", str(path))
    assert path.read_text() == "mine"


@pytest.mark.parametrize("name", FILES)
def test_files_of_the_corpus_are_of_their_schema(name: str) -> None:
    checked = jsonschema.Draft202012Validator(json.loads(file_schema(name, load().corpus)))
    paths = sorted(shipped_folder().glob(FOLDERS[name]))
    assert paths
    for path in paths:
        data, _ = read_yaml(path, path.read_text(encoding="utf-8"))
        faults = [f"{path.name} {list(fault.absolute_path)}: {fault.message}" for fault in checked.iter_errors(data)]
        assert not faults


LAW = """\
id: KWT
state: KWT
legal_system: Kuwait
as_at: "2026-01-01"
offences:
  - {id: a/3, title: trafficking, cite: s 3,
     conduct: {all: [act.recruitment, purpose.slavery]}, penalty: {max: 10 years}}
measures: {victim.reflection-period: {value: 30 days, cite: s 9}}
look_up: [{topic: criminalisation, what: the penal code}]
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("act.recruitment", "act.recruiting"),
        ("{all: ", "{every: "),
        ("max: 10 years", "max: 10 anni"),
        ("victim.reflection-period", "victim.reflection"),
        ("topic: criminalisation", "topic: crime"),
        ("cite: s 9", "site: s 9"),
        ("legal_system: Kuwait\n", ""),
    ],
)
def test_an_editor_sees_a_slip_of_the_pen(right: str, wrong: str) -> None:
    schema = json.loads(file_schema("jurisdiction-file", load().corpus))
    jsonschema.validate(_plain(LAW), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(_plain(LAW.replace(right, wrong)), schema)


def _plain(text: str) -> Any:
    return yaml.safe_load(text)
