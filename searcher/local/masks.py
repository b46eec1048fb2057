"""Filters as masks: one truth value for each article of a segment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

from khabarjoo.index.segment import UNDATED, Facet
from khabarjoo.index.store import LiveSegment

from ..query.plan import DateRange, Filters, NameField, Terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from khabarjoo.analyzers.dates import Span

    from ..query.name_matching import KnownNames
else:
    from khabarjoo.index import late_numpy as np

Mask: TypeAlias = "NDArray[np.bool_]"


def resolve(filters: Filters, segments: Sequence[LiveSegment]) -> Filters:
    """Returns the same filters with each name spelled as articles of an index have it.

    A name stands for all that differ from it only in spelling, and an outlet's for all that it goes by (ایسنا,
    isna.ir); where there is none, for all that contain it. That is decided over all segments, so that it does not
    matter how the articles are spread over them.
    """
    if not (filters.sources or filters.categories or filters.tags):
        return filters
    return replace(
        filters,
        sources=spelled(filters.sources, "source", segments),
        categories=spelled(filters.categories, "category", segments),
        tags=spelled(filters.tags, "tag", segments),
    )


def mask_of(live: LiveSegment, filters: Filters) -> Mask | None:
    """Returns which articles of a segment are live and pass the filters, whose names are resolved; None when all do."""
    masks = [] if live.mask is None else [live.mask]
    if filters.published:
        masks.append(_within(live.segment.published, filters.published))
    for field, wanted in (("source", filters.sources), ("category", filters.categories), ("tag", filters.tags)):
        if wanted:
            masks.append(_named(_facet(live, field), wanted, len(live.segment)))
    return reduce(np.logical_and, masks) if masks else None


def mask_of_node(live: LiveSegment, node: Terms | DateRange) -> Mask:
    """Returns which articles of a segment, live or not, a plan's filter lets through; its names are resolved."""
    if isinstance(node, DateRange):
        return _within(live.segment.published, node.span)
    return _named(_facet(live, node.field), node.names, len(live.segment))


def _facet(live: LiveSegment, field: str) -> Facet:
    segment = live.segment
    facets = {"source": lambda: segment.sources, "category": lambda: segment.categories}
    return {**facets, "tag": lambda: segment.tags, "code": lambda: segment.codes}[field]()


def _named(facet: Facet, names: Collection[str], articles: int) -> Mask:
    mask = np.zeros(articles, np.bool_)
    mask[facet.docs([facet.places[name] for name in names if name in facet.places])] = True
    return mask


def _within(published: NDArray[np.int64], span: Span) -> Mask:
    mask: Mask = published != UNDATED
    if span.start is not None:
        mask &= published >= int(span.start.timestamp())
    if span.end is not None:
        mask &= published < int(span.end.timestamp())
    return mask


def spelled(wanted: tuple[str, ...], field: NameField, segments: Sequence[LiveSegment]) -> tuple[str, ...]:
    """Returns the names that those wanted stand for; a name that stands for none is left, and matches nothing."""
    return spelled_among(wanted, known_names(field, segments)) if wanted else ()


def known_names(field: NameField, segments: Sequence[LiveSegment]) -> KnownNames:
    """Returns the names that live articles have."""
    from ..query.name_matching import KnownNames  # late, as few searches are narrowed

    return KnownNames((name for live in segments for name in _live_names(live, field)), field)


def spelled_among(wanted: tuple[str, ...], known: KnownNames) -> tuple[str, ...]:
    """Returns the same among the names that are there."""
    return tuple(dict.fromkeys(name for each in wanted for name in known.meant(each))) or wanted


def _live_names(live: LiveSegment, field: NameField) -> list[str]:
    """The names that articles of a segment have; those of deleted articles alone are no names any more."""
    facet = _facet(live, field)
    if live.mask is None:
        return facet.names
    counts = facet.counts(live.live()).tolist()
    return [name for name, count in zip(facet.names, counts, strict=True) if count]
