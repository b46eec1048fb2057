"""From articles to a segment: analyse, invert, write.

Articles are analysed a batch at a time into numbers (`analyzers.bulk`); at the end all of them are inverted at once by
sorting: every word is a (lemma, article) pair with a weight, equal pairs are summed, and the sums are the postings.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analyzers.bulk import BulkAnalyzer
from analyzers.chain import PersianAnalyzer

from .article import Article
from .columns import Array, ends_of, narrowest, write_columns
from .impacts import FIELDS, WEIGHTING, Weighting
from .segment import SEGMENT_FILE, UNDATED, WIDE
from .texts import pack_record, pack_strings

_BATCH = 256  # articles analysed together


def digest(article: Article) -> int:
    """64 bits of an article's whole content."""
    text = json.dumps([article.id, *_record(article), str(article.published)], ensure_ascii=False)
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _seconds(published: datetime | None) -> int:
    """Seconds since 1970 in UTC; a moment that is in no year of UTC counts as no date."""
    try:
        return UNDATED if published is None else math.floor(published.astimezone(UTC).timestamp())
    except OverflowError:
        return UNDATED


def _record(article: Article) -> list[Any]:
    """What is stored of an article, but for its id and its date, which are columns of their own."""
    a = article
    return [a.title, a.lead, a.body, a.source, a.category, list(a.tags), a.url, a.code]


