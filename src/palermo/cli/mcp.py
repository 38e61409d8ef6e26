"""`palermo mcp`: a server of the Model Context Protocol for assistants."""

from __future__ import annotations

import click

from palermo.cli.inputs import the_law


@click.command()
@click.option(
    "--http",
    "port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help="Serve over HTTP at this port of this machine alone.  [default: standard input and output]",
)
@click.pass_context
def mcp(context: click.Context, port: int | None) -> None:
    """Let an assistant ask: findings, standings, routes and the rest as tools, each answer dated and cited.

    An assistant's program starts this command itself; docs/assistants.md shows how to register it. Nothing that is
    asked is stored or logged.
    """
    try:
        from palermo.assistant.server import LOOPBACK, PATH, serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise click.UsageError(
            "a server for assistants needs one more library: pip install 'palermo[assistant]'"
        ) from None
    law = the_law(context)
    if port is not None:
        _must_be_free(LOOPBACK, port)
        click.echo(f"Serving assistants at http://{LOOPBACK}:{port}{PATH}; Ctrl+C ends it.", err=True)
    serve(law, port)


def _must_be_free(host: str, port: int) -> None:
    import socket

    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise click.UsageError(f"port {port} cannot be had: {error.strerror}; name another") from None
