"""`palermo explain`: what a provision asks."""

from __future__ import annotations

from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_instrument, complete_provision, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("instrument", shell_complete=complete_instrument)
@click.argument("provision", shell_complete=complete_provision)
@format_options()
@click.pass_context
def explain(context: click.Context, instrument: str, provision: str, form: str, out: Path | None) -> None:
    """What PROVISION of INSTRUMENT asks or says, its conduct as a formula, and how national law is tested."""
    from palermo.corpus.lookup import provision_named
    from palermo.ledger.parties import find_instrument
    from palermo.reports.provision import provision_report

    law = the_law(context)
    home = answer(lambda: find_instrument(law.corpus, instrument))
    id = answer(lambda: provision_named(law.corpus, home, provision))[1]
    found = home.provision(id)
    deliver(form, out, "provision-1", found, lambda: provision_report(law.corpus, home, found))
