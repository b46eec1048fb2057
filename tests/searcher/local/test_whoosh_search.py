"""Whoosh's searcher over segments scores single words as our own ranking does."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh.query import Term

from khabarjoo.index.article import Article
from khabarjoo.index.schema import ALL_TEXT
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.searcher.local.ranking import inverse_document_frequency
from khabarjoo.searcher.local.whoosh_search import ImpactWeighting, whoosh_searcher
from tests.corpus import make_live


def test_scores_are_frequency_over_all_segments_times_impact(tmp_path: Path) -> None:
    lives = [
        make_live(tmp_path / "0", [Article("a", "باران"), Article("b", "برف"), Article("gone", "باران")], {"gone"}),
        make_live(tmp_path / "1", [Article("c", "باران"), Article("d", "باد")]),
    ]
    searcher = whoosh_searcher([SegmentReader(live) for live in lives])
    idf = inverse_document_frequency(4, 2)
    impacts = lives[0].segment.postings(lives[0].segment.lemma_number("باران")).impacts
    for boost in (1.0, 2.5):
        hits = searcher.search(Term(ALL_TEXT, "باران", boost=boost), limit=None)
        assert [hit["id"] for hit in hits] == ["a", "c"]
        assert [hit.score for hit in hits] == pytest.approx([boost * idf * int(impacts[0]) / 255] * 2)


def test_no_article_scores_above_what_a_scorer_promises(tmp_path: Path) -> None:
    live = make_live(tmp_path / "0", [Article(str(number), "باران " * number) for number in range(1, 30)])
    searcher = whoosh_searcher([SegmentReader(live)])
    scorer = ImpactWeighting().scorer(searcher, ALL_TEXT, "باران")
    matcher = searcher.postings(ALL_TEXT, "باران")
    while matcher.is_active():
        assert scorer.score(matcher) <= scorer.block_quality(matcher) == scorer.max_quality()
        matcher.next()
