"""Articles that a search has brought, with their words, as one segment in memory.

So whatever reads articles closely in an index in a folder reads those of a cluster in the same way: the second stage of
ranking, copies, marks, explanations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from khabarjoo.index.article import Article
from khabarjoo.index.column_shapes import FACETS
from khabarjoo.index.columns_in_memory import ColumnsInMemory
from khabarjoo.index.opensearch.document_speech import speech_of
from khabarjoo.index.opensearch.documents import WordReader, article_of, inverted_of
from khabarjoo.index.segment import UNDATED, Segment
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.segment_writer import (
    id_columns,
    keyword_columns,
    name_columns,
    posting_columns,
    rarity_step,
    rarity_steps,
    signatures_of,
    utf8,
)
from khabarjoo.index.store import LiveSegment

from ..engine import Found

if TYPE_CHECKING:
    from khabarjoo.index.columns import Array

Document = Mapping[str, Any]
_rarity_step = lru_cache(maxsize=1 << 16)(rarity_step)  # windows of one searcher have most of their words in common

Fetch = Callable[[], Sequence[Document]]


class Window:
    """Some articles, numbered from 0; they are fetched when one is first asked for, unless they are there already.

    With ``speakers`` they tell who said what.
    """

    def __init__(self, fetch: Fetch, words: WordReader, *, speakers: bool = False) -> None:
        self._fetch = fetch
        self._words = words
        self._speakers = speakers

    @cached_property
    def documents(self) -> Sequence[Document]:
        """The documents, as the server has them."""
        return self._fetch()

    def article(self, number: int) -> Article:
        """Returns an article as it was indexed, but for letters that no text can have."""
        return article_of(self.documents[number])

    def origin(self, number: int) -> str:
        """Returns the file an article was read from."""
        return str(self.documents[number].get("origin", ""))

    @cached_property
    def reader(self) -> SegmentReader:
        """The articles as a segment."""
        words = self._words.read(self.documents)
        found = inverted_of(words)
        columns = posting_columns(found, words.lengths)
        columns.update(keyword_columns(found, len(words.lengths), rarity_steps(found.lemmas, _rarity_step)))
        columns.update(id_columns([utf8(str(document["id"])) for document in self.documents]))
        published = [int(document.get("published", UNDATED)) for document in self.documents]
        columns["published"] = np.array(published, np.int64)
        for name in FACETS:
            columns.update(_names(name, self.documents))
        if self._speakers:
            columns.update(speech_of(self.documents))
        late = {"signatures": partial(signatures_of, found, words.lengths)}
        return SegmentReader(LiveSegment("window", Segment(Path(), columns=ColumnsInMemory(columns, late))))


class Place(NamedTuple):
    """Where an article is that was found: in a window, so far down."""

    window: Window
    number: int


def place_of(article: Found) -> Place:
    """Returns the place of an article that this engine found."""
    place: Place = article.place  # type: ignore[assignment]  # we put it there
    return place


def segment_place(place: Any) -> tuple[SegmentReader, int]:
    """Returns the segment in memory that an article is in, and its number there."""
    return place.window.reader, place.number


def _names(name: str, documents: Sequence[Document]) -> dict[str, Array]:
    """A column of names."""
    number: dict[str, int] = {}
    given = [document.get(name) or [] for document in documents]
    rows = [[names] if isinstance(names, str) else names for names in given]
    numbers = [number.setdefault(value, len(number)) for row in rows for value in row]
    sizes = np.fromiter(map(len, rows), np.int64, len(rows))
    return name_columns(name, list(map(utf8, number)), np.array(numbers, np.int64), sizes)
