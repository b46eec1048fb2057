"""A second engine, for tests: articles in a list, scored by plain loops. It has no index and no segments."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import cast

from khabarjoo.analyzers.analyzer import ANALYZER_VERSION, default_analyzer
from khabarjoo.analyzers.calendars import JALALI, jalali, tehran
from khabarjoo.analyzers.reported_speech import Statement, default_reader
from khabarjoo.index.article import Article
from khabarjoo.searcher.engine import Answer, Correction, Found, NameKind, Share, Sort, WordForm
from khabarjoo.searcher.query import plan as p
from khabarjoo.searcher.query_limits import Partial
from khabarjoo.searcher.results import (
    Copy,
    Count,
    FacetCounts,
    FacetName,
    Facets,
    Period,
    PeriodName,
    Stats,
    Timeline,
    WordsMatched,
)
from khabarjoo.searcher.snippets import Marking
from tests.searcher.brute_force import BruteForce, speakers_of, statements_of, words_of

_MONTHS: dict[PeriodName, int] = {"month": 1, "season": 3, "year": 12}
_BEST = 300


class ListEngine:
    """Answers plans over articles in a list. An article's place is its place in the list."""

    def __init__(self, articles: Sequence[Article], keywords: Sequence[Mapping[str, int]] = ()) -> None:
        self._articles = list(articles)
        self._keywords = keywords or [self._of_title(article) for article in articles]
        self._brute = BruteForce(self._articles, self._keywords)
        self.path = self.name = "a list"
        self.fell_back = ""
        self.is_behind = False
        self.is_outdated = False
        self.tells_speakers = True

    def __len__(self) -> int:
        return len(self._articles)

    # -- plans -------------------------------------------------------------------------------------------------

    def search(
        self, plan: p.Plan, limit: int, *, offset: int = 0, sort: Sort = "relevance", collapse: bool = False
    ) -> Answer:
        ranked = self._brute.answer(plan)
        places = {article.id: place for place, article in enumerate(self._articles)}
        hits = [Found(id, score, places[id]) for id, score in ranked.scores.items()]
        if sort != "relevance":
            counted, _ = self._counted(plan)
            scores = self._brute.matching(plan).scores
            hits = [Found(self._articles[place].id, float(scores[place]), place) for place in counted]
            hits.sort(key=lambda hit: self._by_date(hit, -1 if sort == "newest" else 1))
        copies: dict[str, tuple[Copy, ...]] = {}
        if collapse:
            hits, copies = self._collapsed(hits)
        shown = hits[offset : offset + limit]
        ids = {hit.id for hit in shown}
        own = {id: others for id, others in copies.items() if id in ids}
        return Answer(ranked.total, ranked.total_all, shown, own)

    def facets(self, plan: p.Plan, by: Sequence[FacetName], limit: int) -> Facets:
        places, words = self._counted(plan)
        articles = [self._articles[place] for place in places]
        facets = []
        for name in by:
            counts = Counter(value for article in articles for value in _values(article, name))
            ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            facets.append(FacetCounts(name, tuple(Count(*pair) for pair in ranked[:limit]), len(ranked)))
        return Facets("", words, len(articles), tuple(facets))

    def timeline(self, plan: p.Plan, by: PeriodName | None) -> Timeline:
        places, words = self._counted(plan)
        moments = [self._articles[place].published for place in places]
        days = [jalali(moment) for moment in moments if moment]
        months = [day.year * 12 + day.month - 1 for day in days]
        span = max(months) - min(months) + 1 if months else 0
        by = by or ("month" if span <= 36 else "season" if span <= 120 else "year")
        size = _MONTHS[by]
        counts = Counter(month // size for month in months)
        numbers = range(min(counts), max(counts) + 1) if counts else ()
        periods = tuple(_period(number, size, counts[number]) for number in numbers)
        return Timeline("", words, len(moments), by, periods, len(moments) - len(days))

    def explain(self, plan: p.Plan, article: Found) -> list[Share] | None:
        score = self._brute.answer(plan).scores.get(article.id)
        if score is None:
            return None
        shares = [
            Share(word, levels[self._place(article)] / 255 * worth)
            for word in words_of(plan.root)
            if self._place(article) in (levels := self._brute.levels(word))
            for worth in [word.boost * self._brute._rarity(levels)]
        ]
        return [*shares, Share("all else", score - sum(share.value for share in shares))]

    def partial(self, plan: p.Plan) -> Partial | None:
        return None

    def similar(self, article: Found, limit: int) -> Answer:
        words = tuple(p.Word(lemma, ()) for lemma in self._keywords[self._place(article)])
        answer = self.search(p.Plan(p.Match(words)), len(self))
        others = [hit for hit in answer.hits if hit.id != article.id]
        return Answer(len(others), max(answer.total_all - 1, 0), others[:limit])

    def correct(self, text: str, plan: p.Plan, complete: int) -> Correction | None:
        known = [form for form, *_ in self.vocabulary(0)]
        words = text.split()
        better = [word if word in known else (difflib.get_close_matches(word, known) or [word])[0] for word in words]
        return Correction(" ".join(better), "spelling") if better != words and not complete else None

    def speakers(self, wanted: Sequence[str]) -> dict[str, int]:
        return speakers_of(self._articles, wanted)

    def statements(self, article: Found, said: p.Said) -> list[Statement]:
        return statements_of(self.read(article), said)

    def _counted(self, plan: p.Plan) -> tuple[list[int], WordsMatched]:
        scores, complete = self._brute.matching(plan)
        return (sorted(complete), "all") if complete or not scores else (sorted(scores), "any")

    def _by_date(self, hit: Found, sign: int) -> tuple[bool, float, bytes]:
        moment = self.read(hit).published
        return moment is None, sign * moment.timestamp() if moment else 0, hit.id.encode()

    def _collapsed(self, hits: Sequence[Found]) -> tuple[list[Found], dict[str, tuple[Copy, ...]]]:
        firsts: dict[str, Found] = {}
        others: dict[str, list[Article]] = {}
        for hit in hits[:_BEST]:
            body = self.read(hit).body or hit.id
            if body in firsts:
                others.setdefault(firsts[body].id, []).append(self.read(hit))
            else:
                firsts[body] = hit
        copies = {
            id: tuple(Copy(copy.id, copy.source, copy.published) for copy in sorted(found, key=_by_publication))
            for id, found in others.items()
        }
        return [*firsts.values(), *hits[_BEST:]], copies

    def _of_title(self, article: Article) -> dict[str, int]:
        return {token.term.lemma: 1 for token in default_analyzer().tokens(article.title)}

    # -- articles ----------------------------------------------------------------------------------------------

    def find(self, id: str) -> Found | None:
        return next((Found(id, 0.0, place) for place, own in enumerate(self._articles) if own.id == id), None)

    def read(self, article: Found) -> Article:
        return self._articles[self._place(article)]

    def origin(self, article: Found) -> str:
        return "news.jsonl"

    def all(self) -> Iterator[Found]:
        return (Found(article.id, 0.0, place) for place, article in enumerate(self._articles))

    def marking(self, root: p.Node) -> Marking:
        return Marking(root, default_analyzer())

    @staticmethod
    def _place(article: Found) -> int:
        return cast("int", article.place)

    # -- the whole ---------------------------------------------------------------------------------------------

    def names(self, kind: NameKind) -> dict[str, int]:
        counts = Counter(value for article in self._articles for value in _values(article, kind))
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def vocabulary(self, most: int) -> Sequence[WordForm]:
        terms = Counter(term for words in self._brute.plain.words for term in words)
        return [WordForm(form, times, lemma, parts) for (lemma, form, parts), times in terms.items()]

    def dates(self) -> tuple[datetime, datetime] | None:
        moments = [article.published for article in self._articles if article.published]
        return (min(moments).astimezone(UTC), max(moments).astimezone(UTC)) if moments else None

    def stats(self) -> Stats:
        lemmas = {lemma for words in self._brute.plain.words for name, _, parts in words for lemma in (name, *parts)}
        first, last = self.dates() or (None, None)
        dated = sum(article.published is not None for article in self._articles)
        return Stats(
            len(self), dated, first, last, self.names("source"), self.names("category"), len(lemmas), 0,
            ANALYZER_VERSION, self.path,
        )  # fmt: skip

    def check(self) -> None:
        pass

    def require_flawless(self) -> None:
        pass

    def blame(self, error: Exception) -> None:
        pass

    def close(self) -> None:
        pass


def _values(article: Article, name: FacetName) -> tuple[str, ...]:
    if name == "tag":
        return article.tags
    if name == "speaker":
        told = default_reader().read(article.title, article.lead, article.body)
        return tuple({said.name for said in told if said.is_shown})
    if name in ("source", "category"):
        value = article.source if name == "source" else article.category
        return (value,) if value else ()
    if article.published is None:
        return ()
    day = jalali(article.published)
    return (f"{day.year:04}" if name == "year" else f"{day.year:04}/{day.month:02}",)


def _period(number: int, size: int, count: int) -> Period:
    edges = [JALALI.month_start(month // 12, month % 12 + 1) for month in (number * size, (number + 1) * size)]
    start, end = (datetime(day.year, day.month, day.day, tzinfo=tehran()).astimezone(UTC) for day in edges)
    return Period(number * size // 12, number * size % 12 // size + 1, start, end, count)


def _by_publication(article: Article) -> tuple[bool, float, str]:
    return article.published is None, article.published.timestamp() if article.published else 0.0, article.id
