"""The map says by pattern what it says by shade, names itself, shows small States, and stands on page and paper."""

from __future__ import annotations

import base64
import io
import re
import sys
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

import palermo
from palermo.documents.pdf import pdf
from palermo.documents.plain_text import plain_text
from palermo.documents.report import Figure, Report
from palermo.documents.terminal import print_report
from palermo.documents.web_page import web_page
from palermo.documents.world_map import NotDrawn, world_map
from palermo.reports.encoded import SHARES, by_share, encoded, encoded_map, encoded_report

SVG = "{http://www.w3.org/2000/svg}"


def root_of(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 (our own)


@pytest.fixture(scope="module")
def drawn() -> str:
    classes = [("few", ["BRA"]), ("some", ["FRA", "SGP"]), ("all", ["USA"])]
    return world_map("A title", "What it <shows>", classes, "nobody looked")


def fills(svg: str) -> list[str]:
    return [shape.get("fill") or "" for shape in root_of(svg).iter(f"{SVG}path") if shape.get("fill")]


def test_a_map_names_itself_and_says_what_it_shows(drawn: str) -> None:
    root = root_of(drawn)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "A title"
    assert root.findtext(f"{SVG}desc") == "What it <shows>"


def test_every_class_has_a_pattern_of_its_own_and_what_is_not_known_another(drawn: str) -> None:
    """The darkest is plain: no pattern is a pattern too."""
    patterns = {p.get("id"): ET.tostring(p.findall("*")[1]) for p in root_of(drawn).iter(f"{SVG}pattern")}
    assert set(patterns) == {"shade-0", "shade-1", "hatched"}
    assert len(set(patterns.values())) == len(patterns)
    used = set(fills(drawn))
    assert {f"url(#{id})" for id in patterns} <= used
    assert all(fill.removeprefix("url(#").removesuffix(")") in patterns for fill in used if fill.startswith("url"))


def test_shades_grow_darker_with_the_class(law: palermo.Law) -> None:
    svg = encoded_map(encoded(law.corpus))
    papers = [
        paper.get("fill") or ""
        for pattern in root_of(svg).iter(f"{SVG}pattern")
        if (pattern.get("id") or "").startswith("shade")
        for paper in pattern.findall(f"{SVG}rect")
    ]
    light = [sum(int(paper[i : i + 2], 16) for i in (1, 3, 5)) for paper in [*papers, "#08405a"]]
    assert light == sorted(light, reverse=True)
    assert len(set(light)) == len(light) == len(SHARES)


def test_a_small_state_is_a_dot_and_a_large_one_is_not() -> None:
    """Singapore has no shape at this scale; without a dot it would be missing."""

    def marked(code: str) -> int:
        classes: list[tuple[str, list[str]]] = [("few", []), ("all", [code])]
        return fills(world_map("t", "d", classes, "u")).count("#08405a")

    nobody = fills(world_map("t", "d", [("few", []), ("all", [])], "u")).count("#08405a")
    assert marked("SGP") == marked("LIE") == marked("USA") == nobody + 1


def test_a_map_loads_nothing(drawn: str) -> None:
    assert not re.search(r"(href|src)=|@import|<script", drawn)
    assert set(re.findall(r"url\(([^)]*)\)", drawn)) == {"#shade-0", "#shade-1", "#hatched"}


def test_a_figure_has_its_words_in_every_form(drawn: str) -> None:
    figure = Figure("what the picture says", "below it", drawn)
    page = web_page(Report("t", (figure,)))
    found = re.search(r'<img src="data:image/svg\+xml;base64,([^"]+)" alt="what the picture says">', page)
    assert found
    assert base64.b64decode(found[1]).decode() == drawn
    assert "<figcaption>below it</figcaption>" in page
    assert "what the picture says" in plain_text(Report("t", (figure,)))
    out = io.StringIO()
    print_report(Report("t", (figure,)), out, width=80)
    assert "what the picture says" in out.getvalue()


def test_a_figure_that_was_not_drawn_is_its_words() -> None:
    page = web_page(Report("t", (Figure("what the picture says", "below it"),)))
    assert "<img" not in page
    assert "<p>what the picture says</p>" in page
    assert "what the picture says" in text_of(pdf(Report("t", (Figure("what the picture says", "below it"),))))


def text_of(written: bytes) -> str:
    document = pypdfium2.PdfDocument(written)
    return " ".join(page.get_textpage().get_text_range() for page in document)


def test_a_figure_stands_in_a_pdf_with_its_words_for_screen_readers(drawn: str) -> None:
    """PDF/UA refuses a picture without words; that it was written says they are there."""
    document = pypdfium2.PdfDocument(pdf(Report("t", (Figure("what the picture says", "below it", drawn),))))
    assert "below it" in document[0].get_textpage().get_text_range()
    assert sum(1 for _ in document[0].get_objects()) > 200


def test_the_words_and_the_list_name_every_state_once(law: palermo.Law) -> None:
    found = encoded(law.corpus)
    states = [state for of_class in by_share(found).values() for state in of_class]
    assert sorted(states) == sorted({system.state for system in law.corpus.legal_systems.values()})
    names = {code: party.name for code, party in law.corpus.parties.items()}
    text = plain_text(encoded_report(found, names)).replace("\n  ", " ")
    assert all(names[state] in text for state in states)


def test_a_state_is_in_the_class_of_its_share(law: palermo.Law) -> None:
    """Counted here by hand over all legal systems of the State."""
    for label, states in by_share(encoded(law.corpus)).items():
        for state in states:
            systems = law.corpus.systems_of(state)
            read = sum(
                any(system.is_verified(value) for value in values)
                for system in systems
                for values in system.measures.values()
            )
            share = read / (len(systems) * len(law.corpus.measures))
            assert SHARES.index(label) == min(int(share * 4), 3)


def test_without_the_library_that_draws_the_answer_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(NotDrawn, match=r"pip install 'palermo\[charts\]'"):
        world_map("t", "d", [("few", ["BRA"]), ("all", [])], "u")
