"""Where the user's own files are kept."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal, get_args

import pytest
from platformdirs import PlatformDirs

from khabarjoo.analyzers.config_folders import user_folder

Kind = Literal["cache", "config", "data", "state"]


@pytest.mark.parametrize("kind", get_args(Kind))
def test_each_kind_of_files_has_a_folder_of_ours(kind: Kind) -> None:
    assert "khabarjoo" in user_folder(kind).parts


def test_the_system_says_where_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_folder("cache").name == "khabarjoo"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked")
@pytest.mark.parametrize("told", ["/elsewhere", ""])
@pytest.mark.parametrize("kind", get_args(Kind))
def test_on_linux_they_are_where_platformdirs_has_them(kind: Kind, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", told)
    assert user_folder(kind) == Path(getattr(PlatformDirs("khabarjoo", appauthor=False), f"user_{kind}_dir"))


def test_a_folder_that_is_not_told_whole_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert user_folder("cache").is_absolute()
