from __future__ import annotations

from typing import Any

import pytest

from khabarjoo.searcher.local.ranking import inverse_document_frequency
from khabarjoo.searcher.opensearch.server_idf import ServerIdf
from khabarjoo.searcher.query.plan import Exact, Word

COUNTS = {"باران": 5, "برف": 2}


class Counting:
    """A cluster of a hundred articles that says how many match, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def search(self, index: str, body: dict[str, Any]) -> dict[str, Any]:
        filters = body.get("aggs", {}).get("counts", {}).get("filters", {}).get("filters", {})
        self.asked.append(len(filters))
        found = {n: {"doc_count": COUNTS[next(w for w in COUNTS if w in repr(f))]} for n, f in filters.items()}
        return {"hits": {"total": {"value": 100}}, "aggregations": {"counts": {"buckets": found}}}


@pytest.fixture
def counting() -> Counting:
    return Counting()


def test_all_leaves_are_asked_for_at_once_and_remembered(counting: Counting) -> None:
    idf = ServerIdf(counting, "news")  # type: ignore[arg-type]
    rain, snow = Word("باران", ("باران",), 2.0), Exact("برف")
    idf.learn([rain, snow, Word("باران", ("بارانی",), after="x")])
    assert counting.asked == [2]
    assert idf.worth(rain) == 2 * inverse_document_frequency(100, 5)
    assert (idf.of("باران"), idf.frequency("باران")) == (inverse_document_frequency(100, 5), 5)
    assert idf.count(snow) == 2
    assert counting.asked == [2]


def test_what_was_not_learnt_is_asked_when_it_is_needed(counting: Counting) -> None:
    idf = ServerIdf(counting, "news")  # type: ignore[arg-type]
    assert idf.frequency("برف") == 2
    assert idf.documents == 100
    assert counting.asked == [1]


def test_counts_are_asked_anew_after_a_while(counting: Counting) -> None:
    now = 0.0
    idf = ServerIdf(counting, "news", clock=lambda: now)  # type: ignore[arg-type]
    idf.frequency("برف")
    now = 1000.0
    idf.learn([Word("برف", ())])
    assert counting.asked == [1, 1]
