"""The searcher: queries, filters, orders, pages, and indexes of every shape."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

import pytest

import khabarjoo
from khabarjoo import Page, Searcher
from khabarjoo.analyzers.dates import DateError
from khabarjoo.index.article import Article
from khabarjoo.index.errors import IndexDamaged, NoIndex, NoSuchArticle, NotAnIndex
from khabarjoo.index.segment import SEGMENT_FILE
from khabarjoo.searcher.engine import Sort
from khabarjoo.searcher.query.plan import Filters
from tests.corpus import WORDS, make_index, random_articles

TEHRAN = timezone(timedelta(hours=3, minutes=30))

ARTICLES = [
    Article("rain", "باران در رشت", body="دیروز باران بارید. مردم خوشحال شدند.", source="پیک باران",
            published=datetime(2022, 9, 1, tzinfo=UTC), category="هواشناسی", tags=("رشت", "باران"), code="77"),
    Article("snow", "برف در تهران", lead="برف سنگین", body="باران هم بارید.", source="ایسنا",
            published=datetime(2023, 1, 5, tzinfo=UTC), category="هواشناسی", tags=("تهران",)),
    Article("book", "نمایشگاه کتاب تهران", body="کتاب‌های تازه", source="ایسنا", category="فرهنگ"),
    Article("old", "باران پاییزی", body="باران باران", published=datetime(2005, 10, 1, tzinfo=UTC)),
]  # fmt: skip


@pytest.fixture
def news(tmp_path: Path) -> Iterator[Searcher]:
    make_index(tmp_path / "index", ARTICLES)
    with khabarjoo.open(tmp_path / "index") as opened:
        yield opened


def ids(page: Page) -> list[str]:
    return [hit.id for hit in page]


def open_index(path: Path, *batches: list[Article], deleted: frozenset[str] = frozenset()) -> Searcher:
    make_index(path, *batches, deleted=deleted)
    return khabarjoo.open(path)


# -- queries -----------------------------------------------------------------------------------------------------------


def test_articles_with_any_word_are_found_and_those_with_more_come_first(news: Searcher) -> None:
    page = news.search("باران رشت")
    assert ids(page)[0] == "rain"
    assert set(ids(page)) == {"rain", "snow", "old"}
    assert (page.total, page.total_all, page.query, page.offset) == (3, 1, "باران رشت", 0)
    assert [hit.rank for hit in page] == [1, 2, 3]
    assert [hit.score for hit in page] == sorted((hit.score for hit in page), reverse=True)
    assert page.took_ms > 0


def test_a_hit_has_all_that_is_known_of_its_article(news: Searcher) -> None:
    hit = news.search("رشت")[0]
    article = ARTICLES[0]
    for name in ("id", "title", "published", "source", "category", "tags", "url", "code"):
        assert getattr(hit, name) == getattr(article, name)
    assert [(piece.text, piece.match) for piece in hit.marked_title] == [("باران در ", False), ("رشت", True)]
    assert "".join(piece.text for piece in hit.snippet) in article.body


@pytest.mark.parametrize("query", ["کتاب‌های", "كتابهاي", "کتاب های", "کتـاب", "کِتاب"])
def test_a_word_is_found_in_any_spelling(query: str, news: Searcher) -> None:
    assert ids(news.search(query)) == ["book"]


def test_a_stopword_among_words_finds_nothing_of_its_own(news: Searcher) -> None:
    assert ids(news.search("رشت در")) == ids(news.search("رشت")) == ["rain"]


def test_stopwords_alone_are_searched_for(news: Searcher) -> None:
    assert set(ids(news.search("در"))) == {"rain", "snow"}
    assert news.search("که").total == 0


@pytest.mark.parametrize("query", ["", "  ", "؟!", "\ud800", "\0", "\u200c"])
def test_a_query_without_words_finds_nothing(query: str, news: Searcher) -> None:
    assert (ids(news.search(query)), news.search(query).total, news.rank(query)) == ([], 0, [])


def test_a_query_without_words_but_with_a_filter_finds_all_that_pass(news: Searcher) -> None:
    page = news.search("", source="ایسنا")
    assert (ids(page), page.total, page.total_all) == (["book", "snow"], 2, 2)
    assert ids(news.search("", source="ایسنا", sort="newest")) == ["snow", "book"]


def test_a_filter_alone_is_a_whole_question(news: Searcher) -> None:
    page = news.search("  ", since="1401")
    assert (set(ids(page)), page.notes) == ({"rain", "snow"}, ())
    assert news.search("").notes
    assert news.facets("", by=("category",), source="ایسنا").articles == 2
    assert news.timeline("", by="year", tag="رشت").articles == 1


def test_words_that_are_nowhere_find_nothing(news: Searcher) -> None:
    assert (ids(news.search("هیچ‌کجای")), news.search("هیچ‌کجای").total) == ([], 0)
    page = news.search("باران قطارشهری‌ها")
    assert (page.total, page.total_all) == (3, 0)


def test_a_query_as_long_as_an_article_is_answered(news: Searcher) -> None:
    page = news.search(" ".join([*WORDS, "باران"] * 400))
    assert page.total == 4
    assert set(ids(page)) == {article.id for article in ARTICLES}


# -- filters -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"since": "1401"}, {"rain", "snow"}),
        ({"since": "۱۴۰۱/۰۷"}, {"snow"}),
        ({"until": "2022-09-01"}, {"rain", "old"}),
        ({"until": "2022-08"}, {"old"}),
        ({"since": "2022", "until": "2022"}, {"rain"}),
        ({"since": datetime(2023, 1, 5, 3, 30, tzinfo=TEHRAN)}, {"snow"}),
        ({"until": datetime(2023, 1, 5, tzinfo=UTC)}, {"rain", "old"}),
        ({"source": "پیک باران"}, {"rain"}),
        ({"source": ["ايسنا", "پیک"]}, {"rain", "snow"}),
        ({"category": "هواشناسي"}, {"rain", "snow"}),
        ({"tag": "رشت"}, {"rain"}),
        ({"tag": ("رشت", "تهران")}, {"rain", "snow"}),
        ({"tag": "رشت", "source": "ایسنا"}, set()),
        ({"source": "نیست"}, set()),
        ({"source": []}, {"rain", "snow", "old"}),
    ],
)
def test_filters_narrow_what_is_found_and_counted(options: dict[str, Any], expected: set[str], news: Searcher) -> None:
    page = news.search("باران", **options)
    assert set(ids(page)) == expected
    assert page.total == page.total_all == len(expected)


def test_filters_do_not_change_what_words_score(news: Searcher) -> None:
    query = "باران تهران کتاب برف رشت"  # of more words than those that take the best articles as an example
    whole = {hit.id: hit.score for hit in news.search(query)}
    some = {hit.id: hit.score for hit in news.search(query, source="ایسنا")}
    assert some == pytest.approx({id: whole[id] for id in ("snow", "book")})


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"limit": -1}, ValueError),
        ({"offset": -1}, ValueError),
        ({"sort": "best"}, ValueError),
        ({"since": "۳۱ مهر ۱۴۰۱"}, DateError),
        ({"until": "کسی چه می‌داند"}, DateError),
        ({"since": "1402", "until": "1401"}, DateError),
    ],
)
def test_options_that_make_no_sense_are_refused(
    options: dict[str, Any], error: type[ValueError], news: Searcher
) -> None:
    with pytest.raises(error):
        news.search("باران", **options)


# -- orders and pages --------------------------------------------------------------------------------------------------


def test_newest_and_oldest_go_by_date_with_undated_articles_last(tmp_path: Path) -> None:
    dates = [
        None,
        datetime(2020, 1, 1, tzinfo=UTC),
        datetime(2010, 1, 1, tzinfo=UTC),
        None,
        datetime(1950, 1, 1, tzinfo=UTC),
    ]
    articles = [Article(str(number), "باران", published=date) for number, date in enumerate(dates)]
    with open_index(tmp_path / "index", articles[:2], articles[2:]) as news:
        assert ids(news.search("باران", sort="newest")) == ["1", "2", "4", "0", "3"]
        assert ids(news.search("باران", sort="oldest")) == ["4", "2", "1", "0", "3"]


def test_by_date_articles_with_all_words_are_shown_or_those_with_any_when_there_are_none(news: Searcher) -> None:
    assert ids(news.search("باران تهران", sort="newest")) == ["snow"]
    assert ids(news.search("باران کتاب", sort="newest")) == ["snow", "rain", "old", "book"]
    assert ids(news.search("باران تهران", sort="oldest", source="پیک باران")) == ["rain"]


def corpus(seed: int, deleted: bool = True) -> tuple[list[list[Article]], frozenset[str]]:
    """Three batches of articles, and the ids of some of them."""
    rng = Random(seed)
    batches = [random_articles(rng, size, prefix=f"s{number}-") for number, size in enumerate((25, 1, 40))]
    gone = frozenset(article.id for batch in batches for article in batch if deleted and rng.random() < 0.3)
    return batches, gone


LONG_QUERIES = ["دانشگاه نفت کتابها NATO ۱۴۰۳", "باران برف تهران ایران همکاری مجلس", "قطار باران دولت بازار ورزش"]
"""Of more words than those that take the best articles as an example; so their scores are of article and words."""

QUERIES = ["باران", "باران برف تهران", "از به", "همکاری های بین المللی", "نیست باران", *LONG_QUERIES]


OPTIONS: list[dict[str, Any]] = [
    {},
    {"source": "باران"},
    {"category": "سیاسی"},
    {"tag": ["نفت", "مجلس"], "since": "2010"},
    {"sort": "newest"},
    {"sort": "oldest", "tag": "نفت"},
]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_pages_of_any_size_add_up_to_one_big_page(sort: Sort, tmp_path: Path) -> None:
    batches, gone = corpus(1)
    with open_index(tmp_path / "index", *batches, deleted=gone) as news:
        for query in QUERIES:
            big = news.search(query, limit=1000, sort=sort)
            assert len(big) == (big.total if sort == "relevance" else big.total_all or big.total)
            for size in (1, 3, 7):
                pages = [
                    news.search(query, limit=size, offset=start, sort=sort) for start in range(0, len(big) + 1, size)
                ]
                assert [(hit.rank, hit.id, hit.score) for page in pages for hit in page] == [
                    (hit.rank, hit.id, hit.score) for hit in big
                ]
                assert {(page.total, page.total_all) for page in pages} == {(big.total, big.total_all)}
            assert ids(news.search(query, limit=0, sort=sort)) == []
            assert ids(news.search(query, offset=10**9, sort=sort)) == []


def test_rank_equals_search(tmp_path: Path) -> None:
    batches, gone = corpus(2)
    with open_index(tmp_path / "index", *batches, deleted=gone) as news:
        for query in QUERIES:
            found = [(hit.id, hit.score) for hit in news.search(query, limit=1000)]
            assert news.rank(query) == found
            assert news.rank(query, limit=4) == found[:4]
            assert news.rank(query, limit=0) == []
        with pytest.raises(ValueError, match="negative"):
            news.rank("باران", limit=-1)


# -- indexes of every shape --------------------------------------------------------------------------------------------


def same(page: Page, expected: Page, sort: str = "relevance", **filters: Any) -> None:
    """The same answer; where the best articles are taken as an example only the same articles.

    What tells most about those was decided when they were indexed, by what was there then.
    """
    assert (page.total, page.total_all) == (expected.total, expected.total_all)
    scores, expected_scores = ({hit.id: hit.score for hit in each} for each in (page, expected))
    assert scores.keys() == expected_scores.keys()
    if sort != "relevance":
        assert ids(page) == ids(expected)
    if sort != "relevance" or page.query in LONG_QUERIES:
        assert scores == pytest.approx(expected_scores, rel=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_how_articles_are_spread_over_segments_changes_nothing(seed: int, tmp_path: Path) -> None:
    batches, _ = corpus(seed, deleted=False)
    together = [article for batch in batches for article in batch]
    with open_index(tmp_path / "one", together) as one, open_index(tmp_path / "many", *batches) as many:
        for query in QUERIES:
            for options in OPTIONS:
                same(many.search(query, limit=200, **options), one.search(query, limit=200, **options), **options)


@pytest.mark.parametrize("seed", range(3))
def test_deleted_articles_are_as_if_they_had_never_been(seed: int, tmp_path: Path) -> None:
    batches, gone = corpus(seed)
    kept = [[article for article in batch if article.id not in gone] for batch in batches]
    with (
        open_index(tmp_path / "with", *batches, deleted=gone) as news,
        open_index(tmp_path / "without", *kept) as clean,
    ):
        assert len(news) == len(clean) == sum(map(len, kept))
        for query in QUERIES:
            for options in OPTIONS:
                page = news.search(query, limit=200, **options)
                assert not gone & set(ids(page))
                same(page, clean.search(query, limit=200, **options), **options)
        for id in gone:
            with pytest.raises(NoSuchArticle):
                news.article(id)


def test_an_index_without_articles_finds_nothing(tmp_path: Path) -> None:
    with open_index(tmp_path / "index") as news:
        assert (len(news), ids(news.search("باران")), news.rank("باران")) == (0, [], [])
        assert ids(news.search("", source="ایسنا", sort="newest")) == []
        stats = news.stats()
        assert (stats.articles, stats.dated, stats.first, stats.last, stats.sources) == (0, 0, None, None, {})


def test_an_article_is_found_by_its_id_as_it_was_read(news: Searcher) -> None:
    assert [news.article(article.id) for article in ARTICLES] == ARTICLES
    for id in ("", "rai", "rains", "\ud800"):
        with pytest.raises(NoSuchArticle, match="no article has the id"):
            news.article(id)


def test_marking_cuts_title_lead_and_body_at_the_words_of_the_query(news: Searcher) -> None:
    article = news.article("snow")
    title, lead, body = news.mark(article, "برف بارید")
    assert ["".join(piece.text for piece in part) for part in (title, lead, body)] == [
        article.title, article.lead, article.body,
    ]  # fmt: skip
    assert [[piece.text for piece in part if piece.match] for part in (title, lead, body)] == [
        ["برف"],
        ["برف"],
        ["بارید"],
    ]


def test_stats_count_live_articles(tmp_path: Path) -> None:
    with open_index(tmp_path / "index", ARTICLES[:2], ARTICLES[2:], deleted=frozenset({"rain"})) as news:
        stats = news.stats()
    assert (stats.articles, stats.dated) == (3, 2)
    assert (stats.first, stats.last) == (ARTICLES[3].published, ARTICLES[1].published)
    assert (stats.sources, stats.categories) == ({"ایسنا": 2}, {"هواشناسی": 1, "فرهنگ": 1})
    assert list(stats.sources) == ["ایسنا"]
    assert stats.size_bytes > 0
    assert stats.terms > 5
    assert stats.path == tmp_path / "index"


def test_a_searcher_keeps_its_view_while_the_index_is_made_anew(tmp_path: Path) -> None:
    with open_index(tmp_path / "index", ARTICLES) as news:
        before = [(hit.id, hit.score) for hit in news.search("باران")]
        for _ in range(3):
            make_index(tmp_path / "index", [Article("new", "باران")])
        assert [(hit.id, hit.score) for hit in news.search("باران")] == before
        assert news.article("old") == ARTICLES[3]
        assert news.stats().articles == len(ARTICLES)
        assert news.is_outdated
    with khabarjoo.open(tmp_path / "index") as news:
        assert ids(news.search("باران")) == ["new"]
        assert not news.is_outdated


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    with pytest.raises(NoIndex):
        khabarjoo.open(tmp_path / "missing")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").touch()
    with pytest.raises(NotAnIndex):
        khabarjoo.open(str(tmp_path / "other"))
    make_index(tmp_path / "index", ARTICLES)
    (tmp_path / "index" / "s000001-1" / SEGMENT_FILE).write_bytes(b"")
    with pytest.raises(IndexDamaged):
        khabarjoo.open(tmp_path / "index")


_CUT_SHORT = """
import os, sys
from pathlib import Path
import khabarjoo
from khabarjoo.index.errors import IndexDamaged
news = khabarjoo.open(sys.argv[1])
page = news.search("باران")
for file in Path(sys.argv[1]).glob("*/columns.bin"):
    os.truncate(file, int(sys.argv[2]))
