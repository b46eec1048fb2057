"""Building: what is on disk is what a plain reading of the articles, word by word, comes to."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import numpy as np
import pytest

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.index.article import Article
from khabarjoo.index.bm25f import BM25F, FIELDS, WEIGHTING
from khabarjoo.index.segment import UNDATED, Segment
from khabarjoo.index.segment_writer import SegmentBuilder, digest, name_columns
from tests.corpus import make_segment, random_articles, words_of

SEEDS = range(6)


def corpus_of(seed: int, count: int = 40) -> list[Article]:
    return random_articles(Random(seed), count)


def inverted(articles: list[Article], weighting: BM25F) -> dict[str, dict[int, float]]:
    """For each lemma its impact in each article, by the formula of `index.bm25f`, in dictionaries."""
    weights: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for doc, article in enumerate(articles):
        words = words_of(article)
        lengths = Counter(word.field for word in words)
        for word in words:
            field = FIELDS.index(word.field)
            b, usual = weighting.b[field], weighting.usual[field]
            factor = weighting.weight[field] / (1 - b + b * lengths[word.field] / usual)
            if 0 <= word.position - lengths["title"] < weighting.opening_words:
                factor += weighting.opening
            weights[word.token.term.lemma][doc] += factor
            for part in word.token.term.parts:
                weights[part][doc] += factor * weighting.part
    return {lemma: {doc: w / (weighting.k1 + w) for doc, w in docs.items()} for lemma, docs in weights.items()}


def check_postings(segment: Segment, expected: dict[str, dict[int, float]]) -> None:
    assert list(segment.lemmas) == sorted(expected, key=lambda lemma: lemma.encode("utf-8", "surrogatepass"))
    for lemma, impacts in expected.items():
        number = segment.lemma_number(lemma)
        docs, levels = segment.postings(number)
        assert docs.tolist() == sorted(impacts)
        assert segment.document_frequency(number) == len(impacts)
        for doc, level in zip(docs.tolist(), levels.tolist(), strict=True):
            assert level == max(level, 1)
            assert abs(level - impacts[doc] * 255) <= 0.501 or level == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_postings_and_impacts_equal_an_inversion_with_dictionaries(seed: int, tmp_path: Path) -> None:
    articles = corpus_of(seed)
    check_postings(make_segment(tmp_path / "s", articles), inverted(articles, WEIGHTING))


def test_the_parameters_given_are_the_ones_used(tmp_path: Path) -> None:
    weighting = BM25F(
        k1=0.7, weight=(3, 1, 0.5), b=(0, 1, 0.9), usual=(5, 5, 5), opening=0.3, opening_words=7, part=0.25
    )
    articles = corpus_of(11)
    check_postings(make_segment(tmp_path / "s", articles, weighting), inverted(articles, weighting))


def check_forward(segment: Segment, articles: list[Article]) -> None:
    parts, ends = segment.form_parts
    for doc, article in enumerate(articles):
        words = words_of(article)
        forms = segment.words(doc).tolist()
        assert [segment.forms[form] for form in forms] == [word.token.term.form for word in words]
        assert [segment.lemmas[int(segment.form_lemmas[form])] for form in forms] == [w.lemmas[0] for w in words]
        lengths = Counter(word.field for word in words)
        assert segment.field_lengths[doc].tolist() == [lengths["title"], lengths["lead"]]
        for form, word in zip(forms, words, strict=True):
            numbers = parts[int(ends[form]) : int(ends[form + 1])].tolist()
            assert tuple(segment.lemmas[number] for number in numbers) == word.token.term.parts
            for lemma in word.lemmas:
                assert form in segment.forms_of(segment.lemma_number(lemma))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_forward_view_has_every_word_in_its_place(seed: int, tmp_path: Path) -> None:
    articles = corpus_of(seed)
    check_forward(make_segment(tmp_path / "s", articles), articles)


@pytest.mark.parametrize("wide", [0, 1, 5])
def test_forms_whose_numbers_do_not_fit_are_kept_apart(
    wide: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khabarjoo.index.segment_writer.WIDE", wide)
    monkeypatch.setattr("khabarjoo.index.segment.WIDE", wide)
    articles = corpus_of(3)
    segment = make_segment(tmp_path / "s", articles)
    assert segment.columns["forward"].max() == wide
    assert len(segment.columns["forward.wide"]) == np.count_nonzero(segment.columns["forward"] == wide) > 0
    check_forward(segment, articles)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_lemma_knows_exactly_its_forms_and_those_of_its_compounds(seed: int, tmp_path: Path) -> None:
    segment = make_segment(tmp_path / "s", corpus_of(seed))
    parts, ends = segment.form_parts
    for lemma in range(len(segment.lemmas)):
        by_hand = {
            form
            for form in range(len(segment.forms))
            if segment.form_lemmas[form] == lemma or lemma in parts[int(ends[form]) : int(ends[form + 1])].tolist()
        }
        assert set(segment.forms_of(lemma).tolist()) == by_hand


def test_forms_are_numbered_from_the_commonest(tmp_path: Path) -> None:
    articles = corpus_of(1)
    segment = make_segment(tmp_path / "s", articles)
    counts = Counter(segment.words_at(np.arange(int(segment.doc_ends[-1]))).tolist())
    assert [counts[form] for form in range(len(segment.forms))] == sorted(counts.values(), reverse=True)


def test_ids_are_found_through_their_order(tmp_path: Path) -> None:
    ids = ["b", "a", "آب", "", "é", "\ud800", "🙂", "a/b", "A"]
    segment = make_segment(tmp_path / "s", [Article(id) for id in ids])
    order = segment.columns["ids.order"].tolist()
    assert [ids[doc] for doc in order] == sorted(ids, key=lambda id: id.encode("utf-8", "surrogatepass"))
    assert [segment.doc_number(id) for id in ids] == list(range(len(ids)))


def test_more_articles_than_one_batch_give_the_same_segment_as_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = corpus_of(5, 30)
    whole = make_segment(tmp_path / "whole", articles)
    monkeypatch.setattr("khabarjoo.index.segment_writer._BATCH", 1)
    one_by_one = make_segment(tmp_path / "single", articles)
    assert (whole.folder / "columns.bin").read_bytes() == (one_by_one.folder / "columns.bin").read_bytes()


def test_a_segment_without_articles_can_be_written_and_read(tmp_path: Path) -> None:
    segment = make_segment(tmp_path / "s", [])
    assert len(segment) == len(segment.lemmas) == 0
    assert segment.doc_number("a") == segment.lemma_number("باران") == -1
    assert segment.sources.counts(np.zeros(0, np.intp)).tolist() == []


def test_articles_without_words_are_articles_all_the_same(tmp_path: Path) -> None:
    segment = make_segment(tmp_path / "s", [Article("a"), Article("b", "باران"), Article("c", "؟!")])
    assert [len(segment.words(doc)) for doc in range(3)] == [0, 1, 0]
    assert segment.postings(segment.lemma_number("باران")).docs.tolist() == [1]


def test_a_builder_counts_the_articles_it_took() -> None:
    builder = SegmentBuilder(BulkAnalyzer(default_analyzer()))
    for number in range(3):
        assert len(builder) == number
        builder.add(Article(str(number)), "news.jsonl")


@pytest.mark.parametrize(
    ("published", "seconds"),
    [
        (None, UNDATED),
        (datetime(1970, 1, 1, tzinfo=UTC), 0),
        (datetime(2022, 9, 1, 3, 30, tzinfo=timezone(timedelta(hours=3, minutes=30))), 1_661_990_400),
        (datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC), -1),
        (datetime(2022, 9, 1, 0, 0, 0, 999_999, tzinfo=UTC), 1_661_990_400),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=3))), UNDATED),
        (datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-3))), UNDATED),
    ],
)
def test_dates_are_kept_as_whole_seconds_of_utc_or_not_at_all(
    published: datetime | None, seconds: int, tmp_path: Path
) -> None:
    segment = make_segment(tmp_path / "s", [Article("a", published=published)])
    assert segment.published.tolist() == [seconds]
    assert (segment.moment(0) is None) == (seconds == UNDATED)


FULL = Article(
    "a", "عنوان", "خلاصه", "متن", datetime(2022, 9, 1, tzinfo=UTC), "ایسنا", "سیاسی", ("نفت",), "https://e.org", "7"
)


@pytest.mark.parametrize(
    "other",
    [
        replace(FULL, id="b"),
        replace(FULL, title="خلاصه", lead="عنوان"),
        replace(FULL, body="متن."),
        replace(FULL, published=None),
        replace(FULL, published=datetime(2022, 9, 2, tzinfo=UTC)),
        replace(FULL, source="مهر"),
        replace(FULL, category=""),
        replace(FULL, tags=("نفت", "گاز")),
        replace(FULL, url=""),
        replace(FULL, code="8"),
        replace(FULL, title="\ud800"),
    ],
)
def test_a_digest_tells_any_change(other: Article) -> None:
    assert digest(FULL) == digest(replace(FULL))
    assert digest(FULL) != digest(other)
    assert 0 <= digest(other) < 2**64


def test_names_are_numbered_from_the_commonest_and_of_those_from_the_one_met_first() -> None:
    names = [b"never", b"late", b"early", b"common"]
    columns = name_columns("tag", names, np.array([2, 1, 3, 3]), np.array([1, 0, 2, 1]))
    assert columns["tag.names"].tobytes() == b"commonearlylate"
    assert columns["tag.names.ends"].tolist() == [0, 6, 11, 15]
    assert (columns["tag"].tolist(), columns["tag.ends"].tolist()) == ([1, 2, 0, 0], [0, 1, 1, 3, 4])
