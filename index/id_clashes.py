"""Ids that are unique only in their file: which files' ids clash, and what their articles are called then.

Each file's own numbering begins with 1, as often as not. Where two files give one id to different texts, both files'
articles are called ``STEM/ID`` after the files, whichever is read first. Ids that an index has already stay, and so do
those that are no file's own: addresses, tags of feeds and UUIDs, of which a second text is a newer one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from .ingest import SUFFIXES, stem


class Clash(Exception):
    """Files were found whose ids are also those of other articles; the run begins anew, knowing them."""

    def __init__(self, origins: set[str]) -> None:
        super().__init__(origins)
        self.origins = origins


def prefixes(names: Mapping[str, str]) -> dict[str, str]:
    """Returns what stands before the ids of each file, by its origin; ``names`` are relative to what is read.

    It is the name without its extension, with as many of the folders above it as tell it from the others.

    >>> prefixes({"/n/a/result.json": "result.json", "/n/b/result.json": "result.json", "/n/c.csv": "c.csv"})
    {'/n/a/result.json': 'a/result', '/n/b/result.json': 'b/result', '/n/c.csv': 'c'}
    """
    found = {origin: stem(name, SUFFIXES) for origin, name in names.items()}
    depth = max((len(PurePath(origin).parts) for origin in names), default=0)
    for more in range(1, depth + 1):
        alike = Counter(found.values())
        doubled = [origin for origin, prefix in found.items() if alike[prefix] > 1]
        if not doubled:
            break
        for origin in doubled:
            found[origin] = _longer(origin, names[origin], more)
    alike = Counter(found.values())
    return {o: prefix if alike[prefix] == 1 else f"{prefix}{PurePath(o).suffix}" for o, prefix in found.items()}


def _longer(origin: str, name: str, more: int) -> str:
    parts: Sequence[str] = PurePath(origin).parts
    above = parts[max(1, len(parts) - len(PurePath(name).parts) - more) : len(parts) - len(PurePath(name).parts)]
    return "/".join((*above, stem(name, SUFFIXES)))
