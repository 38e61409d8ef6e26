"""YAML as the corpus is written in: the C parser, without YAML 1.1's surprises.

Only true/false are truth values, only decimal digits are numbers, a date stays text, a key may stand once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import yaml

from palermo.corpus.problems import Problem

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT, _MAPPING, _SEQUENCE = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq"))
_BEING_READ = object()


class _WrongKey(yaml.constructor.ConstructorError):
    """A key that YAML would take and a corpus file must not have."""

    def __init__(self, rule: str, told: str, mark: yaml.Mark) -> None:
        super().__init__(None, None, told, mark)
        self.rule, self.told, self.mark = rule, told, mark


class _StrictLoader(_Base):  # type: ignore[misc]
    """PyYAML's C loader with YAML 1.2's plain scalars; a key given twice is an error.

    Text, mappings and sequences, which are all but everything in a corpus, are read without PyYAML's detours.
    """

    yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {}

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._read: dict[yaml.Node, Any] = {}

    def resolve(self, kind: type[yaml.Node], value: str, implicit: Any) -> str:
        if kind is not yaml.ScalarNode:
            return str(super().resolve(kind, value, implicit))
        if implicit[0]:
            for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()):
                if pattern.match(value):
                    return str(tag)
        return _TEXT

    def get_single_data(self) -> Any:
        node = self.get_single_node()
        return None if node is None else self._value(node)

    def _value(self, node: yaml.Node) -> Any:
        """What a node says; an anchor's node is read once, however often it is named."""
        if node.tag == _TEXT and isinstance(node, yaml.ScalarNode):
            return node.value
        if node in self._read:
            if self._read[node] is _BEING_READ:
                told = "found unconstructable recursive node"
                raise yaml.constructor.ConstructorError(None, None, told, node.start_mark)
            return self._read[node]
        self._read[node] = _BEING_READ
        if isinstance(node, yaml.MappingNode) and node.tag == _MAPPING:
            value: Any = self.construct_mapping(node)
        elif isinstance(node, yaml.SequenceNode) and node.tag == _SEQUENCE:
            value = [self._value(entry) for entry in node.value]
        else:
            value = self.construct_object(node, deep=True)
        self._read[node] = value
        return value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:  # noqa: ARG002 (always deep)
        keys: dict[str, yaml.Node] = {}
        for key_node, value_node in node.value:
            key = self._value(key_node)
            if not isinstance(key, str):
                told = f"expected text as a key, not {key!r}; put it in quotes"
                raise _WrongKey("key-not-text", told, key_node.start_mark)
            if key in keys:
                raise _WrongKey("duplicate-key", f"key {key!r} stands twice", key_node.start_mark)
            keys[key] = value_node
        return {key: self._value(value) for key, value in keys.items()}


def _scalars(tag: str, pattern: str, first: str) -> None:
    _StrictLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


_scalars("bool", r"^(?:true|false)$", "tf")
_scalars("int", r"^(?:0|-?[1-9][0-9]*)$", "-0123456789")
_scalars("float", r"^-?[0-9]+\.[0-9]+$", "-0123456789")
_scalars("null", r"^(?:~|null|)$", "~n\0")
_StrictLoader.yaml_implicit_resolvers[""] = _StrictLoader.yaml_implicit_resolvers["\0"]
_StrictLoader.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node, deep=True))


def read_yaml(file: Path, text: str) -> tuple[Any, list[Problem]]:
    """The plain data of a YAML text, or the fault that kept it from being read."""
    try:
        return yaml.load(text, Loader=_StrictLoader), []  # noqa: S506 (a safe loader)
    except _WrongKey as error:
        return None, [Problem(file, error.mark.line + 1, error.mark.column + 1, error.told, error.rule)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "not YAML"
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        return None, [Problem(file, *place, f"{what}; expected YAML as docs/corpus.md shows", "not-yaml")]
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        return None, [Problem(file, line, 1, f"{error}".splitlines()[0], "not-yaml")]
    except RecursionError:
        return None, [Problem(file, 1, 1, "nested too deeply", "not-yaml")]


_SafeDumper: Any = yaml.SafeDumper


class _Dumper(_SafeDumper):  # type: ignore[misc]
    """Writes what `_StrictLoader` reads: nothing is quoted that need not be."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = _StrictLoader.yaml_implicit_resolvers

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 (none are written)
        return True


def written_yaml(data: dict[str, Any], width: int = 110) -> str:
    """A mapping as YAML in the style of the corpus: keys below each other, lists and mappings of words in a line."""
    style = None if any(isinstance(value, dict | list) for value in data.values()) else False
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=width, default_flow_style=style)


@lru_cache(maxsize=4)
def _composed(text: str) -> yaml.Node | None:
    """The nodes of a text with their marks; kept, as the faults of a file come one after the other."""
    return yaml.compose(text, Loader=_StrictLoader)


def place(text: str, path: tuple[str | int, ...], at_key: bool = False) -> tuple[int, int]:
    """Line and column of what a path leads to in a YAML text; of its parent where the path ends early.

    `at_key`: of the last key itself rather than of its value.
    """
    node = _composed(text)
    mark = node.start_mark if node else None
    for depth, step in enumerate(path):
        last = depth == len(path) - 1
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == step), None)
            if found is None:
                if step == 0:  # a list of one, written without brackets
                    continue
                break
            node = found[1]
            mark = found[0].start_mark if at_key and last else node.start_mark
            if isinstance(node, yaml.MappingNode) and not node.flow_style and not last:
                mark = found[0].start_mark
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            mark = node.start_mark
        else:
            break
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
