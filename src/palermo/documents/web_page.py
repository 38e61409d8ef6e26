"""A report as one web page: self-contained, without scripts, readable by every means and on paper."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from palermo.documents.report import Report, right_to_left


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("palermo.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["address"] = lambda svg: f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    environment.filters["kind"] = lambda block: block.__struct_config__.tag
    return environment.get_template("report.html")


def web_page(report: Report) -> str:
    """The whole page as text; it loads nothing from anywhere."""
    direction = "rtl" if right_to_left(report.language) else "ltr"
    return _template().render(report=report, direction=direction)
