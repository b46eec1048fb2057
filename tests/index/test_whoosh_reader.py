"""Whoosh over columns: its queries find what a plain look at every article finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from whoosh import query as whoosh
from whoosh.reading import TermNotFound
from whoosh.scoring import BM25F, TF_IDF
from whoosh.searching import Searcher

from khabarjoo.index.article import Article
from khabarjoo.index.schema import ALL_TEXT, TEXT_FIELDS, WhooshAnalyzer, whoosh_schema
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.whoosh_reader import WhooshReader
from khabarjoo.searcher.local.whoosh_search import ImpactWeighting
from tests.corpus import make_live, words_of
from tests.whooshcorpus import Corpus


@pytest.fixture(params=[1, 3], ids=["one segment", "three segments"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Corpus:
    return Corpus(tmp_path, seed=request.param, segments=request.param)


def test_every_lemma_is_found_in_every_field(corpus: Corpus) -> None:
    for field in TEXT_FIELDS:
        for lemma in corpus.lemmas:
            by_hand = corpus.expected(lambda doc, f=field, x=lemma: doc.has(f, x))  # type: ignore[misc]
            assert corpus.found(whoosh.Term(field, lemma)) == by_hand


def test_names_and_ids_are_matched_whole(corpus: Corpus) -> None:
    for name in ("ایسنا", "مهر", "پیک باران", "پیک"):
        by_hand = corpus.expected(lambda doc, n=name: doc.article.source == n)  # type: ignore[misc]
        assert corpus.found(whoosh.Term("source", name)) == by_hand
    assert corpus.found(whoosh.Term("tag", "نفت")) == corpus.expected(lambda doc: "نفت" in doc.article.tags)
    assert corpus.found(whoosh.Term("category", "سیاسی")) == corpus.expected(
        lambda doc: doc.article.category == "سیاسی"
    )
    for doc in corpus.docs:
        assert corpus.found(whoosh.Term("id", doc.article.id)) == [doc.article.id]
        assert corpus.searcher.document(id=doc.article.id)["title"] == doc.article.title


def test_every_article_is_every_live_one(corpus: Corpus) -> None:
    ids = corpus.expected(lambda doc: True)
    assert corpus.found(whoosh.Every()) == ids
    assert corpus.found(whoosh.Every("title")) == corpus.expected(lambda doc: bool(doc.places["title"]))
    assert sorted(fields["id"] for fields in corpus.reader.all_stored_fields()) == ids
    assert corpus.reader.doc_count() == len(ids)


def test_filters_and_masks_of_whoosh_hold(corpus: Corpus) -> None:
    lemma = corpus.lemmas[len(corpus.lemmas) // 2]
    hits = corpus.searcher.search(
        whoosh.Term(ALL_TEXT, lemma), limit=None, filter=whoosh.Term("source", "مهر"), mask=whoosh.Term("tag", "نفت")
    )
    assert sorted(hit["id"] for hit in hits) == corpus.expected(
        lambda doc: doc.has(ALL_TEXT, lemma) and doc.article.source == "مهر" and "نفت" not in doc.article.tags
    )


@pytest.mark.parametrize("weighting", [BM25F(), TF_IDF()], ids=["BM25F", "TF-IDF"])
def test_other_weightings_of_whoosh_work(weighting: Any, tmp_path: Path) -> None:
    corpus = Corpus(tmp_path, seed=2, weighting=weighting)
    lemma = max(corpus.lemmas, key=lambda lemma: sum(doc.has(ALL_TEXT, lemma) for doc in corpus.docs))
    assert corpus.found(whoosh.Term(ALL_TEXT, lemma)) == corpus.expected(lambda doc: doc.has(ALL_TEXT, lemma))


def test_statistics_are_of_live_articles(corpus: Corpus) -> None:
    for lemma in corpus.lemmas:
        count = sum(doc.has(ALL_TEXT, lemma) for doc in corpus.docs)
        info = corpus.reader.term_info(ALL_TEXT, lemma.encode())
        assert info.doc_frequency() == corpus.reader.doc_frequency(ALL_TEXT, lemma.encode()) == count
        lengths = [len(words_of(doc.article)) for doc in corpus.docs if doc.has(ALL_TEXT, lemma)]
        assert (info.min_length(), info.max_length()) == (min(lengths), max(lengths))


def date_terms(article: Article) -> set[bytes]:
    """The terms that Whoosh itself would give an article's date."""
    moment = article.published
    return {term for term, *_ in whoosh_schema()["published"].index(moment)} if moment else set()


