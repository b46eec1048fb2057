from __future__ import annotations

import json
from datetime import UTC, datetime
from random import Random
from typing import Any

import numpy as np
import pytest

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.index.article import Article
from khabarjoo.index.bm25f import WEIGHTING
from khabarjoo.index.opensearch.documents import (
    WordReader,
    analysed,
    article_of,
    document_id,
    documents,
    inverted_of,
    term_of,
)
from khabarjoo.index.opensearch.mapping import FIELDS, IS_FORM, TIMES, index_body
from khabarjoo.index.segment_writer import word_columns
from tests.corpus import random_articles

ARTICLE = Article(
    "خبر-۱",
    "همکاری‌های علمی",
    "",
    "كتابهاي تازه و همکاری های دیگر، می‌شود ۱۲٫۵ NATO",
    datetime(2023, 3, 25, 9, tzinfo=UTC),
    "ایسنا",
    "علمی",
    ("کتاب", "علم", "کتاب"),
    "https://example.org/1",
    "1402-7",
)


def bulk() -> BulkAnalyzer:
    return BulkAnalyzer(default_analyzer())


def document(article: Article) -> dict[str, Any]:
    (made,) = made_of([article])
    return made


def made_of(articles: list[Article]) -> list[dict[str, Any]]:
    words = analysed(articles, bulk())
    return [made for _, made in documents([(article, "f") for article in articles], words, inverted_of(words))]


def test_an_article_comes_back_as_it_went() -> None:
    rng = Random(7)
    for article in (ARTICLE, Article("empty"), *random_articles(rng, 30)):
        sent = json.loads(json.dumps(document(article)))
        sent.pop("lemmas")  # which the server does not keep
        assert article_of(sent) == article


def test_the_words_that_come_back_are_those_that_were_analysed() -> None:
    articles = [ARTICLE, Article("empty"), *random_articles(Random(8), 30)]
    made = made_of(articles)
    once, again = (
        word_columns(words.terms, words.numbers, words.lengths, WEIGHTING)
        for words in (analysed(articles, bulk()), WordReader().read(made))
    )
    assert once.keys() == again.keys()
    for name in ("lemmas", "postings.docs", "postings.impacts", "postings.ends", "signatures", "keywords.weights"):
        assert np.array_equal(once[name], again[name]), name
    for columns in (once, again):  # forms as common as each other are numbered as they are met
        assert len(columns["forms.lemma"]) == len(once["forms.lemma"])


def test_a_document_has_each_field_the_mapping_has_and_no_other() -> None:
    fields = index_body(3, 1)["mappings"]["properties"]
    assert set(document(ARTICLE)) | {"said", "speaker", "speech"} == set(fields)
    assert set(document(Article("empty"))) <= set(fields)


def test_lemmas_stand_with_their_impacts_and_words_with_all_their_terms() -> None:
    made = document(Article("a", "کتاب کتاب‌ها"))
    lemma, *forms = made["lemmas"].split(" ")
    assert set(forms) == {f"{IS_FORM}{form}{TIMES}116" for form in ("کتاب", "کتابها")}
    text, impact = lemma.split(TIMES)
    assert text == "کتاب"
    assert 1 <= int(impact) <= 255
    assert [token.split(IS_FORM)[1] for token in made["title"].split(" ")] == ["کتاب", "کتابها"]


def test_what_no_document_may_be_called_is_called_by_a_digest() -> None:
    assert document_id("a" * 512) == "a" * 512
    names = {document_id(id) for id in ("a" * 513, "ب" * 257, "", "\ud800", "sha256:x")}
    assert len(names) == 5
    assert all(name.startswith("sha256:") and len(name) == 71 for name in names)


def test_letters_that_are_none_are_sent_as_the_sign_for_that() -> None:
    made = document(Article("a", "باران \ud800 آمد"))
    json.dumps(made, ensure_ascii=False).encode()
    assert article_of(made).title == "باران \ufffd آمد"


def test_words_longer_than_the_server_takes_are_told_by_digests() -> None:
    assert term_of("ب" * 8_000) == "ب" * 8_000
    assert term_of("ب" * 8_001).startswith("sha256:")
    assert term_of("ب" * 8_001) != term_of("ب" * 8_002)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"id": "a", "article": None},
        {"id": "a", "article": []},
        {"id": 7, "article": {}},
        {"id": "a", "article": {"title": 1}},
        {"id": "a", "article": {"tags": 1}},
        {"id": "a", "article": {}, "published": 10**18},
        {"id": "a", "article": {}, "published": "soon"},
        {"id": "a", "article": {}, "source": ["a", "b"]},
    ],
)
def test_a_document_of_somebody_else_is_no_article(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"is not that of an article|invalid literal"):
        article_of(wrong)


def test_words_of_somebody_else_are_refused() -> None:
    assert list(FIELDS) == ["title", "lead", "body"]
    for wrong in ("plain words", IS_FORM + "no lemma", "\ue000\ue000"):
        with pytest.raises(ValueError, match="is not that of an article"):
            WordReader().read([{"title": wrong}])


def test_no_more_terms_are_remembered_than_a_window_is_worth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabarjoo.index.opensearch.documents._REMEMBERED", 3)
    reader = WordReader()
    first = reader.read([{"body": " ".join(f"{n}\ue000\ue001{n}" for n in range(5))}])
    second = reader.read([{"body": "9\ue000\ue0019"}])
    assert [term.form for term in first.terms] == ["0", "1", "2", "3", "4"]
    assert [term.form for term in second.terms] == ["9"]
