"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from ..config import DEFAULTS
from .names import complete_names
from .settings import settings

_Command = TypeVar("_Command", bound=Callable[..., Any])

index_option = click.option(
    "--index",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the index. [default: $KHABARJOO_INDEX, else the user's data folder]",
)


def format_option(names: Iterable[str], default: str) -> Callable[[_Command], _Command]:
    """``--format``, with these names to choose from."""
    return click.option(
        "--format", "format_name", type=click.Choice(list(names)), default=default, show_default=True,
        help="How to write the results.",
    )  # fmt: skip


def limit_option(default: int | None, help: str) -> Callable[[_Command], _Command]:
    """``--limit``, at least 1; by default the page size of the settings."""
    return click.option(
        "--limit", type=click.IntRange(min=1), metavar="N", help=help,
        default=_page_size if default is None else default,
        show_default=str(DEFAULTS.page_size if default is None else default),
    )  # fmt: skip


def _page_size() -> int:
    return settings().page_size


def filter_options(command: _Command) -> _Command:
    """``--since``, ``--until``, ``--source``, ``--category`` and ``--tag``; None where they are not given."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def _name_option(flag: str, help: str) -> Callable[[_Command], _Command]:
    return click.option(
        f"--{flag}", multiple=True, metavar="NAME", help=f"{help} May be given again.",
        callback=lambda context, parameter, names: names or None, shell_complete=complete_names,
    )  # fmt: skip


_FILTERS: tuple[Callable[[Any], Any], ...] = (
    click.option("--since", metavar="DATE", help="Published on this day or later, in either calendar."),
    click.option("--until", metavar="DATE", help="Published on this day or earlier."),
    _name_option("source", "Of this outlet."),
    _name_option("category", "Of this category."),
    _name_option("tag", "With this tag."),
)
