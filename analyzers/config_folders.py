"""Where the user's own files are kept: the folder that the system has for each kind of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

_NAME = "khabarjoo"

# The variable that names the folder of each kind, and where it is when none does: the XDG Base Directory Specification,
# https://specifications.freedesktop.org/basedir-spec/latest/
_ON_LINUX = {
    "cache": ("XDG_CACHE_HOME", "~/.cache"),
    "config": ("XDG_CONFIG_HOME", "~/.config"),
    "data": ("XDG_DATA_HOME", "~/.local/share"),
    "state": ("XDG_STATE_HOME", "~/.local/state"),
}


def user_folder(kind: Literal["cache", "config", "data", "state"], environment: Mapping[str, str] = os.environ) -> Path:
    """Returns the folder for our files of a kind, which may not be there yet."""
    if sys.platform == "linux" and "ANDROID_DATA" not in environment:  # every search looks here, and it takes no time
        variable, usual = _ON_LINUX[kind]
        told = environment.get(variable, "")
        # Path.expanduser would raise where there is no home
        return Path(told if os.path.isabs(told) else os.path.expanduser(usual), _NAME)  # noqa: PTH111, PTH117
    from platformdirs import PlatformDirs

    return Path(getattr(PlatformDirs(_NAME, appauthor=False), f"user_{kind}_dir"))
