"""The shape of the house: which package may import which, read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("analyzers", "index", "searcher", "seeds", "tests", "benchmarks")

MAY_IMPORT = {
    "analyzers": {"analyzers"},
    "index": {"index", "analyzers"},
    "searcher": {"searcher", "index", "analyzers", "seeds"},
}
"""What each package may import of ours; the bundled sample is data, and only the command line asks for it."""

THE_TERMINAL = (
    "khabarjoo.__main__",
    "khabarjoo.searcher.cli.main",
    "khabarjoo.searcher.cli",
    "khabarjoo.searcher.shell",
)
"""What nothing else imports: the command line and the shell."""

UNSAFE = {"pickle", "cPickle", "_pickle", "cloudpickle", "dill", "shelve", "marshal", "joblib"}
"""Modules that run code, or may crash, when they read somebody else's file."""


def modules() -> list[str]:
    """Every module of the three packages, by its dotted name."""
    paths = [path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py")]
    return sorted(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths)


def path_of(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def imports(module: str) -> Iterator[str]:
    """What a module imports anywhere in it, by full dotted names; ``from a import b`` gives ``a.b``."""
    path = path_of(module)
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def test_there_are_modules_to_look_at() -> None:
    assert {
        "khabarjoo.analyzers.analyzer",
        "khabarjoo.index.store",
        "searcher",
        "khabarjoo.searcher.searcher",
        "khabarjoo.searcher.query.plan",
    } <= set(modules())
    assert "khabarjoo.index.segment.Segment" in imports("khabarjoo.index.store")
    assert "khabarjoo.searcher.query.plan.Plan" in imports("khabarjoo.searcher.searcher")
    assert "khabarjoo.searcher.searcher.Searcher" in imports("searcher")


@pytest.mark.parametrize("module", modules())
def test_imports_go_one_way(module: str) -> None:
    allowed = MAY_IMPORT[module.split(".")[0]]
    wrong = [name for name in imports(module) if name.split(".")[0] in OURS and name.split(".")[0] not in allowed]
    assert wrong == []


@pytest.mark.parametrize("module", modules())
def test_nothing_imports_the_command_line_or_the_shell_but_themselves(module: str) -> None:
    if any(is_in(module, part) for part in THE_TERMINAL):
        return
    assert [name for name in imports(module) if any(is_in(name, part) for part in THE_TERMINAL)] == []


def test_only_the_command_line_knows_the_bundled_sample() -> None:
    knowing = {module for module in modules() if any(is_in(name, "seeds") for name in imports(module))}
    assert all(any(is_in(module, part) for part in THE_TERMINAL) for module in knowing)


@pytest.mark.parametrize("module", modules())
def test_nothing_is_pickled(module: str) -> None:
    assert [name for name in imports(module) if name.split(".")[0] in UNSAFE] == []


@pytest.mark.parametrize("module", modules())
def test_a_file_has_one_job_and_fits_in_400_lines(module: str) -> None:
    source = path_of(module).read_text(encoding="utf-8")
    assert len(source.splitlines()) < 400
    assert ast.get_docstring(ast.parse(source))


def test_every_package_is_installed() -> None:
    import tomllib

    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"])
    there = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for package in MAY_IMPORT
        for path in (ROOT / package).rglob("__init__.py")
    }
    assert there <= listed
