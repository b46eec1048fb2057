"""Segments: articles, look-ups and facets, read back from disk."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabarjoo.index.article import Article
from khabarjoo.index.columns import ColumnsError
from khabarjoo.index.segment import SEGMENT_FILE, Facet, Segment
from tests.corpus import any_texts, make_segment, only, random_articles

moments = st.one_of(
    st.none(),
    st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)).map(lambda moment: moment.replace(microsecond=0, tzinfo=UTC)),
)
articles = st.builds(
    Article,
    id=any_texts,
    title=any_texts,
    lead=any_texts,
    body=any_texts,
    published=moments,
    source=any_texts,
    category=any_texts,
    tags=st.lists(any_texts, max_size=3).map(tuple),
    url=any_texts,
    code=any_texts,
)


@settings(max_examples=40)
@given(st.lists(articles, max_size=4, unique_by=lambda article: article.id))
def test_articles_come_back_as_they_were(written: list[Article]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        segment = make_segment(Path(folder, "s"), written)
        assert [segment.article(doc) for doc in range(len(segment))] == written
        assert [segment.doc_number(article.id) for article in written] == list(range(len(written)))


def test_fractions_of_a_second_are_not_kept(tmp_path: Path) -> None:
    moment = datetime(2022, 9, 1, 10, 0, 0, 123_456, tzinfo=UTC)
    article = make_segment(tmp_path / "s", [Article("a", published=moment)]).article(0)
    assert article.published == moment.replace(microsecond=0)


def test_an_id_or_a_lemma_that_is_not_there_has_no_number(tmp_path: Path) -> None:
    segment = make_segment(tmp_path / "s", [Article("b", "باران"), Article("d", "برف")])
    assert [segment.doc_number(id) for id in ("", "a", "c", "e", "bb", "\ud800")] == [-1] * 6
    assert [segment.lemma_number(lemma) for lemma in ("", "بار", "بارانی‌ها", "\ud800", "z")] == [-1] * 5


def test_words_are_the_same_from_any_places(tmp_path: Path) -> None:
    segment = make_segment(tmp_path / "s", random_articles(Random(2), 20))
    every = segment.words_at(np.arange(int(segment.doc_ends[-1])))
    assert np.concatenate([segment.words(doc) for doc in range(20)]).tolist() == every.tolist()
    backwards = np.arange(len(every))[::-1]
    assert segment.words_at(backwards).tolist() == every[::-1].tolist()
    assert segment.words_at(np.zeros(0, np.int64)).tolist() == []


def names_of(facet: Facet, doc: int) -> list[str]:
    return [facet.names[number] for number in facet.numbers(doc).tolist()]


@pytest.mark.parametrize("seed", range(4))
def test_facets_name_list_and_count_as_dictionaries_do(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    written = random_articles(rng, 30)
    segment = make_segment(tmp_path / "s", written)
    chosen = sorted(rng.sample(range(30), 12))
    for facet, rows in (
        (segment.sources, [[a.source] if a.source else [] for a in written]),
        (segment.categories, [[a.category] if a.category else [] for a in written]),
        (segment.tags, [list(a.tags) for a in written]),
    ):
        assert [names_of(facet, doc) for doc in range(30)] == rows
        counts = Counter(name for doc in chosen for name in rows[doc])
        assert facet.counts(np.array(chosen)).tolist() == [counts[name] for name in facet.names]
        for number, name in enumerate(facet.names):
            assert facet.docs([number]).tolist() == [doc for doc, row in enumerate(rows) if name in row]
        every = list(range(len(facet.names)))
        assert facet.docs(every).tolist() == [doc for doc, row in enumerate(rows) if row]
        assert facet.docs([]).tolist() == []


def test_facet_names_are_listed_from_the_commonest_and_a_tag_once_an_article(tmp_path: Path) -> None:
    first = Article("a", source="مهر", tags=("نفت", "گاز", "نفت"))
    segment = make_segment(
        tmp_path / "s", [first, replace(first, id="b", source="ایسنا"), Article("c", source="ایسنا")]
    )
    assert segment.sources.names == ["ایسنا", "مهر"]
    assert names_of(segment.tags, 0) == ["نفت", "گاز"]
    assert segment.tags.counts(np.arange(3)).tolist() == [2, 2]
    assert segment.origins.names == ["news.jsonl"]


def test_every_article_has_its_origin(tmp_path: Path) -> None:
    segment = make_segment(tmp_path / "s", random_articles(Random(0), 5))
    assert [only(names_of(segment.origins, doc)) for doc in range(5)] == ["news.jsonl"] * 5


def test_an_article_whose_record_is_damaged_is_refused(tmp_path: Path) -> None:
    written = [Article("a", "باران", body="متن " * 50), Article("b", "برف")]
    segment = make_segment(tmp_path / "s", written)
    data = bytearray((tmp_path / "s" / SEGMENT_FILE).read_bytes())
    stored = bytes(segment.columns.bytes("stored"))
    place = data.index(stored)
    data[place + 1] = 0xFF
    (tmp_path / "s" / SEGMENT_FILE).write_bytes(bytes(data))
    with pytest.raises(ValueError, match="not what was written"):
        Segment(tmp_path / "s").article(0)
    salvaged = Segment(tmp_path / "s", salvage=True)
    with pytest.raises(ValueError, match="record is damaged"):
        salvaged.article(0)
    assert salvaged.article(1) == written[1]


def test_a_folder_without_a_segment_is_none(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Segment(tmp_path)
    (tmp_path / SEGMENT_FILE).write_bytes(b"")
    with pytest.raises(ColumnsError):
        Segment(tmp_path)


def test_ids_that_look_ups_begin_with_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    segment = make_segment(tmp_path / "segment", [Article(f"id{number:03}") for number in range(400)])
    read: list[int] = []
    raw = segment.ids.raw

    def reading(number: int) -> bytes:
        read.append(number)
        return raw(number)

    monkeypatch.setattr(segment.ids, "raw", reading)
    assert [segment.doc_number(f"id{number:03}") for number in range(0, 400, 4)] == list(range(0, 400, 4))
    assert len(read) == len(set(read)) < 400
