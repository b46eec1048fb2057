"""How common words are in segments that are there already."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from corpus import WORDS, make_live, random_articles, words_of

from khabarjoo.index.collection_statistics import background


@pytest.mark.parametrize("few", [0, 2000], ids=["all read", "looked up"])
def test_frequencies_are_those_of_all_segments_deleted_articles_included(
    few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khabarjoo.index.collection_statistics._FEW", few)
    runs = [random_articles(Random(seed), 15, prefix=f"{seed}-") for seed in range(3)]
    lives = [make_live(tmp_path / str(n), run, deleted={run[0].id, run[7].id}) for n, run in enumerate(runs)]
    lemmas_of = [{lemma for word in words_of(article) for lemma in word.lemmas} for run in runs for article in run]
    lemmas = [*sorted({lemma for lemmas in lemmas_of for lemma in lemmas}), "هیچ‌کجا", "", "\ud800", *WORDS]
    articles, frequencies = background(lives)(lemmas)
    assert articles == 45
    assert frequencies.tolist() == [sum(lemma in lemmas for lemmas in lemmas_of) for lemma in lemmas]


def test_where_nothing_is_indexed_all_words_are_unknown(tmp_path: Path) -> None:
    for segments in ([], [make_live(tmp_path / "s", [])]):
        articles, frequencies = background(segments)(["باران", "برف"])
        assert (articles, frequencies.tolist()) == (0, [0, 0])
        assert background(segments)([])[1].tolist() == []
