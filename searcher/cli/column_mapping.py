"""How files are to be read: what the flags say, and what the file of settings says of their folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from ..config import load_maps

if TYPE_CHECKING:
    from khabarjoo.index.ingest import Options


def reading_options(maps: Sequence[str], *, table: str, drafts: bool) -> Callable[[str], Options]:
    """Tells how the file at a path is to be read: flags come before settings, those of inner folders before outer."""
    from khabarjoo.index.ingest import MapError, Options, field_map

    try:
        flags = field_map(maps)
    except MapError as error:
        raise click.UsageError(str(error)) from error
    settings = sorted(load_maps().items(), key=lambda item: len(item[0]), reverse=True)

    def options(path: str) -> Options:
        mapping = flags + tuple(pair for folder, pairs in settings if _is_in(path, folder) for pair in pairs)
        return Options(mapping, table, drafts)

    return options


def _is_in(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
