"""An independent scorer, for tests: what a search is to find and in which order, worked out by plain loops.

Of the code it takes parameters alone: `index.bm25f` and `searcher.local.ranking` say what they mean, `proximity`
and `searcher.local.feedback` how the second stage counts. Keywords are given.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from khabarjoo.analyzers.normalizer import fold, join_parts
from khabarjoo.analyzers.reported_speech import Statement, default_reader, name_key
from khabarjoo.index.article import Article
from khabarjoo.index.bm25f import WEIGHTING
from khabarjoo.index.news.outlets import called
from khabarjoo.index.store import Snapshot
from khabarjoo.searcher.local.column_engine import ColumnEngine
from khabarjoo.searcher.local.ranking import RANKING
from khabarjoo.searcher.query import plan as p
from tests.searcher.plain_matching import FIELDS, PlainArticles, Term

STEPS, LEVELS = 65536, 255
"""Scores by words are whole numbers: a worth in steps of this size, times the level of an impact."""

READ_FOR_NAMES = 4096  # the same where a person is named
READ_CLOSELY = 512
"""Words of an article that the second stage reads."""

_LEAVES_KEPT = 200


class Ranked(NamedTuple):
    """How many articles match, how many have all plain words, and the scores of those that match, best first."""

    total: int
    total_all: int
    scores: dict[str, float]


class Match(NamedTuple):
    """The scores by words of the articles that match, in whole numbers, and those with all plain words."""

    scores: dict[int, int]
    complete: set[int]


def statements_of(article: Article, said: p.Said) -> list[Statement]:
    """The statements of an article that are by a speaker and have all parts, each read as a text of its own."""
    keys = set(map(name_key, said.speakers))
    texts = {"title": article.title, "lead": article.lead, "body": article.body}

    def has_all(told: Statement) -> bool:
        alone = BruteForce([Article("a", "", body=texts[told.field][told.start : told.end])], [{}])
        return all(alone.levels(part) for part in said.parts)

    found = default_reader().read(article.title, article.lead, article.body)
    named = [told for told in found if told.name and name_key(told.name) in keys]
    return [told for told in named if (told.is_shown or said.perhaps) and has_all(told)]


def speakers_of(articles: Sequence[Article], wanted: Sequence[str]) -> dict[str, int]:
    """How many statements are shown of each speaker whom names stand for; of all for none."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        for told in default_reader().read(article.title, article.lead, article.body):
            if told.is_shown:
                counts[name_key(told.name)][told.name] += 1
    standing = set() if wanted else set(counts)
    for name in wanted:
        wanted_words = f" {' '.join(map(_key, name.split()))} "
        parts = {
            key
            for key, names in counts.items()
            if any(wanted_words in f" {' '.join(map(_key, other.split()))} " for other in names)
        }
        standing |= {name_key(name)} & set(counts) or parts
    totals = {min(counts[key], key=lambda name: (-counts[key][name], name)): counts[key].total() for key in standing}
    return dict(sorted(totals.items(), key=lambda item: (-item[1], item[0])))


