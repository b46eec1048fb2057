"""The same articles twice: behind a Whoosh searcher over columns, and as a list to be looked at one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from whoosh import query as whoosh
from whoosh.reading import MultiReader
from whoosh.searching import Searcher

from khabarjoo.index.article import Article
from khabarjoo.index.schema import ALL_TEXT, TEXT_FIELDS
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.whoosh_reader import WhooshReader
from khabarjoo.searcher.local.whoosh_search import ImpactWeighting
from tests.corpus import make_live, random_articles, words_of


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
    """Live articles behind a Whoosh searcher, and as ``docs`` in the same order; some are deleted from the index."""

    def __init__(self, folder: Path, seed: int, segments: int = 3, weighting: Any = None) -> None:
        rng = Random(seed)
        self.docs: list[Doc] = []
        readers = []
        for number in range(segments):
            articles = random_articles(rng, 12, prefix=f"s{number}-")
            deleted = {article.id for article in articles if rng.random() < 0.25}
            readers.append(WhooshReader(SegmentReader(make_live(folder / str(number), articles, deleted))))
            self.docs += [Doc(article) for article in articles if article.id not in deleted]
        self.reader = readers[0] if segments == 1 else MultiReader(readers)
        self.searcher = Searcher(self.reader, weighting=weighting or ImpactWeighting())
        self.lemmas = sorted({lemma for doc in self.docs for lemma in doc.places[ALL_TEXT]})

    def found(self, query: whoosh.Query, **options: Any) -> list[str]:
        """The ids of the articles found, sorted."""
        return sorted(hit["id"] for hit in self.searcher.search(query, limit=None, **options))

    def found_live(self, query: whoosh.Query) -> list[str]:
        """The same; Whoosh's own Not may let a deleted article through after the last match of what it negates."""
        hits = self.searcher.search(query, limit=None)
        return sorted(hit["id"] for hit in hits if not self.reader.is_deleted(hit.docnum))

    def scores(self, query: whoosh.Query) -> dict[str, float]:
        """The score of each article found."""
        return {hit["id"]: hit.score for hit in self.searcher.search(query, limit=None)}

    def expected(self, matches: Callable[[Doc], bool]) -> list[str]:
        """The ids of the articles that a plain look finds, sorted."""
        return sorted(doc.article.id for doc in self.docs if matches(doc))

    def number(self, doc: Doc) -> int:
        """The number of an article in the index."""
        return int(self.searcher.document_number(id=doc.article.id))