asks = {
    "search": lambda: news.search("باران"), "rank": lambda: news.rank("باران"), "facets": lambda: news.facets("باران"),
    "timeline": lambda: news.timeline("باران"), "similar": lambda: news.similar("a1"), "stats": lambda: news.stats(),
    "explain": lambda: news.explain("باران", "a1"), "article": lambda: news.article("a1"),
    "title": lambda: page[0].title, "snippet": lambda: page[1].snippet, "blame": lambda: news.blame(KeyError("x")),
    "names": lambda: news.names("tag"), "vocabulary": lambda: news.vocabulary(9), "dates": lambda: news.dates(),
}
for name, ask in asks.items():
    try:
        ask()
    except IndexDamaged as error:
        print(name, "is damaged" in str(error))
"""


@pytest.mark.parametrize("left", [0, 4096])
def test_a_file_that_is_cut_short_under_an_open_index_is_noticed_by_the_next_question(
    left: int, tmp_path: Path
) -> None:
    """Reading what is gone would end the process, so it is tried in one of its own."""
    make_index(tmp_path / "index", random_articles(Random(1), 400))
    arguments = [sys.executable, "-c", _CUT_SHORT, str(tmp_path / "index"), str(left)]
    ran = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    names = "search rank facets timeline similar stats explain article title snippet blame names vocabulary dates"
    assert ran.stdout.split() == [word for name in names.split() for word in (name, "True")]


def test_filters_are_taken_whole_or_one_by_one_and_not_both(news: Searcher) -> None:
    filters = Filters.of(since="1401/06", until="1401", source=["ایسنا", "مهر"])
    given: dict[str, Any] = {"since": "1401/06", "until": "1401", "source": ["ایسنا", "مهر"]}
    assert ids(news.search("باران", filters=filters)) == ids(news.search("باران", **given)) == ["snow"]
    assert news.facets("باران", filters=filters) == news.facets("باران", **given)
    assert news.timeline("باران", filters=filters) == news.timeline("باران", **given)
    assert filters.typed() == {"since": "1401/06", "until": "1401", "source": ("ایسنا", "مهر")}
    typed: dict[str, Any] = dict(filters.typed())
    assert Filters.of(**typed) == filters
    with pytest.raises(ValueError, match="not both"):
        news.search("باران", filters=filters, tag="رشت")


def test_an_error_of_the_callers_own_is_not_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That would read the whole index again."""
    make_index(tmp_path / "index", ARTICLES)
    with pytest.raises(KeyError), khabarjoo.open(tmp_path / "index") as news:
        monkeypatch.setattr(news, "blame", pytest.fail)
        raise KeyError("the caller's own")


