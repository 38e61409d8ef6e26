"""Whatever an assistant sends: an answer in its published shape, or a message; never a crash."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mcp import Client

import palermo
from palermo.assistant.server import Server, server_for
from palermo.assistant.tools import SCHEMAS
from palermo.schemas import schema

from .asking import text_of

if TYPE_CHECKING:
    from mcp.types import CallToolResult

NAMES = ["GBR", "GBR-SCT", "NGA", "Holy See", "SUN", "PSE", "HKG", "EU", "XXX", "", " ", "العراق", "палермо", "IRL"]
INSTRUMENTS = [
    "palermo-protocol",
    "untoc",
    "us-tvpa",
    "eu-2011-36",
    "slavery-1926",
    "UNTOC",
    "x",
    "",
    "palermo-protocol 3",
]
PROVISIONS = ["5(1)", "3", "6(3)", "3(a)", "16(5)", "", "(", "7106(b)(1) s 2", "2@2024"]
FACTS = ["act.recruitment", "person.child", "means.threat", "purpose.slavery", "no.such", ""]
YES_NO = st.sampled_from(["yes", "no", "unknown"])
DAYS = st.one_of(
    st.none(),
    st.dates(date(1800, 1, 1), date(2100, 1, 1)).map(str),
    st.sampled_from(["0001-01-01", "9999-12-31", "2024-02-30", "yesterday"]),
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
STATES, OF_INSTRUMENTS, OF_PROVISIONS = map(st.sampled_from, (NAMES, INSTRUMENTS, PROVISIONS))
CASE = st.fixed_dictionaries(
    {},
    optional={
        "conduct": st.dictionaries(st.sampled_from(FACTS), YES_NO, max_size=3),
        "transnational": YES_NO,
        "committed_in": st.lists(STATES, max_size=2),
        "person": st.fixed_dictionaries({}, optional={"age": st.integers(-5, 200), "nationality": st.lists(STATES)}),
        "conduct_on": DAYS,
        "no_such_fact": YES_NO,
    },
)
BILLS = st.one_of(
    st.text(max_size=200),
    st.sampled_from(
        ["id: GBR-SCT\n", "- 1\n", "id: NOPE\noffences: 3\n", "a: &a [*a]\n", "id: [\n", "\0", "!!python/x {}"]
    ),
)
PLAUSIBLE: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "assess": {
        "state": STATES,
        "against": OF_INSTRUMENTS,
        "on": DAYS,
        "provisions": st.none() | st.lists(OF_PROVISIONS),
    },
    "status": {"state": STATES, "on": DAYS, "instrument": st.none() | OF_INSTRUMENTS},
    "parties": {"instrument": OF_INSTRUMENTS, "on": DAYS},
    "between": {"first": STATES, "second": STATES, "on": DAYS},
    "compare": {
        "first": STATES,
        "second": STATES,
        "on": DAYS,
        "within": st.sampled_from(["x", "untoc 5", "palermo-protocol 3"]),
    },
    "try_bill": {"state": STATES, "bill": BILLS, "on": DAYS},
    "identify": {
        "facts": st.dictionaries(st.sampled_from(FACTS), YES_NO),
        "under": st.none() | st.lists(STATES | OF_INSTRUMENTS, max_size=3),
        "on": DAYS,
    },
    "routes": {
        "requesting": STATES,
        "requested": STATES,
        "form": st.sampled_from(["extradition", "hearing", "x"]),
        "facts": st.none() | CASE,
        "on": DAYS,
    },
    "calendar": {"state": STATES, "on": DAYS},
    "search": {"query": st.text(max_size=30), "state": st.none() | STATES, "on": DAYS, "limit": st.integers(-1, 200)},
    "provision": {"instrument": OF_INSTRUMENTS, "provision": OF_PROVISIONS},
    "models": {"instrument": OF_INSTRUMENTS, "provision": OF_PROVISIONS, "near": st.none() | STATES, "on": DAYS},
    "section": {
        "law": STATES,
        "section": st.text(max_size=10) | st.sampled_from(["s 1", "s 45", "art 3", "("]),
        "on": DAYS,
    },
    "cite": {
        "name": st.text(max_size=30) | st.sampled_from(["untoc", "untoc (", "GBR s 45", "GBR", "USA usc-18"]),
        "style": st.sampled_from(["un", "x"]),
        "on": DAYS,
    },
}


@pytest.fixture(scope="module")
def server(law: palermo.Law) -> Server:
    return server_for(law)


def ask(server: Server, name: str, arguments: dict[str, Any]) -> CallToolResult:
    async def asked() -> CallToolResult:
        async with Client(server) as client:
            return await client.call_tool(name, arguments)

    return asyncio.run(asked())


def held(name: str, result: CallToolResult) -> None:
    if result.is_error:
        assert text_of(result).strip()
        assert text_of(result) != f"Error executing tool {name}", "it crashed"
    else:
        jsonschema.validate(result.structured_content, schema(SCHEMAS[name]))


@pytest.mark.parametrize("name", SCHEMAS)
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_plausible_arguments(server: Server, name: str, data: st.DataObject) -> None:
    arguments = data.draw(st.fixed_dictionaries(PLAUSIBLE[name]))
    held(name, ask(server, name, {key: value for key, value in arguments.items() if value is not None}))


@pytest.mark.parametrize("name", SCHEMAS)
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_arguments(server: Server, name: str, data: st.DataObject) -> None:
    keys = st.sampled_from([*PLAUSIBLE[name], "no_such_argument"])
    held(name, ask(server, name, data.draw(st.dictionaries(keys, ANYTHING, max_size=5))))
