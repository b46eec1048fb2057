"""Who said what, in documents of a cluster.

What columns tell in a folder comes back with a document; what the server matches is a copy of each statement's words,
between a sign with its speaker and one that ends it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.analyzers.reported_speech import name_key

from ..article import Article
from ..columns import Array
from ..segment_writer import name_columns, utf8
from ..speech_columns import SpeechColumns, Told, are_shown
from .documents import READ, Words, analysed, sent, term_of
from .mapping import FIELDS, PERHAPS, SAID, SAYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

READ_WITH_SPEAKERS = [*READ, "speech"]
"""The fields of a document that an article, its words and its statements are read from."""


def analysed_with_speech(articles: Sequence[Article], bulk: BulkAnalyzer) -> tuple[Words, list[list[Told]]]:
    """Returns the words and the statements of some articles. ``bulk`` must tell the places of terms."""
    speech = SpeechColumns(bulk)
    texts = [text for a in articles for text in (a.title, a.lead, a.body)]
    if not texts:
        return Words(bulk.terms, np.zeros(0, np.int32), np.zeros((0, len(FIELDS)), np.int64)), []
    numbers, lengths, places = bulk.analyze_placed(texts)
    speech.add(articles, places, lengths)
    return Words(bulk.terms, numbers, lengths.reshape(-1, len(FIELDS)).astype(np.int64)), speech.told()


def words_and_speech(
    articles: Sequence[Article], bulk: BulkAnalyzer, *, speakers: bool
) -> tuple[Words, list[list[Told]]]:
    """Returns the words of some articles, and their statements if the index tells ``speakers``; none otherwise."""
    return analysed_with_speech(articles, bulk) if speakers else (analysed(articles, bulk), [])


def add_speech(document: dict[str, Any], told: Sequence[Told]) -> None:
    """Adds an article's statements to its document."""
    if not told:
        return
    tokens = [token for field in FIELDS for token in document[field].split(" ") if token]
    document["speech"] = [[sent(one.name), one.start, one.size, one.how] for one in told]
    document["said"] = [
        " ".join((speaker_term(one.name, is_shown=is_shown), *tokens[one.start : one.start + one.size], SAID))
        for one, is_shown in zip(told, _shown(told), strict=True)
        if one.name
    ]
    names = {name_key(name): name for name in reversed(list(speakers_shown(document)))}
    document["speaker"] = list(names.values())


def speaker_term(name: str, *, is_shown: bool) -> str:
    """Returns the sign before a statement of a speaker."""
    return (SAYS if is_shown else PERHAPS) + term_of(name_key(name))


def statements(document: Mapping[str, Any]) -> list[Told]:
    """Returns the statements that a document tells. Raises ValueError where it is none of ours."""
    try:
        rows = [(str(name), int(start), int(size), int(how)) for name, start, size, how in document.get("speech") or ()]
    except (TypeError, ValueError) as error:
        raise ValueError("a document is not that of an article") from error
    if any(start < 0 or size < 0 or not 0 <= how < 1 << 8 for _, start, size, how in rows):
        raise ValueError("a document is not that of an article")
    return [Told(*row) for row in rows]


def speakers_shown(document: Mapping[str, Any]) -> Iterator[str]:
    """Yields the speaker of each statement that is shown."""
    told = statements(document)
    yield from (one.name for one, is_shown in zip(told, _shown(told), strict=True) if is_shown and one.name)


def speech_of(documents: Sequence[Mapping[str, Any]]) -> dict[str, Array]:
    """Returns the columns that a segment of some articles has of who said what."""
    rows = list(map(statements, documents))
    names: dict[str, int] = {}
    told = [(names.setdefault(one.name, len(names)), *one[1:]) for row in rows for one in row]
    numbers = np.array(told, np.int64).reshape(-1, 4)
    return {
        **name_columns("speaker", list(map(utf8, names)), numbers[:, 0], np.array(list(map(len, rows)), np.int64)),
        "speech.starts": numbers[:, 1],
        "speech.sizes": numbers[:, 2],
        "speech.how": numbers[:, 3].astype(np.uint8),
    }


def _shown(told: Sequence[Told]) -> NDArray[np.bool_]:
    return are_shown(np.array([one.how for one in told], np.int64))
