"""The OpenAPI document as a page shows it: operations with their parameters, and the shapes of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Words = tuple[tuple[str, str], ...]
"""Words, each with the name of the shape that it is, if it is one."""

_HOW_MANY = {"minimum": "at least {}", "maximum": "at most {}", "maxLength": "at most {} characters"}


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation, or a property of a shape."""

    name: str
    type: Words
    needed: bool
    within: str = ""
    default: str = ""


@dataclass(frozen=True)
class Operation:
    """What can be asked, by which method and path; `example` is an address with values put in."""

    id: str
    method: str
    path: str
    summary: str
    means: str
    parameters: tuple[Parameter, ...]
    body: Words
    answer: str
    example: str


@dataclass(frozen=True)
class Shape:
    """The shape of a part of an answer: its properties, or what it is instead."""

    name: str
    means: str
    properties: tuple[Parameter, ...]
    instead: Words = ()


_FOR_EXAMPLE = {
    "state": "NOR",
    "other": "SWE",
    "first": "NOR",
    "second": "SWE",
    "requesting": "NOR",
    "requested": "SWE",
    "instrument": "palermo-protocol",
    "provision": "6(3)",
    "system": "NOR",
    "form": "extradition",
    "q": "forced labour",
    "on": "2012-01-01",
}


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, list[Operation]]]:
    """The operations of an OpenAPI document, by tag."""
    by_tag: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            by_tag.setdefault(told["tags"][0], []).append(_operation(path, method, told))
    yield from by_tag.items()


def shapes(document: Mapping[str, Any]) -> list[Shape]:
    """The shapes that operations speak of, by name."""
    found = document["components"]["schemas"]
    return [
        Shape(
            name, shape.get("description", ""), tuple(_properties(shape)), () if "properties" in shape else _type(shape)
        )
        for name, shape in sorted(found.items())
    ]


def _operation(path: str, method: str, told: Mapping[str, Any]) -> Operation:
    answer = told["responses"][200]["content"]["application/json"]["schema"]["properties"]["schema"]["const"]
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    parameters = tuple(
        Parameter(
            p["name"],
            _type(p["schema"]),
            p.get("required", False),
            p["in"],
            "" if p["schema"].get("default") is None else str(p["schema"]["default"]),
        )
        for p in told.get("parameters", ())
    )
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        means=told.get("description", ""),
        parameters=parameters,
        body=_type(body) if body else (),
        answer=answer,
        example=_example(path, parameters),
    )


def _example(path: str, parameters: tuple[Parameter, ...]) -> str:
    for p in parameters:
        if p.within == "path":
            path = path.replace(f"{{{p.name}}}", _FOR_EXAMPLE.get(p.name, p.name))
    asked = "&".join(
        f"{p.name}={_FOR_EXAMPLE[p.name].replace(' ', '+')}"
        for p in parameters
        if p.within == "query" and (p.needed or p.name == "on")
    )
    return f"{path}?{asked}" if asked else path


def _properties(shape: Mapping[str, Any]) -> Iterator[Parameter]:
    needed = shape.get("required", ())
    for name, schema in shape.get("properties", {}).items():
        default = schema.get("default")
        yield Parameter(name, _type(schema), name in needed, default="" if default in (None, "", []) else str(default))


def _type(schema: Mapping[str, Any]) -> Words:
    """A type in words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return ((name, name),)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            kinds = [_type(one) for one in schema[several] if one.get("type") != "null"]
            return tuple(word for i, kind in enumerate(kinds) for word in ((((" or ", ""),) if i else ()) + kind))
    if "const" in schema:
        return ((f"“{schema['const']}”", ""),)
    if "enum" in schema:
        return ((" | ".join(map(str, schema["enum"])), ""),)
    kind = schema.get("type", "any")
    if kind == "array":
        of = schema.get("items") or {"anyOf": schema.get("prefixItems", ())}
        return (("list of ", ""), *(_type(of) if of and of != {"anyOf": ()} else (("any", ""),)))
    if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return (("by name: ", ""), *_type(schema["additionalProperties"]))
    limits = [words.format(schema[name]) for name, words in _HOW_MANY.items() if name in schema]
    word = {"date": "day (2012-01-31)", "string": "text"}.get(schema.get("format", kind), str(kind))
    return ((f"{word}, {', '.join(limits)}" if limits else word, ""),)
