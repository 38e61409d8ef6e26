"""Instruments and their provisions: treaties with their dates and series, acts of the European Union, statutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from palermo.citations.national import in_style
from palermo.citations.styles import Style, article, day_in
from palermo.corpus.models import Instrument

InForce = date | Literal["not yet"] | None

_OJ = re.compile(r"OJ (?P<series>[LC]) (?P<issue>\d+), \d+\.\d+\.(?P<year>\d{4}), p\. (?P<page>\d+)")
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def cite_instrument(
    instrument: Instrument, in_force: InForce, pinpoint: str | None = None, style: Style = "oscola"
) -> str:
    """An instrument, or a provision of it by its number (`3(a)`).

    `in_force` is the day on which the instrument itself entered into force, `not yet`, or None where that is not known.
    What the corpus does not hold, such as a reference to a series, is left out.
    """
    if instrument.kind == "domestic":
        return _statute(instrument, pinpoint, style)
    if instrument.kind == "directive":
        return _union_act(instrument, pinpoint, style)
    writers = {"oscola": _oscola, "bluebook": _bluebook, "un": _un}
    return writers[style](instrument, in_force, article(style, pinpoint) if pinpoint else "")


def _oscola(instrument: Instrument, in_force: InForce, pinpoint: str) -> str:
    short = "" if _tells_itself(instrument) else f"({instrument.short})"
    parts = (instrument.title, _dates("oscola", instrument, in_force), next(_series("oscola", instrument), ""), short)
    return " ".join(filter(None, (*parts, pinpoint)))


def _bluebook(instrument: Instrument, in_force: InForce, pinpoint: str) -> str:  # noqa: ARG001 (one form for all)
    head = f"{instrument.title} {pinpoint}".strip()
    adopted = (
        f"{_made(instrument)} {day_in('bluebook', instrument.adopted)}" if instrument.adopted else "",
        *_series("bluebook", instrument),
    )
    return ", ".join(filter(None, (head, *adopted))) + "."


def _un(instrument: Instrument, in_force: InForce, pinpoint: str) -> str:
    head = " ".join(filter(None, (instrument.title, _dates("un", instrument, in_force))))
    return ", ".join(filter(None, (head, next(_series("un", instrument), ""), pinpoint)))


def _dates(style: Style, instrument: Instrument, in_force: InForce) -> str:
    known = []
    if instrument.adopted:
        known.append(f"{_made(instrument)} {day_in(style, instrument.adopted)}")
    if in_force == "not yet":
        known.append("not yet in force")
    elif in_force:
        known.append(f"entered into force {day_in(style, in_force)}")
    return f"({', '.join(known)})" if known else ""


def _made(instrument: Instrument) -> str:
    """The Council of Europe dates its treaties by the day on which they were opened for signature."""
    return "opened for signature" if {"cets", "ets"} & instrument.reference.keys() else "adopted"


def _tells_itself(instrument: Instrument) -> bool:
    return instrument.short.casefold() in instrument.title.casefold()


def _series(style: Style, instrument: Instrument) -> Iterator[str]:
    """References to treaty series, the one that the styles prefer first."""
    reference = instrument.reference
    if style == "bluebook" and "us" in reference:
        yield reference["us"].replace("Stat ", "Stat. ")
    for key, dotted, series in (
        ("unts", "U.N.T.S.", "United Nations, Treaty Series"),
        ("lnts", "L.N.T.S.", "League of Nations, Treaty Series"),
    ):
        if key in reference:
            volume, _, page = reference[key].split()
            if style == "oscola":
                yield reference[key]
            elif style == "bluebook":
                yield f"{volume} {dotted} {page}"
            else:
                yield f"{series}, vol. {_roman(int(volume)) if key == 'lnts' else volume}, p. {page}"
    for key, short, dotted, series in (
        ("cets", "CETS", "C.E.T.S.", "Council of Europe Treaty Series"),
        ("ets", "ETS", "E.T.S.", "Council of Europe, European Treaty Series"),
        ("oas_treaty_series", "OASTS", "O.A.S.T.S.", "Organization of American States, Treaty Series"),
    ):
        if key in reference:
            number = reference[key].lstrip("0")
            number_sign = "No " if key == "oas_treaty_series" else ""
            yield {
                "oscola": f"{short} {number_sign}{number}",
                "bluebook": f"{dotted} No. {number}",
                "un": f"{series}, No. {number}",
            }[style]


def _roman(number: int) -> str:
    """A volume of the League's series, which is numbered in Roman numerals."""
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


def _union_act(instrument: Instrument, pinpoint: str | None, style: Style) -> str:
    """An act of the European Union, with its place in the Official Journal where the corpus holds one (`oj`)."""
    at = article(style, pinpoint) if pinpoint else ""
    journal = _OJ.fullmatch(instrument.reference.get("oj", ""))
    if style == "oscola":
        where = f" [{journal['year']}] OJ {journal['series']}{journal['issue']}/{journal['page']}" if journal else ""
        return f"{instrument.title}{where}{f', {at}' if at else ''}"
    if style == "bluebook":
        community = "EC" if "/EC" in instrument.title else "EU"
        where = f"{journal['year']} O.J. ({journal['series']} {journal['issue']}) {journal['page']}" if journal else ""
        return f"{', '.join(filter(None, (instrument.title, at, where)))} ({community})."
    where = ""
    if journal:
        union = "Official Journal of the European Union"
        where = f"{union}, {journal['series']} {journal['issue']} ({journal['year']}), p. {journal['page']}"
    return ", ".join(filter(None, (instrument.title, where, at)))


def _statute(instrument: Instrument, pinpoint: str | None, style: Style) -> str:
    """A statute that serves as a lens: a provision by its own citation, the whole by its title and code."""
    if pinpoint:
        found = next((p for p in instrument.provisions if p.id == pinpoint), None)
        return in_style(found.cite if found and found.cite else f"{instrument.title} s {pinpoint}", style)
    known = [instrument.reference[key] for key in ("public_law", "usc") if key in instrument.reference]
    return in_style(", ".join([instrument.title, *known]), style)
