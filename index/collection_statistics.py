"""How common words are in what is indexed already, so that a few new articles know which of their words are rare."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .segment import Segment
from .segment_writer import Background, Numbers
from .store import LiveSegment

_FEW = 2000  # lemmas looked up one by one; for more, all of a segment's are read


def background(segments: Sequence[LiveSegment]) -> Background:
    """The frequencies of lemmas in some segments, deleted articles included."""

    def frequencies(lemmas: list[str]) -> tuple[int, Numbers]:
        total = np.zeros(len(lemmas), np.int64)
        for live in segments:
            total += _frequencies(live.segment, lemmas)
        return sum(len(live.segment) for live in segments), total

    return frequencies


def _frequencies(segment: Segment, lemmas: list[str]) -> Numbers:
    if len(lemmas) <= _FEW:
        numbers = [segment.lemma_number(lemma) for lemma in lemmas]
    else:
        places = {lemma: place for place, lemma in enumerate(segment.lemmas)}
        numbers = [places.get(lemma, -1) for lemma in lemmas]
    return np.array([segment.document_frequency(n) if n >= 0 else 0 for n in numbers], np.int64)
