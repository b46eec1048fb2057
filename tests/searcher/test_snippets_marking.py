"""What is marked in an article found is what reading the whole of it marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NoReturn

import pytest

import khabarjoo
from khabarjoo import Searcher
from khabarjoo.analyzers.analyzer import PersianAnalyzer, default_analyzer
from khabarjoo.index.article import Article
from khabarjoo.searcher.highlight import wanted
from khabarjoo.searcher.query.query_reading import read_query
from khabarjoo.searcher.snippets import mark, snippet
from tests.corpus import ZWNJ, make_index, random_articles

# Words in tokens of their own, run together, with a number, between the same letters, and with letters of no table.
ARTICLES = [
    Article("run", "جهاددانشگاهی", body="در جهاددانشگاهی و جهاد دانشگاهی. دانشگاه‌های ما و دانشگاه های شما"),
    Article("pair", "گفت و گو", "حمل و نقل", "گفت‌وگو، گفتگو و گفت و گوی ما. گفت، و گو."),
    Article("digit", "کووید۱۹", body="به ۲۰درصد و کووید ۱۹ رسید؛ ۱۲٬۰۰۰ نفر، ۳٫۵ درصد و کووید-19"),
    Article("within", "ایران", body="ایرانی‌ها، عصرایران و ايران. ایران ایران، نیم‌ایران ایرانی"),
    Article("spread", "علی قلی زاده", body="فتح الله زاده و سوءمدیریت ها بین\xa0المللی بین المللی\nبین\nالمللی"),
    Article("odd", "باران 🌧 ﺑﺎﺭﺍﻥ", body="بـاران، باران‌ها 🌧 بارانی ꙮ باران\u200fی"),
    Article("long", body=f"{'واژه ' * 400}باران{' واژه' * 400}. می{ZWNJ}رود و می رود و میرود"),
]
QUERIES = [
    "جهاد دانشگاهی", "دانشگاه", "گفت و گو", "گفتگو", "حمل و نقل", "کووید 19", "درصد", "12000 نفر", "ایران", '"ایران"',
    "ایرا*", "ایراز~", "زاده", "قلی", "مدیریت", "بین المللی", "المللی", "باران", "می‌رود", "title:باران", "و",
    "باران OR ایران", "ایران -عصر", '"بین المللی"', "همکاری", "دانشگاه همکاری باران برف تهران",
]  # fmt: skip


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    path: Path = tmp_path_factory.mktemp("marking") / "index"
    articles = [*ARTICLES, *random_articles(Random(4), 60)]
    make_index(path, articles[:30], articles[30:])
    with khabarjoo.open(path) as opened:
        yield opened


@pytest.mark.parametrize("query", QUERIES)
def test_titles_and_snippets_are_those_of_texts_read_whole(news: Searcher, query: str) -> None:
    words = wanted(read_query(query, default_analyzer()).root)
    hits = news.search(query, limit=100)
    assert hits.total
    for hit in hits:
        article = hit.article
        title, lead, body = (
            (t, words.matches(t, default_analyzer())) for t in (article.title, article.lead, article.body)
        )
        assert hit.marked_title == mark(*title)
        assert hit.snippet == snippet([lead, body])


def test_nothing_is_marked_where_no_word_was_asked_for(news: Searcher) -> None:
    for hit in (*news.search("", source="همه"), *news.similar("within", limit=3)):
        assert not any(piece.match for piece in (*hit.marked_title, *hit.snippet))


@pytest.mark.parametrize("query", ["*ا*", "باران~2", "و از در به", '"باران در"~5', "title:باران OR *ن"])
def test_articles_are_not_analysed_to_be_marked(news: Searcher, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hits = news.search(query, limit=100)
    assert hits.total > 10

    def refuse(*given: object) -> NoReturn:
        raise AssertionError("a text is analysed")

    monkeypatch.setattr(PersianAnalyzer, "tokens", refuse)
    marked = [piece for hit in hits for piece in (*hit.marked_title, *hit.snippet) if piece.match]
    assert len(marked) > 10
