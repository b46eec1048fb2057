"""Opens the index, and reads its vocabulary, while the reader is already typing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from khabarjoo.index.errors import StoreError

if TYPE_CHECKING:
    from ..searcher import Searcher
    from .completion import Vocabulary

_PATIENCE = 5  # seconds that closing waits for what is being read


class IndexLoader:
    """An index that is being opened. `searcher` waits for it; nothing else does.

    ``articles`` is known once it is open, and ``is_ready`` says that its `vocabulary` is read, too.
    """

    def __init__(self, open_searcher: Callable[[], Searcher], language: str = "en") -> None:
        self._open = open_searcher
        self._opened = threading.Event()
        self._searcher: Searcher | None = None
        self._error: BaseException | None = None
        self._started = False
        self._thread: threading.Thread | None = None
        self._language = language
        self._saved: tuple[str, ...] = ()
        self._read: Vocabulary | None = None
        self._on_change: Callable[[], None] = lambda: None
        self.articles: int | None = None
        self.is_ready = False

    def start(self, *, on_change: Callable[[], None], on_failure: Callable[[BaseException], None]) -> None:
        """Begins; ``on_change`` is called, in another thread, for what can be shown or used from then on."""
        if not self._started:
            self._started, self._on_change = True, on_change
            self._thread = threading.Thread(target=self._run, args=(on_change, on_failure), daemon=True)
            self._thread.start()

    def searcher(self) -> Searcher:
        """Returns the searcher, once it is there. Raises what opening it raised."""
        if not self._started:
            self._started = True
            self._open_now()
        self._opened.wait()
        if self._error is not None:
            raise self._error
        assert self._searcher is not None
        return self._searcher

    def reload(self) -> None:
        """Lets go of the index and opens it anew, after it was changed. Raises what opening it raised."""
        self.close()
        self._opened.clear()
        self._searcher, self._error = None, None
        self._open_now()
        self.searcher()
        self.is_ready = False
        self._thread = threading.Thread(target=self._read_it, args=(self._on_change,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Lets go of the index, if it was opened."""
        if self._thread is not None:
            self._thread.join(_PATIENCE)
        if self._searcher is not None:
            self._searcher.__exit__(None, None, None)

    def know_saved(self, names: list[str]) -> None:
        """Takes the names of saved searches into the vocabulary."""
        self._saved = tuple(names)

    def vocabulary(self) -> Vocabulary:
        """Returns what is known for completion by now."""
        from .completion import EMPTY

        return replace(self._read or EMPTY, saved=self._saved, language=self._language)

    def _open_now(self) -> None:
        try:
            self._searcher = self._open()
        except BaseException as error:
            self._error = error
        finally:
            self._opened.set()

    def _run(self, on_change: Callable[[], None], on_failure: Callable[[BaseException], None]) -> None:
        self._open_now()
        if self._error is not None or self._searcher is None:
            on_failure(self._error or RuntimeError("the index was not opened"))
            return
        self._read_it(on_change)

    def _read_it(self, on_change: Callable[[], None]) -> None:
        assert self._searcher is not None
        self.articles = len(self._searcher)
        on_change()
        with suppress(StoreError, OSError):
            from .completion_vocabulary import read_vocabulary

            self._read = read_vocabulary(self._searcher)
        self.is_ready = True
        on_change()
