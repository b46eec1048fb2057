"""How articles print a word that an index knows by its folded letters: with the ZWNJs and hamzas that these lack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
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

_ARTICLES_READ = 40  # at most, to see how a word is printed
_PRINTS = 3  # that are compared
_PREFIX = re.compile(rf"ن?می(?=[^{ZWNJ}]{{2}})")  # of a verb
# What a printed word is shown with: Persian letters, ZWNJ for its look-alikes, nothing invisible or stretched.
_SHOWN = str.maketrans("يك", YEH + KEHEH, BIDI_CONTROLS + TATWEEL) | dict.fromkeys(map(ord, ZWNJ_LOOKALIKES), ZWNJ)


def printed(readers: Sequence[SegmentReader], similar: Similar) -> str:
    """A form as most of the first articles by id print it: with its ZWNJ and hamzas, which forms do not keep.

    The prefix of a verb is set apart, as careful writers do, whether or not those articles do.
    """
    found: list[tuple[bytes, SegmentReader, int]] = []
    for reader in readers:
        docs = reader.decoded(similar.lemma).docs
        first = docs[np.argsort(reader.columns.id_ranks[docs])[:_ARTICLES_READ]]
        found += [(reader.columns.ids.raw(doc), reader, doc) for doc in first.tolist()]
    prints: Counter[str] = Counter()
    for _, reader, doc in sorted(found, key=itemgetter(0))[:_ARTICLES_READ]:
        if text := _printed_in(reader.columns.article(doc), similar.form):
            prints[text] += 1
        if prints.total() == _PRINTS:
            break
    text = prints.most_common(1)[0][0] if prints else similar.spelled
    match = _PREFIX.match(text) if "#" in similar.lemma else None
    return f"{match[0]}{ZWNJ}{text[match.end() :]}" if match else text


def _printed_in(article: Article, form: str) -> str:
    for text in (article.title, article.lead, article.body):
        for match in RAW_TOKEN.finditer(text):
            if join_parts(fold(match[0])) == form:
                return match[0].translate(_SHOWN)
    return ""
