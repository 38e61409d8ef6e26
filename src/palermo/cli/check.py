"""`palermo check`: are the corpus files in order?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
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
    from palermo.corpus.rules import Rule
    from palermo.documents.report import Report


def _complete_rule(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from palermo.corpus.rules import RULES

    return [CompletionItem(name, help=rule.means) for name, rule in RULES.items() if name.startswith(incomplete)]


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[FOLDER]")
@click.option("--alone", is_flag=True, help="Take FOLDER as a whole corpus, not as one laid over the shipped corpus.")
@click.option("--rules", is_flag=True, help="List every rule: what breaks it and how that is mended.")
@click.option("--warnings", is_flag=True, help="Tell also what somebody should look at.")
@click.option("--strict", is_flag=True, help="The same, and exit with 1 where there is anything.")
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

    Every fault is given as file:line:column, what is wrong, what was expected, and the rule in brackets, and the
    exit code is 2. Warnings are about what does no harm to the answers; the day decides which reviews are overdue.
    """
    from palermo.corpus.curation import warnings_of
    from palermo.corpus.problems import CorpusError, reported
    from palermo.corpus.reading import check_corpus
    from palermo.corpus.shipped import shipped_folder

    if rules:
        deliver(form, None, "rules-1", list(_known(()).values()), _list_of_rules)
        return 0
    if alone and folder is None:
        raise click.UsageError("--alone needs a FOLDER")
    catalogue = _known((*only, *without))
    overlays: tuple[Path, ...] = context.obj or ()
    below = [] if alone else [shipped_folder(), *overlays]
    checked = check_corpus([*below, *([folder] if folder else [])])
    found = set(checked.faults)
    if warnings or strict or any(catalogue[name].level == "warning" for name in only):
        found |= set(warnings_of(checked.corpus, checked.documents, on or date.today()))
    chosen = sorted(p for p in found if p.rule not in without and (not only or p.rule in only))
    faulty = any(problem.level == "fault" for problem in chosen)
    if form == "json":
        deliver("json", None, "problems-1", [reported(problem) for problem in chosen], _list_of_rules)
    elif faulty:
        raise CorpusError(chosen)
    else:
        _tell(chosen, bool(only or without))
        if not checked.faults:
            say(_in_order(checked.corpus))
    return 2 if faulty else int(strict and bool(chosen))


def _known(names: Iterable[str]) -> Mapping[str, Rule]:
    """The catalogue of rules, if these names are of it. Raises UsageError."""
    from palermo.corpus.rules import RULES
    from palermo.logic.formula import nearest

    for name in names:
        if name not in RULES:
            raise click.UsageError(f"there is no rule {name!r}{nearest(name, RULES)}; palermo check --rules lists them")
    return RULES


def _list_of_rules() -> Report:
    from palermo.corpus.rules import RULES
    from palermo.documents.report import Report, Table, line, strong

    heads = ("Rule", "What breaks it", "How it is mended")
    tables = tuple(
        Table(
            caption,
            heads,
            tuple(
                (line(strong(rule.name)), line(rule.means), line(rule.mend))
                for rule in RULES.values()
                if rule.level == level
            ),
        )
        for caption, level in (("Faults: the corpus cannot be used", "fault"), ("Warnings: look at it", "warning"))
    )
    return Report("What palermo check finds", tables)


def _tell(warnings: list[Problem], filtered: bool) -> None:
    """Print the warnings with how many there are by each rule, most first."""
    if warnings:
        counts = Counter(problem.rule for problem in warnings).most_common()
        say("\n".join(map(str, warnings)))
        say(f"{len(warnings)} to look at: " + ", ".join(f"{rule} {number}" for rule, number in counts))
    elif filtered:
        say("Nothing is found by the rules asked for.")


def _in_order(corpus: Corpus) -> str:
    offences = sum(len(system.offences) for system in corpus.legal_systems.values())
    provisions = sum(len(instrument.provisions) for instrument in corpus.instruments.values())
    acts = sum(len(actions) for actions in corpus.actions.values())
    return (
        f"In order: {len(corpus.instruments)} instruments with {provisions} provisions, {acts} acts of States, "
        f"{len(corpus.legal_systems)} legal systems with {offences} offences, {len(corpus.concepts)} concepts."
    )
