"""The words of an index on a cluster, counted beside it, as the server lists none.

Each run appends how often each form occurs in what it added, and with a minus in what it replaced or removed; and so
how many articles have each lemma, and how many statements are shown of each speaker. Readers add it all up. The list
stays small: it grows with the words that are new, not with the articles.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..segment_writer import Inverted

FormKey = tuple[str, str, tuple[str, ...]]
"""A form, its lemma, and the lemmas of its parts."""

_CHUNK = 50_000  # rows of one entry
_LONGEST = 1 << 28  # bytes that an entry may open to


class WordCounts(NamedTuple):
    """How often each form occurs, how many articles have each lemma, how many statements are shown of each speaker."""

    forms: Counter[FormKey]
    lemmas: Counter[str]
    speakers: Counter[str]

    @classmethod
    def none(cls) -> WordCounts:
        """Returns counts of nothing."""
        return cls(Counter(), Counter(), Counter())

    def add(self, inverted: Inverted, sign: int = 1) -> None:
        """Counts the words of some articles, or with a minus takes them away."""
        times = np.bincount(inverted.forms, minlength=len(inverted.chosen)).tolist()
        forms, lemmas = self.forms, self.lemmas
        for term, count in zip(inverted.chosen, times, strict=True):
            forms[term.form, term.lemma, term.parts] += sign * count
        articles = np.bincount(inverted.lemma, minlength=len(inverted.lemmas)).tolist()
        for lemma, count in zip(inverted.lemmas, articles, strict=True):
            lemmas[lemma] += sign * count

    def add_speakers(self, names: Iterable[str], sign: int = 1) -> None:
        """Counts a statement of each speaker named, or with a minus takes it away."""
        for name in names:
            self.speakers[name] += sign


def packed(counts: WordCounts) -> Iterator[str]:
    """Yields counts as entries of the log."""
    forms: list[list[Any]] = [[form, lemma, list(parts), n] for (form, lemma, parts), n in counts.forms.items() if n]
    lemmas: list[list[Any]] = [[lemma, n] for lemma, n in counts.lemmas.items() if n]
    speakers: list[list[Any]] = [[name, n] for name, n in counts.speakers.items() if n]
    for start in range(0, max(len(forms), len(lemmas), len(speakers)), _CHUNK):
        rows = [forms[start : start + _CHUNK], lemmas[start : start + _CHUNK], speakers[start : start + _CHUNK]]
        yield pack(rows if rows[-1] else rows[:-1])


def unpacked(entries: Iterable[str]) -> WordCounts:
    """Returns what entries of the log add up to. Raises ValueError for one that is none of ours."""
    counts = WordCounts.none()
    for entry in entries:
        rows = unpack(entry)
        try:
            forms, lemmas, *speakers = rows
            for form, lemma, parts, times in forms:
                counts.forms[str(form), str(lemma), tuple(map(str, parts))] += int(times)
            for lemma, articles in lemmas:
                counts.lemmas[str(lemma)] += int(articles)
            for name, statements in (row for each in speakers for row in each):
                counts.speakers[str(name)] += int(statements)
        except (TypeError, ValueError) as error:
            raise ValueError("an entry of the log is not that of an article's words") from error
    return counts


def pack(value: Sequence[Any] | dict[str, Any]) -> str:
    """Returns a value of JSON as it is kept in the log."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return base64.b64encode(zlib.compress(text, 6)).decode("ascii")


def unpack(text: str) -> Any:
    """Returns the value that `pack` was given. Raises ValueError for anything else, and for what opens to too much."""
    try:
        opener = zlib.decompressobj()
        data = opener.decompress(base64.b64decode(text, validate=True), _LONGEST)
        if opener.unconsumed_tail or not opener.eof:
            raise ValueError("it is cut short, or opens to too much")
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, zlib.error, RecursionError) as error:
        raise ValueError(f"an entry of the log is not that of an article's words: {error}") from error
