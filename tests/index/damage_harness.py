"""Damages an index in many ways, one after another, and looks at who notices.

One way is a bit turned over anywhere in one of its files, or a file cut short. The index then is opened and asked the
same questions as when it was whole, and verified, in a process of its own that may take so much time and memory. What
must not be: that the process dies or hangs, that anything is raised but an error of ours, or that an answer changes and
neither opening nor verifying the index finds anything.

The index is small, and so are its columns, which are checked when they are first asked for. Half of the ways are tried
with that check turned off, as for the large columns of a large index, so that damage reaches the searcher.

Run as a script, with the checkout on PYTHONPATH, this prints one JSON object.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import khabarjoo
from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.index import columns
from khabarjoo.index.article import Article
from khabarjoo.index.errors import NoSuchArticle, StoreError
from khabarjoo.index.verify import verify
from tests.corpus import random_articles
from tests.newsfolder import Folder

_SECONDS = 60
_MEMORY = 3 << 30
_QUERIES = (
    "باران", "همکاری دانشگاه", "«دولت مجلس»", '"بین المللی"', "نفت OR برف", "دانشگاه -برف", "کتاب*", "title:تهران",
    "فوتبال~", "همکاری‌های جهاددانشگاهی", "NATO 12.5", "قطار",
)  # fmt: skip


def make(folder: Folder) -> None:
    """An index of two generations and several segments, in some of which articles are deleted."""
    articles = random_articles(Random(8), 170)
    _write(folder, "a.jsonl", articles[:150])
    folder.sync()
    _write(folder, "b.jsonl", articles[150:160])
    folder.sync()
    _write(folder, "a.jsonl", articles[:140])
    _write(folder, "c.jsonl", articles[160:])
    folder.sync()


def _write(folder: Folder, name: str, articles: list[Article]) -> None:
    rows = [
        {
            "id": a.id, "title": a.title, "lead": a.lead, "text": a.body or "متن", "source": a.source,
            "category": a.category, "tags": list(a.tags), "date": a.published.isoformat() if a.published else "",
        }
        for a in articles
    ]  # fmt: skip
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder.files / name).write_text(lines, encoding="utf-8")


def answers(index: Path) -> str:
    """What the index says to many questions, in one text. Raises what the searcher raises."""
    said: list[Any] = []
    with khabarjoo.open(index) as news:
        for query in _QUERIES:
            page = news.search(query)
            said.append([page.total, page.total_all, [(h.id, h.score, h.title, str(h.snippet)) for h in page.hits]])
        found = news.search("باران", source="ایسنا", since="1395", sort="newest").hits
        said += [[hit.id for hit in found], news.rank("دانشگاه تهران")]
        said += [news.facets("باران"), news.timeline("باران"), news.stats(), news.explain("باران", "a3")]
        ids = [id for id, _ in news.rank("باران متن از")]
        for id in sorted(ids):
            try:
                said += [news.article(id), [(hit.id, hit.score) for hit in news.similar(id).hits]]
            except NoSuchArticle as error:  # an answer, too
                said.append(error)
    return repr(said)


@dataclass
class Outcome:
    """What came of damaging an index in many ways."""

    ways: int = 0
    of_files: dict[str, int] = field(default_factory=dict)
    found_by_open: int = 0  # refused, or an older generation taken, which it says
    found_when_asked: int = 0  # refused when the damaged part was read
    found_by_verify: int = 0
    answers_changed: int = 0
    harmless: int = 0  # found by nobody, and no answer changed
    failures: list[str] = field(default_factory=list)


def damage_many(ways: int, seed: int) -> Outcome:
    """Damages an index in so many ways, chosen by a seed."""
    default_analyzer()
    with tempfile.TemporaryDirectory(prefix="damage-") as root:
        folder = Folder(Path(root))
        make(folder)
        return _Damaging(folder, Random(seed)).run(ways)


class _Damaging:
    def __init__(self, folder: Folder, rng: Random) -> None:
        self._index = folder.index
        self._rng = rng
        self._copy = folder.index.with_name("whole")
        shutil.copytree(self._index, self._copy)
        self._whole = answers(self._index)
        self._files = sorted(path for path in self._index.rglob("*") if path.is_file())
        self._outcome = Outcome()
        self._kinds: Counter[str] = Counter()

    def run(self, ways: int) -> Outcome:
        """Damages in so many ways, each time an index that is whole."""
        assert verify(self._index).whole
        for number in range(ways):
            way = self._damage()
            self._assess(way, *self._look(checked=number % 2 == 0))
            shutil.rmtree(self._index)
            shutil.copytree(self._copy, self._index)
        self._outcome.of_files = dict(self._kinds)
        return self._outcome

    def _damage(self) -> str:
        rng = self._rng
        sizes = [path.stat().st_size for path in self._files]
        # Half of the time any file, half of the time any byte.
        path = rng.choice(self._files) if rng.random() < 0.5 else rng.choices(self._files, sizes)[0]
        data = bytearray(path.read_bytes())
        self._kinds["columns.bin" if path.suffix == ".bin" else path.name.split("-")[0]] += 1
        self._outcome.ways += 1
        if not data:
            return f"{path.name} is empty"
        if rng.random() < 0.2:
            length = rng.randrange(len(data))
            path.write_bytes(data[:length])
            return f"{path.parent.name}/{path.name} cut to {length} of {len(data)} bytes"
        place, bit = rng.randrange(len(data)), rng.randrange(8)
        data[place] ^= 1 << bit
        path.write_bytes(data)
        return f"{path.parent.name}/{path.name} byte {place} of {len(data)} bit {bit}"

    def _look(self, *, checked: bool) -> tuple[str, str, bool]:
        """How opening went, how asking went, and whether verifying found anything; by a process of its own."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            if not checked:
                columns._SMALL = -1
            _look_in_child(self._index, self._whole, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) or not said:
            return "opened", f"died by {signal.Signals(os.WTERMSIG(status)).name if status & 127 else status}", False
        opened, asked, found = json.loads(said)
        return opened, asked, found

    def _assess(self, way: str, opened: str, asked: str, found: bool) -> None:
        outcome = self._outcome
        outcome.found_by_open += opened != "opened"
        outcome.found_when_asked += opened == "opened" and asked == "refused"
        outcome.found_by_verify += found
        outcome.answers_changed += asked != "same"
        outcome.harmless += opened == "opened" and asked == "same" and not found
        if asked not in ("same", "changed", "refused"):
            outcome.failures.append(f"{way}: {asked}")
        elif asked != "same" and opened == "opened" and not found:
            outcome.failures.append(f"{way}: answers are {asked}, and nobody found it")


def _look_in_child(index: Path, whole: str, writing: int) -> None:
    signal.alarm(_SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    opened, asked, found = "opened", "same", False
    try:
        with khabarjoo.open(index) as news:
            opened = "fell back" if news.fell_back else "opened"
    except StoreError:
        opened = "refused"
    except BaseException:
        opened = traceback.format_exc()
    try:
        asked = "same" if answers(index) == whole else "changed"
    except StoreError:
        asked = "refused"
    except BaseException:
        asked = traceback.format_exc()
    try:
        found = not verify(index, sample=20).whole
    except StoreError:
        found = True
    except BaseException:
        asked = f"verify: {traceback.format_exc()}"
    os.write(writing, json.dumps((opened, asked, found)).encode())
    os._exit(0)


if __name__ == "__main__":
    print(json.dumps(asdict(damage_many(int(sys.argv[1]), int(sys.argv[2]))), ensure_ascii=False))
