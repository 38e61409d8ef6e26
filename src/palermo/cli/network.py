"""`palermo network`: the whole world for one form of cooperation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, on_option, the_law
from palermo.cli.output import deliver, format_options
from palermo.cli.route import complete_form


@click.command()
@click.argument("measure", metavar="FORM", shell_complete=complete_form)
@on_option
@format_options()
@click.pass_context
def network(context: click.Context, measure: str, on: date | None, form: str, out: Path | None) -> None:
    """Between which States a basis for FORM is on record, which have none, and the steps that would connect most."""
    from palermo.reports.network import network_report

    law = the_law(context)
    found = answer(lambda: law.network(measure, on))
    deliver(form, out, "network-1", found, lambda: network_report(law.corpus, found))
