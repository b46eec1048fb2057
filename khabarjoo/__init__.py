"""Search over Persian news: open an index, ask, read the hits.

import searcher

with khabarjoo.open("my-index") as news:
    for hit in news.search("همکاری‌های دانشگاه", since="۱۴۰۱"):
        print(hit.title, hit.published)
"""

from __future__ import annotations

TYPE_CHECKING = False  # that of typing takes longer to import than all else here
if TYPE_CHECKING:
    from khabarjoo.searcher.results import Copy, Fragment, Hit, Page, Suggestion
    from khabarjoo.searcher.searcher import Searcher, Stats, open

__all__ = ["Copy", "Hit", "Page", "Piece", "Searcher", "Stats", "Suggestion", "open"]

# Loaded when first asked for: the engine needs numpy and Whoosh, and most commands and modules here need neither. The
# command itself passes through here before it can do anything about Ctrl-C, so nothing else is imported either.
_HOMES = {"Searcher": "engine", "Stats": "engine", "open": "engine"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_HOMES.get(name, 'results')}", __name__), name)
