"""The wheel, installed into an environment of its own, works outside the checkout, sample included."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A fresh environment with the wheel in it; of this one it borrows only the dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", folder, CHECKOUT], check=True)
    (wheel,) = folder.glob("khabarjoo-*.whl")
    environment = folder / "env"
    venv.create(environment, with_pip=False)
    (packages,) = environment.glob("lib/python*/site-packages")
    subprocess.run([*pip, "install", "--no-deps", "--target", packages, wheel], check=True)
    # Nested .pth files are not followed, so the editable checkout stays out of sight.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment


def _run(environment: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KHABARJOO", "XDG", "PYTHON"))}
    return subprocess.run(
        [environment / "bin" / "python", *arguments],
        cwd=home,
        env={**clean, "HOME": str(home)},
        text=True,
        capture_output=True,
        check=False,
    )


def test_the_installed_command_searches_the_sample_outside_the_checkout(installed, tmp_path) -> None:
    found = _run(installed, tmp_path, "-m", "searcher", "search", "--format", "json", "خشکسالی")
    assert found.returncode == 0, found.stderr
    assert "sample" in found.stderr
    assert json.loads(found.stdout)["hits"]


def test_the_modules_come_from_the_wheel_and_are_marked_as_typed(installed, tmp_path) -> None:
    for package in ("analyzers", "index", "searcher", "seeds"):
        where = _run(installed, tmp_path, "-c", f"import {package}; print({package}.__path__[0])").stdout.strip()
        assert Path(where).is_relative_to(installed)
        assert (Path(where) / "py.typed").exists()


def test_the_wheel_puts_the_command_on_the_path(installed) -> None:
    (entry_points,) = installed.glob("lib/python*/site-packages/khabarjoo-*.dist-info/entry_points.txt")
    assert "khabarjoo = khabarjoo.__main__:main" in entry_points.read_text()
