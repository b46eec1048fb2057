"""numpy, imported when something of it is first asked for, as a search for plain words by the kernel needs none of it.

The modules that such a search imports have it in place of numpy itself:

    from . import late_numpy as np
"""

from __future__ import annotations


def __getattr__(name: str) -> object:
    import numpy

    globals()[name] = found = getattr(numpy, name)  # so that it is asked for once
    return found
