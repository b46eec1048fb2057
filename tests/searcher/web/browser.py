"""A real server and a real browser for the journeys; without a browser they are skipped, saying so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
AXE = "axe-core@4.11.1"


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
        process.terminate()
        process.wait(timeout=60)


def axe_source(folder: Path) -> str:
    """The accessibility checker axe-core, fetched from npm once, or a skip."""
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        if not shutil.which("npm"):
            pytest.skip("no npm here: axe-core was not run")
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), AXE]
        if subprocess.run(install, capture_output=True, timeout=120, check=False).returncode or not script.is_file():
            pytest.skip("npm did not fetch axe-core: it was not run")
    return script.read_text(encoding="utf-8")
