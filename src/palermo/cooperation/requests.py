"""The request itself: a draft that can be saved, checked for what its basis asks, and written as a letter.

Palermo sends nothing.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from palermo.cooperation.answers import Route, Routes
from palermo.corpus.cooperation import RequestKind
from palermo.corpus.models import Corpus
from palermo.corpus.own_files import checked, read_own_file
from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.shapes import STRICT, Day
from palermo.corpus.yaml_files import place, read_yaml
from palermo.logic.formula import nearest


class NoRequest(ValueError):
    """No such request can be drafted; the message says what there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDraft:
    """A request as far as it is drafted.

    `elements` are the texts by id of `request_elements`. `on` is the day whose law and treaties it rests on. `urgent`
    says why it is, if it is.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {**STRICT, "str_min_length": 0}
    requesting: str
    requested: str
    form: str
    basis: str
    language: str
    on: Day
    reference: str = ""
    dated: Day | None = None
    letterhead: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    confidential: bool = False
    urgent: str = ""
    elements: dict[str, str] = field(default_factory=dict)
    annexes: tuple[str, ...] = ()
    signatory: tuple[str, ...] = ()


class ElementOfDraft(msgspec.Struct, frozen=True):
    """An element that the kind of request has a place for: what it asks, what requires it, what is written."""

    id: str
    asks: str
    required_by: tuple[str, ...]
    text: str

    @property
    def missing(self) -> bool:
        """Whether the basis requires it and nothing is written yet."""
        return bool(self.required_by) and not self.text.strip()


def kind_of(corpus: Corpus, form: str, basis: str) -> tuple[str, RequestKind]:
    """The kind of request for a form on a basis, with its id. Raises NoRequest."""
    fitting = [(id, kind) for id, kind in corpus.request_kinds.items() if form in kind.forms]
    own = [(id, kind) for id, kind in fitting if basis in kind.only_on]
    general = [(id, kind) for id, kind in fitting if not kind.only_on]
    for found in (*own, *general):
        return found
    raise NoRequest(f"there is no kind of request for {form}")


def route_of(found: Routes, basis: str | None) -> Route:
    """The route on a basis, or the first one. Raises NoRequest with the bases there are."""
    by_basis = {route.basis: route for route in found.routes}
    if basis is None and found.routes:
        return found.routes[0]
    if basis in by_basis:
        return by_basis[basis]
    named = ", ".join(by_basis) or "none"
    raise NoRequest(
        f"between the two on {found.on} there is no basis {basis!r} for {found.form}{nearest(str(basis), by_basis)}; "
        f"there is {named}"
    )


def new_draft(corpus: Corpus, found: Routes, basis: str | None, language: str) -> RequestDraft:
    """The beginning of a request on a route: what the corpus knows is filled in, all else is left to the drafter.

    Raises NoRequest where no such request can be drafted, or not in that language.
    """
    route = route_of(found, basis)
    id, kind = kind_of(corpus, found.form, route.basis)
    if language not in kind.title:
        raise NoRequest(
            f"{id} can be written in {', '.join(kind.title)}, not {language!r}{nearest(language, kind.title)}"
        )
    offences = dict.fromkeys(
        f"{offence.cite}: {offence.penalty}" if offence.penalty else offence.cite
        for law in found.under_requesting
        for offence in law.offences
    )
    filled = {"law": "\n".join(offences)} if "law" in kind.elements and offences else {}
    return RequestDraft(
        requesting=found.requesting,
        requested=found.requested,
        form=found.form,
        basis=route.basis,
        language=language,
        on=found.on,
        addressee=(route.authorities[0].name,) if route.authorities else (),
        elements={id: filled.get(id, "") for id in kind.elements},
    )


def elements_of(corpus: Corpus, draft: RequestDraft, route: Route) -> list[ElementOfDraft]:
    """Every element of the draft's kind in its order, with what requires it. Raises NoRequest."""
    _, kind = kind_of(corpus, draft.form, draft.basis)
    required = dict(route.contents) if not kind.only_on else dict.fromkeys(kind.elements, route.cites[0])
    order = list(dict.fromkeys((*kind.elements, *(id for id in required if id in corpus.request_elements))))
    return [
        ElementOfDraft(
            id, corpus.request_elements[id].asks, (required[id],) if id in required else (), draft.elements.get(id, "")
        )
        for id in order
    ]


