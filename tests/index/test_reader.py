"""Whoosh over columns: its queries find what a plain look at every article finds."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from corpus import make_live, random_articles, words_of
from whoosh import query as whoosh
from whoosh.reading import MultiReader, TermNotFound
from whoosh.scoring import BM25F, TF_IDF
from whoosh.searching import Searcher

from index.article import Article
from index.reader import ColumnReader
from index.schema import ALL_TEXT, TEXT_FIELDS, WhooshAnalyzer, whoosh_schema
from searcher.ranking import ImpactWeighting

Matches = Callable[["Doc"], bool]


class Doc:
    """An article as a plain look finds it: for each field, the lemmas it has and where."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.places: dict[str, dict[str, list[int]]] = {field: {} for field in TEXT_FIELDS}
        for word in words_of(article):
            for field in (ALL_TEXT, word.field):
                for lemma in dict.fromkeys(word.lemmas):
                    self.places[field].setdefault(lemma, []).append(word.position)

    def has(self, field: str, lemma: str) -> bool:
        return lemma in self.places[field]

    def has_phrase(self, field: str, lemmas: list[str]) -> bool:
        places = self.places[field]
        return any(
            all(start + step in places.get(lemma, ()) for step, lemma in enumerate(lemmas))
            for start in places.get(lemmas[0], ())
        )

    def has_any(self, field: str, wanted: Callable[[str], bool]) -> bool:
        return any(map(wanted, self.places[field]))


class Corpus:
    """The same live articles twice: behind a Whoosh searcher, and as a list of docs."""

    def __init__(self, folder: Path, seed: int, segments: int = 3, weighting: Any = None) -> None:
        rng = Random(seed)
        self.docs: list[Doc] = []
        readers = []
        for number in range(segments):
            articles = random_articles(rng, 12, prefix=f"s{number}-")
            deleted = {article.id for article in articles if rng.random() < 0.25}
            readers.append(ColumnReader(make_live(folder / str(number), articles, deleted)))
            self.docs += [Doc(article) for article in articles if article.id not in deleted]
        self.reader = readers[0] if segments == 1 else MultiReader(readers)
        self.searcher = Searcher(self.reader, weighting=weighting or ImpactWeighting())
        self.lemmas = sorted({lemma for doc in self.docs for lemma in doc.places[ALL_TEXT]})

    def found(self, query: whoosh.Query) -> list[str]:
        return sorted(hit["id"] for hit in self.searcher.search(query, limit=None))

    def found_live(self, query: whoosh.Query) -> list[str]:
        """The same; Whoosh's own Not may let a deleted article through after the last match of what it negates."""
        hits = self.searcher.search(query, limit=None)
        return sorted(hit["id"] for hit in hits if not self.reader.is_deleted(hit.docnum))

    def expected(self, matches: Matches) -> list[str]:
        return sorted(doc.article.id for doc in self.docs if matches(doc))


