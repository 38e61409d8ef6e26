"""The server: tools, resources and prompts over one law, by standard input and output or by HTTP on this machine."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Any, cast

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult, ToolAnnotations
from pydantic import ValidationError

from palermo.assistant.prompts import first_contact, legislative_gaps, request_to_a_state
from palermo.assistant.resources import Resources
from palermo.assistant.tools import SCHEMAS, Tools
from palermo.corpus.models import Corpus
from palermo.law import Law
from palermo.logic.formula import nearest
from palermo.schemas import schema

LOOPBACK = "127.0.0.1"
PATH = "/mcp"
INSTRUCTIONS = """\
Palermo answers questions of the law against trafficking in persons from an encoded corpus: treaties, acts of States,
national law. Each answer is dated, cited and derived. Quote its statements with their citations, the day asked about
and up to which day the sources know; add no law of your own. `not encoded` and `unknown` are never `no`: the answer
names what to look up. Palermo does not say that a State violates a treaty, and gives no legal advice. Give no names
or other personal data: facts of a case are concepts with yes, no or unknown. Nothing is stored or logged."""
_TITLES = {
    "assess": "A State's law against an instrument",
    "status": "What binds a State",
    "parties": "Who is bound by an instrument",
    "between": "What is in force between two States",
    "compare": "Two laws side by side",
    "try_bill": "What a bill would change",
    "identify": "May this be trafficking?",
    "routes": "Routes from one State to another",
    "calendar": "What is to come for a State",
    "search": "Search the corpus",
    "provision": "A provision of an instrument",
    "models": "Who meets a duty, and how",
    "section": "A section of national law",
    "cite": "A citation to copy",
}
_ONLY_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


class Server(MCPServer):
    """A server that says what is wrong with arguments in one line each."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        """As MCPServer's, with the faults of arguments in the words of a person."""
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error, UnexpectedToolError):
                raise
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(_told(name, self._tool_input_schema(name) or {}, error.__cause__)) from error.__cause__
            raise ToolError(str(error).removeprefix(f"Error executing tool {name}: ")) from None


def _told(tool: str, schema: dict[str, Any], error: ValidationError) -> str:
    """Each fault of the arguments with its place, and for an argument that is not there the nearest."""
    lines = []
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        place = ".".join(map(str, fault["loc"]))
        if fault["type"] == "extra_forbidden" and len(fault["loc"]) == 1:
            lines.append(f"{tool} takes no {place!r}{nearest(place, schema['properties'])}")
        elif fault["type"] == "missing":
            lines.append(f"{place} is missing")
        else:
            lines.append(f"{place}: {fault['msg'].removeprefix('Value error, ')}")
    return "\n".join(lines)


def server_for(law: Law) -> MCPServer:
    """A server whose tools answer from that law. It logs nothing: a log could hold what was asked."""
    questions = Tools(law)
    server = Server(
        "palermo",
        title="Palermo: the law against trafficking in persons",
        instructions=INSTRUCTIONS,
        version=version("palermo"),
        tools=[_tool(getattr(questions, name), law.corpus) for name in SCHEMAS],
        log_level="CRITICAL",
    )
    _add_resources(server, Resources(law))
    for prompt in (legislative_gaps, request_to_a_state, first_contact):
        server.prompt()(prompt)
    return server


def _tool(question: Callable[..., CallToolResult], corpus: Corpus) -> Tool:
    """A question as a tool: unknown arguments are refused, the schema of the answer is the published one."""
    name = question.__name__
    tool = Tool.from_function(question, title=_TITLES[name], annotations=_ONLY_READS)
    arguments = tool.fn_metadata.arg_model
    arguments.model_config["extra"] = "forbid"
    arguments.model_rebuild(force=True)
    tool.parameters = _naming_what_the_corpus_holds(arguments.model_json_schema(by_alias=True), corpus)
    tool.fn_metadata.output_schema = schema(SCHEMAS[name])
    return tool


def _naming_what_the_corpus_holds(parameters: dict[str, Any], corpus: Corpus) -> dict[str, Any]:
    """Concepts and forms of cooperation by name, so that an assistant need not guess them."""
    properties = parameters["properties"]
    if "form" in properties:
        properties["form"]["enum"] = list(corpus.forms)
    if properties.get("facts", {}).get("type") == "object":
        properties["facts"]["propertyNames"] = {"enum": list(corpus.concepts)}
    return parameters


def _add_resources(server: MCPServer, resources: Resources) -> None:
    kind = "text/markdown"
    for uri, read in (
        ("palermo://instruments", resources.instruments),
        ("palermo://laws", resources.laws),
        ("palermo://concepts", resources.concepts),
        ("palermo://instrument/{id}", resources.instrument),
        ("palermo://law/{id}", resources.legal_system),
    ):
        server.resource(uri, mime_type=kind, description=cast("str", read.__doc__))(read)


def serve(law: Law, port: int | None = None) -> None:
    """Serve until the other side closes: by standard input and output, or by HTTP on this machine at a port."""
    server = server_for(law)
    if port is None:
        server.run("stdio")
    else:
        server.run("streamable-http", host=LOOPBACK, port=port, streamable_http_path=PATH)
