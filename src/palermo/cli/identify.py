"""`palermo identify`: one case under laws and instruments."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import click

from palermo.cli.inputs import answer, on_option, the_law
from palermo.cli.output import deliver, format_options
from palermo.law import Law

_ANSWERS = {"y": True, "yes": True, "n": False, "no": False}
_LEFT_OPEN = ("d", "r")


@click.command()
@click.option(
    "--under",
    "under",
    default="palermo-protocol",
    show_default=True,
    metavar="NAMES",
    help="States, legal systems and instruments, parted by commas.",
)
@click.option(
    "--fact",
    "given",
    multiple=True,
    metavar="FACT=yes|no",
    help="A known fact, such as act.recruitment=yes; may be given several times.",
)
@click.option(
    "--facts",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Known facts as a YAML mapping of facts to yes, no or unknown.",
)
@click.option("--ask", is_flag=True, help="Ask for the facts that still matter, one by one.")
@click.option("--words", is_flag=True, help="Take each law on its words alone, without readings.")
@on_option
@format_options()
@click.pass_context
def identify(
    context: click.Context,
    under: str,
    given: tuple[str, ...],
    file: Path | None,
    ask: bool,
    words: bool,
    on: date | None,
    form: str,
    out: Path | None,
) -> None:
    """Hold the facts of one case against laws: within, outside or open, with reasons and the next best question.

    Nothing is stored. With --ask, "I don't know" and "rather not say" are answers: they leave a fact open.
    """
    from palermo.reports.identification import identification_report

    law = the_law(context)
    facts = {**(_from_file(file) if file else {}), **dict(_parsed(pair) for pair in given)}
    names = [name.strip() for name in under.split(",") if name.strip()]
    day = on or date.today()
    if ask:
        facts = _interview(law, facts, names, day, not words)
    found = answer(lambda: law.identify(facts, names, day, not words))
    deliver(form, out, "identification-1", found, lambda: identification_report(law.corpus, found))


def _parsed(pair: str) -> tuple[str, bool]:
    fact, sign, value = pair.partition("=")
    if not sign or value.casefold() not in _ANSWERS:
        raise click.UsageError(f"expected FACT=yes or FACT=no, not {pair!r}")
    return fact.strip(), _ANSWERS[value.casefold()]


def _from_file(file: Path) -> dict[str, bool]:
    from palermo.corpus.problems import CorpusError, Problem
    from palermo.corpus.yaml_files import place, read_yaml

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {file}: {error}") from None
    data, problems = read_yaml(file, text)
    if not problems and not isinstance(data, dict):
        problems = [Problem(file, 1, 1, "expected a mapping of facts to yes, no or unknown", "wrong-type")]
    wanted: dict[object, bool | None] = {True: True, False: False, "unknown": None, None: None}
    wanted.update(_ANSWERS)
    for fact, value in ({} if problems else data).items():
        if not isinstance(value, str | bool | None) or value not in wanted:
            told = f"{fact}: expected yes, no or unknown, not {value!r}"
            problems.append(Problem(file, *place(text, (fact,)), told, "unknown-word"))
    if problems:
        raise CorpusError(problems)
    return {fact: known for fact, value in data.items() if (known := wanted[value]) is not None}


def _interview(law: Law, facts: dict[str, bool], names: list[str], on: date, readings: bool) -> dict[str, bool]:
    """Ask until every law is settled, nothing more can be asked, or the person stops."""
    from palermo.reports.words import label

    left_open: list[str] = []
    while True:
        known = dict(facts)
        found = answer(partial(law.identify, known, names, on, readings, left_open))
        question = found.next_question
        if question is None:
            return facts
        concept = law.corpus.concepts[question]
        click.echo(f"\n{label(law.corpus, question)}: {concept.meaning}", err=True)
        said = click.prompt(
            "yes, no, (d)on't know, (r)ather not say, (s)top",
            type=click.Choice(["y", "n", "yes", "no", *_LEFT_OPEN, "s"], case_sensitive=False),
            show_choices=False,
            err=True,
        )
        if said == "s":
            return facts
        if said in _LEFT_OPEN:
            left_open.append(question)
        else:
            facts = {**facts, question: _ANSWERS[said]}
