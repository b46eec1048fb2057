"""Taking articles out of an index on a cluster, by their ids or by the files they came from."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ..file_walk import is_under
from ..removal import Removal
from .address import ClusterAddress
from .cluster_sink import ClusterSink


def remove_from_cluster(address: ClusterAddress, wanted: Sequence[str]) -> Removal:
    """Removes the articles that have these ids, or came from these files or from files below these folders.

    An id counts before a path, as in `index.removal.remove`. Raises NoIndex, or a ClusterError.
    """
    sink = ClusterSink(address, must_exist=True)
    try:
        sources = {origin: list(entry) for origin, entry in sink.sources().items()}
        done = Removal()
        for one in wanted:
            if (there := sink.find(one)) is not None:
                sink.remove(there)
                done.removed.append(one)
                if there.origin in sources:
                    sources[there.origin][2] -= 1
                if os.path.lexists(there.origin) and there.origin not in done.files_left:
                    done.files_left.append(there.origin)
            elif not _remove_path(sink, sources, one, done):
                done.unknown.append(one)
        sink.commit(sources, 0, sample=False)
        return done
    finally:
        sink.stop()


def _remove_path(sink: ClusterSink, sources: dict[str, list[int]], path: str, done: Removal) -> bool:
    """Removes what came from a file, or from files below a folder; whether anything did."""
    roots = {os.path.realpath(path), os.path.abspath(path)}  # noqa: PTH100  the file itself may be gone, or a link
    origins = {origin for origin in {*sources, *sink.origins()} if is_under(origin, list(roots))}
    for origin in sorted(origins):
        done.removed += sink.forget(origin)
        sources.pop(origin, None)
    return bool(origins)
