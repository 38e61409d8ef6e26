"""A folder laid over the corpus replaces and adds by id, and leaves the rest alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from palermo.corpus.load import load_corpus
from palermo.corpus.problems import CorpusError
from palermo.corpus.reading import read_corpus

from .small import write


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write(tmp_path / "base")


def over(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


BILL = """\
id: ITA
offences:
  - id: code/1
    title: trafficking, as the bill has it
    cite: Code art 1
    conduct: {all: [act.recruitment, purpose.forced-labour]}
  - id: code/2
    title: taking organs
    cite: Code art 2
    conduct: purpose.organ-removal
measures:
  victim.reflection-period: {value: 90 days, cite: art 2, act: code}
"""


def test_a_bill_replaces_and_adds_offences_by_id(base: Path, tmp_path: Path) -> None:
    bill = over(tmp_path / "bill", **{"jurisdictions__ITA.yaml": BILL})
    system = read_corpus([base, bill]).legal_systems["ITA"]
    assert [(o.id, o.title) for o in system.offences] == [
        ("code/1", "trafficking, as the bill has it"),
        ("code/2", "taking organs"),
    ]
    assert system.measures["victim.reflection-period"][0].value == "90 days"
    assert system.measures["criminal.attempt"][0].value == "yes"
    assert read_corpus([base]).legal_systems["ITA"].offences[0].title == "trafficking"


def test_a_fault_in_the_upper_folder_is_placed_there(base: Path, tmp_path: Path) -> None:
    bill = over(
        tmp_path / "bill",
        **{"jurisdictions__ITA.yaml": BILL.replace("conduct: purpose.organ-removal", "conduct: purpose.organs")},
    )
    with pytest.raises(CorpusError) as caught:
        read_corpus([base, bill])
    (problem,) = caught.value.problems
    assert problem.file == bill / "jurisdictions" / "ITA.yaml"
    assert "purpose.organs" in (bill / "jurisdictions" / "ITA.yaml").read_text().splitlines()[problem.line - 1]


def test_rows_of_acts_are_added_and_replaced(base: Path, tmp_path: Path) -> None:
    rows = (
        "party,action,date,entry_into_force,note,source,as_at\n"
        "NGA,accession,2001-02-01,2001-06-01,,register,2025-01-01\n"
        "NGA,denunciation,2020-01-01,,,register,2025-01-01\n"
    )
    acts = read_corpus([base, over(tmp_path / "more", **{"actions__treaty.csv": rows})]).actions["treaty"]
    assert [(a.party, a.action, a.entry_into_force is not None) for a in acts] == [
        ("ITA", "ratification", False),
        ("NGA", "accession", True),
        ("NGA", "denunciation", False),
    ]


def test_the_compiled_corpus_equals_the_files_and_follows_every_change(base: Path) -> None:
    first = load_corpus(base=base)
    assert load_corpus(base=base) == first == read_corpus([base])
    path = base / "jurisdictions" / "ITA.yaml"
    path.write_text(path.read_text().replace("max: 20 years", "max: 21 years"))
    changed = load_corpus(base=base)
    assert str(changed.legal_systems["ITA"].offences[0].penalty.max) == "21 years"  # type: ignore[union-attr]


def test_a_damaged_cache_is_passed_over(base: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PALERMO_CACHE", str(tmp_path / "cache"))
    first = load_corpus(base=base)
    (kept,) = (tmp_path / "cache").glob("*.msgpack")
    kept.write_bytes(b"not this")
    assert load_corpus(base=base) == first
