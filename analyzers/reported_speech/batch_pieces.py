"""Pieces of texts that the bulk analyzer has just read: words, terms and what is joined are taken from there.

What is cut otherwise than a text's own chunks is, as a half of «گفت.او», is read as `PieceReader` does.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import reduce
from operator import or_

import numpy as np

from ..analyzer import Word
from ..native_bulk import PlacedWords
from .sentences import (
    COMMA,
    TO,
    Chunks,
    Known,
    Piece,
    PieceReader,
    Terms,
    apart,
    as_edge,
    is_apart,
    may_speak,
    without_inner_commas,
)
from .word_kinds import Is

_SILENT = Chunks(0, "", [])


class BatchPieces(PieceReader):
    """Reads the texts of one article after another, of a batch that was analysed."""

    _batch: PlacedWords

    def __init__(self, reader: PieceReader) -> None:
        super().__init__(reader._analyzer, reader.kinds, reader._word)
        self._terms = Known(self._find_terms)
        self._numbered: Sequence[Word] = ()
        self._marks_of_words = array("I")
        self._numbers: dict[str, int] = {}  # of the texts of the article

    def take(self, batch: PlacedWords) -> None:
        """Takes another batch."""
        if batch.words is not self._numbered:
            self._numbered, self._marks_of_words = batch.words, array("I")
            self._terms.clear()
        known, mark, is_whole = len(self._marks_of_words), self.kinds.mark, batch.firsts.__contains__
        self._marks_of_words.extend(
            0 if is_whole(number) else reduce(or_, map(mark, word.terms), 0)
            for number, word in enumerate(batch.words[known:], known)
        )
        self._batch = batch
        united = batch.unite(self._marks_of_words)
        starts, self._chunks_through = batch.places.all_chunks()
        self._chunk_starts = memoryview(starts).cast("q")
        marked = np.flatnonzero(united)
        self._marked = united[marked].tolist()
        self._marked_numbers = marked.tolist()
        self._marked_at = np.asarray(self._chunk_starts)[marked].tolist()
        self._marked_through = np.searchsorted(marked, [0, *self._chunks_through]).tolist()

    def turn_to(self, number: int, texts: Sequence[str]) -> None:
        """Turns to an article, whose texts are those of the batch from a number on."""
        self._numbers = {text: at for at, text in enumerate(texts, number)}

    def chunks(self, text: str, start: int, end: int) -> Chunks:
        """See `PieceReader.chunks`. Where nothing may report speech, they are left out."""
        number = self._numbers.get(text)
        if number is None or _is_within(text, start) or _is_within(text, end):
            return super().chunks(text, start, end)
        low, high = self._marked_through[number : number + 2]
        low = bisect_left(self._marked_at, start, low, high)
        high = bisect_left(self._marked_at, end, low, high)
        marks = self._marked[low:high]
        if not marks or not may_speak(reduce(or_, marks)):
            return _SILENT
        first, _ = self._batch.places.chunks(number, start, end)
        places = (chunk - first + 1 for chunk in self._marked_numbers[low:high])
        return Chunks(start, text[start:end], [*zip(places, marks, strict=True)], first)

    def pieces(self, text: str, start: int, end: int) -> list[Piece]:
        """See `PieceReader.pieces`."""
        pieces = None
        if text in self._numbers and not _is_within(text, start):
            is_cut = _is_within(text, end)
            pieces = self._with_cut_end(text, start, end) if is_cut else self._whole_words(text, start, end)
        return super().pieces(text, start, end) if pieces is None else pieces

    def _with_cut_end(self, text: str, start: int, end: int) -> list[Piece] | None:
        """The words and signs of a stretch that ends in the midst of a chunk; None where that may be joined."""
        first, last = self._batch.places.chunks(self._numbers[text], start, end)
        if first == last:
            return None
        cut = self._chunk_starts[last - 1]
        end_of = Chunks(cut, text[cut:end], [])
        if any(bonds for *_, bonds, _, _ in self._cuts[end_of.stretch][:1]):
            return None
        pieces = self._whole_words(text, start, cut)
        return None if pieces is None else without_inner_commas(pieces + super().pieces_of(text, end_of, end))

    def pieces_of(self, text: str, chunks: Chunks, end: int, most: int | None = None) -> list[Piece]:
        """See `PieceReader.pieces_of`."""
        if chunks.first >= 0:
            stop = end
            if most is not None and (after := chunks.first + most) < self._chunks_through[self._numbers[text]]:
                stop = min(end, self._chunk_starts[after])
            pieces = self._whole_words(text, chunks.start, stop)
            if pieces is not None:
                return pieces
        return super().pieces_of(text, chunks, end, most)

    def _whole_words(self, text: str, start: int, end: int) -> list[Piece] | None:
        """The words and signs of a stretch; None where one goes on over its start or its end."""
        pieces = self._batch.places.pieces((self._numbers[text], start, end), self._terms, Piece, apart)
        return without_inner_commas(pieces) if pieces and text.find(COMMA, start, end) >= 0 else pieces

    def _find_terms(self, number: int) -> Terms:
        """The terms of a word, or a sign as one; none of what is to be looked at in the text."""
        if number < 0:
            sign = chr(-number)
            return ((sign, sign, Is.SIGN),)
        word, first = self._numbered[number], self._batch.firsts.get(number, "")
        if is_apart(first, word):
            return ()
        terms = self.as_read(word).terms
        return as_edge(terms) if first == TO else terms


def _is_within(text: str, at: int) -> bool:
    """Whether a place is in the midst of what stands between two spaces."""
    return 0 < at < len(text) and not (text[at].isspace() or text[at - 1].isspace())
