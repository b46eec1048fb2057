"""Files to read: written on the spot, or real ones kept beside the checkout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Reading, read

ReadBytes = Callable[[str, bytes | str], list[Reading]]


@pytest.fixture
def readings(tmp_path: Path) -> ReadBytes:
    """Writes a file of this name and content, and gives all that reading it yields."""

    def read_written(name: str, content: bytes | str) -> list[Reading]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read(path, name=name))

    return read_written


@pytest.fixture
def article(readings: ReadBytes) -> Callable[[str, bytes | str], Article]:
    """Writes a file that holds one article, and gives that."""

    def read_one(name: str, content: bytes | str) -> Article:
        (found,) = readings(name, content)
        assert isinstance(found, Article), found
        return found

    return read_one


@pytest.fixture(scope="session")
def repository_root() -> Path:
    return Path(__file__).parents[3]


@pytest.fixture(scope="session")
def shared(repository_root: Path) -> Path:
    """The folder of other people's text beside the checkout."""
    folder = repository_root.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared corpora are not beside this checkout")
    return folder
