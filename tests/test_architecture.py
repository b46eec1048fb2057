"""The shape of the house, read from the source itself: who may import whom, how files are called, what docs name."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]

MAY_IMPORT = {
    "khabarjoo.analyzers": {"khabarjoo.analyzers"},
    "khabarjoo.index": {"khabarjoo.index", "khabarjoo.analyzers"},
    "khabarjoo.searcher": {"khabarjoo.searcher", "khabarjoo.index", "khabarjoo.analyzers", "khabarjoo.seeds"},
}
for _allowed in MAY_IMPORT.values():
    _allowed.add("khabarjoo._native")  # which is optional, and holds nothing that Python does not do too
"""What each package may import of ours; the bundled sample is data, and only the command line asks for it."""

THE_TERMINAL = (
    "khabarjoo.__main__", "khabarjoo.searcher.cli", "khabarjoo.searcher.shell", "khabarjoo.searcher.web",
)  # fmt: skip
"""What nothing else imports: the command line, the shell and the reading room."""

UNSAFE = {"pickle", "cPickle", "_pickle", "cloudpickle", "dill", "shelve", "marshal", "joblib"}
"""Modules that run code, or may crash, when they read somebody else's file."""

HOW_IT_IS_KEPT = tuple(
    f"khabarjoo.index.{name}"
    for name in ("segment", "segment_reader", "whoosh_reader", "columns", "store", "wordlist", "forward_index")
)
"""The modules of an index that no one but the local engine reads."""

MIRRORED = ("analyzers", "index", "searcher")
"""The folders whose tests stand in a folder of the same name, a file or more for each module."""

WHOLE = {
    "counting", "crash", "data", "datelines", "dates", "end_to_end", "extraction", "fields", "formats", "golden",
    "histories", "hostile", "journeys", "page", "plan_queries", "random_text", "readers", "reading", "real_shell",
    "sample", "sets", "tables", "terminal", "values",
}  # fmt: skip
"""Tests of several modules together, by the name of their file."""


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


@cache
def modules() -> dict[str, Path]:
    """The path of every module, by its dotted name. The links of `khabarjoo/` are followed by name."""
    found = {"khabarjoo": ROOT / "khabarjoo/__init__.py", "khabarjoo.__main__": ROOT / "khabarjoo/__main__.py"}
    for package in ("analyzers", "index", "searcher", "seeds"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(("khabarjoo", *parts)).removesuffix(".__init__")] = path
    return found


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


def imports(module: str, nodes: Iterator[ast.AST] | None = None) -> Iterator[str]:
    """What a module imports, by full dotted names; ``from a import b`` gives ``a.b``."""
    package = module.split(".") if modules()[module].name == "__init__.py" else module.split(".")[:-1]
    for node in nodes or ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def imported_modules(module: str) -> set[str]:
    """The modules of ours that a module needs at once, when it is imported itself."""
    named = {
        name if name in modules() else name.rpartition(".")[0] for name in imports(module, iter(tree(module).body))
    }
    return {name for name in named if name in modules() and name != module}


def test_there_are_modules_to_look_at() -> None:
    assert {"khabarjoo.analyzers.analyzer", "khabarjoo.index.store", "khabarjoo.searcher.query.plan"} <= set(modules())
    assert "khabarjoo.index.segment.Segment" in imports("khabarjoo.index.store")
    assert "khabarjoo.index.segment" in imported_modules("khabarjoo.index.store")


def test_imports_go_one_way() -> None:
    wrong = [
        f"{module} imports {name}"
        for module in modules()
        for package, allowed in MAY_IMPORT.items()
        if is_in(module, package)
        for name in imports(module)
        if is_in(name, "khabarjoo") and name != "khabarjoo" and not any(is_in(name, part) for part in allowed)
    ]
    assert wrong == []


def test_nothing_imports_the_command_line_the_shell_or_the_reading_room_but_themselves() -> None:
    wrong = [
        f"{module} imports {name}"
        for module in modules()
        if not any(is_in(module, part) for part in (*THE_TERMINAL, "khabarjoo.seeds"))
        for name in imports(module)
        if any(is_in(name, part) for part in THE_TERMINAL)
    ]
    assert wrong == []


def test_only_the_command_line_knows_the_bundled_sample() -> None:
    knowing = {module for module in modules() if any(is_in(name, "khabarjoo.seeds") for name in imports(module))}
    allowed = (*THE_TERMINAL, "khabarjoo.seeds")
    assert [module for module in knowing if not any(is_in(module, part) for part in allowed)] == []


