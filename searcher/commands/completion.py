"""``khabarjoo completion``: what makes a shell complete our commands, options and names."""

from __future__ import annotations

import sys

import click

from .exits import Exit

_PROGRAM = "khabarjoo"


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Print the script that completes khabarjoo in a shell.

    Commands, options and their values are completed, and for --source, --category and --tag the names in the
    index. Bash must be 4.4 or later; zsh must have run compinit before.

    \b
    Examples:
      khabarjoo completion bash >> ~/.bashrc
      khabarjoo completion zsh >> ~/.zshrc
      khabarjoo completion fish > ~/.config/fish/completions/khabarjoo.fish
    """
    from click.shell_completion import get_completion_class

    scripts = get_completion_class(shell)
    assert scripts is not None
    source = scripts(ctx.find_root().command, {}, _PROGRAM, f"_{_PROGRAM.upper()}_COMPLETE").source()
    sys.stdout.write(source + "\n")
    return Exit.FOUND
