"""Answers that somebody gave to questionnaires: a YAML file to fill in, read with every fault at its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from palermo.corpus.models import Corpus
from palermo.corpus.monitoring import Questionnaire
from palermo.corpus.own_files import read_own_file
from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.shapes import STRICT, Day
from palermo.corpus.yaml_files import place
from palermo.ledger.parties import UnknownName, find_party
from palermo.logic.formula import nearest

Role = Literal["state", "shadow", "comment"]
"""An answer of the State; one that somebody else gives beside it; the State's comment on either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """An answer to one question: whose, in which role, and on which day. An empty `says` is no answer yet."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {**STRICT, "str_min_length": 0}
    questionnaire: str
    question: str
    says: str
    by: str
    role: Role = "state"
    date: Day | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersFile:
    """The answers about one State in a file."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    state: str
    answers: tuple[GivenAnswer, ...] = ()


def read_answers(file: Path, corpus: Corpus, state: str) -> tuple[GivenAnswer, ...]:
    """The answers in a file about a State, those not yet given left out.

    Raises CorpusError with every fault and its place, OSError, UnicodeDecodeError.
    """
    found, text = read_own_file(file, AnswersFile)
    problems = list(_problems(found, corpus, state, file, text))
    if problems:
        raise CorpusError(problems)
    return tuple(answer for answer in found.answers if answer.says.strip())


def _problems(found: AnswersFile, corpus: Corpus, state: str, file: Path, text: str) -> Iterator[Problem]:
    try:
        of = find_party(corpus, found.state).code
    except UnknownName as error:
        yield Problem(file, *place(text, ("state",)), str(error), "unknown-party")
        return
    if of != state:
        told = f"the file holds answers about {of}, not {state}"
        yield Problem(file, *place(text, ("state",)), told, "unknown-party")
    for i, answer in enumerate(found.answers):
        here = ("answers", i)
        questionnaire = corpus.questionnaires.get(answer.questionnaire)
        if questionnaire is None:
            known = corpus.questionnaires
            told = f"there is no questionnaire {answer.questionnaire!r}{nearest(answer.questionnaire, known)}"
            yield Problem(file, *place(text, (*here, "questionnaire")), told, "unknown-question")
        elif answer.question not in (ids := [question.id for question in questionnaire.questions]):
            told = f"{questionnaire.id} has no question {answer.question!r}{nearest(answer.question, ids)}"
            yield Problem(file, *place(text, (*here, "question")), told, "unknown-question")


def from_table(
    questionnaire: Questionnaire, rows: Iterable[Sequence[str]], by: str
) -> tuple[tuple[GivenAnswer, ...], tuple[str, ...]]:
    """The answers of the State in the rows of a filled table, with the ids in it that are no question.

    The first row is the heads, among them `Question` and `Answer`; rows of tables without both are passed over.
    """
    ids = {question.id for question in questionnaire.questions}
    given: list[GivenAnswer] = []
    unknown: list[str] = []
    columns: tuple[int, int] | None = None
    for row in rows:
        heads = [cell.strip().casefold() for cell in row]
        if "question" in heads and "answer" in heads:
            columns = heads.index("question"), heads.index("answer")
            continue
        if columns is None or len(row) <= max(columns):
            columns = None
            continue
        id, says = row[columns[0]].strip(), row[columns[1]].strip()
        if id not in ids:
            unknown.append(id)
        elif says:
            given.append(GivenAnswer(questionnaire=questionnaire.id, question=id, says=says, by=by))
    return tuple(given), tuple(unknown)


def answers_text(state: str, title: str, answers: Iterable[tuple[GivenAnswer, Sequence[str]]]) -> str:
    """Answers as a YAML file for a person to fill in; above each stand lines that help."""
    lines = [f"# {title}", f"state: {state}", "answers:"]
    for answer, above in answers:
        lines += [f"  # {part}" for line in above for part in line.splitlines()]
        lines += [
            f"  - questionnaire: {answer.questionnaire}",
            f"    question: {_quoted(answer.question)}",
            f"    by: {_quoted(answer.by)}",
            f"    role: {answer.role}",
            *([f"    date: {answer.date}"] if answer.date else []),
            *([f"    source: {_quoted(answer.source)}"] if answer.source else []),
            *_block("says", answer.says),
        ]
    return "\n".join([*lines, ""])


def _block(key: str, text: str) -> list[str]:
    plain = text == text.strip() and all(line == line.strip() for line in text.splitlines()) and text.isprintable()
    if not text or not plain:
        return [f"    {key}: {_quoted(text)}"]
    return [f"    {key}: |-", *(f"      {line}" for line in text.splitlines())]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
