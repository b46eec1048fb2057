"""``khabarjoo remove``: takes articles out of the index."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khabarjoo.index.errors import named

from ..config import default_folder
from ..output.messages import complain, note, note_counts
from .index_command import OnLocked, wait_option
from .options import index_option
from .streams import Exit

if TYPE_CHECKING:
    from khabarjoo.index.opensearch.address import Place

_SHOWN = 20


@click.command()
@index_option
@wait_option
@click.option("--verbose", "-v", is_flag=True, help="Name every article that was removed.")
@click.argument("wanted", nargs=-1, required=True, metavar="ID|PATH...")
def remove(folder: Place | None, on_locked: OnLocked, verbose: bool, wanted: Sequence[str]) -> int:
    """Take articles out of the index, by id or by file.

    A PATH is a file, or a folder with all below it, whether it is still there or not; files on disk are never
    touched. What was removed by its id comes back when its file changes and is indexed again, or at once with
    khabarjoo index --again FILE, and what was removed by its file when that is indexed again. What is neither an id
    nor a file of the index is named, the rest is removed all the same, and the exit code is 1.

    \b
    Examples:
      khabarjoo remove 004_اوچی
      khabarjoo remove ~/news/old-dump.jsonl
      khabarjoo search قم --format ids -0 | xargs -0 khabarjoo remove
    """
    place = folder or default_folder()
    if isinstance(place, Path):
        from khabarjoo.index.removal import remove as remove_articles

        done = remove_articles(place, wanted, on_locked=on_locked)
    else:
        from khabarjoo.index.opensearch.cluster_removal import remove_from_cluster

        done = remove_from_cluster(place, wanted)
    if done.removed or not done.unknown:
        note_counts(f"removed {len(done.removed):,} articles")
    for id in done.removed if verbose else ():
        note(f"removed {id}")
    where = f"{named(str(folder))} " if folder else ""
    for origin in done.files_left[:_SHOWN]:
        note(f"{origin} is still there; what was removed comes back with:")
        note(f"khabarjoo index --again {where}{shlex.quote(origin)}")
    for one in done.unknown:
        complain(f"“{one}” is neither the id of an article nor a file that articles came from")
    return Exit.NOTHING_FOUND if done.unknown else Exit.FOUND
