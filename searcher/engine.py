"""The searcher: one index, opened; questions in, pages out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Every, NullQuery, Or, Query, Term
from whoosh.reading import MultiReader
from whoosh.searching import Searcher as WhooshSearcher

from analyzers.chain import default_analyzer
from index.article import Article
from index.errors import NoSuchArticle
from index.reader import ColumnReader
from index.schema import ALL_TEXT
from index.segment import UNDATED
from index.store import LiveSegment, Snapshot, open_snapshot

from .collector import ArrayCollector, Order
from .filters import mask_of, resolve
from .query.plan import Filters, Plan, plan_words
from .ranking import ImpactWeighting
from .results import Hit, Page, Piece
from .snippets import mark, snippet

if TYPE_CHECKING:
    from analyzers.dates import Span

Sort = Literal["relevance", "newest", "oldest"]
Names = str | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Stats:
    """What an index holds. ``first`` and ``last`` are the earliest and latest dates of publication, in UTC."""

    articles: int
    dated: int
    first: datetime | None
    last: datetime | None
    sources: dict[str, int]
    categories: dict[str, int]
    terms: int
    size_bytes: int
    analyzer_version: int
    path: Path


def open(path: str | Path) -> Searcher:
    """Opens the index in a folder for searching.

    Raises one of `index.errors`: NoIndex, NotAnIndex, IndexDamaged, AnalyzerMismatch.
    """
    return Searcher(open_snapshot(Path(path)))


class Searcher:
    """Searches one generation of an index. Use it as a context manager, or `close` it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._segments = snapshot.segments
        readers = [ColumnReader(live) for live in self._segments]
        reader = readers[0] if len(readers) == 1 else MultiReader(readers)
        self._whoosh = WhooshSearcher(reader, weighting=ImpactWeighting()) if readers else None
        self._analyzer = default_analyzer()

    def __enter__(self) -> Searcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, traceback: TracebackType | None) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._snapshot)

    def close(self) -> None:
        """Lets go of the index."""
        if self._whoosh is not None:
            self._whoosh.close()

    # -- searching ---------------------------------------------------------------------------------------------

    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        offset: int = 0,
        since: str | datetime | None = None,
        until: str | datetime | None = None,
        source: Names = None,
        category: Names = None,
        tag: Names = None,
        sort: Sort = "relevance",
    ) -> Page:
        """One page of the articles that answer a query.

        Plain words rank the articles that have any of them; sorted by date, those with all of them are shown, or
        those with any when none has all. ``since`` and ``until`` take dates as people write them, of either calendar;
        an imprecise one means its whole unit, so until 1401 includes its last day. ``source``, ``category`` and
        ``tag`` take one name or several, of which any will do.

        Raises DateError for a date that cannot be read, ValueError for a negative limit or offset or another sort.
        """
        started = time.perf_counter()
        _check_not_negative(limit, offset)
        if sort not in get_args(Sort):
            raise ValueError(f"sort must be one of {', '.join(get_args(Sort))}, not {sort!r}")
        filters = Filters(_span(since, until), _names(source), _names(category), _names(tag))
        plan = Plan(plan_words(text, self._analyzer), resolve(filters, self._segments))
        collector, found = self._run(plan, offset + limit, sort)
        lemmas = frozenset(word.lemma for word in plan.words)
        hits = tuple(
            self._hit(offset + place, number, score, lemmas)
            for place, (number, score) in enumerate(found[offset:], start=1)
        )
        took_ms = (time.perf_counter() - started) * 1000
        return Page(text, hits, collector.total, collector.total_all, took_ms, offset)

    def rank(self, text: str, *, limit: int = 1000) -> list[tuple[str, float]]:
        """The ids and scores of the best articles for a query, best first. Raises ValueError for a negative limit."""
        _check_not_negative(limit)
        plan = Plan(plan_words(text, self._analyzer))
        return [(self._id(number), score) for number, score in self._run(plan, limit, "relevance")[1]]

    def _run(self, plan: Plan, limit: int, sort: Sort) -> tuple[ArrayCollector, list[tuple[int, float]]]:
        """Carries a plan out: the collector with its counts, and (article, score) pairs."""
        by_date = _ORDERS.get(sort)
        collector = self._collect(plan, limit, by_date, only_all=by_date is not None)
        if by_date is not None and collector.total and not collector.total_all:
            collector = self._collect(plan, limit, by_date)
        if self._whoosh is None:
            return collector, []
        return collector, [(number, score) for score, number in collector.results().top_n]

    def _collect(self, plan: Plan, limit: int, order: Order | None, only_all: bool = False) -> ArrayCollector:
        collector = ArrayCollector(limit, partial(mask_of, filters=plan.filters), order, only_all)
        if self._whoosh is not None:
            self._whoosh.search_with_collector(_query(plan), collector)
        return collector

    # -- articles ----------------------------------------------------------------------------------------------

    def article(self, id: str) -> Article:
        """The article with an id, as it was read. Raises NoSuchArticle."""
        for live in self._segments:
            doc = live.segment.doc_number(id)
            if doc >= 0 and doc not in live.deleted:
                return live.segment.article(doc)
        raise NoSuchArticle(id)

    def mark(self, article: Article, text: str) -> tuple[list[Piece], list[Piece], list[Piece]]:
        """Title, lead and body of an article, with the words that match a query marked."""
        lemmas = frozenset(word.lemma for word in plan_words(text, self._analyzer))
        title, lead, body = (mark(part, lemmas, self._analyzer) for part in (article.title, article.lead, article.body))
        return title, lead, body

    def stats(self) -> Stats:
        """What the index holds."""
        dates = [live.segment.published[live.live()] for live in self._segments]
        published = np.concatenate(dates) if dates else np.zeros(0, np.int64)
        published = published[published != UNDATED]
        lemmas = {live.segment.lemmas.raw(n) for live in self._segments for n in range(len(live.segment.lemmas))}
        return Stats(
            articles=len(self),
            dated=len(published),
            first=_moment(published.min()) if len(published) else None,
            last=_moment(published.max()) if len(published) else None,
            sources=_count(
                (live.segment.sources.names, live.segment.sources.counts(live.live())) for live in self._segments
            ),
            categories=_count(
                (live.segment.categories.names, live.segment.categories.counts(live.live())) for live in self._segments
            ),
            terms=len(lemmas),
            size_bytes=self._snapshot.size_bytes(),
            analyzer_version=self._snapshot.analyzer_version,
            path=self._snapshot.path,
        )

    def _place(self, number: int) -> tuple[LiveSegment, int]:
        """The segment of an article, by its number over all segments, and its number there."""
        for live in self._segments:
            if number < len(live.segment):
                return live, number
            number -= len(live.segment)
        raise IndexError(number)

    def _id(self, number: int) -> str:
        live, doc = self._place(number)
        return live.segment.ids[doc]

    def _hit(self, rank: int, number: int, score: float, lemmas: frozenset[str]) -> Hit:
        live, doc = self._place(number)
        article = live.segment.article(doc)
        return Hit(
            rank=rank,
            id=article.id,
            score=score,
            title=article.title,
            published=article.published,
            source=article.source,
            category=article.category,
            tags=article.tags,
            url=article.url,
            code=article.code,
            _make_snippet=partial(snippet, (article.lead, article.body), lemmas, self._analyzer),
            _mark_title=partial(mark, article.title, lemmas, self._analyzer),
        )


