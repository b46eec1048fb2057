"""The names an index knows, for shells to complete."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from ..clean import one_line

_MOST = 200
_COLUMNS = {"source": "sources", "category": "categories", "tag": "tags"}
_IN_BASH = ("_KHABARJOO_COMPLETE", "bash_complete")  # the variable click has its scripts set, and what to
_NOT_PLAIN = "[^\\w\N{ZERO WIDTH NON-JOINER}@%+=:,./-]"


def complete_names(context: click.Context, parameter: click.Parameter, start: str) -> list[str]:
    """Names of the option's kind that begin as typed so far; none when there is no index to ask."""
    from index.errors import StoreError
    from index.store import open_snapshot

    from .opening import default_folder

    folder: Path = context.params.get("folder") or default_folder()
    try:
        segments = [live.segment for live in open_snapshot(folder).segments]
        names = {name for segment in segments for name in getattr(segment, _COLUMNS[str(parameter.name)]).names}
    except (StoreError, OSError):
        return []
    found = sorted(name for name in names if name.startswith(start) and name == one_line(name))[:_MOST]
    return [_quoted(name) for name in found] if os.environ.get(_IN_BASH[0]) == _IN_BASH[1] else found


def _quoted(name: str) -> str:
    r"""A name as bash must be given it: it puts on the command line what it gets, and would run what is in it.

    The script unquotes once, so backslashes are doubled.

    >>> print(_quoted("خبرگزاری مهر"), _quoted("$(x)"))
    خبرگزاری\\ مهر \\$\\(x\\)
    """
    return re.sub(_NOT_PLAIN, r"\\\\\g<0>", name)
