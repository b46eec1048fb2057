"""A real server and a real browser for the journeys; without a browser they are skipped, saying so.

However slow the machine is, a journey comes to the same end: what is waited for is a state of the page, never a time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
AXE = "axe-core@4.11.1"
EVERY_PAGE = (
    "", "?q=باران", "?q=بد", "?q=ققنوسستان", "?q=شورا", "?q=نفت&page=2&since=1397&source=نفت‌نامه", "?q=باران&page=9",
    "?q=تورم&speaker=محمدباقر قالیباف", "?q=fhvhk", "article/rain?q=باران&hit=1", "article/first?q=شورا",
    "article/untitled", "why/rain?q=باران", "why/book?q=باران", "facet/source", "facet/speaker", "facet/year?q=باران",
    "timeline", "timeline?q=باران&q2=نفت", "compare?id=first&with=taken", "speaker/محمدباقر قالیباف",
    "speaker/محمدباقر قالیباف?new=1&perhaps=1&since=1399&limit=1", "speaker/خاتمی", "speaker/سعدی شیرازی",
    "saved", "saved?name=بارش", "help", "nothing", "?q=باران&since=neverday", "export?format=none",
)  # fmt: skip
"""A page of every kind, and of every state of it that looks different."""

PATIENCE = 120_000
"""Milliseconds that anything may take: only what never comes is not waited for."""


def browser_path() -> str:
    """The browser of this machine, or a skip."""
    pytest.importorskip("playwright", reason="the journeys need playwright")
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip("no Chromium here: the journeys through the reading room were not made")


@contextmanager
def serve(index: Path, state: Path) -> Iterator[str]:
    """A reading room on a port of its own; its address."""
    program = [sys.executable, "-m", "khabarjoo", "web", "--no-browser", "--port", "0", "--index", str(index)]
    process = subprocess.Popen(
        program, env=os.environ | {"XDG_STATE_HOME": str(state)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def axe_source(folder: Path) -> str:
    """The accessibility checker axe-core, fetched from npm once, or a skip."""
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        if not shutil.which("npm"):
            pytest.skip("no npm here: axe-core was not run")
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), AXE]
        try:
            subprocess.run(install, capture_output=True, timeout=120, check=True)
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
            pytest.skip("npm did not fetch axe-core: it was not run")
        if not script.is_file():
            pytest.skip("npm did not fetch axe-core: it was not run")
    return script.read_text(encoding="utf-8")


def titles(page: Any) -> list[str]:
    """Returns the titles of the hits."""
    return page.locator(".hit h2").all_inner_texts()


def follow(page: Any, work: Callable[[], object]) -> None:
    """Does what leads to another page, and waits until it is there: a new one, not another address of this one."""
    with page.expect_event("load"):
        work()


def wait_for_titles(page: Any, expected: Iterable[str]) -> None:
    """Waits until the hits are these, in any order, and nothing else is on its way."""
    page.wait_for_function(
        """expected => document.querySelector("main:not([aria-busy])") &&
        [...document.querySelectorAll(".hit h2")].map(each => each.innerText).sort().join("\\n") === expected""",
        arg="\n".join(sorted(expected)),
    )


def wait_for_results(page: Any, query: str) -> None:
    """Waits until the results of a query are there, and nothing else is on its way."""
    page.locator("main:not([aria-busy]) #results-title", has_text=query).wait_for(state="attached")
