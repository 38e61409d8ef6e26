"""Statutes in markup: Akoma Ntoso, the United Kingdom's CLML, the United States' USLM, Canada's, and any HTML or XML.

The four dialects name their sections. Other markup is read as lines, one for each block that holds text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from palermo.statutes.source import Line, Place, Section, Source, UnreadableStatute

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {
    "p",
    "div",
    "li",
    "tr",
    "td",
    "th",
    "dt",
    "dd",
    "br",
    "section",
    "article",
    "blockquote",
    "pre",
    "table",
    "ul",
    "ol",
    "body",
    "main",
    "header",
    "footer",
}
_UNREAD = frozenset({"script", "style", "nav", "noscript", "template", "head"})


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How one kind of markup names a section, its number and heading, and what in it is not law."""

    units: tuple[str, ...]
    number: str
    heading: str
    titles: tuple[str, ...]
    unread: frozenset[str]


_AKOMA_NTOSO = _Dialect(
    ("article", "section"), "num", "heading", ("docTitle", "shortTitle"), frozenset({"meta", "authorialNote", "note"})
)
_CLML = _Dialect(("P1",), "Pnumber", "Title", ("Title",), frozenset({"Commentary", "Metadata", "CommentaryRef"}))
_USLM = _Dialect(
    ("section",), "num", "heading", ("title",), frozenset({"meta", "notes", "note", "sourceCredit", "toc"})
)
_CANADA = _Dialect(
    ("Section",), "Label", "MarginalNote", ("ShortTitle", "LongTitle"), frozenset({"HistoricalNote", "Identification"})
)
_NAMESPACES = {
    "http://www.akomantoso.org/": _AKOMA_NTOSO,
    "http://docs.oasis-open.org/legaldocml/ns/akn": _AKOMA_NTOSO,
    "http://www.legislation.gov.uk/namespaces/legislation": _CLML,
    "http://xml.house.gov/schemas/uslm": _USLM,
    "http://schemas.gpo.gov/xml/uslm": _USLM,
}


def source_of_xml(path: Path, content: bytes) -> Source:
    """Sections where the dialect is known, else lines. Raises UnreadableStatute for what is not XML."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableStatute(f"{path} is not XML: {error.msg}") from None
    dialect = _dialect_of(root)
    if dialect is None:
        return Source(None, tuple(_lines(root, None)))
    title = next((_text(e) for name in dialect.titles for e in _named(root, name) if _text(e)), None)
    units = next((found for unit in dialect.units if (found := _units(root, unit, dialect))), [])
    sections = tuple(section for unit in units if (section := _section(unit, dialect)))
    return Source(title, sections=sections) if sections else Source(title, tuple(_lines(root, None)))


def source_of_html(path: Path, content: bytes) -> Source:
    """The lines of a page, one for each block. Raises UnreadableStatute where nothing can be made of it."""
    import lxml.html
    from lxml import etree

    encoding = None if b"charset" in content[:4096].lower() else "utf-8"
    parser = lxml.html.HTMLParser(encoding=encoding, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableStatute(f"{path} is not HTML: {error}") from None
    title = root.findtext(".//title")
    body = root.find("body")
    return Source(title.strip() if title else None, tuple(_lines(root if body is None else body, _BLOCKS)))


def _dialect_of(root: Any) -> _Dialect | None:
    for space in {*root.nsmap.values(), _space(root)}:
        for known, dialect in _NAMESPACES.items():
            if space and space.startswith(known):
                return dialect
    return _CANADA if _name(root) in ("Statute", "Regulation") and _named(root, "Section") else None


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _space(element: Any) -> str:
    return element.tag[1:].partition("}")[0] if isinstance(element.tag, str) and element.tag[0] == "{" else ""


def _named(root: Any, name: str) -> list[Any]:
    return [element for element in root.iter() if _name(element) == name]


def _units(root: Any, unit: str, dialect: _Dialect) -> list[Any]:
    """The elements of that name that have a number, stand in no other and in nothing that is not law."""
    found = []
    for element in _named(root, unit):
        above = {_name(ancestor) for ancestor in element.iterancestors()}
        if unit not in above and not above & dialect.unread and _child(element, dialect.number) is not None:
            found.append(element)
    return found


def _child(element: Any, name: str) -> Any:
    return next((child for child in element if _name(child) == name), None)


def _section(unit: Any, dialect: _Dialect) -> Section | None:
    number, heading = _child(unit, dialect.number), _child(unit, dialect.heading)
    if heading is None and dialect is _CLML:  # the heading of a section is that of the group around it
        heading = _child(unit.getparent(), dialect.heading)
    left_out = {number, heading}
    text = "\n".join(line.text for line in _lines(unit, None, dialect.unread, left_out))
    title = "" if heading is None else _text(heading)
    return Section(number_in(_text(number)), title, text, Place(line=unit.sourceline))


def number_in(label: str) -> str:
    """`§ 1591.` is 1591, `Art. 5-bis` is 5-bis: the label from its first figure on, without marks at the end."""
    words = label.strip().strip(".:—–-()[] \u00a0")
    first = next((i for i, letter in enumerate(words) if letter.isdigit()), 0)
    return " ".join(words[first:].split())


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _lines(
    root: Any, blocks: frozenset[str] | None, unread: frozenset[str] = _UNREAD, left_out: Any = frozenset()
) -> Iterator[Line]:
    """The text under an element, broken at each block (in XML: at each element whose parent holds no text itself)."""
    words: list[str] = []
    place, heading = Place(line=root.sourceline), False

    def flushed() -> Iterator[Line]:
        text = " ".join("".join(words).split())
        words.clear()
        if text:
            yield Line(text, place, heading)

    def walk(element: Any) -> Iterator[Line]:
        nonlocal place, heading
        name = _name(element)
        if element in left_out or name in unread or not name:
            return
        own_line = name in blocks if blocks is not None else not _is_inline(element)
        if own_line:
            yield from flushed()
            place, heading = Place(line=element.sourceline), name in _HEADINGS
        words.append(element.text or "")
        for child in element:
            yield from walk(child)
            words.append(child.tail or "")
        if own_line:
            yield from flushed()
            heading = False

    yield from walk(root)
    yield from flushed()


def _is_inline(element: Any) -> bool:
    """Whether text stands directly beside the element: then it is part of a running sentence."""
    parent = element.getparent()
    if parent is None:
        return False
    return any((text or "").strip() for text in (parent.text, *(child.tail for child in parent)))
