"""Phrases as part of the corpus: one line adds one, and a fault is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

import palermo
from palermo.corpus.load import load_corpus
from palermo.corpus.problems import CorpusError

from .small import write


def laid(tmp_path: Path, text: str, name: str = "en") -> Path:
    folder = tmp_path / "over"
    (folder / "phrases").mkdir(parents=True)
    (folder / "phrases" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_one_line_adds_a_phrase(law: palermo.Law, tmp_path: Path) -> None:
    statute = tmp_path / "act.txt"
    statute.write_text("1. Trafficking in persons\nWhoever shanghaies a person commits an offence of trafficking.\n")
    folder = laid(tmp_path, "language: en\nname: English\nconcepts: {act.recruitment: [shanghaies]}\n")
    before = {c.concept for s in law.read(statute).sections for c in s.concepts}
    richer = palermo.load(folder)
    after = {c.concept for s in richer.read(statute).sections for c in s.concepts}
    assert after - before == {"act.recruitment"}
    assert set(law.corpus.phrases["en"].concepts["act.recruitment"]) < set(
        richer.corpus.phrases["en"].concepts["act.recruitment"]
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("concepts: {act.recruiting: [enlists]}", ":3:12: unknown concept 'act.recruiting'"),
        ("measures: {victim.privac: [privacy]}", "did you mean victim.privacy?"),
        ("concepts: {act.sale: [... sells]}", "a phrase begins and ends with a word"),
        ("concepts: {act.sale: ['sells|']}", "expected a word, word*, =word or word|word"),
        ("concepts: {act.sale: [of the]}", "only nothing would be sought of 'of the'"),
        ("concepts: {act.sale: [of the sale]}", "only sale would be sought of 'of the sale'"),
        ("matters: {trafick: [trade]}", "trafick"),
        ("stemmer: klingon", "stemmer"),
    ],
)
def test_a_faulty_phrase_is_told_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    folder = laid(tmp_path, f"language: en\nname: English\n{text}\n")
    with pytest.raises(CorpusError) as error:
        load_corpus([folder])
    (line,) = str(error.value).splitlines()
    assert line.startswith(f"{folder / 'phrases' / 'en.yaml'}:3:")
    assert expected in line


def test_a_file_of_phrases_has_the_name_of_its_language(tmp_path: Path) -> None:
    folder = laid(tmp_path, "language: nl\nname: Dutch\n", "dutch")
    with pytest.raises(CorpusError, match=r"expected dutch, the name of the file, not nl"):
        load_corpus([folder])


def test_a_corpus_without_phrases_is_in_order(tmp_path: Path) -> None:
    assert load_corpus(base=write(tmp_path / "small")).phrases == {}
