"""What is asked of a column's values as a whole before they are believed: by the kernel, or by numpy."""

from __future__ import annotations

from khabarjoo.analyzers.native_kernel import has_kernel

from .columns import Numbers


def ascend(values: Numbers, *, strictly: bool = False) -> bool:
    """Returns whether no value is below the one before it, or, ``strictly``, whether each is above it.

    >>> ascend(memoryview(bytes([1, 1, 3]))), ascend(memoryview(bytes([1, 1, 3])), strictly=True)
    (True, False)
    """
    if has_kernel():
        from khabarjoo import _native

        return _native.ascend(values, strictly)
    import numpy as np

    array = np.asarray(values)
    return bool((array[1:] > array[:-1]).all() if strictly else (array[1:] >= array[:-1]).all())


def largest(values: Numbers) -> int:
    """Returns the largest value; 0 of none. None is negative."""
    if has_kernel():
        from khabarjoo import _native

        return _native.largest(values)
    import numpy as np

    return int(np.asarray(values).max(initial=0))


def count_outside(values: Numbers, first: int, last: int, besides: int) -> int:
    """Returns how many values of eight bytes are neither from one to another nor a third."""
    if has_kernel():
        from khabarjoo import _native

        return _native.count_outside(values, first, last, besides)
    import numpy as np

    array = np.asarray(values)
    return int(np.count_nonzero(((array < first) | (array > last)) & (array != besides)))


def count_in(docs: Numbers, mask: bytes) -> int:
    """Returns how many articles have a 1 in a mask. Raises IndexError where one is beyond it."""
    if has_kernel():
        from khabarjoo import _native

        return _native.count_in(docs, mask)
    import numpy as np

    return int(np.count_nonzero(np.frombuffer(mask, np.bool_)[np.asarray(docs)]))
