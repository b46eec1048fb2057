"""One writer at a time: a lock the operating system lets go of when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import IndexLocked, StoreError


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Holds the folder's lock; raises IndexLocked, naming the process that has it, at once."""
    path = folder / "lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(folder, f"{folder} cannot be written: {error.strerror}") from error
    try:
        if not _try_lock(descriptor):
            owner = os.read(descriptor, 64).decode("ascii", "replace").strip()
            raise IndexLocked(folder, f"process {owner}" if owner.isdigit() else "another process")
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        try:
            yield
        finally:
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
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
