"""Values that are written as one text and mean several things."""

from __future__ import annotations

import re

_DELIMITERS = re.compile(r"[،,؛;|\n\t•·]+|\s+[/–-]\s+|\s{2,}")
_LONGEST_TAG = 80


def split_tags(text: str) -> tuple[str, ...]:
    """The tags that a text lists, however it parts them.

    >>> split_tags("قم، جهاد دانشگاهی ،قم"), split_tags("#قم #جهاد_دانشگاهی")
    (('قم', 'جهاد دانشگاهی'), ('قم', 'جهاد دانشگاهی'))
    """
    if text.count("#") > 1 or text.lstrip().startswith("#"):
        tags = text.replace("_", " ").split("#")
    else:
        tags = _DELIMITERS.split(text)
    stripped = (tag.strip(' \u200c.:،,؛;|"«»\t') for tag in tags)
    return tuple(dict.fromkeys(tag for tag in stripped if tag and len(tag) <= _LONGEST_TAG))
