"""Orders the best articles that the server brought: by what they score exactly, then by closer reading.

It is done on a segment in memory, by the code that does it for an index in a folder; only how rare words are is the
whole cluster's. So scores are those of a folder, to the last digit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from khabarjoo.index.segment_reader import SegmentReader

from ..engine import Found, Share
from ..local.collapse import Collapser
from ..local.collector import UNIT, matches_of_words
from ..local.ordering import in_order
from ..local.ranking import RANKING, whole
from ..local.rescore import Rescored, Rescorer
from ..local.top_k import PlainWord
from ..query.plan import Node, Word, plain_words
from ..results import Copy
from .server_idf import ServerIdf, ServerLeafMatches
from .window import place_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..local.whoosh_queries import SegmentQuery


class Ranked(NamedTuple):
    """Articles in their order, and what closer reading added to the first of them, in the order they came in."""

    hits: list[Found]
    rescored: Rescored | None = None


def rank(
    root: Node, hits: Sequence[Found], words: Sequence[Word], idf: ServerIdf, complete: Collection[str] = ()
) -> Ranked:
    """Orders articles of one window, of which ``words`` are looked for in those read closely.

    Those are the best by words; and of those with the ids ``complete``, which have all words, as many as are read where
    a person is named.
    """
    if not hits:
        return Ranked([])
    reader = place_of(hits[0]).window.reader
    id_of = partial(_raw_id, reader)
    scores = score(root, reader, idf)
    order = in_order(scores, np.arange(len(hits)), id_of, len(hits))
    rescored = None
    if words:
        have_all = [number for number in order.tolist() if hits[number].id in complete]
        is_read = np.zeros(len(hits), np.bool_)
        is_read[order[: RANKING.window]] = is_read[have_all[: RANKING.window_of_names]] = True
        read = order[is_read[order]]
        rescorer = Rescorer([reader], idf)  # type: ignore[arg-type]  # which tells all that is asked of it
        rescored = rescorer.rescore(read, scores[read], words)
        scores[read] = rescored.scores
        order = in_order(scores, np.arange(len(hits)), id_of, len(hits))
    scores = scores[order]
    pairs = zip(order.tolist(), scores.tolist(), strict=True)
    return Ranked([hits[number]._replace(score=value) for number, value in pairs], rescored)


def score(root: Node, reader: SegmentReader, idf: ServerIdf) -> NDArray[np.float64]:
    """Returns what all articles of a window score by words."""
    plain = plain_words(root)
    if plain is not None:
        weighed = [PlainWord(word.lemma, whole(word.boost * idf.of(word.lemma))) for word in plain]
        scores = matches_of_words(weighed, reader).scores
    else:
        scores = _query(root, reader, idf).evaluate(reader).scores
    exact: NDArray[np.float64] = scores / UNIT
    return exact


def explain(root: Node, article: Found, idf: ServerIdf) -> list[Share] | None:
    """Returns what each leaf adds to the score of an article by words; None when it does not match."""
    place = place_of(article)
    return _query(root, place.window.reader, idf).explain(place.window.reader, place.number)


def _query(root: Node, reader: SegmentReader, idf: ServerIdf) -> SegmentQuery:
    from ..local.whoosh_search import query_of

    def match(nodes: Sequence[Any]) -> ServerLeafMatches:
        matched = ServerLeafMatches([reader], nodes)
        matched.idf = idf
        return matched

    query, _ = query_of(root, [reader], idf, match)  # type: ignore[arg-type]
    return query


def fold(hits: Sequence[Found], wanted: int) -> tuple[list[Found], dict[str, tuple[Copy, ...]]]:
    """Returns a window's first ``wanted`` articles that copy none before, and the copies of each, by its id."""
    if not hits:
        return [], {}
    by_number = {place_of(hit).number: hit for hit in hits}
    collapser = Collapser([place_of(hits[0]).window.reader])
    groups = collapser.fold(list(by_number), wanted)
    copies = {
        by_number[first].id: collapser.copies(others, lambda number: by_number[number].id)
        for first, *others in groups
        if others
    }
    return [by_number[group[0]] for group in groups], copies


def _raw_id(reader: SegmentReader, number: int) -> bytes:
    return reader.columns.ids.raw(number)
