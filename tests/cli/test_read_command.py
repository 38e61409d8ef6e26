"""`palermo read` as its user meets it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

import palermo as library
from palermo.logic.formula import concepts_in

from ..statutes import texts
from .running import palermo, refused


@pytest.fixture
def act(tmp_path: Path) -> Path:
    path = tmp_path / "act.txt"
    path.write_text(texts.ACT, encoding="utf-8")
    return path


def drafted(act: Path, tmp_path: Path, id: str = "KWT") -> Path:
    path = tmp_path / "over" / "jurisdictions" / f"{id}.yaml"
    path.parent.mkdir(parents=True)
    assert palermo("read", str(act), "--for", id, "--out", str(path)).returncode == 0
    return path


def test_the_report_says_what_was_found_and_why(act: Path) -> None:
    text = " ".join(palermo("read", str(act)).stdout.split())
    assert "Language English" in text
    assert "recruitment act.recruitment" in text
    assert "A person who recruits, transports, harbours" in text
    assert "5 years to 20 years" in text
    assert "victim.proceedings-in-camera" in text


def test_json_is_of_its_published_schema(act: Path) -> None:
    found = json.loads(palermo("read", str(act), "--format", "json").stdout)
    jsonschema.validate(found, json.loads(palermo("schema", "reading-1").stdout))
    assert found["answer"]["language"] == "en"


def test_a_page(act: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert palermo("read", str(act), "--format", "html", "--out", str(out)).returncode == 0
    assert "forced labour" in out.read_text(encoding="utf-8")


def test_a_draft_passes_the_check_and_claims_nothing(act: Path, tmp_path: Path) -> None:
    path = drafted(act, tmp_path)
    assert palermo("--corpus", str(tmp_path / "over"), "check").returncode == 0
    system = library.load(tmp_path / "over").corpus.legal_systems["KWT"]
    values = [*system.offences, *(value for found in system.measures.values() for value in found)]
    assert len(values) > 4
    assert not any(system.is_verified(value) for value in values)
    assert {entry.topic for entry in system.look_up} >= {"legal-aid", "compensation"}
    assert "# " in path.read_text(encoding="utf-8").split("offences:")[1]


def test_a_draft_says_what_the_act_says(act: Path, tmp_path: Path) -> None:
    drafted(act, tmp_path)
    law = library.load(tmp_path / "over")
    offences = {o.id: o for o in law.corpus.legal_systems["KWT"].offences}
    trafficking = offences["kwt-act/2"]
    assert {"act.recruitment", "means.deception"} <= set(concepts_in(trafficking.conduct))
    assert trafficking.penalty is not None
    assert (str(trafficking.penalty.min), str(trafficking.penalty.max)) == ("5 years", "20 years")
    assert {str(a.max) for a in trafficking.aggravated} == {"life"}
    case = {"act.recruitment": True, "means.deception": True, "purpose.begging": True, "person.child": False}
    (under,) = law.identify(case, ["KWT"], date.today()).laws
    assert under.truth.name == "TRUE"  # the purpose comes from the definition in section 1


def test_a_draft_laid_over_an_encoded_law_hides_nothing_of_it(act: Path, tmp_path: Path) -> None:
    drafted(act, tmp_path, "GBR-SCT")
    before = library.load().corpus.legal_systems["GBR-SCT"]
    after = library.load(tmp_path / "over").corpus.legal_systems["GBR-SCT"]
    assert set(before.offences) <= set(after.offences)
    assert before.measures.items() <= after.measures.items()


def test_nothing_is_written_over(act: Path, tmp_path: Path) -> None:
    path = drafted(act, tmp_path)
    path.write_text("mine", encoding="utf-8")
    assert "is there already" in refused("read", str(act), "--for", "KWT", "--out", str(path))
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_draft_needs_to_know_whose_law_it_is(act: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "draft.yaml")
    assert "say by --for" in refused("read", str(act), "--out", out)
    assert "did you mean KWT?" in refused("read", str(act), "--for", "KWTT", "--out", out)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"   \n", "is empty"),
        ("a.txt", "Artículo 1".encode("latin-1"), "is not UTF-8 text"),
        ("a.txt", b"PK\x00\x01", "is not text"),
        ("a.xml", b"Section 1. This is no XML", "is not XML"),
        ("a.xml", b"<a/>", "holds no text"),
        ("a.pdf", b"%PDF-1.7 broken", "cannot be read as PDF"),
        ("a.docx", b"no zip file", "cannot be read as a Word document"),
        ("a.odt", b"anything", "expected a file ending in"),
        ("a.txt", b"0 0 0", "the language could not be told"),
    ],
)
def test_a_bad_file_gets_one_clear_line(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert expected in refused("read", str(path))


def test_a_scanned_pdf_is_told_from_a_text(tmp_path: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.save(str(tmp_path / "scan.pdf"))
    assert "it seems to be scanned" in refused("read", str(tmp_path / "scan.pdf"))


def test_a_missing_file_and_an_unknown_language(act: Path, tmp_path: Path) -> None:
    assert "No such file" in refused("read", str(tmp_path / "none.txt"))
    assert "no phrases for the language 'xx'" in refused("read", str(act), "--language", "xx")
