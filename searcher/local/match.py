"""Carrying out a plan's leaves on one segment: which articles match, and their impacts.

Words come from the postings. Whatever asks how words stand (exact letters, fields, patterns, nearness) takes the
articles that can match from the postings, and looks into the forward view of those.
"""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from khabarjoo.index.bm25f import WEIGHTING
from khabarjoo.index.columns import Array
from khabarjoo.index.forward_index import Stretches, count, field, form_table, read
from khabarjoo.index.segment import Docs
from khabarjoo.index.segment_reader import SegmentReader

from ..query.plan import Exact, Leaf, Near, Pattern, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

PARTS_OF_A_PHRASE = 60
"""Words of a phrase that are looked at; those after them are taken to be there."""


class Found(NamedTuple):
    """Articles, ascending, that are live, and the impact of what matched in each, of `LEVELS`."""

    docs: Docs
    impacts: NDArray[np.int64]


_ANY_LETTER = r"[^\n]"
_NOTHING = Found(np.zeros(0, np.intp), np.zeros(0, np.int64))


def find(reader: SegmentReader, node: Leaf | Near) -> Found:
    """The articles of a segment that match a word, a pattern or words near each other."""
    if isinstance(node, Near):
        return _near(reader, node)
    if isinstance(node, Word) and not node.field:
        return Found(*reader.decoded(node.lemma))
    forms = forms_of(reader, node)
    docs = _docs_of_forms(reader, forms)
    times = count(reader.columns, docs, [forms], node.field)
    return _with_impacts(docs, times)


def forms_of(reader: SegmentReader, node: Leaf) -> Array:
    """The forms of a segment that a leaf stands for."""
    segment = reader.columns
    if isinstance(node, Word):
        number = reader.lemma_number(node.lemma)
        return segment.forms_of(number) if number >= 0 else np.zeros(0, np.int64)
    if isinstance(node, Exact):
        return reader.spellings.equal(node.form)
    if isinstance(node, Pattern):
        return reader.spellings.fitting(expression(node.pattern))
    return reader.spellings.similar(node.form, node.distance)


def expression(pattern: str) -> re.Pattern[str]:
    """A pattern as an expression without backtracking: what stands between two stars is taken where it comes first."""
    first, *rest = (re.escape(part).replace(r"\?", _ANY_LETTER) for part in re.split(r"\*+", pattern))
    if not rest:
        return re.compile(first)
    middle = "".join(f"(?>{_ANY_LETTER}*?{part})" for part in rest[:-1])
    return re.compile(f"{first}{middle}{_ANY_LETTER}*{rest[-1]}")


def _docs_of_forms(reader: SegmentReader, forms: Array) -> Docs:
    """The live articles that have a lemma of some of the forms: those that may have one of the forms."""
    segment = reader.columns
    found = np.zeros(len(segment), np.bool_)
    for lemma in np.unique(segment.form_lemmas[forms]).tolist():
        found[segment.postings(lemma).docs] = True
    if reader.live.mask is not None:
        found &= reader.live.mask
    return np.flatnonzero(found)


def _with_impacts(docs: Docs, times: NDArray[np.int64]) -> Found:
    """The articles where something occurs, with the impact of that many occurrences in an article of usual length."""
    there = np.flatnonzero(times)
    levels = WEIGHTING.levels(times[there].astype(np.float32))
    return Found(docs[there], levels.astype(np.int64))


def _near(reader: SegmentReader, node: Near) -> Found:
    parts = node.parts[:PARTS_OF_A_PHRASE]
    if not parts:
        return _NOTHING
    forms = [forms_of(reader, part) for part in parts]
    docs = reduce(
        lambda some, group: np.intersect1d(some, _docs_of_forms(reader, group), True),
        forms[1:],
        _docs_of_forms(reader, forms[0]),
    )
    if not len(docs):
        return _NOTHING
    table = form_table(reader.columns, np.uint64)
    for place, group in enumerate(forms):
        table[group] |= np.uint64(1 << place)
    times = np.zeros(len(docs), np.int64)
    for name in (parts[0].field,) if parts[0].field else ("title", "lead", "body"):
        words = read(reader.columns, *field(reader.columns, docs, name), table)
        times += (
            _phrases(words, len(parts), len(docs))
            if node.ordered and not node.slop
            else _together(words, node, len(docs))
        )
    return _with_impacts(docs, times)


def _phrases(words: Stretches, parts: int, articles: int) -> NDArray[np.int64]:
    """How often the parts stand one after another in each stretch."""
    last = len(words.values) - parts + 1
    if last <= 0:
        return np.zeros(articles, np.int64)
    here = np.flatnonzero(words.values[:last] & np.uint64(1))
    for part in range(1, parts):
        here = here[(words.values[here + part] >> np.uint64(part)) & np.uint64(1) != 0]
    owners = words.owners(here)
    inside = owners == words.owners(here + parts - 1)
    return np.bincount(owners[inside], minlength=articles)


def _together(words: Stretches, node: Near, articles: int) -> NDArray[np.int64]:
    """How often all parts stand within the stretch of words that the slop allows."""
    times = np.zeros(articles, np.int64)
    at = np.flatnonzero(words.values)
    owners = words.owners(at)
    bits = words.values[at].tolist()
    bounds = np.searchsorted(owners, np.arange(articles + 1)).tolist()
    places = at.tolist()
    parts = len(node.parts[:PARTS_OF_A_PHRASE])
    for article in range(articles):
        start, end = bounds[article], bounds[article + 1]
        times[article] = _windows(places[start:end], bits[start:end], parts, node)
    return times


def _windows(places: list[int], bits: list[int], parts: int, node: Near) -> int:
    """How many words begin a stretch, no longer than allowed, in which each part has a word of its own."""
    longest = parts + node.slop
    found = 0
    end = 0
    for first, place in enumerate(places):
        while end < len(places) and places[end] < place + longest:
            end += 1
        if end - first >= parts and _assigned(bits[first:end], parts, node.ordered):
            found += 1
    return found


def _assigned(bits: list[int], parts: int, ordered: bool) -> bool:
    """Whether each part can have a word of its own, the first word being one of them."""
    if ordered:
        part = 0
        for word in bits:
            if word >> part & 1:
                part += 1
                if part == parts:
                    return True
            elif not part:
                return False
        return False
    taken: dict[int, int] = {}  # part -> word

    def give(word: int, seen: set[int]) -> bool:
        for part in range(parts):
            if bits[word] >> part & 1 and part not in seen:
                seen.add(part)
                if part not in taken or give(taken[part], seen):
                    taken[part] = word
                    return True
        return False

    if not give(0, set()):
        return False
    for word in range(1, len(bits)):
        give(word, set())
        if len(taken) == parts:
            return True
    return len(taken) == parts
