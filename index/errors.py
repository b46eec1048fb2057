"""What can go wrong with an index. The command line words each of them in one line."""

from __future__ import annotations

import errno
import os
import shlex
from pathlib import Path


def named(path: Path | str) -> str:
    """Returns the option that names an index, to be pasted into a shell.

    >>> named(Path("my news"))
    "--index 'my news'"
    """
    return f"--index {shlex.quote(str(path))}"


class StoreError(Exception):
    """Anything wrong with an index; ``path`` is its folder, or its address on a cluster."""

    def __init__(self, path: Path | str, message: str) -> None:
        super().__init__(message)
        self.path = path


class NoIndex(StoreError):
    """There is no index in the folder."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, f"there is no index in {path}; make one with: khabarjoo index {named(path)} FOLDER")


class NotAnIndex(StoreError):
    """The folder holds something else, which indexing would mix up."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(path, f"{path} is not a khabarjoo index ({why}); choose another folder with --index")


class IndexDamaged(StoreError):
    """A file of the index is missing or is not what was written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            path,
            f"the index in {path} is damaged ({why}); mend it with: khabarjoo verify --repair {named(path)}, "
            f"or make it again with: khabarjoo index --rebuild {named(path)} PATHS",
        )
        self.why = why


class IndexIncomplete(StoreError):
    """A part of the index is out of reach, so that any answer would be a part of one."""


class IndexLocked(StoreError):
    """Another process is writing to the index."""

    def __init__(self, path: Path | str, owner: str) -> None:
        super().__init__(path, f"the index in {path} is being written by {owner}; try again when it is done, or --wait")
        self.owner = owner


class IndexBusy(StoreError):
    """Others wrote to the index so often that no generation of it could be held."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, f"the index in {path} was written to meanwhile, again and again; try again when that is done"
        )


class OtherFormat(StoreError):
    """The files of the index are of a format this version does not read."""

    def __init__(self, path: Path, have: object, want: int) -> None:
        age = "a newer" if isinstance(have, int) and have > want else "an older"
        super().__init__(
            path,
            f"the index in {path} was made by {age} version (format {have}, this version reads {want}); "
            f"make it again with: khabarjoo index --rebuild {named(path)} PATHS",
        )


class AnalyzerMismatch(StoreError):
    """The index was made by another version of the analyzer, whose terms do not meet ours."""

    def __init__(self, path: Path | str, have: int, want: int) -> None:
        super().__init__(
            path,
            f"the index in {path} was made by analyzer version {have}, this is version {want}; make it again, from "
            f"the articles stored in it, with: khabarjoo index --rebuild {named(path)}",
        )
        self.have: int = have
        self.want: int = want


class DiskFailure(StoreError):
    """The system did not let the index be read or written: no space, no permission and so on."""


class MissingPath(StoreError):
    """A file or folder to be indexed does not exist or cannot be opened."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, f"{path}: no such file or folder")


class BuildFailed(StoreError):
    """A process that was building segments died; the index is as it was."""

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(path, f"a process that helped to index died ({why}); try again with --jobs 1")


class NothingToIndex(StoreError):
    """The folders named hold no file that any reader takes."""

    def __init__(self, path: Path, kinds: str) -> None:
        super().__init__(path, f"{path}: no articles here; Khabarjoo reads {kinds}")


class WouldForget(StoreError):
    """A run would forget more articles than one loses by chance; the index is as it was.

    ``forgotten`` are the articles it would forget, of ``total`` in the index; ``root`` is the path or folder below
    which they were all there is, None when they are only many.
    """

    def __init__(self, path: Path | str, forgotten: int, total: int, root: Path | None) -> None:
        what = (
            f"all {forgotten:,} articles that were read from there, as if its disk were not mounted"
            if root
            else f"{forgotten:,} of {total:,} articles, as they are in no file any more"
        )
        self.why: str = f"this run would forget {what}; if that is meant, say --allow-forget"
        super().__init__(path, f"{root or path}: {self.why}")
        self.forgotten: int = forgotten
        self.total: int = total
        self.root: Path | None = root


class NoSuchArticle(KeyError):
    """No article of the index has the id."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.id = id

    def __str__(self) -> str:
        return f"no article has the {'address' if '://' in self.id else 'id'} “{self.id}”"


class NoTemporarySpace(StoreError):
    """The folder for temporary files did not take one; the index is as it was."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(path, f"{path}: {why}; temporary files go there: make room, or name another folder in $TMPDIR")


_UNCHANGED = "the index is as it was: make room and run the command again"
_DISK_FAILURES = {
    errno.ENOSPC: f"there is no space left on its disk; {_UNCHANGED}",
    errno.EDQUOT: f"the disk quota is used up; {_UNCHANGED}",
    errno.EFBIG: f"a file may not grow that large here; {_UNCHANGED}",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EROFS: "it is on a read-only medium",
    errno.EIO: "its disk fails",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.ENOLCK: "its disk knows no locks",
    errno.ENAMETOOLONG: "the name is too long",
}


class Interrupted(KeyboardInterrupt):
    """Ctrl-C has ended a run that the next can go on from; ``kept`` says with how many articles."""

    def __init__(self, kept: int) -> None:
        super().__init__(f"interrupted; {_told(kept)}")
        self.kept = kept


def disk_failure(path: Path, error: OSError, kept: int = 0, *, is_new: bool = False) -> DiskFailure:
    """Returns what an error of the system means for the index in a folder, in one line.

    ``kept`` is how many articles are there for the next run to go on from; ``is_new`` says that the folder could not
    be made, so that another is wanted.

    >>> print(disk_failure(Path("news.index"), OSError(errno.ENOSPC, "No space left on device")))
    news.index: there is no space left on its disk; the index is as it was: make room and run the command again
    """
    why = _DISK_FAILURES.get(error.errno or 0) or error.strerror or str(error)
    told = f"{path}: {why[:1].lower()}{why[1:]}"
    if is_new:
        told += "; choose another folder with --index, or for good by setting KHABARJOO_INDEX"
    return DiskFailure(path, told + (f"; {_told(kept)}" if kept else ""))


def is_within(path: Path, error: OSError) -> bool:
    """Returns whether an error concerns the index in a folder; one that names no file comes of writing to it."""
    if isinstance(error, BrokenPipeError):
        return False
    root = os.path.realpath(path)
    return error.filename is None or os.path.commonpath([os.path.realpath(error.filename), root]) == root


def _told(kept: int) -> str:
    return f"{kept:,} articles are kept, and the next run goes on from there"
