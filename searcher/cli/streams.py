"""Reads and writes the streams of commands, and names the exit codes scripts may rely on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from ..terminal_safety import Sink


class Exit(IntEnum):
    """How a command ended."""

    FOUND = 0
    NOTHING_FOUND = 1
    ERROR = 2
    LOCKED = 3  # another process is writing the index
    DAMAGED = 4
    INTERRUPTED = 130  # as a shell reports SIGINT
    BROKEN_PIPE = 141  # as a shell reports SIGPIPE


STDIN = "-"


def raw_output() -> Sink:
    """Returns standard output for formats that print text as it is: cleaned where a terminal shows it."""
    if not sys.stdout.isatty():
        return sys.stdout
    from ..terminal_safety import CleanSink  # late, as most of what is text passes through elsewhere

    return CleanSink(sys.stdout)


@contextmanager
def open_bytes(name: str) -> Iterator[BinaryIO]:
    """Opens the file, or standard input for ``-``."""
    if name == STDIN:
        yield sys.stdin.buffer
    else:
        with Path(name).open("rb") as file:
            yield file


def text_lines(stream: BinaryIO) -> Iterator[str]:
    """Yields the lines of UTF-8 text without their ends; bytes that are not UTF-8 read as U+FFFD."""
    for number, line in enumerate(stream):
        text = line.decode("utf-8-sig" if number == 0 else "utf-8", errors="replace")
        yield text.removesuffix("\n").removesuffix("\r")
