"""The user's state folder: what the shell keeps from one session to the next."""

from __future__ import annotations

import os
from pathlib import Path

from analyzers.folders import user_folder

_OWNER_ONLY = 0o600
_OWNERS_FOLDER = 0o700


def state_folder() -> Path:
    """The folder, which may not be there yet."""
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
