from __future__ import annotations

from random import Random

import numpy as np

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.index.opensearch.documents import WordReader, analysed, documents, inverted_of
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.searcher.opensearch.window import Window
from tests.corpus import make_index, random_articles


def test_articles_of_a_window_are_a_segment_like_one_on_disk(tmp_path) -> None:  # type: ignore[no-untyped-def]
    articles = random_articles(Random(5), 25)
    words = analysed(articles, BulkAnalyzer(default_analyzer()))
    made = [document for _, document in documents([(a, "f") for a in articles], words, inverted_of(words))]
    window = Window(lambda: made, WordReader())
    disk = SegmentReader(make_index(tmp_path / "index", articles).segments[0])
    assert [window.article(number) for number in range(25)] == articles
    assert window.origin(3) == "f"
    assert list(window.reader.columns.ids) == list(disk.columns.ids)
    assert np.array_equal(window.reader.columns.published, disk.columns.published)
    assert np.array_equal(window.reader.columns.signatures, disk.columns.signatures)
    for lemma in ("باران", "همکاری", "نیست"):
        one, other = window.reader.decoded(lemma), disk.decoded(lemma)
        assert np.array_equal(one.docs, other.docs)
        assert np.array_equal(one.impacts, other.impacts)
    for doc in range(25):
        expected = [disk.columns.forms[form] for form in disk.columns.words(doc).tolist()]
        assert [window.reader.columns.forms[form] for form in window.reader.columns.words(doc).tolist()] == expected


def test_a_window_is_fetched_when_it_is_needed_and_once() -> None:
    fetched = []

    def fetch() -> list[dict[str, object]]:
        fetched.append(1)
        return [{"id": "a", "article": {"title": "باران"}}]

    window = Window(fetch, WordReader())
    assert fetched == []
    assert window.article(0).title == "باران"
    assert window.origin(0) == ""
    assert fetched == [1]
