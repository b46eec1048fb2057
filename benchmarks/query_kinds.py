"""How fast queries other than plain words are: phrases, all of two words, prefixes, within a year, the newest first.

    python benchmarks/query_kinds.py INDEX QUERIES.tsv DIR
    python benchmarks/query_kinds.py INDEX QUERIES.tsv DIR --peers FOLDER --peers-python PYTHON    # beside tantivy

Sixty queries of each kind are made of the queries' own words, spread over all of them; `short` are their first one to
three words, to compare with. Prints a JSON line a kind: the mean and the median time of the processor in milliseconds,
of ten ids, in a process that has asked all queries before; for tantivy the same with the ids read from its store, and
with addresses alone, which its users have to look up. Rounds go by turns, each in a new process; figures are medians
over the rounds. tantivy's index, of the same articles with their dates, is kept in DIR.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from processes import watch
from tantivy_kinds import timed

import khabarjoo

COUNT = 60
_WORD = re.compile(r"[^\W\d_]{3,}")
_LETTERS = 4  # of a prefix
_SCRIPT = Path(__file__).with_name("tantivy_kinds.py")
_BENCH = Path(__file__).parents[2] / "shared" / "bench"

Times = dict[str, list[float]]


def queries_of(texts: Sequence[str], years: Sequence[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    """Yields the queries, each with its kind and its words; those within a year with the seconds it lasts."""
    usable = [words for text in texts if len(words := _WORD.findall(text)) > 1]
    spread = [usable[place * len(usable) // COUNT] for place in range(COUNT)]
    for place, words in enumerate(spread):
        pair = " ".join(words[:2])
        yield {"kind": "short", "text": " ".join(words[: 1 + place % 3])}
        yield {"kind": "phrase", "text": pair}
        yield {"kind": "all", "text": pair}
        yield {"kind": "prefix", "text": max(words, key=len)[:_LETTERS]}
        since, until = years[place % len(years)]
        yield {"kind": "dated", "text": " ".join(words), "since": since, "until": until}
        yield {"kind": "newest", "text": pair}


def ask_ours(index: Path, queries: Sequence[dict[str, Any]]) -> Times:
    """Returns how long each query took, kind by kind."""
    from datetime import UTC, datetime

    with khabarjoo.open(index) as news:

        def ids(query: dict[str, Any]) -> list[str]:
            words = query["text"].split()
            texts = {"phrase": f"«{' '.join(words)}»", "all": " AND ".join(words), "prefix": f"{words[0]}*"}
            given: dict[str, Any] = {"sort": "newest"} if query["kind"] == "newest" else {}
            if query["kind"] == "dated":
                given = {name: datetime.fromtimestamp(query[name], UTC) for name in ("since", "until")}
            return [hit.id for hit in news.search(texts.get(query["kind"], query["text"]), limit=10, **given)]

        return timed(ids, list(queries))


def years_of(index: Path) -> list[tuple[int, int]]:
    """Returns the first and the last second of each Gregorian year that articles are of."""
    from datetime import UTC, datetime

    with khabarjoo.open(index) as news:
        span = news.dates()
    if span is None:
        sys.exit("no article of this index has a date")
    return [
        (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()), int(datetime(year + 1, 1, 1, tzinfo=UTC).timestamp()))
        for year in range(span[0].year, span[1].year + 1)
    ]


def write_articles(index: Path, path: Path) -> None:
    """Writes the articles of an index as tantivy_kinds.py reads them."""
    with khabarjoo.open(index) as news, path.open("w", encoding="utf-8") as file:
        for article in news:
            date = None if article.published is None else int(article.published.timestamp())
            text = "\n".join(filter(None, (article.lead, article.body)))
            line = {"id": article.id, "title": article.title, "text": text, "date": date}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def main() -> int:
    """Measures what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, metavar="INDEX")
    parser.add_argument("queries", type=Path, metavar="QUERIES.tsv")
    parser.add_argument("home", type=Path, metavar="DIR")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=Path, nargs="?", const=_BENCH, metavar="FOLDER")
    parser.add_argument("--peers-python", default=sys.executable, help="a Python that has tantivy")
    options = parser.parse_args()
    options.home.mkdir(parents=True, exist_ok=True)
    lines = options.queries.read_text(encoding="utf-8").splitlines()
    queries = list(queries_of([line.split("\t", 1)[1] for line in lines if "\t" in line], years_of(options.index)))
    rounds: dict[str, list[Times]] = {"ours": [], "ids": [], "addresses": []}
    for _ in range(options.rounds):
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            rounds["ours"].append(pool.submit(ask_ours, options.index, queries).result())
        if options.peers is not None:
            theirs = _ask_tantivy(options, queries)
            for name, times in theirs.items():
                rounds[name].append(times)
    for kind in dict.fromkeys(query["kind"] for query in queries):
        print(json.dumps({"kind": kind, **_figures(kind, rounds)}), flush=True)
    return 0


def _ask_tantivy(options: argparse.Namespace, queries: Sequence[dict[str, Any]]) -> dict[str, Times]:
    articles, asked = options.home / "articles.jsonl", options.home / "kinds.jsonl"
    index = options.home / "tantivy-dated.index"
    if not index.exists():
        write_articles(options.index, articles)
    asked.write_text("".join(json.dumps(query) + "\n" for query in queries), encoding="utf-8")
    run = watch([options.peers_python, _SCRIPT, options.peers, articles, asked, index])
    if run.code:
        sys.exit((run.errors.strip() or f"exit code {run.code}").splitlines()[-1])
    told: dict[str, Times] = json.loads(run.output.splitlines()[-1])
    return told


def _figures(kind: str, rounds: dict[str, list[Times]]) -> dict[str, float]:
    """The medians over the rounds, and ours to theirs."""
    figures: dict[str, float] = {}
    for name, of_engine in rounds.items():
        if of_engine:
            figures[f"{name}_mean_ms"] = statistics.median(statistics.fmean(times[kind]) for times in of_engine)
            figures[f"{name}_p50_ms"] = statistics.median(statistics.median(times[kind]) for times in of_engine)
    for name in ("ids", "addresses"):
        if rounds[name]:
            figures[f"to_{name}"] = figures["ours_mean_ms"] / figures[f"{name}_mean_ms"]
    return {name: round(figure, 4) for name, figure in figures.items()}


if __name__ == "__main__":
    sys.exit(main())
