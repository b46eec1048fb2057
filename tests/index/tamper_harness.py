"""Tampers with an index in many ways, all checksums made right again, and runs every command on it.

So it is with an index that somebody else made: checksums tell nothing. One way is one change: an end, a count, a
number, a size, a type, a date, a link, a record, a row of the manifest, a list; half of them at random, half aimed at
what is read in whole or made room for. What must not be: that a command takes over 1 GB or 5 s of the processor, hangs,
dies, or ends otherwise than with an answer or a line; or that an answer differs from that of the index before, and
neither the command nor `verify` says that the index is damaged.

The index is small, and so are its columns, which are looked at in whole when they are first asked for. Half of the ways
are tried with that turned off, as for the large columns of a large index.

Run as a script, with the checkout on PYTHONPATH, this prints one JSON object.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from khabarjoo.index import columns as columns_module
from khabarjoo.index.columns import Array, Columns, write_columns
from khabarjoo.index.manifest import (
    FORMAT_VERSION,
    generations,
    manifest_name,
    read_manifest,
    sources_name,
)
from khabarjoo.index.segment import SEGMENT_FILE
from tests.index.damage_harness import make
from tests.newsfolder import Folder

MOST_SECONDS = 5.0
MOST_MEGABYTES = 1000
_HANGS = 120  # seconds of the clock
_ADDRESSES = 8 << 30  # bytes: what a command may reserve, so that the machine survives a failure
_DAMAGED = 4

_READING: tuple[tuple[str, ...], ...] = (
    ("search", "باران"),
    ("search", "همکاری دانشگاه -برف", "--format", "json"),
    ("search", '"بین المللی" OR کتاب*', "--format", "csv"),
    ("search", "فوتبال~ title:تهران", "--format", "markdown", "--all-copies"),
    ("search", "نفت NEAR/5 برف", "--sort", "newest", "--limit", "300"),
    ("search", "باران", "--source", "ایسنا", "--since", "1395", "--tag", "نفت", "--format", "html"),
    ("search", "بارن", "--format", "jsonl"),
    ("show", "a3"),
    ("similar", "a3"),
    ("cite", "a3"),
    ("explain", "باران دانشگاه", "a3"),
    ("facets", "باران"),
    ("timeline", "باران"),
    ("stats",),
    ("batch", "{queries}"),
    ("shell",),
)
_WRITING: tuple[tuple[str, ...], ...] = (("index", "{files}"), ("verify", "--repair"), ("index", "--rebuild"))
"""Each has a copy of the index to itself."""

_UNTOLD = (
    "keywords",
    "keywords.weights",
    "origin",
    "origin.ends",
    "origin.names",
    "origin.names.ends",
    "ids",
    "sources",
)
"""What there is nothing to compare with: that is what an index says, not damage."""

_IMPORTED = "modules imported"
_OFTEN_IMPORTED = ("khabarjoo.", "click.", "markdown_it.", "numpy.", "prompt_toolkit.", "rich.", "whoosh.")
"""What a child had to import, its parent imports too, so that the next child has it from the start."""

_NO_ANSWER = re.compile(r'"took_ms": [\d.]+|[\d.,]+ ms|\d{1,2}:\d\d|\bsize +[\d.]+ [kM]B')
"""What the clock has a part in, also in Persian digits; and the bytes of an index, which are told as they are: wider
numbers of the same value take more and say the same."""


@dataclass
class Outcome:
    """What came of tampering with an index in many ways."""

    ways: int = 0
    commands: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    same: int = 0  # ways in which every answer stayed
    told: int = 0  # ways in which a command said that the index is damaged
    told_by_verify: int = 0
    most_seconds: float = 0.0
    slowest: str = ""
    most_megabytes: int = 0
    largest: str = ""
    failures: list[str] = field(default_factory=list)


@dataclass
class _Ran:
    code: int
    out: str
    err: str
    seconds: float
    megabytes: int


def tamper_many(ways: int, seed: int, whole_processes: int = 0) -> Outcome:
    """Tampers in so many ways, chosen by a seed; on so many of them, commands are processes of their own."""
    with tempfile.TemporaryDirectory(prefix="tamper-") as root:
        folder = Folder(Path(root))
        make(folder)
        return _Tampering(folder, Random(seed), whole_processes).run(ways)


class _Tampering:
    def __init__(self, folder: Folder, rng: Random, whole_processes: int) -> None:
        self._folder, self._rng, self._whole_processes = folder, rng, whole_processes
        self._index = folder.index
        self._copy = folder.index.with_name("whole")
        shutil.copytree(self._index, self._copy)
        queries = folder.index.with_name("queries.tsv")
        queries.write_text("1\tباران تهران\n2\tهمکاری‌های دانشگاه\n", encoding="utf-8")
        self._names = {"queries": str(queries), "files": str(folder.files)}
        self._outcome = Outcome()
        self._kinds: Counter[str] = Counter()
        self._right = self._in_child(checked=True)

    def run(self, ways: int) -> Outcome:
        """Tampers in so many ways, each time with an index that is whole."""
        assert {ran["code"] for ran in self._right.values()} <= {0, 1}, self._right
        for number in range(ways):
            kind = _KINDS[number % len(_KINDS)]
            self._restore()
            way = kind(Target(self._index, self._rng))
            self._kinds[kind.__name__.removeprefix("_")] += 1
            self._outcome.ways += 1
            is_whole = number < self._whole_processes
            self._assess(way, self._in_processes() if is_whole else self._in_child(checked=number % 2 == 0))
        self._outcome.kinds = dict(self._kinds)
        return self._outcome

    def _restore(self) -> None:
        shutil.rmtree(self._index)
        shutil.copytree(self._copy, self._index)

    def _commands(self) -> list[tuple[str, list[str], Path]]:
        """Every command's name, its arguments, and the index it works on; the writing ones' are copies."""
        commands = [(words, self._index) for words in (*_READING, ("verify",))]
        for place, words in enumerate(_WRITING):
            copy = self._index.with_name(f"copy{place}")
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(self._index, copy, symlinks=True)
            commands.append((words, copy))
        made = [([word.format(**self._names) for word in words], index) for words, index in commands]
        return [(" ".join(words), [*words[:1], "--index", str(index), *words[1:]], index) for words, index in made]

    def _in_processes(self) -> dict[str, Any]:
        found = {}
        for name, arguments, _ in self._commands():
            command = [sys.executable, "-m", "khabarjoo", *arguments]
            with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
                process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=err)
                assert process.stdin
                with contextlib.suppress(BrokenPipeError):
                    process.stdin.write(_TYPED if name == "shell" else b"")
                    process.stdin.close()
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                said = [_read(stream) for stream in (out, err)]
            seconds = usage.ru_utime + usage.ru_stime
            found[name] = asdict(_Ran(process.returncode, said[0], said[1], seconds, usage.ru_maxrss >> 10))
        return found

    def _in_child(self, *, checked: bool) -> dict[str, Any]:
        """What every command comes to, all of them run by one forked process."""
        commands = self._commands()
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            _run_in_child(commands, writing, checked=checked)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            lines = pipe.read().splitlines()
        _, status, _ = os.wait4(child, 0)
        found: dict[str, Any] = dict(map(json.loads, lines))
        for module in found.pop(_IMPORTED, ()):
            if module.startswith(_OFTEN_IMPORTED):
                importlib.import_module(module)
        if len(found) < len(commands):
            died = signal.Signals(status & 127).name if status & 127 else f"status {status}"
            found[commands[len(found)][0]] = asdict(_Ran(-1, "", f"died by {died}", 0.0, 0))
        return found

    def _assess(self, way: tuple[str, str], found: dict[str, Any]) -> None:
        what, column = way
        outcome = self._outcome
        outcome.commands += len(found)
        by_verify = found.get("verify", {}).get("code") == _DAMAGED
        told, same = False, True
        for name, ran in found.items():
            problem = ""
            says = "damaged" in ran["err"] or (column == "manifest" and "was made by analyzer" in ran["err"])
            told |= says
            if ran["seconds"] > outcome.most_seconds:
                outcome.most_seconds, outcome.slowest = round(ran["seconds"], 2), f"{what}: {name}"
            if ran["megabytes"] > outcome.most_megabytes:
                outcome.most_megabytes, outcome.largest = ran["megabytes"], f"{what}: {name}"
            if ran["seconds"] > MOST_SECONDS:
                problem = f"took {ran['seconds']:.1f} s"
            elif ran["megabytes"] > MOST_MEGABYTES:
                problem = f"took {ran['megabytes']} MB"
            elif ran["code"] not in (0, 1, 2, 4) or "should not happen" in ran["err"] or "Traceback" in ran["err"]:
                problem = f"ended with {ran['code']}: {ran['err'][-700:]}"
            elif ran["code"] == 2 and not says:
                problem = f"is refused without a word of damage: {ran['err'][-300:]}"
            elif name in self._right and (ran["out"], ran["code"]) != (
                self._right[name]["out"],
                self._right[name]["code"],
            ):
                same = False
                if not says and not by_verify and column not in _UNTOLD and not name.startswith(("verify", "index")):
                    problem = "answers otherwise, and neither it nor verify says why"
            if problem:
                outcome.failures.append(f"{what}: {name}: {problem}")
        outcome.same += same
        outcome.told += told
        outcome.told_by_verify += by_verify


_TYPED = "باران\n1\nn\n\\stats\n\\facets\n\\quit\n".encode()


def _read(stream: Any) -> str:
    stream.seek(0)
    return _told(stream.read())


def _told(data: bytes) -> str:
    return without_what_no_answer_depends_on(data.decode("utf-8", "backslashreplace"))


def without_what_no_answer_depends_on(told: str) -> str:
    """Returns what a command told, times and the size of the index left out."""
    return _NO_ANSWER.sub("", told)


def _run_in_child(commands: list[tuple[str, list[str], Path]], writing: int, *, checked: bool) -> None:
    signal.alarm(_HANGS)
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    if not checked:
        columns_module._SMALL = -1
    from khabarjoo.searcher.cli.main import main

    for name, arguments, _ in commands:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace") for _ in range(2))
        sys.stdin = io.TextIOWrapper(io.BytesIO(_TYPED if name == "shell" else b""), encoding="utf-8")
        sys.stdout, sys.stderr = out, err
        began = time.process_time()
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")  # has the peak of memory begin anew
        try:
            code = int(main(arguments))
        except BaseException:
            code = -1
            err.write(traceback.format_exc())
        seconds = time.process_time() - began
        for stream in (out, err):
            stream.flush()
        said = [_told(stream.buffer.getvalue()) for stream in (out, err)]  # type: ignore[attr-defined]
        row = (name, asdict(_Ran(code, said[0], said[1], seconds, _peak())))
        os.write(writing, json.dumps(row).encode() + b"\n") if len(said[0]) < 1 << 15 else _write_all(writing, row)
    _write_all(writing, (_IMPORTED, sorted(sys.modules)))
    os._exit(0)


def _write_all(writing: int, row: Any) -> None:
    with os.fdopen(os.dup(writing), "wb") as pipe:
        pipe.write(json.dumps(row).encode() + b"\n")


def _peak() -> int:
    """The peak of this process's memory, in megabytes."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) >> 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


