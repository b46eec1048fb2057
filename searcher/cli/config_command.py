"""``khabarjoo config`` and ``completion``: the settings in force, and what makes a shell complete our commands."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click

from ..config import config_path, current, flags, in_force, load_maps, make_file
from ..output.messages import complain
from ..output.styles import is_terminal
from ..output.translation import translated
from ..terminal_safety import one_line
from .options import settings
from .streams import Exit

_EDITORS = ("VISUAL", "EDITOR")


@click.command()
@click.option("--edit", is_flag=True, help="Open the file in $VISUAL or $EDITOR.")
@click.option("--show", is_flag=True, help="Tell every setting in force, and where it was set.")
def config(edit: bool, show: bool) -> int:
    """Make the file of settings, and print its path.

    The file explains what there is to set. Flags beat environment variables ($KHABARJOO_BIDI and so on), which
    beat the file. $KHABARJOO_CONFIG names another file.

    \b
    Examples:
      khabarjoo config
      khabarjoo config --edit
      khabarjoo config --show
    """
    if edit and show:
        raise click.UsageError("--edit and --show do not go together")
    if show:
        return _show()
    path = config_path()
    make_file(path, translated if current().language_of_messages() == "fa" else str)
    if edit:
        return _edit(path)
    sys.stdout.write(f"{one_line(str(path)) if is_terminal(sys.stdout) else path}\n")
    return Exit.FOUND


def _show() -> int:
    say = translated if settings().language_of_messages() == "fa" else str
    for name, (value, origin) in in_force(flags=flags()).items():
        told = say("the user's data folder") if value is None else one_line(str(value))
        sys.stdout.write(f"{name:<14} {told}  ({one_line(say(origin))})\n")
    for folder, pairs in load_maps().items():
        told = ", ".join(f"{field}={name}" for field, name in pairs)
        where = f" in {folder}" if folder else ""
        sys.stdout.write(f"{'map':<14} {one_line(told + where)}  ({one_line(str(config_path()))})\n")
    return Exit.FOUND


def _edit(path: Path) -> int:
    """Opens the file in the reader's editor, and checks what was set."""
    editor = next(filter(None, map(os.environ.get, _EDITORS)), "vi")
    try:
        command = shlex.split(editor)
    except ValueError as error:
        raise click.UsageError(f"$EDITOR cannot be read: {error}") from error
    if subprocess.run([*command, str(path)], check=False).returncode:
        complain(f"{editor} failed")
        return Exit.ERROR
    settings()
    return Exit.FOUND


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
