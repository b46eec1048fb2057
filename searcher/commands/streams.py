"""What commands read and write: standard output carries results only, and a terminal gets no unsafe text."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ..clean import CleanSink, Sink
from ..output.paint import is_terminal

STDIN = "-"


def raw_output() -> Sink:
    """Standard output for formats that print text as it is: cleaned where a terminal shows it."""
    return CleanSink(sys.stdout) if is_terminal(sys.stdout) else sys.stdout


@contextmanager
def open_bytes(name: str) -> Iterator[BinaryIO]:
    """The file, or standard input for ``-``."""
    if name == STDIN:
        yield sys.stdin.buffer
    else:
        with Path(name).open("rb") as file:
            yield file


def text_lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of UTF-8 text without their ends; bytes that are not UTF-8 read as U+FFFD."""
    for number, line in enumerate(stream):
        text = line.decode("utf-8-sig" if number == 0 else "utf-8", errors="replace")
        yield text.removesuffix("\n").removesuffix("\r")
