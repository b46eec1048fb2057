"""TREC runs, ``qid Q0 id rank score khabarjoo``, which every tool that measures relevance reads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..clean import Sink
from ..results import Page

SINGLE_QUERY = "q"
"""The query id in the run of a single search."""

_RUN = "khabarjoo"
_SPACE = re.compile(r"\s")


def write_trec(page: Page, out: Sink) -> None:
    """Writes the hits as a run of one query."""
    for hit in page:
        out.write(_line(SINGLE_QUERY, hit.id, hit.rank, hit.score))


def write_run(qid: str, ranking: Iterable[tuple[str, float]], out: Sink) -> None:
    """Writes the ranking of one query, ids with their scores, the best first."""
    for rank, (id, score) in enumerate(ranking, start=1):
        out.write(_line(qid, id, rank, score))


def _line(qid: str, id: str, rank: int, score: float) -> str:
    return f"{qid} Q0 {_one_word(id)} {rank} {float(score)!r} {_RUN}\n"


def _one_word(id: str) -> str:
    """The id with its white space percent-encoded: columns of a run are separated by spaces."""
    return _SPACE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), id)