def _query(plan: Plan) -> Query:
    """A plan as a Whoosh query."""
    if not plan.words:
        return Every() if plan.filters != Filters() else NullQuery
    terms = [Term(ALL_TEXT, word.lemma, boost=word.boost) for word in plan.words]
    return terms[0] if len(terms) == 1 else Or(terms)


def _by_date(live: LiveSegment, docs: NDArray[np.intp], scores: NDArray[np.float64], sign: int) -> NDArray[np.float64]:
    published = live.segment.published[docs].astype(np.float64) * sign
    published[live.segment.published[docs] == UNDATED] = -np.inf
    return published


_ORDERS: dict[str, Order] = {"newest": partial(_by_date, sign=1), "oldest": partial(_by_date, sign=-1)}


def _span(since: str | datetime | None, until: str | datetime | None) -> Span | None:
    if since is None and until is None:
        return None
    from analyzers.dates import DateError, Span, parse_span  # late, for the many searches without a date

    start = parse_span(since).start if isinstance(since, str) else since
    end = parse_span(until).end if isinstance(until, str) else until
    if start and end and start >= end:
        raise DateError(f"the span from {since} until {until} ends before it begins")
    return Span(start, end)


def _check_not_negative(*numbers: int) -> None:
    if min(numbers) < 0:
        raise ValueError("limit and offset must not be negative")


def _names(names: Names) -> tuple[str, ...]:
    return () if names is None else (names,) if isinstance(names, str) else tuple(names)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def _count(facets: Iterable[tuple[list[str], NDArray[np.int64]]]) -> dict[str, int]:
    """How many articles have each name, commonest first."""
    total: Counter[str] = Counter()
    for names, counts in facets:
        for name, count in zip(names, counts.tolist(), strict=True):
            total[name] += count
    return {name: count for name, count in total.most_common() if count}
