"""The engine on our own columns, by way of Whoosh: carries plans out over the segments of one snapshot.

Questions become plans elsewhere; whatever takes a plan and gives an `Answer` can stand in its place. What ranks in
Python is imported when it is needed: where the native kernel is, few searches come to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property, partial
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.index.article import Article
from khabarjoo.index.bm25f import LEVELS
from khabarjoo.index.segment import UNDATED, Docs
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.store import LiveSegment

from ..gc_freeze import uncollected
from ..highlight import leaves_of
from ..query.plan import Filters, Leaf, Match, Near, Node, Plan, Word, plain_words
from ..query_limits import LIMITS, Limits, Partial
from ..results import Copy
from .collapse import FOLDED, Collapser
from .correction_check import may_be_wrong
from .doc_address import DocAddresses
from .masks import Mask, mask_of, resolve
from .native_ranker import Asked, NativeRanker
from .ranking import RANKING, IdfCache, Ranking, whole

if TYPE_CHECKING:
    from typing import Protocol

    import numpy as np
    from numpy.typing import NDArray
    from whoosh.searching import Searcher as WhooshSearcher

    from ..engine import Correction, Share
    from .collector import Order, TopCollector
    from .leaf_matches import LeafMatches
    from .rescore import Rescored, Rescorer
    from .suggest import Suggester
    from .top_k import PlainWord
    from .whoosh_queries import SegmentQuery

    class HasSegments(Protocol):
        """A snapshot of an index, or of several."""

        @property
        def segments(self) -> Sequence[LiveSegment]:
            """The segments, in their order."""
else:
    from khabarjoo.index import late_numpy as np


class Answer(NamedTuple):
    """What a plan comes to: how many articles match, how many have all plain words, and the best with their scores.

    ``partial`` tells which limit was reached, when not all articles were searched.
    """

    total: int
    total_all: int
    numbers: list[int]
    scores: list[float]
    partial: Partial | None = None


class ColumnEngine:
    """Matches and ranks the articles of a snapshot. Articles are numbered over all segments, from 0."""

    place: Callable[[int], tuple[SegmentReader, int]]
    """The segment that an article is in, and its number there."""

    def __init__(self, snapshot: HasSegments, ranking: Ranking = RANKING, limits: Limits = LIMITS) -> None:
        self._segments = snapshot.segments
        self._readers = [SegmentReader(live) for live in self._segments]
        self._ranking = ranking
        self._rarities = IdfCache(self._readers)
        self._numbering = DocAddresses(self._readers)
        self.place = self._numbering.place
        self._collapser = Collapser(self._readers)
        self._limits = limits
        self._matched: LeafMatches | None = None
        self._suggester: Suggester | None = None
        self._read_last: tuple[int, Article] | None = None  # as who reads an article mostly asks more of it

    def close(self) -> None:
        """Lets go of the segments."""
        if "_whoosh" in vars(self):
            self._whoosh.close()

    # -- carrying plans out ------------------------------------------------------------------------------------

    def best(self, plan: Plan, limit: int) -> Answer:
        """Returns the best ``limit`` articles; of equally good ones the first by id."""
        if native := self._natively(plan):
            ranker, asked, filters = native
            return Answer(*ranker.best(asked, limit, filters))
        from .ordering import in_order

        words = list(words_of(plan.root))
        size = self._ranking.window
        collector = self._collect(plan, max(limit, size) if words and limit else limit)
        numbers, scores = collector.best()
        if words and limit:
            window, rest = self._window(plan, words, collector.total_all, numbers, scores)
            numbers = np.concatenate((window.numbers, numbers[rest]))
            scores = np.concatenate((window.scores, scores[rest]))
            order = in_order(scores, numbers, self._numbering.id, limit)
            numbers, scores = numbers[order], scores[order]
        return _answer(collector, numbers, scores)

    def _window(
        self, plan: Plan, words: list[Word], total_all: int, numbers: NDArray[np.int64], scores: NDArray[np.float64]
    ) -> tuple[Rescored, NDArray[np.intp]]:
        """The articles read closely, and where among the best by words the others are.

        Where a person is named, those that have all words are read too: most have them of several persons.
        """
        size = self._ranking.window
        chosen, others = numbers[:size], np.arange(size, len(numbers))
        worth = scores[:size]
        if total_all and any(word.after for word in words):
            named, named_scores = self._complete(plan, self._ranking.window_of_names)
            new = ~np.isin(named, chosen)
            chosen, worth = np.concatenate((chosen, named[new])), np.concatenate((worth, named_scores[new]))
            others = others[~np.isin(numbers[size:], chosen)]
        return self._rescorer.rescore(chosen, worth, words), others

    def by_date(self, plan: Plan, limit: int, *, newest: bool) -> Answer:
        """Returns the ``limit`` newest or oldest of the articles that have all plain words, or any when none has all.

        Undated ones are last; of one date the first by id.
        """
        if native := self._natively(plan):
            ranker, asked, filters = native
            return Answer(*ranker.by_date(asked, limit, filters, newest=newest))
        order: Order = partial(_by_date, sign=1 if newest else -1)
        collector = self._collect(plan, limit, order, only_all=True)
        if collector.total and not collector.total_all:
            collector = self._collect(plan, limit, order)
        return _answer(collector, *collector.best())

    def matched(self, plan: Plan) -> tuple[list[tuple[LiveSegment, Docs]], bool, Partial | None]:
        """Returns the articles of each segment with all plain words, or any when none has all; and whether it is all.

        The third tells which limit was reached, when not all articles were searched.
        """
        if native := self._natively(plan):
            ranker, asked, filters = native
            masks, of_all = ranker.matched(asked, filters)
            return [(live, np.flatnonzero(m)) for live, m in zip(self._segments, masks, strict=True)], of_all, None
        collector = self._collect(plan, 0)
        of_all = collector.total_all > 0 or not collector.total
        chosen = ((live, complete if of_all else found) for live, found, complete in collector.matched)
        return [(live, np.flatnonzero(mask)) for live, mask in chosen], of_all, collector.partial

    def shares(self, plan: Plan, number: int) -> list[Share] | None:
        """Returns what each leaf of a plan adds to an article's score by words; None when it does not match."""
        reader, doc = self.place(number)
        mask = mask_of(reader.live, resolve(plan.filters, self._segments))
        if mask is not None and not mask[doc]:
            return None
        query, _ = self._query(plan.root)
        return query.explain(reader, doc)

    def partial(self, plan: Plan) -> Partial | None:
        """Returns which limit a plan comes to, if it does."""
        return self._query(plan.root)[1].partial if plain_words(plan.root) is None else None

    def second_stage(self, plan: Plan, number: int) -> dict[str, float]:
        """Returns what closer reading adds to an article's score, by what adds it; nothing out of its reach."""
        words = list(words_of(plan.root))
        collector = self._collect(plan, self._ranking.window)
        window, _ = self._window(plan, words, collector.total_all, *collector.best())
        place = np.flatnonzero(window.numbers == number)
        if not len(place):
            return {}
        return window.parts(int(place[0]))

    def correct(self, query: str, plan: Plan, found: int, analyzer: PersianAnalyzer) -> Correction | None:
        """Returns a query with its wrong words replaced, None for none wrong; ``found`` articles have all its words."""
        words = list(words_of(plan.root))
        if not may_be_wrong(query, words, found, self._rarities.frequency):
            return None
        if self._suggester is None:
            from .suggest import Suggester

            self._suggester = Suggester(self._readers, analyzer, lambda plan: self.best(plan, 0).total)
        return self._suggester.correct(query, found)

    def similar(self, number: int, limit: int) -> Answer:
        """Returns the best articles about what an article is about, itself left out."""
        from .feedback import topic_of

        reader, doc = self.place(number)
        topic = topic_of([(reader, np.array([doc]), np.ones(1))], self._ranking.similar_keywords)
        root = Match(tuple(Word(lemma, (), weight / LEVELS) for lemma, weight in topic.items()))
        collector = self._collect(Plan(root), limit + 1)
        answer = _answer(collector, *collector.best())
        others = [place for place, other in enumerate(answer.numbers) if other != number][:limit]
        return Answer(
            max(answer.total - 1, 0),
            max(answer.total_all - 1, 0),
            [answer.numbers[place] for place in others],
            [answer.scores[place] for place in others],
        )

    def _collect(self, plan: Plan, limit: int, order: Order | None = None, *, only_all: bool = False) -> TopCollector:
        """Carries a plan out: plain words by themselves, all others by Whoosh."""
        from .collector import TopCollector

        filters = resolve(plan.filters, self._segments)
        words = plain_words(plan.root)
        if words is not None:
            top = TopCollector(self._readers, limit, lambda reader: mask_of(reader.live, filters), order, only_all)
            weighed = self._weighed(words)
            for reader in self._readers:
                top.collect_words(weighed, reader)
            return top
        query, matched = self._query(plan.root)
        mask = partial(_mask_of_searched, filters=filters, matched=matched)
        top = TopCollector(self._readers, limit, mask, order, only_all, matched.partial)
        if self._readers:
            _whoosh_search().collect(self._whoosh, query, top)
        return top

    def _natively(self, plan: Plan) -> tuple[NativeRanker, Asked, Filters] | None:
        """Returns the kernel, and what it is to be asked for a plan; None for plans, and where, it does not answer."""
        ranker = self._native_ranker
        asked = ranker.asked(plan.root, self._limits) if ranker else None
        return (ranker, asked, resolve(plan.filters, self._segments)) if ranker and asked else None

    @cached_property
    def _native_ranker(self) -> NativeRanker | None:
        return NativeRanker.of(self._readers, self._ranking, self._rarities)

    def _complete(self, plan: Plan, limit: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The best articles of those that have all plain words, and their scores by words."""
        from .collector import TopCollector

        words = plain_words(plan.root)
        if words is None:
            return self._collect(plan, limit, only_all=True).best()
        filters, weighed = resolve(plan.filters, self._segments), self._weighed(words)
        top = TopCollector(self._readers, limit, lambda reader: mask_of(reader.live, filters))
        for reader in self._readers:
            top.collect_complete(weighed, reader)
        return top.best()

    @cached_property
    def _rescorer(self) -> Rescorer:
        from .rescore import Rescorer

        return Rescorer(self._readers, self._rarities, self._ranking)

    def _weighed(self, words: Sequence[Word]) -> list[PlainWord]:
        from .top_k import PlainWord

        return [PlainWord(word.lemma, whole(word.boost * self._rarities.of(word.lemma))) for word in words]

    @cached_property
    def _whoosh(self) -> WhooshSearcher:
        return _whoosh_search().whoosh_searcher(self._readers)

    def _query(self, root: Node) -> tuple[SegmentQuery, LeafMatches]:
        """A plan as a query, and what its leaves match that ask how words stand; that of the last plan is kept."""
        query, matched = _whoosh_search().query_of(root, self._readers, self._rarities, self._match)
        return query, matched

    def _match(self, leaves: tuple[Leaf | Near, ...]) -> LeafMatches:
        if not leaves:
            return self._nothing_matched
        matched = self._matched  # another thread may put its own there
        if matched is None or leaves != matched.leaves:
            from .leaf_matches import LeafMatches

            self._matched = None  # so that there are never two
            self._matched = matched = LeafMatches(self._readers, leaves, self._limits)
        return matched

    @cached_property
    def _nothing_matched(self) -> LeafMatches:
        from .leaf_matches import LeafMatches

        return LeafMatches(self._readers)

    # -- copies ------------------------------------------------------------------------------------------------

    def fold(
        self, answer: Answer, wanted: int, id_of: Callable[[int], str]
    ) -> tuple[Answer, dict[int, tuple[Copy, ...]]]:
        """Returns the first ``wanted`` articles of an answer that are no copy of one before, and the copies of each.

        Copies are looked for among the `collapse.FOLDED` best articles. ``id_of`` tells their ids.
        """
        best, ranker = answer.numbers[:FOLDED], self._native_ranker
        hits = self._collapser.fold(best, wanted, ranker.signatures(best) if ranker else None)
        copies = {first: self._collapser.copies(others, id_of) for first, *others in hits if others}
        numbers = [hit[0] for hit in hits] + answer.numbers[FOLDED:][: wanted - len(hits)]
        score = dict(zip(answer.numbers, answer.scores, strict=True))
        return answer._replace(numbers=numbers, scores=[score[number] for number in numbers]), copies

    # -- articles ----------------------------------------------------------------------------------------------

    def id(self, number: int) -> str:
        """Returns the id of an article."""
        reader, doc = self.place(number)
        return reader.columns.ids[doc]

    def ids(self, numbers: list[int]) -> list[str]:
        """Returns the ids of some articles."""
        return self._native_ranker.ids(numbers) if self._native_ranker else list(map(self.id, numbers))

    def article(self, number: int) -> Article:
        """Returns an article as it was read."""
        last = self._read_last  # another thread may put its own there
        if last is None or last[0] != number:
            reader, doc = self.place(number)
            self._read_last = last = number, reader.columns.article(doc)
        return last[1]

    def origin(self, number: int) -> str:
        """Returns the file an article was read from."""
        reader, doc = self.place(number)
        origins = reader.columns.origins
        return "".join(origins.names[n] for n in origins.numbers(doc)[:1].tolist())

    def number(self, id: str) -> int:
        """Returns the number of the article with an id, or -1."""
        first = 0
        for live in self._segments:
            doc = live.segment.doc_number(id)
            if doc >= 0 and doc not in live.deleted:
                return first + doc
            first += len(live.segment)
        return -1


def _answer(collector: TopCollector, numbers: NDArray[np.int64], scores: NDArray[np.float64]) -> Answer:
    return Answer(collector.total, collector.total_all, numbers.tolist(), scores.tolist(), collector.partial)


@cache
def _whoosh_search() -> ModuleType:
    """The module that asks Whoosh, imported late, as plain words need none."""
    with uncollected():
        from . import whoosh_search
    return whoosh_search


def _mask_of_searched(reader: SegmentReader, filters: Filters, matched: LeafMatches) -> Mask | None:
    """Which articles of a segment pass the filters, of those that were searched; None when all do."""
    mask = mask_of(reader.live, filters)
    searched = matched.searched(reader)
    if searched == len(reader.columns):
        return mask
    before = np.arange(len(reader.columns)) < searched
    return before if mask is None else mask & before


def words_of(node: Node) -> Iterator[Word]:
    """Returns the words of a plan that an article is to have, in their order; not those of single fields."""
    return (leaf for leaf in leaves_of(node) if isinstance(leaf, Word) and not leaf.field)


def _by_date(live: LiveSegment, docs: NDArray[np.intp], scores: NDArray[np.float64], sign: int) -> NDArray[np.float64]:
    published = live.segment.published[docs]
    keys = published.astype(np.float64) * sign
    keys[published == UNDATED] = -np.inf
    return keys
