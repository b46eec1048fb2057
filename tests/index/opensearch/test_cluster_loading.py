"""Processes that send articles to a cluster, and how they end with the one that tells them what to do."""

from __future__ import annotations

import os
import struct
from multiprocessing import Pipe

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.opensearch.cluster_loading import _received


def test_a_process_ends_in_silence_when_the_one_that_sends_was_killed_amid_a_batch() -> None:
    ours, theirs = Pipe()
    batch = [(Article("1", "باران"), "news.jsonl")]
    ours.send(batch)
    os.write(ours.fileno(), struct.pack("!i", 100) + b"a part of them")
    ours.close()
    assert _received(theirs) == batch
    with pytest.raises(EOFError):
        _received(theirs)
