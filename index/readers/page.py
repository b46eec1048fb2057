"""Page text: what a scraper, or a person with a mouse, copies from a news page.

The lines are sorted into the page's furniture and the article's own, by the rules of ``index.boilerplate``; the place
of a line settles what its words leave open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.article import Article
from index.boilerplate import Furniture, furniture
from index.furniture import Meaning
from index.linekey import letters
from index.readers.encoding import mend
from index.readers.facts import Facts
from index.readers.reading import Input, Notice, Reading, Skipped

# Where a headline may be looked for, and how long it may be.
_HEAD_ROWS = 60
_REPEATED_WITHIN = 14
_SHORTEST_TITLE = 8
_LONGEST_TITLE = 220
# A paragraph at least this long, or this long and ended with a stop, is no headline.
_PARAGRAPH = 170
_SENTENCE = 60
_LONGEST_LEAD = 600
_LONGEST_TAG = 40
# A related-articles box amid the text holds so many headlines at most.
_LONGEST_BOX = 8
# This much text before a heading such as «ارسال نظر» means that the article is over, whatever follows.
_ENOUGH = 400

_CRAWL_DATE = re.compile(r"\s*(date \d{4}-\d\d-\d\d)\b\s*(.*)")
_BULLET = re.compile(r"[•*●▪■◾◼·»›>-]+(?:\s+|$)")
_STOP = re.compile(r"[.!؟?…»”)\]:]+[\s\d\u06f0-\u06f9/]*$")
_SIGNED_OFF = re.compile(r"(?<=[.!؟?»”)\]])\s*[/\\.]*\s*(?:انتها[یيى]|پا[یيى]ان)\s*(?:پ[یيى]ام|خبر|گزارش)\s*[/.\s]*\S{0,12}$")
_KICKER_END = re.compile(r"[:؛/]$")
_KICKER_LENGTH = 70
_REPORT = re.compile(r"به[\s\u200c]*گزارش|ب[هة]\s+نقل\s+از")
_REPORTING = frozenset(
    map(
        letters,
        "کرد شد داد گفت کردند شدند دادند مطرح تشریح خبر اعلام تاکید عنوان تصریح بیان".split(),
    )
)
