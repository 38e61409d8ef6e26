"""`palermo answers`: a questionnaire for a State, filled as far as law and earlier answers go."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from palermo.cli.inputs import answer, complete_questionnaire, complete_state, on_option, the_law
from palermo.cli.output import deliver, format_options, say, write_whole

if TYPE_CHECKING:
    from palermo.law import Law
    from palermo.monitoring.own_answers import GivenAnswer


@click.command()
@click.argument("state", shell_complete=complete_state)
@click.option(
    "--questionnaire", required=True, metavar="ID", shell_complete=complete_questionnaire, help="Such as greta-3."
)
@click.option(
    "--own",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Answers given before: a YAML file, or this questionnaire filled in Word. May be given several times.",
)
@click.option("--by", metavar="NAME", help="Who answers for the State.  [default: the State]")
@click.option(
    "--draft",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a YAML file with every question, to fill in and to give as --own.",
)
@on_option
@format_options()
@click.pass_context
def answers(
    context: click.Context,
    state: str,
    questionnaire: str,
    files: tuple[Path, ...],
    by: str | None,
    draft: Path | None,
    on: date | None,
    form: str,
    out: Path | None,
) -> None:
    """A questionnaire for STATE: what its law gives on each question, with sections, and answers given before.

    An answer to another question about the same duties is taken over; one that differs is offered with the difference.
    What others say and the State's comments stand beside.
    """
    from palermo.ledger.parties import find_party
    from palermo.reports.questionnaire import questionnaire_report, to_fill

    law = the_law(context)
    party = answer(lambda: find_party(law.corpus, state))
    own = [given for file in files for given in _given(law, file, party.code, questionnaire, by or party.name)]
    found = answer(lambda: law.answers(party.code, questionnaire, own, on))
    if draft:
        from palermo.monitoring.own_answers import answers_text

        if draft.exists():
            raise click.UsageError(f"{draft} is there already; name a new file")
        write_whole(draft, answers_text(party.code, found.title, to_fill(found, by or party.name)))
        say(f"{draft}: fill it in, then palermo answers {party.code} --questionnaire {questionnaire} --own {draft}")
        return
    deliver(form, out, "answers-1", found, lambda: questionnaire_report(found))


def _given(law: Law, file: Path, state: str, questionnaire: str, by: str) -> tuple[GivenAnswer, ...]:
    from palermo.monitoring.own_answers import read_answers

    if file.suffix != ".docx":
        try:
            return read_answers(file, law.corpus, state)
        except (OSError, UnicodeDecodeError) as error:
            raise click.UsageError(f"cannot read {file}: {error}") from None
    from palermo.monitoring.answers import find_questionnaire
    from palermo.monitoring.own_answers import from_table

    try:
        from palermo.documents.word_tables import NoWordFile, table_rows
    except ModuleNotFoundError:
        raise click.UsageError("a Word file needs one more library: pip install 'palermo[documents]'") from None
    asked = answer(lambda: find_questionnaire(law.corpus, questionnaire))
    try:
        given, unknown = from_table(asked, table_rows(file), by)
    except NoWordFile as error:
        raise click.UsageError(str(error)) from None
    if unknown:
        raise click.UsageError(f"{file}: {asked.id} has no question {', '.join(map(repr, unknown))}")
    if not given:
        raise click.UsageError(f"{file}: no answer stands in a column Answer beside one Question")
    return given
