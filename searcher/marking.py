"""Marking the words of one query in the articles it found."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from analyzers.chain import PersianAnalyzer
from index.reader import ColumnReader

from .occurrences import FieldCounts, FormCounts, Occurrences
from .query.plan import Node
from .results import Piece
from .snippets import mark, snippet
from .wanted import Match, Wanted, leaves_of, wanted

if TYPE_CHECKING:
    from index.article import Article

Place = Callable[[int], tuple[ColumnReader, int]]
"""Tells of an article's number the segment it is in and its number there."""


class Marking:
    """Finds the words of a query in whatever article it is asked about."""

    def __init__(self, root: Node, place: Place, analyzer: PersianAnalyzer) -> None:
        self._root = root
        self._place = place
        self._analyzer = analyzer

    def of(self, number: int) -> ArticleMarker:
        """What marks one article; nothing is read before it is asked."""
        return ArticleMarker(self, number)

    @cached_property
    def _wanted(self) -> Wanted:
        return wanted(self._root)

    @cached_property
    def _occurrences(self) -> Occurrences:
        return Occurrences(leaves_of(self._root))

    def counts(self, number: int) -> FieldCounts:
        """What is to be found in an article."""
        return self._occurrences.of(*self._place(number))

    def matches(self, text: str, counts: FormCounts) -> list[Match]:
        """Where it is in one of its texts."""
        return self._wanted.matches(text, self._analyzer, counts)


class ArticleMarker:
    """Marks the words of a query in one article."""

    def __init__(self, marking: Marking, number: int) -> None:
        self._marking = marking
        self._number = number

    @cached_property
    def _counts(self) -> FieldCounts:
        return self._marking.counts(self._number)

    def snippet(self, article: Article) -> list[Piece]:
        """The sentences that answer the query best."""
        texts = ((article.lead, self._counts.lead), (article.body, self._counts.body))
        return snippet((text, self._marking.matches(text, counts)) for text, counts in texts)

    def title(self, article: Article) -> list[Piece]:
        """The whole title."""
        return mark(article.title, self._marking.matches(article.title, self._counts.title))
