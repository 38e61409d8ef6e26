"""JSON schemas of the corpus files, for editors that complete and check while one types.

The shapes come from the models that `palermo check` uses; the names that may stand in them (concepts, measures,
topics) from the corpus.
"""

from __future__ import annotations

import json
from types import GenericAlias
from typing import Any

from pydantic import TypeAdapter

from palermo.corpus import models
from palermo.corpus.cooperation import Basis, CooperationForm, RequestElement, RequestKind
from palermo.corpus.figures import Indicator
from palermo.corpus.models import Corpus
from palermo.corpus.monitoring import Mechanism, Questionnaire, Recommendations

FILES: dict[str, Any] = {
    "jurisdiction-file": models.LegalSystem,
    "instrument-file": models.Instrument,
    "reservations-file": models.Statements,
    "concepts-file": GenericAlias(dict, (str, models.Concept)),
    "measures-file": GenericAlias(dict, (str, models.Measure)),
    "readings-file": GenericAlias(dict, (str, models.Reading)),
    "phrases-file": models.Phrases,
    "sources-file": GenericAlias(dict, (str, models.Source)),
    "forms-file": GenericAlias(dict, (str, CooperationForm)),
    "cooperation-file": Basis,
    "request_elements-file": GenericAlias(dict, (str, RequestElement)),
    "request_kinds-file": GenericAlias(dict, (str, RequestKind)),
    "mechanism-file": Mechanism,
    "recommendations-file": Recommendations,
    "questionnaire-file": Questionnaire,
    "indicators-file": GenericAlias(dict, (str, Indicator)),
    "glossary-file": GenericAlias(dict, (str, models.Expressions)),
}


def file_schema(name: str, corpus: Corpus) -> str:
    """The JSON schema of a corpus file. Raises KeyError for an unknown name."""
    whole = TypeAdapter(FILES[name]).json_schema(by_alias=True)
    shared = {"formula": _formula(), "test": _test(), "concept": _names(corpus.concepts, lambda c: c.meaning)}
    whole = _with_shared(whole)
    whole.setdefault("$defs", {}).update(shared)
    _name_what_the_corpus_holds(whole, corpus)
    used = _used(whole, whole["$defs"])
    whole["$defs"] = {key: value for key, value in whole["$defs"].items() if key in used}
    return json.dumps(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", **whole, "title": name},
        indent=1,
        ensure_ascii=False,
    )


def _names(entries: Any, meaning: Any) -> dict[str, Any]:
    """The names that may stand; `enumDescriptions` is what editors show beside each."""
    names = sorted(entries)
    return {"enum": names, "enumDescriptions": [meaning(entries[name]) for name in names]}


def _with_shared(schema: Any) -> Any:
    """Our own parsers mark their fields by `$comment`; each becomes a reference to the shared shape."""
    if isinstance(schema, list):
        return [_with_shared(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$comment" in schema:
        return {"$ref": f"#/$defs/{schema['$comment']}"}
    return {key: _with_shared(value) for key, value in schema.items()}


def _used(schema: dict[str, Any], definitions: dict[str, Any]) -> set[str]:
    """The definitions that the schema leads to, directly or through others."""
    found: set[str] = set()
    rest: list[Any] = [{key: value for key, value in schema.items() if key != "$defs"}]
    while rest:
        part = rest.pop()
        if isinstance(part, list):
            rest += part
        elif isinstance(part, dict):
            rest += part.values()
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found.add(name)
                rest.append(definitions[name])
    return found


def _shape(required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [required], "additionalProperties": False}


def _formula() -> dict[str, Any]:
    part, cite = {"$ref": "#/$defs/formula"}, {"type": "string"}
    parts = {"type": "array", "items": part, "minItems": 1}
    at_least = _shape("n", n={"type": "integer", "minimum": 1}, of=parts)
    at_least["required"] = ["n", "of"]
    return {
        "anyOf": [
            {"$ref": "#/$defs/concept"},
            _shape("concept", concept={"$ref": "#/$defs/concept"}, cite=cite),
            *(_shape(key, **{key: parts, "cite": cite}) for key in ("all", "any", "none")),
            _shape("at_least", at_least=at_least, cite=cite),
            _shape("formula", formula={"type": "string"}, cite=cite),
        ]
    }


def _test() -> dict[str, Any]:
    term, name = {"$ref": "#/$defs/term"}, {"type": "string"}
    tests = {"type": "array", "items": {"$ref": "#/$defs/test"}, "minItems": 1}
    criminalises = _shape(
        "criminalises", criminalises=name, when={"$ref": "#/$defs/formula"}, max_penalty_at_least=term
    )
    return {
        "anyOf": [
            {"const": "practice"},
            criminalises,
            _shape("measure", measure={"$ref": "#/$defs/measure"}, at_least=term),
            _shape("all_of", all_of=tests),
            _shape("any_of", any_of=tests),
        ]
    }


def _name_what_the_corpus_holds(whole: dict[str, Any], corpus: Corpus) -> None:
    definitions = whole["$defs"]
    definitions["measure"] = _names(corpus.measures, lambda measure: measure.meaning)
    definitions["term"] = {"type": "string", "pattern": r"^([0-9]+ (day|month|year)s?|life|death)$"}
    for shape in [whole, *definitions.values()]:
        properties = shape.get("properties", {})
        if "topic" in properties:
            properties["topic"] = {"enum": sorted(corpus.topics)}
        if "additionalProperties" in properties.get("concepts", {}):
            properties["concepts"]["propertyNames"] = {"$ref": "#/$defs/concept"}
        measures = properties.get("measures", {})
        if "additionalProperties" in measures:
            of_any = measures["additionalProperties"]
            measures["properties"] = {
                name: {**of_any, "description": f"{measure.meaning} ({measure.kind})"}
                for name, measure in sorted(corpus.measures.items())
            }
            measures["additionalProperties"] = False
