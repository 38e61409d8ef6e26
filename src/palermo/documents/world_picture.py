"""The world painted from outlines drawn before: shades with patterns, so that it can be read without colour."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from palermo.documents.world_map import DARKEST, HATCHED, SHADES, two_letters
from palermo.documents.world_outlines import FILE, HEIGHT, WIDTH

MOST = len(SHADES) + 1
"""How many classes can be told apart."""


@cache
def _outlines() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def world_picture(of_state: Mapping[str, int], words: Mapping[str, str], title: str) -> str:
    """An SVG of the world, to stand in a page.

    `of_state` gives the class of each State by three-letter code, from 0, the lightest, to 3; all others are hatched.
    `words` are names by code, shown when pointed at. Small States of which something is said get a dot.
    """
    by_code = {two_letters(state): (state, shade) for state, shade in of_state.items()}
    named = {two_letters(state): (state, name) for state, name in words.items()}
    marks = [
        f'<path fill="{_fill(by_code, code)}"{_told(named, code)} d="{path}"/>'
        for code, path in _outlines()["shapes"].items()
    ]
    marks += [
        f'<circle fill="{_fill(by_code, code)}" cx="{x}" cy="{y}" r="4.6"{_told(named, code)}/>'
        for code, (x, y) in _outlines()["dots"].items()
        if code in by_code
    ]
    return (
        f'<svg class="world" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"<defs>{''.join(patterns())}</defs>{''.join(marks)}</svg>"
    )


def patterns() -> list[str]:
    """The patterns that the classes are filled with."""
    tiles = [(f"shade-{i}", *shade) for i, shade in enumerate(SHADES)] + [("hatched", *HATCHED)]
    return [
        f'<pattern id="{id}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" '
        f'fill="{paper}"/><g fill="{ink}" stroke="{ink}" stroke-width="0">{drawn}</g></pattern>'
        for id, paper, ink, drawn in tiles
    ]


def _fill(of: Mapping[str, tuple[str, int]], code: str) -> str:
    return fill(of[code][1]) if code in of else fill(None)


def fill(shade: int | None) -> str:
    """What a class is filled with; None for places of which nothing is known."""
    if shade is None:
        return "url(#hatched)"
    return f"url(#shade-{shade})" if shade < len(SHADES) else DARKEST


def _told(named: Mapping[str, tuple[str, str]], code: str) -> str:
    if code not in named:
        return ""
    state, name = named[code]
    return f' data-state="{escape(state)}" data-name="{escape(name)}"'
