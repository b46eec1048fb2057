"""A reading room over a few articles, asked without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import khabarjoo
from khabarjoo.searcher.config import Settings
from tests.corpus import make_index
from tests.searcher.web.browser import FLAGS, PATIENCE, browser_path, serve
from tests.searcher.web.room_articles import ADDRESS, ARTICLES, SAID, make_told_index

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


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser, for one module at a time: while it is driven, nothing else can run a loop of its own."""
    path = browser_path()
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS), timeout=PATIENCE)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a reading room over the articles, which tells who said what."""
    folder = tmp_path_factory.mktemp("served")
    make_told_index(folder / "index", [*ARTICLES, *SAID])
    with serve(folder / "index", folder / "state") as told:
        yield told


Visit = Callable[..., Any]


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Visit]:
    """Opens a page in a fresh browser; whatever goes wrong in it, or would leave this machine, fails the test."""
    contexts, troubles = [], []

    def visited(path: str = "", *, at: str = address, width: int = 1200, language: str = "en", **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale=language, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: troubles.append(asked.url) if not asked.url.startswith(at) else None)
        page.goto(at + path)
        return page

    yield visited
    for context in contexts:
        context.close()
    assert [told for told in troubles if "responded with a status of" not in told] == []
