"""A report as one web page: self-contained, without scripts, readable by every means and on paper."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from palermo.documents.report import Report, Span, right_to_left


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("palermo.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    paint_blocks(environment)
    environment.globals |= {"said": _as_it_is, "address": _own_address, "exports": _nothing}
    return environment.get_template("report.html")


def paint_blocks(environment: Environment) -> None:
    """Give an environment what the template `blocks.html` calls on, but for `said`, `address` and `exports`."""
    environment.filters["inline"] = lambda svg: f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    environment.filters["kind"] = lambda block: block.__struct_config__.tag
    environment.filters["slug"] = lambda words: "-".join(
        "".join(c if c.isalnum() else " " for c in words.lower()).split()
    )


def _as_it_is(words: str) -> str:
    return words


def _own_address(span: Span) -> str:
    return span.address


def _nothing(_: Any) -> str:
    return ""


def web_page(report: Report) -> str:
    """The whole page as text; it loads nothing from anywhere."""
    direction = "rtl" if right_to_left(report.language) else "ltr"
    return _template().render(report=report, direction=direction)
