"""A report as PDF, tagged so that screen readers can walk it (PDF/UA-1)."""

from __future__ import annotations

from importlib.resources import files

import msgspec
import typst

from palermo.documents.report import Report


class NoFont(ValueError):
    """A letter of the report stands in no font that is there, and a PDF must not show an empty box for it."""


def pdf(report: Report) -> bytes:
    """The report as a PDF file, set in the fonts that come with it; in the system's where those lack a letter.

    Raises NoFont.
    """
    try:
        return _set(report, ignore_system_fonts=True)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    try:
        return _set(report, ignore_system_fonts=False)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        raise NoFont("no font on this machine has all letters of this answer; install one, or take html") from None


def _set(report: Report, ignore_system_fonts: bool) -> bytes:
    return bytes(
        typst.compile(
            files("palermo.documents").joinpath("templates/report.typ").read_bytes(),
            format="pdf",
            sys_inputs={"report": msgspec.json.encode(report).decode()},
            pdf_standards=["ua-1"],
            ignore_system_fonts=ignore_system_fonts,
        )
    )
