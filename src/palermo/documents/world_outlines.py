"""The outlines of States as drawn once, to be painted in a moment: `world/outlines.json`.

    python -m palermo.documents.world_outlines

draws them anew from the shapes, which needs the extra `palermo[charts]`. Each outline is a path of an SVG of 960 by 425
in the Equal Earth projection; small States are dots.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 960, 425
WORLD = Path(str(files("palermo.documents").joinpath("world")))
FILE = WORLD / "outlines.json"


def outlines() -> dict[str, dict[str, Any]]:
    """The outline of each place (`shapes`) and the middle of each small one (`dots`), by two-letter code."""
    import vl_convert

    places = [{**shape, "code": shape["id"]} for shape in _world("shapes.json")["features"]]
    points = [{"code": c, "longitude": p[0], "latitude": p[1]} for c, p in _world("small-states.json").items()]
    code = {"field": "code", "type": "nominal", "scale": None}
    where = {axis: {"field": axis, "type": "quantitative"} for axis in ("longitude", "latitude")}
    svg = vl_convert.vegalite_to_svg(
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "width": WIDTH,
            "height": HEIGHT,
            "padding": 0,
            "projection": {"type": "equalEarth"},
            "layer": [
                {"data": {"values": places}, "mark": "geoshape", "encoding": {"stroke": code}},
                {"data": {"values": points}, "mark": "circle", "encoding": {"stroke": code, **where}},
            ],
        }
    )
    return _read(svg)


def _read(svg: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {"shapes": {}, "dots": {}}
    for part in svg.split("<path ")[1:]:
        mark = _attributes(part)
        code = re.search(r"code: (\w+)", mark.get("aria-label", ""))
        if code is None:
            continue
        x, y = (round(float(n), 1) for n in mark["transform"][len("translate(") : -1].split(","))
        if (x, y) == (0, 0):
            found["shapes"][code[1]] = re.sub(r"\d+\.\d+", lambda n: f"{float(n[0]):.1f}".removesuffix(".0"), mark["d"])
        else:
            found["dots"][code[1]] = [x, y]
    return found


def _attributes(tag: str) -> dict[str, str]:
    return dict(re.findall(r'([\w-]+)="([^"]*)"', tag.split(">", 1)[0]))


def _world(name: str) -> Any:
    return json.loads((WORLD / name).read_text(encoding="utf-8"))


def main() -> None:
    """Write the file anew."""
    FILE.write_text(json.dumps(outlines(), separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
