"""Faults in corpus files: each with its place, what is wrong and what was expected; all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from palermo.corpus.problems import CorpusError
from palermo.corpus.reading import read_corpus

from .small import ACTIONS, CONCEPTS, INSTRUMENT, MEASURES, SYSTEM, write


def faults(folder: Path, **changes: str) -> list[str]:
    """The faults of the small corpus with some files replaced, each as `file:line:column: message`."""
    with pytest.raises(CorpusError) as caught:
        read_corpus([write(folder, **changes)])
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_small_corpus_is_in_order(tmp_path: Path) -> None:
    corpus = read_corpus([write(tmp_path)])
    assert [offence.id for offence in corpus.legal_systems["ITA"].offences] == ["code/1"]
    assert corpus.instruments["treaty"].provision("4").duty == "give at least thirty days"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "system",
            "offences_known_from:",
            "offences_known_form:",
            "'offences_known_form'; did you mean offences_known_from?",
        ),
        (
            "system",
            "        - purpose.forced-labour",
            "        - purpose.forced-labor",
            "did you mean purpose.forced-labour?",
        ),
        ("system", "min: 8 years", "min: eight years", "expected a length of time such as 30 days"),
        ("system", "from: 2010-01-01}", "from: 2010-13-01}", "expected a date such as 2015-07-31"),
        ("system", "value: yes,", "value: ja,", "expected yes, partial or no, not 'ja'"),
        ("system", "value: 20 days", "value: many", "expected a length of time"),
        ("system", "state: ITA", "state: IT", "unknown State 'IT', expected one of parties.csv"),
        ("system", "criminal.attempt:", "criminal.atempt:", "unknown measure 'criminal.atempt'"),
        ("system", "- id: code/1", "- id: codex/1", "unknown act 'codex', expected one under acts; did you mean code?"),
        ("system", "id: ITA", "id: ITB", "expected ITA, the name of the file"),
        ("instrument", 'criminalises: "1"', 'criminalises: "9"', "there is no provision '9'"),
        ("instrument", 'criminalises: "1"', "criminalises: 1", "expected text (quote a provision's number)"),
        (
            "instrument",
            "topic: attempt",
            "topic: atempt",
            "unknown topic 'atempt', expected one of topics.yaml; did you mean attempt?",
        ),
        ("instrument", "softener: basic-concepts", "softener: basic-concept", "did you mean basic-concepts?"),
        (
            "instrument",
            "measure: victim.reflection-period",
            "measure: victim.reflexion-period",
            "did you mean victim.reflection-period?",
        ),
        ("instrument", 'id: "3"', 'id: "2"', "provision 2 stands twice"),
        (
            "concepts",
            "narrower_than: [means.coercion]",
            "narrower_than: [means.coertion]",
            "did you mean means.coercion?",
        ),
        (
            "concepts",
            "means.coercion: {",
            "means.coercion: {narrower_than: [means.force], ",
            "by way of others narrower than itself",
        ),
        (
            "actions",
            "ITA,ratification",
            "ITX,ratification",
            "unknown party 'ITX', expected one of parties.csv; did you mean ITA?",
        ),
        ("actions", "ITA,ratification", "ITA,ratified", "did you mean ratification?"),
        ("actions", "2001-01-01,,,register", "2001-02-30,,,register", "expected a date such as 2015-07-31"),
        (
            "actions",
            "NGA,accession,2001-02-01,,,register",
            "NGA,accession,2001-02-01,,,registry",
            "unknown source 'registry'",
        ),
    ],
)
def test_a_fault_is_named_at_its_line(tmp_path: Path, file: str, old: str, new: str, expected: str) -> None:
    texts = {"system": SYSTEM, "instrument": INSTRUMENT, "concepts": CONCEPTS, "actions": ACTIONS}
    names = {"system": "jurisdictions/ITA.yaml", "instrument": "instruments/treaty.yaml", "concepts": "concepts.yaml"}
    assert texts[file].count(old) == 1
    found = faults(tmp_path, **{file: texts[file].replace(old, new)})
    assert len(found) == 1, found
    assert expected in found[0]
    name, line, column, _ = found[0].split(":", 3)
    assert name == names.get(file, "actions/treaty.csv")
    changed = line_of(texts[file], old)
    assert changed - 1 <= int(line) <= changed + 2
    assert int(column) >= 1


def test_what_is_missing_is_named_at_what_lacks_it(tmp_path: Path) -> None:
    text = INSTRUMENT.replace("modality: shall\n    duty: punish the conduct", "duty: punish the conduct")
    (found,) = faults(tmp_path, instrument=text)
    assert "modality is missing: a duty has one" in found
    assert int(found.split(":")[1]) == line_of(text, '- id: "2"')


def test_the_place_is_exact(tmp_path: Path) -> None:
    text = SYSTEM.replace("value: 20 days", "value: many")
    (found,) = faults(tmp_path, system=text)
    line, column = found.split(":")[1:3]
    assert text.splitlines()[int(line) - 1][int(column) - 1 :].startswith("many")


def test_all_faults_of_a_file_are_named_at_once(tmp_path: Path) -> None:
    text = SYSTEM.replace("legal_system: Italy", "legal_sytem: Italy").replace("min: 8 years", "min: 8 yrs")
    text = text.replace("- purpose.forced-labour", "- purpose.forced-labor")
    found = faults(tmp_path, system=text)
    assert len(found) == 4
    assert any("legal_system is missing" in fault for fault in found)


def test_faults_in_several_files_are_named_at_once(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        system=SYSTEM.replace("state: ITA", "state: ITB"),
        instrument=INSTRUMENT.replace("topic: attempt", "topic: atempt"),
        actions=ACTIONS.replace("NGA", "NGX"),
    )
    assert [fault.split(":")[0] for fault in found] == [
        "actions/treaty.csv",
        "instruments/treaty.yaml",
        "jurisdictions/ITA.yaml",
    ]


def test_what_leads_into_a_faulty_register_is_not_reported_again(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, measures=MEASURES.replace("kind: yes_no", "kind: maybe"))
    assert found.startswith("measures.yaml:1:")


def test_a_broken_yaml_text_is_one_fault_with_its_place(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, system=SYSTEM.replace("acts:", "acts: [", 1))
    assert found.startswith("jurisdictions/ITA.yaml:")
    assert "expected YAML as docs/corpus.md shows" in found


def test_a_key_given_twice_is_a_fault(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, system=SYSTEM.replace("state: ITA", "state: ITA\nstate: NGA"))
    assert "key 'state' stands twice" in found


def test_a_text_cut_by_a_comma_is_explained(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, system=SYSTEM.replace("cite: art 2,", "cite: art 2, last line,"))
    assert "put a text that holds a comma in quotes" in found


def test_words_stay_words(tmp_path: Path) -> None:
    """Norway's code, `on`, `yes` and numbers with a leading zero are not turned into something else."""
    text = SYSTEM.replace("legal_system: Italy", "legal_system: NO\nnote: on").replace("cite: art 56", "cite: 056")
    system = read_corpus([write(tmp_path, system=text)]).legal_systems["ITA"]
    assert (system.legal_system, system.note, system.measures["criminal.attempt"][0].cite) == ("NO", "on", "056")


