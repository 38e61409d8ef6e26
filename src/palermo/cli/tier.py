"""`palermo tier`: where a country goes under 22 USC 7107(b)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import on_option, the_law
from palermo.cli.output import deliver, format_options


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@on_option
@format_options()
@click.pass_context
def tier(context: click.Context, file: Path, on: date | None, form: str, out: Path | None) -> None:
    """The tier of a country by the United States' statute, step by step, with what would settle what is open.

    FILE is YAML: country, report (its day), facts (yes, no or unknown), and placements in earlier reports where they
    are to stand instead of those of the corpus. --on takes the statute as in force on another day than the report's.
    """
    from palermo.evidence.country_facts import read_country_facts
    from palermo.evidence.tiers import tier_of
    from palermo.reports.tiers import tier_report

    law = the_law(context)
    try:
        known = read_country_facts(law.corpus, file)
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {file}: {error}") from None
    found = tier_of(law.corpus, known, on)
    deliver(form, out, "tier-1", found, lambda: tier_report(law.corpus, found))
