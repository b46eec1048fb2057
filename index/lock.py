"""One writer at a time: a lock the operating system lets go of when its holder dies, however it dies."""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import IndexLocked, NotAnIndex, disk_failure
from .manifest import LOCK
from .regular_files import NotRegular, open_descriptor

_WAIT = 0.1  # seconds between two tries
_NOTE = re.compile(rb"(\d{1,10}) (\d{1,10})\n")  # process and the second it began, as the holder notes them
_LIKE_NOTE = re.compile(rb"[\d \n]*")  # a whole one, none, or one that was cut short
_LONGEST_NOTE = 64  # bytes


@contextmanager
def lock(folder: Path, on_locked: Callable[[IndexLocked], None] | None = None) -> Iterator[None]:
    """Holds the folder's lock.

    When another process has it, raises IndexLocked at once, naming that process and when it began; or, with
    ``on_locked``, calls that with the error, once, and waits. Raises DiskFailure when the folder cannot be written,
    NotAnIndex when its lock is a link or anything else but a file.
    """
    try:
        descriptor = open_descriptor(folder / LOCK, os.O_RDWR | os.O_CREAT)
    except NotRegular as error:
        raise NotAnIndex(folder, f"its {error}, which nobody may write through; remove it, or") from None
    except OSError as error:
        raise disk_failure(folder, error, is_new=error.errno in (errno.EACCES, errno.EROFS)) from error
    try:
        _acquire(folder, descriptor, on_locked)
        _note_holder(descriptor, f"{os.getpid()} {int(time.time())}\n")
        try:
            yield
        finally:
            _note_holder(descriptor, "")
    finally:
        os.close(descriptor)


def _acquire(folder: Path, descriptor: int, on_locked: Callable[[IndexLocked], None] | None) -> None:
    told = False
    while not _is_acquired(folder, descriptor):
        error = IndexLocked(folder, _holder(descriptor))
        if on_locked is None:
            raise error
        if not told:
            on_locked(error)
            told = True
        time.sleep(_WAIT)


def _is_acquired(folder: Path, descriptor: int) -> bool:
    try:
        return _try_lock(descriptor)
    except OSError as error:
        raise disk_failure(folder, error) from error


def _holder(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    note = _NOTE.fullmatch(os.read(descriptor, _LONGEST_NOTE))
    if note is None:
        return "another process"
    since = time.localtime(int(note[2]))
    today = time.strftime("%Y-%m-%d", since) == time.strftime("%Y-%m-%d")
    return f"process {int(note[1])} since {time.strftime('%H:%M:%S' if today else '%Y-%m-%d %H:%M', since)}"


def _note_holder(descriptor: int, note: str) -> None:
    """Notes who has the lock. That is for people: what holds is the lock, whether there is space for a note or not.

    A file that holds anything else is left as it is: it may be somebody's, under a second name (a hard link).
    """
    with suppress(OSError):
        os.lseek(descriptor, 0, os.SEEK_SET)
        if not _LIKE_NOTE.fullmatch(os.read(descriptor, _LONGEST_NOTE)):
            return
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, note.encode())


if sys.platform == "win32":
    import msvcrt

    _BEYOND = 1 << 30  # a locked byte cannot be read, and the note is to be

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _BEYOND, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
