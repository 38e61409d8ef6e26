"""`palermo schema`: the shape of what --format json prints, and of the files of a corpus."""

from __future__ import annotations

import click

from palermo.cli.inputs import the_law
from palermo.cli.output import say


@click.command()
@click.argument("name", required=False)
@click.pass_context
def schema(context: click.Context, name: str | None) -> None:
    """The JSON schema called NAME, or the names there are.

    A name such as assessment-1 is that of a JSON answer, one such as jurisdiction-file that of a corpus file.
    """
    from palermo.corpus.file_schemas import FILES, file_schema
    from palermo.schemas import NAMES, schema_text

    known = (*NAMES, *FILES)
    if name is None:
        say("\n".join(known))
    elif name in FILES:
        say(file_schema(name, the_law(context).corpus))
    elif name in NAMES:
        say(schema_text(name))
    else:
        from palermo.logic.formula import nearest

        raise click.UsageError(f"there is no schema {name!r}{nearest(name, known)}; there are {', '.join(known)}")
