"""`palermo schema`: the shape of what --format json prints."""

from __future__ import annotations

import click

from palermo.cli.output import say


@click.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """The JSON schema called NAME (as JSON answers name it), or the names there are."""
    from palermo.schemas import NAMES, schema_text

    if name is None:
        say("\n".join(NAMES))
        return
    if name not in NAMES:
        from palermo.logic.formula import nearest

        raise click.UsageError(f"there is no schema {name!r}{nearest(name, NAMES)}; there are {', '.join(NAMES)}")
    say(schema_text(name))
