"""Saved searches: what was asked, and which articles there were the last time, on each index.

Of the articles a digest of the id is kept, so the file stays small and tells nobody what was read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast, get_args

from khabarjoo.analyzers.calendars import DateError

from ..query.keywords import spelled
from ..query.plan import Filters
from ..terminal_safety import one_line
from .history import write_private
from .listing import Search
from .shell_messages import ShellError, message
from .standing_filters import DATES, NAMES

MOST_SEARCHES = 500
LONGEST_NAME = 60
MOST_KNOWN = 200_000
"""Articles of a search that stay known once they are found no more; beyond, only those that are found now."""

_VERSION = 1
_LARGEST_FILE = 100_000_000  # bytes


@dataclass(frozen=True)
class Seen:
    """The articles there were at a moment, by digests of their ids."""

    at: datetime
    digests: frozenset[str]

    @classmethod
    def now(cls, ids: Iterable[str]) -> Seen:
        """Returns the articles there are now."""
        return cls(datetime.now(UTC), frozenset(map(_digest, ids)))

    def has(self, id: str) -> bool:
        """Returns whether an article was there."""
        return _digest(id) in self.digests


@dataclass(frozen=True)
class SavedSearch:
    """A search under a name; ``seen`` by the path of the index."""

    name: str
    search: Search
    seen: dict[str, Seen] = field(default_factory=dict)


class SavedSearches:
    """The searches in a file, which is read anew each time and written whole.

    Raises ShellError for a name that cannot be or is not there, or a file that is not ours; OSError when it cannot be
    written.
    """

    def __init__(self, path: Path, language: str = "en") -> None:
        self._path = path
        self._language = language

    def names(self) -> list[str]:
        """Returns all names, in the order in which they were saved."""
        return [saved.name for saved in self._read().values()]

    def all(self) -> list[SavedSearch]:
        """Returns all searches, in the order in which they were saved."""
        return list(self._read().values())

    def get(self, name: str) -> SavedSearch:
        """Returns the search of a name, however it is spelled."""
        found = self._read().get(_key(name))
        if found is None:
            raise ShellError(message("not saved", self._language, name=one_line(name)))
        return found

    def put(self, saved: SavedSearch) -> None:
        """Keeps a search, in the place of one of the same name."""
        name = one_line(saved.name).strip()
        if not _key(name) or len(name) > LONGEST_NAME:
            raise ShellError(message("bad name", self._language, most=LONGEST_NAME))
        all_saved = self._read()
        if _key(name) not in all_saved and len(all_saved) >= MOST_SEARCHES:
            raise ShellError(message("too many", self._language, most=MOST_SEARCHES))
        all_saved[_key(name)] = SavedSearch(name, saved.search, saved.seen)
        self._write(all_saved)

    def know(self, name: str, index: str, ids: Iterable[str]) -> None:
        """Remembers articles of an index as known, besides those that are known by now, whoever got to know them."""
        all_saved = self._read()
        saved = all_saved.get(_key(name))
        if saved is None:  # forgotten meanwhile
            return
        now, before = Seen.now(ids), saved.seen.get(index)
        if before is not None and len(known := now.digests | before.digests) <= MOST_KNOWN:
            now = Seen(now.at, known)
        all_saved[_key(name)] = SavedSearch(saved.name, saved.search, saved.seen | {index: now})
        self._write(all_saved)

    def remove(self, name: str) -> None:
        """Forgets a search."""
        self.get(name)
        all_saved = self._read()
        del all_saved[_key(name)]
        self._write(all_saved)

    def _read(self) -> dict[str, SavedSearch]:
        try:
            if self._path.stat().st_size > _LARGEST_FILE:
                raise ValueError("too large")
            record = json.loads(self._path.read_bytes())
            if record["version"] != _VERSION:
                raise ValueError("another version")
            found = [_search(row) for row in record["searches"]]
        except FileNotFoundError:
            return {}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, DateError) as error:
            raise ShellError(message("unreadable", self._language, file=self._path)) from error
        return {_key(saved.name): saved for saved in found}

    def _write(self, all_saved: dict[str, SavedSearch]) -> None:
        record = {"version": _VERSION, "searches": [_row(saved) for saved in all_saved.values()]}
        write_private(self._path, json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def _key(name: str) -> str:
    return spelled("".join(one_line(name).split()))


def _digest(id: str) -> str:
    return hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _row(saved: SavedSearch) -> dict[str, Any]:
    return {
        "name": saved.name,
        "query": saved.search.text,
        "sort": saved.search.sort,
        "filters": saved.search.standing.typed(),
        "seen": {
            index: {"at": seen.at.isoformat(), "ids": " ".join(sorted(seen.digests))}
            for index, seen in saved.seen.items()
        },
    }


def _search(row: dict[str, Any]) -> SavedSearch:
    """A search as it was written; ValueError and its like for what was not written by us."""
    filters = row["filters"]
    told: dict[str, Any] = {name: _text(filters[name]) for name in DATES if filters.get(name)}
    told |= {name: tuple(map(_text, filters[name])) for name in NAMES if filters.get(name)}
    from ..engine import Sort

    if row["sort"] not in get_args(Sort):
        raise ValueError(row["sort"])
    standing = Filters.of(**told)
    seen = {
        index: Seen(datetime.fromisoformat(told["at"]).astimezone(UTC), frozenset(_text(told["ids"]).split()))
        for index, told in row["seen"].items()
    }
    return SavedSearch(_text(row["name"]), Search(_text(row["query"]), standing, cast(Any, row["sort"])), seen)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return one_line(value)
