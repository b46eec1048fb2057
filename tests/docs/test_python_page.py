"""Every example of docs/python.md runs as it stands, on the bundled sample."""

from __future__ import annotations

import doctest
from pathlib import Path

import khabarjoo
from khabarjoo.seeds import pages_folder

PAGE = Path(__file__).parents[2] / "docs/python.md"


def test_the_examples_of_the_page_on_python_run_as_they_stand(tmp_path: Path) -> None:
    khabarjoo.build(tmp_path / "index", [pages_folder()])
    failures, examples = doctest.testfile(
        str(PAGE), module_relative=False, encoding="utf-8", globs={"index": tmp_path / "index"}
    )
    assert examples > 12
    assert failures == 0
