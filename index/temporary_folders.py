"""Temporary folders, which may be on another disk than the index: what goes wrong there is told of there."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import NoTemporarySpace

_OF_WRITING = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
"""Errors of the system that name no file when they come of writing to one."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Makes a folder that is gone afterwards.

    Raises NoTemporarySpace when it cannot be made, and for errors of the system that are met within, in the folder.
    """
    try:
        folder = tempfile.TemporaryDirectory(prefix="khabarjoo-")
    except OSError as error:  # also when no folder of those that tempfile tries can be written
        raise _failure(os.environ.get("TMPDIR") or "the temporary folder", error) from error
    with folder as name:
        try:
            yield Path(name)
        except OSError as error:
            is_there = isinstance(error.filename, str | bytes) and os.fsdecode(error.filename).startswith(name)
            if is_there or (error.filename is None and error.errno in _OF_WRITING):
                raise _failure(tempfile.gettempdir(), error) from error
            raise


def _failure(path: str, error: OSError) -> NoTemporarySpace:
    why = (error.strerror or str(error)).split(" in [")[0]
    return NoTemporarySpace(Path(path), f"{why[:1].lower()}{why[1:]}")
