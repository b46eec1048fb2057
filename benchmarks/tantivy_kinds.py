"""Asks tantivy queries of several kinds, for query_kinds.py; run by a Python that has tantivy, and nothing of ours.

    python tantivy_kinds.py FOLDER ARTICLES.jsonl QUERIES.jsonl DIR

FOLDER has peers.py, whose folding of letters is used. ARTICLES.jsonl has id, title, text and date (seconds, or null).
Prints a JSON line: for each kind the time of the processor of each query of the last round, in milliseconds, with the
ids read from the store and without.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from peer_ids import script

ROUNDS = 6
_BEFORE_ALL = -(1 << 60)


def main() -> None:
    """Makes the index if it is not there, and asks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="has peers.py")
    for file in ("articles", "queries"):
        parser.add_argument(file, type=Path)
    parser.add_argument("index", help="the folder of tantivy's index")
    given = parser.parse_args()
    index: str = given.index
    import tantivy  # type: ignore[import-not-found]

    peers = script(given.folder / "peers.py")

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for field in ("title", "body"):
        builder.add_text_field(field, stored=True)
    builder.add_integer_field("date", indexed=True, fast=True)
    schema = builder.build()
    if not Path(index).exists():
        Path(index).mkdir(parents=True)
        writer = tantivy.Index(schema, path=index).writer(512_000_000)
        with given.articles.open(encoding="utf-8") as file:
            for line in map(json.loads, file):
                texts = {"title": line["title"].translate(peers.FOLD), "body": line["text"].translate(peers.FOLD)}
                date = _BEFORE_ALL if line["date"] is None else line["date"]
                writer.add_document(tantivy.Document(id=line["id"], date=date, **texts))
        writer.commit()
        writer.wait_merging_threads()
    opened = tantivy.Index.open(index)
    searcher = opened.searcher()

    def parsed(query: dict[str, Any]) -> Any:
        words = peers.words(query["text"])
        if query["kind"] == "prefix":
            letters = words[0]
            of_fields = [tantivy.Query.regex_query(schema, field, f"{letters}.*") for field in ("title", "body")]
            return tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in of_fields])
        text = {"phrase": f'"{" ".join(words)}"', "all": " ".join(f"+{word}" for word in words)}
        plain = opened.parse_query(text.get(query["kind"], " ".join(words)), ["title", "body"])
        if query["kind"] != "dated":
            return plain
        span = tantivy.Query.range_query(
            schema, "date", tantivy.FieldType.Integer, query["since"], query["until"], True, False
        )
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, plain), (tantivy.Occur.Must, span)])

    def addresses(query: dict[str, Any]) -> list[Any]:
        order = {"order_by_field": "date"} if query["kind"] == "newest" else {}
        return [address for _, address in searcher.search(parsed(query), 10, **order).hits]

    def ids(query: dict[str, Any]) -> list[str]:
        return [searcher.doc(address)["id"][0] for address in addresses(query)]

    with given.queries.open(encoding="utf-8") as file:
        asked = [json.loads(line) for line in file]
    print(json.dumps({"ids": timed(ids, asked), "addresses": timed(addresses, asked)}))


def timed(ask: Callable[[dict[str, Any]], object], queries: list[dict[str, Any]]) -> dict[str, list[float]]:
    """Returns for each kind how long each query took in the last of some rounds over all."""
    times: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        times = {}
        for query in queries:
            started = time.process_time()
            ask(query)
            times.setdefault(query["kind"], []).append((time.process_time() - started) * 1000)
    return times


if __name__ == "__main__":
    main()
