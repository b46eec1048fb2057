"""numpy in place of numpy: there when something of it is asked for, and no sooner."""

from __future__ import annotations

import subprocess
import sys

import numpy
import pytest

from khabarjoo.index import late_numpy


def test_it_has_what_numpy_has() -> None:
    assert late_numpy.zeros is numpy.zeros
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        late_numpy.nothing_of_the_kind  # noqa: B018


def test_it_imports_numpy_when_something_of_it_is_asked_for() -> None:
    code = (
        "import sys; from khabarjoo.index import late_numpy as np; print('numpy' in sys.modules);"
        "np.zeros(1); print('numpy' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]
