"""`palermo law`: a legal system's law as it is encoded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_state, on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("system", shell_complete=complete_state)
@on_option
@format_options()
@click.pass_context
def law(context: click.Context, system: str, on: date | None, form: str, out: Path | None) -> None:
    """The law of SYSTEM section by section: elements of offences, penalties, measures, readings, what is missing.

    SYSTEM is the id of a legal system (GBR-SCT), or a State that has one alone.
    """
    from palermo.ledger.parties import find_legal_systems
    from palermo.reports.legal_system import legal_system_report

    held = the_law(context)
    found = answer(lambda: find_legal_systems(held.corpus, system))
    if len(found) > 1:
        raise click.UsageError(f"{system} has several legal systems: {', '.join(one.id for one in found)}")
    on_day = held.laws.on(found[0], on or date.today())
    deliver(form, out, "legal-system-1", found[0], lambda: legal_system_report(held.corpus, on_day))
