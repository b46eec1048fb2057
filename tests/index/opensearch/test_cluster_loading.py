"""Processes that send articles to a cluster, and how they end with the one that tells them what to do."""

from __future__ import annotations

import os
import struct
from multiprocessing import Pipe

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.opensearch.address import read_address
from khabarjoo.index.opensearch.cluster import Cluster
from khabarjoo.index.opensearch.cluster_errors import Unreachable
from khabarjoo.index.opensearch.cluster_layout import Layout
from khabarjoo.index.opensearch.cluster_loading import _received, _work


def test_a_process_ends_in_silence_when_the_one_that_sends_was_killed_amid_a_batch() -> None:
    ours, theirs = Pipe()
    batch = [(Article("1", "باران"), "news.jsonl")]
    ours.send(batch)
    os.write(ours.fileno(), struct.pack("!i", 100) + b"a part of them")
    ours.close()
    assert _received(theirs) == batch
    with pytest.raises(EOFError):
        _received(theirs)


def test_what_a_process_meets_before_its_first_batch_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    address = read_address("opensearch://localhost:9/news")

    def unreachable(cluster: Cluster) -> None:
        raise Unreachable(cluster.address, "connection refused")

    monkeypatch.setattr(Cluster, "require_version", unreachable)
    ours, theirs = Pipe()
    ours.send(None)
    _work(theirs, address, Layout("news-000001", 1), counts=False)
    assert ours.recv_bytes().decode() == str(Unreachable(address, "connection refused"))
