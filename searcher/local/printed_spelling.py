"""How articles print a word that an index knows by its folded letters: with the ZWNJs and hamzas that these lack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter

import numpy as np

from khabarjoo.analyzers.normalizer import (
    BIDI_CONTROLS,
    KEHEH,
    TATWEEL,
    YEH,
    ZWNJ,
    ZWNJ_LOOKALIKES,
    fold,
    join_parts,
)
from khabarjoo.analyzers.tokenizer import RAW_TOKEN
from khabarjoo.index.article import Article
from khabarjoo.index.segment_reader import SegmentReader

from .spelling import Similar

ARTICLES_READ = 40
"""Articles that are read at most, to see how a word is printed."""

_PRINTS = 3  # that are compared
_PREFIX = re.compile(rf"ن?می(?=[^{ZWNJ}]{{2}})")  # of a verb
# What a printed word is shown with: Persian letters, ZWNJ for its look-alikes, nothing invisible or stretched.
_SHOWN = str.maketrans("يك", YEH + KEHEH, BIDI_CONTROLS + TATWEEL) | dict.fromkeys(map(ord, ZWNJ_LOOKALIKES), ZWNJ)


def printed(prints: Iterable[str], similar: Similar) -> str:
    """Returns a form as most of the first articles by id print it: with its ZWNJ and hamzas, which forms do not keep.

    ``prints`` are how they do, one after another. The prefix of a verb is set apart, as careful writers do, whether or
    not those articles do.
    """
    most: Counter[str] = Counter(islice(prints, _PRINTS))
    text = most.most_common(1)[0][0] if most else similar.spelled
    match = _PREFIX.match(text) if "#" in similar.lemma else None
    return f"{match[0]}{ZWNJ}{text[match.end() :]}" if match else text


def prints_in(readers: Sequence[SegmentReader], similar: Similar) -> Iterator[str]:
    """Yields how the first articles by id, of some segments, print a form, in their order."""
    found: list[tuple[bytes, SegmentReader, int]] = []
    for reader in readers:
        docs = reader.decoded(similar.lemma).docs
        first = docs[np.argsort(reader.columns.id_ranks[docs])[:ARTICLES_READ]]
        found += [(reader.columns.ids.raw(doc), reader, doc) for doc in first.tolist()]
    for _, reader, doc in sorted(found, key=itemgetter(0))[:ARTICLES_READ]:
        if text := printed_in(reader.columns.article(doc), similar.form):
            yield text


def printed_in(article: Article, form: str) -> str:
    """Returns how an article prints a form where it has it first; '' where it has not."""
    for text in (article.title, article.lead, article.body):
        for match in RAW_TOKEN.finditer(text):
            if join_parts(fold(match[0])) == form:
                return match[0].translate(_SHOWN)
    return ""
