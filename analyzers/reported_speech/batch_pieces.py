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
from .sentences import COMMA, TO, Chunks, Known, Piece, PieceReader, Terms, apart, as_edge, may_speak, without_inner_commas
from .word_kinds import Is

_SILENT = Chunks(0, [], [])


class BatchPieces(PieceReader):
    """Reads the texts of one article after another, of a batch that was analysed."""

    _batch: PlacedWords

    def __init__(self, reader: PieceReader) -> None:
        self.__dict__.update(reader.__dict__)
        self._terms = Known(self._find_terms)
        self._numbered: Sequence[Word] = ()
        self._marks_of_words = array("I")
        self._places: dict[str, tuple[int, int, int, int, int, int]] = {}

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
        self._chunk_marks = batch.unite(self._marks_of_words)
        marked = np.flatnonzero(self._chunk_marks)
        self._marked = np.asarray(self._chunk_marks)[marked].tolist()
        self._marked_at = np.asarray(batch.chunks)[marked].tolist()
        self._marked_through = np.searchsorted(marked, batch.chunks_through).tolist()

    def turn_to(self, number: int, texts: Sequence[str]) -> None:
        """Turns to an article, whose texts are those of the batch from a number on."""
        batch, marked = self._batch, self._marked_through
        self._places = {
            text: (
                *batch.words_through[at : at + 2], *batch.chunks_through[at : at + 2], *marked[at : at + 2]
            )  # fmt: skip
            for at, text in enumerate(texts, number)
        }

    def chunks(self, text: str, start: int, end: int) -> Chunks:
        """See `PieceReader.chunks`. Where nothing may report speech, they are left out."""
        if _is_within(text, start) or _is_within(text, end):
            return super().chunks(text, start, end)
        _, _, first, last, low, high = self._places[text]
        low = bisect_left(self._marked_at, start, low, high)
        high = bisect_left(self._marked_at, end, low, high)
        if low == high or not may_speak(reduce(or_, self._marked[low:high])):
            return _SILENT
        chunks = self._batch.chunks
        first = bisect_left(chunks, start, first, last)
        last = bisect_left(chunks, end, first, last)
        return Chunks(start, text[start:end].split(), self._chunk_marks[first:last].tolist(), first)

    def pieces(self, text: str, start: int, end: int) -> list[Piece]:
        """See `PieceReader.pieces`."""
        is_cut = _is_within(text, start) or _is_within(text, end)
        pieces = None if is_cut else self._whole_words(text, start, end)
        return super().pieces_of(text, super().chunks(text, start, end), end) if pieces is None else pieces

    def pieces_of(self, text: str, chunks: Chunks, end: int, most: int | None = None) -> list[Piece]:
        """See `PieceReader.pieces_of`."""
        pieces = None
        if chunks.first >= 0:
            is_all = most is None or most >= len(chunks.raws)
            stop = end if is_all else min(end, self._batch.chunks[chunks.first + (most or 0)])
            pieces = self._whole_words(text, chunks.start, stop)
        return super().pieces_of(text, chunks, end, most) if pieces is None else pieces

    def _whole_words(self, text: str, start: int, end: int) -> list[Piece] | None:
        """The words and signs of a stretch; None where one goes on over its start or its end."""
        batch = self._batch
        first, last, *_ = self._places[text]
        low = bisect_left(batch.starts, start, first, last)
        high = bisect_left(batch.starts, end, low, last)
        if low > first and batch.ends[low - 1] > start or high > low and batch.ends[high - 1] > end:
            return None
        pieces: list[Piece] = []
        new, append = tuple.__new__, pieces.append
        starts, ends = batch.starts[low:high].tolist(), batch.ends[low:high].tolist()
        for terms, begun, ended in zip(map(self._terms.__getitem__, batch.numbers[low:high]), starts, ends, strict=True):
            if len(terms) == 1:
                append(new(Piece, (*terms[0], begun, ended)))
            elif terms:
                pieces += apart(terms, begun, ended)
            else:
                return None
        return without_inner_commas(pieces) if text.find(COMMA, start, end) >= 0 else pieces

    def _find_terms(self, number: int) -> Terms:
        """The terms of a word, or a sign as one; none of what is to be looked at in the text."""
        if number < 0:
            sign = chr(-number)
            return ((sign, sign, Is.SIGN),)
        word = self._numbered[number]
        terms = self.as_read(word).terms
        return as_edge(terms) if self._batch.firsts.get(number) == TO else terms


def _is_within(text: str, at: int) -> bool:
    """Whether a place is in the midst of what stands between two spaces."""
    return 0 < at < len(text) and not (text[at].isspace() or text[at - 1].isspace())