def test_a_file_of_unknown_name_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "juridictions").mkdir()
    (tmp_path / "juridictions" / "FRA.yaml").write_text("id: FRA\n")
    with pytest.raises(CorpusError, match="no such file in a corpus"):
        read_corpus([tmp_path])


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="there is no such folder"):
        read_corpus([tmp_path / "nowhere"])


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds no corpus file"):
        read_corpus([tmp_path])


STATEMENTS = """\
instrument: treaty
as_at: 2024-01-01
statements:
  - {id: ITA-1, party: ITA, kind: reservation, provisions: ["3"], effect: excludes, says: no attempt, made: 2001-01-01,
     source: register}
  - {id: NGA-1, party: NGA, kind: objection, answers: ITA-1, says: objects, source: register}
"""


def test_statements_on_an_instrument_are_read(tmp_path: Path) -> None:
    found = read_corpus([write(tmp_path, statements=STATEMENTS)]).statements["treaty"].statements
    assert [(s.party, s.kind, s.answers) for s in found] == [
        ("ITA", "reservation", None),
        ("NGA", "objection", "ITA-1"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('provisions: ["3"]', 'provisions: ["33"]', "unknown provision '33'"),
        ("answers: ITA-1", "answers: ITA-2", "there is no statement 'ITA-2'; did you mean ITA-1?"),
        (", answers: ITA-1", "", "answers names the statement that an objection"),
        ("made: 2001-01-01", "made: 2001-01-01, withdrawn: 1999-01-01", "1999-01-01 is before 2001-01-01"),
    ],
)
def test_a_fault_in_a_statement_is_named(tmp_path: Path, old: str, new: str, expected: str) -> None:
    (found,) = faults(tmp_path, statements=STATEMENTS.replace(old, new))
    assert found.startswith("reservations/treaty.yaml:")
    assert expected in found
