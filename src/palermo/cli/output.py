"""How an answer leaves: text, data, a page or an office file; to the terminal, a pipe or a file written whole."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from palermo.documents.report import Report

FORMATS = ("text", "json", "html", "pdf", "docx", "csv", "xlsx")
_TO_FILES_ONLY = ("pdf", "docx", "xlsx")


def format_options(*more: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options --format and --out, with further formats if a verb has them."""

    def options(command: Callable[..., Any]) -> Callable[..., Any]:
        to_file = click.option(
            "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to this file."
        )
        form = click.option("--format", "form", type=click.Choice((*FORMATS, *more)), default="text", show_default=True)
        return form(to_file(command))

    return options


def deliver(
    form: str,
    out: Path | None,
    schema: str,
    data: Any,
    report: Callable[[], Report],
    calendar: Callable[[], str] | None = None,
) -> None:
    """Write an answer in a form.

    `data` is what JSON holds, under its schema; `report` and `calendar` are made if the form needs them.
    """
    if form == "text" and out is None:
        _to_terminal(report())
        return
    if out is None and form in _TO_FILES_ONLY:
        raise click.UsageError(f"--format {form} needs --out FILE")
    if form == "ics":
        assert calendar is not None
        written: str | bytes = calendar()
    elif form == "json":
        written = _json(schema, data)
    else:
        written = _PAINTERS[form](report())
    if out is None:
        assert isinstance(written, str)
        say(written)
    else:
        write_whole(out, written)


class OutputClosed(click.ClickException):
    """Whoever read the output closed it before all of it was written."""

    def __init__(self) -> None:
        super().__init__("the output was closed before all of it was written")


def say(text: str) -> None:
    """Print a text, ended by one line break. Raises OutputClosed where nobody reads it."""
    try:
        click.echo(text, nl=not text.endswith("\n"))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputClosed from None


def _json(schema: str, data: Any) -> str:
    import msgspec

    from palermo.schemas import enveloped

    return msgspec.json.format(msgspec.json.encode(enveloped(schema, data)), indent=2).decode()


def _page(report: Report) -> str:
    from palermo.documents.web_page import web_page

    return web_page(report)


def _plain(report: Report) -> str:
    from palermo.documents.plain_text import plain_text

    return plain_text(report)


def _pdf(report: Report) -> bytes:
    from palermo.documents.pdf import NoFont, pdf

    try:
        return pdf(report)
    except NoFont as error:
        raise click.UsageError(str(error)) from None


def _docx(report: Report) -> bytes:
    try:
        from palermo.documents.word_file import word_file
    except ModuleNotFoundError:
        raise click.UsageError("a Word file needs one more library: pip install 'palermo[documents]'") from None
    return word_file(report)


def _csv(report: Report) -> str:
    from palermo.documents.spreadsheet import NoTable, csv_text

    try:
        return csv_text(report)
    except NoTable as error:
        raise click.UsageError(str(error)) from None


def _xlsx(report: Report) -> bytes:
    from palermo.documents.spreadsheet import NoTable, spreadsheet

    try:
        return spreadsheet(report)
    except NoTable as error:
        raise click.UsageError(str(error)) from None


_PAINTERS: dict[str, Callable[[Report], str | bytes]] = {
    "text": _plain,
    "html": _page,
    "pdf": _pdf,
    "docx": _docx,
    "csv": _csv,
    "xlsx": _xlsx,
}


def _to_terminal(report: Report) -> None:
    if not sys.stdout.isatty():
        say(_plain(report))
        return
    from palermo.documents.terminal import print_report

    print_report(report, sys.stdout)


def write_whole(out: Path, content: str | bytes) -> None:
    """Put a content in place of a file at once, so that no half-written file is ever there."""
    try:
        handle, temporary = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}-")
    except OSError as error:
        raise click.UsageError(f"cannot write {out}: {error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, out)
    except OSError as error:
        os.unlink(temporary)
        raise click.UsageError(f"cannot write {out}: {error.strerror}") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
