"""Ends an indexing run at every step at which it changes the disk, and looks at what is left.

A step is a write, a sync, a rename, or that a file or folder is made or removed. A run is ended before each in turn:

    kill       by SIGKILL
    halfway    by SIGKILL, after half of what was to be written has been written
    power      by SIGKILL, and all that has not been synced is lost: what is in files, and that they are there
    full       by an error: from this step on, the disk is full
    interrupt  by KeyboardInterrupt, as Ctrl-C does

Then the index must open and hold exactly the articles of before or those of after, be whole to `verify`, and the same
run once more must come to the same end as one that nothing ended. Each run is a fork of this process, which has one
thread and all it needs in memory; so a run takes a few milliseconds. Run as a script, with the checkout on
PYTHONPATH, this prints one JSON object.
"""

from __future__ import annotations

import builtins
import errno
import io
import json
import os
import re
import shutil
import signal
import stat
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.index import store
from khabarjoo.index.errors import NoIndex, StoreError
from khabarjoo.index.manifest import MARK, generations, read_manifest
from khabarjoo.index.repair import remake, repair
from khabarjoo.index.resume import GENERATIONS_KEPT
from khabarjoo.index.run_report import Progress
from khabarjoo.index.segment import SEGMENT_FILE, Segment
from khabarjoo.index.store import open_snapshot
from khabarjoo.index.verify import verify
from tests.newsfolder import Folder

MODES = ("kill", "halfway", "power", "full", "interrupt")
_ALL = 10**6

# -- steps -------------------------------------------------------------------------------------------------------------


