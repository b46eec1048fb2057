"""Opening files of an index folder, which somebody else may have made: regular files only, and never through a link.

A link planted under one of our names would have us read or overwrite a file elsewhere, and a pipe would have us wait
for ever. So what is read must be a regular file, and what is written is always a new one.
"""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path
from typing import IO

UNFOLLOWED = sum(getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))
"""Flags that open a file without following a link, or waiting for the other end of a pipe."""


class NotRegular(ValueError):
    """A link, a pipe, a folder or a device where a file should be; the message names it."""


def open_regular(path: Path) -> BufferedReader:
    """Opens a file for reading. Raises NotRegular, OSError."""
    return os.fdopen(open_descriptor(path, os.O_RDONLY), "rb")


def open_descriptor(path: Path, flags: int) -> int:
    """Opens a regular file, with flags beside `UNFOLLOWED`, and returns its descriptor. Raises NotRegular, OSError."""
    try:
        descriptor = os.open(path, flags | UNFOLLOWED, 0o644)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK) and path.is_symlink():
            raise NotRegular(f"{path.name} is a link") from None
        if error.errno == errno.ENXIO:  # a socket, or a pipe opened for writing that nobody reads
            raise NotRegular(f"{path.name} is not a file") from None
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRegular(f"{path.name} is not a file")
    return descriptor


def read_regular(path: Path) -> bytes:
    """Returns what a file holds. Raises NotRegular, OSError."""
    with open_regular(path) as file:
        return file.read()


def sha256_of(path: Path) -> str:
    """Returns the checksum of a file. Raises NotRegular, OSError."""
    import hashlib  # late, as it takes long to load, and only deletions and writers have files to sum

    with open_regular(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def create(path: Path) -> IO[bytes]:
    """Opens a new file for writing; whatever had its name is removed, not written to. Raises OSError."""
    try:
        return path.open("xb")
    except FileExistsError:
        from .resume import remove

        remove(path)
        return path.open("xb")
