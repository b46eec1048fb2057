"""Making an index agree with files on disk: reads what is new or changed, forgets what is gone, leaves the rest.

A file is read again when its size or one of its times differs from last time. Of a file read again, articles whose
content is the same are kept as they stand, so adding a line to a large dump costs reading the dump and indexing the
line.

Nothing is forgotten by mistake. What cannot be read stays as it was; and a run that would forget a great deal at once,
as when a disk is not mounted, asks first.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from .article import Article
from .article_keys import is_unique_everywhere, text_key
from .errors import IndexLocked, NothingToIndex, WouldForget
from .file_walk import File, Found, count_under, is_under, real_paths
from .folder_sink import FolderSink
from .id_clashes import Clash, prefixes
from .index_writer import RUN_ARTICLES
from .ingest import NO_OPTIONS, SUFFIXES, Notice, Options, Skipped, read
from .manifest import Sources, generations
from .run_complaints import Complaints
from .run_report import Progress, Report
from .seen_ids import SeenIds
from .segment_writer import digest
from .sink import Sink
from .store import open_writer

FORGOTTEN_UNASKED = 100
"""Articles that a run may always forget. Beyond, it asks before it forgets over half of the index, or all of a path."""

_PROGRESS_EVERY = 200  # articles
_PROGRESS_BYTES = 1 << 20


def sync(
    index: Path,
    paths: Sequence[Path],
    *,
    rebuild: bool = False,
    jobs: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    on_locked: Callable[[IndexLocked], None] | None = None,
    on_forget: Callable[[WouldForget], bool] | None = None,
    run_articles: int = RUN_ARTICLES,
    sample: bool = False,
    options: Callable[[str], Options] = lambda path: NO_OPTIONS,
    list_changes: bool = False,
    speakers: bool | None = None,
    again: bool = False,
) -> Report:
    """Indexes files and folders into the index in a folder, which is made if need be.

    With ``rebuild`` the index will hold these paths and nothing else. ``jobs`` is how many processes may work on input
    that is large enough to be shared; a script that asks for more than one must keep its own work under
    ``if __name__ == "__main__"``, as for any use of `multiprocessing`. With ``on_locked`` another writer is waited
    for, after that was called. ``run_articles`` is how many articles are inverted at once: so many a process may have
    to read again when it is interrupted, the others are kept for the next run. ``sample`` says that these are the
    bundled sample: they are indexed where nothing is yet, and give way to the first that are not. ``options`` tells how
    each file is to be read, by its real path; one that is to be read otherwise than last time is read again. With
    ``list_changes`` the report names the articles that changed. ``speakers`` says whether the index tells who said
    what: by default, whether it did before. With ``again`` files are read though they are as they were, and so
    articles come back that were removed by their ids.

    A run that would forget over `FORGOTTEN_UNASKED` articles that are over half of the index, or all there is below a
    path given or a folder that is empty now, raises WouldForget; or, with ``on_forget``, forgets them when that says
    True, and keeps them, with a notice, when it says False. Raises MissingPath, NothingToIndex, IndexLocked and the
    other errors of `errors`, Interrupted for Ctrl-C; then the index is as it was.
    """
    started = time.perf_counter()
    found = Found(index)
    for path in paths:
        found.add(path)
    with open_writer(index, rebuild=rebuild, on_locked=on_locked, speakers=speakers) as writer:
        if sample and generations(index):
            return Report()
        asked = _Asked(on_progress, on_forget, options, list_changes, rebuild, sample, again=again)
        report = _run(lambda: FolderSink(writer, jobs, run_articles), paths, found, asked)
        if writer.base and writer.base.fell_back:
            why = f"{writer.base.fell_back}; went on from generation {writer.base.generation}"
            report.notices.append(Notice(str(index), why))
    report.seconds = time.perf_counter() - started
    return report


def build(
    index: str | Path,
    paths: str | Path | Sequence[str | Path],
    *,
    rebuild: bool = False,
    allow_forget: bool = False,
    jobs: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    speakers: bool | None = None,
) -> Report:
    """Brings the index in a folder up to date with files and folders, and reports what was done.

    This is `sync` for scripts: paths may be strings, and one needs no list. With ``allow_forget`` articles whose files
    are gone are forgotten however many they are. ``jobs`` and errors, WouldForget among them, are those of `sync`, and
    so is ``speakers``.
    """
    given = [paths] if isinstance(paths, str | Path) else paths
    return sync(
        Path(index),
        [Path(path) for path in given],
        rebuild=rebuild,
        jobs=jobs,
        on_progress=on_progress,
        on_forget=(lambda _: True) if allow_forget else None,
        speakers=speakers,
    )


def sync_into(
    open_sink: Callable[[], Sink],
    paths: Sequence[Path],
    *,
    rebuild: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    on_forget: Callable[[WouldForget], bool] | None = None,
    options: Callable[[str], Options] = lambda path: NO_OPTIONS,
    list_changes: bool = False,
    takes: Callable[[str], bool] = lambda id: True,
    again: bool = False,
) -> Report:
    """Does what `sync` does with a collection of any kind; a run that must begin anew opens the sink again.

    ``takes`` says of an id whether the run is to take its article.

    Raises as `sync` does, and what the sink raises.
    """
    started = time.perf_counter()
    found = Found(None)
    for path in paths:
        found.add(path)
    asked = _Asked(on_progress, on_forget, options, list_changes, rebuild, sample=False, takes=takes, again=again)
    report = _run(open_sink, paths, found, asked)
    report.seconds = time.perf_counter() - started
    return report


class _Asked(NamedTuple):
    """How a run is to go about its work."""

    on_progress: Callable[[Progress], None] | None
    on_forget: Callable[[WouldForget], bool] | None
    options: Callable[[str], Options]
    list_changes: bool
    rebuild: bool
    sample: bool
    takes: Callable[[str], bool] = lambda id: True
    again: bool = False


def _run(open_sink: Callable[[], Sink], paths: Sequence[Path], found: Found, asked: _Asked) -> Report:
    """Runs over the files; again, should ids clash that were not known to."""
    clashing: set[str] = set()
    while True:
        run = _Run(open_sink(), paths, found, asked, clashing)
        if not found.files and not run.gone:
            raise NothingToIndex(paths[0], " ".join(SUFFIXES))
        try:
            return run.finish()
        except Clash as clash:
            clashing = clashing | clash.origins
        finally:
            run.stop()


class _Run:
    """One run over the files, from what is in the index to what will be."""

    def __init__(
        self,
        sink: Sink,
        paths: Sequence[Path],
        found: Found,
        asked: _Asked,
        clashing: set[str],
    ) -> None:
        self._sink = sink
        self._files = found.files
        self._asked = asked
        self._sources = dict(sink.sources())
        there = {file.origin for file in found.files}
        roots, unseen = real_paths(paths), real_paths(Path(skipped.where) for skipped in found.unreadable)
        self.gone = {o for o in self._sources if o not in there and is_under(o, roots) and not is_under(o, unseen)}
        self._unread = {file.origin for file in found.files if not self._is_known(file)}
        self._roots = [*roots, *found.empty]
        self._names = {file.origin: file.name for file in found.files}
        self._taken, self._taken_texts = SeenIds(), SeenIds()
        self._clashing = clashing | {origin for origin, entry in self._sources.items() if len(entry) > 4 and entry[4]}
        self._prefixes = prefixes(self._names) if self._clashing else {}
        self._clashes: set[str] = set()
        self._report = Report(skipped=[*found.unreadable, *found.refused], passed_over=found.passed_over)
        self._complaints = Complaints(self._report.skipped, self._report.notices)
        self._doubles: dict[str, tuple[str, int]] = {}  # of the file being read: the first id of another, how many
        for file in found.files:
            if file.origin in clashing:
                prefix = f"{self._prefixes[file.origin]}/"
                why = f"its ids are also those of other articles; in the index they begin with “{prefix}”"
                self._report.notices.append(Notice(str(file.path), why))
        self._done = self._at = 0
        self._total = sum(file.size for file in found.files)

    def finish(self) -> Report:
        """Reads what must be read and commits, if anything has changed. Raises WouldForget, and Clash to begin anew."""
        before, rebuild, on_forget = dict(self._sources), self._asked.rebuild, self._asked.on_forget
        for origin in self.gone:
            self._report.removed += self._forget(origin)
            del self._sources[origin]
        for file in self._files:
            if file.origin in self._unread:
                self._unread.remove(file.origin)
                self._read(file)
            else:
                self._report.unchanged += self._sources[file.origin][2]
            self._done += file.size
            self._at = 0
            self._tell()
        if self._clashes:
            raise Clash(self._clashes)
        if error := self._replaced_too_much() if rebuild else self._forgot_too_much():
            if on_forget is None or not (allowed := on_forget(error)) and rebuild:
                raise error
            if not allowed:
                self._remember(before, error)
        has_new = self._sink.finish()
        self._report.resumed = self._sink.resumed
        if rebuild or self._sources != before or has_new or self._report.removed or self._report.updated:
            added = self._report.added + self._report.updated
            self._sink.commit(self._sources, added, sample=self._asked.sample)
        return self._report

    def stop(self) -> None:
        """Lets go of whatever still works on the run."""
        self._sink.stop()

    def _tell(self) -> None:
        if tell := self._asked.on_progress:
            tell(Progress(self._done + self._at, self._total, self._report.articles))

    def _tell_bytes(self, file: File, done: int) -> None:
        """Hears how much of a file has been read."""
        is_much = done - self._at >= _PROGRESS_BYTES
        self._at = min(done, file.size)
        if is_much:
            self._tell()

    def _is_known(self, file: File) -> bool:
        """Whether a file is as it was when it was last read, and was read without trouble, in the same way.

        Size and modification time can be those of before although the content is another, as tools set them back; the
        time of the last change nobody sets.
        """
        if self._asked.again:
            return False
        known = self._sources.get(file.origin, ())
        is_same = list(known[:2]) == [file.size, file.modified] and list(known[3:4]) in ([], [file.changed])
        options = known[5] if len(known) > 5 else 0
        return is_same and options == self._asked.options(file.origin).digest

    def _read(self, file: File) -> None:
        """Reads one file: adds and replaces what differs, forgets what it no longer holds."""
        counts, troubles, unread = 0, self._complaints.skipped, False
        options = self._asked.options(file.origin)
        # Without the callback where nobody hears of progress, as it is not for free.
        on_read = partial(self._tell_bytes, file) if self._asked.on_progress else None
        for reading in read(file.path, name=file.name, options=options, on_read=on_read):
            if isinstance(reading, Article):
                if not self._asked.takes(reading.id):
                    continue
                counts += self._take(reading, file)
                if counts % _PROGRESS_EVERY == 0:
                    self._tell()
            else:
                unread |= isinstance(reading, Skipped) and reading.unread
                self._complaints.add(reading)
        self._tell_doubles(file)
        self._complaints.end_file(str(file.path))
        if unread:
            counts += self._keep_unread(file)
        self._report.removed += self._forget(file.origin)
        # A file with troubles is read again next time, so that they are told again.
        whole = self._complaints.skipped == troubles
        if counts or not whole:
            entry = [file.size, file.modified if whole else -1, counts, file.changed]
            more = [int(file.origin in self._clashing), options.digest]
            self._sources[file.origin] = [*entry, *more] if any(more) else entry
        else:
            self._sources.pop(file.origin, None)

    def _take(self, article: Article, file: File) -> bool:
        """Adds an article, keeps the same one that is there, or refuses one whose id is another's.

        An id of the index goes to the first file that has it, as in a run over all files: one that is yet to be read
        has no claim. Two files that give an id to different texts clash (see `id_clashes`).
        """
        raw, text = article.id, text_key(article)
        if self._clashing:
            article = self._named(article, file)
            if (other := self._taken_texts.get((raw, text))) is None:
                self._taken_texts.add((raw, text), file.origin, text)
            elif other[0] != file.origin:
                return self._refuse(raw, file, other[0], is_same=True)
        taken = self._taken.get(article.id)
        there = self._sink.find(article.id)
        owner = there.origin if there else file.origin
        if not taken and there and owner != file.origin and owner not in self._unread and os.path.lexists(owner):
            taken = owner, text_key(self._sink.read(there))
        if taken:
            other_file, is_same = taken[0], taken[1] == text
            self._note_clash(raw, file, other_file, is_same=is_same)
            return self._refuse(article.id, file, other_file, is_same=is_same)
        self._taken.add(article.id, file.origin, text)
        if self._clashes:
            return True  # all of it is read once more
        if there:
            if owner == file.origin and there.digest == digest(article):
                self._sink.keep(there)
                self._report.unchanged += 1
                return True
            self._sink.drop(there)
            self._report.updated += 1
        else:
            self._report.added += 1
        self._list("updated" if there else "added", article.id)
        self._sink.add(article, file.origin, partial(self._left, file))
        return True

    def _named(self, article: Article, file: File) -> Article:
        """The article under the id it has in the index: with the file's prefix, unless the id there is its own."""
        if file.origin not in self._clashing or is_unique_everywhere(article.id):
            return article
        there = self._sink.find(article.id)
        if there and there.origin == file.origin:
            return article
        return replace(article, id=f"{self._prefixes[file.origin]}/{article.id}")

    def _note_clash(self, raw: str, file: File, other: str, *, is_same: bool) -> None:
        """Notes that two files clash; those that the index has under this id keep it."""
        if is_same or other == file.origin or is_unique_everywhere(raw):
            return
        there = self._sink.find(raw)
        owner = there.origin if there else ""
        self._clashes |= {origin for origin in (file.origin, other) if origin != owner} - self._clashing

    def _refuse(self, id: str, file: File, other: str, *, is_same: bool) -> bool:
        name = self._names.get(other, other)
        if is_same:
            first, count = self._doubles.get(name, (id, 0))
            self._doubles[name] = first, count + 1
        else:
            why = f"the id “{id}” is already that of an article in {name}; left out"
            self._complaints.add(Skipped(file.name, why))
        return False

    def _tell_doubles(self, file: File) -> None:
        """Tells of a file that was read, in a line for each other file, how many of its articles that one has, too."""
        for name, (first, count) in self._doubles.items():
            why = f"the id “{first}” is already that of an article in {name}, with the same text; left out"
            if count > 1:
                why = f"{count:,} articles are in {name} already, with the same ids and texts; left out"
            self._complaints.add(Skipped(file.name, why, count=count))
        self._doubles = {}

    def _list(self, what: str, id: str) -> None:
        if self._asked.list_changes:
            self._report.changes.append((what, id))

    def _left(self, file: File) -> int:
        """How many bytes are still to be read, those of a file being read among them."""
        return sum(each.size for each in self._files if each.origin in self._unread or each.origin == file.origin)

    def _forget(self, origin: str) -> int:
        """Deletes the articles that came from a file and were not kept in this run; how many they were."""
        ids = self._sink.forget(origin)
        for id in ids:
            self._list("forgotten", id)
        return len(ids)

    def _keep_unread(self, file: File) -> int:
        """Keeps the articles that a file gave before and that may still be in it, as not all of it could be read."""
        kept = self._sink.keep_rest(file.origin)
        if kept:
            self._report.unchanged += kept
            why = f"not all of it could be read; {kept:,} articles that it gave before stay"
            self._report.notices.append(Notice(str(file.path), why))
        return kept

    def _forgot_too_much(self) -> WouldForget | None:
        """What is to be asked before the run takes effect: whether so many articles are to be forgotten."""
        if self._report.removed <= FORGOTTEN_UNASKED:
            return None
        forgotten = self._forgotten_by_origin()
        for root in self._roots:
            of_root = sum(count for origin, count in forgotten.items() if is_under(origin, [root]))
            if of_root > FORGOTTEN_UNASKED and not count_under(self._sources, root):
                return WouldForget(self._sink.path, of_root, len(self._sink), Path(root))
        if forgotten.total() > max(FORGOTTEN_UNASKED, len(self._sink) / 2):
            return WouldForget(self._sink.path, forgotten.total(), len(self._sink), None)
        return None

    def _replaced_too_much(self) -> WouldForget | None:
        """What is to be asked before a rebuild takes effect: whether a path that gave articles gives none any more."""
        before, articles = self._sink.replaced() or ({}, 0)
        for root in self._roots:
            if (count := count_under(before, root)) > FORGOTTEN_UNASKED and not count_under(self._sources, root):
                return WouldForget(self._sink.path, count, articles, Path(root))
        return None

    def _forgotten_by_origin(self) -> Counter[str]:
        """How many articles of each file this run forgets. Those that another file has now are not forgotten."""
        return self._sink.forgotten(lambda id: self._taken.get(id) is not None)

    def _remember(self, before: Sources, error: WouldForget) -> None:
        """Takes back that anything was forgotten in this run."""
        for origin, count in self._forgotten_by_origin().items():
            if origin in self.gone:
                self._sources[origin] = before[origin]
            else:  # it is read again next time, so that this is told again
                size, _, counts, *changed = self._sources.get(origin, before[origin])
                known = counts if origin in self._sources else 0
                self._sources[origin] = [size, -1, known + count, *changed]
            self._report.removed -= count
            self._report.unchanged += count
        self._sink.remember()
        self._report.notices.append(Notice(str(error.root or error.path), f"{error.why}; they are kept"))
