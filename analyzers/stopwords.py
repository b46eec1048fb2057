"""Words that say little on their own. They are indexed like any other; a query leaves them out when it can."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from .normalizer import fold, join_parts


@lru_cache(maxsize=1)
def stopwords() -> frozenset[str]:
    """Returns the stopwords, folded and joined as tokens are, so that every spelling of them is met.

    >>> "که" in stopwords(), "میشود" in stopwords()
    (True, True)
    """
    text = Path(__file__).with_name("stopwords.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(join_parts(fold(line)) for line in lines if line and not line.startswith("#"))
