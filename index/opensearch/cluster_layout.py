"""What an index on a cluster consists of: the articles, a log beside them, and an alias that names both.

``news`` is an alias of ``news-000001``, which holds the articles; ``news-000001-log`` holds what was read for them, and
their words. A rebuild fills ``news-000002`` and then turns the alias, in one step.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from khabarjoo.analyzers.analyzer import ANALYZER_VERSION

from ..errors import NoIndex
from .cluster import Cluster
from .cluster_errors import Refused, Unfit
from .mapping import FORMAT, index_body, log_body

SHARDS, REPLICAS = 3, 1
"""What an index is made with. docs/cluster.md tells how many a larger one wants."""

_NUMBER = re.compile(r"-(?P<number>[0-9]{6})")


class Layout(NamedTuple):
    """The names of an index's parts, and the versions of what made its terms, and tells who said what; 0 for nobody."""

    articles: str
    analyzer: int
    speakers: int = 0

    @property
    def log(self) -> str:
        """The index beside the articles."""
        return f"{self.articles}-log"

    @property
    def number(self) -> int:
        """How many times the index was made, this time included."""
        match = _NUMBER.search(self.articles, len(self.articles) - 7)
        return int(match["number"]) if match else 0

    def size_bytes(self, cluster: Cluster) -> int:
        """Returns what one copy of all shards takes on disk."""
        stats = cluster.ask(lambda client: client.indices.stats(index=self.articles, metric="store"))
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])


def open_layout(cluster: Cluster) -> Layout:
    """Returns the parts of the index that the cluster's address names. Raises NoIndex; Unfit for another's index."""
    name = cluster.address.name
    found: dict[str, Any] = cluster.ask(lambda client: client.indices.get(index=name), missing={})
    if not found:
        raise NoIndex(str(cluster.address))
    if len(found) > 1:
        raise Unfit(cluster.address, f"{name} stands for several indexes: {', '.join(sorted(found))}")
    ((articles, about),) = found.items()
    made = about.get("mappings", {}).get("_meta", {}).get("khabarjoo")
    if not isinstance(made, dict) or articles == name:
        raise Unfit(cluster.address, f"{name} is not a khabarjoo index; choose another name")
    if made.get("format") != FORMAT:
        have = made.get("format")
        raise Unfit(cluster.address, f"made by another version (format {have}, not {FORMAT}); index --rebuild mends it")
    analyzer, speakers = (made.get(name, 0) for name in ("analyzer", "speakers"))
    return Layout(articles, *(version if isinstance(version, int) else 0 for version in (analyzer, speakers)))


def create(
    cluster: Cluster, number: int, shards: int = SHARDS, replicas: int = REPLICAS, *, speakers: int = 0
) -> Layout:
    """Makes an empty index of this number, without an alias.

    One that a rebuild has left unfinished gives way; the very first may be made by several machines at once.
    """
    layout = Layout(f"{cluster.address.name}-{number:06}", ANALYZER_VERSION, speakers)
    if number > 1:
        remove(cluster, layout)
    bodies = {layout.articles: index_body(shards, replicas, speakers), layout.log: log_body(replicas)}
    for name, body in bodies.items():
        try:
            cluster.ask(lambda client, name=name, body=body: client.indices.create(index=name, body=body))  # type: ignore[misc]
        except Refused as error:
            if number > 1 or "resource_already_exists" not in str(error):
                raise
    return layout


def adopt(cluster: Cluster, layout: Layout, before: Layout | None) -> None:
    """Turns the alias to an index, and removes the one before."""
    name = cluster.address.name
    # It may be asked twice, where a node dies after it has done it.
    actions = [{"remove": {"index": before.articles, "alias": name, "must_exist": False}}] if before else []
    body = {"actions": [*actions, {"add": {"index": layout.articles, "alias": name}}]}
    cluster.ask(lambda client: client.indices.update_aliases(body=body))
    if before:
        remove(cluster, before)


def remove(cluster: Cluster, layout: Layout) -> None:
    """Removes an index, if it is there."""
    for name in (layout.articles, layout.log):
        cluster.ask(lambda client, name=name: client.indices.delete(index=name), missing={})  # type: ignore[misc]
