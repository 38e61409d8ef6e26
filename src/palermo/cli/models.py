"""`palermo models`: who meets a duty, and how."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_instrument, complete_provision, complete_state, on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("instrument", shell_complete=complete_instrument)
@click.argument("provision", shell_complete=complete_provision)
@click.option(
    "--near",
    metavar="STATE",
    shell_complete=complete_state,
    help="Laws nearest to this State's first: same tradition, then language, then region.  [default: by tradition]",
)
@on_option
@format_options()
@click.pass_context
def models(
    context: click.Context,
    instrument: str,
    provision: str,
    near: str | None,
    on: date | None,
    form: str,
    out: Path | None,
) -> None:
    """Which laws meet the duty PROVISION of INSTRUMENT, by which sections, to borrow from.

    STATE is a code (GBR), a name, or the id of one legal system (GBR-SCT). Nearness is no rank of quality.
    """
    from palermo.conformity.models_of import models_of
    from palermo.corpus.lookup import provision_named
    from palermo.ledger.parties import find_instrument, find_legal_systems
    from palermo.reports.concordance import models_report
    from palermo.reports.words import list_of

    law = the_law(context)
    home = answer(lambda: find_instrument(law.corpus, instrument))
    id = answer(lambda: provision_named(law.corpus, home, provision))[1]
    day = on or date.today()
    found = answer(lambda: models_of(law.corpus, f"{home.id} {id}", day, near))
    whose = list_of([system.legal_system for system in find_legal_systems(law.corpus, near)], "and") if near else ""
    cited = home.cite(home.provision(id))
    deliver(form, out, "models-1", found, lambda: models_report(law.corpus, cited, day, found, whose))
