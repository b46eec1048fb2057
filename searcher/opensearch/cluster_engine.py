"""The engine on an OpenSearch cluster.

The server finds what matches and brings the best articles by a score that is ours (`server_queries`); those are made a
segment in memory (`window`), scored once more to the last digit, and read closely by the same code as articles of an
index in a folder. So both give the same page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from khabarjoo.analyzers.analyzer import ANALYZER_VERSION, default_analyzer
from khabarjoo.index.article import Article
from khabarjoo.index.bm25f import LEVELS
from khabarjoo.index.cluster.address import ClusterAddress, read_address
from khabarjoo.index.cluster.cluster import Cluster
from khabarjoo.index.cluster.documents import READ, WordReader, document_id
from khabarjoo.index.cluster.layout import Layout, open_layout
from khabarjoo.index.errors import AnalyzerMismatch, StoreError
from khabarjoo.index.segment_reader import SegmentReader

from ..engine import Answer, Correction, Found, NameKind, Share, Sort, WordForm
from ..local.collapse import FOLDED, Collapser
from ..local.collector import UNIT, matches_of_words
from ..local.facet_counts import check_facets, check_period, commonest, timeline_of
from ..local.feedback import topic_of
from ..local.local_engine import plain_words, words_of
from ..local.marking import CountedMarking
from ..local.masks import spelled_among
from ..local.ordering import in_order
from ..local.ranking import RANKING
from ..local.rescore import Rescored, Rescorer
from ..local.top_k import PlainWord, whole
from ..query.plan import AllOf, AnyOf, Boosting, Exclude, Filters, Match, NameField, Node, Plan, Terms, Word
from ..query_limits import Partial
from ..results import Copy, FacetName, Facets, PeriodName, Stats, Timeline
from ..snippets import Marking
from .server_counts import ServerCounts
from .server_idf import ServerIdf, ServerMatched
from .server_queries import complete, filtered, leaves, matching, scoring
from .window import Window

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from khabarjoo.index.cluster.address import Place

    from ..local.queries import SegmentQuery

_MARGIN = 10  # more articles than are read closely, as the server's scores are rounded
_CANDIDATES = 100  # where it does not know ours, as of what asks how words stand
_AT_ONCE = 10_000  # hits that the server gives at a time
_FETCHED = 200  # articles fetched at a time of those that were not read closely
_NAME_FIELDS: tuple[NameField, ...] = ("source", "category", "tag", "code")


def open_cluster(address: str | Place) -> ClusterEngine:
    """Opens an index on a cluster. Raises WrongAddress, NoIndex, AnalyzerMismatch, or a ClusterError."""
    if not isinstance(address, ClusterAddress):
        address = read_address(str(address))
    cluster = Cluster(address)
    try:
        cluster.require_version()
        layout = open_layout(cluster)
        if layout.analyzer not in (ANALYZER_VERSION, ANALYZER_VERSION - 1):
            raise AnalyzerMismatch(str(address), layout.analyzer, ANALYZER_VERSION)
        return ClusterEngine(cluster, layout)
    except Exception:
        cluster.close()
        raise


class _Place(NamedTuple):
    """Where an article is: in a window, so far down."""

    window: Window
    number: int


class _Ranked(NamedTuple):
    """The best articles of a window, in order, with what makes up their scores."""

    order: NDArray[np.intp]
    scores: NDArray[np.float64]
    rescored: Rescored | None = None


class ClusterEngine:
    """Answers plans over an index on a cluster, as it is while it is asked."""

    def __init__(self, cluster: Cluster, layout: Layout) -> None:
        self._cluster = cluster
        self._layout = layout
        self._index = layout.articles
        self._idf = ServerIdf(cluster, self._index)
        self._counts = ServerCounts(cluster, self._index)
        self._words = WordReader()

    @property
    def path(self) -> str:
        """The address."""
        return str(self._cluster.address)

    @property
    def name(self) -> str:
        """The address."""
        return self.path

    @property
    def fell_back(self) -> str:
        """Never anything: the server has one state."""
        return ""

    @property
    def is_behind(self) -> bool:
        """Whether the analyzer before this one made the index."""
        return self._layout.analyzer != ANALYZER_VERSION

    def __len__(self) -> int:
        return self._idf.documents

    # -- plans -------------------------------------------------------------------------------------------------

    def search(
        self, plan: Plan, limit: int, *, offset: int = 0, sort: Sort = "relevance", collapse: bool = False
    ) -> Answer:
        """See `Engine`."""
        plan = self._resolved(plan)
        self._idf.learn(leaves(plan.root))
        last = offset + limit
        reach = last + FOLDED if collapse else last
        if sort == "relevance":
            answer = self._best(plan, reach, closely=FOLDED if collapse else 0)
        else:
            answer = self._by_date(plan, reach, newest=sort == "newest", closely=FOLDED if collapse else 0)
        if collapse:
            return _folded(answer, offset, last)
        return answer._replace(hits=answer.hits[offset:last])

    def _best(self, plan: Plan, reach: int, closely: int = 0) -> Answer:
        """The first ``reach`` articles by relevance; of so many the words are fetched, too."""
        words = list(words_of(plan.root))
        window = RANKING.window if words and reach else 0
        is_plain = plain_words(plan.root) is not None
        closely = max(closely, window + _MARGIN if is_plain else _CANDIDATES if reach else 0)
        wanted = max(reach, closely) if reach else 0
        by_score = [{"_score": "desc"}, {"id": "asc"}]
        answer, hits = self._asked(plan, scoring(plan.root, self._idf.worth), wanted, by_score, closely)
        if not reach:
            return answer
        read, ranked = self._ranked(plan, hits[:closely], words)
        found = [
            Found(hits[place].id, score, read[place].place)
            for place, score in zip(ranked.order.tolist(), ranked.scores.tolist(), strict=True)
        ]
        return answer._replace(hits=[*found, *hits[closely:]][:reach])

    def _ranked(self, plan: Plan, hits: Sequence[Found], words: Sequence[Word]) -> tuple[Sequence[Found], _Ranked]:
        """Orders the best articles by what they score exactly, and those of the window by closer reading."""
        if not hits:
            return hits, _Ranked(np.zeros(0, np.intp), np.zeros(0))
        window = _place(hits[0]).window
        reader = window.reader
        numbers = np.arange(len(hits))
        scores = self._scores(plan.root, reader)
        id_of = partial(_raw_id, reader)
        order = in_order(scores, numbers, id_of, len(hits))
        if not words:
            return hits, _Ranked(order, scores[order])
        size = RANKING.window
        rescorer = Rescorer([reader], self._idf)  # type: ignore[arg-type]  # which knows as much as theirs
        rescored = rescorer.reread(numbers[order[:size]], scores[order[:size]], words)
        among = in_order(rescored.scores, rescored.numbers, id_of, size)
        best = rescored.numbers[among]
        return hits, _Ranked(
            np.concatenate((best, order[size:])),
            np.concatenate((rescored.scores[among], scores[order[size:]])),
            rescored,
        )

    def _scores(self, root: Node, reader: SegmentReader) -> NDArray[np.float64]:
        """What the articles of a window score by words."""
        plain = plain_words(root)
        if plain is not None:
            weighed = [PlainWord(word.lemma, whole(word.boost * self._idf.of(word.lemma))) for word in plain]
            scores = matches_of_words(weighed, reader).scores
        else:
            scores = self._query(root, reader).evaluate(reader).scores
        exact: NDArray[np.float64] = scores / UNIT
        return exact

    def _query(self, root: Node, reader: SegmentReader) -> SegmentQuery:
        from ..local.whoosh_search import query_of

        def match(nodes: Sequence[Any]) -> ServerMatched:
            matched = ServerMatched([reader], nodes)
            matched.idf = self._idf
            return matched

        query, _ = query_of(root, [reader], self._idf, match)  # type: ignore[arg-type]
        return query

    def _by_date(self, plan: Plan, reach: int, *, newest: bool, closely: int) -> Answer:
        """The newest or oldest of the articles that have all plain words, or any when none has all."""
        by_date: list[dict[str, Any]] = [
            {"published": {"order": "desc" if newest else "asc", "missing": "_last"}},
            {"id": "asc"},
        ]
        ask = partial(self._asked, plan, wanted=reach, sort=by_date, closely=min(max(closely, _MARGIN), reach))
        every = {"bool": {"must": [scoring(plan.root, self._idf.worth)], "filter": [complete(plan.root)]}}
        answer, hits = ask(every)
        if not answer.total:
            answer, hits = ask(scoring(plan.root, self._idf.worth))
            return answer._replace(hits=hits)
        counts, _ = self._asked(plan, matching(plan.root), 0, by_date, 0)
        return counts._replace(hits=hits)

    def _asked(
        self, plan: Plan, query: dict[str, Any], wanted: int, sort: list[dict[str, Any]], closely: int
    ) -> tuple[Answer, list[Found]]:
        """What the server finds: the counts, and the first hits, of the first of them with their words."""
        body: dict[str, Any] = {
            "query": filtered(query, plan.filters),
            "sort": sort,
            "track_scores": True,
            "track_total_hits": True,
            "aggs": {"all": {"filter": complete(plan.root)}},
            "size": min(closely, wanted),
            "_source": READ,
        }
        answer = self._cluster.search(self._index, body)
        rows = answer["hits"]["hits"]
        window = Window(partial(_sources, rows), self._words)
        hits = [Found(str(row["_source"]["id"]), _score(row), _Place(window, n)) for n, row in enumerate(rows)]
        if len(rows) == closely and wanted > closely:
            hits += self._further(body, rows[-1]["sort"] if rows else None, wanted - closely)
        total = int(answer["hits"]["total"]["value"])
        return Answer(total, int(answer["aggregations"]["all"]["doc_count"]), ()), hits

    def _further(self, body: dict[str, Any], after: list[Any] | None, wanted: int) -> Iterator[Found]:
        """The hits after those read closely; they are fetched some at a time, when one is asked for."""
        asked = {name: body[name] for name in ("query", "sort", "track_scores")} | {"_source": False}
        while wanted > 0:
            asked["size"] = min(wanted, _AT_ONCE)
            if after is not None:
                asked["search_after"] = after
            rows = self._cluster.search(self._index, asked)["hits"]["hits"]
            for start in range(0, len(rows), _FETCHED):
                some = rows[start : start + _FETCHED]
                window = self._window([row["sort"][-1] for row in some])
                for number, row in enumerate(some):
                    yield Found(str(row["sort"][-1]), _score(row), _Place(window, number))
            if len(rows) < asked["size"]:
                return
            wanted, after = wanted - len(rows), rows[-1]["sort"]

    def _window(self, ids: Sequence[str]) -> Window:
        return Window(partial(self._fetched, ids), self._words)

    def _fetched(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        found = self._cluster.get(self._index, list(map(document_id, ids)), READ)
        if None in found:
            raise StoreError(self.path, f"{self.path}: articles were removed meanwhile; ask again")
        return [document for document in found if document is not None]

    def facets(self, plan: Plan, by: Sequence[FacetName], limit: int) -> Facets:
        """See `Engine`. Raises ValueError for another facet, or a negative limit."""
        check_facets(by, limit)
        query, articles, of_all = self._counted(plan)
        counted = tuple(commonest(name, self._counts.of_facet(query, name), limit) for name in dict.fromkeys(by))
        return Facets("", "all" if of_all else "any", articles, counted)

    def timeline(self, plan: Plan, by: PeriodName | None) -> Timeline:
        """See `Engine`. Raises ValueError for another period."""
        check_period(by)
        query, articles, of_all = self._counted(plan)
        return timeline_of(self._counts.months(query), articles, by, "all" if of_all else "any")

    def _counted(self, plan: Plan) -> tuple[dict[str, Any], int, bool]:
        """What matches the articles with all plain words, or any when none has all; how many, and whether it is all."""
        plan = self._resolved(plan)
        counts, _ = self._asked(plan, matching(plan.root), 0, [{"id": "asc"}], 0)
        of_all = counts.total_all > 0 or not counts.total
        query = complete(plan.root) if of_all else matching(plan.root)
        return filtered(query, plan.filters), counts.total_all if of_all else counts.total, of_all

    def explain(self, plan: Plan, article: Found) -> list[Share] | None:
        """See `Engine`."""
        plan = self._resolved(plan)
        self._idf.learn(leaves(plan.root))
        ids = {"term": {"id": article.id}}
        if not self._cluster.count(
            self._index, filtered({"bool": {"filter": [ids, matching(plan.root)]}}, plan.filters)
        ):
            return None
        place = _place(article)
        shares = self._query(plan.root, place.window.reader).explain(place.window.reader, place.number)
        if shares is None:
            return None
        return [*shares, *(Share(*added) for added in self._second_stage(plan, article).items())]

    def _second_stage(self, plan: Plan, article: Found) -> dict[str, float]:
        words = list(words_of(plan.root))
        closely = RANKING.window + _MARGIN if plain_words(plan.root) is not None else _CANDIDATES
        by_score = [{"_score": "desc"}, {"id": "asc"}]
        _, hits = self._asked(plan, scoring(plan.root, self._idf.worth), closely, by_score, closely)
        rescored = self._ranked(plan, hits, words)[1].rescored
        if rescored is None:
            return {}
        ids = [hits[number].id for number in rescored.numbers.tolist()]
        return rescored.parts(ids.index(article.id)) if article.id in ids else {}

    def partial(self, plan: Plan) -> Partial | None:
        """Never any: what the server cannot answer whole is an error."""
        return None

    def similar(self, article: Found, limit: int) -> Answer:
        """See `Engine`."""
        place = _place(article)
        topic = topic_of([(place.window.reader, np.array([place.number]), np.ones(1))], RANKING.similar_keywords)
        plan = Plan(Match(tuple(Word(lemma, (), weight / LEVELS) for lemma, weight in topic.items())))
        self._idf.learn(leaves(plan.root))
        by_score = [{"_score": "desc"}, {"id": "asc"}]
        closely = limit + 1 + _MARGIN
        answer, hits = self._asked(plan, scoring(plan.root, self._idf.worth), closely, by_score, closely)
        read, ranked = self._ranked(plan, hits, ())
        best = [
            Found(read[place].id, score, read[place].place)
            for place, score in zip(ranked.order.tolist(), ranked.scores.tolist(), strict=True)
        ]
        others = [hit for hit in best if hit.id != article.id][:limit]
        return Answer(max(answer.total - 1, 0), max(answer.total_all - 1, 0), others)

    def correct(self, text: str, plan: Plan, complete: int) -> Correction | None:
        """See `Engine`."""
        return None

    def _resolved(self, plan: Plan) -> Plan:
        """The plan with each name spelled as articles have it."""
        filters = plan.filters
        chosen = Filters(
            filters.published,
            self._spelled(filters.sources, "source"),
            self._spelled(filters.categories, "category"),
            self._spelled(filters.tags, "tag"),
            filters.since,
            filters.until,
        )
        return Plan(self._resolved_node(plan.root), chosen, plan.notes)

    def _resolved_node(self, node: Node) -> Node:
        match node:
            case Terms(field, names):
                return Terms(field, self._spelled(names, field))
            case Match(parts):
                return Match(tuple(map(self._resolved_node, parts)))
            case AnyOf(parts):
                return AnyOf(tuple(map(self._resolved_node, parts)))
            case AllOf(parts):
                return AllOf(tuple(map(self._resolved_node, parts)))
            case Boosting(required, optional):
                return Boosting(self._resolved_node(required), self._resolved_node(optional))
            case Exclude(kept, barred):
                return Exclude(self._resolved_node(kept), self._resolved_node(barred))
            case _:
                return node

    def _spelled(self, names: tuple[str, ...], field: NameField) -> tuple[str, ...]:
        return spelled_among(names, field, self._counts.names({"match_all": {}}, field)) if names else ()

    # -- articles ----------------------------------------------------------------------------------------------

    def find(self, id: str) -> Found | None:
        """See `Engine`."""
        (document,) = self._cluster.get(self._index, [document_id(id)], READ)
        if document is None:
            return None
        return Found(id, 0.0, _Place(Window(partial(_given, [document]), self._words), 0))

    def read(self, article: Found) -> Article:
        """See `Engine`."""
        place = _place(article)
        return place.window.article(place.number)

    def origin(self, article: Found) -> str:
        """See `Engine`."""
        place = _place(article)
        return place.window.origin(place.number)

    def all(self) -> Iterator[Found]:
        """See `Engine`: in the order of ids."""
        body = {"query": {"match_all": {}}, "sort": [{"id": "asc"}], "track_scores": False}
        return self._further(body, None, self._cluster.count(self._index, {"match_all": {}}))

    def marking(self, root: Node) -> Marking:
        """See `Engine`."""
        return CountedMarking(root, default_analyzer(), _of_window)

    # -- the whole ---------------------------------------------------------------------------------------------

    def names(self, kind: NameKind) -> dict[str, int]:
        """See `Engine`."""
        total = self._counts.names({"match_all": {}}, kind)
        return {name: total[name] for name in sorted(total, key=lambda name: (-total[name], name))}

    def vocabulary(self, most: int) -> list[WordForm]:
        """See `Engine`."""
        return []

    def dates(self) -> tuple[datetime, datetime] | None:
        """See `Engine`."""
        return self._counts.dates({"match_all": {}})

    def stats(self) -> Stats:
        """See `Engine`. The size is that of one copy of each shard."""
        first, last = self.dates() or (None, None)
        return Stats(
            articles=len(self),
            dated=self._cluster.count(self._index, {"exists": {"field": "published"}}),
            first=first,
            last=last,
            sources=self.names("source"),
            categories=self.names("category"),
            terms=0,
            size_bytes=self._layout.size_bytes(self._cluster),
            analyzer_version=self._layout.analyzer,
            path=self.path,
        )

    # -- the engine --------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Nothing can be told without asking."""

    def require_flawless(self) -> None:
        """Documents are not checked as a whole: see ``khabarjoo verify``."""

    def blame(self, error: Exception) -> None:
        """Raises IndexDamaged's like for a document that is none of ours."""
        if isinstance(error, ValueError) and "is not that of an article" in str(error):
            raise StoreError(self.path, f"{self.path} is damaged ({error}); make it again with --rebuild") from error

    def close(self) -> None:
        """See `Engine`."""
        self._cluster.close()