def test_an_error_of_a_method_is_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_index(tmp_path / "index", ARTICLES)
    blamed: list[Exception] = []
    with khabarjoo.open(tmp_path / "index") as news:
        monkeypatch.setattr(news, "blame", blamed.append)
        page = news.search("باران")
        monkeypatch.setattr(news._engine, "read", lambda article: dict[str, object]()["damaged"])
        for ask in (lambda: news.article("rain"), lambda: page[0].title, lambda: news.mark_whole(ARTICLES[0], "باران")):
            with pytest.raises(KeyError):
                ask()
    assert len(blamed) == 3


def test_an_index_knows_its_folder_without_counting_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_index(tmp_path / "index", ARTICLES)
    monkeypatch.chdir(tmp_path)
    with khabarjoo.open("index") as news:
        assert (news.path, news.name) == (Path("index"), str(tmp_path / "index"))


def test_names_words_and_dates_are_those_of_live_articles(tmp_path: Path) -> None:
    with open_index(tmp_path / "index", ARTICLES) as news:
        stats = news.stats()
        assert news.names("source") == stats.sources
        assert news.dates() == (stats.first, stats.last)
        assert "باران" in {word.form for word in news.vocabulary(1000)}


def test_a_page_is_a_sequence_of_hits(news: Searcher) -> None:
    page = news.search("باران")
    assert len(page) == 3
    assert [hit.id for hit in page[1:]] == ids(page)[1:]
    assert page[-1] == list(page)[-1]
    assert page[0] in page
    assert not news.search("نیست‌جایی")