# -- ways --------------------------------------------------------------------------------------------------------------


class Target:
    """An index to be tampered with: its parts, and how they are sealed again."""

    def __init__(self, index: Path, rng: Random) -> None:
        self.index, self.rng = index, rng
        newest = read_manifest(index, generations(index)[0])
        self.row = rng.choice(newest.segments)
        self.file = index / self.row.name / SEGMENT_FILE
        columns = Columns(self.file)
        self.arrays: dict[str, Array] = {name: columns[name].copy() for name in columns.names}

    def name(self, fits: Callable[[str], bool] = lambda name: True) -> str:
        """One of the columns that fit and have values."""
        return self.rng.choice([name for name, array in self.arrays.items() if fits(name) and len(array)])

    def set(self, name: str, array: Array) -> None:
        """Puts another array in a column's place."""
        self.arrays[name] = array
        self.seal()

    def seal(self) -> None:
        """Writes the columns, and makes all checksums right."""
        with self.file.open("wb") as out:
            write_columns(out, self.arrays)
        data = self.file.read_bytes()
        articles = max(len(self.arrays.get("ids.ends", ())) - 1, 0)
        new = {
            "articles": articles,
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "directory": Columns(self.file).fingerprint,
        }
        self.change_rows(lambda row: row.update(new) if row["name"] == self.row.name else None)

    def change_rows(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Changes the rows of all manifests."""

        def change_all(fields: dict[str, Any]) -> None:
            for row in fields["segments"]:
                change(row)

        self.change_manifests(change_all)

    def change_manifests(self, change: Callable[[Any], object]) -> None:
        """Changes all manifests, in place or by what is returned."""
        for number in generations(self.index):
            file = self.index / manifest_name(number)
            body, _, _ = file.read_bytes().removesuffix(b"\n").rpartition(b"\n")
            fields = json.loads(body)
            assert fields["format"] == FORMAT_VERSION
            changed = change(fields)
            text = json.dumps(fields if changed is None else changed, indent=1)
            file.write_text(f"{text}\n{hashlib.sha256(text.encode()).hexdigest()}\n")


_Way = tuple[str, str]
"""What was done, and to which column."""


def _place(target: Target, array: Array) -> int:
    return target.rng.choice((0, len(array) - 1, target.rng.randrange(len(array))))


def _extreme(target: Target, array: Array) -> int:
    info = np.iinfo(array.dtype)
    return int(target.rng.choice((info.min, info.max, info.max - 1, info.max // 2, 1)))


def _number(target: Target) -> _Way:
    """One value of any column, at random."""
    name = target.name()
    array = target.arrays[name]
    place, value = _place(target, array), target.rng.randrange(256 ** min(array.itemsize, 4)) // 2
    array[place] = value
    target.seal()
    return f"{name}[{place}] = {value}", name


def _extreme_number(target: Target) -> _Way:
    """One value of any column, as large or small as its type can hold, or as four bytes can."""
    name = target.name()
    array = target.arrays[name]
    if target.rng.random() < 0.5 and array.dtype.str in ("|u1", "<u2"):
        array = array.astype("<u4")
    place = _place(target, array)
    array[place] = value = (
        target.rng.choice((2**32 - 2, _extreme(target, array))) if array.itemsize == 4 else _extreme(target, array)
    )
    target.set(name, array)
    return f"{name}[{place}] = {value} as {array.dtype}", name


def _swapped(target: Target) -> _Way:
    """Two values of a column change places."""
    name = target.name()
    array = target.arrays[name]
    one, other = target.rng.randrange(len(array)), target.rng.randrange(len(array))
    array[[one, other]] = array[[other, one]]
    target.seal()
    return f"{name}[{one}] and [{other}] swapped", name


def _ends(target: Target) -> _Way:
    """Ends that overlap, descend, lead beyond the column or into nothing."""
    name = target.name(lambda name: name.endswith("ends"))
    array = target.arrays[name].astype("<u4")
    size = int(array[-1])
    kind = target.rng.choice(("to and fro", "descending", "beyond", "all", "nothing", "late", "huge"))
    if kind == "to and fro":
        array[1::2], array[2::2] = size, 0
    elif kind == "descending":
        array = array[::-1].copy()
    elif kind == "beyond":
        array[-1] = size + target.rng.choice((1, 1000, 2**31))
    elif kind == "all":
        array[1:] = size
    elif kind == "nothing":
        array[:] = 0
    elif kind == "late":
        array[0] = min(size, 1)
    else:
        array[1:] = 2**32 - 1
    target.set(name, array)
    return f"{name} {kind}", name


def _large_names(target: Target) -> _Way:
    """A megabyte of names, cut to and fro: a name of it all for every other one."""
    name = target.name(lambda name: f"{name}.ends" in target.arrays and target.arrays[name].dtype == np.uint8)
    size = 1 << 20
    count = len(target.arrays[f"{name}.ends"])
    if target.rng.random() < 0.5 and name.endswith("names"):
        count = 4001
    ends = np.zeros(count, "<u4")
    ends[1::2] = size
    target.arrays[name] = np.full(size, ord("a"), np.uint8)
    target.set(f"{name}.ends", ends)
    return f"{name}: {count - 1} runs of a megabyte to and fro", name


def _count(target: Target) -> _Way:
    """A column that is longer or shorter than it should be, empty or gone."""
    name = target.name()
    array = target.arrays[name]
    kind = target.rng.choice(("one less", "one more", "half", "twice", "none", "gone"))
    if kind == "gone":
        del target.arrays[name]
        target.seal()
    else:
        others = {"one less": array[:-1], "one more": np.append(array, array[-1:]), "half": array[: len(array) // 2]}
        others |= {"twice": np.concatenate((array, array)), "none": array[:0]}
        target.set(name, others[kind])
    return f"{name} {kind}", name


def _type(target: Target) -> _Way:
    """A column of another type."""
    name = target.name()
    kind = target.rng.choice(("|u1", "<u2", "<u4", "<i4", "<i8", "<u8", "<f4"))
    with np.errstate(all="ignore"):
        array = target.arrays[name].astype(kind)
    if kind == "<f4":
        array[_place(target, array)] = np.nan
    elif kind in ("<i4", "<i8"):
        array[_place(target, array)] = -1
    target.set(name, array)
    return f"{name} as {kind}", name


def _date(target: Target) -> _Way:
    """A date of no year."""
    array = target.arrays["published"]
    place = _place(target, array)
    array[place] = value = target.rng.choice(
        (2**62, -(2**62), 2**63 - 1, -(2**63) + 1, 253402300799, -62135596800, 10**12, -(10**11), 10**11)
    )
    target.seal()
    return f"published[{place}] = {value}", "published"


def _record(target: Target) -> _Way:
    """A stored article that opens to very much, or to something that is none."""
    data, ends = target.arrays["stored"].tobytes(), target.arrays["stored.ends"].astype(np.int64)
    doc = target.rng.randrange(len(ends) - 1)
    fields: list[Any] = ["عنوان", "", "متن", "", "", [], "", ""]
    place = target.rng.randrange(8)
    kind = target.rng.choice(
        ("250 MB", "a title of 250 MB", "deep", "number", "null", "short", "no list", "other", "kind")
    )
    changed = [*fields[:place], {"number": 7, "null": None, "other": [[{}]]}.get(kind), *fields[place + 1 :]]
    texts = {
        "250 MB": b"a" * (250 << 20) if kind == "250 MB" else b"",
        "a title of 250 MB": b'["' + b"a" * (250 << 20) + b'","","","","",[],"",""]' if kind[0] == "a" else b"",
        "deep": b"[" * 100_000,
        "short": json.dumps(fields[:place]).encode(),
        "no list": b'{"a":1}',
    }
    text = texts.get(kind, json.dumps(changed).encode())
    packer = zlib.compressobj(9, wbits=-15)
    record = (b"\x07" if kind == "kind" else b"\x01") + packer.compress(text) + packer.flush()
    sizes = np.diff(ends)
    target.arrays["stored"] = np.frombuffer(data[: ends[doc]] + record + data[ends[doc + 1] :], np.uint8)
    sizes[doc] = len(record)
    target.set("stored.ends", np.concatenate(([0], np.cumsum(sizes))).astype("<u4"))
    return f"stored {doc}: {kind}" + (
        f" in field {place}" if kind in ("number", "null", "short", "other") else ""
    ), "stored"


def _link(target: Target) -> _Way:
    """A link where a file or folder of the index is."""
    segment = target.index / target.row.name
    others = [path for path in target.index.glob(f"s*/{SEGMENT_FILE}") if path != target.file]
    goal = target.rng.choice([*others, target.file, Path("/dev/zero"), target.index / "gone", target.index])
    if target.rng.random() < 0.5:
        target.file.unlink()
        target.file.symlink_to(goal)
        return f"{SEGMENT_FILE} is a link to {goal.name}", "link"
    shutil.rmtree(segment)
    segment.symlink_to(goal.parent if goal.name == SEGMENT_FILE else goal)
    return f"a segment is a link to {goal.name}", "link"


def _manifest_row(target: Target) -> _Way:
    """A row of the manifests that tells something else."""
    name = target.rng.choice(("name", "articles", "bytes", "directory", "deleted", "deleted_sha256", "sha256"))
    value = target.rng.choice(
        ("../whole", "s000001-1", "", 0, -1, 2**63, 10**30, 1.5, None, True, [], {}, "deleted-000003-x", "s999999")
    )
    target.change_rows(lambda row: row.update({name: value}) if row["name"] == target.row.name else None)
    return f"manifest: {name} = {value!r}", "manifest"


def _manifest(target: Target) -> _Way:
    """Manifests that are something else."""
    name = target.rng.choice(("generation", "analyzer", "segments", "sources_sha256", "all"))
    value = target.rng.choice(([], {}, "x", 0, -1, 10**30, None, 1.5, [[]], ["x"], [{}]))
    target.change_manifests(lambda fields: value if name == "all" else fields.update({name: value}))
    return f"manifest: {name} = {value!r}", "manifest"


def _sources(target: Target) -> _Way:
    """A list of files that is none."""
    number = generations(target.index)[0]
    file = target.index / sources_name(number)
    known = json.loads(file.read_bytes())
    value = target.rng.choice(([], "x", 1, [1, 2], [1, 2, "x"], [1, 2, 3, 4], {"a": 1}, None, [2**70, -1, -5]))
    data = json.dumps(target.rng.choice((value, dict.fromkeys(known, value), {"/nowhere": value}))).encode()
    file.write_bytes(data)
    checksum = hashlib.sha256(data).hexdigest()
    target.change_manifests(lambda f: f.update(sources_sha256=checksum) if f["generation"] == number else None)
    return f"sources: {data[:60]!r}", "sources"


def _deleted(target: Target) -> _Way:
    """A list of deleted articles that are none, twice there, or in no order."""
    articles = target.row.articles
    docs = target.rng.choice(
        ([articles], [2**32 - 1], [1, 1], [3, 1], list(range(articles)) * 2, [0, articles + 5], list(range(articles)))
    )
    kind = target.rng.choice(("<u4", "<u8", "<i8", "<f4"))
    file = target.index / f"deleted-{generations(target.index)[0]:06}-{target.row.name}"
    with file.open("wb") as out:
        write_columns(out, {"docs": np.array(docs).astype(kind)})
    new = {"deleted": file.name, "deleted_sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    target.change_rows(lambda row: row.update(new) if row["name"] == target.row.name else None)
    return f"deleted: {docs[:4]} of {articles} as {kind}", "deleted" if docs != list(range(articles)) else "ids"


_KINDS: tuple[Callable[[Target], _Way], ...] = (
    *(_number, _extreme_number, _ends, _count, _type, _number, _extreme_number, _ends, _swapped, _number),
    *(_large_names, _date, _record, _link, _manifest_row, _manifest, _sources, _deleted),
)


if __name__ == "__main__":
    print(json.dumps(asdict(tamper_many(*map(int, sys.argv[1:]))), ensure_ascii=False))
