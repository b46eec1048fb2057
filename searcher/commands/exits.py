"""The exit codes scripts may rely on: those of grep, and two for the state of the index."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    FOUND = 0
    NOTHING_FOUND = 1
    ERROR = 2
    LOCKED = 3  # another process is writing the index
    DAMAGED = 4
    INTERRUPTED = 130  # as a shell reports SIGINT
    BROKEN_PIPE = 141  # as a shell reports SIGPIPE
