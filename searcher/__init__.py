"""Search over Persian news: open an index, ask, read the hits.

import searcher

with searcher.open("my-index") as news:
    for hit in news.search("همکاری‌های دانشگاه", since="۱۴۰۱"):
        print(hit.title, hit.published)
"""

from .engine import Searcher, Stats, open
from .results import Hit, Page, Piece, Suggestion

__all__ = ["Hit", "Page", "Piece", "Searcher", "Stats", "Suggestion", "open"]
