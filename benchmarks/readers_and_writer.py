"""Writers, a watch, verifications and readers at one index at once; prints what they did, and what went wrong.

    python benchmarks/readers_and_writer.py [SECONDS] [--writers 5] [--readers 6] [--watches 1] [--verifiers 1]

Each writer has a folder of its own, and rewrites the articles in it again and again: in state n there are 40 + n % 7 of
them, all of which say n. Then it brings the index up to date, and waits for the others to do so. A watch is a writer
whose files ``khabarjoo index --watch`` looks after, which tries again later instead of waiting. A reader opens the
index, asks for all articles, and reads them; of each writer it must find one whole state, none older than what it
found before. Now and then it keeps an index open while the writers go on, and asks again. A verifier verifies the
index, which is whole: what it finds is a false alarm. The exit code is 1 when anything failed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import khabarjoo
from khabarjoo.index.file_sync import sync
from khabarjoo.index.store import open_snapshot
from khabarjoo.index.verify import verify

WRITERS = 1
READERS = 4
_KEPT_OPEN = 5  # one in so many indexes stays open while others are
_PAUSE = 1  # second, at most, of a writer that is not the only one
_LOOK = 0.05  # seconds between two looks of a watch
_USUAL = ("read ", "looking again", "waiting for", "the index in")
"""How what a watch says begins: what it has done, that it looks again, and that somebody else writes just now."""


@dataclass
class Done:
    """What one process did."""

    who: str = ""
    commits: int = 0
    opened: int = 0
    articles: int = 0
    states: int = 0
    verified: int = 0
    failures: list[str] = field(default_factory=list)


def _size(state: int) -> int:
    return 40 + state % 7


def _write_state(files: Path, state: int) -> None:
    """The articles of a state, in two files; the first has those that are always there."""
    for name, numbers in (("a.jsonl", range(40)), ("b.jsonl", range(40, _size(state)))):
        rows = [
            {"id": f"{files.name}-{n}", "title": f"باران {files.name} {state}", "text": f"متن {n}"} for n in numbers
        ]
        beside = files / f".{name}"
        beside.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        os.utime(beside, ns=(10**18 + state * 10**9,) * 2)
        beside.replace(files / name)
        if not rows:
            (files / name).unlink()


# -- the processes -----------------------------------------------------------------------------------------------------


def write(root: Path, who: str, end: float, done: Done) -> None:
    """A writer."""
    alone = not (root / "writer2").exists()
    while time.time() < end:
        done.commits += 1
        _write_state(root / who, done.commits)
        sync(root / "index", [root / who], on_locked=lambda error: None)
        if not alone:
            time.sleep(random.uniform(0, _PAUSE))  # the lock goes to whoever asks when it is free


def watch(root: Path, who: str, end: float, done: Done) -> None:
    """A writer's files, which change only once the index has their last state; and what looks after them.

    Two files change one after the other, so a look may meet the first alone; so this one has a file, of 40 articles.
    """
    folder = root / who
    command = [sys.executable, "-m", "khabarjoo", "index", "--index", str(root / "index"), "--watch", "--wait"]
    command += ["--every", str(_LOOK), str(folder)]
    log = root / f"{who}.log"
    with log.open("wb") as said, subprocess.Popen(command, cwd=Path(__file__).parents[1], stderr=said) as process:
        while time.time() < end:
            done.commits += 1
            _write_state(folder, done.commits * 7)
            while time.time() < end and _states(root / "index", who) != {done.commits * 7}:
                time.sleep(_LOOK)
        process.send_signal(signal.SIGINT)
        status = process.wait(60)
    strange = [line for line in log.read_text(encoding="utf-8").splitlines() if not line.startswith(_USUAL)]
    if status or strange:
        raise AssertionError(f"the watch ended with {status} and said {strange[:3]}")


def read(root: Path, who: str, end: float, done: Done) -> None:
    """A reader."""
    newest: dict[str, int] = {}
    with ExitStack() as stack:
        kept: list[tuple[khabarjoo.Searcher, dict[str, int]]] = []
        while time.time() < end:
            with khabarjoo.open(root / "index") as news:
                states = _states_of(news, done)
            if older := [name for name, state in newest.items() if states.get(name, -1) < state]:
                raise AssertionError(f"{older[0]}: state {states.get(older[0])} after {newest[older[0]]}")
            done.states += states != newest
            newest = states
            if done.opened % _KEPT_OPEN == 0:
                another = stack.enter_context(khabarjoo.open(root / "index"))
                kept.append((another, _states_of(another, done)))
            for before, was in kept[-3:]:
                if _states_of(before, done) != was:
                    raise AssertionError("an open index has changed")
            while len(kept) > 3:
                kept.pop(0)[0].close()


def check(root: Path, who: str, end: float, done: Done) -> None:
    """A verifier."""
    while time.time() < end:
        found = verify(root / "index", sample=20)
        done.verified += 1
        done.failures += [f"a false alarm: {damage}" for damage in found.damage[:1]]


def _states(index: Path, who: str) -> set[int]:
    """The states that the articles of a writer say, by their titles."""
    with khabarjoo.open(index) as news:
        return {int(hit.article.title.split()[2]) for hit in news.search(f"باران {who}", limit=1000) if who in hit.id}


def _states_of(news: khabarjoo.Searcher, done: Done) -> dict[str, int]:
    """The state of each writer. Raises AssertionError when one's articles say several, or one is not whole."""
    page = news.search("باران", limit=10_000)
    found: defaultdict[str, list[int]] = defaultdict(list)
    for hit in page.hits:
        _, who, state = hit.article.title.split()
        found[who].append(int(state))
    for who, states in found.items():
        if len(set(states)) != 1 or len(states) != _size(states[0]):
            raise AssertionError(f"{who}: {len(states)} articles in states {set(states)}")
    if not page.total == len(page.hits) == len(news) or news.fell_back:
        raise AssertionError(f"{page.total} articles found, {len(news)} there; {news.fell_back}")
    done.opened += 1
    done.articles += len(page.hits)
    return {who: states[0] for who, states in found.items()}


