"""Which index a command works on, and what the first search does when there is none yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from khabarjoo.index.errors import NoIndex, named

from ..config import config_path, default_folder, load
from ..gc_freeze import startup_frozen

if TYPE_CHECKING:
    from khabarjoo.index.opensearch.address import Place

    from ..searcher import Searcher
    from .options import Indexes


def open_index(folder: Indexes, *, first_search: bool = False) -> Searcher:
    """Opens the index in the folder, or several as one; by default the default one.

    Where nothing is indexed by default yet, the sample is: for a ``first_search`` in any case, for all else only if
    the user named no index, as what is not where it is said to be is a mistake. Raises StoreError for an index that
    cannot be opened.
    """
    if folder is not None:
        return _open(folder)
    default = default_folder()
    try:
        return _open(default)
    except NoIndex:
        if not isinstance(default, Path) or (load().index and not first_search):
            raise
        _index_sample(default)
        return _open(default)


def _open(folder: Place | tuple[Place, ...]) -> Searcher:
    with startup_frozen():
        import khabarjoo

        opened = khabarjoo.open(folder, limits=load().limits, tables=config_path().parent)
    if opened.fell_back or opened.is_behind:
        _tell(opened, folder)
    return opened


def _tell(opened: Searcher, folder: Place | tuple[Place, ...]) -> None:
    """Says that an older state of an index is shown, or one that an analyzer before made."""
    from ..output.messages import complain, note  # late, as names are completed without them

    if opened.fell_back:
        see = "khabarjoo verify" if isinstance(folder, tuple) else f"khabarjoo verify {named(str(folder))}"
        complain(f"{opened.path} is damaged ({opened.fell_back}); what is shown is older; see: {see}")
    if opened.is_behind:
        one = Path("INDEX") if isinstance(folder, tuple) else folder
        note(f"{opened.path} was made by the analyzer before this one, or with other word lists")
        note("some words are not found in all their forms")
        note(f"it is made anew, from the articles stored in it, with: khabarjoo index --rebuild {named(str(one))}")


def _index_sample(folder: Path) -> None:
    from khabarjoo.index.file_sync import sync
    from khabarjoo.seeds import pages_folder

    from ..output.messages import note

    note(f"nothing is indexed in {folder} yet: indexing the bundled sample")
    note("your own pages take its place with: khabarjoo index FOLDER")
    sync(folder, [pages_folder()], sample=True)
