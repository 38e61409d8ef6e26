"""`palermo recommendations`: what bodies recommended to a State, and the law since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_mechanism, complete_state, on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("state", shell_complete=complete_state)
@click.option(
    "--mechanism",
    "mechanisms",
    multiple=True,
    metavar="ID",
    shell_complete=complete_mechanism,
    help="Those of this mechanism, such as greta; may be given several times.",
)
@click.option(
    "--severity",
    "severities",
    multiple=True,
    type=click.Choice(("urge", "recommend", "consider", "invite", "request", "encourage")),
    help="Those worded so; may be given several times.",
)
@on_option
@format_options()
@click.pass_context
def recommendations(
    context: click.Context,
    state: str,
    mechanisms: tuple[str, ...],
    severities: tuple[str, ...],
    on: date | None,
    form: str,
    out: Path | None,
) -> None:
    """What monitoring bodies recommended to STATE: the law on that day, the law now, and whether it changed since.

    Only what is encoded is listed; what changed is told from dates of force, and is `not known` where they are missing.
    """
    from palermo.reports.monitoring import register_report

    law = the_law(context)
    found = answer(lambda: law.recommendations(state, mechanisms, severities, on))
    deliver(form, out, "recommendations-1", found, lambda: register_report(law.corpus, found))
