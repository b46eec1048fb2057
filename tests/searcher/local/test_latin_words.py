"""Latin words of a query: which may be Persian, and which stay what they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import khabarjoo
from khabarjoo import Searcher, Suggestion
from khabarjoo.analyzers.word_tables import table_text
from khabarjoo.index.article import Article
from khabarjoo.searcher.local.latin_words import is_english, latin_run
from khabarjoo.searcher.local.suggest import LATIN
from tests.corpus import make_index


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    bodies = ["موسوم رم هلو بانک", "قیمت دلار در بازار", "گزارش Reuters از بازار", "تلگرام و کارتون", "شبکه ONTV"]
    folder = tmp_path_factory.mktemp("latin") / "index"
    make_index(folder, [Article(f"a{number}", body=body) for number, body in enumerate(bodies)])
    with khabarjoo.open(folder) as opened:
        yield opened


@pytest.mark.parametrize(
    "query", ["museum", "army", "Museum", "hello", "cartoon", "reuters", "ONTV", "gzrsh", "x", "ab12"]
)
def test_english_words_outlets_and_what_is_no_word_stay_what_they_are(news: Searcher, query: str) -> None:
    before = [hit.id for hit in news.search(query)]
    assert news.search(query).suggestion is None
    assert [hit.id for hit in news.search(query)] == before


def test_where_nothing_is_found_the_persian_word_is_searched_and_said(news: Searcher) -> None:
    page = news.search("gozaresh")
    assert page.suggestion == Suggestion("گزارش", True, LATIN)
    assert [hit.id for hit in page] == ["a2"]


def test_where_something_is_found_it_is_only_suggested(news: Searcher) -> None:
    page = news.search("gheymat بانک")
    assert page.suggestion == Suggestion("قیمت بانک", False, LATIN)
    assert [hit.id for hit in page] == ["a0"]


def test_an_english_word_beside_persian_ones_in_latin_letters_is_left_where_no_common_word_is_so_spelled(
    news: Searcher,
) -> None:
    assert news.search("museum gozaresh").suggestion == Suggestion("museum گزارش", True, LATIN)


def test_all_words_of_a_query_are_read_and_signs_stay(news: Searcher) -> None:
    assert news.search("(gheymat OR gozaresh) bazaar-e").suggestion.query.startswith("(قیمت OR گزارش)")


def test_a_run_of_latin_letters_is_told_from_codes() -> None:
    assert [latin_run(text) for text in ("bazar!", "«bazar»", "b2b", "دلارdolar")] == [(0, 5), None, None, None]


def test_the_list_of_english_words_is_in_order_and_says_where_from() -> None:
    lines = table_text("english_words.txt").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert words == sorted(set(words))
    assert len(words) > 30_000
    assert "Licence" in "".join(lines[:12])
    assert is_english("Armies")
    assert not is_english("bazari")
