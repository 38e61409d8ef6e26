"""Facts of a case as a user writes them: what is left out is unknown, and each mistake is told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

import palermo
from palermo.cooperation.facts import CaseFacts, read_facts
from palermo.corpus.problems import CorpusError
from palermo.corpus.terms import Term


def written(folder: Path, text: str) -> Path:
    path = folder / "facts.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_not_said_is_unknown(law: palermo.Law, tmp_path: Path) -> None:
    facts = read_facts(written(tmp_path, "conduct: {act.recruitment: yes, means.force: unknown}\n"), law.corpus)
    assert facts.known_conduct == {"act.recruitment": True}
    assert facts.transnational is None
    assert facts.person.nationality is None
    assert read_facts(written(tmp_path, ""), law.corpus) == CaseFacts()


def test_an_empty_list_says_none(law: palermo.Law, tmp_path: Path) -> None:
    facts = read_facts(written(tmp_path, "person: {finally_judged_in: [], sentence_left: 8 months}\n"), law.corpus)
    assert facts.person.finally_judged_in == ()
    assert facts.person.sentence_left == Term(8, "month")


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("conduct:\n  act.recruit: yes\n", "2:3", "act.recruitment"),
        ("conduct:\n  act.recruitment: perhaps\n", "2:20", "yes, no or unknown"),
        ("person:\n  nationality: [NGR]\n", "2:17", "NGA"),
        ("person:\n  sentence_left: 8 moons\n", "2:18", "length of time"),
        ("organized_group: yes\n", "1:1", "organised_group"),
        ("conduct_on: 3 May 2025\n", "1:13", "2015-07-31"),
        ("- a list\n", "1:1", "mapping"),
        ("transnational: [\n", "2:1", "YAML"),
    ],
)
def test_a_mistake_is_told_at_its_place(law: palermo.Law, tmp_path: Path, text: str, place: str, told: str) -> None:
    with pytest.raises(CorpusError) as error:
        read_facts(written(tmp_path, text), law.corpus)
    (problem,) = error.value.problems
    assert f"{problem.line}:{problem.column}" == place
    assert told in problem.message
