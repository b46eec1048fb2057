"""The reference of the command line is whole, and is what the commands say of themselves."""

from __future__ import annotations

import runpy
from pathlib import Path

import click
import pytest

from khabarjoo.searcher.cli.main import khabarjoo

DOCS = Path(__file__).parents[2] / "docs"
WRITTEN = (DOCS / "cli.md").read_text(encoding="utf-8")
CONTEXT = click.Context(khabarjoo, info_name="khabarjoo")
COMMANDS = khabarjoo.list_commands(CONTEXT)


def section(command: str) -> str:
    """What the reference says of a command."""
    return WRITTEN.split(f"\n## khabarjoo {command}\n", 1)[1].split("\n## ", 1)[0]


def test_the_reference_is_what_the_commands_say_now() -> None:
    reference = runpy.run_path(str(DOCS / "make_cli.py"))["reference"]
    assert reference() == WRITTEN, "docs/cli.md is stale: run `make docs`"
    assert reference("fa") == (DOCS / "cli.fa.md").read_text(encoding="utf-8"), "run `make docs`"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_there_with_every_flag_and_an_example(command: str) -> None:
    found = khabarjoo.get_command(CONTEXT, command)
    assert found is not None
    told = section(command)
    for parameter in found.params:
        if isinstance(parameter, click.Option):
            assert all(f"`{flag}`" in told for flag in (*parameter.opts, *parameter.secondary_opts))
    assert f"\nExamples:\n\n    khabarjoo{' ' if command != 'shell' else ''}" in told
    assert f"(#khabarjoo-{command})" in WRITTEN


def test_exit_codes_are_there() -> None:
    assert "Exit codes: 0 found, 1 nothing found, 2 an error" in WRITTEN
