"""Indexes on a real cluster, for tests: `make test-cluster` starts one and says where it is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import count

from khabarjoo.index.article import Article
from khabarjoo.index.errors import NoIndex
from khabarjoo.index.manifest import Sources
from khabarjoo.index.opensearch.address import ClusterAddress, read_address
from khabarjoo.index.opensearch.cluster import Cluster
from khabarjoo.index.opensearch.cluster_layout import open_layout, remove
from khabarjoo.index.opensearch.cluster_sink import ClusterSink

HOSTS = os.environ.get("KHABARJOO_TEST_CLUSTER", "")
"""Hosts and ports of the cluster, with commas between them; '' where there is none."""

WITHOUT = "no cluster: KHABARJOO_TEST_CLUSTER names none (make test-cluster starts one)"

_numbers = count(1)


def new_address() -> ClusterAddress:
    """The address of an index that is not there."""
    address = read_address(f"opensearch://{HOSTS}/khabarjoo-test-{os.getpid()}-{next(_numbers)}")
    forget(address)
    return address


def forget(address: ClusterAddress) -> None:
    """Removes an index, if it is there."""
    cluster = Cluster(address)
    try:
        remove(cluster, open_layout(cluster))
    except NoIndex:
        pass
    finally:
        cluster.close()


def fill(address: ClusterAddress, articles: Sequence[Article], sources: Sources | None = None) -> None:
    """Adds articles to an index, all as if read from one file."""
    sink = ClusterSink(address)
    try:
        for article in articles:
            sink.add(article, "news.jsonl", lambda: 0)
        sink.finish()
        sink.commit(sources or {}, len(articles), sample=False)
    finally:
        sink.stop()
