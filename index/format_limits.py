"""Limits that the environment may set, and those that hold both for what is read and for what is stored.

Each can be set with ``KHABARJOO_`` before its name. They are read once, when the program starts.
"""

from __future__ import annotations

import os
import warnings

_PREFIX = "KHABARJOO_"


def limit(name: str, default: int) -> int:
    """Returns the limit of a name: what the environment sets, else the default. Warns of a setting that is no number.

    >>> limit("PARAGRAPHS_IN_A_HAIKU", 3)
    3
    """
    setting = os.environ.get(_PREFIX + name, "")
    if setting.isdecimal() and int(setting) > 0:
        return int(setting)
    if setting:
        warnings.warn(f"{_PREFIX}{name} is no number above 0; {default} is used", stacklevel=2)
    return default


def raised_by(name: str) -> str:
    """Returns how a user raises a limit, for the end of a message."""
    return f"${_PREFIX}{name} raises the limit"


ARTICLE_CHARACTERS = limit("ARTICLE_CHARACTERS", 20 << 20)
"""Characters of one article, in all of its fields as they are stored (a line end counts two): a longer one is not read,
and a stored one of more is damaged."""
