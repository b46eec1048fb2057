"""Every example of docs/whoosh.md runs as it stands."""

from __future__ import annotations

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs/whoosh.md"


def test_the_examples_of_the_page_on_whoosh_run_as_they_stand() -> None:
    failures, examples = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert examples > 20
    assert failures == 0
