"""Writes the reference of the command line, docs/cli.md and docs/cli.fa.md, from the commands: ``make docs``.

The commands' own texts are all there is to it, so that help on the terminal and the reference cannot differ.
"""

from __future__ import annotations

import inspect
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from khabarjoo.searcher.cli.main import khabarjoo
from khabarjoo.searcher.output.translation import translated

REFERENCE = Path(__file__).with_name("cli.md")
IN_PERSIAN = Path(__file__).with_name("cli.fa.md")
_NAME = "khabarjoo"
_AS_TYPED = "\b\n"  # how click's help marks a paragraph whose lines are kept
_EXAMPLES = "Examples:\n"


_Say = Callable[[str], str]
_OPENINGS = {
    "en": (
        "# The command line",
        "What `khabarjoo --help` and `khabarjoo COMMAND --help` say, in one place. `make docs` writes this file.",
    ),
    "fa": (
        "# خط فرمان",
        "آنچه `khabarjoo --help` و `khabarjoo COMMAND --help` می‌گویند، یکجا. این فایل را `make docs` می‌نویسد.",
    ),
}


def reference(language: str = "en") -> str:
    """The whole reference, in English (``en``) or in Persian (``fa``)."""
    say = translated if language == "fa" else str
    context = click.Context(khabarjoo, info_name=_NAME)
    commands = [khabarjoo.get_command(context, name) for name in khabarjoo.list_commands(context)]
    found = [command for command in commands if command is not None]
    blocks = [
        *_OPENINGS[language],
        *_section(khabarjoo, _NAME, say),
        f"{say('Commands')}:",
        "\n".join(
            f"- [`{command.name}`](#{_NAME}-{command.name}): {_first_sentence(command, say)}" for command in found
        ),
    ]
    for command in found:
        blocks += [f"## {_NAME} {command.name}", *_section(command, f"{_NAME} {command.name}", say)]
    if language == "fa":
        blocks = ['<div dir="rtl" markdown="1">', *blocks, "</div>"]
    return "\n\n".join(blocks) + "\n"


def _section(command: click.Command, path: str, say: _Say) -> Iterator[str]:
    """How a command is called, what it does, its options and examples."""
    yield f"    {path} {' '.join(_usage(command))}"
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    examples = [paragraph for paragraph in paragraphs if paragraph.startswith(_AS_TYPED)]
    yield from (_escaped(say(" ".join(each.splitlines()))) for each in paragraphs if each not in examples)
    if rows := list(_options(command, say)):
        yield "\n".join(["| option | |" if say is str else "| گزینه | |", "|---|---|", *rows])
    for example in examples:
        lines = example.removeprefix(_AS_TYPED).removeprefix(_EXAMPLES)
        yield f"{say('Examples')}:"
        yield "\n".join(f"    {line}" for line in inspect.cleandoc(lines).splitlines())


def _usage(command: click.Command) -> Iterator[str]:
    if any(isinstance(parameter, click.Option) for parameter in command.params):
        yield "[OPTIONS]"
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            yield parameter.metavar or _choices(parameter) or str(parameter.name).upper()
    if isinstance(command, click.Group):
        yield "[COMMAND]"


def _options(command: click.Command, say: _Say) -> Iterator[str]:
    for option in command.params:
        if isinstance(option, click.Option):
            names = ", ".join(f"`{name}`" for name in [*option.opts, *option.secondary_opts])
            values = "" if option.is_flag else option.metavar or _choices(option)
            values = f" `{values}`".replace("|", r"\|") if values else ""
            yield f"| {names}{values} | {_escaped(say(option.help or ''))}{_default(option, say)} |"


def _choices(parameter: click.Parameter) -> str:
    return "|".join(map(str, parameter.type.choices)) if isinstance(parameter.type, click.Choice) else ""


def _default(option: click.Option, say: _Say) -> str:
    if not option.show_default or option.is_flag:
        return ""
    default = option.show_default if isinstance(option.show_default, str) else option.default
    return f" [{say(f'default: {default}')}]"


def _first_sentence(command: click.Command, say: _Say) -> str:
    return _escaped(say(inspect.cleandoc(command.help or "").split("\n\n")[0]))


def _escaped(text: str) -> str:
    return text.replace("<", r"\<").replace("|", r"\|").replace("*", r"\*")


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
    IN_PERSIAN.write_text(reference("fa"), encoding="utf-8")
    runpy.run_path(str(Path(__file__).with_name("make_man.py")), run_name="__main__")  # so that none is forgotten
