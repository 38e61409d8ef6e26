"""What pydantic finds wrong, said in the corpus's own words, with the nearest valid word and the rule broken."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, get_args, get_origin, get_type_hints

from palermo.logic.formula import nearest

_PLAIN = {
    "missing": "is missing",
    "string_type": "expected text",
    "string_too_short": "expected text, not nothing",
    "int_type": "expected a whole number",
    "int_parsing": "expected a whole number",
    "float_parsing": "expected a number without separators",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "dict_type": "expected a mapping",
    "mapping_type": "expected a mapping",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "dataclass_type": "expected a mapping",
    "dataclass_exact_type": "expected a mapping",
}

OWN = ("not-a-date", "not-a-report-year", "not-a-term")
"""The faults that our own parsers raise, named as their rules."""
_RULES = {
    "unexpected_keyword_argument": "unknown-key",
    "extra_forbidden": "unknown-key",
    "string_too_short": "empty-text",
    "literal_error": "unknown-word",
    "missing": "missing-key",
}
_AUTHORITY = {"cite": "missing-citation", "source": "missing-source"}


def rule_of(fault: Mapping[str, Any]) -> str:
    """The rule of the corpus that a fault of a pydantic ValidationError breaks."""
    kind = fault["type"]
    if kind in OWN:
        return str(kind)
    rule = _RULES.get(kind, "wrong-type")
    if rule in ("missing-key", "empty-text") and fault["loc"]:
        return _AUTHORITY.get(fault["loc"][-1], rule)
    return rule


def message_of(fault: Mapping[str, Any], model: Any) -> str:
    """One fault of a pydantic ValidationError on `model` as a short message."""
    kind = fault["type"]
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        known = keys_at(model, tuple(fault["loc"][:-1]))
        key = str(fault["loc"][-1])
        if fault["input"] is None and not nearest(key, known):
            return f"unknown key {key!r}; inside {{..}} put a text that holds a comma in quotes"
        return f"unknown key {key!r}{nearest(key, known)}, expected one of {', '.join(known)}"
    if kind == "literal_error":
        expected = str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        return f"expected {' or '.join(expected)}, not {fault['input']!r}{nearest(str(fault['input']), expected)}"
    if kind in OWN:
        return str(fault["ctx"]["text"])
    plain = _PLAIN.get(kind)
    if plain and kind != "missing":
        return f"{plain}, not {_short(fault['input'])}"
    return plain or str(fault["msg"])


def _short(value: object) -> str:
    text = {dict: "a mapping", list: "a list", type(None): "nothing"}.get(type(value), repr(value))
    return text if len(text) < 60 else f"{text[:57]}..."


def keys_at(model: Any, loc: tuple[Any, ...]) -> list[str]:
    """The keys a mapping may have at a path below a model."""
    for step in loc:
        model = _inner(model, step)
    owner = next((m for m in _options(model) if dataclasses.is_dataclass(m)), None)
    return [f.name.rstrip("_") for f in dataclasses.fields(owner)] if owner else []


def _options(model: Any) -> list[Any]:
    arguments = get_args(model)
    return list(arguments) if arguments and get_origin(model) not in (tuple, dict) else [model]


def _inner(model: Any, step: Any) -> Any:
    for option in _options(model):
        if dataclasses.is_dataclass(option) and isinstance(step, str):
            hints = get_type_hints(option)
            return hints.get(step, hints.get(f"{step}_", object))
        if get_origin(option) in (tuple, dict):
            arguments = get_args(option)
            return arguments[0] if get_origin(option) is tuple else arguments[1]
    return object
