"""What the verbs take: the corpus, a day, States, instruments; with completion from the corpus."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from palermo.law import Law, load

T = TypeVar("T")


class Day(click.ParamType[date]):
    """A day written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            if len(value) == len("2012-01-01"):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.fail(f"expected a date such as 2012-01-01, not {value!r}", param, ctx)


def the_law(context: click.Context) -> Law:
    """The corpus with the folders given by --corpus laid over it."""
    overlays: tuple[Path, ...] = context.obj or ()
    return load(*overlays)


def answer(question: Callable[[], T]) -> T:
    """Put a question; a name that the corpus does not know becomes a mistake of the user."""
    from palermo.mistakes import mistakes

    try:
        return question()
    except mistakes() as error:
        raise click.UsageError(str(error)) from None


def completed(pairs: list[tuple[str, str]], incomplete: str) -> list[CompletionItem]:
    """The values, with a text of help for each, that begin as typed."""
    return [
        CompletionItem(value, help=text) for value, text in pairs if value.casefold().startswith(incomplete.casefold())
    ]


def complete_state(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Codes of parties and ids of legal systems."""
    corpus = load().corpus
    pairs = [(code, party.name) for code, party in corpus.parties.items()]
    pairs += [(id, system.legal_system) for id, system in corpus.legal_systems.items() if id not in corpus.parties]
    return completed(pairs, incomplete)


def complete_instrument(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of instruments."""
    return completed([(id, i.short) for id, i in load().corpus.instruments.items()], incomplete)


def complete_explained(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of instruments and of concepts."""
    corpus = load().corpus
    concepts = [(id, concept.meaning) for id, concept in corpus.concepts.items()]
    return [*complete_instrument(context, param, incomplete), *completed(concepts, incomplete)]


def complete_provision(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of the provisions of the instrument given."""
    instrument = load().corpus.instruments.get(context.params.get("instrument") or "palermo-protocol")
    return completed([(p.id, p.title) for p in instrument.provisions] if instrument else [], incomplete)


def complete_mechanism(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of monitoring mechanisms."""
    return completed([(id, mechanism.name) for id, mechanism in load().corpus.mechanisms.items()], incomplete)


def complete_questionnaire(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of questionnaires."""
    return completed([(id, entry.title) for id, entry in load().corpus.questionnaires.items()], incomplete)


on_option = click.option(
    "--on", type=Day(), default=None, metavar="DATE", help="The day asked for, such as 2012-01-01.  [default: today]"
)