@pytest.fixture(params=[1, 3], ids=["one segment", "three segments"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Corpus:
    return Corpus(tmp_path, seed=request.param, segments=request.param)


def random_query(rng: Random, lemmas: list[str], depth: int = 2) -> tuple[whoosh.Query, Matches]:
    """A query, and what it means."""
    kind = rng.choice(("term", "phrase", "and", "or", "not") if depth else ("term", "phrase"))
    if kind == "term":
        field, lemma = rng.choice(TEXT_FIELDS), rng.choice(lemmas)
        return whoosh.Term(field, lemma), lambda doc: doc.has(field, lemma)
    if kind == "phrase":
        field, words = rng.choice(TEXT_FIELDS), [rng.choice(lemmas) for _ in range(2)]
        return whoosh.Phrase(field, words), lambda doc: doc.has_phrase(field, words)
    (one, one_means), (other, other_means) = (random_query(rng, lemmas, depth - 1) for _ in range(2))
    if kind == "and":
        return whoosh.And([one, other]), lambda doc: one_means(doc) and other_means(doc)
    if kind == "or":
        return whoosh.Or([one, other]), lambda doc: one_means(doc) or other_means(doc)
    return whoosh.Not(one), lambda doc: not one_means(doc)


def test_random_queries_find_what_they_mean(corpus: Corpus) -> None:
    rng = Random(7)
    for _ in range(150):
        query, means = random_query(rng, corpus.lemmas)
        assert corpus.found_live(query) == corpus.expected(means), query


def test_every_lemma_is_found_in_every_field(corpus: Corpus) -> None:
    for field in TEXT_FIELDS:
        for lemma in corpus.lemmas:
            by_hand = corpus.expected(lambda doc, f=field, x=lemma: doc.has(f, x))  # type: ignore[misc]
            assert corpus.found(whoosh.Term(field, lemma)) == by_hand


def test_phrases_of_neighbours_are_found(corpus: Corpus) -> None:
    rng = Random(3)
    for doc in corpus.docs:
        for field in ("title", "lead", "body"):
            words = [word for word in words_of(doc.article) if word.field == field]
            if len(words) >= 3:
                start = rng.randrange(len(words) - 2)
                phrase = [word.token.term.lemma for word in words[start : start + 3]]
                found = corpus.found(whoosh.Phrase(field, phrase))
                assert doc.article.id in found
                assert found == corpus.expected(lambda doc, f=field, p=phrase: doc.has_phrase(f, p))  # type: ignore[misc]


@pytest.mark.parametrize("field", ["text", "title"])
@pytest.mark.parametrize("start", ["", "با", "دان", "1", "n", "هیچ"])
def test_prefixes_find_the_words_that_begin_so(corpus: Corpus, field: str, start: str) -> None:
    by_hand = corpus.expected(lambda doc: doc.has_any(field, lambda lemma: lemma.startswith(start)))
    assert corpus.found(whoosh.Prefix(field, start)) == by_hand


@pytest.mark.parametrize("pattern", ["ب*ن", "ب?ف", "*ان*", "*", "دانش*"])
def test_wildcards_find_the_words_that_fit(corpus: Corpus, pattern: str) -> None:
    by_hand = corpus.expected(lambda doc: doc.has_any(ALL_TEXT, lambda lemma: fnmatch.fnmatchcase(lemma, pattern)))
    assert corpus.found(whoosh.Wildcard(ALL_TEXT, pattern)) == by_hand


def test_ranges_and_near_spellings_are_found(corpus: Corpus) -> None:
    by_hand = corpus.expected(lambda doc: doc.has_any(ALL_TEXT, lambda lemma: "ب" <= lemma < "ت"))
    assert corpus.found(whoosh.TermRange(ALL_TEXT, "ب", "ت", endexcl=True)) == by_hand
    by_hand = corpus.expected(lambda doc: doc.has_any(ALL_TEXT, lambda lemma: lemma in ("برف", "بر", "برق", "حرف")))
    assert corpus.found(whoosh.FuzzyTerm(ALL_TEXT, "برف")) == by_hand


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


def test_more_like_a_text_finds_articles_with_its_words(corpus: Corpus) -> None:
    doc = max(corpus.docs, key=lambda doc: len(doc.places[ALL_TEXT]))
    number = corpus.searcher.document_number(id=doc.article.id)
    hits = corpus.searcher.more_like(number, ALL_TEXT, text=doc.article.body, top=50)
    alike = {lemma for word in words_of(doc.article) for lemma in word.lemmas}
    assert len(hits) > 0
    for hit in hits:
        assert hit["id"] != doc.article.id
        assert alike & {lemma for word in words_of(Article(**hit.fields())) for lemma in word.lemmas}


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


def test_all_terms_are_those_of_live_articles_in_order(corpus: Corpus) -> None:
    terms = list(corpus.reader.all_terms())
    expected = {(field, lemma.encode()) for doc in corpus.docs for field in TEXT_FIELDS for lemma in doc.places[field]}
    for doc in corpus.docs:
        names = [("id", doc.article.id), ("source", doc.article.source), ("category", doc.article.category)]
        expected |= {(field, name.encode()) for field, name in names if name}
        expected |= {("tag", tag.encode()) for tag in doc.article.tags}
    assert terms == sorted(expected)
    assert len(list(corpus.reader)) == len(terms)
    assert all(term in corpus.reader for term in terms)


def test_what_is_not_there_is_not_found(corpus: Corpus) -> None:
    assert (ALL_TEXT, "هیچ‌کجا".encode()) not in corpus.reader
    assert ("nofield", b"x") not in corpus.reader
    assert ("id", "\ud800".encode("utf-8", "surrogatepass")) not in corpus.reader
    with pytest.raises(TermNotFound):
        corpus.reader.term_info(ALL_TEXT, "هیچ‌کجا".encode())
    with pytest.raises(TermNotFound):
        corpus.reader.postings("source", "نیست".encode())


def test_ids_and_names_may_be_any_strings(tmp_path: Path) -> None:
    reader = ColumnReader(make_live(tmp_path / "s", [Article("\ud800", source="\udfff", tags=("",))]))
    assert {field for field, _ in reader.all_terms()} == {"id", "source", "tag"}
    assert all(term in reader for term in reader.all_terms())


def test_a_matcher_walks_skips_and_copies(tmp_path: Path) -> None:
    articles = [Article(str(number), "باران" if number % 3 == 0 else "برف") for number in range(20)]
    reader = ColumnReader(make_live(tmp_path / "s", articles, deleted={"6"}))
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
    searcher = Searcher(ColumnReader(make_live(tmp_path / "s", articles)), weighting=ImpactWeighting())
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
    assert whoosh_schema().names() == sorted(["id", *TEXT_FIELDS, "source", "category", "tag"])
