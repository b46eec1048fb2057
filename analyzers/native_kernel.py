"""The native kernel, which does what is hot in less time; whatever it does, Python does too, in the same way.

It is built where Rust is at hand when Khabarjoo is installed. Without it, or with ``KHABARJOO_NATIVE=0``, everything is
done in Python.
"""

from __future__ import annotations

import os
from functools import cache

SWITCH = "KHABARJOO_NATIVE"
"""The environment variable that turns the kernel off when it is 0."""

INTERFACE = 17
"""What the kernel must say of itself: it may have been built from other sources than these."""


@cache
def _missing() -> str:
    """Why there is no kernel; '' where there is."""
    if os.environ.get(SWITCH) == "0":
        return f"the kernel is turned off by {SWITCH}=0"
    try:
        from khabarjoo import _native
    except ImportError as error:
        # The package has no such name where no file of the kernel is there.
        is_absent = isinstance(error, ModuleNotFoundError) or error.name == "khabarjoo"
        return "no kernel was built" if is_absent else f"the kernel does not load: {error}"
    return "" if _native.INTERFACE == INTERFACE else "the kernel was built from other sources; install again"


def has_kernel() -> bool:
    """Returns whether `khabarjoo._native` is there to be imported and used."""
    return not _missing()


def describe() -> str:
    """Returns what is at work, in a few words for people: the native kernel, or Python and why.

    >>> describe().split()[0] in ("native", "Python;")
    True
    """
    return f"Python; {_missing()}" if _missing() else "native"
