from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from khabarjoo.analyzers.native_kernel import INTERFACE, SWITCH, describe, has_kernel

TELL = "from khabarjoo.analyzers.native_kernel import describe; print(describe())"


def told(code: str = TELL, **environment: str) -> str:
    """What a new process says."""
    clean = {name: value for name, value in os.environ.items() if name != SWITCH}
    run = subprocess.run([sys.executable, "-c", code], env=clean | environment, text=True, capture_output=True)
    assert run.stderr == ""
    return run.stdout.strip()


def test_one_variable_turns_the_kernel_off() -> None:
    assert told(**{SWITCH: "0"}) == "Python; the kernel is turned off by KHABARJOO_NATIVE=0"


def test_without_a_kernel_python_does_its_work_and_says_so() -> None:
    code = f"import sys; sys.modules['khabarjoo._native'] = None; {TELL}"
    assert told(code) == "Python; no kernel was built"


REFUSING = """
import sys
class Refusing:
    @staticmethod
    def find_spec(name, *_):
        if name == "khabarjoo._native":
            raise ImportError({words!r}, name={name!r})
sys.meta_path.insert(0, Refusing)
"""


def test_a_package_without_the_file_of_a_kernel_has_none_built() -> None:
    code = REFUSING.format(words="cannot import name '_native'", name="khabarjoo") + TELL
    assert told(code) == "Python; no kernel was built"


def test_a_kernel_that_does_not_load_is_told_with_the_reason() -> None:
    code = REFUSING.format(words="bad file", name="khabarjoo._native") + TELL
    assert told(code) == "Python; the kernel does not load: bad file"


def test_a_kernel_of_other_sources_is_not_used() -> None:
    code = f"import sys, types; import khabarjoo; other = types.ModuleType('khabarjoo._native'); other.INTERFACE = -1; \
sys.modules['khabarjoo._native'] = khabarjoo._native = other; {TELL}"
    assert told(code) == "Python; the kernel was built from other sources; install again"


def test_a_kernel_that_was_built_is_of_these_sources() -> None:
    native = pytest.importorskip("khabarjoo._native", reason="no kernel was built")
    assert native.INTERFACE == INTERFACE


@pytest.mark.skipif(not shutil.which("cargo"), reason="no cargo here to build the kernel with")
def test_there_is_a_kernel_where_it_could_be_built() -> None:
    assert told() == "native"


def test_what_is_at_work_is_told_in_a_few_words() -> None:
    assert describe() == "native" if has_kernel() else describe().startswith("Python; ")
