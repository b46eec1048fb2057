"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

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


def limit_option(default: int, help: str) -> Callable[[_Command], _Command]:
    """``--limit``, at least 1."""
    return click.option(
        "--limit", type=click.IntRange(min=1), default=default, show_default=True, metavar="N", help=help
    )
