"""Where the user's own files are kept: the folder that the system has for each kind of them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal


def user_folder(kind: Literal["cache", "config", "data", "state"]) -> Path:
    """Returns the folder for our files of a kind, which may not be there yet."""
    from platformdirs import PlatformDirs  # late, for the commands that are told where everything is

    return Path(getattr(PlatformDirs("khabarjoo", appauthor=False), f"user_{kind}_dir"))
