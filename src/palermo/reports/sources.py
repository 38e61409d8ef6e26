"""Sources with the addresses where they can be read, as far as their words give one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from palermo.documents.report import Line, Span, link

_AT = {
    "fedlex.admin.ch": "https://www.fedlex.admin.ch",
    "irishstatutebook.ie": "https://www.irishstatutebook.ie",
    "legilux.public.lu": "https://legilux.public.lu",
    "legislation.gov.uk": "https://www.legislation.gov.uk",
    "lovdata.no": "https://lovdata.no",
    "retsinformation.dk": "https://www.retsinformation.dk",
    "riigiteataja.ee": "https://www.riigiteataja.ee",
    "sso.agc.gov.sg": "https://sso.agc.gov.sg",
    "zakon.rada.gov.ua": "https://zakon.rada.gov.ua",
}
"""Publishers whose address is their own, a slash, and what a source gives behind their name."""
_WRITTEN = re.compile(
    r"(?P<whole>https?://[^\s;,()]+)"
    r"|github (?P<repository>[\w.-]+/[\w.-]+)(?: (?P<path>[\w.-]+/[^\s;,()]+))?"
    r"|(?P<publisher>[a-z-]+lii\.org|" + "|".join(map(re.escape, _AT)) + r") (?P<at>\w+/[^\s;,()]+)"
)


def source_line(source: str) -> Line:
    """The words of a source, those that name a place on the web leading there."""
    return tuple(_spans(source))


def address_of(source: str | None) -> str:
    """The first address that a source gives; empty where it gives none."""
    return next((span.address for span in _spans(source or "") if span.address), "")


def _spans(source: str) -> Iterator[Span]:
    end = 0
    for found in _WRITTEN.finditer(source):
        if found.start() > end:
            yield Span(source[end : found.start()])
        yield link(found.group(), _address(found))
        end = found.end()
    if end < len(source):
        yield Span(source[end:])


def _address(found: re.Match[str]) -> str:
    if found["whole"]:
        return found["whole"]
    if found["repository"]:
        return f"https://github.com/{found['repository']}" + (f"/blob/HEAD/{found['path']}" if found["path"] else "")
    return f"{_AT.get(found['publisher'], 'https://' + found['publisher'])}/{found['at']}"
