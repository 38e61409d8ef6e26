"""`palermo completion`: a script that completes verbs, States, instruments and provisions."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from palermo.cli.output import say

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the completion script for SHELL; for bash, put `eval "$(palermo completion bash)"` in ~/.bashrc."""
    from palermo.cli.main import palermo

    found = get_completion_class(shell)
    assert found is not None
    say(found(palermo, {}, "palermo", "_PALERMO_COMPLETE").source())
