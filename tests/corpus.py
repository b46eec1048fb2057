"""Small corpora and indexes of them, made without reading any file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from khabarjoo.analyzers.analyzer import Token, default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.index.article import Article
from khabarjoo.index.bm25f import BM25F, WEIGHTING
from khabarjoo.index.segment import Segment
from khabarjoo.index.segment_writer import SegmentBuilder
from khabarjoo.index.store import LiveSegment, Snapshot, open_writer

ZWNJ = "\u200c"

WORDS = (
    "باران برف تهران ایران دانشگاه همکاری دولت مجلس فوتبال از به که را در کتاب نفت بازار ورزش سلامت آموزش "
    f"بین{ZWNJ}المللی بینالمللی همکاری{ZWNJ}های جهاددانشگاهی محرومیت{ZWNJ}زدایی می{ZWNJ}شود كتابهاي ۱۴۰۳ 12.5 NATO"
).split()
"""Words that random articles are made of: plain ones, stopwords, compounds, defective spellings, other scripts."""

SPACED = ("همکاری های", "می شود", "بین المللی", "،", ".", "(", "\n")
"""What stands between them now and then: words in two tokens, and punctuation."""


def persian_texts(max_size: int = 25) -> st.SearchStrategy[str]:
    """Texts of the words above, with the spaces between them sometimes deleted or doubled."""
    piece = st.tuples(st.sampled_from(WORDS + list(SPACED)), st.sampled_from((" ", " ", " ", "", ZWNJ, "  ", "\n")))
    return st.lists(piece, max_size=max_size).map(lambda pieces: "".join(word + space for word, space in pieces))


any_texts = st.text(st.characters(), max_size=40)
"""Any string at all, lone surrogates included."""


def random_text(rng: Random, size: int) -> str:
    """So many words at random, the first ones of the list the likeliest."""
    words = [*WORDS, *SPACED]
    return " ".join(words[min(int(rng.expovariate(0.12)), len(words) - 1)] for _ in range(size))


def random_articles(rng: Random, count: int, prefix: str = "a") -> list[Article]:
    """Articles with random words, dates and names; some have no title, no lead, no body or no date."""
    return [
        Article(
            id=f"{prefix}{number}",
            title=random_text(rng, rng.choice((0, 3, 6))),
            lead=random_text(rng, rng.choice((0, 0, 8))),
            body=random_text(rng, rng.choice((0, 10, 30))),
            published=rng.choice((None, datetime.fromtimestamp(rng.randrange(10**9, 17 * 10**8), UTC))),
            source=rng.choice(("", "ایسنا", "مهر", "پیک باران")),
            category=rng.choice(("", "سیاسی", "ورزشی")),
            tags=tuple(rng.sample(("نفت", "برف", "مجلس"), rng.randrange(3))),
        )
        for number in range(count)
    ]


def make_segment(folder: Path, articles: Sequence[Article], weighting: BM25F = WEIGHTING) -> Segment:
    """A segment of the articles, all read from the file ``news.jsonl``."""
    builder = SegmentBuilder(BulkAnalyzer(default_analyzer()), weighting)
    for article in articles:
        builder.add(article, "news.jsonl")
    builder.write(folder)
    return Segment(folder)


def make_live(folder: Path, articles: Sequence[Article], deleted: Collection[str] = ()) -> LiveSegment:
    """A segment of which the articles with the ids given are deleted."""
    segment = make_segment(folder, articles)
    gone = sorted(doc for doc in map(segment.doc_number, deleted) if doc >= 0)
    return LiveSegment(folder.name, segment, np.array(gone, np.intp))


def make_index(path: Path, *batches: Sequence[Article], deleted: Collection[str] = ()) -> Snapshot:
    """An index with a segment for each batch of articles, made in one commit."""
    with open_writer(path, rebuild=True) as writer:
        lives = [make_live(writer.segment_folder(), articles, deleted) for articles in batches]
        return writer.commit(lives, {})


class Word(NamedTuple):
    """A word of an article as a plain reading of it gives: where it stands, and all it may be found by."""

    field: str
    position: int
    token: Token

    @property
    def lemmas(self) -> tuple[str, ...]:
        return (self.token.term.lemma, *self.token.term.parts)


def words_of(article: Article) -> list[Word]:
    """The words of an article, one text after another."""
    words: list[Word] = []
    for field in ("title", "lead", "body"):
        for token in default_analyzer().tokens(getattr(article, field)):
            words.append(Word(field, len(words), token))
    return words


def contents(segment: Segment) -> dict[str, Any]:
    """All that a segment answers, in terms that do not depend on how its words and names are numbered."""
    lemmas, docs = list(segment.lemmas), range(len(segment))
    parts, ends = segment.form_parts
    forms = [
        (form, lemmas[segment.form_lemmas[n]], tuple(lemmas[part] for part in parts[int(ends[n]) : int(ends[n + 1])]))
        for n, form in enumerate(segment.forms)
    ]
    postings = [segment.postings(n) for n in range(len(lemmas))]
    facets = (segment.sources, segment.categories, segment.tags, segment.codes, segment.origins)
    return {
        "postings": {
            lemma: list(zip(docs.tolist(), impacts.tolist(), strict=True))
            for lemma, (docs, impacts) in zip(lemmas, postings, strict=True)
        },
        "lemma numbers": [segment.lemma_number(lemma) for lemma in lemmas],
        "forms of lemmas": {lemma: {forms[form] for form in segment.forms_of(n)} for n, lemma in enumerate(lemmas)},
        "forms": set(forms),
        "words": [[forms[form] for form in segment.words(doc)] for doc in docs],
        "fields": segment.field_lengths.tolist(),
        "keywords": [keywords_of(segment, doc) for doc in docs],
        "names": [[[facet.names[n] for n in facet.numbers(doc)] for facet in facets] for doc in docs],
        "counts": [dict(zip(f.names, f.counts(np.arange(len(docs))).tolist(), strict=True)) for f in facets],
        "ids": [(id, segment.doc_number(id)) for id in segment.ids],
        "articles": [segment.article(doc) for doc in docs],
        "published": segment.published.tolist(),
        "digests": segment.digests.tolist(),
        "signatures": segment.signatures.tolist(),
    }


def keywords_of(segment: Segment, doc: int) -> list[tuple[str, int]]:
    """An article's keywords and their weights, most telling first."""
    numbers, weights = segment.keywords
    pairs = zip(numbers[doc].tolist(), weights[doc].tolist(), strict=True)
    return [(segment.lemmas[number], weight) for number, weight in pairs if weight]


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its relative path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def damage(path: Path, place: int, bits: int = 0xFF) -> None:
    """Turns over some bits of one byte of a file."""
    data = bytearray(path.read_bytes())
    data[place] ^= bits
    path.write_bytes(bytes(data))


def only(values: Collection[Any]) -> Any:
    """The one value there is."""
    (value,) = values
    return value
