"""Who said what, as columns of a segment: for each statement its speaker, which of the article's words it has, and how.

Statements stand in the order in which `SpeechReader` finds them, so that what a column does not have, such as where a
statement stands in the text, is had by reading the article again. Speakers are full names and institutions; a
statement whose speaker has none has the number of the name that is empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer, TermPlaces
from khabarjoo.analyzers.garbage import without_collecting
from khabarjoo.analyzers.native_bulk import bulk_analyzer
from khabarjoo.analyzers.reported_speech import SpeechReader, Statement, name_key
from khabarjoo.analyzers.reported_speech.statement import FIELDS, KINDS

from .article import Article
from .columns import Array, narrowest, write_columns
from .segment import SEGMENT_FILE, Segment
from .segment_writer import name_columns, utf8

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHOWN = 1 << 3
_CERTAINTY = 4  # bits that the certainty stands above
_STEPS = 15  # of certainty
_BATCH = 256


class Told(NamedTuple):
    """A statement as columns have it: the speaker's name, the first of its words in the article, how many, and how."""

    name: str
    start: int
    size: int
    how: int


def kind_of(how: int) -> str:
    """Returns what kind of statement it is."""
    return KINDS[how & 7] if how & 7 < len(KINDS) else KINDS[0]


def are_shown(how: Array) -> NDArray[np.bool_]:
    """Returns which statements may be shown as said by their speakers."""
    shown: NDArray[np.bool_] = (how & _SHOWN) != 0
    return shown


class SpeechColumns:
    """Collects the statements of articles that are being indexed."""

    def __init__(self, bulk: BulkAnalyzer) -> None:
        self._reader = SpeechReader(default_analyzer(), bulk.word)
        self._names: dict[str, int] = {}  # by key
        self._printed: list[str] = []
        self._told: list[tuple[int, int, int, int]] = []
        self._sizes: list[int] = []

    def add(self, articles: Sequence[Article], places: TermPlaces, lengths: Array) -> None:
        """Reads articles, analysed together: three texts each, of so many terms."""
        batch = [(article.title, article.lead, article.body) for article in articles]
        counts = lengths.tolist()
        with without_collecting():
            for number, (texts, found) in enumerate(zip(batch, self._reader.read_batch(batch, places), strict=True)):
                first = len(FIELDS) * number
                for told in map_statements(found, texts, first, places, counts[first : first + len(FIELDS)]):
                    self._told.append((self._number(told.name), told.start, told.size, told.how))
                self._sizes.append(len(found))

    def _number(self, name: str) -> int:
        key = name_key(name)
        number = self._names.get(key)
        if number is None:
            number = self._names[key] = len(self._printed)
            self._printed.append(name)
        return number

    def told(self) -> list[list[Told]]:
        """Returns the statements of each article read."""
        ends = np.cumsum([0, *self._sizes]).tolist()
        rows = [Told(self._printed[number], *rest) for number, *rest in self._told]
        return [rows[start:end] for start, end in pairwise(ends)]

    def columns(self) -> dict[str, Array]:
        """Returns the columns of all articles read."""
        told = np.array(self._told, np.int64).reshape(-1, 4)
        names = list(map(utf8, self._printed))
        return {
            **name_columns("speaker", names, told[:, 0], np.array(self._sizes, np.int64)),
            "speech.starts": narrowest(told[:, 1]),
            "speech.sizes": narrowest(told[:, 2]),
            "speech.how": told[:, 3].astype(np.uint8),
        }


def map_statements(
    found: Sequence[Statement], texts: Sequence[str], number: int, places: TermPlaces, counts: Sequence[int]
) -> Iterator[Told]:
    """Yields the statements by the words of their article; its texts are those of a batch from a number on."""
    for said in found:
        field = FIELDS.index(said.field)
        before = sum(counts[:field])
        start = places.before(number + field, texts[field], said.start)
        end = places.before(number + field, texts[field], said.end)
        how = KINDS.index(said.kind) | _SHOWN * said.is_shown | round(said.certainty * _STEPS) << _CERTAINTY
        yield Told(said.name, before + start, max(end - start, 0), how)


def told_of(segment: Segment, doc: int) -> list[Told]:
    """Returns the statements of one article as its segment has them."""
    numbers, starts, sizes, how = segment.statements(doc)
    names = segment.speakers.names
    rows = zip(numbers.tolist(), starts.tolist(), sizes.tolist(), how.tolist(), strict=True)
    return [Told(names[number], *rest) for number, *rest in rows]


def read_again(articles: Sequence[Article]) -> list[list[Told]]:
    """Returns the statements of articles as columns would have them."""
    bulk = bulk_analyzer(default_analyzer(), keeps_words=True)
    columns = SpeechColumns(bulk)
    _fill(columns, bulk, articles)
    return columns.told()


def with_speakers(segment: Segment, folder: Path) -> Segment:
    """Writes a segment with the columns of who said what, read from its stored articles, into a new folder."""
    bulk = bulk_analyzer(default_analyzer(), keeps_words=True)
    speech = SpeechColumns(bulk)
    for start in range(0, len(segment), _BATCH):
        _fill(speech, bulk, [segment.article(doc) for doc in range(start, min(start + _BATCH, len(segment)))])
    kept = {name: segment.columns[name] for name in segment.columns.names}
    segment.columns.check()
    folder.mkdir(parents=True)
    with (folder / SEGMENT_FILE).open("xb") as file:
        write_columns(file, {**kept, **speech.columns()})
    return Segment(folder)


def _fill(columns: SpeechColumns, bulk: BulkAnalyzer, articles: Sequence[Article]) -> None:
    if articles:
        _, lengths, places = bulk.analyze_placed([text for a in articles for text in (a.title, a.lead, a.body)])
        columns.add(articles, places, lengths)