class Disk:
    """Stands between a run and the disk: counts its steps, and ends it at one."""

    def __init__(self, mode: str, end_at: int) -> None:
        self.mode = mode
        self._end_at = end_at
        self.steps: Counter[str] = Counter()
        self._unsynced: dict[tuple[int, int], Path] = {}  # files, by device and number
        self._new: list[Path] = []  # made, and their folder not synced since

    def install(self) -> None:
        """Wraps what the run reaches the disk by."""
        for name in ("replace", "rename", "mkdir", "unlink", "remove", "rmdir", "ftruncate"):
            setattr(os, name, self._wrapped(name, getattr(os, name)))
        self._write = os.write
        os.fsync = self.fsync  # type: ignore[assignment]
        os.write = self.write  # type: ignore[assignment]
        self._open = io.open
        io.open = builtins.open = self.open  # type: ignore[assignment]

    def step(self, name: str, data: Any = b"", write: Callable[[Any], Any] | None = None) -> None:
        """One step is about to be taken; ends the run if it is the one to end at."""
        self.steps[name] += 1
        taken = self.steps.total()
        if taken < self._end_at or (taken > self._end_at and self.mode != "full"):
            return
        if self.mode == "full":
            if name in ("write", "open", "mkdir", "fsync", "replace"):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return
        if self.mode == "interrupt":
            raise KeyboardInterrupt
        if self.mode == "halfway" and write is not None:
            write(memoryview(data).cast("B")[: memoryview(data).nbytes // 2])
        if self.mode == "power":
            self._lose_unsynced()
        os.kill(os.getpid(), signal.SIGKILL)

    def fsync(self, descriptor: int) -> None:
        self.step("fsync")
        status = os.fstat(descriptor)
        self._unsynced.pop((status.st_dev, status.st_ino), None)
        if stat.S_ISDIR(status.st_mode):
            there = [path for path in self._new if path.exists()]
            self._new = [path for path in there if not os.path.samestat(path.parent.stat(), status)]

    def write(self, descriptor: int, data: bytes) -> int:
        self.step("write", data, lambda half: self._write(descriptor, half))
        return self._write(descriptor, data)

    def open(self, file: Any, mode: str = "r", buffering: int = -1, *args: Any, **options: Any) -> Any:
        if isinstance(file, int) or not set(mode) & set("wax+"):
            return self._open(file, mode, buffering, *args, **options)
        self.step("open")
        path = Path(file)
        if not path.exists():
            self._new.append(path)
        raw = _Raw(self, path, mode.replace("b", "").replace("t", ""))
        buffered = io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, *args, **options)

    def written(self, descriptor: int, path: Path) -> None:
        """A file has changed and has not been synced yet."""
        status = os.fstat(descriptor)
        self._unsynced[status.st_dev, status.st_ino] = path

    def _wrapped(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def taken(*args: Any, **options: Any) -> Any:
            self.step(name)
            if name == "mkdir":
                self._new.append(Path(args[0]))
            return original(*args, **options)

        return taken

    def _lose_unsynced(self) -> None:
        for path in self._unsynced.values():
            if path.exists():
                os.truncate(path, 0)
        for path in reversed(self._new):
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()


class _Raw(io.FileIO):
    def __init__(self, disk: Disk, path: Path, mode: str) -> None:
        super().__init__(path, mode)
        self._disk, self._path = disk, path

    def write(self, data: Any, /) -> int:
        self._disk.step("write", data, super().write)
        count = super().write(data)
        self._disk.written(self.fileno(), self._path)
        return count or 0


# -- runs --------------------------------------------------------------------------------------------------------------


class Scenario(NamedTuple):
    """What was before, and the run that is ended."""

    prepare: Callable[[Folder], None]
    act: Callable[[Folder], object]
    was_damaged: bool = False


def _sync(folder: Folder) -> None:
    folder.sync()


def _nothing(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران", "2": "برف", "3": "همکاری‌های دانشگاه"})
    folder.write("b.jsonl", {"4": "باد"})


def _indexed(folder: Folder) -> None:
    _nothing(folder)
    folder.sync()
    folder.write("c.jsonl", {str(n): f"مه {n}" for n in range(10, 50)})
    folder.sync()


def _changed(folder: Folder) -> None:
    _indexed(folder)
    folder.write("a.jsonl", {"1": "باران", "2": "تگرگ", "5": "سیل"})


def _gone(folder: Folder) -> None:
    _indexed(folder)
    (folder.files / "b.jsonl").unlink()


def _to_be_merged(folder: Folder) -> None:
    """Two segments, the second of which is to be merged with what comes; some of its articles are deleted."""
    folder.write("a.jsonl", {str(n): f"باران {n}" for n in range(60)})
    folder.sync()
    folder.write("b.jsonl", {str(n): f"برف {n}" for n in range(100, 110)})
    folder.sync()
    folder.write("b.jsonl", {str(n): f"برف {n}" for n in range(100, 107)})
    folder.write("c.jsonl", {"200": "باد", "201": "مه"})


def _sampled(folder: Folder) -> None:
    """The bundled sample, which gives way to the first files."""
    sample = folder.write("s.jsonl", {"s": "نمونه"})
    folder.sync(sample, sample=True)
    sample.unlink()
    _nothing(folder)


def _many(folder: Folder) -> None:
    folder.write("a.jsonl", {str(n): f"باران {n}" for n in range(60)})


def _much_changed(folder: Folder) -> None:
    """Four runs are to come, of changed articles and of new ones; others are gone."""
    _many(folder)
    folder.sync()
    folder.write("a.jsonl", {str(n): f"برف {n}" for n in range(20, 70)})
    folder.write("b.jsonl", {str(n): f"باد {n}" for n in range(100, 125)})


def _to_be_resumed(folder: Folder) -> None:
    """Three runs were written when it was interrupted; since, an article has changed, and one is gone."""
    _many(folder)
    with suppress(KeyboardInterrupt):
        folder.sync(run_articles=20, on_progress=_interrupt)
    assert (folder.index / MARK).exists()
    folder.write("a.jsonl", {str(n): f"باران {n or 'ها'}" for n in range(60) if n != 30})


def _interrupt(progress: Progress) -> None:
    raise KeyboardInterrupt


def _in_runs(folder: Folder, **options: bool) -> None:
    folder.sync(run_articles=20, **options)


def _damaged(folder: Folder) -> None:
    _indexed(folder)
    live = open_snapshot(folder.index).segments[0]
    file = folder.index / live.name / SEGMENT_FILE
    data = bytearray(file.read_bytes())
    data[data.index(bytes(live.segment.columns.bytes("forms")))] ^= 1
    file.write_bytes(bytes(data))


def _sync_carelessly(folder: Folder) -> None:
    """A run that syncs nothing it writes: what the power mode is to find."""
    store._sync_file = lambda path, flags=0: None
    store.sync_folder = lambda path: None
    store._write_synced = Path.write_bytes  # type: ignore[assignment]
    folder.sync()


SCENARIOS = {
    "build": Scenario(_nothing, _sync),
    "update": Scenario(_changed, _sync),
    "delete": Scenario(_gone, _sync),
    "merge": Scenario(_to_be_merged, _sync),
    "own files": Scenario(_sampled, _sync),
    "build in runs": Scenario(_many, _in_runs),
    "update in runs": Scenario(_much_changed, _in_runs),
    "resume": Scenario(_to_be_resumed, _in_runs),
    "rebuild": Scenario(_changed, lambda folder: folder.sync(rebuild=True)),
    "rebuild in runs": Scenario(_much_changed, lambda folder: _in_runs(folder, rebuild=True)),
    "remake": Scenario(_indexed, lambda folder: remake(folder.index)),
    "remake in runs": Scenario(_to_be_merged, lambda folder: remake(folder.index, run_articles=20)),
    "repair": Scenario(_damaged, lambda folder: repair(folder.index), was_damaged=True),
}


CARELESS = {"careless": Scenario(_changed, _sync_carelessly)}
"""A scenario that fails, so that it is known that one can."""


@dataclass
class Swept:
    """What came of ending a run at each of its steps."""

    points: int = 0
    old: int = 0
    new: int = 0
    steps: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def sweep(name: str, mode: str, *, every: int = 1) -> Swept:
    """Ends a scenario's run before every step, or every so many."""
    default_analyzer()
    os.fsync = lambda fd: None  # it takes long, and what is lost without it is ours to decide
    with tempfile.TemporaryDirectory(prefix="crash-") as root:
        return _Sweep(Path(root), (SCENARIOS | CARELESS)[name], mode, every).run()


class _Sweep:
    def __init__(self, root: Path, scenario: Scenario, mode: str, every: int) -> None:
        self._folder = Folder(root)
        self._scenario = scenario
        self._mode = mode
        self._every = every
        scenario.prepare(self._folder)
        self._before = root / "before"
        if self._folder.index.exists():
            shutil.copytree(self._folder.index, self._before)
        self._swept = Swept()

    def run(self) -> Swept:
        old = _articles(self._folder)
        how, self._swept.steps = self._run(0)
        if how != "done":
            self._swept.failures.append(f"a run that nothing ended ended {how}")
        self._reset()
        self._scenario.act(self._folder)
        new = _articles(self._folder)
        for point in range(1, sum(self._swept.steps.values()) + 1, self._every):
            self._reset()
            status, _ = self._run(point)
            self._swept.points += 1
            for failure in self._failures(status, old, new):
                self._swept.failures.append(f"{self._mode} before step {point}: {failure}")
        return self._swept

    def _reset(self) -> None:
        shutil.rmtree(self._folder.index, ignore_errors=True)
        if self._before.exists():
            shutil.copytree(self._before, self._folder.index)

    def _failures(self, status: str, old: object, new: object) -> Iterator[str]:
        expected = {"full": {"refused", "done"}, "interrupt": {"interrupted"}}.get(self._mode, {"killed"})
        if status not in expected:
            yield f"the run ended {status}"
        try:
            found = _articles(self._folder)
            if found not in (old, new):
                yield f"neither the old nor the new articles: {found}"
            self._swept.old += found == old
            self._swept.new += found == new and found != old
            whole = found is None or verify(self._folder.index, sample=_ALL)
            if whole is not True and whole.damage and not self._scenario.was_damaged:
                yield f"verify finds {whole.damage}"
            if self._mode in ("full", "interrupt") and (begun := _begun(self._folder.index)):
                yield f"left over at once: {begun}"
            self._scenario.act(self._folder)
            if _articles(self._folder) != new:
                yield "the next run comes to another end"
            if damage := verify(self._folder.index, sample=_ALL).damage:
                yield f"after the next run verify finds {damage}"
            if strange := _leftovers(self._folder.index):
                yield f"left over: {strange}"
        except Exception:
            yield traceback.format_exc()

    def _run(self, point: int) -> tuple[str, dict[str, int]]:
        """Runs the scenario in a process of its own, to be ended before a step, 0 for none; and how it ended."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            _run_child(self._folder, self._scenario, Disk(self._mode if point else "none", point), writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return ("killed" if os.WTERMSIG(status) == signal.SIGKILL else f"by {os.WTERMSIG(status)}"), {}
        how, steps = json.loads(said)
        return how, steps


def _run_child(folder: Folder, scenario: Scenario, disk: Disk, writing: int) -> None:
    say, end = os.write, os._exit
    disk.install()
    try:
        scenario.act(folder)
        how = "done"
    except StoreError:
        how = "refused"
    except KeyboardInterrupt:
        how = "interrupted"
    except BaseException:
        how = traceback.format_exc()
    say(writing, json.dumps((how, disk.steps)).encode())
    end(0)


def _articles(folder: Folder) -> object:
    """All that the index holds; None where there is none."""
    try:
        snapshot = open_snapshot(folder.index)
    except NoIndex:
        return None
    if snapshot.fell_back:
        return f"fell back: {snapshot.fell_back}"
    return {live.segment.ids[doc]: live.segment.article(doc) for live in snapshot.segments for doc in live.live()}


def _leftovers(index: Path) -> set[str]:
    """What is in the folder that no generation kept consists of."""
    if not index.exists():
        return set()
    numbers = generations(index)[:GENERATIONS_KEPT]
    kept = {name for number in numbers for name in read_manifest(index, number).names()}
    return {entry.name for entry in index.iterdir()} - kept - {"lock"}


def _begun(index: Path) -> set[str]:
    """What is left over of a generation that was not committed, but for what the next run can go on from."""
    newest = max(generations(index), default=0) if index.exists() else 0
    found = _leftovers(index) - {MARK}
    begun = {name for name in found if int(re.findall(r"\d{6}", name)[0]) > newest}
    if not (index / MARK).exists():
        return begun
    whole = {name for name in begun if name.startswith("s0") and len(Segment(index / name))}
    return begun - whole if whole else {MARK}


def main(names: list[str], modes: list[str], every: int) -> None:
    """Prints what came of each scenario in each mode."""
    found = {f"{name}, {mode}": vars(sweep(name, mode, every=every)) for mode in modes for name in names}
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1].split(","), sys.argv[2].split(","), int(sys.argv[3]))