def _folded(answer: Answer, offset: int, last: int) -> Answer:
    """The hits that are no copy of one before, and the copies of each."""
    hits = list(answer.hits[:FOLDED])
    if not hits:
        return answer._replace(hits=())
    reader = _place(hits[0]).window.reader
    numbers = [_place(hit).number for hit in hits]
    collapser = Collapser([reader])
    by_number = dict(zip(numbers, hits, strict=True))
    groups = collapser.fold(numbers, last)
    copies: dict[str, tuple[Copy, ...]] = {
        by_number[first].id: collapser.copies(others, lambda number: by_number[number].id)
        for first, *others in groups
        if others
    }
    kept = [by_number[group[0]] for group in groups] + list(answer.hits[FOLDED:])
    shown = kept[offset:last]
    return answer._replace(hits=shown, copies={hit.id: copies[hit.id] for hit in shown if hit.id in copies})


def _place(article: Found) -> _Place:
    place: _Place = article.place  # type: ignore[assignment]  # we put it there
    return place


def _of_window(place: Any) -> tuple[SegmentReader, int]:
    return place.window.reader, place.number


def _raw_id(reader: SegmentReader, number: int) -> bytes:
    return reader.columns.ids.raw(number)


def _sources(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row["_source"] for row in rows]


def _given(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return documents


def _score(row: dict[str, Any]) -> float:
    return float(row.get("_score") or 0.0)