class BruteForce:
    """Scores articles given in the order of their numbers, with the weights of the keywords of each."""

    def __init__(self, articles: Sequence[Article], keywords: Sequence[Mapping[str, int]]) -> None:
        self.plain = PlainArticles(articles)
        self._articles, self._keywords = articles, keywords
        self._levels: dict[p.Leaf | p.Near, dict[int, int]] = {}
        self._names: dict[p.NameField, list[tuple[str, ...]]] = {
            "source": [(a.source,) for a in articles],
            "category": [(a.category,) for a in articles],
            "tag": [a.tags for a in articles],
            "code": [(a.code,) for a in articles],
        }

    def answer(self, plan: p.Plan) -> Ranked:
        """All that a plan is to give."""
        match = self.matching(plan)
        order = sorted(match.scores, key=lambda number: (-match.scores[number], self._id(number)))
        scores = {number: match.scores[number] / (STEPS * LEVELS) for number in order}
        if words := list(words_of(plan.root)):
            complete = [number for number in order if number in match.complete]
            named = complete[: RANKING.window_of_names] if any(word.after for word in words) else []
            scores |= self._rescored({number: scores[number] for number in (*order[: RANKING.window], *named)}, words)
            order.sort(key=lambda number: (-scores[number], self._id(number)))
        found = {self._articles[number].id: scores[number] for number in order}
        return Ranked(len(match.scores), len(match.complete), found)

    def matching(self, plan: p.Plan) -> Match:
        """Which articles match a plan and pass its filters."""
        match, narrowing = self.match(plan.root), plan.filters
        filters: list[p.Node] = [
            *([p.Terms("source", narrowing.sources)] if narrowing.sources else []),
            *([p.Terms("category", narrowing.categories)] if narrowing.categories else []),
            *([p.Terms("tag", narrowing.tags)] if narrowing.tags else []),
            *([p.DateRange(narrowing.published)] if narrowing.published else []),
        ]
        passing = set(match.scores).intersection(*(self.match(node).scores for node in filters))
        return Match({number: match.scores[number] for number in passing}, match.complete & passing)

    def _id(self, number: int) -> bytes:
        return self._articles[number].id.encode("utf-8", "surrogatepass")

    def match(self, node: p.Node) -> Match:
        """Which articles match a node."""
        match node:
            case p.Match(parts) | p.AnyOf(parts) | p.AllOf(parts):
                found = [self.match(part) for part in parts]
                join = set.intersection if isinstance(node, p.AllOf) else set.union
                numbers = join(*(set(part.scores) for part in found)) if found else set()
                completes = [] if isinstance(node, p.AnyOf) else [part.complete for part in found]
                complete = set(numbers).intersection(*completes)
                return Match({n: sum(part.scores.get(n, 0) for part in found) for n in numbers}, complete)
            case p.Boosting(required, optional):
                needed, more = self.match(required), self.match(optional)
                scores = {number: score + more.scores.get(number, 0) for number, score in needed.scores.items()}
                return Match(scores, needed.complete & more.complete)
            case p.Exclude(kept, barred):
                wanted, unwanted = self.match(kept), self.match(barred)
                scores = {n: score for n, score in wanted.scores.items() if n not in unwanted.scores}
                return Match(scores, wanted.complete & scores.keys())
            case p.Terms(field, names):
                meant = self._meant(field, names)
                numbers = {n for n, own in enumerate(self._names[field]) if not meant.isdisjoint(own)}
            case p.DateRange(span):
                moments = ((number, article.published) for number, article in enumerate(self._articles))
                numbers = {n for n, at in moments if at and at.replace(microsecond=0) in span}
            case p.Said():
                numbers = {n for n, article in enumerate(self._articles) if statements_of(article, node)}
            case p.MatchAll() | p.MatchNone():
                numbers = set(range(len(self._articles))) if isinstance(node, p.MatchAll) else set()
            case _:
                levels = self.levels(node)
                worth = max(1, round(node.boost * self._rarity(levels) * STEPS))
                return Match({number: level * worth for number, level in levels.items()}, set(levels))
        return Match(dict.fromkeys(numbers, 0), numbers)

    def levels(self, leaf: p.Leaf | p.Near) -> dict[int, int]:
        """The articles that a leaf matches, and its impact in each."""
        if leaf not in self._levels:
            if len(self._levels) == _LEAVES_KEPT:
                self._levels.clear()
            if isinstance(leaf, p.Word) and not leaf.field:
                self._levels[leaf] = self._impacts(leaf)
            else:
                self._levels[leaf] = {n: _level([1] * count) for n, count in self.plain.times(leaf).items()}
        return self._levels[leaf]

    def _impacts(self, word: p.Word) -> dict[int, int]:
        terms = self.plain.terms(word)
        weights: dict[int, list[float]] = defaultdict(list)
        for number, positions in self.plain.positions([term for term in terms if term[0] == word.lemma]).items():
            weights[number] += [self._weight(number, position) for position in positions]
        parts = [term for term in terms for _ in range(term[2].count(word.lemma))]
        for number, positions in self.plain.positions(parts).items():
            weights[number] += [WEIGHTING.part * self._weight(number, position) for position in positions]
        return {number: _level(of_article) for number, of_article in weights.items()}

    def _weight(self, number: int, position: int) -> float:
        """What an occurrence counts, by field and more near the beginning; in single precision, as in the index."""
        bounds = self.plain.bounds[number]
        field = max(f for f in range(len(FIELDS)) if bounds[f] <= position < bounds[f + 1])
        b, length = WEIGHTING.b[field], bounds[field + 1] - bounds[field]
        weight = np.float32(WEIGHTING.weight[field] / (1 - b + b * length / WEIGHTING.usual[field]))
        opens = 0 <= position - bounds[1] < WEIGHTING.opening_words
        return float(weight + np.float32(WEIGHTING.opening)) if opens else float(weight)

    def _rarity(self, found: Mapping[int, int]) -> float:
        return math.log(1 + (len(self._articles) - len(found) + 0.5) / (len(found) + 0.5))

    def _meant(self, field: p.NameField, names: Sequence[str]) -> set[str]:
        """The names that some stand for: those spelled alike or of the same outlet, or else those that contain them."""
        known = {name for own in self._names[field] for name in own if name}
        meant: set[str] = set()
        for wanted in names:
            key, outlet = _key(wanted), called(wanted) if field == "source" else ""
            alike = {name for name in known if _key(name) == key or (outlet and called(name) == outlet)}
            meant |= alike or {name for name in known if key and key in _key(name)}
        return meant

    # -- the second stage --------------------------------------------------------------------------------------

    def _rescored(self, window: dict[int, float], words: Sequence[p.Word]) -> dict[int, float]:
        worths = [word.boost * self._rarity(self.levels(p.Word(word.lemma, ()))) for word in words]
        scores = {number: score + self.closer(number, words, worths) for number, score in window.items()}
        top = max(scores.values(), default=0.0)
        if len(words) > RANKING.feedback_words or not top:
            return scores
        topic: Counter[str] = Counter()
        for number in sorted(scores, key=lambda n: (-scores[n], self._id(n)))[: RANKING.feedback_articles]:
            for lemma, weight in self._keywords[number].items():
                topic[lemma] += weight * (scores[number] / top) ** 2  # type: ignore[assignment]
        best = dict(sorted(topic.items(), key=lambda item: (-item[1], item[0]))[: RANKING.feedback_keywords])
        agreement = {n: sum(best.get(lemma, 0) * w for lemma, w in self._keywords[n].items()) for n in scores}
        most = max(agreement.values()) or 1
        return {n: score + RANKING.feedback * top * agreement[n] / most for n, score in scores.items()}

    def closer(self, number: int, words: Sequence[p.Word], worths: Sequence[float]) -> float:
        """What the words' closeness, their forms and kindred words add to the score of an article."""
        slots = {term: slot for slot, word in enumerate(words) for term in self.plain.terms(word)}
        read = self.plain.words[number][: READ_FOR_NAMES if any(word.after for word in words) else READ_CLOSELY]
        seen = [(place, slots[term], term[1]) for place, term in enumerate(read) if term in slots]
        together, whole, names = 0.0, sum(worths), set()
        for (before, slot, _), (after, next_slot, _) in pairwise(seen):
            if slot != next_slot and after - before <= RANKING.near:
                order = 1 if next_slot == slot + 1 else RANKING.out_of_order
                together += order * min(worths[slot], worths[next_slot]) / (after - before)
                if after == before + 1 and next_slot == slot + 1 and words[next_slot].after == words[slot].lemma:
                    names.add(next_slot)
        usual = 1 - WEIGHTING.b[2] + WEIGHTING.b[2] * len(read) / WEIGHTING.usual[2]
        together /= usual * whole
        exact = sum(worths[slot] for slot in {slot for _, slot, form in seen if form in words[slot].forms})
        kindred = 0.0
        alike = Counter(_kindred([t for t in read if t not in slots], words))
        for slot, times in alike.items():
            if slot not in {slot for _, slot, _ in seen}:
                kindred += worths[slot] * times / usual / (WEIGHTING.k1 + times / usual)
        close = RANKING.closeness * whole * together / (RANKING.closeness_half + together)
        named = RANKING.name * sum(worths[slot - 1] + worths[slot] for slot in names)
        return float(close + named + RANKING.exact * exact + RANKING.kindred * kindred)


