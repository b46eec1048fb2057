"""The searcher of the reading room: lent to a few requests at a time, and opened anew when the index has changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from khabarjoo.index.errors import StoreError

if TYPE_CHECKING:
    from ..searcher import Searcher

AT_ONCE = 3
"""Requests answered at a time: more would only take turns, and one long query is not to keep all others waiting."""

ITS_TURN = 0.1
"""Seconds before a request begins beside the one before it: pages take less, and would only slow one another."""

PATIENCE = 20.0
"""Seconds a request waits for its turn."""

_REMEMBERED = 1000

_Value = TypeVar("_Value")


class TooBusy(Exception):
    """No searcher was free for too long."""


@dataclass(frozen=True)
class Desk:
    """A searcher, and which state of the index it reads: they are counted from 0 as they are met."""

    searcher: Searcher
    generation: int
    room: ReadingRoom

    def remember(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """Returns what was made for a key of this state before, or makes it."""
        return self.room.remembered((self.generation, key), make)


class ReadingRoom:
    """Lends one searcher to a few requests at a time."""

    def __init__(self, open_searcher: Callable[[], Searcher], at_once: int = AT_ONCE) -> None:
        self._open = open_searcher
        self._desk: Desk | None = None
        self._turns = threading.BoundedSemaphore(at_once)
        self._first = threading.Lock()
        self._opening = threading.Lock()
        self._lock = threading.Lock()
        self._generation = 0
        self._memory: OrderedDict[Hashable, object] = OrderedDict()

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Lends a searcher of the index as it is now. Raises StoreError when it cannot be opened or is damaged."""
        if not self._turns.acquire(timeout=PATIENCE):
            raise TooBusy
        is_first = self._first.acquire(timeout=ITS_TURN)
        try:
            desk = self._current()
            try:
                yield desk
            except StoreError:  # the next request opens it anew: it may have been mended by then
                self._leave(desk)
                raise
        finally:
            if is_first:
                self._first.release()
            self._turns.release()

    def _current(self) -> Desk:
        with self._opening:
            if self._desk is not None and self._desk.searcher.is_outdated:
                self._leave(self._desk)
            if self._desk is None:
                self._desk = Desk(self._open(), self._generation, self)
            return self._desk

    def _leave(self, desk: Desk) -> None:
        """Takes no more readers to a searcher. Those who read from it go on; with the last of them it is gone."""
        with self._lock:
            if self._desk is desk:
                self._desk = None
                self._generation += 1
                self._memory.clear()

    def remembered(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """Returns what was made for a key before, or makes it; what was not asked for longest is forgotten."""
        with self._lock:
            if key in self._memory:
                self._memory.move_to_end(key)
                return self._memory[key]  # type: ignore[return-value]
        made = make()
        with self._lock:
            self._memory[key] = made
            if len(self._memory) > _REMEMBERED:
                self._memory.popitem(last=False)
        return made

    def forget(self) -> None:
        """Forgets what was remembered."""
        with self._lock:
            self._memory.clear()

    def close(self) -> None:
        """Lets go of the index."""
        with self._lock:
            if self._desk is not None:
                self._desk.searcher.close()
                self._desk = None
