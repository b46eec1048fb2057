"""From articles to a segment: analyse, invert, write.

Articles are analysed a batch at a time into numbers (`analyzers.bulk`); at the end all of them are inverted at once
(`inversion`).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analyzers.bulk import BulkAnalyzer

from .article import Article
from .columns import Array, ends_of, narrowest, write_columns
from .impacts import FIELDS, WEIGHTING, Weighting
from .inversion import Background, Numbers, no_background, utf8, word_columns
from .segment import SEGMENT_FILE, UNDATED
from .texts import pack_encoded, pack_record

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BATCH = 256  # articles analysed together


def digest(article: Article) -> int:
    """64 bits of an article's whole content, as it is stored: its date to the second."""
    return _digest(article, _record(article))


def _digest(article: Article, record: str) -> int:
    text = f"{article.id}\n{_seconds(article.published)}\n{record}"
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _seconds(published: datetime | None) -> int:
    """Seconds since 1970 in UTC; a moment that is in no year of UTC counts as no date."""
    try:
        return UNDATED if published is None else math.floor(published.astimezone(UTC).timestamp())
    except OverflowError:
        return UNDATED


def _record(article: Article) -> str:
    """What is stored of an article, but for its id and its date, which are columns of their own."""
    a = article
    record = [a.title, a.lead, a.body, a.source, a.category, list(a.tags), a.url, a.code]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


class SegmentBuilder:
    """Takes articles and writes them as one segment."""

    def __init__(
        self, bulk: BulkAnalyzer, weighting: Weighting = WEIGHTING, background: Background = no_background
    ) -> None:
        self._bulk = bulk
        self._background = background
        self._weighting = weighting
        self._waiting: list[Article] = []
        self._terms: list[NDArray[np.int32]] = []
        self._lengths: list[NDArray[np.int32]] = []
        self._ids: list[str] = []
        self._published: list[int] = []
        self._digests: list[int] = []
        self._names: dict[str, list[Sequence[str]]] = {
            "source": [],
            "category": [],
            "tag": [],
            "code": [],
            "origin": [],
        }
        self._records: list[bytes] = []

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, article: Article, origin: str) -> None:
        """Takes one article, read from the file ``origin``."""
        self._ids.append(article.id)
        self._published.append(_seconds(article.published))
        record = _record(article)
        self._digests.append(_digest(article, record))
        self._names["source"].append([article.source] if article.source else [])
        self._names["category"].append([article.category] if article.category else [])
        self._names["tag"].append(list(dict.fromkeys(article.tags)))
        self._names["code"].append([article.code] if article.code else [])
        self._names["origin"].append([origin])
        self._records.append(pack_record(record))
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
        fields = lengths.reshape(-1, len(FIELDS)).astype(np.int64)
        columns = word_columns(self._bulk.terms, terms, fields, self._weighting, self._background)
        columns.update(self._article_columns())
        return columns

    # -- articles ----------------------------------------------------------------------------------------------

    def _article_columns(self) -> dict[str, Array]:
        columns: dict[str, Array] = {
            **id_columns(list(map(utf8, self._ids))),
            "published": np.array(self._published, dtype=np.int64),
            "digests": np.array(self._digests, dtype=np.uint64),
            "stored": np.frombuffer(b"".join(self._records), np.uint8),
            "stored.ends": ends_of(np.fromiter(map(len, self._records), np.uint64, len(self._records))),
        }
        for name, rows in self._names.items():
            number: dict[str, int] = {}
            numbers = [number.setdefault(value, len(number)) for row in rows for value in row]
            sizes = np.fromiter(map(len, rows), np.int64, len(rows))
            columns.update(name_columns(name, list(map(utf8, number)), np.array(numbers, np.int64), sizes))
        return columns


def id_columns(ids: Sequence[bytes]) -> dict[str, Array]:
    """The ids in the articles' order, and the order that sorts them."""
    order = sorted(range(len(ids)), key=ids.__getitem__)
    return {**pack_encoded("ids", ids), "ids.order": narrowest(np.array(order, dtype=np.int64))}


def name_columns(name: str, names: Sequence[bytes], numbers: Numbers, sizes: Numbers) -> dict[str, Array]:
    """A column of names: those that articles have, from the commonest, and each article's as numbers.

    ``numbers`` are indexes into ``names``, article after article; ``sizes`` say how many an article has.
    """
    counts = np.bincount(numbers, minlength=len(names))
    firsts = np.full(len(names), len(numbers))
    firsts[numbers[::-1]] = np.arange(len(numbers))[::-1]
    order = np.lexsort((firsts, -counts))[: np.count_nonzero(counts)]
    place = np.zeros(len(names), np.int64)
    place[order] = np.arange(len(order))
    return {
        **pack_encoded(f"{name}.names", [names[number] for number in order.tolist()]),
        name: narrowest(place[numbers]),
        f"{name}.ends": ends_of(sizes),
    }
