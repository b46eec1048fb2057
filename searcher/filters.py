"""Filters as masks: one truth value for each article of a segment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyzers.chars import fold, join_parts
from analyzers.dates import Span
from index.segment import UNDATED, Facet
from index.store import LiveSegment

from .query.plan import Filters

Mask = NDArray[np.bool_]


def mask_of(live: LiveSegment, filters: Filters) -> Mask | None:
    """Which articles of a segment are live and pass the filters; None when all do."""
    segment = live.segment
    masks = []
    if len(live.deleted):
        mask = np.ones(len(segment), np.bool_)
        mask[live.deleted] = False
        masks.append(mask)
    if filters.published:
        masks.append(_within(segment.published, filters.published))
    for facet, wanted in (
        (segment.sources, filters.sources),
        (segment.categories, filters.categories),
        (segment.tags, filters.tags),
    ):
        if wanted:
            mask = np.zeros(len(segment), np.bool_)
            mask[facet.docs(_named(facet, wanted))] = True
            masks.append(mask)
    return np.logical_and.reduce(masks) if masks else None


def _within(published: NDArray[np.int64], span: Span) -> Mask:
    mask: Mask = published != UNDATED
    if span.start is not None:
        mask &= published >= int(span.start.timestamp())
    if span.end is not None:
        mask &= published < int(span.end.timestamp())
    return mask


def _named(facet: Facet, wanted: tuple[str, ...]) -> list[int]:
    """The numbers of names that are one of those wanted, however spelled; else of those that contain one."""
    names = [_key(name) for name in facet.names]
    keys = [_key(name) for name in wanted]
    equal = [number for number, name in enumerate(names) if name in keys]
    return equal or [number for number, name in enumerate(names) if any(key and key in name for key in keys)]


def _key(name: str) -> str:
    return join_parts("".join(map(fold, name.split())))
