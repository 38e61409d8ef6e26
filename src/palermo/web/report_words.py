"""The fixed words of reports and of the corpus, for the catalogues: read where they stand, said nowhere twice.

Babel calls these as extraction methods (see locale/babel.cfg).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterable, Iterator
from typing import IO, Any

import yaml
from babel.messages.extract import extract_python

Found = tuple[int, str | None, str | tuple[str, ...], list[str]]

_ALWAYS_FIXED = {"Table": (0, 1), "Section": (0,), "Listing": (0,)}
"""Blocks of a report, and which of their arguments are captions, heads, headings and leads."""
_SPANS = ("badge", "line", "muted", "strong")
_NAMED = ("caption", "empty", "heads", "lead", "told")
"""Names under which a report keeps such words until it makes the block."""
OF_PROVISIONS = ("cets-197", "palermo-protocol")
"""Instruments of which the catalogues hold the titles of provisions."""
_NO_WORDS = re.compile(r"://|^\w+[._]\w*$|[{}\n]")
"""Addresses, ids of concepts and templates, which stand where words do."""


def of_reports(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Found]:
    """Messages of a Python file, and the fixed words of the reports it makes. `constants`: those in its constants too.

    `kinds`: of a file that makes no report, the values of these types.
    """
    found: Any = extract_python(file, keywords, comment_tags, options)
    yield from found
    file.seek(0)
    source = file.read().decode("utf-8")
    kinds = options.get("kinds", "").split()
    if "palermo.documents.report import" in source or options:
        for node in ast.walk(ast.parse(source)):
            for text in _kinds(node, kinds) if kinds else _fixed(node, bool(options.get("constants"))):
                if sum(c.isalpha() for c in text) > 1 and not _NO_WORDS.search(text):
                    yield node.lineno, None, text.strip(), []  # type: ignore[attr-defined]


def _fixed(node: ast.AST, constants: bool) -> Iterator[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        name = node.func.id
        for i, argument in enumerate(node.args):
            if name in _SPANS or i in _ALWAYS_FIXED.get(name, ()):
                yield from _texts(argument)
    if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value:
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        if isinstance(target, ast.Name) and (target.id in _NAMED or (constants and target.id.isupper())):
            yield from _texts(node.value)
    if isinstance(node, ast.Tuple) and len(node.elts) == 2 and _is_line(node.elts[1]):
        yield from _texts(node.elts[0])


def _kinds(node: ast.AST, kinds: Container[str]) -> Iterator[str]:
    """The values of the types named, as reports write them."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript):
        target = node.targets[0]
        if isinstance(target, ast.Name) and target.id in kinds:
            yield from (text.replace("_", " ") for text in _texts(node.value.slice))


def _is_line(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "line"


def _texts(node: ast.AST) -> Iterator[str]:
    """Literal texts of an expression: one, those of a tuple, the values of a dict, either of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, (ast.Tuple, ast.List)):
        yield from _each(node.elts)
    elif isinstance(node, ast.Dict):
        yield from _each(node.values)
    elif isinstance(node, ast.IfExp):
        yield from _each((node.body, node.orelse))


def _each(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        yield from _texts(node)


def of_corpus(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Found]:
    """Names that the corpus has in English alone: topics, questions about national law, instruments, legal systems."""
    for text in _of_file(yaml.safe_load(file)):
        yield 1, None, text, []


def _of_file(content: dict[str, Any]) -> Iterator[str]:
    if "legal_system" in content:
        if content["id"] != content["state"] and "law of" not in content["legal_system"]:
            yield content["legal_system"]
    elif "clocks" in content:
        yield content["name"]
    elif "provisions" in content:
        yield content["short"]
        if content["id"] in OF_PROVISIONS:
            yield from (provision["title"] for provision in content["provisions"])
    else:
        yield from (entry if isinstance(entry, str) else entry["meaning"] for entry in content.values())
