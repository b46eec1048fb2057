"""Kills nodes of a cluster while articles are loaded and searched; prints what users saw, and what came of it.

    python benchmarks/cluster_deaths.py [--line 2.19] [--minutes 5] [--seed 1]

Starts three OpenSearch processes (see cluster_nodes.py) with two indexes: one that stays as it is, and one that grows.
Readers ask the first, and every page must be that of the same articles in a folder: totals, ids, scores. Another
asks the second: it must have all that is acknowledged, and nothing that was not sent. A writer adds and changes
articles, run after run of ``khabarjoo index``; a run that exits with 0 has acknowledged them. One run in four is killed
by SIGKILL and begun again.

Meanwhile nodes die by SIGKILL and come back after a while: the one with the most primaries that does not manage, the
one that manages, and two in turn, the second as soon as the first is there again. When all is over, the second index
must be the one that a folder is which is made of the same files in one go: pages, words, and what `verify` says.

Exit code 1 when a page was wrong, an article was lost, or the indexes differ in the end.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from cluster_nodes import Nodes
from kills import mixed, questions

import khabarjoo
from khabarjoo.index.errors import StoreError
from khabarjoo.index.opensearch.address import read_address
from khabarjoo.index.opensearch.cluster_verify import verify_cluster
from khabarjoo.searcher.searcher import Searcher

_STEADY = 1_200  # articles of the index that stays as it is
_PER_RUN = 120  # articles that a run adds
_CHANGED = 20  # and changes
_KILLED = 4  # one run in so many
_READERS = 2
_AWAY = 15.0  # seconds that a node stays dead
_PATIENCE = 240.0  # seconds to green
_PAGE = 20
_COMPARED = 60  # queries of the end
_SLOW = 1.0  # seconds from which a page is called slow
_EPSILON = 1e-6
_Answer = TypeVar("_Answer")
_COMMAND = [sys.executable, "-m", "khabarjoo"]


@dataclass
class Seen:
    """What readers and the writer saw; several threads add to it."""

    pages: list[tuple[float, float]] = field(default_factory=list)  # when each was asked for, and how long it took
    refused: list[tuple[float, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    runs: Counter[str] = field(default_factory=Counter)
    told_by_runs: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)


@dataclass
class Death:
    """A node that was killed: when, and how many seconds it took until the cluster was green with all nodes again."""

    what: str
    at: float
    degraded: float = 0.0
    green: float = 0.0


class Growing:
    """The articles of the index that grows, in files of which a run adds one and changes others."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.folder = folder
        self._rng = rng
        self._rows: dict[str, dict[str, str]] = {}
        self._lock = threading.Lock()
        self.sent: set[str] = set()
        self.acknowledged: set[str] = set()

    def grow(self) -> None:
        """Writes a file of new articles, and changes some of those before."""
        number = len(list(self.folder.iterdir()))
        known = list(self._rows)
        rows = [row | {"id": f"g{number}-{n}"} for n, row in enumerate(mixed(_PER_RUN, self._rng))]
        others = mixed(_CHANGED, self._rng) if known else []
        for row in others:
            id = self._rng.choice(known)
            self._rows[id] = row | {"id": id}
        self._rows.update({row["id"]: row for row in rows})
        with self._lock:
            self.sent |= set(self._rows)
        files: dict[str, list[str]] = {}
        for id, row in self._rows.items():
            files.setdefault(id.partition("-")[0], []).append(json.dumps(row, ensure_ascii=False))
        for name, lines in files.items():
            path = self.folder / f"{name}.jsonl"
            text = "\n".join(lines)
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")

    def acknowledge(self) -> None:
        """Notes that all articles there are were taken."""
        with self._lock:
            self.acknowledged = set(self._rows)

    def some(self, rng: random.Random, most: int) -> list[str]:
        """Some acknowledged articles."""
        with self._lock:
            known = sorted(self.acknowledged)
        return rng.sample(known, min(most, len(known)))


