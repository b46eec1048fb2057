"""The ways of an article and of a query in ARCHITECTURE.md: each step names a file and something in it, both there."""

from __future__ import annotations

import re
from functools import reduce
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
WALK = PAGE.split("## One query", 1)[1].split("\n## ", 1)[0]
WAY_OF_AN_ARTICLE = PAGE.split("## One article", 1)[1].split("\n## ", 1)[0]
WRITING = PAGE.split("Writing has the same seam.", 1)[1].split("\n\n", 1)[0]
STEP = re.compile(r"`((?:\w+/)+\w+)\.py`\s*(?:\(|,)\s*`([\w.]+)`")
STEPS = [step for part in (WAY_OF_AN_ARTICLE, WALK, WRITING) for step in STEP.findall(part)]


@pytest.mark.parametrize(("file", "name"), STEPS, ids=lambda part: part)
def test_a_step_of_the_walk_is_there(file: str, name: str) -> None:
    module = import_module("khabarjoo." + file.replace("/", "."))
    assert callable(reduce(getattr, name.split("."), module))


def test_the_walk_is_told_whole_and_turns_back_at_most_twice() -> None:
    steps = re.findall(r"^(\d+)\. ", WALK, re.MULTILINE)
    assert steps == [str(number) for number in range(1, len(steps) + 1)]
    assert len(STEP.findall(WALK)) > 20
    assert len(STEP.findall(WAY_OF_AN_ARTICLE)) > 12
    assert WALK.count("*Back to ") <= 2


def test_every_method_of_an_engine_is_in_the_list() -> None:
    from khabarjoo.searcher.engine import Engine

    table = PAGE.split("## What an engine must give", 1)[1].split("\n## ", 1)[0]
    methods = [name for name in vars(Engine) if not name.startswith("_")]
    assert [name for name in methods if f"`{name}" not in table] == []
