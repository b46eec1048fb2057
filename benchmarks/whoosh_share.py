"""How much of a query's time is Whoosh's: plain words, phrases, operators and patterns, all made of the same queries.

    python benchmarks/whoosh_share.py INDEX QUERIES.tsv [--rounds 3]

Each query of the file (an id, a tab and a query a line) is asked as it is, as a phrase, with AND and with OR between
its words, with a star after the first letters, and with its last word barred. Each kind is asked in a process of its
own, ten hits a query. While it is, the place in the program is noted every thousandth of a second of the processor's
time: "its own" is the share of the notes in which a function of Whoosh was at work, or what it calls in C, and "below
it" that of our functions called by one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import khabarjoo

_EVERY = 0.001  # seconds of the processor

KINDS: dict[str, Callable[[list[str]], str]] = {
    "plain words": " ".join,
    "a phrase": lambda words: f'"{" ".join(words)}"',
    "AND": " AND ".join,
    "OR": " OR ".join,
    "a pattern": lambda words: " ".join([f"{words[0][:3]}*", *words[1:]]),
    "a word barred": lambda words: " ".join([*words[:-1], f"-{words[-1]}"]) if len(words) > 1 else words[0],
}


class Share(NamedTuple):
    """What the queries of a kind took: milliseconds of the processor for each, and the shares that are Whoosh's."""

    milliseconds: float
    own: float
    below: float
    imports: bool


def measured(index: Path, queries: Sequence[str], rounds: int) -> Share:
    """Asks queries again and again, and notes the place in the program meanwhile."""
    places: Counter[str] = Counter()
    seconds = 0.0
    with khabarjoo.open(index) as news:
        for query in queries:
            news.search(query)  # so that what is remembered is there

        def note(_: int, frame: FrameType | None) -> None:
            places[_place(frame)] += 1

        signal.signal(signal.SIGPROF, note)
        for _ in range(rounds):
            started = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
            for query in queries:
                news.search(query)
            signal.setitimer(signal.ITIMER_PROF, 0)
            seconds += time.process_time() - started
    notes = max(places.total(), 1)
    each = seconds / rounds / len(queries) * 1000
    return Share(each, places["own"] / notes, places["below"] / notes, "whoosh" in sys.modules)


def _place(frame: FrameType | None) -> str:
    """Whether Whoosh is at work: itself, or below it what it has called."""
    place = "own"
    while frame is not None:
        if frame.f_globals.get("__name__", "").partition(".")[0] == "whoosh":
            return place
        place, frame = "below", frame.f_back
    return "ours"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    lines = options.queries.read_text(encoding="utf-8").splitlines()
    words = [found for line in lines if (found := line.rpartition("\t")[2].split())]
    print(f"{len(words)} queries           ms each  Whoosh's own  below it  imported")
    for name, made in KINDS.items():
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            share = pool.apply(measured, (options.index, list(map(made, words)), options.rounds))
        imported = "yes" if share.imports else "no"
        print(f"{name:20} {share.milliseconds:9.2f} {share.own:13.1%} {share.below:9.1%}  {imported}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
