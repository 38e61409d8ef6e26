"""Charts of estimates with their intervals, told apart by shape as well as by shade. Needs `palermo[charts]`."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

from palermo.documents.world_map import NotDrawn

_INK, _GRID = "#1b1b1b", "#d9dcdd"
_SHADES = ("#08405a", "#b1560f", "#4b7f52", "#7a7d80", "#5b4a8a")
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
_TEXT = {"labelFont": "sans-serif", "labelFontSize": 12, "labelColor": _INK, "labelLimit": 360}
_AXIS = {**_TEXT, "titleFont": "sans-serif", "titleFontSize": 12, "titleColor": _INK, "titleFontWeight": "normal"}


class Point(NamedTuple):
    """An estimate with its interval: at a place of the axis or under a label, of a series."""

    at: float | str
    series: str
    value: float
    low: float
    high: float


class Line(NamedTuple):
    """A line that rises in steps: pairs of where and how high."""

    series: str
    steps: Sequence[tuple[float, float]]


def over_years(title: str, description: str, x: str, y: str, points: Sequence[Point]) -> str:
    """Estimates by years since something began, series side by side, with a line at 0 and one before year 0."""
    series = list(dict.fromkeys(point.series for point in points))
    values = [
        {
            "at": float(point.at) + 0.16 * (series.index(point.series) - (len(series) - 1) / 2),
            "series": point.series,
            "value": point.value,
            "low": point.low,
            "high": point.high,
        }
        for point in points
    ]
    at = {"field": "at", "type": "quantitative", "title": x, "axis": {"tickMinStep": 1, "format": "d"}}
    layers = [
        _rule({"y": {"datum": 0}}),
        _rule({"x": {"datum": -0.5}}, dash=[4, 3]),
        {
            "mark": {"type": "rule", "strokeWidth": 1.3},
            "encoding": {
                "x": at,
                "y": {"field": "low", "type": "quantitative", "title": y},
                "y2": {"field": "high"},
                "color": _colour(series),
            },
        },
        {
            "mark": {"type": "point", "filled": True, "size": 46, "opacity": 1},
            "encoding": {
                "x": at,
                "y": {"field": "value", "type": "quantitative"},
                "color": _colour(series),
                "shape": _shape(series),
            },
        },
    ]
    return _drawn(title, description, {"width": 720, "height": 320, "data": {"values": values}, "layer": layers})


def intervals(title: str, description: str, x: str, points: Sequence[Point]) -> str:
    """Estimates one below the other, each under its label, with a line at 0."""
    labels = list(dict.fromkeys(str(point.at) for point in points))
    series = list(dict.fromkeys(point.series for point in points))
    values = [point._asdict() for point in points]
    y = {"field": "at", "type": "nominal", "title": None, "sort": labels, "axis": {"labelLimit": 420}}
    layers = [
        _rule({"x": {"datum": 0}}),
        {
            "mark": {"type": "rule", "strokeWidth": 1.5},
            "encoding": {
                "y": y,
                "x": {"field": "low", "type": "quantitative", "title": x},
                "x2": {"field": "high"},
                "color": _colour(series),
            },
        },
        {
            "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
            "encoding": {
                "y": y,
                "x": {"field": "value", "type": "quantitative"},
                "color": _colour(series),
                "shape": _shape(series),
            },
        },
    ]
    height = max(90, 26 * len(labels))
    return _drawn(title, description, {"width": 520, "height": height, "data": {"values": values}, "layer": layers})


def rising(title: str, description: str, x: str, y: str, lines: Sequence[Line]) -> str:
    """Shares that rise in steps, from 0 to 1."""
    series = [line.series for line in lines]
    values = [{"at": at, "share": share, "series": line.series} for line in lines for at, share in line.steps]
    layer = {
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 1.8},
        "encoding": {
            "x": {"field": "at", "type": "quantitative", "title": x},
            "y": {
                "field": "share",
                "type": "quantitative",
                "title": y,
                "scale": {"domain": [0, 1]},
                "axis": {"format": "%"},
            },
            "color": _colour(series),
            "strokeDash": {
                "field": "series",
                "type": "nominal",
                "scale": {"domain": series, "range": [[1, 0], [6, 3], [2, 2], [8, 2, 2, 2]][: max(1, len(series))]},
                "legend": {"title": None},
            },
        },
    }
    return _drawn(title, description, {"width": 720, "height": 280, "data": {"values": values}, "layer": [layer]})


def _colour(series: list[str]) -> dict[str, Any]:
    scale = {"domain": series, "range": list(_SHADES[: len(series)])}
    return {"field": "series", "type": "nominal", "scale": scale, "legend": {"title": None}}


def _shape(series: list[str]) -> dict[str, Any]:
    scale = {"domain": series, "range": list(_SHAPES[: len(series)])}
    return {"field": "series", "type": "nominal", "scale": scale, "legend": {"title": None}}


def _rule(encoding: dict[str, Any], dash: Sequence[int] = ()) -> dict[str, Any]:
    mark: dict[str, Any] = {"type": "rule", "color": _INK, "strokeWidth": 0.8}
    return {"data": {"values": [{}]}, "mark": mark | ({"strokeDash": list(dash)} if dash else {}), "encoding": encoding}


def _drawn(title: str, description: str, part: dict[str, Any]) -> str:
    """The SVG of a chart, with words for whoever does not see it. Raises NotDrawn."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "#ffffff",
        "padding": 12,
        "title": {"text": title, "anchor": "start", "font": "sans-serif", "fontSize": 15, "color": _INK, "offset": 10},
        "config": {
            "view": {"stroke": None},
            "axis": {**_AXIS, "gridColor": _GRID, "domainColor": _INK, "tickColor": _INK},
            "legend": {**_TEXT, "orient": "bottom", "direction": "horizontal", "columns": 3, "labelLimit": 400},
        },
        **part,
    }
    return with_words(title, description, spec)


def with_words(title: str, description: str, spec: dict[str, Any]) -> str:
    """The SVG of a Vega-Lite specification, with words for whoever does not see it. Raises NotDrawn."""
    try:
        import vl_convert
    except ImportError:
        raise NotDrawn("charts need one more library: pip install 'palermo[charts]'") from None
    head, tail = vl_convert.vegalite_to_svg(spec).split(">", 1)
    return f'{head} role="img"><title>{escape(title)}</title><desc>{escape(description)}</desc>{tail}'
