"""Opens the engine of an index by where it is: in a folder, in several, or on a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from .engine import Engine
from .query_limits import Limits

if TYPE_CHECKING:
    from khabarjoo.index.opensearch.address import Place

_CLUSTERS = ("opensearch://", "opensearch+https://")


def open_engine(places: Sequence[str | Place], limits: Limits) -> Engine:
    """Opens the engine of an index, or of several in folders as one. Raises as `searcher.open` does."""
    folders = [Path(place) for place in places if _is_folder(place)]
    if len(folders) == len(places):
        from .local.folder_engine import open_folders

        return open_folders(folders, limits)
    if len(places) > 1:
        raise ValueError("an index on a cluster is searched by itself: give one --index")
    from .opensearch.cluster_engine import open_cluster

    return open_cluster(places[0])


def _is_folder(place: str | Place) -> TypeGuard[str | Path]:
    """Whether an index is in a folder, told without importing what talks to clusters."""
    return isinstance(place, Path) or (isinstance(place, str) and not place.startswith(_CLUSTERS))
