"""A user's own YAML file that is no part of a corpus, such as the facts of a case: read and checked against a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from palermo.corpus.messages import message_of, rule_of
from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.yaml_files import place, read_yaml

T = TypeVar("T")


def read_own_file(file: Path, model: type[T], empty: Any = None) -> tuple[T, str]:
    """The value of a model in a file, with the file's text; `empty` is what an empty file stands for.

    Raises CorpusError with every fault at line and column, OSError, UnicodeDecodeError.
    """
    text = file.read_text(encoding="utf-8-sig")
    data, problems = read_yaml(file, text)
    if problems:
        raise CorpusError(problems)
    return checked(empty if data is None else data, model, file, text), text


def checked(data: object, model: type[T], file: Path, text: str) -> T:
    """Plain data as a value of a model; `file` and `text` say where it stands. Raises CorpusError with every fault."""
    from pydantic import TypeAdapter, ValidationError

    try:
        value: T = TypeAdapter(model).validate_python(data)
    except ValidationError as error:
        raise CorpusError(_problem(fault, model, file, text) for fault in error.errors(include_url=False)) from None
    return value


def _problem(fault: Any, model: Any, file: Path, text: str) -> Problem:
    path = tuple(step for step in fault["loc"] if step != "[key]")
    at = place(text, path, fault["type"] == "unexpected_keyword_argument" or "[key]" in fault["loc"])
    fault = {**fault, "loc": path}
    said = f"{path[-1]}: {message_of(fault, model)}" if path else message_of(fault, model)
    return Problem(file, *at, said, rule_of(fault))
