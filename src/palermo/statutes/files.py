"""Statutes from files: text, Markdown, HTML, XML, PDF and DOCX, each into lines or sections with their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from palermo.statutes.marked_up import source_of_html, source_of_xml
from palermo.statutes.source import Line, Place, Source, UnreadableStatute

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file read."""


def read_file(path: Path) -> Source:
    """The statute of a file, by the ending of its name.

    Raises UnreadableStatute for a kind of file that is not known, and for one without text.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableStatute(f"{path}: expected a file ending in {', '.join(_READERS)}, not {path.suffix!r}")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableStatute(f"cannot read {path}: {error.strerror}") from None
    if len(content) > LARGEST:
        raise UnreadableStatute(f"{path} has more than {LARGEST // 1024 // 1024} MiB; cut out the act that is meant")
    if not content.strip():
        raise UnreadableStatute(f"{path} is empty")
    source = reader(path, content)
    if not source.sections and not any(line.text.strip() for line in source.lines):
        raise UnreadableStatute(f"{path} holds no text")
    return source


def _decoded(path: Path, content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableStatute(f"{path} is not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    if "\0" in text:
        raise UnreadableStatute(f"{path} is not text: it holds null bytes")
    return text


def _plain(path: Path, content: bytes) -> Source:
    lines = _decoded(path, content).splitlines()
    return Source(None, tuple(Line(text, Place(line=i)) for i, text in enumerate(lines, 1)))


_MARKS = re.compile(r"^\s*(?:[-*+]\s+|>\s*)*|\*\*+|__+|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|\\(?=[\W_])")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def _markdown(path: Path, content: bytes) -> Source:
    raw = _decoded(path, content).splitlines()
    title, first = _front_matter(raw)
    lines = []
    for i, text in enumerate(raw, 1):
        if i <= first:
            continue
        marks = len(text) - len(text.lstrip("#"))
        is_heading = 0 < marks <= 6 and text[marks : marks + 1] in (" ", "")
        bare = text[marks:] if is_heading else text
        lines.append(Line(_MARKS.sub("", _LINK.sub(r"\1", bare)).strip(), Place(line=i), is_heading))
    return Source(title, tuple(lines))


def _front_matter(lines: list[str]) -> tuple[str | None, int]:
    """The title in a head of `key: value` lines between rules, and the last line of that head (0: there is none)."""
    if not lines or lines[0].strip() != "---" or "---" not in (line.strip() for line in lines[1:]):
        return None, 0
    last = next(i for i, line in enumerate(lines[1:], 2) if line.strip() == "---")
    titles = [line.partition(":")[2].strip(" \"'") for line in lines[1:last] if line.startswith("title:")]
    return (titles[0] if titles else None), last


def _html(path: Path, content: bytes) -> Source:
    _needed("lxml.html", path)
    return source_of_html(path, content)


def _xml(path: Path, content: bytes) -> Source:
    _needed("lxml.etree", path)
    return source_of_xml(path, content)


def _pdf(path: Path, content: bytes) -> Source:
    pdfium = _needed("pypdfium2", path)
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise UnreadableStatute(f"{path} cannot be read as PDF: {error}") from None
    try:
        pages = [_text_of_page(document[i]) for i in range(len(document))]
        title = document.get_metadata_value("Title") or None
    finally:
        document.close()
    if not any(line.strip() for lines in pages for line in lines):
        raise UnreadableStatute(
            f"{path} has pages but no text: it seems to be scanned; run text recognition (OCR) first"
        )
    running = _running_lines(pages)
    kept = (
        Line(line, Place(page=number))
        for number, lines in enumerate(pages, 1)
        for line in lines
        if _masked(line) not in running
    )
    return Source(title, tuple(kept))


def _text_of_page(page: Any) -> list[str]:
    text = page.get_textpage()
    lines: list[str] = text.get_text_bounded().replace("\ufffe", "").splitlines()
    text.close()
    page.close()
    return lines


def _masked(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _running_lines(pages: list[list[str]]) -> set[str]:
    """Heads and feet: lines at a page's edge that, numbers apart, most pages have."""
    if len(pages) < 4:
        return set()
    edges = Counter(mask for lines in pages for mask in {_masked(line) for line in (*lines[:2], *lines[-2:])} if mask)
    return {mask for mask, count in edges.items() if count * 2 > len(pages)}


def _docx(path: Path, content: bytes) -> Source:
    from io import BytesIO

    docx = _needed("docx", path)
    try:
        document = docx.Document(BytesIO(content))
    except Exception as error:  # the library lets faults of zip, XML and package through
        raise UnreadableStatute(f"{path} cannot be read as a Word document (.docx): {error}") from None
    lines = [
        Line(text, Place(line=i), (style or "").startswith(("Heading", "Title")))
        for i, (text, style) in enumerate(_paragraphs(document), 1)
    ]
    return Source(document.core_properties.title or None, tuple(lines))


def _paragraphs(document: Any) -> Iterator[tuple[str, str | None]]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield " ".join(dict.fromkeys(cell.text for cell in row.cells)), None
        else:
            yield block.text, block.style.name if block.style else None


def _needed(module: str, path: Path) -> ModuleType:
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError:
        kind = path.suffix.lower().lstrip(".")
        raise UnreadableStatute(f"reading {kind} files needs the extra: pip install 'palermo[legal]'") from None


_READERS: dict[str, Callable[[Path, bytes], Source]] = {
    ".xml": _xml,
    ".akn": _xml,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".pdf": _pdf,
    ".docx": _docx,
    ".txt": _plain,
    ".md": _markdown,
}
