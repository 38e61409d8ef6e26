"""Lines into sections: where a section or article begins, its number, its heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from palermo.statutes.source import Line, Place, Section

_LATIN = (
    "bis|ter|quater|quinquies|sexies|septies|octies|nonies|novies|decies|undecies|duodecies|"
    "terdecies|quaterdecies|quindecies|sexdecies"
)
_NUMBER = rf"\d+(?:[.\-–]\d+)*(?:[°ºª]|er)?(?:[ \-]?(?:{_LATIN})\b|[ \-–.]?[A-Za-z]{{1,2}}(?![\w’']))*"
_HAN = "〇零一二三四五六七八九十百千"
_SIGN = re.compile(rf"^\W{{0,3}}§+\s*({_NUMBER})(.*)$")
_SIGN_AFTER = re.compile(r"^(\d+(?: ?[a-z])?) ?§\W*(.*)$")
_CHAPTER = re.compile(r"^(\d+ ?[a-z]?) ?kap\b")
_CHINESE = re.compile(rf"^第\s*([\d{_HAN}]+)\s*[條条](?:\s*(?:之|[-－])\s*([\d{_HAN}]+))?[:：]?(.*)$")
_BARE = re.compile(r"^(\d+[A-Z]{0,2})(?:\.\s*[—–-]?|\s*[—–]|\s{2,}|\s+(?=[A-Z“\"(]))\s*(.*)$")
_BARE_HEADING = re.compile(r"^(\d+[A-Z]{0,2})[.\s—–-]*(.*)$")
_OPENS = re.compile(r"^(?:$|[.:—–\-º°ª)(\[【]|\s*[.:—–\-(\[“\"«])")
LONGEST_HEADING = 160


@dataclass(frozen=True, slots=True)
class _Start:
    """A section's beginning: its number, what else stands on the line, and that line's index."""

    number: str
    rest: str
    at: int


def sections_of(lines: Sequence[Line], words: Iterable[str]) -> tuple[Section, ...]:
    """The sections that lines of text are made of.

    `words` head a section ("section", "article", ...). Where no line looks like the beginning of a section, the whole
    is one section without a number.
    """
    starts = _starts(lines, words)
    if not starts:
        text = "\n".join(line.text for line in lines if line.text.strip())
        return (Section("", "", text, lines[0].place if lines else Place(line=1)),)
    bounds = [start.at for start in starts[1:]] + [len(lines)]
    sections = [_section(lines, start, end) for start, end in zip(starts, bounds, strict=True)]
    return tuple(_without_echoes(sections))


def _starts(lines: Sequence[Line], words: Iterable[str]) -> list[_Start]:
    named = _named_starts(lines, words)
    sign_after = _sign_after_starts(lines)
    best = max(named, sign_after, key=len)
    if len(best) > 1:
        return best
    bare = _bare_starts(lines)
    return bare if len(bare) > len(best) else best


def _named_starts(lines: Sequence[Line], words: Iterable[str]) -> list[_Start]:
    """`Section 5`, `Art. 5 bis`, `§ 5`, `第五條`, `المادة 5`: a word and a number, and then not the rest of a sentence.

    Where the file marks nearly all of them as headings, those that it does not mark are references.
    """
    choice = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    named = re.compile(rf"^\W{{0,3}}(?:{choice})\.?\s*[\[(]?\s*({_NUMBER}|[{_HAN}]+)\s*[\])]?(.*)$", re.IGNORECASE)
    found = []
    for i, line in enumerate(lines):
        text = line.text.strip()
        chinese = _CHINESE.match(text)
        if chinese:
            number = "-".join(filter(None, (chinese[1], chinese[2])))
            found.append(_Start(number, chinese[3].strip(), i))
            continue
        match = named.match(text) or _SIGN.match(text)
        if match and (line.heading or _begins_anew(match[2])):
            found.append(_Start(_tidied(match[1]), match[2], i))
    marked = [start for start in found if lines[start.at].heading]
    return marked if len(marked) > 2 and len(marked) * 5 >= len(found) * 4 else found


def _begins_anew(rest: str) -> bool:
    """Whether what follows a number is a heading or a text of its own, not the middle of a sentence."""
    if _OPENS.match(rest):
        return True
    first = rest.strip()[:1]
    return first.isupper() or (first.isalpha() and first.upper() == first)


def _sign_after_starts(lines: Sequence[Line]) -> list[_Start]:
    """`5 a §`, in chapters whose number stands before the section's (`4 kap. 5 a §`)."""
    found, chapter = [], ""
    for i, line in enumerate(lines):
        text = line.text.strip()
        opened = _CHAPTER.match(text)
        match = _SIGN_AFTER.match(text)
        if opened and len(text) < LONGEST_HEADING:
            chapter = f"{opened[1].strip()}:"
        elif match and (line.heading or not match[2] or _begins_anew(match[2])):
            found.append(_Start(chapter + match[1], match[2], i))
    return found


def _bare_starts(lines: Sequence[Line]) -> list[_Start]:
    """`5. Heading` or a heading that is only a number; the numbers must rise, or they are those of a list."""
    found: list[_Start] = []
    last = 0
    for i, line in enumerate(lines):
        text = line.text.strip()
        match = _BARE_HEADING.match(text) if line.heading else _BARE.match(text)
        if not match:
            continue
        number = int(re.match(r"\d+", match[1])[0])  # type: ignore[index]
        if number in (last, last + 1) or (line.heading and last < number < last + 20):
            found.append(_Start(match[1], match[2], i))
            last = number
    return found


def _tidied(number: str) -> str:
    return re.sub(r"(?<=\d)(?:[°ºª]|er\b)", "", number).strip(" .–-")


def _section(lines: Sequence[Line], start: _Start, end: int) -> Section:
    opening = start.rest.strip().lstrip(".:—–-º°ª)] ").strip()
    text = [line.text.strip() for line in lines[start.at + 1 : end] if line.text.strip()]
    heading = ""
    runs_on = bool(text) and text[0][:1].islower()
    goes_on = opening[-1:] in (":", ",", ";", "—", "-")
    if opening and len(opening) <= LONGEST_HEADING and opening[0] != "(" and not (runs_on or goes_on):
        heading = opening
    elif opening:
        text = [opening, *text]
    elif start.at and lines[start.at - 1].heading and not text[:1]:
        heading = lines[start.at - 1].text
    if heading and not text:
        heading, text = "", [heading]
    return Section(start.number, heading, "\n".join(text), lines[start.at].place)


def _without_echoes(sections: Sequence[Section]) -> Iterable[Section]:
    """A number given twice in a row, first without a text, is one section."""
    for i, section in enumerate(sections):
        following = sections[i + 1] if i + 1 < len(sections) else None
        if following and following.number.casefold() == section.number.casefold() and not section.text.strip():
            continue
        yield section
