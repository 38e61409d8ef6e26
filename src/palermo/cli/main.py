"""The `palermo` command: finds the verb, and turns every user's mistake into one line and exit code 2."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

VERBS = {
    "assess": "Hold a State's law against an instrument.",
    "status": "What binds a State, and since when.",
    "law": "A legal system's law as it is encoded, section by section.",
    "parties": "Who is bound by an instrument.",
    "between": "What is in force between two parties, and which reservations bite.",
    "route": "On what basis one State can ask another, and whether it would refuse.",
    "network": "Between whom there is a basis for a form of cooperation, and what would connect most.",
    "request": "Draft a request to another State and write it as a letter.",
    "track": "By when each answer to a request is due.",
    "history": "Everything known of a State, in order of time.",
    "timeline": "Everything that happened to an instrument.",
    "changes": "What changed from one day to another.",
    "calendar": "What is to come for a State.",
    "recommendations": "What bodies recommended to a State, and whether its law changed since.",
    "answers": "A questionnaire for a State, filled from its law and from earlier answers.",
    "compare": "Two States' laws side by side.",
    "try": "What a bill would change.",
    "concordance": "Duties of an instrument and the sections of law that answer them.",
    "models": "Which laws meet a duty, and how.",
    "coverage": "What is encoded, verified and missing.",
    "identify": "May this be trafficking? One case under laws and instruments.",
    "screen": "Hold a table of cases against laws and instruments.",
    "link": "Count persons once across the records of several agencies, with or without names.",
    "tier": "Where a country goes under the United States' trafficking statute, step by step.",
    "disclose": "Publish counts so that no small one can be worked out.",
    "synthesise": "Publish noisy counts and synthetic rows, within a privacy budget that a ledger keeps.",
    "hidden": "How many cases stand on no list: an estimate from lists that overlap.",
    "panel": "Country-year figures and what the law derives, with why a cell is missing.",
    "impact": "Whether an outcome moved after States came under an instrument: event studies and their tests.",
    "serve": "The explorer: the whole of it in a browser.",
    "search": "Find words, phrases and citations in provisions and laws, in six languages.",
    "read": "What a statute's text says of trafficking; a draft of how to encode it.",
    "cite": "A citation to copy: OSCOLA, Bluebook or United Nations style.",
    "explain": "What a provision asks and how it is tested; what a concept means.",
    "export": "Everything in tables: a Data Package to download or archive.",
    "mcp": "A server for assistants (Model Context Protocol): every answer cited.",
    "new": "The first draft of a corpus file.",
    "check": "Check corpus files.",
    "schema": "The JSON schemas of answers and of corpus files.",
    "completion": "Shell completion for bash, zsh or fish.",
}


def _module(verb: str) -> str:
    """The module and function of a verb; `try` is a word of the language."""
    return "try_bill" if verb == "try" else verb


class Verbs(click.Group):
    """The verbs, imported one at a time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = getattr(import_module(f"palermo.cli.{_module(cmd_name)}"), _module(cmd_name))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in VERBS:
            from palermo.logic.formula import nearest

            raise click.UsageError(f"there is no verb {args[0]!r}{nearest(args[0], VERBS)}", ctx)
        return super().resolve_command(ctx, args)


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--corpus",
    "overlays",
    multiple=True,
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Lay this corpus folder over the shipped one; may be given several times.",
)
@click.version_option(package_name="palermo", prog_name="palermo")
@click.pass_context
def palermo(context: click.Context, overlays: tuple[Path, ...]) -> None:
    """The law against trafficking in persons, computable: dated, cited answers."""
    context.obj = overlays


def run(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code.

    0; 1 where a strict check found something to look at; 2 for a mistake of the user, faults of the corpus among them.
    """
    from palermo.corpus.problems import CorpusError

    try:
        result = palermo.main(arguments, prog_name="palermo", standalone_mode=False)
        return int(result) if isinstance(result, int) else 0
    except click.exceptions.Abort:
        return _fail("interrupted")
    except click.ClickException as error:
        return _fail(_one_line(error))
    except CorpusError as error:
        return _fail("there are faults in the files:\n" + str(error))


def _one_line(error: click.ClickException) -> str:
    hint = ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        hint = f" (see {error.ctx.command_path} --help)"
    return f"{error.format_message()}{hint}"


def _fail(message: str) -> int:
    click.echo(f"palermo: {message}", err=True)
    return 2


def main() -> None:
    """Entry point of the installed command."""
    sys.exit(run())
