"""A count through time as a line of steps (SVG), with its words. Drawing needs the extra `palermo[charts]`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from palermo.documents.charts import with_words


def step_chart(title: str, description: str, counts: Sequence[tuple[date, int]], name: str) -> str:
    """An SVG of a count that changes on some days. Raises NotDrawn."""
    ink, soft = "#0f4c5c", "#55595c"
    axis = {
        "labelFont": "sans-serif",
        "titleFont": "sans-serif",
        "labelFontSize": 12,
        "labelColor": soft,
        "grid": False,
    }
    return with_words(
        title,
        description,
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "width": 760,
            "height": 190,
            "background": "#ffffff",
            "padding": 12,
            "config": {"view": {"stroke": None}, "axis": {**axis, "titleColor": soft, "titleFontWeight": 400}},
            "data": {"values": [{"day": day.isoformat(), "count": count} for day, count in counts]},
            "mark": {"type": "line", "interpolate": "step-after", "color": ink, "strokeWidth": 2},
            "encoding": {
                "x": {"field": "day", "type": "temporal", "title": None},
                "y": {
                    "field": "count",
                    "type": "quantitative",
                    "title": name,
                    "axis": {"gridColor": "#e6e3da", "grid": True},
                },
            },
        },
    )
