"""The searchers of the reading room: a few over one index, each lent to one request, and opened anew on changes."""

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

SEARCHERS = 3
"""Requests answered at a time: more would only take turns, and one long query is not to keep all others waiting."""

PATIENCE = 20.0
"""Seconds a request waits for its turn."""

_REMEMBERED = 256

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
    """Lends searchers. None is used by two at a time, as a searcher keeps what it read last."""

    def __init__(self, open_searcher: Callable[[], Searcher], searchers: int = SEARCHERS) -> None:
        self._open = open_searcher
        self._free: list[Desk] = []
        self._turns = threading.BoundedSemaphore(searchers)
        self._lock = threading.Lock()
        self._generation = 0
        self._memory: OrderedDict[Hashable, object] = OrderedDict()

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """A searcher of the index as it is now. Raises StoreError when it cannot be opened or is found damaged."""
        if not self._turns.acquire(timeout=PATIENCE):
            raise TooBusy
        try:
            desk = self._current()
            try:
                yield desk
            except StoreError:  # the next request opens another: the index may have been mended by then
                desk.searcher.close()
                raise
            except BaseException:
                self._take_back(desk)
                raise
            self._take_back(desk)
        finally:
            self._turns.release()

    def _current(self) -> Desk:
        with self._lock:
            while self._free:
                desk = self._free.pop()
                if not desk.searcher.is_outdated:
                    return desk
                desk.searcher.close()
                if desk.generation == self._generation:
                    self._generation += 1
                    self._memory.clear()
            return Desk(self._open(), self._generation, self)

    def _take_back(self, desk: Desk) -> None:
        with self._lock:
            self._free.append(desk)

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

    def close(self) -> None:
        """Lets go of the index."""
        with self._lock:
            while self._free:
                self._free.pop().searcher.close()
