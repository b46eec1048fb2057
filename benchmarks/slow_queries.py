"""Queries made to take long: what each kind takes of time and memory, and whether Ctrl-C ends it.

    python benchmarks/slow_queries.py INDEX [--seconds 2] [--megabytes 500] [--giant 16000000] [--only KIND...]

Each kind is made of the index's own words and asked in a process of its own, which opens the index, asks, and makes
titles and snippets of the page. A line tells the processor's seconds for that, the highest resident memory, how many
articles were found, and of an answer that came to a limit how many had been searched. The giant is an article of so
many letters in an index of its own. Then commands are interrupted at random moments. Exits with 1 when something takes
more than is allowed, fails, or goes on after Ctrl-C.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

import khabarjoo
from khabarjoo.index.file_sync import sync
from khabarjoo.searcher.output import FORMATS
from khabarjoo.searcher.output.article_text import Marks, write_article_text

LETTERS = "ابپتثجچحخدذرزسشصضطظعغفقکگلمنوهی"
INTERRUPTED, SOON = 130, 1.0  # exit code, and seconds after Ctrl-C

Ask = Callable[[khabarjoo.Searcher], str]


class Kind(NamedTuple):
    """A kind of query, and how it is asked; what that returns is told."""

    name: str
    ask: Ask
    query: str = ""


class Taken(NamedTuple):
    """What a process took."""

    seconds: float
    megabytes: float
    said: str


def kinds(words: Sequence[str], hits: int) -> Iterator[Kind]:
    """Every kind, of some words of an index, the commonest first; ``hits`` are exported."""
    stops, common, rng = list(words[:5]), list(words[5:2000]), Random(1)
    apart = " NEAR/100 "
    queries = {
        "4 patterns near each other": apart.join(f"*{letter}*" for letter in "ارنی"),
        "9 patterns near each other": apart.join(f"*{letter}*" for letter in "ارنیمدهوت"),
        "stopwords near each other": f'"{" ".join(stops)}"~100',
        "one word, 30 times, near itself": f'"{" ".join([stops[0]] * 30)}"~100',
        "60 words near each other": f'"{" ".join(words[:60])}"~100',
        "10 patterns": " ".join(f"*{letter}*" for letter in LETTERS[:10]),
        "400 patterns": " ".join(f"*{a}*{b}*" for a in LETTERS[:20] for b in LETTERS[:20]),
        "900 patterns, all required": " AND ".join(f"*{a}*{b}*" for a in LETTERS[:30] for b in LETTERS[:30]),
        "400 patterns barred": f"{common[0]} " + " ".join(f"-*{a}?{b}" for a in LETTERS[:20] for b in LETTERS[:20]),
        "30,000 pieces of patterns": " ".join("-".join(f"{a}*{b}" for b in LETTERS) for a in LETTERS * 30),
        "long patterns": " ".join("*".join(rng.choices(LETTERS, k=50)) for _ in range(900)),
        "1,000 similar words": " ".join(f"{word}~2" for word in common[:980]),
        "similar to long words": " ".join("".join(rng.choices(LETTERS, k=100)) + "~2" for _ in range(900)),
        "1,000 words, any of them": " OR ".join(common[:500]),
        "900 words": " ".join(common[:900]),
        "400 phrases": " OR ".join(f'"{a} {b}"' for a, b in pairwise(common[:400])),
        "a phrase of 900 words": f'"{" ".join(stops * 180)}"',
        "900 words of titles": " ".join(f"title:{word}" for word in common[:450]),
        "20 deep": "(" * 20 + " OR ".join(f"({a} -{b})" for a, b in pairwise(common[:200])) + ")" * 20,
        "900 tags": " ".join(f"tag:{word}" for word in common[:450]),
        "a list of tags": f"tag:({','.join(common)})",
        "450 dates": " OR ".join(f"date:13{70 + year % 30}/{1 + year % 12}" for year in range(450)),
        "a word of 100,000 letters": "".join(rng.choices(LETTERS, k=100_000)),
        "a pattern of 100,000 stars": "ا*" * 50_000,
        "8 words misspelt": " ".join("".join(rng.choices(LETTERS, k=35)) for _ in range(8)),
    }
    yield from (Kind(name, partial(_page, query=query), query) for name, query in queries.items())
    heavy = queries["400 patterns"]
    yield Kind("facets of 400 patterns", lambda news: _told(news.facets(heavy)))
    yield Kind("timeline of 400 patterns", lambda news: _told(news.timeline(heavy)))
    first = common[0]
    yield Kind("explain 400 patterns", lambda news: _told(news.explain(heavy, news.search(first)[0].id)))
    for form in ("jsonl", "html", "csv"):
        yield Kind(f"{hits:,} hits as {form}", partial(_export, query=first, hits=hits, form=form))


def _page(news: khabarjoo.Searcher, query: str) -> str:
    page = news.search(query, fold_duplicates=True)
    for hit in page:
        _ = hit.snippet, hit.marked_title
    _ = page.suggestion, page.explanation
    return f"{page.total:,} found" + _partial(page.partial)


def _told(answer: object) -> str:
    return "answered" + _partial(getattr(answer, "partial", None))


def _partial(left: khabarjoo.Partial | None) -> str:
    return f"; {left.limit} after {left.searched:,} of {left.articles:,}" if left else ""


def _export(news: khabarjoo.Searcher, query: str, hits: int, form: str) -> str:
    page = news.search(query, limit=hits)
    out = io.StringIO()
    FORMATS[form](page, out)
    return f"{len(page):,} hits, {len(out.getvalue()) / 1e6:.1f} million letters"


def giant_kinds() -> Iterator[Kind]:
    """What is asked of the giant."""
    for query in ("", "ایران", "ا*", "*ی*", "ایران~2"):
        yield Kind(f"show the giant, {query or 'no word'} marked", partial(_show, query=query))
    for query in ("ایران", "*ا*", '"از به در"~100'):
        yield Kind(f"find the giant by {query}", partial(_page, query=query))
    yield Kind("like the giant", lambda news: f"{news.similar('giant').total} found")


def _show(news: khabarjoo.Searcher, query: str) -> str:
    article = news.article("giant")
    marks, complete = None, True
    if query:
        *marked, complete = news.mark_whole(article, query)
        marks = Marks(*marked)
    with Path(os.devnull).open("w", encoding="utf-8") as out:
        write_article_text(article, marks, out)
    return "shown" if complete else "shown, its beginning marked"


def make_giant(giant: Path, index: Path, letters: int) -> str:
    """Makes an index of one article: as many bodies of another as give so many letters, again and again if need be."""
    bodies: list[str] = []
    size = 0
    with khabarjoo.open(index) as news:
        ids = news.search("", source=tuple(news.stats().sources), limit=len(news))
        while size < letters:
            for hit in ids:
                bodies.append(hit.article.body)
                size += len(bodies[-1])
                if size >= letters:
                    break
    row = {"id": "giant", "title": "خبر بزرگ", "text": "\n".join(bodies)}
    file = giant.with_suffix(".jsonl")
    file.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    sync(giant, [file])
    return "made"


def measured(index: Path, ask: Ask) -> Taken:
    """What opening an index and asking takes, in a process of its own. Its failure is told."""

    def asked() -> str:
        with khabarjoo.open(index) as news:
            return ask(news)

    return in_a_process(asked)


def in_a_process(work: Callable[[], str]) -> Taken:
    """Does some work in a process of its own, so that no memory of it stays."""
    receive, send = os.pipe()
    if not (child := os.fork()):
        os.close(receive)
        try:
            before = time.process_time()
            said = work()
            seconds = time.process_time() - before
        except BaseException as error:
            said, seconds = f"FAILED: {type(error).__name__}: {error}", 0.0
        os.write(send, f"{seconds}\n{said[:2000]}".encode())
        os._exit(0)
    os.close(send)
    with os.fdopen(receive, encoding="utf-8") as pipe:
        seconds_told, _, said = pipe.read().partition("\n")
    _, _, usage = os.wait4(child, 0)
    return Taken(float(seconds_told or 0), usage.ru_maxrss / 1024, said or "FAILED: the process died")


def words_of(index: Path) -> list[str]:
    """The words of an index, the commonest first."""
    with khabarjoo.open(index) as news:
        words = sorted(news.vocabulary(5000), key=lambda word: -word.times)
        return [word.form for word in words if word.form.isalpha()]


def interrupted(index: Path, query: str, after: float) -> tuple[int, float]:
    """The exit code of a search that is sent SIGINT so many seconds after its start, and how long it took to end."""
    command = [sys.executable, "-m", "khabarjoo", "--index", str(index), "search", "--", query]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet)
    time.sleep(after)
    started = time.perf_counter()
    process.send_signal(signal.SIGINT)
    code = process.wait()
    return code, time.perf_counter() - started


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--only", nargs="*", default=[], metavar="KIND", help="kinds whose names have this in them")
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--megabytes", type=float, default=500)
    parser.add_argument("--hits", type=int, default=5483)
    parser.add_argument("--giant", type=int, default=16_000_000, help="letters of the giant, 0 for none")
    parser.add_argument("--interrupts", type=int, default=20)
    options = parser.parse_args(arguments)
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # in the background of a shell it is ignored, by children too
    words = words_of(options.index)
    over = 0

    def tell(index: Path, kind: Kind) -> bool:
        taken = measured(index, kind.ask)
        is_over = taken.seconds > options.seconds or taken.megabytes > options.megabytes or "FAILED" in taken.said
        mark = "!" if is_over else " "
        print(f"{mark} {kind.name:36} {taken.seconds:6.2f} s {taken.megabytes:6.0f} MB  {taken.said}", flush=True)
        return is_over

    def wanted(kind: Kind) -> bool:
        return not options.only or any(part in kind.name for part in options.only)

    chosen = list(filter(wanted, kinds(words, options.hits)))
    over += sum([tell(options.index, kind) for kind in chosen])
    giants = list(filter(wanted, giant_kinds()))
    if options.giant and giants:
        with tempfile.TemporaryDirectory() as folder:
            giant = Path(folder) / "giant.index"
            in_a_process(lambda: make_giant(giant, options.index, options.giant))
            over += sum([tell(giant, kind) for kind in giants])
    slow = [kind.query for kind in chosen if kind.query and len(kind.query) < 60_000]
    rng, ended = Random(2), []
    for _ in range(options.interrupts if slow else 0):
        ended.append(interrupted(options.index, rng.choice(slow), rng.uniform(0.05, 1.5)))
    if ended:
        late = [(code, took) for code, took in ended if code not in (0, 1, INTERRUPTED) or took > SOON]
        over += len(late)
        times = sorted(took for _, took in ended)
        stopped = sum(code == INTERRUPTED for code, _ in ended)
        print(f"  {len(ended)} interrupted, {stopped} before their end: {times[-1]:.2f} s at most; wrong: {late}")
    print(f"{over} over the limits; this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
