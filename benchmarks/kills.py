"""Kills indexing at random moments, its main process or one of its workers; prints what came of it.

    python benchmarks/kills.py [--kills 200] [--seed 1] [--articles 1200] [--queries QUERIES.tsv]

Each run works on articles mixed of the bundled sample's sentences, with two workers, in segments of a few hundred
articles; so all that large indexes go through happens within seconds. The runs:

    build    a new index
    update   a third of the articles are changed, a third are new
    delete   a third are gone
    rebuild  as update, from nothing
    watch    as update, file after file, while ``khabarjoo index --watch`` looks
    repair   ``khabarjoo verify --repair`` of an index of which two segments are damaged

A run is killed by SIGKILL at a moment drawn from the time it takes. Then the index must open, hold all articles that
were there before and are there now, none twice, and be whole to `verify` (unless it was damaged); the processes of the
run must be gone. The run is begun again, and now it must hold exactly the articles of the files. At last the pages of
82 queries are compared with those of an index built in one go by one process. The exit code is 1 when anything was
lost, doubled or different.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import khabarjoo
from khabarjoo.index import file_sync as syncing
from khabarjoo.index import folder_sink, index_writer, merge_policy, repair
from khabarjoo.index.article import Article
from khabarjoo.index.errors import NoIndex
from khabarjoo.index.ingest import read
from khabarjoo.index.segment import SEGMENT_FILE
from khabarjoo.index.store import open_snapshot
from khabarjoo.index.verify import verify
from khabarjoo.seeds import pages_folder

RUNS = ("build", "update", "delete", "rebuild", "watch", "repair")
_QUERIES = 82
_PAGE = 10
_FILES = 12
_SEGMENT = 300  # articles a segment holds at most
_RUN = 64  # articles inverted together
_JOBS = 2
_PATIENCE = 120  # seconds a run may take

State = dict[str, str]
"""The lines of JSON in files, by the files' names."""


def shrink() -> None:
    """Has indexes of a thousand articles treated as those of a hundred thousand are."""
    index_writer.SEGMENT_ARTICLES = merge_policy._MERGED_AT_ONCE = _SEGMENT
    merge_policy.SEGMENT_ARTICLES = _SEGMENT  # type: ignore[attr-defined]
    merge_policy._PER_ADDED = 1
    folder_sink.WORTH_SHARING = repair._WORTH_SHARING = 0  # type: ignore[attr-defined]


# -- the runs, each in a process of its own ----------------------------------------------------------------------------


def child(name: str, root: Path) -> None:
    """Carries out a run to its end."""
    shrink()
    if name == "watch":
        from khabarjoo.searcher.cli.main import main

        sys.exit(main(["index", "--index", str(root / "index"), "--watch", "--every", "0.05", str(root / "news")]))
    if name == "repair":
        repair.repair(root / "index", jobs=_JOBS, sample=10)
    else:
        syncing.sync(
            root / "index", [root / "news"], rebuild=name == "rebuild", jobs=_JOBS, run_articles=_RUN,
            on_forget=lambda error: True,
        )  # fmt: skip


