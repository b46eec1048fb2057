"""One writer and four readers at the same index for a minute; prints what they did, and whether anything went wrong.

    python benchmarks/readers_and_writer.py [SECONDS]

The writer rewrites all articles again and again: in state n there are 40 + n % 7 of them, all of which say n. A reader
opens the index, asks for them all, and reads them; it must find one whole state, none older than what it found before.
Now and then it keeps an index open while the writer goes on, and asks again. The exit code is 1 when anything failed.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
import traceback
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import khabarjoo
from khabarjoo.index.sync import sync
from khabarjoo.index.verify import verify

READERS = 4
_KEPT_OPEN = 5  # one in so many indexes stays open while others are


@dataclass
class Done:
    """What one process did."""

    commits: int = 0
    opened: int = 0
    articles: int = 0
    states: int = 0
    failures: list[str] = field(default_factory=list)


def _size(state: int) -> int:
    return 40 + state % 7


def _write_state(files: Path, state: int) -> None:
    """The articles of a state, in two files; the first has those that are always there."""
    for name, numbers in (("a.jsonl", range(40)), ("b.jsonl", range(40, _size(state)))):
        rows = [{"id": f"a{n}", "title": f"باران {state}", "text": f"متن {n}"} for n in numbers]
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        path = files / name
        path.write_text(lines, encoding="utf-8")
        os.utime(path, ns=(10**18 + state * 10**9,) * 2)
        if not rows:
            path.unlink()


def write(root: Path, seconds: float, said: Connection) -> None:
    """The writer."""
    done = Done()
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            done.commits += 1
            _write_state(root / "news", done.commits)
            sync(root / "index", [root / "news"])
    except Exception:
        done.failures.append(traceback.format_exc())
    said.send(done)


def read(root: Path, seconds: float, said: Connection) -> None:
    """A reader."""
    done = Done()
    end = time.monotonic() + seconds
    newest = -1
    with ExitStack() as stack:
        kept: list[tuple[khabarjoo.Searcher, int]] = []
        try:
            while time.monotonic() < end:
                with khabarjoo.open(root / "index") as news:
                    state = _state_of(news, done)
                if state < newest:
                    raise AssertionError(f"state {state} after {newest}")
                done.states += state > newest
                newest = state
                if done.opened % _KEPT_OPEN == 0:
                    kept.append((stack.enter_context(khabarjoo.open(root / "index")), -1))
                    kept[-1] = (kept[-1][0], _state_of(kept[-1][0], done))
                for older, was in kept[-3:]:
                    if _state_of(older, done) != was:
                        raise AssertionError("an open index has changed")
        except Exception:
            done.failures.append(traceback.format_exc())
    said.send(done)


def _state_of(news: khabarjoo.Searcher, done: Done) -> int:
    """The one state that all articles say. Raises AssertionError when there are several, or one is not whole."""
    page = news.search("باران", limit=100)
    states = {int(hit.article.title.split()[1]) for hit in page.hits}
    if len(states) != 1:
        raise AssertionError(f"states {states}")
    (state,) = states
    if not page.total == len(page.hits) == len(news) == _size(state) or news.fell_back:
        raise AssertionError(f"{page.total} articles found, {len(news)} there, in state {state}; {news.fell_back}")
    done.opened += 1
    done.articles += len(page.hits)
    return state


def run(root: Path, seconds: float) -> list[Done]:
    """The writer and the readers for so long; what each did, the writer first."""
    (root / "news").mkdir()
    _write_state(root / "news", 0)
    sync(root / "index", [root / "news"])
    context = get_context("spawn")
    receiving = []
    processes = []
    for target in (write, *[read] * READERS):
        receive, send = context.Pipe(duplex=False)
        process = context.Process(target=target, args=(root, seconds, send))
        process.start()
        send.close()
        receiving.append(receive)
        processes.append(process)
    done = []
    for receive, process in zip(receiving, processes, strict=True):
        try:
            done.append(receive.recv())
        except EOFError:
            done.append(Done(failures=["the process died"]))
        process.join()
    if not (found := verify(root / "index")).whole:
        done[0].failures.append(str(found.damage))
    return done


def main(seconds: float = 60) -> int:
    with tempfile.TemporaryDirectory() as root:
        writer, *readers = run(Path(root), seconds)
    print(f"{seconds:g} s: {writer.commits:,} commits of 40 to 46 rewritten articles each")
    for number, reader in enumerate(readers, start=1):
        print(
            f"reader {number}: asked an index {reader.opened:,} times, met {reader.states:,} states, "
            f"read {reader.articles:,} articles"
        )
    failures = [failure for done in (writer, *readers) for failure in done.failures]
    print(f"{len(failures)} failures", *failures, sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:])))
