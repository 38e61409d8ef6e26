"""`palermo coverage`: what is encoded, verified and missing."""

from __future__ import annotations

from pathlib import Path

import click

from palermo.cli.inputs import the_law
from palermo.cli.output import deliver, format_options


@click.command()
@format_options()
@click.pass_context
def coverage(context: click.Context, form: str, out: Path | None) -> None:
    """What of each legal system is encoded, how much was read in a text, what is known to be missing."""
    from palermo.reports.encoded import encoded, encoded_report

    law = the_law(context)
    found = encoded(law.corpus)
    deliver(form, out, "coverage-1", found, lambda: encoded_report(found))
