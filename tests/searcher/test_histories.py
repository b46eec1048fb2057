"""Whatever way the same articles came into an index, it gives the same pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

import khabarjoo
from khabarjoo.index.article import Article
from tests.corpus import WORDS, random_articles
from tests.searcher.histories import HISTORIES, History, Row, differing, name_of, pages

ARTICLES = 240
QUERIES = (
    "باران", "همکاری های دانشگاه", "كتابهاي تهران ایران", "برف مجلس دولت فوتبال نفت", "«دولت مجلس»", "باران NEAR/3 برف",
    "نفت OR برف", "دانشگاه -برف", "کت*", "title:تهران", "source:ایسنا", "source:مهر OR category:سیاسی", "فوتبال~",
    "NATO", "دانشپاه", "فوتیال بازار", "قطار", "",
)  # fmt: skip


def row_of(article: Article) -> Row:
    row = {name: getattr(article, name) for name in ("id", "title", "lead", "body", "source", "category")}
    published = {"date": article.published.isoformat()} if article.published else {}
    return {**row, **published, "tags": list(article.tags)}


def rows() -> list[Row]:
    """Articles of few words, many alike and some the same but for their ids, which are in no order."""
    rng = Random(13)
    articles = [row_of(article) for article in random_articles(rng, ARTICLES)]
    for place, number in enumerate(rng.sample(range(ARTICLES), ARTICLES)):
        articles[place]["id"] = f"n{number}"
    for place in range(0, ARTICLES, 8):
        articles[place + 3] |= {name: articles[place][name] for name in ("title", "lead", "body")}
    return articles


@pytest.fixture(scope="module")
def in_one_go(tmp_path_factory: pytest.TempPathFactory) -> Path:
    history = History(tmp_path_factory.mktemp("one"), rows())
    HISTORIES[0](history)
    return history.index


@pytest.mark.parametrize("live", HISTORIES[1:], ids=name_of)
def test_pages_do_not_depend_on_the_way_to_them(
    live: Callable[[History], None], in_one_go: Path, tmp_path: Path
) -> None:
    history = History(tmp_path, rows())
    live(history)
    with khabarjoo.open(in_one_go) as news, khabarjoo.open(history.index) as other:
        assert differing(news, other, QUERIES) == []


def test_pages_tell_articles_apart_that_differ_in_one_word(in_one_go: Path, tmp_path: Path) -> None:
    """Lest nothing be compared."""
    changed = rows()
    changed[0]["body"] += f" {WORDS[0]}"
    history = History(tmp_path, changed)
    HISTORIES[0](history)
    with khabarjoo.open(in_one_go) as news, khabarjoo.open(history.index) as other:
        assert differing(news, other, QUERIES)


def test_nearly_every_query_finds_or_suggests_something(in_one_go: Path) -> None:
    with khabarjoo.open(in_one_go) as news:
        found = [pages(news, query) for query in QUERIES]
    assert sum(page["totals"] != (0, 0) or page["suggestion"] is not None for page in found) >= len(QUERIES) - 2
    assert sum(page["suggestion"] is not None for page in found) >= 2
