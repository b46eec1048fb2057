"""``khabarjoo config``: where the settings are, and which are in force."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click

from ..clean import one_line
from ..config import config_path, in_force, make_file
from ..output.notices import complain
from ..output.paint import is_terminal
from .exits import Exit
from .settings import flags, settings

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
    make_file(path)
    if edit:
        return _edit(path)
    sys.stdout.write(f"{one_line(str(path)) if is_terminal(sys.stdout) else path}\n")
    return Exit.FOUND


def _show() -> int:
    for name, (value, origin) in in_force(flags=flags()).items():
        told = "the user's data folder" if value is None else one_line(str(value))
        sys.stdout.write(f"{name:<10} {told}  ({one_line(origin)})\n")
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