def _kindred(terms: Sequence[Term], words: Sequence[p.Word]) -> Iterator[int]:
    """For each term that begins as a word of the query does, in itself or a part, the place of the last such word."""
    short, long = RANKING.kindred_letters, RANKING.kindred_letters_of_long
    begins = [
        (word.lemma[: short if len(word.lemma) < RANKING.long else long], slot)
        for slot, word in enumerate(words)
        if len(word.lemma) >= short and not word.lemma[0].isdecimal()
    ]
    for lemma, _, parts in terms:
        found = [slot for begin, slot in begins if any(name.startswith(begin) for name in (lemma, *parts))]
        if found:
            yield max(found)


def words_of(node: p.Node) -> Iterator[p.Word]:
    """The words, not of single fields, that an article may have to match a plan."""
    match node:
        case p.Word(field=""):
            yield node
        case p.Near(parts) | p.Match(parts) | p.AnyOf(parts) | p.AllOf(parts):
            for part in parts:
                yield from words_of(part)
        case p.Boosting(required, optional):
            yield from (*words_of(required), *words_of(optional))
        case p.Exclude(kept):
            yield from words_of(kept)


def of_snapshot(snapshot: Snapshot) -> BruteForce:
    """A scorer of the live articles of an index, in their order; keywords are the index's own."""
    articles, keywords = [], []
    for live in snapshot.segments:
        lemmas, (numbers, weights) = list(live.segment.lemmas), live.segment.keywords
        for doc in live.live().tolist():
            articles.append(live.segment.article(doc))
            pairs = zip(numbers[doc].tolist(), weights[doc].tolist(), strict=True)
            keywords.append({lemmas[number]: weight for number, weight in pairs if weight})
    return BruteForce(articles, keywords)


