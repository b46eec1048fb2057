from __future__ import annotations

from random import Random

import pytest

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.index.article import Article
from khabarjoo.index.opensearch.documents import analysed, inverted_of
from khabarjoo.index.opensearch.vocabulary_log import WordCounts, pack, packed, unpack, unpacked
from tests.corpus import random_articles


def counted(*groups: tuple[list[Article], int]) -> WordCounts:
    counts = WordCounts.none()
    bulk = BulkAnalyzer(default_analyzer())
    for articles, sign in groups:
        counts.add(inverted_of(analysed(articles, bulk)), sign)
    return counts


def test_what_is_taken_away_leaves_what_was_never_added() -> None:
    stay, go = random_articles(Random(1), 20, "a"), random_articles(Random(2), 15, "b")
    one, other = counted((stay, 1), (go, 1), (go, -1)), counted((stay, 1))
    assert +one.forms == other.forms
    assert +one.lemmas == other.lemmas


def test_entries_add_up_however_the_runs_were_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabarjoo.index.opensearch.vocabulary_log._CHUNK", 7)
    first, second = random_articles(Random(3), 10, "a"), random_articles(Random(4), 10, "b")
    entries = [*packed(counted((first, 1))), *packed(counted((second, 1)))]
    assert len(entries) > 4
    whole = counted((first + second, 1))
    found = unpacked(entries)
    assert (found.forms, found.lemmas) == (whole.forms, whole.lemmas)


def test_a_lemma_counts_once_an_article() -> None:
    counts = counted(([Article("a", "کتاب کتاب کتاب‌ها"), Article("b", "کتاب")], 1))
    assert counts.lemmas["کتاب"] == 2
    assert sum(times for (form, *_), times in counts.forms.items() if form == "کتاب") == 3


@pytest.mark.parametrize(
    "wrong", ["", "no base64!", pack([])[:-4], pack({"a": 1}), pack([[[1]], []]), pack([[], [["a"]]]), pack([])]
)
def test_an_entry_of_somebody_else_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not that of an article's words"):
        unpacked([wrong])


def test_an_entry_that_opens_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = pack(["ا" * 100_000])
    assert unpack(entry)
    monkeypatch.setattr("khabarjoo.index.opensearch.vocabulary_log._LONGEST", 10_000)
    with pytest.raises(ValueError, match="opens to too much"):
        unpack(entry)