_ROLES = {"writer": write, "watch": watch, "reader": read, "verifier": check}


def _work(role: str, root: Path, who: str, seconds: float, said: Connection) -> None:
    """One process: does what its role is until it is time, and tells what it did."""
    done = Done(who)
    act: Callable[[Path, str, float, Done], None] = _ROLES[role]
    try:
        act(root, who, time.time() + seconds, done)
    except Exception:
        done.failures.append(traceback.format_exc())
    said.send(done)


# -- all of them -------------------------------------------------------------------------------------------------------


def run(
    root: Path, seconds: float, *, writers: int = WRITERS, readers: int = READERS, watches: int = 0, verifiers: int = 0
) -> list[Done]:
    """All of them for so long; what each did, the writers first, then watches, readers and verifiers."""
    counts = {"writer": writers, "watch": watches, "reader": readers, "verifier": verifiers}
    workers = [(role, f"{role}{number}") for role, count in counts.items() for number in range(1, count + 1)]
    for role, who in workers:
        if role in ("writer", "watch"):
            (root / who).mkdir()
            _write_state(root / who, 0)
            sync(root / "index", [root / who])
    context = get_context("spawn")
    receiving, processes = [], []
    for role, who in workers:
        receive, send = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(role, root, who, seconds, send))
        process.start()
        send.close()
        receiving.append(receive)
        processes.append(process)
    done = []
    for (_, who), receive, process in zip(workers, receiving, processes, strict=True):
        try:
            done.append(receive.recv())
        except EOFError:
            done.append(Done(who, failures=["the process died"]))
        process.join()
    if not (found := verify(root / "index")).whole:
        done[0].failures.append(str(found.damage))
    return done


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("seconds", nargs="?", type=float, default=60)
    for role, count in (("writers", 5), ("readers", 6), ("watches", 1), ("verifiers", 1)):
        parser.add_argument(f"--{role}", type=int, default=count)
    given = vars(parser.parse_args())
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background of a shell, also by children
    with tempfile.TemporaryDirectory(prefix="readers-") as root:
        done = run(Path(root), **given)
        generation = open_snapshot(Path(root) / "index").generation
    print(f"{given['seconds']:g} s: {generation:,} generations")
    for one in done:
        told = {
            "rewrote its articles {:,} times": one.commits,
            "asked an index {:,} times": one.opened,
            "met {:,} states": one.states,
            "read {:,} articles": one.articles,
            "verified {:,} times": one.verified,
        }
        print(f"{one.who}: " + ", ".join(text.format(count) for text, count in told.items() if count))
    failures = [f"{one.who}: {failure}" for one in done for failure in one.failures]
    print(f"{len(failures)} failures", *failures, sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
