"""Codes of data standards on concepts: values of the standard's lists, read back as the same fact."""

from __future__ import annotations

from pathlib import Path

import pytest

import palermo
from palermo.corpus.lookup import strict_theory
from palermo.corpus.problems import CorpusError
from palermo.screening.mapping import Mapping, read_mapping, shipped


@pytest.fixture(scope="module")
def htcds(law: palermo.Law) -> Mapping:
    """The mapping of the standard's tables, which names every field and every value of its picklists."""
    return read_mapping(shipped()["htcds-2.0"], law.corpus.concepts)


def test_every_htcds_code_is_a_value_of_the_standard(law: palermo.Law, htcds: Mapping) -> None:
    codes = {concept.htcds for concept in law.corpus.concepts.values() if concept.htcds}
    assert codes
    for code in codes:
        field, value = code.split("=")
        assert value in htcds.columns[field].known_values(), code


def test_a_cell_with_the_code_tells_the_concept(law: palermo.Law, htcds: Mapping) -> None:
    theory = strict_theory(law.corpus)
    for id, concept in law.corpus.concepts.items():
        if concept.htcds:
            field, value = concept.htcds.split("=")
            told = {fact.concept for fact in htcds.columns[field].facts if value in fact.true}
            assert id in theory.close(told), (id, concept.htcds)


def test_a_code_of_another_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / "concepts.yaml").write_text(
        "act.new:\n  label: {en: new}\n  meaning: something new\n  htcds: ForcedBegging\n"
    )
    with pytest.raises(CorpusError, match="is not of the form FIELD=VALUE") as raised:
        palermo.load(tmp_path)
    assert "concepts.yaml:4:" in str(raised.value)
