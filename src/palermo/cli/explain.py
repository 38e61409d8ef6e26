"""`palermo explain`: what a provision asks, or what a concept means."""

from __future__ import annotations

from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_explained, complete_provision, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("instrument", metavar="INSTRUMENT|CONCEPT", shell_complete=complete_explained)
@click.argument("provision", required=False, shell_complete=complete_provision)
@format_options()
@click.pass_context
def explain(context: click.Context, instrument: str, provision: str | None, form: str, out: Path | None) -> None:
    """What PROVISION of INSTRUMENT asks or says, its conduct as a formula, and how national law is tested.

    With one name, such as purpose.forced-labour: what that CONCEPT means, its codes in data standards, who names it.
    """
    from palermo.corpus.lookup import provision_named
    from palermo.ledger.parties import find_instrument
    from palermo.logic.formula import nearest
    from palermo.reports.concept import concept_report
    from palermo.reports.provision import provision_report

    law = the_law(context)
    if provision is None:
        concepts = law.corpus.concepts
        if instrument in law.corpus.instruments:
            raise click.UsageError(
                f"name a provision of {instrument} too, such as {law.corpus.instruments[instrument].provisions[0].id}"
            )
        if instrument not in concepts:
            raise click.UsageError(f"there is no concept {instrument!r}{nearest(instrument, concepts)}")
        deliver(form, out, "concept-1", concepts[instrument], lambda: concept_report(law.corpus, instrument))
        return
    home = answer(lambda: find_instrument(law.corpus, instrument))
    id = answer(lambda: provision_named(law.corpus, home, provision))[1]
    found = home.provision(id)
    deliver(form, out, "provision-1", found, lambda: provision_report(law.corpus, home, found))