class Trial:
    """Readers, a writer and deaths at one cluster."""

    def __init__(self, nodes: Nodes, root: Path, seed: int) -> None:
        self._nodes = nodes
        self._root = root
        self._rng = random.Random(seed)
        self._asked = questions(None)
        self._steady, self._growing = (f"opensearch://{nodes.hosts}/{name}" for name in ("steady", "growing"))
        (root / "files").mkdir()
        self.articles = Growing(root / "files", random.Random(seed + 1))
        self.seen = Seen()
        self.deaths: list[Death] = []
        self._started = time.monotonic()
        self._over = threading.Event()
        self._expected: dict[str, tuple[int, list[tuple[str, float]]]] = {}

    def prepare(self) -> None:
        """Makes both indexes, and notes what pages of the first are to be."""
        lines = [json.dumps(row, ensure_ascii=False) for row in mixed(_STEADY, self._rng)]
        path = self._root / "steady.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        khabarjoo.build(self._root / "steady.index", [path])
        self._index(self._steady, path)
        with khabarjoo.open(self._root / "steady.index") as folder:
            self._expected = {text: page_of(folder, text) for text in self._asked}
        self._grow()

    def run(self, minutes: float) -> None:
        """Kills nodes for so many minutes, while others read and write."""
        readers = [threading.Thread(target=self._read, args=(seed,)) for seed in range(_READERS)]
        threads = [*readers, threading.Thread(target=self._follow), threading.Thread(target=self._write)]
        self._started = time.monotonic()
        for thread in threads:
            thread.start()
        try:
            end = self._started + 60 * minutes
            kinds = [self._kill_primaries, self._kill_manager, self._kill_two]
            while time.monotonic() < end or kinds:
                pause = max((end - time.monotonic()) / (len(kinds) + 1), 10) if kinds else end - time.monotonic()
                time.sleep(min(max(pause, 0), 20))
                if kinds:
                    kinds.pop(0)()
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    # -- deaths ------------------------------------------------------------------------------------------------

    def _kill_primaries(self) -> None:
        manager = self._nodes.manager()
        held = self._nodes.primaries()
        self._kill(max((node for node in held if node != manager), key=held.__getitem__), "holds primaries")

    def _kill_manager(self) -> None:
        self._kill(self._nodes.manager(), "manages")

    def _kill_two(self) -> None:
        first, second = self._rng.sample((1, 2, 3), 2)
        self._kill(first, "first of two", is_awaited=False)
        self._kill(second, "second of two")

    def _kill(self, node: int, why: str, *, is_awaited: bool = True) -> None:
        death = Death(f"n{node} ({why})", self._now())
        self.deaths.append(death)
        self._nodes.kill(node)
        self._wait_for(lambda colour, nodes: nodes == 2, _AWAY)
        death.degraded = self._now() - death.at
        time.sleep(max(_AWAY - death.degraded, 0))
        self._nodes.start(node)
        self._wait_for(lambda colour, nodes: nodes == 3, _PATIENCE)
        if is_awaited:
            self._wait_for(lambda colour, nodes: nodes == 3 and colour == "green", _PATIENCE)
            death.green = self._now() - death.at

    def _wait_for(self, reached: Callable[[str, int], bool], seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not reached(*self._nodes.health()):
            time.sleep(0.5)

    def _now(self) -> float:
        return time.monotonic() - self._started

    # -- readers -----------------------------------------------------------------------------------------------

    def _read(self, seed: int) -> None:
        """Asks the index that stays as it is, again and again."""
        rng = random.Random(seed)
        with khabarjoo.open(self._steady) as searcher:
            while not self._over.is_set():
                text = rng.choice(self._asked)
                page = self._timed(partial(page_of, searcher, text))
                if page is not None and not is_same(page, self._expected[text]):
                    self.seen.wrong.append(f"at {self._now():.1f} s: {text}: {page} in place of {self._expected[text]}")
                time.sleep(0.05)

    def _follow(self) -> None:
        """Asks the index that grows: it has what is acknowledged, and nothing that was not sent."""
        rng = random.Random(1)
        with khabarjoo.open(self._growing) as searcher:
            while not self._over.is_set():
                least = len(self.articles.acknowledged)
                found = self._timed(lambda: searcher.search(rng.choice(self._asked), limit=_PAGE))
                total = self._timed(lambda: searcher.search("*", limit=1).total)
                with self.articles._lock:
                    sent = set(self.articles.sent)
                if found is not None and not {hit.id for hit in found} <= sent:
                    self.seen.wrong.append("a page of the growing index has articles that nobody sent")
                if total is not None and not least <= total <= len(sent):
                    self.seen.wrong.append(f"at {self._now():.1f} s: {total} articles, not {least} to {len(sent)}")
                for id in self.articles.some(rng, 3):
                    is_there = self._timed(partial(_has, searcher, id))
                    if is_there is False:
                        self.seen.lost.append(f"at {self._now():.1f} s: {id} is not there")
                time.sleep(0.1)

    def _timed(self, ask: Callable[[], _Answer]) -> _Answer | None:
        """What is answered; None for an error, which is noted."""
        at, started = self._now(), time.monotonic()
        try:
            answer = ask()
        except StoreError as error:
            self.seen.refused.append((at, _cause(str(error))))
            return None
        self.seen.pages.append((at, time.monotonic() - started))
        return answer

    # -- the writer --------------------------------------------------------------------------------------------

    def _write(self) -> None:
        number = 0
        while not self._over.is_set():
            number += 1
            self._grow(is_killed=number % _KILLED == 0)
            time.sleep(0.5)

    def _grow(self, *, is_killed: bool = False) -> None:
        self.articles.grow()
        if is_killed:
            process = subprocess.Popen(
                self._command(self._growing, self.articles.folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(self._rng.uniform(0.5, 6))
            process.kill()
            process.wait()
            self.seen.runs["killed" if process.returncode < 0 else "ended before they were killed"] += 1
        for _ in range(20):
            if self._index(self._growing, self.articles.folder):
                self.articles.acknowledge()
                return
        raise SystemExit("a run fails again and again")

    def _index(self, address: str, path: Path) -> bool:
        """Runs ``khabarjoo index``; whether it acknowledges what it was given."""
        done = subprocess.run(self._command(address, path), check=False, text=True, capture_output=True)
        self.seen.runs[f"exit {done.returncode}"] += 1
        if done.returncode:
            self.seen.told_by_runs[_cause(done.stderr.strip().rpartition("\n")[2])] += 1
        return done.returncode == 0

    def _command(self, address: str, path: Path) -> list[str]:
        return [*_COMMAND, "index", "--index", address, "--jobs", "1", str(path)]

    # -- the end -----------------------------------------------------------------------------------------------

    def differences(self) -> list[str]:
        """What the index that grew has otherwise than one made of the same files in one go."""
        home = self._root / "growing.index"
        khabarjoo.build(home, [self.articles.folder])
        found = []
        with khabarjoo.open(home) as folder, khabarjoo.open(self._growing) as cluster:
            ids = {article.id: article for article, _ in folder.articles()}
            others = {article.id: article for article, _ in cluster.articles()}
            self.seen.lost += [f"{id} is not there at the end" for id in ids if id not in others]
            found += [f"{id} is one too many" for id in others if id not in ids]
            found += [f"{id} is another article" for id in ids if id in others and others[id] != ids[id]]
            for text in self._asked[:_COMPARED]:
                if not is_same(page_of(cluster, text), page_of(folder, text)):
                    found.append(f"the page of {text} differs")
            one, other = (
                {(word.form, word.times, word.lemma, *word.parts) for word in searcher.vocabulary(10**6)}
                for searcher in (folder, cluster)
            )
            if one != other:
                found.append(f"{len(one ^ other)} words are counted otherwise: {sorted(one ^ other)[:4]}")
        found += verify_cluster(read_address(self._growing), 100).damage
        return found


def _has(searcher: Searcher, id: str) -> bool:
    return searcher._engine.find(id) is not None


def page_of(searcher: Searcher, text: str) -> tuple[int, list[tuple[str, float]]]:
    """The total, ids and scores of a page."""
    page = searcher.search(text, limit=_PAGE)
    return page.total, [(hit.id, hit.score) for hit in page]


def is_same(one: tuple[int, list[tuple[str, float]]], other: tuple[int, list[tuple[str, float]]]) -> bool:
    """Whether two pages have the same articles in the same order, with the same scores."""
    pairs = list(zip(one[1], other[1], strict=False))
    same = all(a[0] == b[0] and abs(a[1] - b[1]) < _EPSILON for a, b in pairs)
    return same and one[0] == other[0] and len(one[1]) == len(other[1])


def _cause(told: str) -> str:
    """What is told, without the address."""
    return told.partition(": ")[2][:160] if "opensearch://" in told else told[:160]


def report(trial: Trial, differences: Sequence[str]) -> bool:
    """Prints what was seen; whether all was right."""
    seen = trial.seen
    print("| node killed | at | out of the cluster after | green with three nodes after |")
    print("|---|---|---|---|")
    for death in trial.deaths:
        green = f"{death.green:.0f} s" if death.green else "(the next died first)"
        print(f"| {death.what} | {death.at:.0f} s | {death.degraded:.1f} s | {green} |")
    seconds = sorted(took for _, took in seen.pages)
    slow = sum(took > _SLOW for took in seconds)
    print(f"\npages: {len(seconds)} right or wrong, {len(seen.refused)} refused, {len(seen.wrong)} wrong")
    print(
        f"p50 {seconds[len(seconds) // 2]:.2f} s, p95 {seconds[-len(seconds) // 20]:.2f} s, slowest {seconds[-1]:.1f} s"
    )
    print(f"slower than {_SLOW} s: {slow}")
    for cause, times in Counter(cause for _, cause in seen.refused).most_common():
        print(f"  refused {times} times: {cause}")
    print(f"runs: {dict(seen.runs)}; {len(trial.articles.acknowledged)} articles acknowledged, {len(seen.lost)} lost")
    for cause, times in seen.told_by_runs.most_common():
        print(f"  told by runs {times} times: {cause}")
    for trouble in (*seen.wrong[:10], *seen.lost[:10], *differences[:10]):
        print(f"WRONG: {trouble}")
    print(f"in the end: {len(differences)} differences from an index made in one go")
    return not (seen.wrong or seen.lost or differences)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a trial."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--line", choices=("2.19", "3"), default="2.19")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=9600)
    options = parser.parse_args(arguments)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        trial = Trial(stack.enter_context(Nodes(options.line, options.port)), root, options.seed)
        trial.prepare()
        trial.run(options.minutes)
        return 0 if report(trial, trial.differences()) else 1


if __name__ == "__main__":
    sys.exit(main())