def test_all_terms_are_those_of_live_articles_in_order(corpus: Corpus) -> None:
    terms = list(corpus.reader.all_terms())
    expected = {(field, lemma.encode()) for doc in corpus.docs for field in TEXT_FIELDS for lemma in doc.places[field]}
    for doc in corpus.docs:
        names = [("id", doc.article.id), ("source", doc.article.source), ("category", doc.article.category)]
        expected |= {(field, name.encode()) for field, name in names if name}
        expected |= {("tag", tag.encode()) for tag in doc.article.tags}
        expected |= {("published", term) for term in date_terms(doc.article)}
    assert terms == sorted(expected)
    assert len(list(corpus.reader)) == len(terms)
    assert all(term in corpus.reader for term in terms)


def test_only_dates_have_a_column_and_only_words_have_vectors(corpus: Corpus) -> None:
    assert [name for name in corpus.reader.schema.names() if corpus.reader.has_column(name)] == ["published"]
    dates = list(corpus.reader.column_reader("published"))
    for doc in corpus.docs:
        date = doc.article.published
        assert dates[corpus.number(doc)] == (date.replace(tzinfo=None) if date else None)
    leaf, _ = corpus.reader.leaf_readers()[0]
    with pytest.raises(KeyError):
        leaf.column_reader("source")
    with pytest.raises(KeyError):
        leaf.vector(0, "source")


def test_what_is_not_there_is_not_found(corpus: Corpus) -> None:
    assert (ALL_TEXT, "هیچ‌کجا".encode()) not in corpus.reader
    assert ("nofield", b"x") not in corpus.reader
    assert ("id", "\ud800".encode("utf-8", "surrogatepass")) not in corpus.reader
    with pytest.raises(TermNotFound):
        corpus.reader.term_info(ALL_TEXT, "هیچ‌کجا".encode())
    with pytest.raises(TermNotFound):
        corpus.reader.postings("source", "نیست".encode())
    with pytest.raises(TermNotFound):
        corpus.reader.postings("published", b"2022")


def test_ids_and_names_may_be_any_strings(tmp_path: Path) -> None:
    reader = WhooshReader(SegmentReader(make_live(tmp_path / "s", [Article("\ud800", source="\udfff", tags=("",))])))
    assert {field for field, _ in reader.all_terms()} == {"id", "source", "tag"}
    assert all(term in reader for term in reader.all_terms())


def test_a_matcher_walks_skips_and_copies(tmp_path: Path) -> None:
    articles = [Article(str(number), "باران" if number % 3 == 0 else "برف") for number in range(20)]
    reader = WhooshReader(SegmentReader(make_live(tmp_path / "s", articles, deleted={"6"})))
    matcher = reader.postings(ALL_TEXT, "باران".encode())
    assert list(matcher.all_ids()) == [0, 3, 9, 12, 15, 18]
    matcher.skip_to(10)
    other = matcher.copy()
    assert (matcher.id(), matcher.weight() > 0, matcher.value_as("positions")) == (12, True, [0])
    matcher.next()
    matcher.skip_to(4)  # never back
    assert (matcher.id(), other.id()) == (15, 12)
    matcher.skip_to(19)
    assert not matcher.is_active()
    matcher.reset()
    assert matcher.id() == 0


def test_a_matcher_gives_up_only_when_nothing_can_score_enough(tmp_path: Path) -> None:
    articles = [Article(str(number), "باران " * number) for number in range(1, 9)]
    searcher = Searcher(WhooshReader(SegmentReader(make_live(tmp_path / "s", articles))), weighting=ImpactWeighting())
    query = whoosh.Or([whoosh.Term(ALL_TEXT, "باران"), whoosh.Term("title", "باران")])
    best = [(hit["id"], hit.score) for hit in searcher.search(query, limit=3)]
    assert best == [(hit["id"], hit.score) for hit in searcher.search(query, limit=None, optimize=False)][:3]


def test_the_analyzer_of_the_schema_gives_lemmas_with_offsets() -> None:
    text = "همکاری های دانشگاهها"
    tokens = [
        (token.text, token.original, token.pos, token.startchar, token.endchar)
        for token in WhooshAnalyzer()(text, positions=True, chars=True, start_pos=5, start_char=100)
    ]
    assert tokens == [("همکاری", "همکاری های", 5, 100, 110), ("دانشگاه", "دانشگاهها", 6, 111, 120)]
    assert whoosh_schema().names() == sorted(["id", *TEXT_FIELDS, "source", "category", "tag", "published"])
