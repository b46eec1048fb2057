"""Asks an index on a cluster and a folder of the same articles all that can be asked; prints what differs.

    python benchmarks/cluster_same.py opensearch://localhost:9200/news news.index QUERIES [--most 100] [--seed 1]

For each query: pages of ten with snippets and marked titles, copies folded, the newest and the oldest, what is deep in
both (past 10,000 articles where there are as many), facets, timeline with what is undated, what is similar to the
first hit and why it is one, a concordance, how often the words are used, and what is suggested in place of a query that
has a letter less. And of both as a whole: names, dates, statistics, the words that completion knows. Queries stand in
the last column of each line. Prints a table, and some of what differs; the exit code is 1 when anything does.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import khabarjoo
from khabarjoo.searcher.engine import SORTS, Sort
from khabarjoo.searcher.results import Page, Stats
from khabarjoo.searcher.searcher import Searcher

_DEEP = 10_500
_DIGITS = 5  # of scores after the point: they differ by rounding from the sixth on
_DEEP_QUERIES = 5
_TOLD = 5
_LEAST = 4  # letters of a word that one is taken from

Question = Callable[[Searcher, str], Any]


def _shown(page: Page) -> Any:
    """All that a page shows."""
    hits = [(hit.id, round(hit.score, _DIGITS), hit.copies, hit.marked_title, hit.snippet) for hit in page]
    return page.total, page.total_all, hits


def _ids(page: Page) -> Any:
    return page.total, page.total_all, [(hit.id, hit.copies) for hit in page]


def _first(news: Searcher, text: str) -> str | None:
    return next((hit.id for hit in news.search(text, limit=1)), None)


def _similar(news: Searcher, text: str) -> Any:
    id = _first(news, text)
    return id and [(hit.id, round(hit.score, _DIGITS)) for hit in news.similar(id)]


def _explained(news: Searcher, text: str) -> Any:
    id = _first(news, text)
    return id and [(line.what, round(line.value, _DIGITS)) for line in news.explain(text, id).lines]


def _suggested(news: Searcher, text: str) -> Any:
    page = news.search(text, limit=3)
    return page.suggestion, [hit.id for hit in page]


def _deep(sort: Sort, news: Searcher, text: str) -> Any:
    return _ids(news.search(text, sort=sort, offset=min(_DEEP, len(news) - 20)))


QUESTIONS: dict[str, Question] = {
    "pages with snippets": lambda news, text: _shown(news.search(text)),
    "pages, copies folded": lambda news, text: _shown(news.search(text, fold_duplicates=True)),
    "the newest": lambda news, text: _ids(news.search(text, sort="newest", limit=20)),
    "the oldest, copies folded": lambda news, text: _ids(
        news.search(text, sort="oldest", limit=20, fold_duplicates=True)
    ),
    "facets": lambda news, text: news.facets(text),
    "timeline": lambda news, text: news.timeline(text),
    "similar to the first": _similar,
    "why the first is a hit": _explained,
    "concordance": lambda news, text: news.concordance(text, limit=20, articles=20),
    "how often it is used": lambda news, text: news.term(text),
}
"""What is asked with each query."""

DEEP: dict[str, Question] = {f"{sort}, {_DEEP:,} down": partial(_deep, sort) for sort in SORTS}
"""What is asked with a few."""

WHOLE: dict[str, Question] = {
    "names": lambda news, _: [news.names(kind) for kind in ("source", "category", "tag")],
    "dates": lambda news, _: news.dates(),
    "statistics": lambda news, _: _without_size(news.stats()),
    "words": lambda news, _: {(word.form, word.times, word.lemma, *word.parts) for word in news.vocabulary(10**7)},
}
"""What is asked once."""


def _without_size(stats: Stats) -> Stats:
    return stats._replace(size_bytes=0, path="")


def differing(cluster: Searcher, folder: Searcher, queries: Sequence[str], rng: Random) -> int:
    """Prints a table of what was asked and what differed; returns how much did."""
    asked: Counter[str] = Counter()
    different: Counter[str] = Counter()

    def compare(name: str, question: Question, text: str = "") -> None:
        asked[name] += 1
        one, other = question(cluster, text), question(folder, text)
        if one != other:
            different[name] += 1
            if different[name] <= _TOLD:
                print(f"{name} of {text!r}: {str(one)[:400]} in place of {str(other)[:400]}", file=sys.stderr)

    for text in queries:
        for name, question in QUESTIONS.items():
            compare(name, question, text)
        compare("suggestions", _suggested, _with_a_letter_less(text, rng))
    for text in ("", *queries[:_DEEP_QUERIES]):
        for name, question in DEEP.items():
            compare(name, question, text)
    for name, question in WHOLE.items():
        compare(name, question)
    print(f"{len(folder)} articles, {len(queries)} queries")
    print("| asked | times | different |")
    print("|---|---|---|")
    for name, times in asked.items():
        print(f"| {name} | {times} | {different[name]} |")
    return different.total()


def _with_a_letter_less(text: str, rng: Random) -> str:
    """A query one of whose words lacks a letter."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= _LEAST]
    if long:
        place = rng.choice(long)
        at = rng.randrange(1, len(words[place]) - 1)
        words[place] = words[place][:at] + words[place][at + 1 :]
    return " ".join(words)


def main(arguments: Sequence[str] | None = None) -> int:
    """Asks both, and prints a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("address")
    parser.add_argument("folder", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--most", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    queries = [line.split("\t")[-1] for line in options.queries.read_text(encoding="utf-8").splitlines()]
    with khabarjoo.open(options.address) as cluster, khabarjoo.open(options.folder) as folder:
        return int(differing(cluster, folder, queries[: options.most], Random(options.seed)) > 0)


if __name__ == "__main__":
    sys.exit(main())
