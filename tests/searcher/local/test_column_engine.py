"""The engine gives what an independent scorer gives, for any plan, over an index of any history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest

from khabarjoo.analyzers.dates import Span
from khabarjoo.index.article import Article
from khabarjoo.index.merge import Part, merge
from khabarjoo.index.merge_policy import compact
from khabarjoo.index.segment import Segment
from khabarjoo.index.store import LiveSegment, Snapshot, open_writer
from khabarjoo.searcher.local.column_engine import ColumnEngine, words_of
from khabarjoo.searcher.local.ranking import RANKING
from khabarjoo.searcher.query.plan import (
    AllOf,
    AnyOf,
    Boosting,
    DateRange,
    Exact,
    Exclude,
    Filters,
    Match,
    MatchAll,
    MatchNone,
    Near,
    Node,
    Plan,
    Terms,
    Word,
)
from tests.corpus import make_index, make_segment, random_articles, random_text
from tests.searcher.brute_force import differences, of_snapshot
from tests.searcher.random_plans import RandomPlans

باران, برف, باد = (Word(lemma, (lemma,)) for lemma in ("باران", "برف", "باد"))


class History:
    """An index and what it should hold: articles by their ids, as they were last added."""

    def __init__(self, path: Path, rng: Random) -> None:
        self._path = path
        self._rng = rng
        self._added = 0
        self.articles: dict[str, Article] = {}
        batches = [self._new(rng.choice((1, 10, 30))) for _ in range(rng.choice((1, 2, 3)))]
        self.snapshot = make_index(path, *batches)

    def change(self) -> None:
        """Adds, updates and deletes articles; then merges what a run would, or some segments, or none."""
        rng = self._rng
        gone = {id for id in self.articles if rng.random() < 0.15}
        updated = {id for id in self.articles.keys() - gone if rng.random() < 0.15}
        self.articles = {id: article for id, article in self.articles.items() if id not in gone}
        batch = self._new(rng.choice((0, 1, 8)))
        for id in sorted(updated):
            self.articles[id] = replace(random_articles(rng, 1)[0], id=id)
            batch.append(self.articles[id])
        with open_writer(self._path) as writer:
            lives = [_without(live, gone | updated) for live in self.snapshot.segments]
            if batch:
                folder = writer.segment_folder()
                lives.append(LiveSegment(folder.name, make_segment(folder, batch)))
            way = rng.choice(("compacted", "merged", "kept"))
            if way == "compacted":
                lives = compact(lives, len(batch), writer.segment_folder)
            elif way == "merged" and any(len(live) for live in lives[:2]):
                folder = writer.segment_folder()
                merge([Part(live.segment, live.live()) for live in lives[:2]], folder)
                lives[:2] = [LiveSegment(folder.name, Segment(folder))]
            self.snapshot = writer.commit(lives, {})

    def _new(self, count: int) -> list[Article]:
        self._added += 1
        batch = random_articles(self._rng, count, f"{self._added}-")
        self.articles |= {article.id: article for article in batch}
        return batch


def _without(live: LiveSegment, ids: set[str]) -> LiveSegment:
    docs = {live.segment.doc_number(id) for id in ids} - {-1}
    return LiveSegment(live.name, live.segment, np.array(sorted({*live.deleted.tolist(), *docs}), np.intp))


@pytest.mark.parametrize("seed", range(10))
def test_any_plan_finds_what_brute_force_does_after_any_updates_deletions_and_merges(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    history = History(tmp_path / "index", rng)
    for _ in range(4):
        engine, expected = ColumnEngine(history.snapshot), of_snapshot(history.snapshot)
        assert {article.id: article for article in expected.plain.articles} == history.articles
        plans = RandomPlans(rng, list(expected.plain.places), expected.plain.articles)
        for _ in range(40):
            plan = plans.plan()
            assert not (found := differences(engine, expected, plan)), (plan, found)
        history.change()


@pytest.mark.parametrize("seed", range(3))
def test_of_many_articles_the_best_are_those_of_brute_force(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    many = [Article(f"m{number}", body=random_text(rng, rng.randrange(1, 9))) for number in range(2500)]
    snapshot = make_index(tmp_path / "index", many, random_articles(rng, 20), deleted={"m3", "m5", "m400"})
    engine, expected = ColumnEngine(snapshot), of_snapshot(snapshot)
    plans = RandomPlans(rng, list(expected.plain.places), expected.plain.articles)
    for limit in [1, 10, 10, 10, 50] * 6:
        plan = plans.plan()
        assert not (found := differences(engine, expected, plan, limit)), (plan, found)


# -- made by hand ------------------------------------------------------------------------------------------------------


def engine_of(path: Path, *articles: Article) -> ColumnEngine:
    return ColumnEngine(make_index(path / "index", articles))


def best(engine: ColumnEngine, root: Node, limit: int = 10, filters: Filters = Filters()) -> list[str]:  # noqa: B008
    return [engine.id(number) for number in engine.best(Plan(root, filters), limit).numbers]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[ColumnEngine]:
    opened = engine_of(
        tmp_path,
        Article("both", "باران و برف", source="ایسنا", published=datetime(2022, 1, 1, tzinfo=UTC)),
        Article("rain", "باران", source="مهر", published=datetime(2023, 1, 1, tzinfo=UTC)),
        Article("snow", body="برف و باد", source="مهر"),
        Article("none", body="نفت"),
    )
    yield opened
    opened.close()


def test_any_all_and_neither_are_told_apart(engine: ColumnEngine) -> None:
    assert set(best(engine, AnyOf((باران, برف)))) == {"both", "rain", "snow"}
    assert best(engine, AllOf((باران, برف))) == ["both"]
    assert best(engine, Exclude(باران, برف)) == ["rain"]
    assert best(engine, Exclude(MatchAll(), AnyOf((باران, برف)))) == ["none"]
    assert best(engine, MatchNone()) == []
    assert best(engine, MatchAll()) == ["both", "none", "rain", "snow"]


def test_all_are_counted_beside_any_for_plain_words_alone(engine: ColumnEngine) -> None:
    for node, total, total_all in (
        (Match((باران, برف)), 3, 1),
        (AnyOf((باران, برف)), 3, 3),
        (Boosting(باران, برف), 2, 1),
        (Exclude(Match((باران, برف)), باد), 2, 1),
        (AllOf((Match((باران, برف)), Terms("source", ("مهر",)))), 2, 0),
    ):
        answer = engine.best(Plan(node), 10)
        assert (answer.total, answer.total_all) == (total, total_all), node


def test_what_is_preferred_comes_first_and_brings_nothing_of_its_own(engine: ColumnEngine) -> None:
    assert best(engine, Boosting(AnyOf((باران, Exact("باد"))), برف))[0] in ("both", "snow")
    assert set(best(engine, Boosting(باران, باد))) == {"both", "rain"}


def test_articles_without_any_word_of_the_plan_come_in_their_order_with_no_score(engine: ColumnEngine) -> None:
    """A filter lets them through, and the words are in none of them."""
    plan = Plan(AnyOf((Terms("source", ("مهر",)), Word("نیستی", ("نیستی",)))))
    answer = engine.best(plan, 10)
    assert ([engine.id(n) for n in answer.numbers], answer.scores) == (["rain", "snow"], [0.0, 0.0])


def test_filters_of_a_plan_and_in_it_let_the_same_articles_through(engine: ColumnEngine) -> None:
    span = Span(datetime(2022, 6, 1, tzinfo=UTC), None)
    assert best(engine, باران, filters=Filters(span)) == best(engine, AllOf((باران, DateRange(span)))) == ["rain"]
    assert best(engine, باران, filters=Filters(sources=("مهر",))) == best(
        engine, AllOf((باران, Terms("source", ("مهر",))))
    )


def test_a_segment_without_any_word_is_searched_too(tmp_path: Path) -> None:
    batches = [[Article("empty", source="مهر")], [Article("rain", "باران")]]
    engine = ColumnEngine(make_index(tmp_path / "index", *batches))
    assert best(engine, AnyOf((باران, MatchAll()))) == ["rain", "empty"]


def test_equals_come_in_the_order_they_were_added(tmp_path: Path) -> None:
    batches = [[Article(f"{batch}-{n}", "باران و برف", "برف", "باد و باران") for n in range(9)] for batch in range(3)]
    engine = ColumnEngine(make_index(tmp_path / "index", *batches))
    every = [article.id for batch in batches for article in batch]
    for root in (باران, Match((باران, برف)), Match((باران, برف, باد)), Near((باران, برف), 3)):
        assert best(engine, root, 27) == every
        assert best(engine, root, 5) == every[:5]


def test_the_articles_read_closely_stay_before_the_others(tmp_path: Path) -> None:
    rng = Random(3)
    articles = [Article(str(n), body=random_text(rng, 20)) for n in range(4 * RANKING.window)]
    engine = engine_of(tmp_path, *articles)
    plan = Plan(Match((باران, برف, Word("تهران", ("تهران",)))))
    whole, window = (engine.best(plan, limit) for limit in (len(articles), RANKING.window))
    assert whole.numbers[: RANKING.window] == window.numbers
    assert whole.scores == sorted(whole.scores, reverse=True)
    assert len(set(whole.numbers)) == len(whole.numbers) == whole.total


def test_by_date_those_with_all_plain_words_come_or_those_with_any(tmp_path: Path) -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    texts = ["باران", "باران برف", "برف", "باران برف"]
    engine = engine_of(
        tmp_path, *(Article(str(n), text, published=start + timedelta(days=n)) for n, text in enumerate(texts))
    )

    def by_date(node: Node, newest: bool) -> Sequence[str]:
        return [engine.id(number) for number in engine.by_date(Plan(node), 10, newest=newest).numbers]

    assert by_date(Match((باران, برف)), newest=True) == ["3", "1"]
    assert by_date(Match((باران, برف)), newest=False) == ["1", "3"]
    assert by_date(Match((باران, باد)), newest=True) == ["3", "1", "0"]
    assert by_date(AnyOf((باران, برف)), newest=True) == ["3", "2", "1", "0"]


@pytest.mark.parametrize("seed", range(3))
def test_what_leaves_and_the_second_stage_add_makes_the_score(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    batches = [random_articles(rng, 30, f"s{n}-") for n in range(2)]
    snapshot: Snapshot = make_index(tmp_path / "index", *batches)
    engine, plain = ColumnEngine(snapshot), of_snapshot(snapshot).plain
    plans = RandomPlans(rng, list(plain.places), plain.articles)
    for _ in range(40):
        plan = plans.plan()
        answer = engine.best(plan, 1000)
        scores = dict(zip(answer.numbers, answer.scores, strict=True))
        for number in rng.sample(range(60), 6):
            shares = engine.shares(plan, number)
            assert (shares is not None) == (number in scores), plan
            if shares is not None:
                added = sum(share.value for share in shares) + sum(engine.second_stage(plan, number).values())
                assert added == pytest.approx(scores[number], rel=1e-4, abs=1e-3), plan


def test_articles_like_one_are_about_its_keywords_and_never_itself(tmp_path: Path) -> None:
    engine = engine_of(
        tmp_path,
        Article("oil", "بهای نفت", body="نفت و گاز و پالایشگاه"),
        Article("gas", "صادرات گاز", body="گاز و نفت و پالایشگاه"),
        Article("film", "جشنواره فیلم", body="سینما و بازیگر"),
        Article("refinery", body="پالایشگاه تازه"),
        *(Article(f"x{number}", body="ورزش و فوتبال") for number in range(9)),
    )
    answer = engine.similar(engine.number("oil"), 10)
    assert [engine.id(number) for number in answer.numbers][:2] == ["gas", "refinery"]
    assert engine.number("oil") not in answer.numbers
    assert len(engine.similar(engine.number("oil"), 1).numbers) == 1
    assert answer.scores == sorted(answer.scores, reverse=True)


def test_an_index_without_segments_answers_with_nothing(tmp_path: Path) -> None:
    engine = engine_of(tmp_path)
    assert engine.best(Plan(Match((باران, برف))), 10) == (0, 0, [], [], None)
    assert engine.by_date(Plan(باران), 10, newest=True) == (0, 0, [], [], None)
    assert engine.matched(Plan(باران)) == ([], True, None)
    assert engine.number("a") == -1
    engine.close()


def test_words_are_those_an_article_may_have_in_their_order_but_not_of_single_fields() -> None:
    root = Exclude(
        Boosting(AllOf((برف, Near((باران, Exact("گاز"))))), Match((Word("نفت", (), field="title"), باد))),
        Word("مهر", ()),
    )
    assert list(words_of(root)) == [برف, باران, باد]
