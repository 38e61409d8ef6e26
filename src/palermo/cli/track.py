"""`palermo track`: what is due on a request that was made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@on_option
@format_options("ics")
@click.pass_context
def track(context: click.Context, file: Path, on: date | None, form: str, out: Path | None) -> None:
    """By when each answer to the request in FILE is due, what is overdue and what came back.

    FILE is YAML: requesting, requested, form, basis, made; events (receipt, arrest, ...) and answers with their days.
    """
    from palermo.cooperation.requests import route_of
    from palermo.cooperation.tracking import check_words, due, named, read_request_made
    from palermo.reports.tracking import due_days, tracking_report

    law = the_law(context)
    day = on or date.today()
    try:
        made = read_request_made(file)
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {file}: {error}") from None
    routes = answer(lambda: law.routes(made.requesting, made.requested, made.form, on=made.made))
    route = answer(lambda: route_of(routes, made.basis))
    check_words(made, route, file)
    found = due(route, made, day)

    def as_calendar() -> str:
        from palermo.documents.calendar_file import calendar_file

        return calendar_file(named(law.corpus, made), due_days(law.corpus, made, found), day)

    deliver(form, out, "due-1", found, lambda: tracking_report(law.corpus, made, route, found, day), as_calendar)
