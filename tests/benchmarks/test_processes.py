import sys
from pathlib import Path

import pytest

# Holds 60 MB, and has a child that holds 60 MB more, for half a second.
_PARENT = """
import subprocess, sys
held = bytearray(b"x") * 60_000_000
subprocess.run([sys.executable, "-c", "import time; held = bytearray(b'x') * 60_000_000; time.sleep(0.5)"])
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_memory_is_that_of_the_process_and_its_children_together() -> None:
    from processes import watch

    peak = watch([sys.executable, "-c", _PARENT]).peak_mb
    assert peak is not None
    assert 120 <= peak < 200


def test_a_command_is_told_with_its_output_and_its_exit_code() -> None:
    from processes import watch

    run = watch([sys.executable, "-c", "import sys; print('خبر'); sys.stderr.write('آه'); sys.exit(3)"])
    assert (run.output.strip(), run.errors, run.code) == ("خبر", "آه", 3)
    assert run.seconds > 0


def test_a_command_that_is_not_there_is_an_oserror() -> None:
    from processes import watch

    with pytest.raises(OSError, match="no-such-command"):
        watch(["no-such-command"])
