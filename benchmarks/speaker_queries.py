"""Compares questions about speakers with a reader that goes through every article, and counts what speakers cost.

    python benchmarks/speaker_queries.py ARTICLES.jsonl.gz [--articles 1000] [--queries 300]

So many articles, spread over the file, are indexed with speakers and without. A question is a speaker and one or two
words, half of them of one statement and half at random; the reader takes the statements of `SpeechReader` and the
tokens of `PersianAnalyzer` that begin within them. Both must find the same articles.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from speech import rows_of

import khabarjoo
from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.reported_speech import SpeechReader, name_key
from khabarjoo.searcher.query.plan import Match, Plan, Said, Word
from khabarjoo.searcher.searcher import Searcher


class Spoken(NamedTuple):
    """A statement as the reader sees it: its article, its speaker's key, the lemmas of its words and of their parts."""

    id: str
    key: str
    lemmas: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, metavar="ARTICLES")
    parser.add_argument("--articles", type=int, default=1000, dest="number", metavar="N")
    parser.add_argument("--queries", type=int, default=300, metavar="N")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = list(rows_of(arguments.articles))
        rows = rows[:: max(1, len(rows) // arguments.number)][: arguments.number]
        news = folder / "news.jsonl"
        news.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        sizes, seconds = [], []
        for is_told in (False, True):
            started = time.process_time()
            khabarjoo.build(folder / f"index-{is_told}", news, speakers=is_told)
            seconds.append(time.process_time() - started)
            with khabarjoo.open(folder / f"index-{is_told}") as index:
                sizes.append(index.stats().size_bytes)
        n = len(rows)
        print(f"{n:,} articles: {(sizes[1] - sizes[0]) / n:.0f} bytes an article for who said what, ", end="")
        print(f"{1000 * (seconds[1] - seconds[0]) / n:.2f} ms of a process, its words met for the first time")
        with khabarjoo.open(folder / "index-True") as index:
            compare(index, arguments.queries)


def compare(index: Searcher, queries: int) -> None:
    """Prints of how many questions the index and the reader find other articles."""
    spoken = list(_read(index))
    rng = random.Random(7)
    every = sorted({lemma for said in spoken for lemma in said.lemmas})
    names = {name_key(name): name for name in index.speakers()}
    differing = found = 0
    for number in range(queries):
        said = rng.choice([each for each in spoken if each.key in names and len(each.lemmas) > 2])
        size = rng.choice((1, 2))
        lemmas = rng.sample(sorted(said.lemmas) if number % 2 else every, size)
        words = tuple(Word(lemma, (lemma,)) for lemma in lemmas)
        root = Said((names[said.key],), words)
        ours = {hit.id for hit in index._engine.search(Plan(Match((root,))), 10_000).hits}
        theirs = {each.id for each in spoken if each.key == said.key and each.lemmas.issuperset(lemmas)}
        found += bool(theirs)
        if ours != theirs:
            differing += 1
            print(f"  {names[said.key]} {lemmas}: index alone {ours - theirs}, reader alone {theirs - ours}")
    print(f"{queries} questions, {found} of them with an answer: {differing} differ")


def _read(index: Searcher) -> Iterator[Spoken]:
    analyzer, reader = default_analyzer(), SpeechReader()
    for article, _ in index.articles():
        texts = {"title": article.title, "lead": article.lead, "body": article.body}
        tokens = {field: list(analyzer.tokens(text)) for field, text in texts.items()}
        for said in reader.read(*texts.values()):
            if said.is_shown:
                inside = [token.term for token in tokens[said.field] if said.start <= token.start < said.end]
                lemmas = frozenset(lemma for term in inside for lemma in (term.lemma, *term.parts))
                yield Spoken(article.id, name_key(said.name), lemmas)


if __name__ == "__main__":
    main()
