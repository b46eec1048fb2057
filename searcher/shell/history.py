"""Keeps the lines typed in earlier sessions in the user's state folder: bounded, and clean of control characters."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from prompt_toolkit.history import History

from khabarjoo.analyzers.config_folders import user_folder

from ..terminal_safety import one_line

_OWNER_ONLY = 0o600
_OWNERS_FOLDER = 0o700


def state_folder() -> Path:
    """Returns the folder, which may not be there yet."""
    return user_folder("state")


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner reads, whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=_OWNERS_FOLDER)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY), "wb") as file:
            file.write(text.encode("utf-8", "replace"))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


# The file is that of prompt_toolkit's FileHistory: a line each, after a ``+``.


MOST_LINES = 2000
"""Lines that are kept."""
LONGEST_LINE = 1000
"""Characters of a line that are kept."""

_LARGEST_FILE = 1_000_000  # bytes; of a larger one the end is read


class LineHistory(History):
    """The lines in a file; in memory only, where it cannot be written."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def load_history_strings(self) -> Iterable[str]:
        """Returns the lines of earlier sessions, the latest first; a file that has grown is written anew."""
        lines, has_grown = _read(self._path)
        if has_grown:
            _try_to_write(self._path, lines)
        return reversed(lines)

    def append_string(self, string: str) -> None:
        """Keeps a line, unless it is the one kept last, or empty."""
        line = cleaned(string)
        if line and line != next(iter(self._loaded_strings), None):
            super().append_string(line)

    def store_string(self, string: str) -> None:
        """Adds a line to the file."""
        try:
            if not self._path.exists():
                write_private(self._path, "")
            with self._path.open("a", encoding="utf-8") as file:
                file.write(f"+{cleaned(string)}\n")
        except OSError:
            return


def cleaned(line: str) -> str:
    r"""Returns a line as it is kept.

    >>> cleaned("\x1b[31mخبر\x1b[0m\n قم ")
    'خبر قم'
    """
    return one_line(line[: 2 * LONGEST_LINE]).strip()[:LONGEST_LINE]


def _read(path: Path) -> tuple[list[str], bool]:
    """The lines, the oldest first, each once where it was last typed; and whether the file has too many."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _LARGEST_FILE))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return [], False
    kept = [cleaned(line[1:]) for line in text.split("\n") if line.startswith("+")]
    lines = list(dict.fromkeys(line for line in reversed(kept) if line))[:MOST_LINES]
    return lines[::-1], size > _LARGEST_FILE or len(kept) > 2 * MOST_LINES


def _try_to_write(path: Path, lines: list[str]) -> None:
    try:
        write_private(path, "".join(f"+{line}\n" for line in lines))
    except OSError:
        return
