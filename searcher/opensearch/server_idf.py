"""How rare the leaves of plans are on a cluster: asked in one request, remembered for a while.

Frequencies are those of all shards together, counted by the server; so every copy of a shard gives an article the same
score, and no round over all shards precedes a search.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from khabarjoo.index.opensearch.cluster import Cluster

from ..local.leaf_matches import LeafMatches
from ..local.ranking import inverse_document_frequency
from ..query.plan import Leaf, Near, Word
from .server_queries import matching

_REMEMBERED = 1 << 14  # leaves
_LASTS = 30.0  # seconds that frequencies are believed: writers may be at work
_AT_ONCE = 500  # leaves asked for in one request


class ServerIdf:
    """Tells how many articles match a leaf, and how much that makes it worth."""

    def __init__(self, cluster: Cluster, index: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._cluster = cluster
        self._index = index
        self._clock = clock
        self._counts: dict[Leaf | Near, int] = {}
        self._until = -1.0
        self._documents = 0

    @property
    def documents(self) -> int:
        """How many articles there are."""
        self.learn(())
        return self._documents

    def learn(self, leaves: Iterable[Leaf | Near]) -> None:
        """Asks for the frequencies of all leaves that are not known yet, at once."""
        is_stale = self._clock() > self._until or len(self._counts) > _REMEMBERED
        if is_stale:
            self._counts.clear()
        unknown = [leaf for leaf in dict.fromkeys(map(_unboosted, leaves)) if leaf not in self._counts]
        if not unknown and not is_stale:
            return
        for start in range(0, max(len(unknown), 1), _AT_ONCE):
            self._ask(unknown[start : start + _AT_ONCE])
        if is_stale:
            self._until = self._clock() + _LASTS

    def _ask(self, leaves: list[Leaf | Near]) -> None:
        body = {"size": 0, "track_total_hits": True, "query": {"match_all": {}}}
        if leaves:
            filters = {str(place): matching(leaf) for place, leaf in enumerate(leaves)}
            body["aggs"] = {"counts": {"filters": {"filters": filters}}}
        answer = self._cluster.search(self._index, body)
        self._documents = int(answer["hits"]["total"]["value"])
        if leaves:
            buckets = answer["aggregations"]["counts"]["buckets"]
            self._counts.update({leaf: int(buckets[str(n)]["doc_count"]) for n, leaf in enumerate(leaves)})

    def count(self, leaf: Leaf | Near) -> int:
        """Returns how many articles match a leaf."""
        leaf = _unboosted(leaf)
        if leaf not in self._counts:
            self.learn([leaf])
        return self._counts[leaf]

    def worth(self, leaf: Leaf | Near) -> float:
        """Returns what an impact of 1 of a leaf counts: how rare it is, and its boost."""
        return leaf.boost * inverse_document_frequency(self._documents, self.count(leaf))

    # -- as `local.ranking.IdfCache` ---------------------------------------------------------------------------

    def frequency(self, lemma: str) -> int:
        """Returns how many articles have a lemma."""
        return self.count(Word(lemma, ()))

    def of(self, lemma: str) -> float:
        """Returns how rare a lemma is."""
        return inverse_document_frequency(self._documents, self.frequency(lemma))


class ServerLeafMatches(LeafMatches):
    """What leaves match among the articles read closely, each worth what it is on the whole cluster."""

    idf: ServerIdf

    def worth(self, node: Leaf | Near) -> float:
        """See `LeafMatches`."""
        return self.idf.worth(node)


def _unboosted(leaf: Leaf | Near) -> Leaf | Near:
    """The same leaf however much it is to count, whichever of a word's forms was typed, and after whichever name."""
    return Word(leaf.lemma, (), 1.0, leaf.field) if isinstance(leaf, Word) else replace(leaf, boost=1.0)