def missing(corpus: Corpus, draft: RequestDraft, route: Route) -> list[ElementOfDraft]:
    """What the basis requires and the draft does not hold yet. Raises NoRequest."""
    return [element for element in elements_of(corpus, draft, route) if element.missing]


def draft_text(corpus: Corpus, draft: RequestDraft, route: Route) -> str:
    """The draft as a YAML file for a person to fill in: each element with what it asks and what requires it."""
    _, kind = kind_of(corpus, draft.form, draft.basis)
    lines = [
        f"# {kind.title['en']}: {corpus.parties[draft.requesting].name} to {corpus.parties[draft.requested].name}",
        f"# on the basis of {route.title} ({', '.join(route.cites)}). Check it with: palermo request check FILE",
    ]
    if kind.note:
        lines.append(f"# {kind.note[0].upper()}{kind.note[1:]}.")
    for condition in route.obstacles():
        lines.append(f"# Mind: {condition.says} {condition.why} ({', '.join(condition.cites)}).")
    lines += ["", *_heads(draft), "", "elements:"]
    for element in elements_of(corpus, draft, route):
        mark = f"required: {', '.join(element.required_by)}" if element.required_by else "if it matters"
        lines += [f"  # {element.asks} ({mark})", *_block(element.id, element.text)]
    lines += ["", *_listed("annexes", draft.annexes), *_listed("signatory", draft.signatory), ""]
    return "\n".join(lines)


def _heads(draft: RequestDraft) -> Iterator[str]:
    keys = ("requesting", "requested", "form", "basis", "language", "on")
    yield from (f"{key}: {getattr(draft, key)}" for key in keys)
    yield f"reference: {_quoted(draft.reference)}"
    yield (
        f"dated: {draft.dated}" if draft.dated else "# dated: 2026-01-31  # the day on the letter, if not the day above"
    )
    yield "# the lines of your letterhead; left empty, the letter has a slot for it"
    yield from _listed("letterhead", draft.letterhead)
    yield from _listed("addressee", draft.addressee)
    yield f"confidential: {'true' if draft.confidential else 'false'}"
    yield f"urgent: {_quoted(draft.urgent)}  # why, if it is"


def _listed(key: str, texts: tuple[str, ...]) -> list[str]:
    return [f"{key}:", *(f"  - {_quoted(text)}" for text in texts)] if texts else [f"{key}: []"]


def _block(id: str, text: str) -> list[str]:
    if not text:
        return [f'  {id}: ""']
    if text != text.strip() or any(line != line.strip() for line in text.splitlines()):
        return [f"  {id}: {_quoted(text)}"]
    return [f"  {id}: |-", *(f"    {line}" for line in text.splitlines())]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read_draft(file: Path, corpus: Corpus) -> RequestDraft:
    """Read a draft. Raises CorpusError with every fault and its place, OSError, UnicodeDecodeError."""
    return _known_elements(*read_own_file(file, RequestDraft), file, corpus)


def draft_in(text: str, corpus: Corpus, file: Path = Path("request.yaml")) -> RequestDraft:
    """A draft from its text; `file` is its name in messages. Raises CorpusError with every fault and its place."""
    data, problems = read_yaml(file, text)
    if problems:
        raise CorpusError(problems)
    return _known_elements(checked(data, RequestDraft, file, text), text, file, corpus)


def _known_elements(draft: RequestDraft, text: str, file: Path, corpus: Corpus) -> RequestDraft:
    unknown = [id for id in draft.elements if id not in corpus.request_elements]
    if unknown:
        raise CorpusError(
            Problem(
                file,
                *place(text, ("elements", id), True),
                f"unknown element of a request {id!r}{nearest(id, corpus.request_elements)}",
                "unknown-element",
            )
            for id in unknown
        )
    return draft


def with_element(draft: RequestDraft, id: str, text: str) -> RequestDraft:
    """The draft with one element written."""
    return dataclasses.replace(draft, elements={**draft.elements, id: text})


def days_in(draft: RequestDraft) -> date:
    """The day that the letter bears: its own, or that of the draft."""
    return draft.dated or draft.on


def phrase(corpus: Corpus, name: str, language: str, **values: str) -> str:
    """A fixed part in a language, with its placeholders filled."""
    found: Mapping[str, str] = corpus.request_phrases[name]
    return found[language].format(**values)