class SegmentBuilder:
    """Takes articles and writes them as one segment."""

    def __init__(self, analyzer: PersianAnalyzer, weighting: Weighting = WEIGHTING) -> None:
        self._bulk = BulkAnalyzer(analyzer)
        self._weighting = weighting
        self._waiting: list[Article] = []
        self._terms: list[NDArray[np.int32]] = []
        self._lengths: list[NDArray[np.int32]] = []
        self._ids: list[str] = []
        self._published: list[int] = []
        self._digests: list[int] = []
        self._names: dict[str, list[Sequence[str]]] = {"source": [], "category": [], "tag": [], "origin": []}
        self._records: list[bytes] = []

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, article: Article, origin: str) -> None:
        """Takes one article, read from the file ``origin``."""
        self._ids.append(article.id)
        self._published.append(_seconds(article.published))
        self._digests.append(digest(article))
        self._names["source"].append([article.source] if article.source else [])
        self._names["category"].append([article.category] if article.category else [])
        self._names["tag"].append(list(dict.fromkeys(article.tags)))
        self._names["origin"].append([origin])
        self._records.append(pack_record(json.dumps(_record(article), ensure_ascii=False, separators=(",", ":"))))
        self._waiting.append(article)
        if len(self._waiting) == _BATCH:
            self._analyse()

    def write(self, folder: Path) -> Path:
        """Writes the segment into a new folder and returns its file."""
        self._analyse()
        folder.mkdir(parents=True)
        path = folder / SEGMENT_FILE
        with path.open("wb") as file:
            write_columns(file, self._columns())
        return path

    def _analyse(self) -> None:
        texts = [text for a in self._waiting for text in (a.title, a.lead, a.body)]
        if texts:
            terms, lengths = self._bulk.analyze(texts)
            self._terms.append(terms)
            self._lengths.append(lengths)
        self._waiting = []

    def _columns(self) -> dict[str, Array]:
        terms = np.concatenate(self._terms) if self._terms else np.zeros(0, np.int32)
        lengths = np.concatenate(self._lengths) if self._lengths else np.zeros(0, np.int32)
        columns = self._word_columns(terms, lengths.reshape(-1, len(FIELDS)).astype(np.int64))
        columns.update(self._article_columns())
        return columns

    # -- words -------------------------------------------------------------------------------------------------

    def _word_columns(self, terms: NDArray[np.int32], lengths: NDArray[np.int64]) -> dict[str, Array]:
        used = np.bincount(terms, minlength=len(self._bulk.terms))
        by_frequency = np.argsort(-used, kind="stable")[: np.count_nonzero(used)]
        form_of_term = np.zeros(len(used), dtype=np.int64)
        form_of_term[by_frequency] = np.arange(len(by_frequency))
        chosen = [self._bulk.terms[number] for number in by_frequency.tolist()]

        lemmas = sorted({lemma for term in chosen for lemma in (term.lemma, *term.parts)}, key=_utf8)
        number = {lemma: place for place, lemma in enumerate(lemmas)}
        form_lemma = np.fromiter((number[term.lemma] for term in chosen), np.int64, len(chosen))
        part_sizes = np.fromiter((len(term.parts) for term in chosen), np.int64, len(chosen))
        parts = np.fromiter((number[part] for term in chosen for part in term.parts), np.int64, int(part_sizes.sum()))

        forms: NDArray[np.int64] = form_of_term[terms]
        wide = np.flatnonzero(forms >= WIDE)
        columns = {
            **pack_strings("lemmas", lemmas),
            **pack_strings("forms", [term.form for term in chosen]),
            "forms.lemma": narrowest(form_lemma),
            "forms.parts": narrowest(parts),
            "forms.parts.ends": ends_of(part_sizes),
            "forward": np.minimum(forms, WIDE).astype(np.uint16),
            "forward.wide": narrowest(forms[wide]),
            "forward.wide.places": narrowest(wide),
            "forward.ends": ends_of(lengths.sum(axis=1)),
            "forward.fields": narrowest(lengths[:, :2].ravel()),
        }
        columns.update(self._postings(forms, lengths, form_lemma, parts, part_sizes, len(lemmas)))
        return columns

    def _postings(
        self,
        forms: NDArray[np.int64],
        lengths: NDArray[np.int64],
        form_lemma: NDArray[np.int64],
        parts: NDArray[np.int64],
        part_sizes: NDArray[np.int64],
        lemma_count: int,
    ) -> dict[str, Array]:
        articles = len(lengths)
        factors = self._weighting.field_factors(lengths)
        weights = np.repeat(factors.ravel(), lengths.ravel())
        docs = np.repeat(np.arange(articles), lengths.sum(axis=1))
        lemma = form_lemma[forms]
        compound = np.flatnonzero(part_sizes[forms])
        if len(compound):
            sizes = part_sizes[forms[compound]]
            starts = (np.cumsum(part_sizes) - part_sizes)[forms[compound]]
            places = np.repeat(starts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
            lemma = np.concatenate((lemma, parts[places]))
            docs = np.concatenate((docs, np.repeat(docs[compound], sizes)))
            weights = np.concatenate((weights, np.repeat(weights[compound] * self._weighting.part, sizes)))
        keys = lemma * articles + docs
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        firsts = np.flatnonzero(np.diff(keys, prepend=-1))
        summed = np.add.reduceat(weights[order], firsts) if len(firsts) else weights[:0]
        found = keys[firsts]
        return {
            "postings.docs": narrowest(found % articles if articles else found),
            "postings.impacts": self._weighting.levels(summed.astype(np.float32)),
            "postings.ends": ends_of(np.bincount(found // max(articles, 1), minlength=lemma_count)),
        }

    # -- articles ----------------------------------------------------------------------------------------------

    def _article_columns(self) -> dict[str, Array]:
        encoded = [_utf8(id) for id in self._ids]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        columns: dict[str, Array] = {
            **pack_strings("ids", self._ids),
            "ids.order": narrowest(np.array(order, dtype=np.int64)),
            "published": np.array(self._published, dtype=np.int64),
            "digests": np.array(self._digests, dtype=np.uint64),
            "stored": np.frombuffer(b"".join(self._records), np.uint8),
            "stored.ends": ends_of(np.fromiter(map(len, self._records), np.uint64, len(self._records))),
        }
        for name, values in self._names.items():
            columns.update(_facet(name, values))
        return columns


def _facet(name: str, values: Iterable[Sequence[str]]) -> dict[str, Array]:
    """A column of names: the names from the commonest, and each article's as numbers."""
    rows = list(values)
    counts = Counter(value for row in rows for value in row)
    names = [value for value, _ in counts.most_common()]
    number = {value: place for place, value in enumerate(names)}
    flat = np.array([number[value] for row in rows for value in row], dtype=np.int64)
    sizes = np.fromiter(map(len, rows), np.uint64, len(rows))
    return {**pack_strings(f"{name}.names", names), name: narrowest(flat), f"{name}.ends": ends_of(sizes)}


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
