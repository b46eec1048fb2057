"""Builds the sdist and the wheel with setuptools, and puts the compiled lexicon and the notice of its source into both.

So what is installed compiles nothing at its first search, and needs no hazm, which does not install on every Python.
The lexicon is never committed: it is compiled from the installed hazm, or, when a wheel is made of an sdist, taken from
there. See `analyzers/lexicon.py`, and `[build-system]` in pyproject.toml, which names this module.
"""

from __future__ import annotations

import sys
from pathlib import Path

from setuptools import build_meta
from setuptools.build_meta import *  # noqa: F403 - all other hooks are those of setuptools
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

from analyzers.lexicon import SHIPPED, LexiconError, hazm_folder, lists_digest, read_lexicon, recipe_digest
from analyzers.lexicon_compiler import compile_lexicon

NOTICE = SHIPPED.with_name("lexicon_notice.txt")


def get_requires_for_build_sdist(settings: dict[str, str] | None = None) -> list[str]:
    """Returns what an sdist is built with."""
    return [*build_meta.get_requires_for_build_sdist(settings), *_lists_needed()]


def get_requires_for_build_wheel(settings: dict[str, str] | None = None) -> list[str]:
    """Returns what a wheel is built with."""
    return [*build_meta.get_requires_for_build_wheel(settings), *_lists_needed()]


def _lists_needed() -> list[str]:
    """Hazm, unless it is here, or its lists are here in their compiled form."""
    if read_lexicon(SHIPPED, recipe_digest()):
        return []
    try:
        hazm_folder()
    except LexiconError:
        if sys.version_info >= (3, 14):
            raise SystemExit(
                "hazm, whose word lists are built in, does not install on this Python: build from the sdist, or first "
                "say pip install --no-deps --ignore-requires-python hazm, then build with --no-isolation"
            ) from None
        return ["hazm>=0.10"]
    return []


def put_lexicon(folder: Path) -> None:
    """Writes the lexicon and its notice into the folder of data of what is built."""
    folder.mkdir(parents=True, exist_ok=True)
    recipe = recipe_digest()
    if data := read_lexicon(SHIPPED, recipe):
        lexicon, notice = bytes(data), NOTICE.read_text(encoding="utf-8")
    else:
        sources = hazm_folder()
        lexicon, notice = compile_lexicon(sources, recipe + lists_digest(sources)), _notice(sources)
    (folder / SHIPPED.name).write_bytes(lexicon)
    (folder / NOTICE.name).write_text(notice, encoding="utf-8", newline="\n")


def _notice(sources: Path) -> str:
    """What hazm's licence asks to be kept with copies of its word lists."""
    package, packages = sources.parent.name, sources.parents[1]
    licences = [path for path in packages.glob(f"{package}-*.dist-info/**/LICENSE*") if path.is_file()]
    if not licences:
        raise SystemExit(f"no licence of hazm in {packages}: its word lists cannot be distributed without")
    text = licences[0].read_text(encoding="utf-8").strip()
    return (
        f"{SHIPPED.name} is compiled from tables of Khabarjoo and from the word lists of hazm\n"
        f"(https://github.com/roshan-research/hazm), whose licence is:\n\n{text}\n"
    )


class BuildPy(build_py):
    """Builds the packages, and the lexicon into them; a checkout that is installed to be edited compiles its own."""

    def run(self) -> None:
        """Builds all."""
        super().run()
        if not self.editable_mode:
            put_lexicon(Path(self.build_lib, "khabarjoo", "analyzers", "data"))


class Sdist(sdist):
    """Packs the sources, and the lexicon with them, so that a wheel can be made of them without hazm."""

    def make_release_tree(self, base_dir: str, files: list[str]) -> None:
        """Gathers all that is packed."""
        super().make_release_tree(base_dir, files)
        put_lexicon(Path(base_dir, "analyzers", "data"))
