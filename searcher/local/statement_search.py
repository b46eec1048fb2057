"""Who said what, in the segments of an index: which articles have a statement by somebody with some words in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from khabarjoo.analyzers.normalizer import fold, join_parts
from khabarjoo.analyzers.reported_speech import default_reader, name_key
from khabarjoo.index.forward_index import reading
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.speech_columns import are_shown

from .match import Occurring

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from khabarjoo.analyzers.reported_speech import Statement
    from khabarjoo.index.article import Article
    from khabarjoo.index.segment import Segment
    from khabarjoo.index.store import LiveSegment

    from ..query.plan import Said
    from .facet_counts import Matched as MatchedArticles
    from .masks import Mask

    Numbers = NDArray[np.int64]


class Matching(NamedTuple):
    """Statements that match, by their numbers in a segment, and the article of each."""

    statements: Numbers
    docs: Numbers


def matching(reader: SegmentReader, said: Said) -> Matching:
    """Returns the statements of a segment's live articles that a node asks for."""
    segment = reader.columns
    if not segment.has_speech:
        return Matching(np.zeros(0, np.int64), np.zeros(0, np.int64))
    keys = set(map(name_key, said.speakers))
    wanted = [number for number, name in enumerate(segment.speakers.names) if name and name_key(name) in keys]
    starts, sizes, how = segment.speech
    chosen = np.isin(segment.columns["speaker"], np.array(wanted, np.int64))
    if not said.perhaps:
        chosen &= are_shown(how)
    found = np.flatnonzero(chosen)
    docs = _owners(segment, found)
    if reader.live.mask is not None:
        kept = reader.live.mask[docs]
        found, docs = found[kept], docs[kept]
    for part in said.parts:
        if not len(found):
            break
        occurring = Occurring(reader, part)
        if occurring.docs is not None:
            kept = np.isin(docs, occurring.docs)
            found, docs = found[kept], docs[kept]
        first = segment.doc_ends[docs].astype(np.int64) + starts[found]
        kept = occurring.times_within(reading(segment, first, first + sizes[found])) > 0
        found, docs = found[kept], docs[kept]
    return Matching(found, docs)


def mask_of_said(reader: SegmentReader, said: Said) -> Mask:
    """Returns which articles of a segment have such a statement."""
    mask = np.zeros(len(reader.columns), np.bool_)
    mask[matching(reader, said).docs] = True
    return mask


def numbers_within(reader: SegmentReader, doc: int, found: Matching) -> list[int]:
    """Returns which of an article's statements are among those found, counted from its first."""
    first = int(reader.columns.columns["speaker.ends"][doc])
    start, end = np.searchsorted(found.docs, (doc, doc + 1)).tolist()
    return [number - first for number in found.statements[start:end].tolist()]


def statements_in(article: Article, numbers: Sequence[int], said: Said) -> list[Statement]:
    """Returns the statements of an article that have these numbers, read again in its texts.

    Those are left out that another analyzer, or a damaged index, has seen there for another speaker.
    """
    told = default_reader().read(article.title, article.lead, article.body)
    keys = set(map(name_key, said.speakers))
    return [told[number] for number in numbers if number < len(told) and name_key(told[number].name) in keys]


def _owners(segment: Segment, statements: Numbers) -> Numbers:
    owners: Numbers = np.searchsorted(segment.columns["speaker.ends"], statements, side="right") - 1
    return owners.astype(np.int64)


# -- names -------------------------------------------------------------------------------------------------------------


def speakers(segments: Sequence[LiveSegment], wanted: Sequence[str]) -> dict[str, int]:
    """Returns how many statements are shown of each speaker that names stand for, the most first; of all for none."""
    return speakers_counted((pair for live in segments for pair in _counted(live)), wanted)


def speakers_counted(told: Iterable[tuple[str, int]], wanted: Sequence[str]) -> dict[str, int]:
    """Returns the same, of the names of speakers with how many statements are shown of each.

    A speaker goes by the spelling that is the commonest.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, count in told:
        counts[name_key(name)][name] += count
    keys = counts.keys() if not wanted else dict.fromkeys(key for name in wanted for key in _standing(name, counts))
    total = {min(counts[key], key=lambda name: (-counts[key][name], name)): counts[key].total() for key in keys}
    return {name: total[name] for name in sorted(total, key=lambda name: (-total[name], name))}


def _counted(live: LiveSegment) -> Iterator[tuple[str, int]]:
    """The speakers of a segment's live articles, and how many statements are shown of each."""
    segment = live.segment
    if not segment.has_speech:
        return
    shown = np.flatnonzero(are_shown(segment.speech[2]))
    if live.mask is not None:
        shown = shown[live.mask[_owners(segment, shown)]]
    counts = np.bincount(segment.columns["speaker"][shown], minlength=len(segment.speakers.names))
    names = segment.speakers.names
    yield from ((names[number], int(counts[number])) for number in np.flatnonzero(counts).tolist() if names[number])


def _standing(wanted: str, counts: dict[str, Counter[str]]) -> list[str]:
    """The keys that a name stands for."""
    key = name_key(wanted)
    if key in counts:
        return [key]
    words = _words(wanted)
    return [other for other, names in counts.items() if words and any(words in _words(name) for name in names)]


@lru_cache(maxsize=1 << 16)
def _words(name: str) -> str:
    """A name's words, a space before and after each, so that only whole ones are found in it."""
    words = " ".join(join_parts(fold(word)) for word in name.split())
    return f" {words} " if words else ""


def count_speakers(matched: MatchedArticles) -> Counter[str]:
    """Returns in how many of some articles each speaker is shown to say something."""
    found: Counter[str] = Counter()
    for live, docs in matched:
        segment = live.segment
        if not segment.has_speech:
            continue
        is_matched = np.zeros(len(segment), np.bool_)
        is_matched[docs] = True
        shown = np.flatnonzero(are_shown(segment.speech[2]))
        owners = _owners(segment, shown)
        kept = is_matched[owners]
        numbers = segment.columns["speaker"][shown[kept]].astype(np.int64)
        names = segment.speakers.names
        articles = np.unique(owners[kept] * len(names) + numbers) % max(len(names), 1)
        counts = np.bincount(articles, minlength=len(names))
        for number in np.flatnonzero(counts).tolist():
            if names[number]:
                found[names[number]] += int(counts[number])
    return by_speaker(found)


def by_speaker(counts: Mapping[str, int]) -> Counter[str]:
    """Returns the counts of names, all spellings of one put together under the commonest."""
    by_key: dict[str, Counter[str]] = defaultdict(Counter)
    for name, count in counts.items():
        by_key[name_key(name)][name] += count
    return Counter({max(names, key=lambda name: (names[name], name)): names.total() for names in by_key.values()})
