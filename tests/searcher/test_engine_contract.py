"""What every engine gives, whatever it is made of: the same questions to the local engine and to a list of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from random import Random
from typing import get_args

import pytest

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.index.article import Article
from khabarjoo.index.errors import NoSuchArticle
from khabarjoo.index.opensearch.address import ClusterAddress
from khabarjoo.searcher.engine import Answer, Engine, Sort
from khabarjoo.searcher.local.folder_engine import FolderEngine
from khabarjoo.searcher.opensearch.cluster_engine import open_cluster
from khabarjoo.searcher.query.plan import (
    AllOf,
    AnyOf,
    DateRange,
    Exact,
    Exclude,
    Filters,
    Match,
    MatchAll,
    MatchNone,
    Near,
    Node,
    Pattern,
    Plan,
    Terms,
    Word,
)
from khabarjoo.searcher.query.query_reading import read_query
from khabarjoo.searcher.searcher import Searcher
from tests.corpus import make_index, random_articles
from tests.searcher.brute_force import of_snapshot
from tests.searcher.cluster_for_tests import HOSTS, fill, forget, new_address
from tests.searcher.list_engine import ListEngine
from tests.searcher.random_plans import RandomPlans

Make = Callable[[Sequence[Article]], Engine]


def day(month: int, date: int) -> datetime:
    return datetime(2023, month, date, 9, tzinfo=UTC)


STORY = (
    "شورای شهر رشت دیشب برنامهٔ تازهٔ حمل و نقل را با رای همهٔ اعضا تصویب کرد و شهردار از آن استقبال کرد. این طرح سه "
    "خط اتوبوس و یک مسیر دوچرخه از میدان مرکزی تا دانشگاه گیلان پیش‌بینی می‌کند و هزینهٔ آن از درآمد پارکینگ‌های عمومی "
    "پرداخت خواهد شد. مخالفان گفتند کوچه‌های قدیمی گنجایش چنین رفت و آمدی ندارند و باید نخست پیاده‌روها مرمت شوند."
)
ARTICLES = [
    Article("rain", "باران در رشت", body="دیروز باران بارید.", published=day(3, 25), source="مهر", tags=("رشت",)),
    Article("snow", "برف در تهران", body="باران هم بارید.", published=day(5, 1), source="ایسنا", category="جامعه"),
    Article("book", "نمایشگاه کتاب تهران", body="کتاب‌های تازه", source="ایسنا", category="فرهنگ"),
    Article("twin-b", "سیل آمد", published=day(6, 2)),
    Article("twin-a", "سیل آمد", published=day(6, 2)),
    Article("twin-c", "سیل آمد"),
    Article("first", "برنامهٔ شورا", body=STORY, published=day(7, 1), source="مهر"),
    Article("taken", "برنامهٔ شورا", body=STORY, published=day(7, 2), source="ایسنا"),
    Article("taken-too", "برنامهٔ شورا", body=STORY, published=day(7, 3), source="ایرنا"),
]


@pytest.fixture(scope="module")
def on_cluster() -> Iterator[Callable[[Sequence[Article]], Engine]]:
    """Makes engines on a cluster; the one for `ARTICLES` once, as that takes a second."""
    made: dict[tuple[str, ...], ClusterAddress] = {}

    def make(articles: Sequence[Article]) -> Engine:
        key = tuple(article.id for article in articles)
        if key not in made:
            made[key] = new_address()
            fill(made[key], articles)
        return open_cluster(made[key])

    yield make
    for address in made.values():
        forget(address)


ENGINES = ["one segment", "three segments", "a list", *(["a cluster"] if HOSTS else [])]


@pytest.fixture(params=ENGINES)
def make(request: pytest.FixtureRequest, tmp_path: Path, on_cluster: Make) -> Iterator[Make]:
    engines: list[Engine] = []

    def make(articles: Sequence[Article]) -> Engine:
        if request.param == "a list":
            engines.append(ListEngine(articles))
        elif request.param == "a cluster":
            engines.append(on_cluster(articles))
        else:
            parts = 3 if request.param == "three segments" and len(articles) > 2 else 1
            batches = [articles[part::parts] for part in range(parts)] if articles else []
            engines.append(FolderEngine(make_index(tmp_path / f"index{len(engines)}", *batches)))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()


@pytest.fixture
def engine(make: Make) -> Engine:
    return make(ARTICLES)


def asked(text: str, filters: Filters = Filters()) -> Plan:  # noqa: B008
    return Plan(read_query(text, default_analyzer()).root, filters)


def ids(answer: Answer) -> list[str]:
    return [hit.id for hit in answer.hits]


# -- search ------------------------------------------------------------------------------------------------------------


def test_the_best_come_first_and_any_and_all_are_counted(engine: Engine) -> None:
    answer = engine.search(asked("باران رشت"), 10)
    assert answer.hits[0].id == "rain"
    assert (answer.total, answer.total_all) == (5, 1)
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


def test_equals_come_in_the_order_of_their_ids(engine: Engine) -> None:
    answer = engine.search(asked("سیل"), 10)
    assert ids(answer) == ["twin-a", "twin-b", "twin-c"]
    assert len({hit.score for hit in answer.hits}) == 1


def test_a_page_is_a_stretch_of_all_hits(engine: Engine) -> None:
    plan = asked("باران یا تهران یا سیل")
    for sort in get_args(Sort):
        whole = engine.search(plan, 100, sort=sort)
        assert len(whole.hits) == whole.total == 6
        for limit, offset in product((0, 1, 2, 9), (0, 1, 3, 20)):
            answer = engine.search(plan, limit, offset=offset, sort=sort)
            assert ids(answer) == ids(whole)[offset : offset + limit]
            assert (answer.total, answer.total_all) == (whole.total, whole.total_all)


def test_by_date_undated_ones_are_last_and_equals_in_the_order_of_their_ids(engine: Engine) -> None:
    plan = asked("سیل یا تهران یا باران")
    assert ids(engine.search(plan, 10, sort="newest")) == ["twin-a", "twin-b", "snow", "rain", "book", "twin-c"]
    assert ids(engine.search(plan, 10, sort="oldest")) == ["rain", "snow", "twin-a", "twin-b", "book", "twin-c"]


def test_by_date_those_with_all_words_are_shown_or_any_when_none_has_all(engine: Engine) -> None:
    assert ids(engine.search(asked("باران تهران"), 10, sort="newest")) == ["snow"]
    assert ids(engine.search(asked("کتاب سیل"), 10, sort="oldest")) == ["twin-a", "twin-b", "book", "twin-c"]


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        (Exact("باران"), {"rain", "snow"}),
        (Near((Word("باران", ()), Word("رشت", ())), 1), {"rain"}),
        (Near((Word("باران", ()), Word("تهران", ()))), set()),
        (Word("باران", (), field="title"), {"rain"}),
        (Pattern("نمایش*"), {"book"}),
        (AllOf((Word("باران", ()), Word("برف", ()))), {"snow"}),
        (AnyOf((Word("برف", ()), Word("کتاب", ()))), {"snow", "book"}),
        (Exclude(Word("باران", ()), Word("برف", ())), {"rain"}),
        (Terms("source", ("ایسنا",)), {"snow", "book", "taken"}),
        (Terms("tag", ("رشت",)), {"rain"}),
        (MatchAll(), {article.id for article in ARTICLES}),
        (MatchNone(), set()),
        (Match(()), set()),
    ],
    ids=lambda value: repr(sorted(value)) if isinstance(value, set) else repr(value),
)
def test_each_kind_of_node_matches_what_it_says(engine: Engine, root: Node, expected: set[str]) -> None:
    answer = engine.search(Plan(root), 100)
    assert set(ids(answer)) == expected
    assert answer.total == len(expected)


def test_filters_narrow_and_one_of_no_such_name_lets_nothing_through(engine: Engine) -> None:
    everything = Plan(MatchAll())
    may = DateRange(span := asked("تاریخ:1402/02").root.span)  # type: ignore[union-attr]
    for filters, expected in (
        (Filters(sources=("مهر", "ایسنا")), {"rain", "first", "snow", "book", "taken"}),
        (Filters(categories=("فرهنگ",)), {"book"}),
        (Filters(tags=("رشت",), sources=("ایسنا",)), set()),
        (Filters(tags=("نیست",)), set()),
        (Filters(published=span), {"snow"}),
    ):
        assert set(ids(engine.search(Plan(everything.root, filters), 100))) == expected
    assert ids(engine.search(Plan(may), 100)) == ["snow"]


def test_copies_are_folded_into_the_best_of_them_and_named_by_date(engine: Engine) -> None:
    plan = asked("شورا")
    assert len(engine.search(plan, 10).hits) == 3
    answer = engine.search(plan, 10, collapse=True)
    assert ids(answer) == ["first"]
    assert [copy.id for copy in answer.copies["first"]] == ["taken", "taken-too"]
    assert [copy.source for copy in answer.copies["first"]] == ["ایسنا", "ایرنا"]
    assert answer.total == 3
    assert engine.search(plan, 10, offset=1, collapse=True).hits == []


def test_what_is_no_copy_is_not_folded(engine: Engine) -> None:
    plan = asked("باران یا شورا")
    assert ids(engine.search(plan, 10, sort="newest", collapse=True)) == ["taken-too", "snow", "rain"]
    assert engine.search(asked("باران"), 10, collapse=True).copies == {}


# -- counts ------------------------------------------------------------------------------------------------------------


def test_facets_count_those_with_all_words_the_commonest_first(engine: Engine) -> None:
    found = engine.facets(asked("شورا"), ("source", "tag", "year", "month"), 2)
    assert (found.words, found.articles) == ("all", 3)
    source, tag, year, month = found.facets
    assert [(count.name, count.count) for count in source.counts] == [("ایرنا", 1), ("ایسنا", 1)]
    assert (source.distinct, tag.counts, tag.distinct) == (3, (), 0)
    assert [(count.name, count.count) for count in (*year.counts, *month.counts)] == [("1402", 3), ("1402/04", 3)]
    assert engine.facets(asked("کتاب سیل"), ("source",), 9).words == "any"


def test_a_timeline_has_no_gap_and_counts_the_undated_apart(engine: Engine) -> None:
    found = engine.timeline(asked("باران یا سیل"), "month")
    assert [(period.year, period.part, period.count) for period in found.periods] == [
        (1402, 1, 1),
        (1402, 2, 1),
        (1402, 3, 2),
    ]
    assert (found.articles, found.undated) == (5, 1)
    assert found.periods[0].end == found.periods[1].start
    assert engine.timeline(asked("باران"), None).by == "month"
    assert engine.timeline(asked("نیست‌جایی"), None).periods == ()


# -- one article -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["باران رشت", "سیل", "«باران در رشت»", "باران -برف", "منبع:ایسنا باران"])
def test_an_explanation_adds_up_to_the_score(engine: Engine, text: str) -> None:
    plan = asked(text)
    answer = engine.search(plan, 10)
    assert answer.hits
    for hit in answer.hits:
        shares = engine.explain(plan, hit)
        assert shares
        assert sum(share.value for share in shares) == pytest.approx(hit.score, abs=1e-3)


def test_what_does_not_match_has_no_explanation(engine: Engine) -> None:
    book = engine.find("book")
    assert book
    assert engine.explain(asked("باران"), book) is None
    assert engine.explain(asked("کتاب", Filters(sources=("مهر",))), book) is None


def test_articles_alike_do_not_include_the_one_asked_about(engine: Engine) -> None:
    snow = engine.find("snow")
    assert snow
    answer = engine.similar(snow, 10)
    assert "snow" not in ids(answer)
    assert set(ids(answer)) & {"rain", "book"}
    assert len(engine.similar(snow, 1).hits) == 1
    assert engine.similar(snow, 0).hits == []


def test_an_article_is_found_by_its_id_and_read_as_it_was(engine: Engine) -> None:
    for article in ARTICLES:
        found = engine.find(article.id)
        assert found
        assert engine.read(found) == article
    for hit in engine.search(asked("باران"), 10).hits:
        assert engine.read(hit).id == hit.id
    assert engine.find("nobody") is None
    assert engine.find("") is None


def test_every_article_is_given_once_with_the_file_it_came_from(engine: Engine) -> None:
    found = list(engine.all())
    assert sorted(engine.read(one).id for one in found) == sorted(article.id for article in ARTICLES)
    assert {engine.origin(one) for one in found} == {"news.jsonl"}
    with Searcher(engine) as news:
        assert {article.id: origin for article, origin in news.articles()}["rain"] == news.origin("rain")


def test_words_of_a_plan_are_marked(engine: Engine) -> None:
    (hit, *_) = engine.search(asked("باران رشت"), 10).hits
    marker, article = engine.marking(asked("باران رشت").root).of(hit), engine.read(hit)
    assert [(piece.text, piece.match) for piece in marker.title(article)] == [
        ("باران", True),
        (" در ", False),
        ("رشت", True),
    ]
    assert "".join(piece.text for piece in marker.snippet(article)) == article.body
    whole = engine.marking(asked("باران").root).whole(article, hit)
    assert ("".join(piece.text for piece in whole.body), whole.complete) == (article.body, True)
    stranger = engine.marking(asked("باران").root).whole(Article("x", "باران"), None)
    assert stranger.title == [("باران", True)]


# -- the whole ---------------------------------------------------------------------------------------------------------


def test_names_words_dates_and_statistics_are_of_all_articles(engine: Engine) -> None:
    assert len(engine) == len(ARTICLES)
    assert list(engine.names("source").items()) == [("ایسنا", 3), ("مهر", 2), ("ایرنا", 1)]
    assert engine.names("tag") == {"رشت": 1}
    words = {word.form: word for word in engine.vocabulary(1000)}
    assert (words["باران"].times, words["باران"].lemma) == (4 - 1, "باران")
    assert "کتابهای" in words
    assert engine.dates() == (day(3, 25), day(7, 3))
    stats = engine.stats()
    assert (stats.articles, stats.dated, stats.first, stats.last) == (9, 7, day(3, 25), day(7, 3))
    assert (stats.sources, stats.path) == (engine.names("source"), engine.path)
    assert engine.name
    assert engine.fell_back == ""
    assert not engine.is_behind
    assert not engine.is_outdated


def test_a_misspelt_word_is_corrected_and_a_right_one_is_not(engine: Engine) -> None:
    correction = engine.correct("نمایشگاع", asked("نمایشگاع"), 0)
    assert correction
    assert correction.query == "نمایشگاه"
    assert engine.correct("باران", asked("باران"), 2) is None


def test_an_engine_has_all_that_is_asked_of_one(engine: Engine) -> None:
    assert [name for name in vars(Engine) if not name.startswith("_") and not hasattr(engine, name)] == []


def test_nothing_is_wrong_with_a_whole_collection(engine: Engine) -> None:
    engine.check()
    engine.require_flawless()
    engine.blame(KeyError("a bug"))
    assert engine.partial(asked("باران*")) is None


def test_an_empty_collection_answers_too(make: Make) -> None:
    engine = make([])
    plan = asked("باران -برف")
    for sort in ("relevance", "newest"):
        assert engine.search(plan, 10, sort=sort, collapse=True)[:3] == (0, 0, [])  # type: ignore[arg-type]
    assert engine.facets(plan, ("source",), 5).articles == 0
    assert engine.timeline(plan, None).articles == 0
    assert (engine.find("a"), engine.dates(), engine.names("tag"), list(engine.vocabulary(5))) == (None, None, {}, [])
    assert engine.stats().articles == len(engine) == 0


def test_a_searcher_asks_any_engine(engine: Engine) -> None:
    with Searcher(engine) as news:
        page = news.search("باران", source="ایسنا", since="1402", fold_duplicates=True)
        assert [hit.title for hit in page] == ["برف در تهران"]
        assert any(piece.match for piece in page[0].snippet)
        assert news.search("نمایشگاع").suggestion
        assert news.explain("باران", "rain").lines
        with pytest.raises(NoSuchArticle):
            news.similar("nobody")
        with pytest.raises(NoSuchArticle):
            news.explain("باران", "nobody")
        with pytest.raises(ValueError, match="sort must be"):
            news.search("باران", sort="best")  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(3))
def test_two_engines_agree_on_any_plan(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    snapshot = make_index(tmp_path / "index", random_articles(rng, 30, "x"), random_articles(rng, 15, "y"))
    brute = of_snapshot(snapshot)
    local, plain = FolderEngine(snapshot), ListEngine(brute.plain.articles, brute._keywords)
    plans = RandomPlans(rng, list(brute.plain.places), brute.plain.articles)
    for _ in range(60):
        plan = plans.plan()
        one, other = local.search(plan, 100), plain.search(plan, 100)
        assert (one.total, one.total_all, set(ids(one))) == (other.total, other.total_all, set(ids(other))), plan
        for sort in ("newest", "oldest"):
            assert ids(local.search(plan, 20, sort=sort)) == ids(plain.search(plan, 20, sort=sort)), plan  # type: ignore[arg-type]
        assert local.facets(plan, ("source", "category", "tag", "year", "month"), 5) == plain.facets(
            plan, ("source", "category", "tag", "year", "month"), 5
        )
        assert local.timeline(plan, None) == plain.timeline(plan, None), plan
        hits = dict(zip(ids(other), other.hits, strict=True))
        assert [hit.score for hit in one.hits] == pytest.approx([hits[hit.id].score for hit in one.hits])
    local.close()
