"""Filters as masks: one truth value for each article of a segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analyzers.chars import fold, join_parts
from index.segment import UNDATED, Facet
from index.store import LiveSegment

from .query.plan import Filters

if TYPE_CHECKING:
    from analyzers.dates import Span

Mask = NDArray[np.bool_]


def resolve(filters: Filters, segments: Sequence[LiveSegment]) -> Filters:
    """The same filters with each name spelled as articles of an index have it.

    A name stands for all that differ from it only in spelling, or, where there is none, for all that contain it. That
    is decided over all segments, so that it does not matter how the articles are spread over them.
    """
    return replace(
        filters,
        sources=_spelled(filters.sources, [live.segment.sources for live in segments]),
        categories=_spelled(filters.categories, [live.segment.categories for live in segments]),
        tags=_spelled(filters.tags, [live.segment.tags for live in segments]),
    )


def mask_of(live: LiveSegment, filters: Filters) -> Mask | None:
    """Which articles of a segment are live and pass the filters, whose names are resolved; None when all do."""
    segment = live.segment
    masks = [] if live.mask is None else [live.mask]
    if filters.published:
        masks.append(_within(segment.published, filters.published))
    for facet, wanted in (
        (segment.sources, filters.sources),
        (segment.categories, filters.categories),
        (segment.tags, filters.tags),
    ):
        if wanted:
            mask = np.zeros(len(segment), np.bool_)
            mask[facet.docs([number for number, name in enumerate(facet.names) if name in wanted])] = True
            masks.append(mask)
    return reduce(np.logical_and, masks) if masks else None


def _within(published: NDArray[np.int64], span: Span) -> Mask:
    mask: Mask = published != UNDATED
    if span.start is not None:
        mask &= published >= int(span.start.timestamp())
    if span.end is not None:
        mask &= published < int(span.end.timestamp())
    return mask


def _spelled(wanted: tuple[str, ...], facets: list[Facet]) -> tuple[str, ...]:
    """The names that those wanted stand for; a name that stands for none is left, and matches nothing."""
    if not wanted:
        return ()
    names = {name: _key(name) for facet in facets for name in facet.names}
    found: dict[str, None] = {}
    for key in map(_key, wanted):
        equal = [name for name, other in names.items() if other == key]
        found.update(dict.fromkeys(equal or [name for name, other in names.items() if key and key in other]))
    return tuple(found) or wanted


def _key(name: str) -> str:
    return join_parts("".join(map(fold, name.split())))