def start(name: str, root: Path) -> subprocess.Popen[bytes]:
    """Begins a run."""
    command = [sys.executable, __file__, "--child", name, "--root", str(root)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def workers(process: int) -> list[int]:
    """The processes that help another; not the one by which Python cleans up after them."""
    found = []
    with suppress(OSError):
        for number in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            if b"resource_tracker" not in Path(f"/proc/{number}/cmdline").read_bytes():
                found.append(int(number))
    return found


# -- articles ----------------------------------------------------------------------------------------------------------


def mixed(count: int, rng: random.Random) -> list[dict[str, str]]:
    """Articles of the sample's sentences."""
    pages = [a for path in sorted(pages_folder().iterdir()) for a in read(path, name=path.name)]
    articles = [page for page in pages if isinstance(page, Article)]
    sentences = [line for a in articles for line in a.body.split("\n") if line]
    return [
        {"id": f"k{n}", "title": rng.choice(articles).title, "text": "\n".join(rng.sample(sentences, 6))}
        for n in range(count)
    ]


def as_files(rows: list[dict[str, str]]) -> State:
    """Dealt out to files."""
    parts: dict[str, list[str]] = {f"{number:02}.jsonl": [] for number in range(_FILES)}
    for row in rows:
        parts[f"{int(row['id'][1:]) % _FILES:02}.jsonl"].append(json.dumps(row, ensure_ascii=False) + "\n")
    return {name: "".join(lines) for name, lines in parts.items()}


def states(count: int, rng: random.Random) -> tuple[State, dict[str, State]]:
    """The files at the end of every run, and those before each."""
    rows = mixed(count, rng)
    third = count // 3
    more = [{**row, "id": f"k{count + n}"} for n, row in enumerate(mixed(third, rng))]
    older = [{**row, "text": row["text"][::-1]} for row in rows[:third]]
    changed = as_files([*older, *rows[third : 2 * third]])
    before = dict.fromkeys(("update", "rebuild", "watch"), changed)
    return as_files(rows), {"build": {}, "delete": as_files([*rows, *more]), "repair": as_files(rows), **before}


def write(state: State, folder: Path) -> None:
    """Makes the files of a folder those of a state, one after another."""
    folder.mkdir(exist_ok=True)
    for name, text in state.items():
        (folder / name).write_text(text, encoding="utf-8")


def ids_in(state: State) -> set[str]:
    return {json.loads(line)["id"] for text in state.values() for line in text.splitlines()}


def ids_of(folder: Path) -> list[str]:
    """The articles of an index; none where there is none."""
    try:
        snapshot = open_snapshot(folder)
    except NoIndex:
        return []
    return [live.segment.ids[doc] for live in snapshot.segments for doc in live.live().tolist()]


def questions(given: Path | None) -> list[str]:
    """82 queries: those of a file, else those of the sample, then titles of its pages."""
    lines = (given or pages_folder().parent / "queries.tsv").read_text(encoding="utf-8").splitlines()
    pages = [a for path in sorted(pages_folder().iterdir()) for a in read(path, name=path.name)]
    asked = [line.split("\t")[1] for line in lines] + [page.title for page in pages if isinstance(page, Article)]
    return list(dict.fromkeys(asked))[:_QUERIES]


def pages_of(folder: Path, asked: list[str]) -> list[list[str]]:
    """The ids on the first page of each query."""
    with khabarjoo.open(folder) as news:
        return [[hit.id for hit in news.search(query, limit=_PAGE)] for query in asked]


# -- killing -----------------------------------------------------------------------------------------------------------


@dataclass
class Told:
    """What came of the kills of one run."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


class Harness:
    """Knows how the index must be in the end, and how it was before each run."""

    def __init__(self, root: Path, articles: int, asked: list[str], rng: random.Random) -> None:
        shrink()
        self._root = root
        self._asked = asked
        self._rng = rng
        self._end, self._before = states(articles, rng)
        self._wanted = ids_in(self._end)
        self._seconds: dict[str, float] = {}
        write(self._end, root / "news")
        syncing.sync(root / "one go", [root / "news"])
        self._pages = pages_of(root / "one go", asked)
        for name in RUNS:
            self._prepare(name)

    def _prepare(self, name: str) -> None:
        """Makes the index of before, in several steps and so in several segments, and sees how long the run takes."""
        place = self._root / "place"  # the same for all, as an index knows its files by their places
        place.mkdir()
        if before := self._before[name]:
            for part in range(0, _FILES, 4):
                write(dict(list(before.items())[part : part + 4]), place / "news")
                syncing.sync(place / "index", [place / "news"], run_articles=_RUN)
        (place / "news").mkdir(exist_ok=True)
        if name == "repair":
            for live in open_snapshot(place / "index").segments[:2]:
                file = place / "index" / live.name / SEGMENT_FILE
                data = bytearray(file.read_bytes())
                data[data.index(bytes(live.segment.columns.bytes("forms")))] ^= 1
                file.write_bytes(bytes(data))
        place.rename(self._root / name)
        self._copy(name)
        started = time.perf_counter()
        process = start(name, place)
        if name == "watch":
            self._change(name, place, seconds=1)
            process.send_signal(signal.SIGINT)
        else:
            self._change(name, place)
        process.wait(_PATIENCE)
        self._seconds[name] = time.perf_counter() - started
        shutil.rmtree(place)

    def _copy(self, name: str) -> Path:
        place = self._root / "place"
        shutil.copytree(self._root / name, place)
        if name != "watch":
            self._change(name, place)
        return place

    def _change(self, name: str, place: Path, seconds: float = 0) -> None:
        """Makes the files those of the end, within so many seconds."""
        for file, text in self._end.items():
            (place / "news" / file).write_text(text, encoding="utf-8")
            time.sleep(seconds / _FILES)

    def kill(self, name: str, who: str, told: Told) -> None:
        """Kills a run once, and looks at what is left, and at what the same run makes of that."""
        place = self._copy(name)
        process = start(name, place)
        due = time.perf_counter() + self._rng.uniform(0.05, 1) * self._seconds[name]
        if name == "watch":
            self._change(name, place, seconds=0.5)
        struck = self._strike(process, who, due)
        told.counts["kills"] += 1
        told.counts["in time"] += struck
        where = f"{name}, {who}, kill {told.counts['kills']}"
        told.failures += [f"{where}: {why}" for why in self._look(name, place, told, is_end=False)]
        self._begin_again(name, place)
        told.failures += [f"{where}, begun again: {why}" for why in self._look(name, place, told, is_end=True)]
        shutil.rmtree(place)

    def _strike(self, process: subprocess.Popen[bytes], who: str, due: float) -> bool:
        """Kills the process or one of its workers when it is time; whether it was still there. Waits for all to end."""
        helpers: list[int] = []
        while process.poll() is None and (time.perf_counter() < due or (who == "worker" and not helpers)):
            helpers = workers(process.pid)
            if time.perf_counter() > due + self._seconds["build"]:
                break  # it needs no worker
            time.sleep(0.002)
        struck = process.poll() is None
        victim = self._rng.choice(helpers) if who == "worker" and helpers else process.pid
        with suppress(ProcessLookupError):
            if struck:
                os.kill(victim, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            process.wait(2 if victim != process.pid else _PATIENCE)
        process.kill()  # a watch goes on after a worker has died
        process.wait(_PATIENCE)
        end = time.perf_counter() + _PATIENCE
        while any(_is_running(helper) for helper in helpers) and time.perf_counter() < end:
            time.sleep(0.01)
        return struck

    def _look(self, name: str, place: Path, told: Told, *, is_end: bool) -> list[str]:
        found = Counter(ids_of(place / "index"))
        needed = self._wanted if is_end else self._wanted & ids_in(self._before[name])
        lost, doubled = needed - found.keys(), [id for id, count in found.items() if count > 1]
        told.counts["lost"] += len(lost)
        told.counts["doubled"] += len(doubled)
        failures = [f"{len(lost)} lost"] * bool(lost) + [f"{len(doubled)} doubled"] * bool(doubled)
        if found and (is_end or name != "repair") and not (whole := verify(place / "index", sample=10)).whole:
            failures.append(f"damaged: {whole.damage[0]}")
        if is_end:
            if strange := found.keys() - self._wanted:
                failures.append(f"{len(strange)} that are in no file")
            pages = pages_of(place / "index", self._asked)
            different = sum(page != expected for page, expected in zip(pages, self._pages, strict=True))
            told.counts["pages"] += len(pages)
            told.counts["different"] += different
        return failures

    def _begin_again(self, name: str, place: Path) -> None:
        self._change(name, place)
        again = "update" if name == "watch" else name
        for run in (again, "update"):  # what a repair has lost the next run over the files brings back
            if start(run, place).wait(_PATIENCE):
                time.sleep(1)
                start(run, place).wait(_PATIENCE)


def _is_running(process: int) -> bool:
    try:
        return b") Z " not in Path(f"/proc/{process}/stat").read_bytes()
    except OSError:
        return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=1200)
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--child", choices=RUNS, help=argparse.SUPPRESS)
    parser.add_argument("--root", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        child(given.child, given.root)
        return 0
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background of a shell, also by children
    started = time.perf_counter()
    told = {(name, who): Told() for name in RUNS for who in ("parent", "worker")}
    with tempfile.TemporaryDirectory(prefix="kills-") as root:
        harness = Harness(Path(root), given.articles, questions(given.queries), random.Random(given.seed))
        for number in range(given.kills):
            key = list(told)[number % len(told)]
            harness.kill(*key, told[key])
    print("| run | killed | kills | while it ran | lost | doubled | pages | of them different | failures |")
    print("|---|---|---|---|---|---|---|---|---|")
    total: Counter[str] = Counter()
    for (name, who), of in told.items():
        counts = [of.counts[what] for what in ("kills", "in time", "lost", "doubled", "pages", "different")]
        print("| " + " | ".join(map(str, (name, who, *counts, len(of.failures)))) + " |")
        total += of.counts
    failures = [failure for of in told.values() for failure in of.failures]
    print(f"\n{total['kills']} kills in {time.perf_counter() - started:.0f} s: {total['lost']} lost, ", end="")
    print(f"{total['doubled']} doubled, {total['different']} of {total['pages']:,} pages different; ", end="")
    print(f"{len(failures)} failures", *failures, sep="\n")
    return 1 if failures or total["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
