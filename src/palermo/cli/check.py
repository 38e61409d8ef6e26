"""`palermo check`: are the corpus files in order?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from palermo.cli.inputs import on_option
from palermo.cli.output import deliver, say

if TYPE_CHECKING:
    from palermo.corpus.models import Corpus
    from palermo.corpus.problems import Problem


def _complete_rule(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from palermo.corpus.rules import RULES

    return [CompletionItem(name, help=rule.means) for name, rule in RULES.items() if name.startswith(incomplete)]


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[FOLDER]")
@click.option("--alone", is_flag=True, help="Take FOLDER as a whole corpus, not as one laid over the shipped corpus.")
@click.option("--rules", is_flag=True, help="List every rule: what breaks it and how that is mended.")
@click.option("--warnings", is_flag=True, help="Tell also what does no harm and somebody should look at.")
@click.option("--strict", is_flag=True, help="With warnings, exit with 1 where there are any.")
@click.option("--only", multiple=True, metavar="RULE", shell_complete=_complete_rule, help="Tell of these rules alone.")
@click.option(
    "--except", "without", multiple=True, metavar="RULE", shell_complete=_complete_rule, help="Leave these rules out."
)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@on_option
@click.pass_context
def check(
    context: click.Context,
    folder: Path | None,
    alone: bool,
    rules: bool,
    warnings: bool,
    strict: bool,
    only: tuple[str, ...],
    without: tuple[str, ...],
    form: str,
    on: date | None,
) -> int:
    """Check the shipped corpus, or FOLDER laid over it.

    Everything found is given as file:line:column, what is wrong, what was expected, and the rule. Faults, and what
    --only and --except leave of them, exit with 2. A rule that gives a warning is told with --warnings, or if it is
    named by --only. The day decides which reviews are overdue.
    """
    from palermo.corpus.shipped import shipped_folder

    if rules:
        say(_list_of_rules())
        return 0
    if alone and folder is None:
        raise click.UsageError("--alone needs a FOLDER")
    overlays: tuple[Path, ...] = context.obj or ()
    below = [] if alone else [shipped_folder(), *overlays]
    corpus, found = _checked([*below, *([folder] if folder else [])], on or date.today(), only)
    chosen = _chosen(found, only, without, warnings or strict)
    faults = [problem for problem in chosen if problem.level == "fault"]
    if form == "json":
        _as_json(chosen)
        return 2 if faults else int(strict and bool(chosen))
    if faults:
        from palermo.corpus.problems import CorpusError

        raise CorpusError(chosen)
    if chosen:
        say("\n".join(map(str, chosen)))
        say(_counts(chosen))
    elif only or without:
        say("Nothing found by the rules asked for.")
    if not any(problem.level == "fault" for problem in found):
        say(_in_order(corpus))
    return int(strict and bool(chosen))


def _checked(folders: Sequence[Path], on: date, only: Sequence[str]) -> tuple[Corpus, list[Problem]]:
    """What was read, and everything found. Raises UsageError for a rule that there is not."""
    from palermo.corpus.curation import warnings_of
    from palermo.corpus.reading import check_corpus
    from palermo.corpus.rules import RULES

    checked = check_corpus(folders)
    return checked.corpus, sorted({*checked.faults, *warnings_of(checked.corpus, checked.documents, on)})


def _chosen(found: list[Problem], only: Sequence[str], without: Sequence[str], warnings: bool) -> list[Problem]:
    return []


def _list_of_rules() -> str:
    return ""


def _counts(problems: list[Problem]) -> str:
    return ""


def _as_json(problems: list[Problem]) -> None:
    pass


def _in_order(corpus: Corpus) -> str:
    return ""
