"""`palermo check`: are the corpus files in order?"""

from __future__ import annotations

from pathlib import Path

import click

from palermo.cli.output import say


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[FOLDER]")
@click.option("--alone", is_flag=True, help="Take FOLDER as a whole corpus, not as one laid over the shipped corpus.")
@click.pass_context
def check(context: click.Context, folder: Path | None, alone: bool) -> None:
    """Check the shipped corpus, or FOLDER laid over it.

    Every fault is given as file:line:column, what is wrong, what was expected.
    """
    from palermo.corpus.reading import read_corpus
    from palermo.corpus.shipped import shipped_folder

    overlays: tuple[Path, ...] = context.obj or ()
    if alone and folder is None:
        raise click.UsageError("--alone needs a FOLDER")
    below = [] if alone else [shipped_folder(), *overlays]
    corpus = read_corpus([*below, *([folder] if folder else [])])
    offences = sum(len(system.offences) for system in corpus.legal_systems.values())
    provisions = sum(len(instrument.provisions) for instrument in corpus.instruments.values())
    acts = sum(len(actions) for actions in corpus.actions.values())
    say(
        f"In order: {len(corpus.instruments)} instruments with {provisions} provisions, {acts} acts of States, "
        f"{len(corpus.legal_systems)} legal systems with {offences} offences, {len(corpus.concepts)} concepts."
    )
