"""Asks the server which articles match, and brings the first of them, with their words where they are read closely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from khabarjoo.index.errors import StoreError
from khabarjoo.index.opensearch.cluster import Cluster
from khabarjoo.index.opensearch.document_speech import READ_WITH_SPEAKERS
from khabarjoo.index.opensearch.documents import READ, WordReader, document_id

from ..engine import Answer, Found
from ..query.plan import Plan
from .server_queries import Query, complete, filtered
from .window import Document, Fetch, Place, Window

BEST_FIRST: list[Query] = [{"_score": "desc"}, {"id": "asc"}]

_AT_ONCE = 10_000  # hits that the server gives at a time
_FETCHED = 200  # articles fetched at a time of those that were not read closely


class ServerSearch:
    """Searches one index on a cluster; ``speakers`` says whether it tells who said what."""

    def __init__(self, cluster: Cluster, index: str, *, speakers: bool = False) -> None:
        self._cluster = cluster
        self._index = index
        self._speakers = speakers
        self._read = READ_WITH_SPEAKERS if speakers else READ
        self._words = WordReader()

    def search(self, plan: Plan, query: Query, wanted: int, sort: Sequence[Query], closely: int) -> Answer:
        """Counts what matches ``query`` and the filters of a plan, and brings the first ``wanted`` articles.

        The first ``closely`` come with their words; those after them are fetched some at a time, when one is read.
        """
        body: Query = {
            "query": filtered(query, plan.filters),
            "sort": list(sort),
            "track_scores": True,
            "track_total_hits": True,
            "aggs": {"all": {"filter": complete(plan.root)}},
            "size": min(closely, wanted),
            "_source": self._read,
        }
        answer = self._cluster.search(self._index, body)
        rows = answer["hits"]["hits"]
        window = self.given([row["_source"] for row in rows])
        hits = [Found(str(row["_source"]["id"]), _score(row), Place(window, n)) for n, row in enumerate(rows)]
        if len(rows) == closely and wanted > closely:
            hits += self._further(body, rows[-1]["sort"] if rows else None, wanted - closely)
        total = int(answer["hits"]["total"]["value"])
        return Answer(total, int(answer["aggregations"]["all"]["doc_count"]), hits)

    def all(self) -> Iterator[Found]:
        """Returns every article, in the order of ids."""
        articles = self._cluster.count(self._index, {"match_all": {}})
        body: Query = {"query": {"match_all": {}}, "sort": [{"id": "asc"}], "track_scores": False}
        return self._further(body, None, articles)

    def find(self, id: str) -> Found | None:
        """Returns the article with an id."""
        (document,) = self._cluster.get(self._index, [document_id(id)], self._read)
        return None if document is None else Found(id, 0.0, Place(self.given([document]), 0))

    def given(self, documents: list[Document]) -> Window:
        """Returns the articles that are there."""
        return self._window(lambda: documents)

    def _window(self, fetch: Fetch) -> Window:
        return Window(fetch, self._words, speakers=self._speakers)

    def _further(self, body: Query, after: list[Any] | None, wanted: int) -> Iterator[Found]:
        asked = {name: body[name] for name in ("query", "sort", "track_scores")} | {"_source": False}
        while wanted > 0:
            asked["size"] = min(wanted, _AT_ONCE)
            if after is not None:
                asked["search_after"] = after
            rows = self._cluster.search(self._index, asked)["hits"]["hits"]
            for start in range(0, len(rows), _FETCHED):
                some = rows[start : start + _FETCHED]
                window = self._window(partial(self._fetched, [row["sort"][-1] for row in some]))
                for number, row in enumerate(some):
                    yield Found(str(row["sort"][-1]), _score(row), Place(window, number))
            if len(rows) < asked["size"]:
                return
            wanted, after = wanted - len(rows), rows[-1]["sort"]

    def _fetched(self, ids: Sequence[str]) -> list[Document]:
        found = self._cluster.get(self._index, list(map(document_id, ids)), self._read)
        if None in found:
            address = self._cluster.address
            raise StoreError(str(address), f"{address}: articles were removed meanwhile; ask again")
        return [document for document in found if document is not None]


def _score(row: Query) -> float:
    return float(row.get("_score") or 0.0)
