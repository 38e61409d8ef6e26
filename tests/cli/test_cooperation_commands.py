"""Routes, what-if, the network, requests and their tracking, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import icalendar
import pypdfium2
import pytest

from .running import palermo, refused

FACTS = """\
conduct:
  act.recruitment: yes
  means.deception: yes
  purpose.forced-labour: yes
  person.child: no
transnational: yes
organised_group: yes
person:
  nationality: [NPL]
"""


@pytest.fixture
def facts(tmp_path: Path) -> str:
    path = tmp_path / "facts.yaml"
    path.write_text(FACTS, encoding="utf-8")
    return str(path)


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_route_says_what_it_turns_on_and_whom_it_cites(facts: str) -> None:
    result = palermo("route", "IND", "NPL", "--for", "extradition", "--facts", facts, "--on", "2026-11-25")
    assert result.returncode == 0
    text = words(result.stdout)
    assert "Extradition: India asks Nepal, on 25 November 2026" in text
    assert "[an obstacle] nationality of the person" in text
    assert "UNTOC art 16(10)" in text
    assert "It gives no legal advice" in text or "it gives no legal advice" in text


def test_the_json_of_routes_names_every_condition(facts: str) -> None:
    result = palermo("route", "KEN", "IND", "--for", "hearing", "--facts", facts, "--format", "json")
    answer = json.loads(result.stdout)["answer"]
    untoc = next(route for route in answer["routes"] if route["basis"] == "untoc")
    assert {"dual_criminality", "suspected_group", "use_limited"} <= {c["ground"] for c in untoc["conditions"]}
    assert untoc["contents"]["facts"] == "UNTOC art 18(15)(c)"


def test_what_one_change_would_open() -> None:
    arguments = ("route", "KEN", "VNM", "--what-if", "--on", "2026-11-25")
    assert "What one change would open" in palermo(*arguments).stdout
    answer = json.loads(palermo(*arguments, "--format", "json").stdout)["answer"]
    changes = [change["what"] for change in answer["changes"]]
    assert "notice of Viet Nam that it takes UNTOC as basis of extradition" in changes


def test_the_network_names_the_steps_that_connect_most() -> None:
    text = words(palermo("network", "extradition", "--on", "2026-11-25").stdout)
    assert "Steps that would connect most" in text
    assert "takes as basis of extradition" in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("route", "GBR", "VNM", "--for", "extraditon"), "did you mean extradition"),
        (("route", "GBR", "GBR", "--for", "hearing"), "the same party"),
        (("route", "GBR", "VNM"), "say what is asked: --for one of extradition"),
        (("route", "GBR", "VNM", "--for", "hearing", "--facts", "nowhere.yaml"), "cannot read nowhere.yaml"),
        (("network", "hearin"), "did you mean hearing"),
        (("request", "new", "GBR", "VNM", "--for", "hearing", "--basis", "ets-030", "--out", "x.yaml"), "no basis"),
        (("request", "new", "GBR", "VNM", "--for", "hearing", "--language", "de", "--out", "x.yaml"), "not 'de'"),
        (("request", "check", "nowhere.yaml"), "cannot read nowhere.yaml"),
        (("track", "nowhere.yaml"), "cannot read nowhere.yaml"),
    ],
)
def test_mistakes_are_told_in_one_line(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    assert told in refused(*[str(tmp_path / a) if a == "x.yaml" else a for a in arguments])
    assert list(tmp_path.iterdir()) == []


class TestARequest:
    @pytest.fixture
    def draft(self, tmp_path: Path, facts: str) -> Path:
        path = tmp_path / "request.yaml"
        options = ("--for", "hearing", "--basis", "untoc", "--language", "ar", "--facts", facts, "--out", str(path))
        assert palermo("request", "new", "NLD", "NPL", *options).returncode == 0
        return path

    def test_is_checked_for_what_its_basis_requires(self, draft: Path) -> None:
        result = palermo("request", "check", str(draft))
        assert result.returncode == 1
        missing = [line.split(":")[0] for line in result.stdout.splitlines()]
        assert missing == ["authority", "matter", "facts", "person", "assistance", "purpose"]
        assert "required by UNTOC art 18(15)(c)" in result.stdout

    def test_is_filled_in_by_questions_and_saved_after_each(self, draft: Path) -> None:
        answers = "Public Prosecutor\nInvestigation 17\nThe facts\n"
        palermo("request", "fill", str(draft), stdin=answers)
        result = palermo("request", "check", str(draft))
        assert "authority" not in [line.split(":")[0] for line in result.stdout.splitlines()]
        assert "Public Prosecutor" in draft.read_text(encoding="utf-8")

    def test_becomes_a_letter_that_says_what_is_missing(self, draft: Path, tmp_path: Path) -> None:
        word, pdf = tmp_path / "letter.docx", tmp_path / "letter.pdf"
        result = palermo("request", "write", str(draft), "--out", str(word))
        assert result.returncode == 0
        assert "missing: facts, required by UNTOC art 18(15)(c)" in result.stderr
        text = "\n".join(p.text for p in docx.Document(str(word)).paragraphs)
        assert "طلب المساعدة القانونية المتبادلة" in text
        assert palermo("request", "write", str(draft), "--format", "pdf", "--out", str(pdf)).returncode == 0
        with pypdfium2.PdfDocument(pdf) as document:
            assert len(document) >= 1

    def test_is_not_begun_over_another_file(self, draft: Path) -> None:
        before = draft.read_text(encoding="utf-8")
        told = refused("request", "new", "NLD", "NPL", "--for", "hearing", "--out", str(draft))
        assert "is there already" in told
        assert draft.read_text(encoding="utf-8") == before


def test_what_is_due_goes_into_a_calendar(tmp_path: Path) -> None:
    made = tmp_path / "made.yaml"
    made.write_text(
        "requesting: NLD\nrequested: NPL\nform: hearing\nbasis: untoc\nmade: 2026-01-05\n"
        "events: {receipt: 2026-01-12}\n",
        encoding="utf-8",
    )
    text = words(palermo("track", str(made), "--on", "2026-03-01").stdout)
    assert "[no term named] as soon as possible" in text
    out = tmp_path / "due.ics"
    assert palermo("track", str(made), "--format", "ics", "--out", str(out)).returncode == 0
    assert icalendar.Calendar.from_ical(out.read_text(encoding="utf-8")) is not None
    made.write_text(made.read_text(encoding="utf-8").replace("receipt", "reciept"), encoding="utf-8")
    result = palermo("track", str(made))
    assert result.returncode == 2
    assert "made.yaml:6:10: reciept: no time limit of UNTOC knows it; did you mean receipt?" in result.stderr
