"""Counts that the server makes over all articles that match: names, months, dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal

from khabarjoo.analyzers.calendars import JALALI, jalali
from khabarjoo.index.opensearch.cluster import Cluster

from ..local.facet_counts import month_start
from ..local.statement_search import by_speaker
from ..results import FacetName

_AT_ONCE = 10_000  # names asked for in one request
_MONTHS_AT_ONCE = 2_000

Query = dict[str, Any]


class ServerCounts:
    """Counts articles of one index."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._index = index

    def names(self, query: Query, field: str) -> Counter[str]:
        """Returns how many of the articles that match have each name. All are counted, however many there are."""
        found: Counter[str] = Counter()
        after: dict[str, Any] = {}
        while True:
            source = {"sources": [{"name": {"terms": {"field": field}}}], "size": _AT_ONCE}
            page = self._aggregated(query, {"names": {"composite": source | ({"after": after} if after else {})}})[
                "names"
            ]
            found.update({str(bucket["key"]["name"]): int(bucket["doc_count"]) for bucket in page["buckets"]})
            if len(page["buckets"]) < _AT_ONCE:
                return found
            after = {"after": page["after_key"]}

    def dates(self, query: Query) -> tuple[datetime, datetime] | None:
        """Returns the earliest and the latest date of publication of the articles that match, in UTC."""
        ends = self._aggregated(query, {end: {end: {"field": "published"}} for end in ("min", "max")})
        first, last = (ends[end]["value"] for end in ("min", "max"))
        if first is None or last is None:
            return None
        return datetime.fromtimestamp(int(first), UTC), datetime.fromtimestamp(int(last), UTC)

    def months(self, query: Query) -> dict[int, int]:
        """Returns how many of the articles that match are of each Jalali month, numbered ``year * 12 + month - 1``."""
        span = self.dates(query)
        found: dict[int, int] = {}
        for months in _months_between(*span) if span else ():
            ranges = [{"key": str(month), "from": month_start(month), "to": month_start(month + 1)} for month in months]
            answer = self._aggregated(query, {"months": {"range": {"field": "published", "ranges": ranges}}})
            buckets = answer["months"]["buckets"]
            found.update({int(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets if bucket["doc_count"]})
        return found

    def of_facet(self, query: Query, facet: FacetName) -> Counter[str]:
        """Returns how many of the articles that match have each name of a facet."""
        if facet in ("source", "category", "tag"):
            return self.names(query, facet)
        if facet == "speaker":
            return by_speaker(self.names(query, facet))
        return _named(self.months(query), "year" if facet == "year" else "month")

    def _aggregated(self, query: Query, aggregations: Query) -> Query:
        answer: Query = self._cluster.search(self._index, {"size": 0, "query": query, "aggs": aggregations})
        return answer["aggregations"]  # type: ignore[no-any-return]


def _months_between(first: datetime, last: datetime) -> Iterator[range]:
    """The months of two moments and all between them that are of a year we read, some at a time."""
    earliest, latest = JALALI.years[0] * 12, JALALI.years[-1] * 12 + 11
    start = earliest if first.timestamp() < month_start(earliest) else _month(first)
    end = latest if last.timestamp() >= month_start(latest) else _month(last)
    for at in range(start, end + 1, _MONTHS_AT_ONCE):
        yield range(at, min(at + _MONTHS_AT_ONCE, end + 1))


def _month(moment: datetime) -> int:
    day = jalali(moment)
    return day.year * 12 + day.month - 1


def _named(months: dict[int, int], unit: Literal["month", "year"]) -> Counter[str]:
    """Counts by ``1402`` or ``1402/07``."""
    found: Counter[str] = Counter()
    for number, count in months.items():
        year, month = divmod(number, 12)
        found[f"{year:04}" if unit == "year" else f"{year:04}/{month + 1:02}"] += count
    return found
