"""Sections of national law and acts: as they are cited at home, with what each style adds."""

from __future__ import annotations

import re

from palermo.citations.styles import Style, section_words
from palermo.corpus.models import Act, LegalSystem

_USC = re.compile(r"\b(\d+) USC (?:ss? )?(?=\d)")
_SEVERAL = re.compile(r"\b(\d+) USC (?:ss? )?(?=\d[^;]*?(?: to | and |, )\d)")
_BARE_USC = re.compile(r"\b(\d+) USC\b")
_BRITISH = re.compile(
    r"(?P<act>.+? (?:Act|Order|Measure)(?: \([^)]*\))? \d{4}),? (?P<section>(?:ss?|arts?|Sch|Part) .+)"
)
_CHAPTER = re.compile(r"\d{4} c (\d+)")
_BRITAIN = "GBR"
_AMERICA = "USA"


def cite_section(system: LegalSystem, state: str, cite: str, act: Act | None = None, style: Style = "oscola") -> str:
    """A section of the law of a State by its own citation (`Modern Slavery Act 2015 s 2`); `state` is the State's name.

    `act` is the act that the section stands in, whose chapter the Bluebook wants for the United Kingdom.
    """
    if system.state == _AMERICA and "USC" in cite:
        return in_style(cite, style)
    if system.state == _BRITAIN:
        return _british(cite, act, style)
    written = section_words(style, cite)
    if style == "un":
        return f"{state}, {written}"
    return f"{written} ({state}){'.' if style == 'bluebook' else ''}"


def cite_act(system: LegalSystem, state: str, act: Act, style: Style = "oscola") -> str:
    """An act of a State: its title, and its official number or chapter where that is another."""
    if system.state == _AMERICA and act.citation and "USC" in act.citation:
        return in_style(act.citation, style)
    if system.state == _BRITAIN:
        title = act.title.split(", Part", 1)[0].split(", section", 1)[0]
        return _british(title, act, style)
    number = act.citation if act.citation and act.citation not in act.title else ""
    written = ", ".join(filter(None, (act.title, number)))
    if style == "un":
        return f"{state}, {written}"
    return f"{written} ({state}){'.' if style == 'bluebook' else ''}"


def in_style(cite: str, style: Style) -> str:
    """A citation of the United States Code: `18 USC § 1591(a)`, `18 U.S.C. § 1591(a)`."""
    code = "U.S.C." if style == "bluebook" else "USC" if style == "oscola" else "United States Code"
    if style == "un":
        written = _SEVERAL.sub(lambda f: f"{code}, title {f.group(1)}, sects. ", cite)
        written = _USC.sub(lambda f: f"{code}, title {f.group(1)}, sect. ", written)
        written = _BARE_USC.sub(lambda f: f"{code}, title {f.group(1)}", written)
    else:
        written = _SEVERAL.sub(lambda f: f"{f.group(1)} {code} §§ ", cite)
        written = _USC.sub(lambda f: f"{f.group(1)} {code} § ", written)
        written = _BARE_USC.sub(lambda f: f"{f.group(1)} {code}", written)
    written = section_words(style, written)
    return f"{written}." if style == "bluebook" and not written.endswith(".") else written


def _british(cite: str, act: Act | None, style: Style) -> str:
    """Acts of the United Kingdom need no State in OSCOLA; the Bluebook gives chapter and State."""
    found = _BRITISH.fullmatch(cite)
    title, section = (found["act"], found["section"]) if found else (cite, "")
    if style == "oscola":
        return f"{title}, {section}" if section else title
    if style == "un":
        return ", ".join(filter(None, ("United Kingdom", title, section_words(style, section))))
    chapter = _CHAPTER.fullmatch(act.citation or "") if act and title.startswith(act.title.split(",", 1)[0]) else None
    number = f"c. {chapter.group(1)}" if chapter else ""
    return ", ".join(filter(None, (title, number, section_words(style, section)))) + " (U.K.)."
