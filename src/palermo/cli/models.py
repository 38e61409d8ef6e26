"""`palermo models`: who meets a duty, and how."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_instrument, complete_provision, on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("instrument", shell_complete=complete_instrument)
@click.argument("provision", shell_complete=complete_provision)
@on_option
@format_options()
@click.pass_context
def models(
    context: click.Context, instrument: str, provision: str, on: date | None, form: str, out: Path | None
) -> None:
    """Which laws meet the duty PROVISION of INSTRUMENT, by which sections: those that meet it first."""
    from palermo.conformity.models_of import models_of
    from palermo.corpus.lookup import provision_named
    from palermo.ledger.parties import find_instrument
    from palermo.reports.bills import models_report

    law = the_law(context)
    home = answer(lambda: find_instrument(law.corpus, instrument))
    id = answer(lambda: provision_named(law.corpus, home, provision))[1]
    day = on or date.today()
    found = answer(lambda: models_of(law.corpus, f"{home.id} {id}", day))
    cited = home.cite(home.provision(id))
    deliver(form, out, "models-1", found, lambda: models_report(cited, day, found))
