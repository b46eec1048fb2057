"""A reading room over a few articles, asked without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import khabarjoo
from khabarjoo.searcher.config import Settings
from tests.corpus import make_index
from tests.searcher.web.room_articles import ADDRESS, ARTICLES

pytest.importorskip("starlette", reason="the reading room needs khabarjoo[web]")

from starlette.testclient import TestClient

from khabarjoo.searcher.web.application import application


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("room") / "index"
    make_index(folder, ARTICLES)
    return folder


OpenRoom = Callable[..., TestClient]


@pytest.fixture(scope="session")
def open_room(index: Path, tmp_path_factory: pytest.TempPathFactory) -> OpenRoom:
    """Opens a reading room, by default over the articles above; what is given goes to `application`."""

    def opened(folder: Path = index, address: str = ADDRESS, state: Path | None = None, **options) -> TestClient:
        made = application(
            options.pop("open_searcher", lambda: khabarjoo.open(folder)), state or tmp_path_factory.mktemp("state"),
            settings=options.pop("settings", Settings()), **options,
        )  # fmt: skip
        return TestClient(made, base_url=address, raise_server_exceptions=False)

    return opened


@pytest.fixture(scope="session")
def room(open_room: OpenRoom) -> Iterator[TestClient]:
    """The reading room, its pages in Persian."""
    with open_room() as client:
        yield client
