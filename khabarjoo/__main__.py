"""The way into the command, for ``khabarjoo`` and ``python -m khabarjoo``: from here to the end, Ctrl-C is quiet.

So what is not there when Python starts is imported within `main`.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

_IMPORTING = "<frozen importlib._bootstrap>"
_MOMENT = 0.0005  # seconds
_INTERRUPTED = 130  # as a shell reports SIGINT


def main() -> int:
    """Runs the command and returns its exit code."""
    try:
        return _run()
    except KeyboardInterrupt:
        return _INTERRUPTED


def _run() -> int:
    import signal

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not where whoever started us has it ignored
        signal.signal(signal.SIGINT, _interrupt)
    try:
        from khabarjoo.searcher.gc_freeze import startup_frozen

        with startup_frozen():
            from khabarjoo.searcher.cli.main import main as run

        return run()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing is left that it could end
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Raises KeyboardInterrupt; amid an import, which may swallow it or print where it was, a moment later."""
    import signal

    while frame is not None and frame.f_code.co_filename != _IMPORTING:
        frame = frame.f_back
    if frame is None:
        raise KeyboardInterrupt
    can_wait = hasattr(signal, "setitimer")
    if not can_wait or (number == signal.SIGINT and signal.getitimer(signal.ITIMER_REAL)[0]):  # asked twice
        os._exit(_INTERRUPTED)
    signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, _MOMENT)


if __name__ == "__main__":
    sys.exit(main())
