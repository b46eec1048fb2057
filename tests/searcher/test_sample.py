"""The bundled sample: ranking is what an independent scorer makes of it, and all that is told of it is true."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import khabarjoo
from khabarjoo import Searcher
from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.calendars import jalali
from khabarjoo.index.article import Article
from khabarjoo.index.errors import NoSuchArticle
from khabarjoo.index.file_sync import sync
from khabarjoo.index.store import open_snapshot
from khabarjoo.searcher.query.query_reading import read_query
from khabarjoo.seeds import pages_folder
from tests.searcher.brute_force import BruteForce, Ranked, of_snapshot

LINES = (pages_folder().parent / "queries.tsv").read_text(encoding="utf-8").splitlines()
QUERIES = [line.split("\t")[1] for line in LINES]

OTHERS = [
    '"هوش مصنوعی"',
    "عنوان:آب",
    "هوش NOT مصنوعی",
    "کشاورز*",
    "آنفلوانزا~1",
    "آب نزدیک کشاورزی",
    "+خورشیدی نیروگاه بیرجند",
    "(سرقت OR آتش) پایان‌نامه",
]
"""Queries with operators."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "index"
    sync(path, [pages_folder()])
    return path


@pytest.fixture(scope="module")
def news(index: Path) -> Iterator[Searcher]:
    with khabarjoo.open(index) as opened:
        yield opened


@pytest.fixture(scope="module")
def plain(index: Path) -> BruteForce:
    return of_snapshot(open_snapshot(index))


def asked(plain: BruteForce, query: str) -> Ranked:
    return plain.answer(read_query(query, default_analyzer()))


def matching(plain: BruteForce, query: str) -> list[Article]:
    """The articles with all words, or those with any when none has all."""
    ranked = plain.match(read_query(query, default_analyzer()).root)
    return [plain.plain.articles[number] for number in sorted(ranked.complete or ranked.scores)]


# -- ranking -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", [*QUERIES, *OTHERS])
def test_ranking_agrees_with_an_independent_scorer(query: str, news: Searcher, plain: BruteForce) -> None:
    page, expected = news.search(query, limit=100), asked(plain, query)
    assert (page.total, page.total_all) == (expected.total, expected.total_all)
    assert [hit.id for hit in page] == list(expected.scores)[:100]
    assert [hit.score for hit in page] == pytest.approx(list(expected.scores.values())[:100], rel=1e-6)


def test_every_query_of_the_sample_finds_something(news: Searcher) -> None:
    assert all(news.search(query).total for query in [*QUERIES, *OTHERS])


# -- explain -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", [*QUERIES, *OTHERS])
def test_the_lines_of_an_explanation_add_up_to_the_score_of_the_hit(query: str, news: Searcher) -> None:
    page = news.search(query, limit=1000)
    for hit in [*page[:5], *page[25:35], *page[-2:]]:
        explanation = news.explain(query, hit.id)
        assert explanation.score == pytest.approx(hit.score, rel=1e-4, abs=1e-4)
        assert sum(line.value for line in explanation.lines) == pytest.approx(explanation.score)
        assert all(line.what and line.value >= 0 for line in explanation.lines)
        assert (explanation.query, explanation.id) == (query, hit.id)


@pytest.mark.parametrize("query", ["خشکسالی", '"هوش مصنوعی"', "هوش NOT مصنوعی"])
def test_what_does_not_match_has_no_line_and_no_score(query: str, news: Searcher) -> None:
    found = {hit.id for hit in news.search(query, limit=1000)}
    other = next(hit.id for hit in news.search("از به که در و", limit=1000) if hit.id not in found)
    explanation = news.explain(query, other)
    assert (explanation.score, explanation.lines) == (0.0, ())
    with pytest.raises(NoSuchArticle):
        news.explain(query, "no such")


# -- similar -----------------------------------------------------------------------------------------------------------


def test_similar_articles_are_others_with_words_in_common_best_first(news: Searcher, plain: BruteForce) -> None:
    for article in plain.plain.articles[::7]:
        page = news.similar(article.id, limit=5)
        scores = [hit.score for hit in page]
        assert article.id not in {hit.id for hit in page}
        assert scores == sorted(scores, reverse=True)
        assert page.total >= len(page) > 0
        assert page[0].title


def test_a_copy_of_an_article_is_most_like_it(news: Searcher) -> None:
    manifest = json.loads((pages_folder().parent / "manifest.json").read_text(encoding="utf-8"))
    articles = [article for file in manifest["files"] for article in file["articles"]]
    pairs = [(article["id"], article["copy_of"]) for article in articles if article["copy_of"]]
    assert len(pairs) == 6
    for copy, original in pairs:
        assert news.similar(copy)[0].id == original
        assert news.similar(original)[0].id == copy


def test_like_no_article_nothing_can_be(news: Searcher, plain: BruteForce) -> None:
    with pytest.raises(NoSuchArticle):
        news.similar("no such")
    assert len(news.similar(plain.plain.articles[0].id, limit=0)) == 0
    with pytest.raises(ValueError, match="negative"):
        news.similar(plain.plain.articles[0].id, limit=-1)


# -- facets and timeline -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", [*QUERIES, *OTHERS])
def test_facets_count_the_articles_that_match(query: str, news: Searcher, plain: BruteForce) -> None:
    articles = matching(plain, query)
    facets = news.facets(query, limit=1000)
    days = [jalali(article.published) for article in articles if article.published]
    expected = {
        "source": Counter(article.source for article in articles if article.source),
        "category": Counter(article.category for article in articles if article.category),
        "tag": Counter(tag for article in articles for tag in set(article.tags)),
        "year": Counter(f"{day.year:04}" for day in days),
        "month": Counter(f"{day.year:04}/{day.month:02}" for day in days),
    }
    assert facets.articles == len(articles)
    assert {facet.name: {each.name: each.count for each in facet.counts} for facet in facets.facets} == expected
    assert facets.words == ("all" if asked(plain, query).total_all else "any")


@pytest.mark.parametrize("query", [*QUERIES, *OTHERS])
def test_a_timeline_has_every_month_from_the_first_article_to_the_last(
    query: str, news: Searcher, plain: BruteForce
) -> None:
    articles = matching(plain, query)
    days = [jalali(article.published) for article in articles if article.published]
    timeline = news.timeline(query, by="month")
    counts = {(period.year, period.part): period.count for period in timeline.periods}
    assert (timeline.articles, timeline.undated) == (len(articles), len(articles) - len(days))
    assert +Counter(counts) == Counter((day.year, day.month) for day in days)
    months = [12 * year + month for year, month in counts]
    assert months == (list(range(min(months), max(months) + 1)) if days else [])


def test_facets_and_timelines_are_narrowed_as_searches_are(news: Searcher) -> None:
    whole = news.facets("آب", by=("source",)).facets[0].counts
    name = whole[0].name
    narrowed = news.facets("آب", by=("source", "year"), source=name)
    assert narrowed.facets[0].counts == (whole[0],)
    assert narrowed.articles == news.timeline("آب", source=name).articles == whole[0].count
    everything = news.facets("", by=("source",), source=name)
    assert everything.articles == news.search("", source=name, limit=0).total >= whole[0].count
