"""The searcher: one index, opened; questions in, pages out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.calendars import DateError
from khabarjoo.index.article import Article
from khabarjoo.index.errors import IndexDamaged, NoSuchArticle, StoreError
from khabarjoo.index.segment import SEGMENT_FILE, UNDATED
from khabarjoo.index.store import Snapshot, open_snapshot

from .local.collapse import FOLDED
from .local.local_engine import Answer, ColumnEngine
from .query.plan import Filters, MatchAll, MatchNone, Plan
from .query.read import read_query
from .query_limits import LIMITS, Limits, Partial
from .results import (
    Copy,
    Explanation,
    ExplanationLine,
    Fragment,
    Hit,
    Page,
    Suggestion,
    no_suggestion,
)
from .snippets import Marked, Marking

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from khabarjoo.analyzers.analyzer import PersianAnalyzer
    from khabarjoo.analyzers.dates import Span

    from .query.user_tables import UserTables
    from .results import FacetName, Facets, PeriodName, Timeline

Sort = Literal["relevance", "newest", "oldest"]
Names = str | Sequence[str] | None
_Ask = Callable[[str], tuple[Plan, Answer]]

_NO_DAMAGE = (DateError, NoSuchArticle, StoreError, BrokenPipeError)
"""What is raised over whole indexes."""


class Stats(NamedTuple):
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


def open(path: str | Path, *, limits: Limits = LIMITS, tables: Path | None = None) -> Searcher:
    """Opens the index in a folder for searching; ``limits`` are what one query may take.

    ``tables`` is a folder with the user's own words (`query.user_tables`); ConfigError is raised for one that is wrong.

    Raises one of `index.errors`: NoIndex, NotAnIndex, IndexDamaged, AnalyzerMismatch.
    """
    snapshot = open_snapshot(Path(path))
    try:
        return Searcher(snapshot, limits, tables)
    except Exception as error:
        snapshot.blame(error)
        raise


class Searcher:
    """Searches one generation of an index. Use it as a context manager, or `close` it."""

    def __init__(self, snapshot: Snapshot, limits: Limits = LIMITS, tables: Path | None = None) -> None:
        self._snapshot = snapshot
        self._segments = snapshot.segments
        self._engine = ColumnEngine(snapshot, limits=limits)
        self._analyzer = default_analyzer()
        self._tables = _tables_of(tables, self._analyzer) if tables else None

    def __enter__(self) -> Searcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, traceback: TracebackType | None) -> None:
        try:
            if isinstance(value, Exception):
                self.blame(value)
        finally:
            self.close()

    def __len__(self) -> int:
        return len(self._snapshot)

    @property
    def fell_back(self) -> str:
        """Why a newer generation of the index was passed over as damaged; '' when none was."""
        return self._snapshot.fell_back

    def blame(self, error: Exception) -> None:
        """Raises IndexDamaged if an error that a method raised comes of damage to the index."""
        if not isinstance(error, _NO_DAMAGE):
            self._snapshot.blame(error)

    def close(self) -> None:
        """Lets go of the index."""
        self._engine.close()

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
        fold_duplicates: bool = False,
    ) -> Page:
        """One page of the articles that answer a query.

        Plain words rank the articles that have any of them; sorted by date, those with all of them are shown, or
        those with any when none has all. ``since`` and ``until`` take dates as people write them, of either calendar;
        an imprecise one means its whole unit, so until 1401 includes its last day. ``source``, ``category`` and
        ``tag`` take one name or several, of which any will do. With ``fold_duplicates`` copies of an article, found
        among the 300 best, are told with it (`Hit.copies`) and are no hits of their own; ``limit`` and ``offset``
        then count hits, while totals still count articles.

        Where words are not found that are typed on the wrong keyboard or in Latin letters, run together or apart, or
        misspelt, the page has a `suggestion`. When nothing is found, and hardly anything else can have been meant, it
        is ``applied``: the page is that of the better query. Phrases that no article has are read as words near each
        other then, and if that finds nothing either, as words.

        A query that would take more than the limits of the index allow is answered from the articles that were searched
        until then: `Page.partial` tells so, and is None for all others.

        Raises DateError for a date that cannot be read, ValueError for a negative limit or offset or another sort.
        """
        started = time.perf_counter()
        _check_not_negative(limit, offset)
        if sort not in get_args(Sort):
            raise ValueError(f"sort must be one of {', '.join(get_args(Sort))}, not {sort!r}")
        plan = self._plan(text, since, until, source, category, tag)
        last = offset + limit
        reach = last + FOLDED if fold_duplicates else last
        answer = self._answer(plan, reach, sort)
        suggest = partial(self._suggestion, text, plan, answer.total_all)
        if not answer.total:

            def ask(query: str) -> tuple[Plan, Answer]:
                better = self._plan(query, since, until, source, category, tag)
                return better, self._answer(better, reach, sort)

            suggestion, found = self._instead(text, plan, ask)
            plan, answer = found or (plan, answer)
            suggest = partial(_same, suggestion)
        answer, copies = self._engine.fold(answer, last) if fold_duplicates else (answer, {})
        return self._page(text, plan, answer, offset, started, copies, suggest)

    def _suggestion(self, text: str, plan: Plan, complete: int) -> Suggestion | None:
        self._check()
        mended = self._engine.mend(text, plan, complete, self._analyzer)
        return Suggestion(mended.query, applied=False, reason=mended.reason) if mended else None

    def _instead(self, text: str, plan: Plan, ask: _Ask) -> tuple[Suggestion | None, tuple[Plan, Answer] | None]:
        """What to ask where a query finds nothing, and what that finds, if it was asked: see `search`."""
        from .query.loosen import loosened

        self._check()
        loose: tuple[str, ...] = ()
        for looser, reason in loosened(text):
            plan, answer = ask(looser)
            if answer.total:
                return Suggestion(looser, True, reason), (plan, answer)
            text, loose = looser, (reason,)  # the loosest is mended
        mended = self._engine.mend(text, plan, 0, self._analyzer)
        if mended is None:
            return None, None
        reason = ", ".join((*loose, mended.reason))
        found = ask(mended.query) if mended.is_certain else None
        is_applied = found is not None and found[1].total > 0
        return Suggestion(mended.query, is_applied, reason), found if is_applied else None

    def _answer(self, plan: Plan, limit: int, sort: Sort) -> Answer:
        if sort == "relevance":
            return self._engine.best(plan, limit)
        return self._engine.by_date(plan, limit, newest=sort == "newest")

    def rank(self, text: str, *, limit: int = 1000) -> list[tuple[str, float]]:
        """The ids and scores of the best articles for a query, best first. Raises ValueError for a negative limit."""
        _check_not_negative(limit)
        answer = self._engine.best(self._plan(text), limit)
        return [(self._engine.id(number), score) for number, score in zip(answer.numbers, answer.scores, strict=True)]

    def partial(self, text: str) -> Partial | None:
        """Which limit a query comes to, and how many articles it leaves; None when all are searched."""
        return self._engine.partial(self._plan(text))

    def similar(self, id: str, *, limit: int = 10) -> Page:
        """The articles that are most about what an article is about. Raises NoSuchArticle."""
        started = time.perf_counter()
        _check_not_negative(limit)
        answer = self._engine.similar(self._number(id), limit)
        return self._page("", Plan(MatchNone()), answer, 0, started)

    def timeline(
        self,
        text: str,
        *,
        by: PeriodName | None = None,
        since: str | datetime | None = None,
        until: str | datetime | None = None,
        source: Names = None,
        category: Names = None,
        tag: Names = None,
    ) -> Timeline:
        """How many of the articles that have all words of a query, or any when none has all, are of each period.

        Filters are those of `search`. Without ``by`` the span of the articles decides. Raises as `search` does.
        """
        from .local.facet_counts import count_periods

        plan = self._plan(text, since, until, source, category, tag)
        matched, of_all, partial = self._engine.matched(plan)
        return count_periods(matched, by, query=text, words="all" if of_all else "any")._replace(partial=partial)

    def facets(
        self,
        text: str,
        *,
        by: Sequence[FacetName] = ("source", "category", "tag", "year", "month"),
        limit: int = 10,
        since: str | datetime | None = None,
        until: str | datetime | None = None,
        source: Names = None,
        category: Names = None,
        tag: Names = None,
    ) -> Facets:
        """What the articles that have all words of a query have in common, or those with any when none has all.

        Filters are those of `search`, and so are the errors.
        """
        from .local.facet_counts import count_facets

        plan = self._plan(text, since, until, source, category, tag)
        matched, of_all, partial = self._engine.matched(plan)
        return count_facets(matched, by, limit, query=text, words="all" if of_all else "any")._replace(partial=partial)

    def explain(self, text: str, id: str) -> Explanation:
        """Where the score of an article comes from, in lines that add up to it. Raises NoSuchArticle."""
        from .query.describe import describe_node

        plan = self._plan(text)
        number = self._number(id)
        shares = self._engine.shares(plan, number)
        if shares is None:
            return Explanation(text, id, 0.0, (), self._engine.partial(plan))
        lines = [ExplanationLine(describe_node(share.leaf), share.value) for share in shares]
        lines += [ExplanationLine(*line) for line in self._engine.second_stage(plan, number).items()]
        return Explanation(text, id, sum(line.value for line in lines), tuple(lines), self._engine.partial(plan))

    def _plan(
        self,
        text: str,
        since: str | datetime | None = None,
        until: str | datetime | None = None,
        source: Names = None,
        category: Names = None,
        tag: Names = None,
    ) -> Plan:
        self._check()
        plan = read_query(text, self._analyzer)
        if self._tables is not None:
            plan = self._tables.applied(plan)
        filters = Filters(_span(since, until), _names(source), _names(category), _names(tag))
        if filters == Filters():
            return plan
        if plan.root == MatchNone():  # then all that pass are asked for
            return Plan(MatchAll(), filters, tuple(note for note in plan.notes if note.kind != "nothing"))
        return Plan(plan.root, filters, plan.notes)

    def _page(
        self,
        text: str,
        plan: Plan,
        answer: Answer,
        offset: int,
        started: float,
        copies: Mapping[int, tuple[Copy, ...]] = MappingProxyType({}),
        suggest: Callable[[], Suggestion | None] = no_suggestion,
    ) -> Page:
        engine = self._engine
        marking = Marking(plan.root, engine.place, self._analyzer)
        rows = zip(answer.numbers[offset:], answer.scores[offset:], strict=True)
        hits = tuple(
            Hit(
                rank,
                engine.id(number),
                score,
                partial(self._article, number),
                marking.of(number),
                copies.get(number, ()),
            )
            for rank, (number, score) in enumerate(rows, start=offset + 1)
        )
        took_ms = (time.perf_counter() - started) * 1000
        return Page(text, hits, answer.total, answer.total_all, took_ms, offset, plan, suggest, answer.partial)

    # -- articles ----------------------------------------------------------------------------------------------

    def article(self, id: str) -> Article:
        """The article with an id, as it was read. Raises NoSuchArticle."""
        return self._engine.article(self._number(id))

    def _article(self, number: int) -> Article:
        self._check()
        return self._engine.article(number)

    def _check(self) -> None:
        """Raises IndexDamaged if a file was cut short since it was opened, as reading on would end the process."""
        for live in self._segments:
            if live.segment.columns.is_cut_short:
                raise IndexDamaged(self._snapshot.path, f"{live.name}/{SEGMENT_FILE} was cut short while it was in use")

    def _number(self, id: str) -> int:
        self._check()
        number = self._engine.number(id)
        if number < 0:
            raise NoSuchArticle(id)
        return number

    def mark(self, article: Article, text: str) -> tuple[list[Fragment], list[Fragment], list[Fragment]]:
        """Title, lead and body of an article, with the words that match a query marked.

        In a part of more than `wanted.LONGEST_READ` letters those after them may be left unmarked: see `mark_whole`.
        """
        title, lead, body, _ = self.mark_whole(article, text)
        return title, lead, body

    def mark_whole(self, article: Article, text: str) -> Marked:
        """The same, and whether all that matches is marked."""
        number = self._engine.number(article.id)
        is_there = number >= 0 and self._engine.article(number) == article
        marking = Marking(self._plan(text).root, self._engine.place, self._analyzer)
        return marking.whole(article, number if is_there else None)

    def stats(self) -> Stats:
        """What the index holds."""
        from khabarjoo.index.wordlist import live_lemmas

        self._check()
        dates = [live.segment.published[live.live()] for live in self._segments]
        published = np.concatenate(dates) if dates else np.zeros(0, np.int64)
        published = published[published != UNDATED]
        lemmas = {live.segment.lemmas.raw(n) for live in self._segments for n in live_lemmas(live).tolist()}
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


def _tables_of(folder: Path, analyzer: PersianAnalyzer) -> UserTables | None:
    if not any(folder.glob("*.txt")):
        return None
    from .query.user_tables import read_tables

    return read_tables(folder, analyzer)


def _same(suggestion: Suggestion | None) -> Suggestion | None:
    return suggestion


def _span(since: str | datetime | None, until: str | datetime | None) -> Span | None:
    if since is None and until is None:
        return None
    from khabarjoo.analyzers.dates import DateError, Span, parse_span

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
    """How many articles have each name, commonest first, equals by their letters."""
    total: Counter[str] = Counter()
    for names, counts in facets:
        for name, count in zip(names, counts.tolist(), strict=True):
            total[name] += count
    return {name: total[name] for name in sorted(total, key=lambda name: (-total[name], name)) if total[name]}
