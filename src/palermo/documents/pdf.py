"""A report as PDF, tagged so that screen readers can walk it (PDF/UA-1)."""

from __future__ import annotations

from importlib.resources import files

import msgspec
import typst

from palermo.documents.report import Report


def pdf(report: Report) -> bytes:
    """The report as a PDF file."""
    template = files("palermo.documents").joinpath("templates/report.typ").read_bytes()
    return bytes(
        typst.compile(
            template,
            format="pdf",
            sys_inputs={"report": msgspec.json.encode(report).decode()},
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
        )
    )
