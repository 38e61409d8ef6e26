"""Charts: whoever does not see them has the words, and every estimate is drawn."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from palermo.documents.charts import Line, Point, intervals, over_years, rising

SVG = "{http://www.w3.org/2000/svg}"
POINTS = [Point(-2, "first", 0.1, -0.5, 0.7), Point(0, "first", 1.0, 0.4, 1.6), Point(0, "other", 1.2, 0.2, 2.2)]


def drawn(svg: str) -> tuple[str, str, int]:
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert root.get("role") == "img"
    marks = [
        g
        for g in root.iter(f"{SVG}g")
        if "mark-symbol" in (g.get("class") or "") and "role-mark" in (g.get("class") or "")
    ]
    return str(title.text), str(description.text), sum(len(list(g.iter(f"{SVG}path"))) for g in marks)


def test_every_estimate_by_years_is_drawn() -> None:
    assert drawn(over_years("By <years>", "words & words", "x", "y", POINTS)) == ("By <years>", "words & words", 3)


def test_every_estimate_with_a_label_is_drawn() -> None:
    points = [Point(f"estimator {i}", "sound", 0.1 * i, -1, 1) for i in range(6)]
    assert drawn(intervals("t", "d", "x", points))[2] == 6


def test_shares_rise() -> None:
    svg = rising("t", "d", "years", "share", [Line("a", [(0, 0), (1, 0.5)]), Line("b", [(0, 0), (2, 1)])])
    root = ElementTree.fromstring(svg)  # noqa: S314
    lines = [g for g in root.iter(f"{SVG}g") if "mark-line" in (g.get("class") or "")]
    assert sum(len(list(g.iter(f"{SVG}path"))) for g in lines) == 2


def test_without_the_library_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from palermo.documents.world_map import NotDrawn

    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(NotDrawn, match="palermo\\[charts\\]"):
        over_years("t", "d", "x", "y", POINTS)
