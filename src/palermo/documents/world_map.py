"""A map of the world in shades and patterns: what it says can be read without colour.

Shapes and points lie in `world/`, with their origin. Drawing needs the extra `palermo[charts]`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from babel.core import get_global

SHADES: tuple[tuple[str, str, str], ...] = (
    # paper, ink, what is drawn in an 8 by 8 tile
    ("#d9ebf1", "#2f6f86", '<circle cx="2" cy="2" r="0.9"/><circle cx="6" cy="6" r="0.9"/>'),
    ("#a3cfdf", "#1d5a72", '<path d="M0 2h8M0 6h8" stroke-width="0.9"/>'),
    ("#4d9cb8", "#154c61", '<path d="M0 2h8M0 6h8M2 0v8M6 0v8" stroke-width="0.5"/>'),
)
DARKEST = "#08405a"
HATCHED = ("#ffffff", "#c6c6c1", '<path d="M-2 2l4 -4M0 8l8 -8M6 10l4 -4" stroke-width="0.9"/>')
_INK, _BORDER = "#1b1b1b", "#6d7275"


class NotDrawn(RuntimeError):
    """The library that draws is not installed."""


def world_map(title: str, description: str, classes: Sequence[tuple[str, Sequence[str]]], unknown: str) -> str:
    """An SVG of the world.

    `classes` are up to four, from the lightest to the darkest: its label with the three-letter codes of its States.
    Every other place is hatched, under the label `unknown`. A small State gets a dot. Raises NotDrawn.
    """
    try:
        import vl_convert
    except ImportError:
        raise NotDrawn("the map needs one more library: pip install 'palermo[charts]'") from None
    of_state = {two_letters(code): label for label, codes in classes for code in codes}
    labels = [label for label, _ in classes]
    spec = _spec(title, [*labels, unknown], _shapes(of_state, unknown), _dots(of_state))
    return _with_patterns(vl_convert.vegalite_to_svg(spec), title, description, len(labels))


def two_letters(code: str) -> str:
    """The two-letter code of a State, where it has one."""
    found = get_global("territory_aliases").get(code)
    return str(found[0]) if found else {"XKX": "XK"}.get(code, code)


@cache
def _file(name: str) -> Any:
    return json.loads(files("palermo.documents").joinpath("world", name).read_text(encoding="utf-8"))


def _shapes(of_state: Mapping[str, str], unknown: str) -> list[dict[str, Any]]:
    """The shapes, each with its label."""
    return [{**shape, "label": of_state.get(shape["id"], unknown)} for shape in _file("shapes.json")["features"]]


def _dots(of_state: Mapping[str, str]) -> list[dict[str, Any]]:
    points = _file("small-states.json")
    return [
        {"label": label, "longitude": points[code][0], "latitude": points[code][1]}
        for code, label in of_state.items()
        if code in points
    ]


def _spec(title: str, labels: list[str], shapes: list[dict[str, Any]], dots: list[dict[str, Any]]) -> dict[str, Any]:
    patterns = [*(f"url(#shade-{i})" for i in range(len(labels) - 2)), DARKEST, "url(#hatched)"]
    fill = {
        "field": "label",
        "type": "nominal",
        "scale": {"domain": labels, "range": patterns},
        "legend": {"title": None, "symbolType": "square"},
    }
    text = {"labelFont": "sans-serif", "labelFontSize": 13, "labelColor": _INK, "labelLimit": 400}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 960,
        "height": 425,
        "background": "#ffffff",
        "padding": 12,
        "projection": {"type": "equalEarth"},
        "title": {"text": title, "anchor": "start", "font": "sans-serif", "fontSize": 17, "color": _INK, "offset": 10},
        "config": {
            "view": {"stroke": None},
            "legend": {
                **text,
                "orient": "bottom",
                "direction": "horizontal",
                "symbolSize": 420,
                "symbolStrokeColor": _BORDER,
                "symbolStrokeWidth": 0.8,
                "columnPadding": 22,
                "offset": 10,
            },
        },
        "layer": [
            {
                "data": {"values": shapes},
                "mark": {"type": "geoshape", "stroke": _BORDER, "strokeWidth": 0.5},
                "encoding": {"fill": fill},
            },
            {
                "data": {"values": dots},
                "mark": {"type": "circle", "size": 75, "opacity": 1, "stroke": _INK, "strokeWidth": 1.1},
                "encoding": {
                    "longitude": {"field": "longitude", "type": "quantitative"},
                    "latitude": {"field": "latitude", "type": "quantitative"},
                    "fill": fill,
                },
            },
        ],
    }


def _with_patterns(svg: str, title: str, description: str, shades: int) -> str:
    """The picture with its patterns, and with words for whoever does not see it."""
    tiles = [(f"shade-{i}", *shade) for i, shade in enumerate(SHADES[: shades - 1])] + [("hatched", *HATCHED)]
    patterns = "".join(
        f'<pattern id="{id}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{paper}"/>'
        f'<g fill="{ink}" stroke="{ink}" stroke-width="0">{drawn}</g></pattern>'
        for id, paper, ink, drawn in tiles
    )
    words = f"<title>{escape(title)}</title><desc>{escape(description)}</desc><defs>{patterns}</defs>"
    head, tail = svg.split(">", 1)
    return f'{head} role="img">{words}{tail}'
