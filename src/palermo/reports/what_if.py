"""What two States could do together, and what one change would open, written down."""

from __future__ import annotations

from palermo.cooperation.what_if import Change, Opened, WhatIf
from palermo.corpus.models import Corpus
from palermo.documents.report import Block, Line, Paragraph, Report, Table, badge, line, muted
from palermo.reports.routes import NO_MORE
from palermo.reports.words import NOT_ADVICE, day


def what_if_report(corpus: Corpus, found: WhatIf) -> Report:
    """The report on every form of cooperation of two States, and the single changes that would open more."""
    here, there = (corpus.parties[code].name for code in (found.requesting, found.requested))
    today = tuple(
        (
            line(corpus.forms[form.form].label["en"]),
            line(badge(form.availability.value)),
            line(form.first or ""),
            line(str(form.established)),
        )
        for form in found.today
    )
    heads = ("Form of cooperation", "Answer", "First route", "Routes established")
    blocks: list[Block] = [Table("Today", heads, today), Paragraph(line(muted(NO_MORE)))]
    if found.changes:
        rows = tuple(_row(corpus, change, opened) for change in found.changes for opened in change.opens)
        blocks.append(Table("What one change would open", ("Change", "Form", "Today", "Then", "By"), rows))
    else:
        blocks.append(Paragraph(line("No single change that the record shows room for would open more.")))
    return Report(f"What {here} can ask of {there}, on {day(found.on)}", tuple(blocks), NOT_ADVICE)


def _row(corpus: Corpus, change: Change, opened: Opened) -> tuple[Line, ...]:
    eased = f" ({opened.obstacles_gone} obstacle{'s' if opened.obstacles_gone > 1 else ''} gone)"
    return (
        line(change.what),
        line(corpus.forms[opened.form].label["en"]),
        line(badge(opened.before.value)),
        line(badge(opened.after.value), eased if opened.obstacles_gone else ""),
        line(opened.by),
    )
