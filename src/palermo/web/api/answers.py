"""Answers as JSON under their published schemas, and mistakes with the nearest that would have been right."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from palermo.logic.patience import TooMuchWork
from palermo.mistakes import mistakes
from palermo.schemas import type_of
from palermo.web.mistakes import Mistake, nearest_pages
from palermo.web.refusal import Refused, refuse

REF = "#/components/schemas/{name}"


class Party(msgspec.Struct, frozen=True):
    """A State, organisation or territory of the register; `systems` are its legal systems that are encoded."""

    code: str
    name: str
    kind: str
    systems: tuple[str, ...] = ()


class InstrumentNamed(msgspec.Struct, frozen=True):
    """An instrument in short."""

    id: str
    short: str
    title: str
    kind: str
    provisions: tuple[str, ...]


class ApiOfPalermo(NinjaAPI):
    """Adds the shapes of answers to the OpenAPI document."""

    def get_openapi_schema(self, **asked: Any) -> Any:
        """The OpenAPI document. Meaning and shapes of answers come from the library itself."""
        document = super().get_openapi_schema(**asked)
        document["components"].setdefault("schemas", {}).update(_components())
        return document


def shape(name: str) -> Any:
    """The type of an answer: a published one such as `assessment-1`, or one of the interface's own."""
    own: dict[str, Any] = {"parties-1": list[Party], "instruments-1": list[InstrumentNamed], "refused": Refused}
    return own[name] if name in own else type_of(name)


NAMES = (
    "parties-1",
    "instruments-1",
    "refused",
    "assessment-1",
    "standings-1",
    "comparison-1",
    "provision-1",
    "between-1",
    "events-1",
    "calendar-1",
    "recommendations-1",
    "identification-1",
    "bill-1",
    "models-1",
    "verdicts-1",
    "coverage-1",
    "routes-1",
    "network-1",
    "search-1",
    "legal-system-1",
)


@cache
def _schemas() -> tuple[dict[str, Any], dict[str, Any]]:
    found, components = msgspec.json.schema_components([shape(name) for name in NAMES], ref_template=REF)
    return dict(zip(NAMES, found, strict=True)), components


def _components() -> dict[str, Any]:
    return _schemas()[1]


def described(name: str) -> dict[str, Any]:
    """What OpenAPI says of an operation whose answer has this name."""
    of = _schemas()[0]
    envelope = {
        "type": "object",
        "properties": {"schema": {"const": name}, "answer": of[name]},
        "required": ["schema", "answer"],
    }
    refused = {"application/json": {"schema": of["refused"]}}
    told = {
        200: {"description": "The answer", "content": {"application/json": {"schema": envelope}}},
        400: {"description": "The request cannot be read", "content": refused},
        404: {"description": "Nothing of that name; the nearest is offered", "content": refused},
        422: {"description": "A parameter is not what it has to be", "content": refused},
        429: {"description": "Too many requests: wait as long as Retry-After says", "content": refused},
    }
    return {"responses": told}


def given(name: str, answer: Any) -> HttpResponse:
    """An answer under the name of its schema."""
    content = msgspec.json.encode({"schema": name, "answer": answer})
    return HttpResponse(content, content_type="application/json")


def tell_mistakes(api: NinjaAPI) -> None:
    """Give every mistake of the asker the same shape."""

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: Any) -> HttpResponse:
        said = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors)
        return refuse(request, 422, said)

    def mistaken(request: HttpRequest, error: Any) -> HttpResponse:
        if isinstance(error, Mistake):
            return refuse(request, error.status, str(error), error.offers)
        return refuse(request, 404, str(error), nearest_pages(request.path.removeprefix("/api/v1")))

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, error: Any) -> HttpResponse:
        return refuse(request, error.status_code, str(error))

    @api.exception_handler(TooMuchWork)
    def too_much(request: HttpRequest, error: Any) -> HttpResponse:
        return refuse(request, 400, "This takes longer than one question may: ask something simpler.")

    kinds: tuple[type[Exception], ...] = (Mistake, *mistakes())
    for kind in kinds:
        api.add_exception_handler(kind, mistaken)
