"""The searcher: one index, opened; questions in, pages out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeGuard

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.index.article import Article
from khabarjoo.index.errors import NoSuchArticle

from .damage_check import NO_DAMAGE, checked
from .engine import SORTS, Answer, Engine, Found, Sort
from .engine_opening import open_engine
from .hit_source import EngineSource
from .query.plan import NO_FILTERS, Filters, MatchNone, Narrowing, Near, Plan, filters_of, plain_words
from .query.query_reading import read_query
from .query_limits import LIMITS, Limits, Partial, check_not_negative
from .results import Explanation, ExplanationLine, Fragment, Hit, Page, Quotes, Stats, Suggestion, no_suggestion
from .snippets import Marked

if TYPE_CHECKING:
    from typing import Unpack

    from khabarjoo.index.opensearch.address import Place

    from .concordance import By, Concordance
    from .engine import NameKind, WordForm
    from .query.user_tables import UserTables
    from .results import FacetName, Facets, PeriodName, Timeline
    from .term_counts import TermCounts

_Suggest = Callable[[], Suggestion | None]


def open(
    path: str | Place | Sequence[str | Place] | None = None, *, limits: Limits = LIMITS, tables: Path | None = None
) -> Searcher:
    """Opens an index for searching: in a folder, or on a cluster (``opensearch://host:9200/name``).

    Without a path it is the one that the command line works on: that of ``$KHABARJOO_INDEX``, else of the file of
    settings, else the one in the user's data folder.

    Several folders are searched as one: one ranking, counts over all, copies folded across. A hit tells which it is in
    (`Hit.index`, the folder's name), and an id that stands in two is told apart as NAME:ID. A cluster is searched by
    itself.

    ``limits`` are what one query may take. ``tables`` is a folder with the user's own words (`query.user_tables`);
    ConfigError is raised for one that is wrong.

    An index of the analyzer before is searched as it is: see `Searcher.is_behind`. Raises one of `index.errors`:
    NoIndex, NotAnIndex, IndexDamaged, AnalyzerMismatch, and for a cluster a `ClusterError`; ValueError for no folder at
    all, or for a cluster beside another index.
    """
    if path is None:
        from .config import default_folder  # late, as a place is mostly given

        path = default_folder()
    return Searcher(open_engine(path if _is_many(path) else [path], limits), tables)  # type: ignore[list-item]


def _is_many(path: object) -> TypeGuard[Sequence[str | Place]]:
    return isinstance(path, Sequence) and not isinstance(path, str)


class Searcher:
    """Searches what an engine has. Use it as a context manager, or `close` it.

    Iterating gives its articles, ``id in searcher`` tells whether it has one. Threads may share a searcher, and
    `asyncio.to_thread` asks it from a coroutine; docs/python.md shows both.

    As a context manager it raises IndexDamaged at the end when damage was met that kept no answer back: dates of no
    year, which are left out.

    >>> import khabarjoo, khabarjoo.seeds, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> _ = khabarjoo.build(f"{folder.name}/index", khabarjoo.seeds.pages_folder())
    >>> with khabarjoo.open(f"{folder.name}/index") as news:
    ...     page = news.search("کتابخانه های سیار", since=1398, limit=2)
    ...     page.total, [hit.id for hit in page], news.search("زلزلع").suggestion.query
    ...     len(news), page[0].id in news, news.explain("کتاب", page[0].id).lines[0].what
    (5, ['c01', 'c09'], 'زلزله')
    (70, True, 'کتاب')
    >>> folder.cleanup()
    """

    def __init__(self, engine: Engine, tables: Path | None = None) -> None:
        self._engine = engine
        self._analyzer = default_analyzer()
        self._tables: UserTables | None = None
        if tables is not None and any(tables.glob("*.txt")):
            from .query.user_tables import read_tables

            self._tables = read_tables(tables, self._analyzer)

    def __enter__(self) -> Searcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, traceback: TracebackType | None) -> None:
        try:
            if value is None:
                self._engine.require_flawless()
        finally:
            self.close()

    def __len__(self) -> int:
        return len(self._engine)

    def __iter__(self) -> Iterator[Article]:
        """Every article, in the order of the index."""
        return (article for article, _ in self.articles())

    @checked
    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self._engine.find(id) is not None

    @property
    def path(self) -> str | Path:
        """Where the index is, as it was given."""
        return self._engine.path

    @property
    def name(self) -> str:
        """The same, told from wherever one is."""
        return self._engine.name

    @property
    def fell_back(self) -> str:
        """Why a newer generation of the index was passed over as damaged; '' when none was."""
        return self._engine.fell_back

    @property
    def is_behind(self) -> bool:
        """Whether the analyzer before this one, or another lexicon, made the index: some words are not found."""
        return self._engine.is_behind

    @property
    def is_outdated(self) -> bool:
        """Whether the index was written to since it was opened; opened anew, it may answer otherwise."""
        return self._engine.is_outdated

    def blame(self, error: Exception) -> None:
        """Raises IndexDamaged if an error that a method raised comes of damage to the index."""
        if not isinstance(error, NO_DAMAGE):
            self._engine.blame(error)

    def close(self) -> None:
        """Lets go of the index."""
        self._engine.close()

    # -- searching ---------------------------------------------------------------------------------------------

    @checked
    def search(
        self,
        text: str,
        *,
        limit: int | None = 10,
        offset: int = 0,
        sort: Sort = "relevance",
        fold_duplicates: bool = False,
        **narrowing: Unpack[Narrowing],
    ) -> Page:
        """Returns one page of the articles that answer a query.

        Plain words rank the articles that have any of them; sorted by date, those with all of them are shown, or
        those with any when none has all. ``since`` and ``until`` take dates as people write them, of either calendar,
        years as numbers, dates, datetimes (Tehran's, without a zone) and those of jdatetime; an imprecise one means its
        whole unit, so until 1401 includes its last day. ``source``, ``category`` and ``tag`` take one name or several,
        of which any will do; ``filters`` takes all of these at once.

        ``limit`` is how many hits the page has at most; None takes all there are.

        With ``fold_duplicates`` copies of an article, found among the 300 best, are told with it (`Hit.copies`) and are
        no hits of their own; ``limit`` and ``offset`` then count hits, while totals still count articles.

        Where words are not found that are typed on the wrong keyboard or in Latin letters, run together or apart, or
        misspelt, the page has a `suggestion`. When nothing is found, and hardly anything else can have been meant, it
        is ``applied``: the page is that of the better query. Phrases that no article has are read as words near each
        other then, and if that finds nothing either, as words.

        A query that would take more than the limits of the index allow is answered from the articles that were searched
        until then: `Page.partial` tells so, and is None for all others.

        Raises DateError for a date that cannot be read, ValueError for a negative limit or offset or another sort.
        """
        started = time.perf_counter()
        limit = len(self._engine) if limit is None else limit
        check_not_negative(limit, offset)
        if sort not in SORTS:
            raise ValueError(f"sort must be one of {', '.join(SORTS)}, not {sort!r}")
        chosen = filters_of(narrowing)
        plan = self._plan(text, chosen)
        answer = self._engine.search(plan, limit, offset=offset, sort=sort, collapse=fold_duplicates)
        suggest = partial(self._suggestion, text, plan, answer.total_all)
        if not answer.total:
            from .better_query import better_query

            def ask(query: str) -> tuple[Plan, Answer]:
                better = self._plan(query, chosen)
                return better, self._engine.search(better, limit, offset=offset, sort=sort, collapse=fold_duplicates)

            suggestion, found = better_query(self._engine, text, plan, ask)
            plan, answer = found or (plan, answer)
            suggest = partial(_same, suggestion)
        return self._page(text, plan, answer, offset, started, suggest)

    @checked
    def _suggestion(self, text: str, plan: Plan, complete: int) -> Suggestion | None:
        correction = self._engine.correct(text, plan, complete)
        return Suggestion(correction.query, applied=False, reason=correction.reason) if correction else None

    @checked
    def rank(self, text: str, *, limit: int = 1000, **narrowing: Unpack[Narrowing]) -> list[tuple[str, float]]:
        """Ranks the best articles for a query: ids and scores, best first. Raises ValueError for a negative limit."""
        check_not_negative(limit)
        plan = self._plan(text, filters_of(narrowing))
        return [(hit.id, hit.score) for hit in self._engine.search(plan, limit).hits]

    @checked
    def partial(self, text: str) -> Partial | None:
        """Returns which limit a query comes to, and how many articles it leaves; None when all are searched."""
        return self._engine.partial(self._plan(text))

    @checked
    def similar(self, id: str, *, limit: int = 10) -> Page:
        """Returns the articles that are most about what an article is about. Raises NoSuchArticle."""
        started = time.perf_counter()
        check_not_negative(limit)
        answer = self._engine.similar(self._found(id), limit)
        return self._page("", Plan(MatchNone()), answer, 0, started)

    @checked
    def timeline(
        self,
        text: str,
        *,
        by: PeriodName | None = None,
        **narrowing: Unpack[Narrowing],
    ) -> Timeline:
        """Counts by period the articles that have all words of a query, or any when none has all.

        Filters are those of `search`. Without ``by`` the span of the articles decides. Raises as `search` does.
        """
        chosen = filters_of(narrowing)
        plan = self._plan(text, chosen)
        return self._engine.timeline(plan, by)._replace(query=text, notes=plan.notes)

    @checked
    def facets(
        self,
        text: str,
        *,
        by: Sequence[FacetName] = ("source", "category", "tag", "year", "month"),
        limit: int = 10,
        **narrowing: Unpack[Narrowing],
    ) -> Facets:
        """Returns what the articles that have all words of a query have in common, or those with any when none has all.

        Filters are those of `search`, and so are the errors.
        """
        chosen = filters_of(narrowing)
        plan = self._plan(text, chosen)
        return self._engine.facets(plan, by, limit)._replace(query=text, notes=plan.notes)

    @checked
    def concordance(
        self, text: str, *, by: By = "following", limit: int = 100, articles: int = 1000, **narrowing: Unpack[Narrowing]
    ) -> Concordance:
        """Returns every place where the words of a query stand, with what stands around them: a concordance (KWIC).

        The best ``articles`` articles are read, and ``limit`` lines given, in the order that ``by`` says. Words that
        matched side by side are one match, and a phrase is found as a whole only. Filters are those of `search`, and so
        are the errors.
        """
        from .concordance import concordance_of

        check_not_negative(limit, articles)
        plan = self._plan(text, filters_of(narrowing))
        return concordance_of(self._engine, plan, text, by=by, limit=limit, articles=articles)

    @checked
    def term(self, text: str, *, by: PeriodName | None = None, **narrowing: Unpack[Narrowing]) -> TermCounts:
        """Counts how often a word or a phrase is used: its places, the articles that have it, and those of each period.

        Of several words beside each other the articles that have all of them are counted, and the places of each word
        in these. Filters are those of `search`, and so are the errors.
        """
        from .term_counts import count_term

        return count_term(self._engine, self._plan(text, filters_of(narrowing)), text, by)

    @checked
    def explain(self, text: str, id: str, **narrowing: Unpack[Narrowing]) -> Explanation:
        """Returns where the score of an article comes from, in lines that add up to it. Raises NoSuchArticle.

        Filters are those of `search`: what is like the best depends on which articles they leave.
        """
        from .query.describe import describe_node

        plan = self._plan(text, filters_of(narrowing))
        shares = self._engine.explain(plan, self._found(id))
        partial = self._engine.partial(plan)
        if shares is None:
            return Explanation(text, id, 0.0, (), partial)
        lines = tuple(
            ExplanationLine(what if isinstance(what, str) else describe_node(what), value) for what, value in shares
        )
        return Explanation(text, id, sum(line.value for line in lines), lines, partial)

    def _plan(self, text: str, filters: Filters = NO_FILTERS, *, perhaps: bool = False) -> Plan:
        plan = read_query(text, self._analyzer)
        if self._tables is not None:
            plan = self._tables.applied(plan)
        if filters == NO_FILTERS and (isinstance(plan.root, Near) or plain_words(plan.root) is not None):
            return plan  # as nearly all are, which need nothing of names
        from .speaker_plans import with_names

        return with_names(self._engine, self._tables, plan, filters, perhaps=perhaps)

    @checked
    def speakers(self, *names: str) -> dict[str, int]:
        """Counts the statements shown of each speaker whom names stand for, the most first; of all for none."""
        from .speaker_plans import also_called

        return self._engine.speakers(also_called(names, self._tables)) if self._engine.tells_speakers else {}

    @checked
    def quotes(
        self, name: str, text: str = "", *, perhaps: bool = False, limit: int = 1000, **narrowing: Unpack[Narrowing]
    ) -> Quotes:
        """Returns what somebody is reported to have said in statements with all words of a query, the newest first.

        ``perhaps`` adds what is too uncertain to be shown; at most ``limit`` articles are read. The rest as `search`.
        """
        check_not_negative(limit)
        plan = self._plan(text, replace(filters_of(narrowing), speakers=(name,)), perhaps=perhaps)
        answer = self._engine.search(plan, limit, sort="newest")
        source = EngineSource(self._engine, self.blame, plan)
        quotes = tuple(quote for found in answer.hits for quote in source.quotes(found))
        return Quotes(quotes, answer.total, plan.notes)

    def _page(
        self, text: str, plan: Plan, answer: Answer, offset: int, started: float, suggest: _Suggest = no_suggestion
    ) -> Page:
        source, copies = EngineSource(self._engine, self.blame, plan), answer.copies
        hits = [
            Hit(rank, found.id, found.score, found, source, copies.get(found.id, ()), found.collection)
            for rank, found in enumerate(answer.hits, start=offset + 1)
        ]
        took_ms = (time.perf_counter() - started) * 1000
        return Page(text, tuple(hits), answer.total, answer.total_all, took_ms, offset, plan, suggest, answer.partial)

    # -- articles ----------------------------------------------------------------------------------------------

    @checked
    def article(self, id: str) -> Article:
        """Reads the article with an id, or that was published at a web address. Raises NoSuchArticle."""
        return self._engine.read(self._found(id))

    @checked
    def origin(self, id: str) -> str:
        """Returns the file that the article with an id was read from. Raises NoSuchArticle."""
        return self._engine.origin(self._found(id))

    def articles(self) -> Iterator[tuple[Article, str]]:
        """Yields every article and the file it was read from, in the order of the index."""
        try:
            self._engine.check()
            for found in self._engine.all():
                yield self._engine.read(found), self._engine.origin(found)
        except Exception as error:
            self.blame(error)
            raise

    def _found(self, id: str) -> Found:
        found = self._engine.find(id)
        if found is None and "/" in id:
            from .article_address import find_address, is_address

            found = find_address(self._engine, id) if is_address(id) else None
        if found is None:
            raise NoSuchArticle(id)
        return found

    def mark(self, article: Article, text: str) -> tuple[list[Fragment], list[Fragment], list[Fragment]]:
        """Returns the title, lead and body of an article, with the words that match a query marked.

        In a very long part those after the first thirty thousand may be left unmarked: see `mark_whole`.
        """
        title, lead, body, _ = self.mark_whole(article, text)
        return title, lead, body

    @checked
    def mark_whole(self, article: Article, text: str) -> Marked:
        """Returns the same, and whether all that matches is marked."""
        found = self._engine.find(article.id)
        is_there = found is not None and self._engine.read(found) == article
        return self._engine.marking(self._plan(text).root).whole(article, found if is_there else None)

    # -- the whole ---------------------------------------------------------------------------------------------

    @checked
    def names(self, kind: NameKind) -> dict[str, int]:
        """Returns how many articles have each outlet, category or tag, the commonest first, equals by their letters."""
        return self._engine.names(kind)

    @checked
    def vocabulary(self, most: int) -> Sequence[WordForm]:
        """Returns the ``most`` commonest words, and those as common as the last; in no order."""
        return self._engine.vocabulary(most)

    @checked
    def dates(self) -> tuple[datetime, datetime] | None:
        """Returns the earliest and the latest date of publication, in Tehran's time; None when no article has one."""
        return self._engine.dates()

    @checked
    def stats(self) -> Stats:
        """Returns what the index holds."""
        return self._engine.stats()


def _same(suggestion: Suggestion | None) -> Suggestion | None:
    return suggestion
