"""Writes the man page, docs/khabarjoo.1, from the commands' own help: ``make docs``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from khabarjoo.searcher.cli.main import khabarjoo

PAGE = Path(__file__).with_name("khabarjoo.1")
_NAME = "khabarjoo"
_AS_TYPED = "\b\n"
_EXAMPLES = "Examples:\n"

_EXIT_CODES = (
    (0, "Something was found, or done."),
    (1, "Nothing was found."),
    (2, "An error; one line on standard error says which."),
    (3, "Another process is writing the index."),
    (4, "The index is damaged."),
    (130, "Interrupted."),
)
_ENVIRONMENT = (
    ("KHABARJOO_INDEX", "Folder of the index."),
    ("KHABARJOO_CONFIG", "File of settings."),
    (
        "KHABARJOO_LANGUAGE, KHABARJOO_DIGITS, KHABARJOO_CALENDAR, ...",
        "Each setting of that file; see khabarjoo config.",
    ),
    ("NO_COLOR", "No colours."),
    ("KHABARJOO_DEBUG", "Tells where a failure arose."),
)
_FILES = (
    ("~/.config/khabarjoo/config.toml", "Settings; khabarjoo config makes it and explains them in it."),
    ("~/.local/share/khabarjoo/index", "The index where none is named."),
    ("~/.local/state/khabarjoo/saved.json", "Saved searches."),
)


def man_page() -> str:
    """The whole page, in the language of man(7)."""
    context = click.Context(khabarjoo, info_name=_NAME)
    commands = [khabarjoo.get_command(context, name) for name in khabarjoo.list_commands(context)]
    lines = [
        '.\\" Written by make docs from the help of the commands.',
        '.TH KHABARJOO 1 "" khabarjoo "User Commands"',
        ".SH NAME",
        r"khabarjoo \- full-text search for Persian news",
        ".SH SYNOPSIS",
        r".B khabarjoo",
        r"[\fIOPTIONS\fR] [\fICOMMAND\fR | \fIQUERY\fR...]",
        ".SH DESCRIPTION",
        *_paragraphs(khabarjoo),
        ".SH OPTIONS",
        *_options(khabarjoo),
        ".SH COMMANDS",
    ]
    for command in filter(None, commands):
        usage = " ".join(_arguments(command))
        lines += [f'.SS "khabarjoo {command.name} [OPTIONS] {_text(usage)}"', *_paragraphs(command), *_options(command)]
        lines += [".PP", "Examples:", *_examples(command)]
    lines += [".SH EXIT STATUS"]
    for code, meaning in _EXIT_CODES:
        lines += [".TP", f".B {code}", meaning]
    for heading, rows in (("ENVIRONMENT", _ENVIRONMENT), ("FILES", _FILES)):
        lines.append(f".SH {heading}")
        for name, meaning in rows:
            lines += [".TP", f".B {_text(name)}", _text(meaning)]
    return "\n".join(lines) + "\n"


def _paragraphs(command: click.Command) -> Iterator[str]:
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        if not paragraph.startswith(_AS_TYPED):
            yield ".PP"
            yield _text(" ".join(paragraph.split()))


def _examples(command: click.Command) -> Iterator[str]:
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        if paragraph.startswith(_AS_TYPED):
            yield ".PP"
            yield ".nf"
            lines = paragraph.removeprefix(_AS_TYPED).removeprefix(_EXAMPLES)
            yield from (f"    {_text(line)}" for line in inspect.cleandoc(lines).splitlines())
            yield ".fi"


def _options(command: click.Command) -> Iterator[str]:
    for option in command.params:
        if isinstance(option, click.Option):
            names = ", ".join(f"\\fB{_text(name)}\\fR" for name in (*option.opts, *option.secondary_opts))
            choices = "|".join(map(str, option.type.choices)) if isinstance(option.type, click.Choice) else ""
            value = "" if option.is_flag else option.metavar or choices
            yield ".TP"
            yield names + (f" \\fI{_text(value)}\\fR" if value else "")
            yield _text(option.help or "")


def _arguments(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            choices = "|".join(map(str, parameter.type.choices)) if isinstance(parameter.type, click.Choice) else ""
            yield parameter.metavar or choices or str(parameter.name).upper()


def _text(text: str) -> str:
    r"""Text as man(7) takes it: backslashes, hyphens and what begins a request are escaped.

    >>> print(_text(r"--limit \help"), _text(".fi"))
    \-\-limit \ehelp \&.fi
    """
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    PAGE.write_text(man_page(), encoding="utf-8")
