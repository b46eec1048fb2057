"""Keeping segments few: which to merge when some have been added, so that adding stays cheap.

Segments stand in the order their articles were added. The last ones are merged as long as each is not much larger than
all after it together; so sizes fall from first to last, and an article is rewritten only a few times in its life. What
one run merges is bounded by what it added, and by a size that takes about a second; only when that has let segments
become many, one run merges a full segment's worth, which takes some seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from .index_writer import SEGMENT_ARTICLES
from .merge import Part, merge
from .segment import Segment
from .store import LiveSegment

_STEEPNESS = 4  # how many times larger a segment is than all after it, to be left alone
_MERGED_AT_ONCE = 1 << 13  # articles a run may always merge
_PER_ADDED = 8  # articles it may merge for each it added
_MANY = 16  # segments above which a run merges whatever fits one


def compact(segments: Sequence[LiveSegment], added: int, next_folder: Callable[[], Path]) -> list[LiveSegment]:
    """Returns the segments of a generation, the last ones merged and those mostly deleted written anew."""
    live = [segment for segment in segments if len(segment)]
    budget = SEGMENT_ARTICLES if len(live) > _MANY else max(_MERGED_AT_ONCE, _PER_ADDED * added)
    first = _first_to_merge([len(segment) for segment in live], budget)
    last = live[first:]
    groups = [*([segment] for segment in live[:first]), *([last] if last else [])]
    return [
        _merged(group, next_folder) if len(group) > 1 or _is_mostly_deleted(group[0], budget) else group[0]
        for group in groups
    ]


def _first_to_merge(sizes: Sequence[int], budget: int) -> int:
    """From which segment on all are merged; the last one's place when none are."""
    first = total = 0
    for place in range(len(sizes) - 1, -1, -1):
        if total and (sizes[place] > _STEEPNESS * total or total + sizes[place] > min(budget, SEGMENT_ARTICLES)):
            break
        first, total = place, total + sizes[place]
    return first


def _is_mostly_deleted(segment: LiveSegment, budget: int) -> bool:
    return len(segment.deleted) > len(segment) and len(segment) <= budget


def _merged(segments: Sequence[LiveSegment], next_folder: Callable[[], Path]) -> LiveSegment:
    folder = next_folder()
    merge([Part(segment.segment, segment.live()) for segment in segments], folder)
    return LiveSegment(folder.name, Segment(folder))
