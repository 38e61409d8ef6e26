"""`palermo new`: the first draft of a corpus file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from palermo.cli.inputs import answer, complete_state, the_law
from palermo.cli.output import say, write_whole


@click.group()
def new() -> None:
    """The first draft of a corpus file."""


@new.command()
@click.argument("id", shell_complete=complete_state)
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file, which must not exist yet.")
@click.pass_context
def jurisdiction(context: click.Context, id: str, out: Path | None) -> None:
    """A file for the legal system ID (KEN, or USA-CA for a part of a State), with every question unanswered.

    Each question stands as a comment with what it means and which duties ask it. Fill in what the text of the law
    answers and check with `palermo --corpus FOLDER check`.
    """
    from palermo.reports.new_jurisdiction import new_jurisdiction

    law = the_law(context)
    draft = answer(lambda: new_jurisdiction(law.corpus, id.upper(), date.today()))
    if out is None:
        say(draft.rstrip("\n"))
        return
    if out.exists():
        raise click.UsageError(f"{out} is there already; nothing was written over it")
    write_whole(out, draft)
