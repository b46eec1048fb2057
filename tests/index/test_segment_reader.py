"""A reader of one live segment tells nothing of its deleted articles."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from khabarjoo.index.segment_reader import SegmentReader
from tests.corpus import make_live, random_articles


@pytest.mark.parametrize("deleted", [0, 2])
def test_the_articles_with_a_lemma_are_those_of_its_postings(deleted: int, tmp_path: Path) -> None:
    articles = random_articles(Random(6), 30)
    reader = SegmentReader(make_live(tmp_path / "s", articles, [article.id for article in articles[:deleted]]))
    for lemma in (*reader.columns.lemmas, "نیست"):
        assert reader.articles_with(lemma) == len(reader.decoded(lemma).docs)
    assert reader.doc_count() == 30 - deleted
