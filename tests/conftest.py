"""What all tests share: the helpers in `corpus`, and hypothesis kept quick and the same from run to run."""

from __future__ import annotations

import signal

from hypothesis import HealthCheck, settings

settings.register_profile(
    "khabarjoo", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("khabarjoo")

# Where the suite runs in the background, Ctrl-C is ignored, and would be by the commands whose Ctrl-C is tested.
signal.signal(signal.SIGINT, signal.default_int_handler)