ENGINES = ("khabarjoo.searcher.local", "khabarjoo.searcher.opensearch")
"""The engines. That of a cluster makes its candidates a segment in memory, and reads them as the local one does."""


def is_of_engine(module: str) -> bool:
    return any(is_in(module, engine) for engine in ENGINES)


def test_only_the_engines_know_how_an_index_is_kept() -> None:
    knowing = [
        f"{module} imports {name}"
        for module in modules()
        if is_in(module, "khabarjoo.searcher") and not is_of_engine(module)
        for name in imports(module)
        if any(is_in(name, kept) for kept in HOW_IT_IS_KEPT)
    ]
    assert knowing == []


def test_only_who_opens_an_index_knows_which_engine_it_has() -> None:
    knowing = {
        module
        for module in modules()
        if is_in(module, "khabarjoo.searcher") and not is_of_engine(module)
        for name in imports(module)
        if is_of_engine(name)
    }
    assert knowing == {"khabarjoo.searcher.engine_opening"}


def test_nothing_is_pickled() -> None:
    wrong = [(module, name) for module in modules() for name in imports(module) if name.split(".")[0] in UNSAFE]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    waiting = {module: imported_modules(module) for module in modules()}
    while free := [module for module, needed in waiting.items() if not needed & set(waiting)]:
        for module in free:
            del waiting[module]
    assert waiting == {}


def test_every_file_says_what_it_is_for_and_is_no_longer_than_a_concept() -> None:
    silent = [module for module in modules() if not ast.get_docstring(tree(module))]
    long = [module for module, path in modules().items() if len(path.read_text(encoding="utf-8").splitlines()) > 450]
    assert (silent, long) == ([], [])


NO_VERBS = {"This", "Its", "As", "Articles", "Bytes", "Columns", "Days", "Filters", "Hits", "Lines", "Seconds", "Words"}
"""What no docstring of a function begins with, though it ends as verbs in the third person do."""


def functions(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The public functions of a module, but for properties, which are things, and commands, whose help it is."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            marks = [ast.unparse(mark) for mark in node.decorator_list]
            if not any("property" in mark or ".command" in mark or ".group" in mark for mark in marks):
                yield node


def test_docstrings_of_functions_begin_with_what_these_do() -> None:
    wrong = []
    for module in modules():
        for function in functions(module):
            first = (ast.get_docstring(function) or "Has").split()[0].rstrip(",;:.")
            if not re.fullmatch("[A-Z][a-z]*s|See", first) or first in NO_VERBS:
                wrong.append(f"{module}.{function.name}: {first} …")
    assert wrong == []


def test_no_two_files_have_one_name() -> None:
    names = Counter(path.name for path in modules().values() if not path.name.startswith("__"))
    assert [name for name, count in names.items() if count > 1] == []


def test_tests_stand_where_what_they_test_stands() -> None:
    lost = []
    for folder in MIRRORED:
        for path in sorted((ROOT / "tests" / folder).rglob("test_*.py")):
            beside = ROOT / path.parent.relative_to(ROOT / "tests")
            stem = path.stem.removeprefix("test_")
            if stem not in WHOLE and not any(stem == name or stem.startswith(f"{name}_") for name in stems(beside)):
                lost.append(str(path.relative_to(ROOT)))
    assert lost == []


def stems(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.py")} if folder.is_dir() else set()


def test_every_package_is_installed_from_where_it_lies() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    there = {module for module, path in modules().items() if path.name == "__init__.py"}
    assert set(settings["packages"]) == there
    folders = {package: str(modules()[package].parent.relative_to(ROOT)) for package in there}
    assert settings["package-dir"] == folders


def test_the_links_of_the_import_package_lead_to_the_folders_at_the_top() -> None:
    for name in ("analyzers", "index", "searcher", "seeds"):
        assert (ROOT / "khabarjoo" / name).resolve() == ROOT / name


_NAMED = re.compile(r"`((?:[a-z_]+/)*[a-z_]+(?:\.py|\.md|/))`")


def test_every_file_that_the_docs_name_is_there() -> None:
    gone = defaultdict(list)
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        for name in _NAMED.findall(page.read_text(encoding="utf-8")):
            if "/" in name.rstrip("/") and not (ROOT / name).exists():
                gone[page.name].append(name)
    assert gone == {}
