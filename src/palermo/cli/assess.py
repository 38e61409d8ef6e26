"""`palermo assess`: a State's law against an instrument."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_instrument, complete_provision, complete_state, on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("state", shell_complete=complete_state)
@click.option(
    "--against",
    "instrument",
    default="palermo-protocol",
    show_default=True,
    metavar="INSTRUMENT",
    shell_complete=complete_instrument,
    help="The instrument, by its id or short title.",
)
@click.option(
    "--provision",
    "provisions",
    multiple=True,
    metavar="ID",
    shell_complete=complete_provision,
    help="Show this provision only, such as 5(1); may be given several times.",
)
@click.option("--full", is_flag=True, help="Give the reasons of every finding, also in a terminal or pipe.")
@on_option
@format_options()
@click.pass_context
def assess(
    context: click.Context,
    state: str,
    instrument: str,
    provisions: tuple[str, ...],
    full: bool,
    on: date | None,
    form: str,
    out: Path | None,
) -> None:
    """Hold the law of STATE against an instrument: one finding for each provision and legal system.

    STATE is a code (GBR), a name, or the id of one legal system (GBR-SCT). As text, reasons are given for the
    findings where law falls short or rests on a reading; --full, HTML and JSON give all.
    """
    law = the_law(context)
    found = answer(lambda: law.assess(state, instrument, on))
    known = [finding.provision for finding in found.systems[0].findings]
    for id in provisions:
        if id not in known:
            from palermo.logic.formula import nearest

            raise click.UsageError(
                f"{found.instrument} has no provision {id!r} with a finding on that day{nearest(id, known)}"
            )

    def report() -> object:
        from palermo.reports.assessment import assessment_report

        return assessment_report(law.corpus, found, provisions, whole=full or form == "html")

    deliver(form, out, "assessment-1", found.only(provisions), report)  # type: ignore[arg-type]
