"""Walking through the paths of a run: which files are read, and what is named because it is none."""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from .errors import MissingPath
from .ingest import Skipped, is_readable
from .manifest import Sources

_SPECIAL = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFBLK: "a device", stat.S_IFCHR: "a device"}


class File(NamedTuple):
    """A file to be read: where it is, what it is known as from run to run, and its name for ids and messages."""

    path: Path
    origin: str
    name: str
    size: int
    modified: int
    changed: int


class Found:
    """The readable files of some paths, in order, each once, and what could not even be looked at."""

    def __init__(self, index: Path | None) -> None:
        self._index = os.path.realpath(index) if index else ""
        self._seen: set[str] = set()
        self.empty: list[str] = []  # folders
        self.files: list[File] = []
        self.unreadable: list[Skipped] = []
        self.refused: list[Skipped] = []
        self.passed_over: Counter[str] = Counter()  # by their extensions, what no reader takes

    def add(self, path: Path) -> None:
        """Takes a folder's readable files, or one file whatever its name. Raises MissingPath."""
        if not os.path.exists(path):  # noqa: PTH110  Path.exists raises for names that are too long
            raise MissingPath(path)
        if not path.is_dir():
            self._add_file(path, path.name)
            return
        for file in self._walk(path):
            self._add_file(file, file.relative_to(path).as_posix())

    def _add_file(self, file: Path, name: str) -> None:
        origin = os.path.realpath(file)
        if origin in self._seen:
            return
        self._seen.add(origin)
        try:
            status = file.stat()
        except OSError as error:
            self._note(error)
        else:
            times = status.st_mtime_ns, status.st_ctime_ns
            self.files.append(File(file, origin, name, status.st_size, *times))

    def _walk(self, folder: Path) -> Iterator[Path]:
        """The readable files below a folder. Links to folders are not followed, nor are those to files elsewhere."""
        roots = real_paths([folder])
        for root, folders, names in os.walk(folder, onerror=self._note):
            if os.path.realpath(root) == self._index:  # the index is no article of its own
                folders.clear()
                continue
            if not folders and not names:
                self.empty.append(os.path.realpath(root))
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for path in (Path(root, name) for name in folders):
                self._leads_out(path, roots)
            for name in sorted(names):
                path = Path(root, name)
                if not name.startswith(".") and self._is_file(path) and not self._leads_out(path, roots):
                    yield path

    def _is_file(self, path: Path) -> bool:
        """Whether it is a file with articles, by its name; notes what is none although it may look like one."""
        try:
            mode = path.stat().st_mode
        except OSError as error:
            if is_readable(path):
                gone = error.errno in (errno.ENOENT, errno.ELOOP)
                self.refused.append(Skipped(str(path), "it is a link to nothing")) if gone else self._note(error)
            return False
        if stat.S_ISREG(mode):
            readable = is_readable(path)
            if not readable:
                self.passed_over[path.suffix.lower()] += 1
            return readable
        if what := _SPECIAL.get(stat.S_IFMT(mode)):
            self.unreadable.append(Skipped(str(path), f"it is {what}; only files are read"))
        return False

    def _leads_out(self, path: Path, roots: Sequence[str]) -> bool:
        """Whether a path below a folder is a link out of it, which may show what nobody meant to be indexed."""
        leads_out = path.is_symlink() and not is_under(os.path.realpath(path), roots)
        if leads_out:
            self.refused.append(
                Skipped(str(path), "it is a link out of the folder; to index what it leads to, name it")
            )
        return leads_out

    def _note(self, error: OSError) -> None:
        self.unreadable.append(Skipped(str(error.filename), f"cannot be read: {error.strerror}"))


def real_paths(paths: Iterable[Path]) -> list[str]:
    """Returns paths without links in them."""
    return [os.path.realpath(path) for path in paths]


def is_under(origin: str, roots: Sequence[str]) -> bool:
    """Returns whether a real path is one of some others, or below one."""
    return any(origin == root or origin.startswith(root.rstrip(os.sep) + os.sep) for root in roots)


def count_under(sources: Sources, root: str) -> int:
    """Returns how many articles were read from the files below a path."""
    return sum(source[2] for origin, source in sources.items() if is_under(origin, [root]))
