"""``khabarjoo shell``: questions and answers until the reader leaves."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..config import default_folder, in_force
from .opening import open_index
from .options import Indexes, indexes_option, limit_option, settings
from .streams import Exit, text_lines

if TYPE_CHECKING:
    from ..config import Settings
    from ..searcher import Searcher

_MANIFESTS = "manifest-*.json"
_YES = ("", "y", "yes", "ب", "بله", "آری")


@click.command()
@indexes_option
@limit_option(None, "Hits shown for each query; without it, as many as fit the screen.")
def shell(folder: Indexes, limit: int) -> int:
    """Search interactively.

    Each line is a query; 3 opens the third hit, n turns the page; \\help tells the rest. Ctrl-C leaves the line,
    Ctrl-D the shell. Lines can be piped in, too.

    \b
    Examples:
      khabarjoo
      khabarjoo shell --index archive.index
      echo 'جهاد دانشگاهی' | khabarjoo shell
    """
    from ..shell.loop import converse

    chosen = settings()
    places = folder if isinstance(folder, tuple) else (folder or default_folder(),)
    piped = None if sys.stdin.isatty() else text_lines(sys.stdin.buffer)
    open_it: Callable[[], Searcher] = partial(open_index, folder, first_search=True)
    folders = [place for place in places if isinstance(place, Path)]
    if piped is None and not all(map(_may_be_index, folders)):
        if folder is None and not _offer_sample(folders[0], chosen):
            return Exit.FOUND
        first = [open_it()]  # before there is a prompt to write over
        open_it = lambda: first.pop() if first else open_index(folder, first_search=True)  # noqa: E731
    is_said = click.get_current_context().get_parameter_source("limit") is click.core.ParameterSource.COMMANDLINE
    fixed = is_said or in_force()["page_size"].origin != "default"
    converse(open_it, piped, settings=chosen, limit=limit if fixed else None, index=" + ".join(map(str, places)))
    return Exit.FOUND


def _may_be_index(folder: Path) -> bool:
    """Whether it is worth opening: a look that takes no time, as the prompt is to come at once."""
    if not folder.is_dir() or any(folder.glob(_MANIFESTS)):
        return folder.exists()
    from khabarjoo.index.recovery import orphans

    return bool(orphans(folder))


def _offer_sample(folder: Path, chosen: Settings) -> bool:
    """Asks whether to index the sample; tells how to index one's own pages. Whether the sample is wanted."""
    from khabarjoo.seeds import pages_folder

    from ..output.messages import note
    from ..shell.shell_messages import message

    language = chosen.language_of_messages()
    count = sum(1 for _ in pages_folder().iterdir())
    note(message("offer", language, folder=folder, count=count), chosen)
    try:
        answer = sys.stdin.readline()
    except KeyboardInterrupt:
        answer = ""
    wanted = answer.endswith("\n") and answer.strip().lower() in _YES
    if not wanted:
        note(message("own pages", language), chosen)
    return wanted