def _level(weights: Sequence[float]) -> int:
    """The level of an impact; summed and rounded in single precision, as in the index."""
    weighted = np.add.reduceat(np.array(weights, np.float32), [0])
    impact = weighted / (WEIGHTING.k1 + weighted)
    return int(np.clip(np.rint(impact * LEVELS), 1, LEVELS)[0])


def _key(name: str) -> str:
    return join_parts("".join(map(fold, name.split())))


def differences(engine: ColumnEngine, expected: BruteForce, plan: p.Plan, limit: int = 10) -> str:
    """In what an engine's answer differs from the scorer's, '' in nothing.

    Scores may differ by rounding; articles whose scores differ by less may change places, equals may not.
    """
    found, ranked = engine.best(plan, limit), expected.answer(plan)
    if (found.total, found.total_all) != (ranked.total, ranked.total_all):
        return f"counts {(found.total, found.total_all)}, not {(ranked.total, ranked.total_all)}"
    ids, best = [engine.id(number) for number in found.numbers], list(ranked.scores.values())[:limit]
    own = [ranked.scores.get(id, math.nan) for id in ids]
    for scores in (own, best):
        if len(scores) != len(found.scores) or not np.allclose(found.scores, scores, rtol=1e-6, atol=1e-6):
            return f"{list(zip(ids, found.scores, strict=True))}, not {list(ranked.scores.items())[:limit]}"
    for id, expected_id in zip(ids, ranked.scores, strict=False):
        if id != expected_id and ranked.scores[id] == ranked.scores[expected_id]:
            return f"{id} in the place of {expected_id}, which has the same score and is first by id"
    return "" if len(set(ids)) == len(ids) else f"articles twice: {ids}"
