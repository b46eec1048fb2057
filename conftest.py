"""Keeps modules from being imported under two names: doctests of `analyzers/x.py` run as `khabarjoo/analyzers/x.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent
LINKED = ("analyzers", "index", "searcher", "seeds")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> None:
    """Refuses a file of a package that was not asked for by way of `khabarjoo/`."""
    inside = file_path.relative_to(ROOT).parts if file_path.is_relative_to(ROOT) else ()
    if inside and inside[0] in LINKED:
        raise pytest.UsageError(f"name it khabarjoo/{'/'.join(inside)}, so that no module is imported under two names")
