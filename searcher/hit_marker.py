"""Marks what a query matched in a hit: an engine's marker, its errors looked into as those of a searcher's methods."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .results import Fragment, Marker

if TYPE_CHECKING:
    from khabarjoo.index.article import Article


class HitMarker:
    """Marks what a query matched in a hit whose article was just read; ``blame`` looks into errors."""

    def __init__(self, blame: Callable[[Exception], None], marker: Marker) -> None:
        self._blame = blame
        self._marker = marker

    def snippet(self, article: Article) -> list[Fragment]:
        """Returns the sentences that answer the query best."""
        try:
            return self._marker.snippet(article)
        except Exception as error:
            self._blame(error)
            raise

    def title(self, article: Article) -> list[Fragment]:
        """Returns the whole title."""
        try:
            return self._marker.title(article)
        except Exception as error:
            self._blame(error)
            raise
