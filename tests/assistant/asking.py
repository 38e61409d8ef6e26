"""Asking the server as an assistant's program does: the SDK's own client, a server in a process of its own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import CallToolResult, TextContent

T = TypeVar("T")
Call = tuple[str, dict[str, Any]]
COMMAND = ["-c", "from palermo.cli.main import main; main()"]


def over_stdio(
    ask: Callable[[Client], Awaitable[T]],
    *options: str,
    errors: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> T:
    """What `ask` gives with a client of `palermo mcp` in a subprocess; its error output goes to the file `errors`."""
    import os

    parameters = StdioServerParameters(
        command=sys.executable, args=[*COMMAND, *options, "mcp"], env={**os.environ, **(env or {})}
    )

    async def asked() -> T:
        with (errors or Path(os.devnull)).open("w", encoding="utf-8") as log:
            async with Client(stdio_client(parameters, errlog=log)) as client:
                return await ask(client)

    return asyncio.run(asked())


async def all_of(client: Client, calls: list[Call]) -> list[CallToolResult]:
    """The results of calls, one after the other."""
    return [await client.call_tool(name, arguments) for name, arguments in calls]


def text_of(result: CallToolResult) -> str:
    """The one text of a result."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text
