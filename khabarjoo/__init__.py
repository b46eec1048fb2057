"""Search over Persian news: index files, open the index, ask, read the hits.

>>> import tempfile
>>> from pathlib import Path
>>> import khabarjoo
>>> folder = tempfile.TemporaryDirectory()
>>> page = Path(folder.name, "page.txt")
>>> _ = page.write_text("آغاز سال تحصیلی\\n\\nدانشگاه‌ها از اول مهر باز شدند.\\n", encoding="utf-8")
>>> khabarjoo.build(Path(folder.name, "news.index"), [page]).added
1
>>> with khabarjoo.open(Path(folder.name, "news.index")) as news:
...     [hit.title for hit in news.search("دانشگاه")]
['آغاز سال تحصیلی']
>>> folder.cleanup()
"""

from __future__ import annotations

TYPE_CHECKING = False  # that of typing takes longer to import than all else here
if TYPE_CHECKING:
    from .analyzers.dates import DateError
    from .index.article import Article
    from .index.errors import (
        AnalyzerMismatch,
        BuildFailed,
        DiskFailure,
        IndexDamaged,
        IndexLocked,
        Interrupted,
        MissingPath,
        NoIndex,
        NoSuchArticle,
        NotAnIndex,
        NothingToIndex,
        OtherFormat,
        StoreError,
        WouldForget,
    )
    from .index.file_sync import build
    from .index.run_report import Report
    from .searcher.concordance import Concordance
    from .searcher.local.whoosh_search import open_whoosh, whoosh_query
    from .searcher.query.plan import Filters
    from .searcher.query_limits import Limits, Partial
    from .searcher.results import Copy, Explanation, Facets, Fragment, Hit, Page, Stats, Suggestion, Timeline
    from .searcher.searcher import Searcher, open
    from .searcher.term_counts import TermCounts

    __version__: str

# Where each name lives. All are imported when first asked for: a searcher needs numpy, and most commands and modules
# do not. The command itself passes through here before it can do anything about Ctrl-C, so nothing is imported here.
_HOMES = {
    "analyzers.dates": ("DateError",),
    "index.article": ("Article",),
    "index.errors": (
        "AnalyzerMismatch", "BuildFailed", "DiskFailure", "IndexDamaged", "IndexLocked", "Interrupted", "MissingPath",
        "NoIndex", "NoSuchArticle", "NotAnIndex", "NothingToIndex", "OtherFormat", "StoreError", "WouldForget",
    ),
    "index.run_report": ("Report",),
    "index.file_sync": ("build",),
    "searcher.local.whoosh_search": ("open_whoosh", "whoosh_query"),
    "searcher.query.plan": ("Filters",),
    "searcher.query_limits": ("Limits", "Partial"),
    "searcher.concordance": ("Concordance",),
    "searcher.results": (
        "Copy", "Explanation", "Facets", "Fragment", "Hit", "Page", "Stats", "Suggestion", "Timeline",
    ),
    "searcher.searcher": ("Searcher", "open"),
    "searcher.term_counts": ("TermCounts",),
}  # fmt: skip

__all__ = [
    "AnalyzerMismatch",
    "Article",
    "BuildFailed",
    "Concordance",
    "Copy",
    "DateError",
    "DiskFailure",
    "Explanation",
    "Facets",
    "Filters",
    "Fragment",
    "Hit",
    "IndexDamaged",
    "IndexLocked",
    "Interrupted",
    "Limits",
    "MissingPath",
    "NoIndex",
    "NoSuchArticle",
    "NotAnIndex",
    "NothingToIndex",
    "OtherFormat",
    "Page",
    "Partial",
    "Report",
    "Searcher",
    "Stats",
    "StoreError",
    "Suggestion",
    "TermCounts",
    "Timeline",
    "WouldForget",
    "__version__",
    "build",
    "open",
    "open_whoosh",
    "whoosh_query",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("khabarjoo")
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f".{home}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
